"""Whatever is given, what is wrong is said with a code, a place and a cure; nothing is half-loaded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, run_process

PROFILES = {
    "profile-attribute": "company: {employes: 42}",
    "profile-number": "company: {employees: beaucoup}",
    "profile-limits": "company: {export_share: 35}",
    "profile-place": "company: {location: Saguenayy}",
    "profile-place-ambiguous": "company: {location: Québec}",
    "profile-flag": "project: {started: peut-etre}",
    "profile-value": "company: {legal_form: inc}",
    "profile-code": 'company: {naics: "999999"}',
    "profile-code-form": 'company: {postal_code: "12345"}',
    "profile-interval": "company: {employees: {from: 249, to: 50}}",
    "profile-form": "company: {legal_form: {either: [corporation]}}",
    "profile-part": "entreprise: {employees: 42}",
    "profile-shape": "- employees: 42",
    "profile-category": "project: {lines: [{category: machines, amount: 10}]}",
    "profile-contradiction": "company: {employees: 42}\nproject: {participating_employees: 50}",
    "yaml-duplicate-key": "company: {employees: 42, employees: 50}",
    "yaml-syntax": "company: {employees: 42",
    "yaml-alias": "company: &a {employees: 42}\nproject: *a",
    "file-empty": "# rien\n",
    "yaml-too-deep": "[" * 5_000,
}


@pytest.mark.parametrize(("code", "content"), PROFILES.items(), ids=list(PROFILES))
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_bad_profile_is_refused_with_its_cure(run: Run, tmp_path: Path, code: str, content: str, lang: str):
    path = tmp_path / "bad.yaml"
    path.write_text(content, encoding="utf-8")
    result = run("match", str(path), "--lang", lang)
    assert result.exit_code == 2
    assert code in result.stderr
    assert result.stdout == ""
    assert {"fr": "À faire\u00a0:", "en": "What to do:"}[lang] in result.stderr
    found = json.loads(run("match", str(path), "--json").stdout)["errors"]
    assert code in [error["code"] for error in found]
    assert all(error["where"] and error["says"][lang] and error["do"][lang] for error in found)


def test_all_the_mistakes_of_a_profile_come_together(run: Run, tmp_path: Path):
    path = tmp_path / "bad.yaml"
    path.write_text("company: {employes: 42, export_share: 35}\nproject: {started: 3}", encoding="utf-8")
    errors = json.loads(run("match", str(path), "--json").stdout)["errors"]
    assert [error["code"] for error in errors] == ["profile-attribute", "profile-limits", "profile-flag"]
    assert errors[0]["where"] == f"{path}::company.employes"
    assert "employees" in errors[0]["expected"]


def test_ten_megabytes_of_nesting_are_refused_at_once(run: Run, tmp_path: Path):
    path = tmp_path / "deep.yaml"
    path.write_text("[" * 10_000_000, encoding="utf-8")
    assert "file-too-large" in run("match", str(path)).stderr
    assert "file-too-large" in run("match", "-", given="[" * 10_000_000).stderr
    assert "file-too-large" in run("check", str(path)).stdout


def test_latin_1_is_refused_with_its_line(run: Run, tmp_path: Path):
    path = tmp_path / "latin.yaml"
    path.write_bytes("company:\n  location: Québec\n".encode("latin-1"))
    result = run("match", str(path))
    assert "file-encoding" in result.stderr
    assert "latin.yaml::2" in result.stderr.replace("\n", "").replace("  ", "")
    assert "file-encoding" in run("match", "-", given=path.read_bytes()).stderr


OPTIONS = {
    "file-missing": ["match", "nowhere.yaml"],
    "option-date": ["show", "pex", "--on", "26/11/2026"],
    "option-number": ["match", "x.yaml", "--limit", "0"],
    "option-language": ["show", "pex", "--lang", "de"],
    "option-unknown": ["show", "pex", "--dat", "2026-11-26"],
    "option-value": ["show", "pex", "--on"],
    "argument-missing": ["match"],
    "argument-extra": ["show", "pex", "pex"],
    "command-unknown": ["mach", "x.yaml"],
    "programme-unknown": ["show", "canexport"],
    "pack-missing": ["show", "pex", "--pack", "quebec_acier"],
    "save-folder": ["ask", "--save", "nowhere/at/all.yaml"],
    "diff-kinds": ["diff", "quebec_aluminium", "README.md"],
}


@pytest.mark.parametrize(("code", "args"), OPTIONS.items(), ids=list(OPTIONS))
def test_a_bad_command_line_is_refused_in_words(run: Run, code: str, args: list[str]):
    result = run(*args)
    assert result.exit_code == 2
    assert code in result.stderr
    assert result.stdout == ""
    assert [error["code"] for error in json.loads(run(args[0], "--json", *args[1:]).stdout)["errors"]] == [code]


@pytest.mark.parametrize(("target", "code"), [("quebec_acier", "pack-missing"), ("nowhere.yaml", "file-missing")])
def test_there_must_be_something_to_check(run: Run, target: str, code: str):
    result = run("check", target)
    assert result.exit_code == 2
    assert code in result.stderr


def test_a_folder_is_no_profile(run: Run, tmp_path: Path):
    assert "file-missing" in run("match", str(tmp_path)).stderr


def test_an_unknown_need_names_those_that_exist(run: Run, company: str):
    result = run("match", company, "--need", "machines")
    assert result.exit_code == 2
    assert "profile-value" in result.stderr
    assert "equipment" in result.stderr


def test_an_unknown_id_names_those_that_look_like_it(run: Run, company: str):
    assert "canexport-pme" in run("match", company, "--why", "canexport-pm").stderr


def test_a_file_that_exists_is_not_replaced_by_saved_answers(run: Run, company: str):
    before = Path(company).read_text(encoding="utf-8")
    assert "save-exists" in run("ask", "--save", company).stderr
    assert Path(company).read_text(encoding="utf-8") == before


def test_a_broken_house_says_so_without_a_trace(run: Run, company: str, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("alliage.cli.opening.open_catalogue", broken)
    result = run("match", company)
    assert result.exit_code == 3
    assert "internal-error" in result.stderr


def test_a_process_says_the_same_as_a_call(tmp_path: Path):
    path = tmp_path / "bad.yaml"
    path.write_text("company: {employees: beaucoup}", encoding="utf-8")
    done = run_process("match", str(path))
    assert done.returncode == 2
    assert b"profile-number" in done.stderr
    assert b"Traceback" not in done.stderr
