"""The page of `alliage plan`, drawn from the sample of the papers."""

from __future__ import annotations

import copy
from typing import Any

import pytest

import alliage
from alliage.cli.page import Page, rows
from alliage.cli.plan_page import plan_page
from alliage.cli.voice import Voice
from alliage.cli.words import Words
from alliage.core.vocabulary.yaml_files import read_yaml
from tests.papers.conftest import SAMPLE, crowded, guaranteed, nothing, stopped, too_late


@pytest.fixture(scope="module")
def voices() -> dict[str, Voice]:
    catalogue = alliage.load_pack()
    return {"fr": Voice(catalogue, Words("fr")), "en": Voice(catalogue, Words("en"))}


@pytest.fixture
def answer() -> dict[str, Any]:
    sample: dict[str, Any] = copy.deepcopy(read_yaml(SAMPLE))
    return sample


def drawn(page: Page, columns: int = 80) -> str:
    return "\n".join("".join(span.text for span in row).rstrip() for row in rows(page, columns)).replace("\u00a0", " ")


def page_of(answer: dict[str, Any], voice: Voice, columns: int = 80, *written: str) -> str:
    return drawn(plan_page(answer, voice=voice, profile="company.yaml", written=written), columns)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "fr",
            [
                "Plan de financement de Profilés du Fjord inc. au 26 novembre 2026",
                "Le plan sûr pourrait couvrir jusqu'à 332 300 $ sur 824 001 $ (40 %)",
                "mise de fonds : 467 701 $ · en nature : 24 000 $",
                "financement relais : 99 300 $, en juin 2027",
                "  jusqu'à      vaut  programme",
                "213 000 $  51 750 $  ESSOR – Volet 2",
                "contribution remboursable, 30 % de : machines et équipement, bâtiment et aménagement",
                "− autres aides 186 000 $ − seuil 12 500 $ (bien : 1 × 12 500 $) = 421 500 $) × 20 % = 84 300 $",
                "Revenu Québec · ouvert jusqu'au 31 décembre 2029",
                "écart nul",
                "620 000,00 $   75 %  Machines et équipement  dont aide : 270 300 $",
                "824 000,50 $  100 %  Total",
                "Avec 1 point de pourcentage de plus, le plan vaudrait 1 775 $ de plus.",
                "jusqu'à 37 200 $ de plus",
                "seulement avec d'autres réponses",
                "demander à : Revenu Québec · 1 800 567-4692",
                "avec lui, le plan vaudrait 1 500 $ de moins",
                "Le dépôt des demandes est fermé (1 programme)",
                "date non connue",
                "Pour la banque : alliage plan company.yaml --pdf plan.pdf",
                "Seul l'organisme décide.",
            ],
        ),
        (
            "en",
            [
                "Financing plan of Profilés du Fjord inc. on November 26, 2026",
                "The safe plan could cover up to $332,300 of $824,001 (40%)",
                "own funds: $467,701",
                "gap: 0",
                "Only the provider decides.",
            ],
        ),
    ],
)
def test_the_page_says_the_plan_and_its_reasons(
    answer: dict[str, Any], voices: dict[str, Voice], lang: str, said: list[str]
):
    page = " ".join(page_of(answer, voices[lang], 96).split())
    assert [words for words in said if " ".join(words.split()) not in page] == []


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("columns", [40, 80, 96])
@pytest.mark.parametrize("made", [lambda answer: answer, crowded, nothing])
def test_nothing_runs_over_the_edge(
    answer: dict[str, Any], voices: dict[str, Voice], made: Any, columns: int, lang: str
):
    page = page_of(made(answer), voices[lang], columns)
    assert max(len(line) for line in page.splitlines()) <= columns


def test_amounts_stand_in_one_column(answer: dict[str, Any], voices: dict[str, Voice]):
    lines = page_of(answer, voices["fr"]).splitlines()
    start = lines.index("  Sources")
    table = lines[start + 1 : lines.index("  Emplois") - 1]
    assert {line.index("$") for line in table if "$" in line} == {13}
    assert sum("$" in line for line in table) == 7


def test_an_empty_plan_says_so_and_still_balances(answer: dict[str, Any], voices: dict[str, Voice]):
    page = page_of(nothing(answer), voices["fr"])
    assert "Aucun programme n'entre dans un plan sûr aujourd'hui." in page
    assert "Il n'y a pas encore de plan à apporter à la banque." in page
    assert "824 000,50 $  100 %  Total" in page
    assert "Plan sûr" not in page


def test_an_empty_plan_says_what_to_confirm_first(answer: dict[str, Any], voices: dict[str, Voice]):
    asked = answer["confirmations"]
    page = " ".join(page_of({**nothing(answer), "confirmations": asked}, voices["en"]).split())
    assert f"To confirm first: {asked[0]['name']['en']} (ask: {asked[0]['provider']['name']['en']})." in page


def test_what_is_long_is_cut_and_said(answer: dict[str, Any], voices: dict[str, Voice]):
    assert "Et 13 autres. « --json » les donne." in page_of(crowded(answer), voices["fr"])


def test_what_was_written_is_said(answer: dict[str, Any], voices: dict[str, Voice]):
    page = page_of(answer, voices["fr"], 80, "plan.pdf")
    assert "✓ Écrit : plan.pdf" in page
    assert "Pour la banque" not in page


def test_a_plan_that_is_not_proved_says_its_gap(answer: dict[str, Any], voices: dict[str, Voice]):
    answer["project"]["assumed_lines"] = True
    page = " ".join(page_of(stopped(answer), voices["fr"]).split())
    assert "jusqu'à 3 001 $ de plus" in page
    assert "sa répartition est supposée" in page


def test_a_plan_that_was_not_found_in_time_is_not_said_to_be_none(answer: dict[str, Any], voices: dict[str, Voice]):
    page = page_of(too_late(answer), voices["fr"])
    assert "avant qu'un plan soit trouvé" in page
    assert "Aucun programme" not in page


def test_suppositions_say_what_they_change(answer: dict[str, Any], voices: dict[str, Voice]):
    name = {"fr": "CanExport PME", "en": "CanExport SMEs"}
    come = {"money": 1000, "worth": 1000, "enter": [{"programme": "canexport-pme", "name": name}], "leave": []}
    less = {"money": -500.5, "worth": 0, "enter": [], "leave": []}
    answer["what_if"] = [
        {"asked": "cost+10", "safe": come, "reachable": less, "begun": False},
        {"asked": "x", "safe": {**less, "money": 0}, "reachable": None, "begun": True},
    ]
    page = page_of(answer, voices["fr"])
    assert " ".join(page.split()).count("compte comme déjà faite") == 1
    assert "plan sûr : jusqu'à 1 000 $ de plus; il vaut 1 000 $ de plus; entre : CanExport PME" in " ".join(
        page.split()
    )
    assert "plan atteignable : 500,50 $ de moins" in page
    assert "plan sûr : la même somme" in page
    assert "plan atteignable : le temps de calcul est écoulé" in page


def test_a_reachable_plan_that_is_not_proved_says_so(answer: dict[str, Any], voices: dict[str, Voice]):
    said = "Un autre pourrait valoir jusqu'à 10 000 $ de plus."
    answer["reachable"]["proof"] |= {"complete": False, "code": "time-over", "text": {"fr": said, "en": "x"}}
    assert said in " ".join(page_of(answer, voices["fr"]).split())


def test_a_guarantee_is_said_and_is_not_a_sum(answer: dict[str, Any], voices: dict[str, Voice]):
    page = " ".join(page_of(guaranteed(answer), voices["fr"]).split())
    assert "332 300 $ sur 824 001 $" in page
    assert "garanti, sans être reçu : 45 000 $" in page
    assert "– 750 $ Fonds local d'investissement fli" in page
    assert "jusqu'à 45 000 $ garantis; ce n'est pas une somme reçue" in page


def test_a_plan_that_only_guarantees_brings_no_money(answer: dict[str, Any], voices: dict[str, Voice]):
    fli = guaranteed(answer)["safe"]["programmes"][-1]
    answer = nothing(answer)
    answer["safe"] |= {"programmes": [fli], "guaranteed": 45_000}
    assert "Le plan sûr n'apporte aucune somme aujourd'hui" in " ".join(page_of(answer, voices["fr"]).split())


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "non calculé dans le temps donné"), ("en", "not computed in the time")]
)
def test_what_there_was_no_time_to_compute_is_not_said_to_add_nothing(
    answer: dict[str, Any], voices: dict[str, Voice], lang: str, said: str
):
    assert said not in page_of(answer, voices[lang])
    answer["confirmations"][2] |= {"worth": None, "money": None}
    page = page_of(answer, voices[lang])
    assert said in page
    assert voices[lang].words("plan.confirm.together") not in page
