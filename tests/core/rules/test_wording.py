"""Sentences are made from conditions and answers, in both languages: nothing is written twice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from alliage.core.matching.receipt import wording
from alliage.core.rules.wording import Wording, written_like
from alliage.core.vocabulary.answers import Listed, Span
from tests import invented

FR = wording(invented.catalogue(), lang="fr")
EN = wording(invented.catalogue(), lang="en")
ATTRIBUTES = invented.vocabulary().attributes


def spaced(text: str) -> str:
    """No-break spaces as plain ones, to read the tests; they are tested apart."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def both(written: dict[str, Any]) -> tuple[str, str]:
    condition = invented.condition(written)
    return spaced(FR.sentence(condition)), spaced(EN.sentence(condition))


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1 000", "1,000"),
        (50000, "50 000", "50,000"),
        (1234567, "1 234 567", "1,234,567"),
        (Decimal("12.5"), "12,5", "12.5"),
        (Decimal("0.10"), "0,1", "0.1"),
        (0.3, "0,3", "0.3"),
        (-1500, "-1 500", "-1,500"),
        (Decimal("-0.5"), "-0,5", "-0.5"),
        (Decimal("5E+4"), "50 000", "50,000"),
    ],
)
def test_numbers(value: Any, french: str, english: str):
    assert spaced(FR.number(value)) == french
    assert EN.number(value) == english


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (50000, "50 000 €", "€50,000"),
        (Decimal("1234.5"), "1 234,50 €", "€1,234.50"),
        (Decimal("0.05"), "0,05 €", "€0.05"),
        (Decimal("1234.99"), "1 234,99 €", "€1,234.99"),
        (Decimal("50000.00"), "50 000 €", "€50,000"),
        (0, "0 €", "€0"),
    ],
)
def test_amounts_in_the_packs_currency_with_cents_only_if_there_are_some(value: Any, french: str, english: str):
    assert spaced(FR.money(value)) == french
    assert EN.money(value) == english


def test_a_currency_without_a_symbol_is_called_by_its_code():
    raw = invented.raw()
    phrases = {**raw["phrases"], "symbols": {}}
    bare = Wording(vocabulary=invented.vocabulary(), phrases=phrases, lang="fr")
    assert spaced(bare.money(5)) == "5 EUR"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [(0.125, "12,5 %", "12.5%"), (0.5, "50 %", "50%"), (1, "100 %", "100%"), (Decimal("0.0425"), "4,25 %", "4.25%")],
)
def test_shares(value: Any, french: str, english: str):
    assert spaced(FR.share(value)) == french
    assert EN.share(value) == english


def test_french_spaces_do_not_break():
    assert FR.money(50000) == "50\u00a0000\u00a0€"
    assert FR.share(0.5) == "50\u00a0%"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (date(2026, 3, 1), "1er mars 2026", "March 1, 2026"),
        (date(2026, 12, 31), "31 décembre 2026", "December 31, 2026"),
        (date(2026, 1, 11), "11 janvier 2026", "January 11, 2026"),
    ],
)
def test_days(value: date, french: str, english: str):
    assert FR.day(value) == french
    assert EN.day(value) == english


@pytest.mark.parametrize(
    ("written", "french", "english"),
    [
        ({"attribute": "farm.hands", "at_least": 1000},
            "Nombre d'ouvriers : au moins 1 000 ouvriers", "Number of hands: at least 1,000 hands"),
        ({"attribute": "farm.pupils", "at_most": 5}, "Nombre d'apprentis : au plus 5", "Number of pupils: at most 5"),
        ({"attribute": "farm.turnover", "more_than": 50000},
            "Chiffre d'affaires : plus de 50 000 €", "Turnover: more than €50,000"),
        ({"attribute": "farm.pasture", "below": 0.125},
            "Part de pâturage : moins de 12,5 %", "Share of pasture: less than 12.5%"),
        ({"attribute": "farm.founded", "at_least": "2020-03-01"},
            "Date de fondation : le 1er mars 2020 ou après", "Date of founding: on or after March 1, 2020"),
        ({"attribute": "farm.founded", "below": "2020-03-02"},
            "Date de fondation : avant le 2 mars 2020", "Date of founding: before March 2, 2020"),
        ({"attribute": "farm.organic", "is": True}, "La ferme est biologique", "The farm is organic"),
        ({"attribute": "plan.begun", "is": False}, "Le chantier n'est pas commencé", "The plan has not begun"),
        ({"attribute": "farm.form", "one_of": ["family", "company", "abbey"]},
            "Forme de la ferme : famille, compagnie ou abbaye", "Farm's form: family, company or abbey"),
        ({"attribute": "farm.form", "none_of": ["abbey"]}, "Forme de la ferme : sauf abbaye", "Farm's form: not abbey"),
        ({"attribute": "farm.form", "none_of": ["abbey", "family"]},
            "Forme de la ferme : sauf abbaye ou famille", "Farm's form: not abbey or family"),
        ({"attribute": "farm.trades", "any_of": ["dairy", "wool"]},
            "Métiers : laiterie ou laine", "Trades: dairy or wool"),
        ({"attribute": "farm.trades", "all_of": ["dairy", "wool"]},
            "Métiers : laiterie et laine", "Trades: dairy and wool"),
        ({"attribute": "farm.crops", "starts_with": ["211"]},
            "Cultures : 211 (Pommes à cidre)", "Crops: 211 (Cider apples)"),
        ({"attribute": "farm.sites", "within": ["av-north", "salt-towns"]},
            "Lieux de la ferme : Comté-du-Nord ou villes du sel", "Farm's places: North County or salt towns"),
        ({"attribute": "farm.sites", "not_within": ["av-ost"]},
            "Lieux de la ferme : hors de Ostrelle", "Farm's places: outside Ostrel"),
        ({"all": [{"attribute": "farm.organic", "is": True}, {"attribute": "plan.begun", "is": True}]},
            "Toutes ces conditions à la fois : La ferme est biologique; Le chantier est commencé",
            "All of these at once: The farm is organic; The plan has begun"),
        ({"any": [{"attribute": "farm.organic", "is": True}, {"attribute": "plan.begun", "is": True}]},
            "Au moins une de ces conditions : La ferme est biologique; Le chantier est commencé",
            "At least one of these: The farm is organic; The plan has begun"),
        ({"not": [{"attribute": "farm.organic", "is": True}]},
            "Aucune de ces situations : La ferme est biologique", "None of these: The farm is organic"),
        ({"readings": [{"attribute": "farm.organic", "is": True}, {"attribute": "plan.begun", "is": True}]},
            "Les sources diffèrent : La ferme est biologique; Le chantier est commencé",
            "The sources differ: The farm is organic; The plan has begun"),
    ],
)  # fmt: skip
def test_a_condition_is_a_sentence(written: dict[str, Any], french: str, english: str):
    assert both(written) == (french, english)


@pytest.mark.parametrize(
    ("holds", "french", "english"),
    [
        ({"from": "2026-01-01", "to": "2026-12-31"},
            " (du 1er janvier 2026 au 31 décembre 2026)", " (from January 1, 2026 to December 31, 2026)"),
        ({"from": "2026-01-02"}, " (depuis le 2 janvier 2026)", " (since January 2, 2026)"),
        ({"to": "2026-12-31"}, " (jusqu'au 31 décembre 2026)", " (until December 31, 2026)"),
        ({}, "", ""),
    ],
)  # fmt: skip
def test_the_period_of_a_rule_is_said(holds: dict[str, str], french: str, english: str):
    written = {"attribute": "farm.organic", "is": True, "holds": holds}
    assert both(written) == ("La ferme est biologique" + french, "The farm is organic" + english)


@pytest.mark.parametrize(
    ("name", "written", "french", "english"),
    [
        ("farm.hands", 12, "12 ouvriers", "12 hands"),
        ("farm.hands", {"from": 50, "to": 249}, "de 50 ouvriers à 249 ouvriers", "from 50 hands to 249 hands"),
        ("farm.pupils", {"from": 5}, "5 ou plus", "5 or more"),
        ("farm.pupils", {"to": 5}, "5 ou moins", "5 or less"),
        ("farm.pupils", {"one_of": [9, 10]}, "9 ou 10", "9 or 10"),
        ("farm.organic", True, "oui", "yes"),
        ("farm.organic", False, "non", "no"),
        ("farm.turnover", 5, "5 €", "€5"),
        ("farm.founded", "2020-03-01", "1er mars 2020", "March 1, 2020"),
        ("farm.form", {"one_of": ["family", "abbey"]}, "abbaye ou famille", "abbey or family"),
        ("farm.trades", ["wool", "dairy"], "laiterie et laine", "dairy and wool"),
        ("farm.trades", [], "aucun", "none"),
        ("farm.trades", {"one_of": [["wool"], []]}, "aucun ou laine", "none or wool"),
        ("farm.trades", {"includes": ["wool", "cider"]},
            "cidre et laine, entre autres", "cider and wool, among others"),
        ("farm.sites", ["av-ost", "nr"], "Ostrelle et Norrie", "Ostrel and Norrie"),
        ("farm.sites", {"one_of": ["av-ost", "av-brume"]}, "Brume ou Ostrelle", "Mistham or Ostrel"),
        ("farm.sites", [], "aucun", "none"),
    ],
)  # fmt: skip
def test_an_answer_in_words(name: str, written: Any, french: str, english: str):
    answer = invented.answer(name, written)
    assert spaced(FR.answer(ATTRIBUTES[name], answer)) == french
    assert spaced(EN.answer(ATTRIBUTES[name], answer)) == english


def test_the_absence_of_an_answer_is_said():
    hands = ATTRIBUTES["farm.hands"]
    assert (FR.answer(hands, None), EN.answer(hands, None)) == ("pas de réponse", "no answer")
    assert EN.answer(hands, Span(None, None)) == "not said"
    assert EN.answer(ATTRIBUTES["farm.sites"], Listed(())) == "none"


@pytest.mark.parametrize(
    ("months", "french", "english"),
    [
        (0, "moins d'un mois", "less than a month"),
        (1, "1 mois", "1 month"),
        (2, "2 mois", "2 months"),
        (23, "23 mois", "23 months"),
        (24, "2 ans", "2 years"),
        (47, "3 ans", "3 years"),
    ],
)
def test_an_age_in_months_then_in_years(months: int, french: str, english: str):
    assert (spaced(FR.age(months)), spaced(EN.age(months))) == (french, english)


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (0, "0 ouvrier", "0 hands"),
        (1, "1 ouvrier", "1 hand"),
        (2, "2 ouvriers", "2 hands"),
    ],
)
def test_one_thing_takes_the_singular(value: int, french: str, english: str):
    hands = ATTRIBUTES["farm.hands"]
    assert (spaced(FR.value(hands, value)), spaced(EN.value(hands, value))) == (french, english)


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [(-2, False, False), (-1, True, False), (Decimal("1.5"), True, False), (1, True, True), (2, False, False)],
)
def test_when_a_number_is_one(value: Any, french: bool, english: bool):  # noqa: FBT001 - a table of answers
    assert (FR.is_one(value), EN.is_one(value)) == (french, english)


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (["111", "112"], "111 or 112 (Wheat)"),
        (["111", "112", "21"], "111, 112 (Wheat) or 21 (Apples)"),
        (["21", "111", "9"], "21 (Apples), 111 (Wheat) or 9"),
        (["9", "8"], "9 or 8"),
        (["9"], "9"),
        (["21"], "21 (Apples)"),
    ],
)
def test_codes_of_one_title_share_it(codes: list[str], told: str):
    titles = {"111": "Wheat", "112": "Wheat", "21": "Apples"}
    table = {code: {"fr": title, "en": title} for code, title in titles.items()}
    vocabulary = replace(invented.vocabulary(), codes={"crops": table})
    words = Wording(vocabulary=vocabulary, phrases=invented.raw()["phrases"], lang="en")
    crops = vocabulary.attributes["farm.crops"]
    assert words.values(crops, codes, last="or") == told
    assert words.answer(crops, Listed((frozenset(codes),))) == words.values(crops, sorted(codes), last="or")


def test_a_code_without_a_table_is_written_as_its_example():
    assert EN.value(ATTRIBUTES["farm.grid"], "SE44") == "SE 44"
    assert EN.answer(ATTRIBUTES["farm.grid"], invented.answer("farm.grid", "se44")) == "SE 44"
    assert written_like("G7H 1A1", "G7H1A1") == "G7H 1A1"
    assert written_like("G7H 1A1", "G7H") == "G7H"
    assert written_like("G7H 1A1", "G7H1") == "G7H 1"
    assert written_like("1234", "56789") == "56789"
    assert written_like(" 1", "56") == "56"


def test_words_are_listed_with_commas_and_a_last_word():
    assert EN.listing([], last="or") == ""
    assert EN.listing(["a"], last="or") == "a"
    assert EN.listing(["a", "b"], last="and") == "a and b"
    assert EN.listing(iter(["a", "b", "c"]), last="or") == "a, b or c"
    assert FR.listing(["a", "b"], last="and") == "a et b"


@pytest.mark.parametrize(
    ("first", "last", "french", "english"),
    [
        (
            date(2027, 4, 1),
            date(2028, 3, 31),
            "du 1er avril 2027 au 31 mars 2028",
            "from April 1, 2027 to March 31, 2028",
        ),
        (date(2027, 4, 1), None, "à partir du 1er avril 2027", "from April 1, 2027"),
        (None, date(2028, 3, 31), "jusqu'au 31 mars 2028", "until March 31, 2028"),
    ],
)
def test_days_from_one_to_another_or_to_no_end(first: date | None, last: date | None, french: str, english: str):
    assert (spaced(FR.days(first, last)), spaced(EN.days(first, last))) == (french, english)
