"""`alliage show`, `search`, `check`, `pack stats` and `diff`, in both languages."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

import alliage
from tests.cli.conftest import DAY, Run

FICHE = alliage.PACKS / "quebec_aluminium" / "programmes" / "federal" / "canexport-pme.yaml"
INVENTED = Path(__file__).parents[1] / "packs" / "invented"


# ----------------------------------------------------------------------------------------------------- show


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            [
                "CanExport PME",
                "Pour qui",
                "au plus 50\u00a0000\u00a0$",
                "À confirmer avec l'organisme",
                "Sources",
                "fermé",
            ],
        ),
        ("en", ["CanExport SMEs", "For whom", "at most $50,000", "To confirm with the provider", "Sources", "closed"]),
    ],
)
def test_show_tells_a_programme_in_words(run: Run, lang: str, words: list[str]):
    page = run("show", "canexport-pme", "--on", DAY, "--lang", lang).stdout
    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_programme_can_be_told_in_both_languages(lang: str):
    from alliage.cli.language import speaking
    from alliage.cli.opening import open_catalogue
    from alliage.cli.programme_page import programme_page
    from alliage.cli.voice import Voice

    catalogue = open_catalogue(None)
    voice = Voice(catalogue, speaking(lang))
    for programme in catalogue.programmes.values():
        page = programme_page(programme, asked=programme.id, on=date.fromisoformat(DAY), voice=voice)
        assert len(page.lines) > 20
        assert [line.text for line in page.lines if "None" in line.text or "{" in line.text] == []


def test_show_says_a_redirect(run: Run):
    assert "a été remplacé" in run("show", "chantier-productivite").stdout
    found = json.loads(run("show", "chantier-productivite", "--json").stdout)
    assert (found["asked"], found["programme"]) == ("chantier-productivite", "essor-volet-2")


def test_show_in_json_is_the_document_with_its_state(run: Run):
    found = json.loads(run("show", "canexport-pme", "--on", DAY, "--json").stdout)
    assert found["intake"]["state"] == "closed"
    assert found["document"]["id"] == "canexport-pme"
    assert found["conditions"][0]["words"]["fr"]
    assert found["conditions"][0]["sources"]


# --------------------------------------------------------------------------------------------------- search


def test_search_finds_by_words_in_both_languages(run: Run):
    assert "programmes pour «\u00a0robot" in run("search", "robot", "équipement").stdout
    assert 'for "equipment"' in run("search", "equipment", "--lang", "en").stdout


def test_search_in_json_names_what_it_found(run: Run):
    found = json.loads(run("search", "aluminium", "--limit", "2", "--json").stdout)
    assert len(found["hits"]) == 2
    assert found["total"] >= 2
    assert found["hits"][0]["name"]["fr"]


def test_search_without_result_says_what_to_try(run: Run):
    result = run("search", "zzzzzz")
    assert result.exit_code == 1
    assert "Essayez un mot plus large" in result.stdout


# ---------------------------------------------------------------------------------------------------- check


@pytest.mark.parametrize(("lang", "word"), [("fr", "Aucune erreur"), ("en", "No error")])
def test_check_says_in_words_that_a_file_is_clean(run: Run, lang: str, word: str):
    result = run("check", str(FICHE), "--on", DAY, "--lang", lang)
    assert word in result.stdout
    assert result.exit_code == 0


def test_check_finds_every_mistake_of_a_file(run: Run, tmp_path: Path):
    path = tmp_path / "canexport-pme.yaml"
    text = FICHE.read_text(encoding="utf-8")
    path.write_text(
        text.replace("at_most: 500,", "at_most: -1,").replace("needs: [export", "needs: [moon"), encoding="utf-8"
    )
    result = run("check", str(path))
    assert result.exit_code == 1
    assert {"limit-range", "need-unknown"} <= set(result.stdout.split())


def test_check_runs_the_cases_through_the_matcher(run: Run, tmp_path: Path):
    path = tmp_path / "canexport-pme.yaml"
    text = FICHE.read_text(encoding="utf-8")
    path.write_text(
        text.replace("expect: eligible", "expect: possible\n  because: [company.employees]", 1), encoding="utf-8"
    )
    result = run("check", str(path), "--json")
    errors = json.loads(result.stdout)["errors"]
    assert [error["code"] for error in errors] == ["case-verdict"]
    assert errors[0]["found"] == "eligible"
    assert errors[0]["expected"] == "possible: company.employees"
    assert errors[0]["where"].endswith("canexport-pme.yaml::cases[0]")
    assert result.exit_code == 1


def test_check_of_a_pack_groups_its_warnings(run: Run):
    result = run("check", "--on", DAY)
    assert "fact-stale" in result.stdout
    listed = run("check", "--on", DAY, "--warnings").stdout
    assert listed.count("programmes/") > result.stdout.count("programmes/")
    found = json.loads(run("check", "--on", DAY, "--json").stdout)
    assert found["checked"]["programmes"] > 200
    assert {warning["severity"] for warning in found["warnings"]} == {"warning"}


def test_check_of_a_broken_pack_tells_every_file(run: Run, tmp_path: Path):
    pack = shutil.copytree(INVENTED, tmp_path / "invented")
    for path in sorted((pack / "programmes").rglob("*.yaml"))[:2]:
        path.write_text(path.read_text(encoding="utf-8") + "\nmystery: 1\n", encoding="utf-8")
    result = run("check", str(pack))
    assert result.exit_code == 1
    assert result.stdout.count("field-unknown") == 2


# ------------------------------------------------------------------------------------------- another pack


def test_the_command_line_knows_nothing_of_the_first_pack(run: Run):
    from alliage.core.catalogue.sources import read_pack

    raw = read_pack(INVENTED, common=alliage.COMMON)
    id_ = next(iter(raw["programmes"]))
    scope = raw["manifest"]["roles"]["cost"].partition(".")[0]
    pack = ("--pack", str(INVENTED))
    assert run("show", id_, *pack).exit_code == 0
    assert run("match", "-", *pack, given=f"{scope}: {{}}").exit_code == 0
    assert run("match", "-", *pack, "--why", id_, "--lang", "en", given=f"{scope}: {{}}").exit_code == 0
    assert run("ask", *pack, given="\n\n\n\nfin\n").exit_code == 0
    assert run("pack", "stats", str(INVENTED)).exit_code == 0


# ------------------------------------------------------------------------------------------- stats and diff


def test_stats_count_every_programme_in_each_trait(run: Run):
    found = json.loads(run("pack", "stats", "--on", DAY, "--json").stdout)
    total = found["facts"]["programmes"]
    once = found["by"].keys() - {"need", "plan", "ceiling"}  # several needs; only programmes that pay
    assert all(sum(found["by"][trait].values()) == total for trait in once)
    assert sum(found["by"]["ceiling"].values()) < total
    assert found["by"]["plan"]["words"] > found["by"]["plan"]["enters"] > 5
    assert found["redirects"]["chantier-productivite"] == "essor-volet-2"
    assert "By level" in run("pack", "stats", "--lang", "en").stdout


def test_show_says_when_the_money_comes_though_no_text_does(run: Run):
    assert "Paid: as costs are claimed, during the project" in run("show", "pari-cnrc", "--lang", "en").stdout


def test_diff_tells_a_change_of_a_figure(run: Run, tmp_path: Path):
    path = tmp_path / "after.yaml"
    path.write_text(FICHE.read_text(encoding="utf-8").replace("at_most: 500,", "at_most: 499,"), encoding="utf-8")
    page = run("diff", str(FICHE), str(path)).stdout
    assert "1 changement" in page
    assert "499" in page
    assert "1 change" in run("diff", str(FICHE), str(path), "--lang", "en").stdout
    (change,) = json.loads(run("diff", str(FICHE), str(path), "--json").stdout)["changes"]
    assert change["id"] == "canexport-pme"


def test_diff_of_a_pack_with_itself_says_that_nothing_changed(run: Run):
    assert "Aucun changement" in run("diff", "quebec_aluminium", "quebec_aluminium").stdout
