"""What a newcomer reads: said once, in the right number and language, and never to be read as its opposite."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import alliage
from alliage.cli.language import speaking
from alliage.cli.voice import Voice, recipient
from alliage.core.matching.aid import Aid, PartAid
from alliage.core.rules.condition import Leaf
from tests.cli.conftest import DAY, ROOT, Run, run_process

EXAMPLE = str(ROOT / "examples" / "extrusion-saguenay.yaml")
WIDE = {"COLUMNS": "100"}


@pytest.fixture(scope="module")
def catalogue():
    return alliage.load_pack()


@pytest.fixture(scope="module")
def french(catalogue) -> Voice:
    return Voice(catalogue, speaking("fr"))


@pytest.fixture(scope="module")
def english(catalogue) -> Voice:
    return Voice(catalogue, speaking("en"))


def flat(text: str) -> str:
    """A page as one line with ordinary spaces."""
    return " ".join(text.replace("\u00a0", " ").split())


# ------------------------------------------------------------------------------------------ the first screen


def test_the_counts_come_first_then_a_line_of_what_was_understood(run: Run):
    lines = run("match", EXAMPLE, "--on", DAY).stdout.splitlines()
    assert "programmes admissibles" in lines[1]
    assert next(at for at, line in enumerate(lines) if line.startswith("Admissible (")) < 10
    assert "coût total du projet" in flat("\n".join(lines[:9]))


def test_everything_that_was_understood_is_said_on_request(run: Run):
    page = flat(run("match", EXAMPLE, "--on", DAY, "--all").stdout)
    assert "Le projet n'est pas commencé" in page
    assert "chiffre d'affaires annuel : 11 500 000 $" in page
    assert "On en déduit L'entreprise est à but lucratif" in page
    assert "non (" not in page


def test_an_eligible_programme_says_on_how_many_conditions(run: Run):
    page = flat(run("match", EXAMPLE, "--on", DAY, "--all").stdout)
    assert "d'après la seule condition lue" in page
    assert "d'après les 6 conditions lues" in page
    assert "Toutes les conditions" not in page
    assert "Aucune condition propre n'a été lue" in page
    receipt = flat(run("match", EXAMPLE, "--on", DAY, "--why", "c3i").stdout)
    assert "Admissible, d'après les 6 conditions lues" in receipt


def test_freshness_is_a_year_and_confirming_is_for_points(run: Run):
    page = flat(run("match", EXAMPLE, "--on", DAY, "--all").stdout)
    assert "information ancienne (2020)" in page
    assert not re.search(r"faits d|, à confirmer", page)


def test_the_next_step_suggests_no_answer(run: Run, tmp_path: Path):
    path = tmp_path / "p.yaml"
    path.write_text("company: {}\nproject: {needs: [equipment]}", encoding="utf-8")
    page = flat(run("match", str(path), "--on", DAY).stdout)
    assert "Répondez-y avec : alliage ask" in page
    assert ": … »" in page
    assert "Odanak" not in page


@pytest.mark.parametrize(("lang", "advantage"), [("fr", "d'avantage estimé"), ("en", "of estimated advantage")])
def test_the_money_in_play_waits_for_a_cost_that_bounds_it(run: Run, tmp_path: Path, lang: str, advantage: str):
    without, wide, costed = (tmp_path / name for name in ("without.yaml", "wide.yaml", "costed.yaml"))
    company = "company: {postal_code: G7H 1A1, legal_form: corporation}\nproject: {needs: [equipment]"
    without.write_text(company + "}\n", encoding="utf-8")
    wide.write_text(company + ", cost: {from: 100000}}\n", encoding="utf-8")
    costed.write_text(company + ", cost: 800000}\n", encoding="utf-8")
    pages = [run("match", str(path), "--on", DAY, "--lang", lang).output for path in (without, wide, costed)]
    assert [advantage in page for page in pages] == [False, False, True]
    told = [run("ask", str(path), "--on", DAY, "--lang", lang, given="fin\n").output for path in (without, costed)]
    assert [advantage in page for page in told] == [False, True]


def test_nothing_is_never_told_as_up_to_nothing(catalogue, french: Voice):
    programme = catalogue.programme("essor-volet-2")
    nothing = PartAid("grant", Decimal(0), Decimal(0), "project", None)
    assert french.aid(Aid(None, Decimal(0), (nothing,)), programme) == french.phrase("aid", "not_known")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_question_says_how_its_answer_is_written(catalogue, lang: str):
    from alliage.cli.results_page import written_form

    voice = Voice(catalogue, speaking("en" if lang == "en" else "fr"))
    assert all(written_form(voice, attribute) for attribute in catalogue.vocabulary.attributes.values())


# ------------------------------------------------------------------------------------------------- a receipt


def test_a_flag_is_answered_by_its_sentence(run: Run):
    page = flat(run("match", EXAMPLE, "--on", DAY, "--why", "c3i").stdout)
    assert "Votre réponse : non" not in page
    assert "C'est votre réponse" in page


def test_why_says_stacking_and_doubts(run: Run, catalogue):
    ids = [p.id for p in catalogue.programmes.values() if p.document.get("notes") and "stacking" in p.document]
    page = run("match", EXAMPLE, "--on", DAY, "--why", ids[0]).stdout
    assert "Cumul avec d'autres aides" in page
    assert "\nDoutes\n" in page


def test_sources_that_a_group_shares_are_said_once(run: Run):
    page = flat(run("show", "mitacs-acceleration", "--on", DAY).stdout)
    assert "Au moins une de ces conditions [2]" in page
    assert "organisme sans but lucratif ou organisme public [2]" not in page
    assert "(CCTT) [5]" in page


def test_parts_of_one_kind_of_money_say_their_expenses(run: Run):
    page = flat(run("show", "c3i", "--on", DAY).stdout)
    assert "crédit d'impôt (équipement)" in page
    assert "crédit d'impôt (logiciels)" in page
    assert page.count("Par l'entremise de") == 0


def test_what_alone_counts_of_an_expense_is_said_with_its_source(run: Run):
    page = flat(run("show", "c3i", "--on", DAY).stdout)
    assert "seul compte (logiciels) : un progiciel de gestion [3]" in page
    page = flat(run("show", "c3i", "--on", DAY, "--lang", "en").stdout)
    assert "only this counts (software): management software [3]" in page


def test_a_rate_of_contribution_is_a_rate(run: Run):
    page = flat(run("show", "fss-taux-reduit-manufacturier", "--on", DAY).stdout)
    assert "taux de cotisation de 1,25 %" in page
    assert "ni taux ni montant" not in page


@pytest.mark.parametrize(
    "id_", ["fqm-releve-entreprise", "hydro-quebec-gdp-engagement", "technoclimat", "hydro-quebec-solutions-efficaces"]
)
def test_a_source_is_a_number_never_a_key(run: Run, id_: str):
    assert "(source s" not in run("show", id_, "--on", DAY).stdout


def test_money_paid_to_others_says_to_whom(run: Run):
    page = flat(run("show", "cpmt-coud-requalification", "--on", DAY).stdout)
    assert "Versé à : promoteur collectif" in page
    page = flat(run("match", EXAMPLE, "--on", DAY, "--why", "cpmt-coud-requalification").stdout)
    assert "versé à : promoteur collectif" in page
    assert "montant non connu" not in page


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Les établissements de recherche.", "les établissements de recherche"),
        ("CCTT de la région", "CCTT de la région"),
    ],
)
def test_who_receives_the_money_fits_in_a_sentence(text: str, inside: str):
    assert recipient(text) == inside


# -------------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("name", "value", "fr", "en"),
    [
        ("company.years_in_operation", 1, "au plus 1 an", "at most 1 year"),
        ("company.years_in_operation", 2, "au plus 2 ans", "at most 2 years"),
        ("company.employees", 0, "au plus 0 employé", "at most 0 employees"),
        ("project.duration_months", 1, "au plus 1 mois", "at most 1 month"),
    ],
)
def test_one_thing_has_the_singular(french: Voice, english: Voice, name: str, value: int, fr: str, en: str):
    condition = Leaf(name, "at_most", value, "s1")
    assert flat(french.wording.sentence(condition)).endswith(fr)
    assert flat(english.wording.sentence(condition)).endswith(en)


def test_codes_of_one_title_share_it(french: Voice):
    attribute = french.attributes["company.naics"]
    assert french.wording.values(attribute, ["31", "32", "33"], last="or") == "31, 32 ou 33 (Fabrication)"
    mixed = french.wording.values(attribute, ["31", "32", "44"], last="or")
    assert mixed == "31, 32 (Fabrication) ou 44 (Commerce de détail)"
    postal = french.attributes["company.postal_code"]
    assert french.wording.values(postal, ["G7H1A1", "G7H"], last="or") == "G7H 1A1 ou G7H"


def test_a_receipt_counts_in_the_right_number(run: Run, catalogue):
    for id_ in list(catalogue.programmes)[:40]:
        (note,) = re.findall(
            r"^Conditions  (.*)$", run("match", EXAMPLE, "--on", DAY, "--why", id_).stdout, re.MULTILINE
        )
        assert not re.search(r"\b[01] (remplies|non remplies)", note)


# -------------------------------------------------------------------------------------------- what is refused


REFUSED = [
    ("company: {employees: -5}", ["de 0 employé à"], ["part"]),
    ("company: {export_share: 35}", ["0.35 pour 35 %"], []),
    ("company: {location: Torontoo}", ["la province ou le pays"], ["ca-nl", "abroad"]),
    ("company: {location: Québec}", ["qc-mun-23027 : Québec (municipalité", "ca-qc : Québec (province"], []),
    ("company: {cost: 5}", ["project.cost (coût total du projet)"], []),
    ("company: {effectif: 5}", [], ["Attendu"]),
    ("company: {employes: 5}", ["employees (nombre d'employés)"], []),
    ("company: {legal_form: inc}", ["corporation (société par actions)"], []),
]


@pytest.mark.parametrize(("content", "said", "unsaid"), REFUSED, ids=[content for content, _, _ in REFUSED])
def test_a_refusal_helps(run: Run, content: str, said: list[str], unsaid: list[str]):
    page = flat(run("match", "-", given=content).stderr)
    assert [words for words in said if words not in page] == []
    assert [words for words in unsaid if words in page.replace("profile-", "")] == []


@pytest.mark.parametrize("need", ["equipement", "équipement", "Equipment", "achat d'équipement"])
def test_a_need_is_named_as_in_a_conversation(run: Run, need: str):
    assert "achat d'équipement ·" in flat(run("match", EXAMPLE, "--on", DAY, "--need", need).stdout)


def test_a_need_that_is_not_clear_names_those_that_it_may_be(run: Run):
    page = flat(run("match", EXAMPLE, "--need", "e").stderr)
    assert "export (exportation)" in page
    assert "ip (" not in page
    assert "equipment (achat d'équipement)" in flat(run("match", EXAMPLE, "--need", "machines").stderr)


def test_a_missing_id_is_not_told_to_read_standard_input(run: Run):
    assert "entrée standard" not in run("show").stderr


def test_check_knows_a_profile_when_it_sees_one(run: Run):
    result = run("check", EXAMPLE, "--json")
    assert [error["code"] for error in json.loads(result.stdout)["errors"]] == ["check-profile"]
    assert result.exit_code == 1


def test_check_warns_of_a_source_read_in_the_future(run: Run):
    found = json.loads(run("check", "--on", "2026-11-01", "--json").stdout)["warnings"]
    assert "source-future" in {warning["code"] for warning in found}
    found = json.loads(run("check", "--on", DAY, "--json").stdout)["warnings"]
    assert "source-future" not in {warning["code"] for warning in found}


def test_stats_and_check_count_the_same_programmes_without_a_condition(run: Run):
    stats = json.loads(run("pack", "stats", "--on", DAY, "--json").stdout)["facts"]
    warned = json.loads(run("check", "--on", DAY, "--json").stdout)["warnings"]
    assert stats["no-condition"] == sum(warning["code"] == "condition-none" for warning in warned)


# -------------------------------------------------------------------------------------- languages and outputs


def test_help_is_french_to_the_end(run: Run):
    page = run("match", "--help").stdout
    assert "PROFIL" in page
    assert "Options\u00a0:" in page
    assert "PROFILE" not in page
    assert "MOTS…" in run("search", "--help").stdout
    assert "Commandes\u00a0:" in run("--help").stdout
    assert "Options:" in run("--lang", "en", "match", "--help").stdout


@pytest.mark.parametrize(("lang", "said"), [("fr", "Complétion installée"), ("en", "Completion installed")])
def test_installing_completion_is_told_in_the_language(tmp_path: Path, lang: str, said: str):
    program = (
        "import typer._completion_shared as t\nt._get_shell_name = lambda: 'bash'\n"
        f"from alliage.cli.main import app\napp(['--lang', '{lang}', '--install-completion'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env={"HOME": str(tmp_path), **utf8()}
    )
    assert said in done.stdout.decode()
    assert b"take effect" not in done.stdout
    assert (tmp_path / ".bash_completions").is_dir()


def test_a_shell_without_completion_is_refused_in_words(tmp_path: Path):
    program = (
        "import typer._completion_shared as t\nt._get_shell_name = lambda: 'tcsh'\n"
        "from alliage.cli.main import app\napp(['--install-completion'])"
    )
    env = {"HOME": str(tmp_path), **utf8()}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, env=env)
    assert done.returncode == 2
    assert b"shell-unknown" in done.stderr
    assert b"not supported" not in done.stdout + done.stderr


def utf8() -> dict[str, str]:
    return {"PYTHONIOENCODING": "utf-8", "PATH": "/usr/bin:/bin"}


def test_answers_that_cannot_be_saved_are_told_without_the_words_of_the_system(tmp_path: Path):
    from alliage.cli.asking.saving import save
    from alliage.core.vocabulary.errors import AlliageError

    for path, code in ((tmp_path / "nowhere" / "p.yaml", "save-folder"), (tmp_path, "save-failed")):
        with pytest.raises(AlliageError) as caught:
            save(path, "company: {}")
        (problem,) = caught.value.problems
        assert problem.code == code
        assert "such" not in problem.found.lower()


@pytest.mark.parametrize("args", [["show", "c3i"], ["show", "c3i", "--json"], ["match", EXAMPLE]])
@pytest.mark.parametrize("output", ["> /dev/full", ">&-"])
def test_an_output_that_cannot_be_written_is_said_in_words(args: list[str], output: str):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    command = " ".join([sys.executable, "-m", "alliage.cli.main", *args, output])
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"output-failed" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_a_narrow_terminal_is_respected():
    lines = run_process("show", "canexport-pme", COLUMNS="20").stdout.decode().splitlines()
    too_wide = [line for line in lines if len(line) > 20 and " " in line.strip()]
    assert too_wide == []


def test_json_can_be_written_on_an_old_output():
    done = run_process("show", "c3i", "--json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["document"]["name"]["fr"].startswith("Crédit")


# ------------------------------------------------------------------------------------------- the pack's own day


def test_today_is_that_of_the_packs_zone(catalogue, monkeypatch: pytest.MonkeyPatch):
    from datetime import UTC, datetime

    from alliage.cli import opening

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2026, 11, 26, 3, 0, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(opening, "datetime", Clock)
    assert catalogue.zone == "America/Toronto"
    assert opening.day(None, zone=catalogue.zone) == date(2026, 11, 25)
    assert opening.day(None, zone="Asia/Tokyo") == date(2026, 11, 26)
    assert opening.day(None, zone="Nowhere/AtAll")
    assert opening.day("2026-01-01", zone=catalogue.zone) == date(2026, 1, 1)


def test_a_pack_names_the_levels_of_its_places(catalogue, tmp_path: Path):
    phrases = catalogue.raw["phrases"]["place_levels"]
    assert {place.level for place in catalogue.vocabulary.places.places.values()} <= phrases.keys()
    pack = shutil.copytree(Path(__file__).parents[1] / "packs" / "invented", tmp_path / "invented")
    (pack / "phrases.yaml").write_text('place_levels: {isle: {fr: "île", en: "isle"}}', encoding="utf-8")
    assert alliage.load_pack(str(pack)).raw["phrases"]["place_levels"]["isle"]["fr"] == "île"


# --------------------------------------------------------------------------------------------------- amounts


@pytest.mark.parametrize(
    ("changes", "fr", "en"),
    [
        ({}, "pourrait couvrir jusqu'à 170 000 $", "could cover up to $170,000"),
        ({"at_least": Decimal(170000)}, "pourrait couvrir jusqu'à 170 000 $", "could cover up to $170,000"),
        (
            {"at_least": Decimal(136000), "decided_by": ("project.location",)},
            "pourrait couvrir de 136 000 $ à 170 000 $, selon : lieu du projet",
            "could cover from $136,000 to $170,000, depending on: place of the project",
        ),
        (
            {"at_least": Decimal(136000)},
            "pourrait couvrir de 136 000 $ à 170 000 $, selon le cas",
            "could cover from $136,000 to $170,000, depending on the case",
        ),
        ({"for_project": False}, "plafond du programme : 170 000 $", "programme's ceiling: $170,000"),
    ],
)
def test_an_amount_is_said_as_what_it_is(french: Voice, english: Voice, changes: dict[str, Any], fr: str, en: str):
    aid, programme = Aid(Decimal(170000), Decimal(0), (), **changes), french.catalogue.programmes["c3i"]
    assert french.aid(aid, programme).replace("\u00a0", " ") == fr
    assert english.aid(aid, programme).replace("\u00a0", " ") == en
