"""Figures, days and hours are written as the OQLF wants in French, as Canada does in English."""

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from alliage import hub

NB = "\u00a0"
TIED = "\u2060"


def printed(template: str, lang: str, **context: object) -> str:
    with translation.override(lang):
        return Template(template).render(Context(context))


@pytest.mark.parametrize(
    ("filter_", "value", "fr", "en"),
    [
        ("money", 50000, f"50{NB}000{NB}$", "$50,000"),
        ("money", 1500, f"1{NB}500{NB}$", "$1,500"),
        ("money", "1234.5", f"1{NB}234,50{NB}$", "$1,234.50"),
        ("money", 0, f"0{NB}$", "$0"),
        ("money", None, "", ""),
        ("money", "abc", "", ""),
        ("money", "NaN", "", ""),
        ("money_short", 1200000, f"1,2{NB}M$", "$1.2M"),
        ("money_short", 90000000, f"90{NB}M$", "$90M"),
        ("money_short", 2500000000, f"2,5{NB}G$", "$2.5B"),
        ("money_short", 170000, f"170{NB}000{NB}$", "$170,000"),
        ("number", 1234567, f"1{NB}234{NB}567", "1,234,567"),
        ("number", "12.5", "12,5", "12.5"),
        ("share", "0.125", f"12,5{NB}%", "12.5%"),
        ("share", "0.5", f"50{NB}%", "50%"),
        ("day", date(2026, 11, 23), f"23{NB}novembre 2026", f"November{NB}23, 2026"),
        ("day", datetime(2026, 11, 27, 2, tzinfo=UTC), f"26{NB}novembre 2026", f"November{NB}26, 2026"),
        ("day", "2026-11-27T02:00:00+00:00", f"26{NB}novembre 2026", f"November{NB}26, 2026"),
        ("iso", datetime(2026, 11, 27, 2, tzinfo=UTC), "2026-11-26", "2026-11-26"),
        ("day", "2026-12-01", f"1er{NB}décembre 2026", f"December{NB}1, 2026"),
        ("day", "sometime", "", ""),
        ("iso", date(2026, 12, 1), "2026-12-01", "2026-12-01"),
        ("clock", time(13, 5), f"13{NB}h{NB}5", f"1:05{NB}p.m."),
        ("clock", time(9), f"9{NB}h", f"9:00{NB}a.m."),
        ("clock", time(0), f"0{NB}h", f"12:00{NB}a.m."),
        ("clock", time(14, 30), f"14{NB}h{NB}30", f"2:30{NB}p.m."),
        ("months", 0, "moins d’un mois", "less than a month"),
        ("months", 1, f"1{NB}mois", f"1{NB}month"),
        ("months", 16, f"16{NB}mois", f"16{NB}months"),
        ("months", 90, f"7{NB}ans", f"7{NB}years"),
    ],
)
def test_a_value_is_written_in_each_language(filter_: str, value: object, fr: str, en: str) -> None:
    template = "{{ value|" + filter_ + " }}"
    assert printed(template, "fr", value=value) == fr
    assert printed(template, "en", value=value) == en


def test_the_day_of_what_a_row_keeps_is_drawn_in_one_place() -> None:
    """The database gives moments in UTC: in the evening, theirs is already the day after. ``local_day`` knows."""
    of_a_row = re.compile(r"\b\w+\.\w+\.date\(\)")
    files = [path for folder in hub.__path__ for path in Path(folder).rglob("*.py")]
    assert {path.name for path in files if of_a_row.search(path.read_text(encoding="utf-8"))} == set()


def test_the_first_of_a_month_has_its_raised_er_and_its_machine_form() -> None:
    assert printed("{% time value %}", "fr", value="2026-12-01") == (
        f'<time datetime="2026-12-01">1<sup>er</sup>{NB}décembre 2026</time>'
    )


@pytest.mark.parametrize(
    ("plain", "typeset"),
    [
        ("Montant : 50 000 $", f"Montant{NB}: 50{NB}000{NB}$"),
        ("« admissible »", f"«{NB}admissible{NB}»"),
        ("Vraiment ? Oui ! Non ;", "Vraiment? Oui! Non;"),
        ("l'aluminium", "l’aluminium"),
        ("25 % et 1,2 M$", f"25{NB}% et 1,2{NB}M$"),
        ("jusqu'à %(count)s programmes", "jusqu’à %(count)s programmes"),
        ("à 13 h 05", f"à 13{NB}h 05"),
        ("le 31 mars 2027, le 1er mai", f"le 31{NB}mars 2027, le 1er{NB}mai"),
        ("ESSOR – Volet 2 : n° 3, 1 A", f"ESSOR{NB}– Volet{NB}2{NB}: n°{NB}3, 1{NB}A"),
        ("ces droits touchent-ils, a-t-elle", f"ces droits touchent-{TIED}ils, a-{TIED}t-{TIED}elle"),
        ("R-D, 474-6367, 2026-2027", f"R-{TIED}D, 474-{TIED}6367, 2026-{TIED}2027"),
        ("Saint-Jean, elle-même, prix-plafond", "Saint-Jean, elle-même, prix-plafond"),
    ],
)
def test_french_text_is_typeset_as_the_oqlf_wants(plain: str, typeset: str) -> None:
    assert printed("{{ text|words }}", "fr", text={"fr": plain, "en": "-"}) == typeset.replace("'", "&#x27;")


def test_english_text_keeps_together_what_is_read_as_one() -> None:
    plain = {"fr": "", "en": "ESSOR – Component 2: by March 31, 2027, it's due"}
    assert printed("{{ text|words }}", "en", text=plain) == f"ESSOR{NB}– Component{NB}2: by March{NB}31, 2027, it’s due"


def test_an_address_is_left_as_it_is() -> None:
    template = "{{ text|address }}"
    assert printed(template, "fr", text={"fr": "https://a.ca/r-d/l-aide", "en": ""}) == "https://a.ca/r-d/l-aide"
    assert printed(template, "en", text="https://a.ca/2026-2027") == "https://a.ca/2026-2027"


def test_a_text_is_cut_between_words_that_are_not_tied() -> None:
    template = "{{ text|cut_short:3 }}"
    assert printed(template, "fr", text=f"De 250{NB}000{NB}$, ou plus") == f"De 250{NB}000{NB}$, ou…"
    assert printed(template, "fr", text=f"Un prêt 5{NB}%; rien") == f"Un prêt 5{NB}%…"
    assert printed(template, "fr", text="Un prêt court") == "Un prêt court"


def test_a_text_missing_in_a_language_is_shown_in_the_other_and_never_breaks() -> None:
    assert printed("{{ text|words }}", "en", text={"fr": "Prêt : oui", "en": ""}) == f"Prêt{NB}: oui"
    assert printed("{{ text|words }}", "en", text=None) == ""
    assert printed("{{ text|words }}", "en", text={}) == ""


def test_text_is_escaped() -> None:
    assert "<script>" not in printed("{{ text|words }}", "fr", text="<script>")


def test_an_unknown_icon_or_word_is_refused() -> None:
    for template in ('{% icon "unicorn" %}', '{% term "unicorn" %}'):
        with pytest.raises(KeyError, match="unicorn"):
            printed(template, "fr")


def test_an_unknown_variable_fails() -> None:
    with pytest.raises(AssertionError, match="nothing"):
        printed("{{ nothing }}", "fr")
