"""The PDF, read back: one page that balances, tags, language, title, the same bytes, and nothing typed is a command."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import BooleanObject

from alliage.papers import pdf
from alliage.papers.pdf_file import data
from alliage.papers.printable import DRAWN, LONGEST_TYPED
from tests.papers.conftest import (
    LANGUAGES,
    TYPED,
    crowded,
    guaranteed,
    nothing,
    short_of_money,
    stopped,
    too_late,
    unknown,
)


def read(answer: dict[str, Any], lang: str = "fr") -> PdfReader:
    return PdfReader(BytesIO(pdf(answer, lang=lang)))


def text(reader: PdfReader, page: int | None = None) -> str:
    pages = reader.pages if page is None else [reader.pages[page]]
    return re.sub(r"\s+", " ", " ".join(found.extract_text() for found in pages).replace("\u00a0", " "))


def tags(reader: PdfReader) -> list[dict[str, Any]]:
    """Every element of the structure tree."""
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, dict):
            found.append(element)
            kids = element.get("/K", [])
            kids = kids.get_object() if hasattr(kids, "get_object") else kids
            waiting += kids if isinstance(kids, list) else [kids]
        elif isinstance(element, list):
            waiting += element
    return [element for element in found if "/S" in element]


WIDEST = 32  # signs of a word that fit beside the day, at the size of a long name


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "fr",
            [
                "Plan de financement",
                "Profilés du Fjord inc.",
                "Seconde presse d’extrusion",
                "Fait le 26 novembre 2026",
                "Le plan sûr pourrait couvrir jusqu’à",
                "332 300 $",
                "467 700,50 $",
                "au plus fort, en juin 2027",
                "Total 824 000,50 $",
                "Contribution remboursable, 30 %",
                "− autres aides 186 000 $ − seuil 12 500 $ (bien : 1 × 12 500 $) = 421 500 $) × 20 % = 84 300 $",
                "ESSOR – Volet 2 paie au plus 30 %",
                "Jusqu’à 37 200 $ de plus",
                "Revenu Québec, 1 800 567-4692",
                "le plan atteignable pourrait couvrir jusqu’à 399 500 $ (48 % du coût)",
                "Aucun plafond de cumul n’a été supposé pour 2 programmes",
                "Preuve : aucun autre partage",
                "Seul l’organisme décide",
            ],
        ),
        (
            "en",
            [
                "Financing plan",
                "could cover up to",
                "$332,300",
                "Total $824,000.50",
                "Only the provider decides",
                "Proof:",
            ],
        ),
    ],
)
def test_the_first_page_says_all_that_a_banker_asks(answer: dict[str, Any], lang: str, said: list[str]):
    page = text(read(answer, lang), 0)
    assert [words for words in said if words not in page] == []


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", "Garantie d’un prêt de votre banque : jusqu’à 45 000 $ garantis; ce n’est pas une somme reçue"),
        ("en", "Guarantee of a loan from your bank: up to $45,000 guaranteed; it is not a sum received"),
    ],
)
def test_a_guarantee_is_said_and_is_no_source_of_funds(answer: dict[str, Any], lang: str, said: str):
    before = json.loads(data(answer, lang=lang))["sheet"]
    pages = json.loads(data(guaranteed(answer), lang=lang))
    assert (pages["sheet"]["chart"], pages["sheet"]["figures"]) == (before["chart"], before["figures"])
    (row,) = [row for row in pages["sheet"]["programmes"]["rows"] if row["amount"] == "\N{EN DASH}"]
    assert row["pays"][0].replace("\u00a0", " ").startswith(said)
    reader = read(answer, lang)
    assert sum(said in text(reader, page) for page in range(len(reader.pages))) >= 2  # the page, and its receipt


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", ["dit disposer de 300 000 $ d’argent privé; il manquerait 167 700,50 $.", "avec 300 000 $ en main"]),
        ("en", ["says it has $300,000 of private money; $167,700.50 would be missing.", "with $300,000 in hand"]),
    ],
)
def test_the_money_that_the_company_lacks_is_said_beside_its_own_funds(
    answer: dict[str, Any], lang: str, said: list[str]
):
    page = text(read(short_of_money(answer), lang), 0)
    assert [words for words in said if words not in page] == []


@pytest.mark.parametrize(
    ("unknown", "said"),
    [([], ""), (["a"], "supposé pour 1 programme :"), (["a", "b"], "supposé pour 2 programmes :")],
)
def test_the_reachable_plan_is_not_said_without_the_ceilings_that_are_not_known(
    answer: dict[str, Any], unknown: list[str], said: str
):
    answer["reachable"]["no_ceiling"] = unknown
    reachable = json.loads(data(answer, lang="fr"))["sheet"]["confirm"]["reachable"].replace("\u00a0", " ")
    assert ("Aucun plafond" in reachable) == bool(unknown)
    assert said in reachable


def test_both_sides_of_the_table_have_the_same_total(answer: dict[str, Any]):
    chart = json.loads(data(answer, lang="fr"))["sheet"]["chart"]
    assert text(read(answer), 0).count("Total 824 000,50 $") == 2
    for side in ("sources", "uses"):
        assert sum(row["part"] for row in chart[side]) == pytest.approx(1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_tagged_and_says_its_language_and_title(answer: dict[str, Any], lang: str):
    reader = read(answer, lang)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == BooleanObject(value=True)
    assert root["/Lang"].startswith(lang)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == BooleanObject(value=True)
    assert "Profilés du Fjord inc." in reader.metadata.title
    assert reader.metadata.creation_date.date().isoformat() == "2026-11-26"
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()
    kinds = [element["/S"] for element in tags(reader)]
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/LI", "/Link"} <= set(kinds)


def test_the_chart_has_its_table_in_words(answer: dict[str, Any]):
    (figure,) = [element for element in tags(read(answer)) if element["/S"] == "/Figure"]
    alt = str(figure["/Alt"]).replace("\u00a0", " ")
    assert "824 000,50 $" in alt
    assert "Mise de fonds, 467 700,50 $" in alt
    assert "Machines et équipement, 620 000,00 $" in alt


def test_the_annex_gives_each_programme_its_source_and_its_steps(answer: dict[str, Any]):
    reader = read(answer)
    annex = " ".join(text(reader, page) for page in range(1, len(reader.pages)))
    for said in (
        "helloDarwin, « ESSOR – Component 2 (Chantier productivité) » · 22 juillet 2025 · lue le 23 novembre 2026",
        "Débuter dans les 6 mois",
        "Si une aide reçue diminue la base du crédit",
        "−99 300,00 $",
        "Avec lui, le plan vaudrait 1 500 $ de moins.",
        "Technoclimat. Le dépôt des demandes est fermé.",
        "confiance faible · faits non datés",
    ):
        assert said in annex
    links = {str(note.get_object()["/A"]["/URI"]) for page in reader.pages for note in page.get("/Annots", []) or []}
    assert "https://hellodarwin.com/business-aid/programs/essor-component-2" in links


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_answer_gives_the_same_bytes(answer: dict[str, Any], lang: str):
    assert pdf(answer, lang=lang) == pdf(answer, lang=lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("made", [lambda answer: answer, crowded, nothing])
def test_the_page_for_the_bank_is_one_page(answer: dict[str, Any], made: Any, lang: str):
    reader = read(made(answer), lang)
    annex = ("Annexe", "Annex")[LANGUAGES.index(lang)]
    assert text(reader, 0).count("Seul l’organisme décide" if lang == "fr" else "Only the provider decides") == 1
    assert text(reader, 1).startswith(annex)


def test_a_crowded_plan_groups_its_smallest_sources_and_stays_balanced(answer: dict[str, Any]):
    chart = json.loads(data(crowded(answer), lang="fr"))["sheet"]["chart"]
    assert [row["key"] for row in chart["sources"]] == list("ABCDEFGH")
    assert chart["sources"][5]["name"] == "Et 7 autres"
    assert chart["sources"][5]["amount"].replace("\u00a0", " ") == "175 000,00 $"
    assert sum(row["part"] for row in chart["sources"]) == pytest.approx(1)


def test_a_limit_under_the_name_of_its_programme_does_not_say_that_name_again(answer: dict[str, Any]):
    one = answer["safe"]["programmes"][1]
    for lang, said in (("fr", "paie au plus 20 %"), ("en", ": at most 20%")):
        answer["safe"]["binding"][2]["text"][lang] = one["name"][lang] + (said if lang == "en" else f" {said}")
    for lang, said in (("fr", "Paie au plus 20 %."), ("en", "At most 20%.")):
        pages = json.loads(data(answer, lang=lang))
        row = next(row for row in pages["sheet"]["programmes"]["rows"] if "C3i" in row["name"])
        assert [limit.replace("\u00a0", " ") for limit in row["limits"]] == [said]


def test_what_lowers_a_base_and_the_terms_of_a_loan_are_printed(answer: dict[str, Any]):
    reader = read(answer)
    first, annex = (text(reader, page).replace("\u00a0", " ") for page in (0, 1))
    threshold = "− seuil 12 500 $ (bien : 1 × 12 500 $)"
    loan = "emboursement en 84 mois au plus"
    for page in (first, annex):
        assert threshold in page
        assert loan in page
    assert "Un seuil de 12 500 $ est d’abord soustrait de la base, pour chaque bien" in annex
    assert "Versement : avec la déclaration" in annex


def test_what_is_to_be_paid_back_is_said_beside_the_aid(answer: dict[str, Any]):
    assert "40 % du coût, dont 213 000 $ à rembourser" in text(read(answer), 0).replace("\u00a0", " ")
    assert "rembourser" not in text(read(nothing(answer)), 0)


def test_sentences_round_aid_down_and_what_is_paid_up(answer: dict[str, Any]):
    answer["cash"]["bridge"] = 99_300.01
    answer["confirmations"][0]["money"] = 37_200.99
    answer["safe"]["binding"][0]["loosening"] = {"by": 0.05, "unit": "share", "worth": 1775.99}
    page = text(read(answer), 0).replace("\u00a0", " ")
    assert "99 301 $" in page
    assert "Jusqu’à 37 200 $ de plus" in page
    assert "Avec 5 points de pourcentage de plus, le plan vaudrait 1 775 $ de plus" in page


def test_aid_of_less_money_that_is_worth_more_is_told_as_such(answer: dict[str, Any]):
    answer["confirmations"][0]["money"] = -10
    assert "Une aide qui vaut plus" in text(read(answer), 0)


def test_what_there_was_no_time_to_compute_is_not_said_to_add_nothing(answer: dict[str, Any]):
    answer["confirmations"][0] |= {"worth": None, "money": None}
    assert "Non calculé dans le temps donné" in text(read(answer), 0)


def test_without_a_cost_the_page_says_what_to_fill(answer: dict[str, Any]):
    page = text(read(unknown(answer)), 0)
    assert "donnez le coût" in page
    assert "100" not in page
    assert "Sources et emplois" not in page


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("typed", ["W" * 120, "Aluminium " * 12], ids=["one-word", "words"])
def test_the_longest_name_and_title_stay_inside_the_page(answer: dict[str, Any], typed: str, lang: str):
    answer["company"] = answer["title"] = typed
    drawn = read(answer, lang).pages[0].extract_text().splitlines()
    assert max(len(line) for line in drawn if "W" * 10 in line or "Aluminium Aluminium" in line) <= 80
    assert max(len(word) for line in drawn for word in re.split(r"[\s\u200b]", line)) <= WIDEST, "a word goes on below"
    shown = json.loads(data(answer, lang=lang))["sheet"]["heading"]["company"]
    assert shown == typed.strip(), "what is accepted is printed whole"


def test_nothing_to_have_is_said(answer: dict[str, Any]):
    page = text(read(nothing(answer)), 0)
    assert "Aucun programme n’entre dans un plan sûr" in page
    assert "Rien à confirmer" in page
    assert "Aucune date connue" in page


def test_a_plan_that_is_not_proved_says_its_gap(answer: dict[str, Any]):
    assert "jusqu’à 3 001 $ de plus" in text(read(stopped(answer)), 0).replace("\u00a0", " ")


def test_a_reachable_plan_that_is_not_proved_says_its_gap(answer: dict[str, Any]):
    answer["reachable"]["proof"] |= {"complete": False, "text": {"fr": "Sans preuve : 4 002 $ de plus.", "en": "x"}}
    assert "4 002 $ de plus" in text(read(answer), 0).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("lang", "none", "first", "proof"),
    [
        ("fr", "pas encore de plan à apporter à la banque", "À confirmer d’abord : ", "Preuve"),
        ("en", "no plan to bring to the bank yet", "To confirm first: ", "Proof"),
    ],
)
def test_with_nothing_sure_there_is_no_plan_to_bring_and_what_to_confirm_first_is_said(
    answer: dict[str, Any], lang: str, none: str, first: str, proof: str
):
    asked = answer["confirmations"]
    empty = nothing(answer)
    page = text(read(empty, lang), 0)
    assert none in page
    assert first not in page, "there is nothing to confirm"
    page = text(read({**empty, "confirmations": asked}, lang), 0)
    assert first + asked[0]["name"][lang].replace("'", "’")[:20] in page
    assert proof not in page


def test_a_plan_that_was_not_found_in_time_is_not_said_to_be_none(answer: dict[str, Any]):
    page = text(read(too_late(answer)), 0)
    assert "avant qu’un plan soit trouvé" in page
    assert "Aucun programme" not in page
    assert "pas encore de plan" not in page


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_what_is_typed_is_printed_and_never_interpreted(answer: dict[str, Any], typed: str):
    answer["company"] = answer["title"] = typed
    reader = read(answer)
    assert text(reader, 1).startswith("Annexe")
    shown = json.loads(data(answer, lang="fr"))["sheet"]["heading"]["company"]
    assert len(shown) <= LONGEST_TYPED
    if shown.isascii():  # the text of other scripts comes back in another order
        assert re.sub(r"\s", "", shown) in re.sub(r"[\s\u200b]", "", text(reader, 0))


@pytest.mark.parametrize("typed", ["", None, " \n\t", "\u202e\u200b"])
def test_without_a_name_or_a_title_the_page_names_the_project(answer: dict[str, Any], typed: str | None):
    answer["company"] = answer["title"] = typed
    reader = read(answer)
    assert "Projet de 824 000,50 $" in text(reader, 0)
    assert reader.metadata.title == "Plan de financement"


def test_every_sign_that_is_called_drawn_is_drawn(answer: dict[str, Any]):
    drawn = [chr(code) for code in range(0x20, 0x3000) if DRAWN.match(chr(code))]
    assert len(drawn) > 700
    answer["assumptions"] = [{"code": "x", "text": {"fr": " ".join(drawn), "en": ""}}]
    assert pdf(answer, lang="fr").startswith(b"%PDF")  # PDF/UA-1 refuses a sign that no font draws
