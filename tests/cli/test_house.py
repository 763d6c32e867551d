"""Help, documents, start-up: how the commands behave as a house."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import DAY, ROOT, Run, run_process

COMMANDS = [[], ["match"], ["ask"], ["show"], ["search"], ["check"], ["pack"], ["pack", "stats"], ["diff"]]
PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command) or "alliage")
@pytest.mark.parametrize(("lang", "usage"), [("fr", "Utilisation\u00a0:"), ("en", "Usage:")])
def test_help_speaks_both_languages(run: Run, command: list[str], lang: str, usage: str):
    result = run("--lang", lang, *command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(usage)
    assert "--help" in result.stdout


def test_the_command_alone_shows_its_help(run: Run):
    assert "match" in run().stdout


def test_the_version_is_told(run: Run):
    import alliage

    assert run("--version").stdout.strip() == f"alliage {alliage.__version__}"


def test_completion_gives_ids_needs_and_packs():
    from alliage.cli import completing

    assert "canexport-pme" in completing.programmes("canex")
    assert completing.needs("equi") == ["equipment"]
    assert "quebec_aluminium" in completing.packs("")
    assert completing.languages("e") == ["en"]


def shown_commands() -> list[tuple[str, list[str]]]:
    """Each command of the page with the lines that it shows."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


@pytest.mark.parametrize(("command", "lines"), shown_commands(), ids=[command for command, _ in shown_commands()])
def test_the_examples_of_the_page_run(command: str, lines: list[str], tmp_path: Path):
    for folder in ("examples", "src"):  # what a command writes stays out of the house
        (tmp_path / folder).symlink_to(ROOT / folder)
    words = shlex.split(command)
    given = b""
    if "|" in words:
        given = words[1].encode().decode("unicode_escape").encode("latin-1")
        words = words[words.index("|") + 1 :]
    done = run_process(*words[1:], given=given, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    text = done.stdout.decode()
    wanted = [line.rstrip("…").strip() for line in lines if line.strip("…")]
    assert [line for line in wanted if line.replace("\u00a0", " ") not in text.replace("\u00a0", " ")] == []


def test_match_starts_without_the_heavy_libraries(company: str):
    run_process("match", company, "--on", DAY)  # compiles the pack
    program = (
        "import sys\nsys.argv = ['alliage', 'match', sys.argv[1], '--on', '2026-11-26', *sys.argv[2:]]\n"
        "from alliage.cli.main import app\n"
        "try:\n    app()\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('pydantic', 'numpy', 'rich', 'Stemmer', 'sqlite3') if name in sys.modules])"
    )
    for option in ([], ["--json"], ["--why", "essor-volet-2"]):
        done = subprocess.run(
            [sys.executable, "-c", program, company, *option], capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[-1] == "[]"


def test_a_cache_that_cannot_be_written_changes_nothing(company: str, tmp_path: Path):
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    usual = run_process("match", company, "--on", DAY).stdout
    assert run_process("match", company, "--on", DAY, ALLIAGE_CACHE=str(blocked / "inside")).stdout == usual
    assert run_process("match", company, "--on", DAY, ALLIAGE_CACHE="").stdout == usual


def test_a_reader_that_leaves_is_no_failure(company: str):
    command = f'"{sys.executable}" -m alliage.cli.main match "{company}" --all --on {DAY} | head -1'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stderr == b""


def test_the_page_of_errors_holds_the_words_of_each_code():
    words = yaml.safe_load((ROOT / "src/alliage/packs/common/errors.yaml").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    for code, entry in words.items():
        part = page.split(f"### `{code}`\n", 1)[1].split("\n#", 1)[0]
        assert entry["says"]["fr"] in part, code
        assert entry["says"]["en"] in part, code
        assert entry["do"]["fr"] in part, code
        assert entry["do"]["en"] in part, code


def test_the_schemas_are_schemas(tmp_path: Path):
    import jsonschema

    from alliage.cli.schemas import write

    write(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {f"{name}.schema.json" for name in ("day", "meetings", "plan", "profile", "programme", "results")}
    for path in tmp_path.iterdir():
        jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))


def test_each_programme_of_the_pack_is_what_its_schema_says():
    import jsonschema

    schema = json.loads((ROOT / "schemas" / "programme.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    from alliage.cli.opening import open_catalogue

    for id_, programme in open_catalogue(None).programmes.items():
        document = {key: value for key, value in programme.document.items() if key != "file"}
        assert [error.message for error in validator.iter_errors(document)] == [], id_
