"""`alliage match`: what fits, why, and never a bare nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.cli.conftest import DAY, ROOT, Run

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
NOTHING = "company: {location: abroad}\nproject: {needs: [equipment]}\n"


def schema(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((ROOT / "schemas" / name).read_text(encoding="utf-8")))


def answer(run: Run, *args: str) -> dict[str, Any]:
    result = run("match", *args, "--on", DAY, "--json")
    assert result.exit_code == 0
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            [
                "26 novembre 2026",
                "Saguenay–Lac-Saint-Jean",
                "admissibles",
                "À vérifier",
                "Il manque\u00a0:",
                "Prochaine question",
                "Seul l'organisme décide",
            ],
        ),
        (
            "en",
            [
                "November 26, 2026",
                "Saguenay–Lac-Saint-Jean",
                "eligible",
                "To check",
                "Missing:",
                "Next question",
                "Only the provider decides",
            ],
        ),
    ],
)
def test_the_page_says_what_fits_and_what_is_missing(run: Run, company: str, lang: str, words: list[str]):
    result = run("match", company, "--on", DAY, "--lang", lang)
    assert result.exit_code == 0
    assert [word for word in words if word not in result.stdout] == []
    assert "\x1b" not in result.stdout
    assert max(len(line) for line in result.stdout.splitlines() if "/" not in line) <= 80


def test_the_environment_chooses_the_language_and_the_option_wins(
    run: Run, company: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ALLIAGE_LANG", "en")
    assert "To check" in run("match", company).stdout
    assert "À vérifier" in run("match", company, "--lang", "fr").stdout


def test_the_language_may_come_before_the_command(run: Run, company: str):
    assert "To check" in run("--lang", "en", "match", company).stdout


def test_needs_hide_and_never_judge(run: Run, company: str):
    shown, everything = answer(run, company), answer(run, company, "--all")
    assert shown["hidden_by_needs"] > 0
    assert (
        len(shown["results"]) + shown["hidden_by_needs"]
        == len(everything["results"])
        == shown["catalogue"]["programmes"]
    )
    verdicts = {result["programme"]: result["verdict"] for result in everything["results"]}
    assert all(verdicts[result["programme"]] == result["verdict"] for result in shown["results"])


def test_a_need_of_the_command_replaces_those_of_the_profile(run: Run, company: str):
    by_id = answer(run, company, "--need", "export", "--need", "hr")
    assert all({"export", "hr"} & set(result["needs"]) for result in by_id["results"])
    assert answer(run, company, "--need", "exportation", "--need", "human resources") == by_id


def test_all_lists_every_programme_by_its_id(run: Run, company: str):
    ids = {result["programme"] for result in answer(run, company, "--all")["results"]}
    page = run("match", company, "--on", DAY, "--all").stdout.split()
    assert ids <= set(page)


def test_limit_shortens_the_lists_and_says_so(run: Run, company: str):
    short = run("match", company, "--on", DAY, "--limit", "1").stdout
    assert short.count("--all") >= 2
    assert len(short) < len(run("match", company, "--on", DAY).stdout)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_json_of_each_example_is_what_the_schema_says(run: Run, path: Path):
    found = answer(run, str(path))
    schema("results.schema.json").validate(found)
    given = json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))
    schema("profile.schema.json").validate(given)


def test_the_same_question_gets_the_same_answer(run: Run, company: str):
    assert answer(run, company) == answer(run, company)


def test_a_former_id_is_listed_with_its_target(run: Run, company: str):
    assert answer(run, company)["redirects"]["chantier-productivite"] == "essor-volet-2"


def test_the_profile_may_come_from_standard_input(run: Run, company: str):
    given = Path(company).read_text(encoding="utf-8")
    from_input, from_file = (run("match", path, "--on", DAY, given=given).stdout for path in ("-", company))
    assert from_input.split("Prochaine question")[0] == from_file.split("Prochaine question")[0]


def test_nothing_found_says_what_to_do_and_whom_to_call(run: Run, tmp_path: Path):
    path = tmp_path / "abroad.yaml"
    path.write_text(NOTHING, encoding="utf-8")
    result = run("match", str(path), "--on", DAY)
    assert result.exit_code == 0
    assert "Que faire maintenant" in result.stdout
    assert "Relisez les réponses" in result.stdout
    assert "Appelez" in result.stdout


def test_an_empty_profile_starts_with_a_question(run: Run):
    page = run("match", "-", given="company: {}").stdout
    assert "Le profil ne dit encore rien" in page
    assert "Quel est le code postal" in page


# ------------------------------------------------------------------------------------------------------ why


@pytest.mark.parametrize(("lang", "met"), [("fr", "✓ remplie"), ("en", "✓ met")])
def test_why_shows_each_condition_with_its_answer_and_its_source(run: Run, company: str, lang: str, met: str):
    page = run("match", company, "--on", DAY, "--why", "essor-volet-2", "--lang", lang).stdout
    assert met in page
    assert "Source 1" in page
    assert "https://" in page
    assert "Investissement Québec" in page


def test_why_follows_a_redirect_and_says_so(run: Run, company: str):
    page = run("match", company, "--why", "chantier-productivite").stdout
    assert "«\u00a0chantier-productivite\u00a0» a été remplacé par «\u00a0essor-volet-2\u00a0»" in page


def test_why_in_json_holds_that_programme_only(run: Run, company: str):
    found = answer(run, company, "--why", "chantier-productivite")
    assert [result["programme"] for result in found["results"]] == ["essor-volet-2"]
    schema("results.schema.json").validate(found)


def test_why_says_no_with_its_reason_and_what_would_change_it(run: Run, company: str):
    page = run("match", company, "--on", DAY, "--why", "essor-volet-1c").stdout
    assert "✗ non remplie · Durée du projet\u00a0: au plus 12\u00a0mois" in page
    assert "Votre réponse\u00a0: 14\u00a0mois" in page
    assert "Ajuster la durée du projet" in page


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_programme_has_its_receipt_in_both_languages(company: str, lang: str):
    from alliage.cli.language import speaking
    from alliage.cli.opening import open_catalogue, open_profile
    from alliage.cli.receipt_page import receipt_page
    from alliage.cli.voice import Voice
    from alliage.core.matching.results import match

    catalogue = open_catalogue(None)
    voice = Voice(catalogue, speaking(lang))
    profile = open_profile(company, catalogue=catalogue, words=voice.words)
    results = match(catalogue, profile, on=date.fromisoformat(DAY))
    for id_ in (*catalogue.programmes, *catalogue.redirects):
        page = receipt_page(results, id_, voice=voice)
        assert [line.text for line in page.lines if "None" in line.text or "{" in line.text] == []
