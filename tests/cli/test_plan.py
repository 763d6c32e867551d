"""`alliage plan`: the plans of the examples, their papers, and clear answers to what cannot be."""

from __future__ import annotations

import itertools
import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader

from alliage.core.financing.solver import SolverFailed
from tests.cli.conftest import DAY, ROOT, Run, run_process

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
EXTRUSION = str(ROOT / "examples" / "extrusion-saguenay.yaml")
SCHEMA = jsonschema.Draft202012Validator(
    json.loads((ROOT / "schemas" / "plan.schema.json").read_text(encoding="utf-8"))
)


def answer(run: Run, *args: str) -> dict[str, Any]:
    result = run("plan", *args, "--on", DAY, "--json")
    assert result.exit_code == 0, result.stdout
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def refused(run: Run, *args: str) -> list[dict[str, Any]]:
    result = run("plan", *args, "--on", DAY, "--json")
    assert result.exit_code == 2
    errors: list[dict[str, Any]] = json.loads(result.stdout)["errors"]
    return errors


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_plan_of_each_example_keeps_its_form_and_balances(run: Run, example: Path):
    found = answer(run, str(example))
    SCHEMA.validate(found)
    for end in ("safe", "reachable"):
        plan, cost = found[end], round(found["project"]["cost"] * 100)
        assert sum(round(row["amount"] * 100) for row in plan["sources"]) == cost
        assert sum(round(row["amount"] * 100) for row in plan["uses"]) == cost
        assert sum(round(one["amount"] * 100) for one in plan["programmes"]) == round(plan["total"] * 100)
        assert plan["proof"]["gap"] == 0


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_example_has_its_papers_and_they_say_the_plan(run: Run, example: Path, lang: str, tmp_path: Path):
    paths = {kind: tmp_path / f"plan.{kind}" for kind in ("pdf", "xlsx", "ics")}
    options = [word for kind, path in paths.items() for word in (f"--{kind}", str(path))]
    found = answer(run, str(example), *options, "--lang", lang, "--name", "Essai")
    reader = PdfReader(paths["pdf"])
    assert "Essai" in reader.pages[0].extract_text()
    assert reader.pages[1].extract_text().startswith("Anne")  # the plan itself is one page
    funds = load_workbook(paths["xlsx"], data_only=True).worksheets[0]
    amounts = [row[2].value for row in funds.iter_rows() if row[0].value == "Total"]
    assert amounts == [found["project"]["cost"]] * 2
    events = Calendar.from_ical(paths["ics"].read_bytes()).walk("VEVENT")
    assert len(events) == sum(entry["day"] is not None for entry in found["calendar"])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_of_each_example_fits_and_promises_nothing(run: Run, example: Path, lang: str):
    result = run("plan", str(example), "--on", DAY, "--lang", lang)
    assert result.exit_code == 0
    assert max(len(line) for line in result.stdout.splitlines() if "/" not in line) <= 80
    said = result.stdout.replace("\u00a0", " ")
    assert {"fr": "Seul l'organisme décide", "en": "Only the provider decides"}[lang] in said
    assert not re.search("vous recevrez|you will receive|obtiendrez", said, re.IGNORECASE)


def test_the_same_command_gives_the_same_bytes(run: Run, tmp_path: Path):
    content = []
    for name in ("a", "b"):
        assert run("plan", EXTRUSION, "--on", DAY, "--pdf", str(tmp_path / f"{name}.pdf")).exit_code == 0
        content.append((tmp_path / f"{name}.pdf").read_bytes())
    assert content[0] == content[1]


def test_a_profile_may_come_from_standard_input(run: Run):
    profile = Path(EXTRUSION).read_text(encoding="utf-8")
    result = run("plan", "-", "--on", DAY, "--json", given=profile)
    assert json.loads(result.stdout) == answer(run, EXTRUSION)


# ---------------------------------------------------------------------------------------- pins, suppositions


def test_a_programme_that_is_banned_leaves_and_one_that_is_pinned_stays(run: Run):
    before = [one["programme"] for one in answer(run, EXTRUSION)["safe"]["programmes"]]
    assert "c3i" in before
    after = answer(run, EXTRUSION, "--ban", "c3i")
    assert "c3i" not in [one["programme"] for one in after["safe"]["programmes"]]
    assert after["preferences"]["banned"] == ["c3i"]
    pinned = answer(run, EXTRUSION, "--pin", "mfor-entreprises", "--pin", "c3i")
    assert {"mfor-entreprises", "c3i"} <= {one["programme"] for one in pinned["safe"]["programmes"]}


def test_suppositions_plan_again(run: Run):
    found = answer(
        run, EXTRUSION, "--what-if", "cost+10", "--what-if", "on=2030-01-01", "--what-if", "company.employees=400"
    )
    SCHEMA.validate(found)
    dearer, later, larger = found["what_if"]
    assert [one["asked"] for one in found["what_if"]] == ["cost+10", "on=2030-01-01", "company.employees=400"]
    assert dearer["safe"]["money"] > 0
    assert later["safe"]["worth"] < 0  # the tax credit is over
    assert {"safe", "reachable"} <= larger.keys()
    page = run("plan", EXTRUSION, "--on", DAY, "--what-if", "cost+10").stdout
    assert "Et si" in page
    assert "· cost+10" in page


def test_a_cost_that_the_budget_contradicts_is_refused_where_it_was_typed_with_the_percentage(run: Run):
    (told,) = refused(run, EXTRUSION, "--what-if", "project.cost=900000")
    assert (told["code"], told["where"]) == ("profile-contradiction", "--what-if")
    assert "cost+12" in told["expected"]


def test_waiting_past_an_expense_says_that_the_project_then_counts_as_begun(run: Run):
    begun, not_yet = answer(run, EXTRUSION, "--what-if", "on=2027-04-01", "--what-if", "on=2027-03-15")["what_if"]
    assert (begun["begun"], not_yet["begun"]) == (True, False)


@pytest.mark.parametrize(
    ("args", "code", "where"),
    [
        (["--pin", "nothing-like-it"], "programme-unknown", None),
        (["--ban", "nothing-like-it"], "programme-unknown", None),
        (["--what-if", "dearer"], "what-if-form", "--what-if"),
        (["--what-if", "cost-100"], "what-if-form", "--what-if"),
        (["--what-if", "cost - 250 %"], "what-if-form", "--what-if"),
        (["--what-if", "cost*2"], "what-if-form", "--what-if"),
        (["--what-if", "company.employees=unknown"], "what-if-form", "--what-if"),
        (["--what-if", "on=2027-02-30"], "option-date", "--what-if"),
        (["--what-if", "on=1990-01-01"], "option-date", "--what-if"),
        (["--what-if", "on=2100-01-01"], "option-date", "--what-if"),
        (["--on", "1999-12-31"], "option-date", "--on"),
        (["--what-if", "company.employees=lots"], "profile-number", "--what-if::company.employees"),
        (["--what-if", "company.employes=4"], "profile-attribute", "--what-if::company.employes"),
        (["--what-if", "company.employees=[1"], "yaml-syntax", None),
        (["--pdf", "nowhere/plan.pdf"], "save-folder", "--pdf"),
        (["--xlsx", EXTRUSION], "paper-exists", "--xlsx"),
        (["--ics", str(ROOT)], "paper-exists", "--ics"),
        (["--on", "soon"], "option-date", "--on"),
    ],
)
def test_what_cannot_be_is_refused_with_its_code(run: Run, args: list[str], code: str, where: str | None):
    result = run("plan", EXTRUSION, "--on", DAY, *args, "--json")
    assert result.exit_code == 2
    (error,) = json.loads(result.stdout)["errors"]
    assert error["code"] == code
    assert where is None or error["where"] == where
    assert Path(EXTRUSION).read_text(encoding="utf-8").startswith("#")


def test_a_paper_replaces_only_another_of_its_kind(run: Run, tmp_path: Path):
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"%PDF-1.4 an older plan")
    assert run("plan", EXTRUSION, "--on", DAY, "--pdf", str(path)).exit_code == 0
    assert len(PdfReader(BytesIO(path.read_bytes())).pages) > 1
    path.write_text("a letter", encoding="utf-8")
    assert refused(run, EXTRUSION, "--pdf", str(path))[0]["code"] == "paper-exists"
    assert path.read_text(encoding="utf-8") == "a letter"


@pytest.mark.parametrize("same", ["plan", "./plan", "sub/../plan"])
def test_two_papers_do_not_go_to_one_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, same: str):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    (error,) = refused(run, EXTRUSION, "--pdf", "plan", "--xlsx", same)
    assert (error["code"], error["where"], error["found"]) == ("paper-twice", "--xlsx", same)
    assert error["expected"] == "--pdf plan.pdf --xlsx plan.xlsx"
    assert not (tmp_path / "plan").exists()


def test_a_paper_that_cannot_be_written_is_said(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    (error,) = refused(run, EXTRUSION, "--ics", str(tmp_path / "plan.ics"))
    assert (error["code"], error["found"]) == ("paper-failed", "No space left on device")


def test_without_the_papers_installed_how_to_get_them_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    import sys

    monkeypatch.setitem(sys.modules, "alliage.papers.ics_file", None)
    (error,) = refused(run, EXTRUSION, "--ics", str(tmp_path / "plan.ics"))
    assert (error["code"], error["expected"]) == ("papers-missing", "alliage[papers]")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    "profile",
    [
        "company: {location: Saguenay}\nproject: {needs: [equipment]}\n",
        "project: {cost: 0}\n",
        "company: {location: abroad}\nproject: {needs: [equipment], cost: 50000}\n",
        "{}\n",
    ],
    ids=["no-cost", "free", "abroad", "nothing"],
)
def test_a_project_that_nothing_can_finance_is_an_answer(run: Run, tmp_path: Path, profile: str, lang: str):
    path, paper = tmp_path / "company.yaml", tmp_path / "plan.pdf"
    path.write_text(profile, encoding="utf-8")
    result = run("plan", str(path), "--on", DAY, "--lang", lang, "--pdf", str(paper))
    assert result.exit_code == 0, result.stderr
    told = {"fr": "Aucun programme|pas de plan", "en": "No programme|no plan"}[lang]
    assert re.search(told, " ".join(result.stdout.split()))
    assert paper.read_bytes().startswith(b"%PDF")
    SCHEMA.validate(answer(run, str(path)))


def test_what_was_typed_is_printed_and_never_run(run: Run, tmp_path: Path):
    paper = tmp_path / "plan.pdf"
    typed = '#panic("no") $x$ *b*'
    assert run("plan", EXTRUSION, "--on", DAY, "--name", typed, "--pdf", str(paper)).exit_code == 0
    assert typed in PdfReader(paper).pages[0].extract_text().replace("\u00a0", " ")


def test_other_commands_do_not_wait_for_what_only_the_plan_needs():
    program = "import sys, alliage.cli.main; print(' '.join(sys.modules))"
    import subprocess
    import sys

    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout.split()
    heavy = {"highspy", "typst", "xlsxwriter", "icalendar", "numpy", "alliage.core.financing", "alliage.papers"}
    assert heavy & set(loaded) == set()


def test_a_plan_goes_to_a_pipe_as_plain_text():
    done = run_process("plan", "examples/extrusion-saguenay.yaml", "--on", DAY, PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    done.stdout.decode("ascii")


def small_project(folder: Path, amount: str) -> str:
    """The file of a project with two expenses of this amount."""
    small = folder / "small.yaml"
    small.write_text(
        "company: {location: Saguenay, legal_form: corporation, tax_exempt: false, government_controlled: false,"
        " value_chain: [transformer]}\n"
        "project: {needs: [equipment, hr], location: Saguenay, started: false, lines: ["
        f"{{category: equipment, amount: {amount}}}, {{category: training, amount: {amount}}}]}}\n",
        encoding="utf-8",
    )
    return str(small)


@pytest.mark.parametrize("amount", ["0.01", "1", "12500.01", "12501", "12502"])
def test_small_expenses_have_a_plan_that_keeps_its_form(run: Run, tmp_path: Path, amount: str):
    found = answer(run, small_project(tmp_path, amount))
    SCHEMA.validate(found)
    assert found["project"]["cost"] == 2 * float(amount)


def test_expenses_too_small_for_an_application_are_told_in_words(run: Run, tmp_path: Path):
    left_out = answer(run, small_project(tmp_path, "0.01"))["left_out"]
    reasons = [reason["text"] for row in left_out for reason in row["reasons"] if reason["code"] == "part-at-least"]
    assert reasons
    for words in reasons:
        assert words["fr"].endswith("\u00a0: les dépenses admises sont trop petites pour une demande")
        assert words["en"].endswith(": the expenses admitted are too small for an application")


def test_a_programme_kept_that_the_safe_plan_cannot_hold_is_said_first(run: Run):
    kept = "hydro-quebec-solutions-efficaces"
    said = answer(run, EXTRUSION, "--pin", kept)["assumptions"]
    assert [one["code"] for one in said].count("pinned-not-safe") == 1
    page = run("plan", EXTRUSION, "--on", DAY, "--pin", kept).stdout
    assert page.index("vous y tenez") < page.index("Il tient quelle que soit")


def test_the_low_end_of_a_cost_is_said(run: Run):
    said = answer(run, str(ROOT / "examples" / "cooperative-baie-comeau.yaml"))["assumptions"]
    assert "least-cost" in [one["code"] for one in said]


@pytest.mark.parametrize(
    "failure", [SolverFailed("kSolveError"), SolverFailed("a plan that breaks line")], ids=["solver", "plan"]
)
@pytest.mark.parametrize("where", ["financing.solve", "why.solve_within"])
def test_a_plan_that_cannot_be_computed_is_told_in_words(
    run: Run, monkeypatch: pytest.MonkeyPatch, failure: RuntimeError, where: str
):
    def fail(*_: Any, **__: Any) -> None:
        raise failure

    monkeypatch.setattr(f"alliage.core.financing.{where}", fail)
    result = run("plan", EXTRUSION, "--on", DAY)
    assert result.exit_code == 3
    assert "n'a pas pu être calculé" in result.stderr
    assert result.stdout == ""
    told = json.loads(run("plan", EXTRUSION, "--on", DAY, "--json").stdout)["errors"]
    assert [one["code"] for one in told] == ["plan-failed"]


def test_with_time_enough_a_plan_is_proved_as_without_limit(run: Run):
    assert answer(run, EXTRUSION, "--seconds", "600") == answer(run, EXTRUSION)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_when_the_time_is_over_the_best_plan_is_given_and_its_gap_said(
    run: Run, monkeypatch: pytest.MonkeyPatch, lang: str, tmp_path: Path
):
    monkeypatch.setattr("alliage.cli.planning.monotonic", itertools.count(step=3600).__next__)
    options = ("--seconds", "1", "--what-if", "cost+10")
    found, whole = answer(run, EXTRUSION, *options), answer(run, EXTRUSION)
    SCHEMA.validate(found)
    for end in ("safe", "reachable"):
        proof = found[end]["proof"]
        assert (proof["complete"], proof["code"] in ("time-over", "none-found")) == (False, True)
        assert proof["bound"] >= whole[end]["worth"] >= found[end]["worth"]
    result = run("plan", EXTRUSION, "--on", DAY, "--lang", lang, *options, "--pdf", str(tmp_path / "plan.pdf"))
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())
    assert {"fr": "Le temps de calcul est écoulé", "en": "The time for computing"}[lang] in said
    assert {"fr": "Preuve", "en": "Proof"}[lang] not in said


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "3601", "vite", "", "1e3", "9" * 400])
def test_a_time_that_is_none_is_refused(run: Run, typed: str):
    assert [(one["code"], one["where"]) for one in refused(run, EXTRUSION, "--seconds", typed)] == [
        ("option-number", "--seconds")
    ]


# --------------------------------------------------------------------------------------------- papers and names


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF-"), ("xlsx", b"PK"), ("ics", b"BEGIN:VCALENDAR")])
def test_a_paper_goes_to_standard_output_alone(tmp_path: Path, kind: str, start: bytes):
    done = run_process("plan", EXTRUSION, "--on", DAY, f"--{kind}", "-", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(start)
    assert not list(tmp_path.iterdir()), "no file is named -"
    paper = tmp_path / f"plan.{kind}"
    run_process("plan", EXTRUSION, "--on", DAY, f"--{kind}", str(paper), cwd=tmp_path)
    assert paper.read_bytes() == done.stdout


@pytest.mark.parametrize("options", [("--pdf", "-", "--ics", "-"), ("--pdf", "-", "--json")])
def test_standard_output_takes_one_paper_and_nothing_else(run: Run, options: tuple[str, ...]):
    told = json.loads(run("plan", EXTRUSION, "--on", DAY, *options, "--json").stdout)["errors"]
    assert {one["code"] for one in told} == {"paper-output"}


@pytest.mark.parametrize("option", ["--name", "--title"])
def test_a_name_too_long_for_the_paper_is_refused_by_its_option(run: Run, option: str, tmp_path: Path):
    paper = tmp_path / "plan.pdf"
    told = refused(run, EXTRUSION, option, "é" * 121, "--pdf", str(paper))
    assert [(one["code"], one["where"], one["expected"]) for one in told] == [("name-too-long", option, "120")]
    assert not paper.exists()
    run("plan", EXTRUSION, "--on", DAY, option, "é" * 120, "--pdf", str(paper))
    assert "é" * 120 in re.sub(r"[\s\u200b]", "", PdfReader(paper).pages[0].extract_text())


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_without_a_cost_the_page_says_what_to_fill_and_shares_nothing_out(run: Run, tmp_path: Path, lang: str):
    path, paper = tmp_path / "company.yaml", tmp_path / "plan.pdf"
    path.write_text("project: {needs: [equipment]}", encoding="utf-8")
    result = run("plan", str(path), "--on", DAY, "--lang", lang, "--pdf", str(paper))
    assert "project: {cost: 800000}" in " ".join(result.stdout.split())
    printed = PdfReader(paper).pages[0].extract_text()
    for said in (result.stdout, printed):
        assert {"fr": "donnez le coût", "en": "give the cost"}[lang] in " ".join(said.split())
        assert "100 %" not in said.replace("\u00a0", " ")
        assert "$0" not in said
        assert "0 $" not in said.replace("\u00a0", " ").replace("800 000 $", "")


@pytest.mark.parametrize(
    ("lang", "said", "never"),
    [
        ("fr", "il manque le besoin du projet ou son budget", "Sans budget ni coût"),
        ("en", "the need of the project or its budget is missing", "Without a budget or a cost"),
    ],
)
def test_a_cost_alone_is_told_that_the_need_is_missing(run: Run, tmp_path: Path, lang: str, said: str, never: str):
    path, paper = tmp_path / "company.yaml", tmp_path / "plan.pdf"
    path.write_text("project: {cost: 100000}", encoding="utf-8")
    page = run("plan", str(path), "--on", DAY, "--lang", lang, "--pdf", str(paper)).stdout
    assert "project: {needs: [equipment]}" in " ".join(page.split())
    for told in (page, PdfReader(paper).pages[0].extract_text()):
        assert said in " ".join(told.split())
        assert never not in " ".join(told.split())


def test_a_budget_of_too_many_lines_is_told_with_the_limit(run: Run, tmp_path: Path):
    path = tmp_path / "company.yaml"
    line = "{category: equipment, amount: 1}"
    path.write_text(f"project: {{needs: [equipment], lines: [{', '.join([line] * 300)}]}}", encoding="utf-8")
    told = refused(run, str(path))
    assert [(one["code"], one["found"], one["expected"]) for one in told] == [("profile-lines-many", "300", "≤ 40")]


def test_the_page_says_the_threshold_and_the_terms(run: Run):
    page = " ".join(run("plan", EXTRUSION, "--on", DAY).stdout.replace("\u00a0", " ").split())
    assert "Un seuil de 12 500 $ est d'abord soustrait de la base, pour chaque bien" in page
    assert "remboursable : versé même sans impôt à payer" in page
