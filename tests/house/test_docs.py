"""The documents say what the code does: commands, options, errors, schemas, examples."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from tests.house.repository import (
    ERRORS,
    ROOT,
    blocks,
    error_words,
    headings,
    mappings_in,
    name_of,
    python_files,
    tree_of,
)

COMMANDS_PAGE = ROOT / "docs" / "cli.md"
ERRORS_PAGE = ROOT / "docs" / "errors.md"
README = ROOT / "README.md"
SCHEMAS = ROOT / "schemas"
CODE = re.compile(r"[a-z]+(-[a-z0-9]+)+")
REFUSAL = re.compile("problem|refus|error|warning", re.IGNORECASE)


def app() -> typer.Typer:
    from alliage.cli.main import app  # a broken command line fails its own tests, not the collection of all

    return app


def walk(command: object, path: str = "alliage") -> Iterator[tuple[str, object]]:
    """Each command that does something, with the words that call it."""
    inner = getattr(command, "commands", None)
    if not inner:
        yield path, command
        return
    for name, child in inner.items():
        yield from walk(child, f"{path} {name}")


def codes_in(path: Path) -> set[str]:
    """The codes that a file gives to what it refuses: `Problem("a-code", …)`, `code="a-code"` and so on."""
    calls = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    named = [keyword.value for call in calls for keyword in call.keywords if keyword.arg == "code"]
    first = [call.args[0] for call in calls if call.args and REFUSAL.search(name_called(call))]
    words = {node.value for node in named + first if isinstance(node, ast.Constant)}
    return {word for word in words if isinstance(word, str) and CODE.fullmatch(word)}


def name_called(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def codes_in_the_code() -> set[str]:
    return set().union(*(codes_in(path) for path in python_files("core", "cli")))


# ------------------------------------------------------------------------------------------ commands


def test_each_command_has_a_heading_in_the_page_of_commands():
    called = [path for path, _ in walk(get_command(app()))]
    assert {"alliage match", "alliage ask", "alliage show", "alliage search", "alliage check"} <= set(called)
    titles = headings(COMMANDS_PAGE)
    assert [path for path in called if not any(f"{title} ".startswith(f"{path} ") for title in titles)] == []


def test_each_option_is_on_the_page_of_commands():
    page = COMMANDS_PAGE.read_text(encoding="utf-8")
    options = {
        f"{path} {name}"
        for path, command in walk(get_command(app()))
        for parameter in command.params
        for name in parameter.opts
        if name.startswith("--")
    }
    assert options
    assert [option for option in sorted(options) if option.rpartition(" ")[2] not in page] == []


# -------------------------------------------------------------------------------------------- errors


def test_each_error_code_of_the_code_has_words_in_both_languages():
    codes = codes_in_the_code()
    assert len(codes) > 10
    assert sorted(codes - error_words().keys()) == []


def test_each_error_is_worded_in_french_and_in_english():
    words = error_words()
    assert len(words) > 10
    wordless = [
        code
        for code, entry in words.items()
        if not any({"fr", "en"} <= mapping.keys() for _, mapping in mappings_in(entry))
    ]
    assert wordless == []


def test_each_error_code_is_kebab_case():
    assert [code for code in error_words() if not CODE.fullmatch(code)] == []


def test_each_error_has_a_heading_in_the_page_of_errors_and_no_heading_is_left_over():
    words = error_words().keys()
    titles = set(headings(ERRORS_PAGE))
    assert sorted(words - titles) == []
    assert sorted(title for title in titles - words if CODE.fullmatch(title)) == []


def test_no_worded_error_is_forgotten_by_the_code():
    source = "\n".join(path.read_text(encoding="utf-8") for path in python_files("core", "papers", "cli", "hub"))
    assert [code for code in error_words() if f'"{code}"' not in source] == []


def test_the_registry_of_errors_is_where_the_documents_say():
    assert name_of(ERRORS) in ERRORS_PAGE.read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------------- schemas


def test_the_committed_schemas_are_those_that_the_models_make(tmp_path: Path):
    subprocess.run([sys.executable, "-m", "alliage.cli.schemas", str(tmp_path)], cwd=ROOT, check=True)
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.json")}
    committed = {path.name: path.read_text(encoding="utf-8") for path in SCHEMAS.glob("*.json")}
    assert made
    assert committed == made, "run `make schemas`"


# ---------------------------------------------------------------------------------------- the README


def test_the_readme_shows_python_and_the_command_line():
    assert any("import alliage" in block for block in blocks(README, "python") + blocks(README, "pycon"))
    assert any("alliage match" in block for block in blocks(README, "console"))


def test_the_readme_reaches_an_example_within_forty_lines():
    top = "\n".join(README.read_text(encoding="utf-8").splitlines()[:40])
    assert "alliage match" in top


@pytest.mark.parametrize("page", sorted([README, *(ROOT / "docs").glob("*.md")]), ids=name_of)
def test_a_page_names_only_files_that_exist(page: Path):
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"\b(?:examples|docs|schemas)/[\w./-]+\.(?:yaml|md|json)\b", text))
    linked = set(re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text))
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []
    assert sorted(link for link in linked if not (page.parent / link).exists()) == []


def test_each_example_is_named_in_the_readme_or_the_documents():
    examples = sorted((ROOT / "examples").glob("*.yaml"))
    assert len(examples) >= 8
    said = "\n".join(page.read_text(encoding="utf-8") for page in [README, *(ROOT / "docs").glob("*.md")])
    assert [path.name for path in examples if path.stem not in said] == []


def test_the_drawing_of_the_floors_names_each_module_of_the_plan_once():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    (row,) = [line for line in text.splitlines() if line.startswith("| financing |")]
    named = re.findall(r"`([a-z_]+)\*?`", row)
    files = (ROOT / "src" / "alliage" / "core" / "financing").glob("[a-z]*.py")
    modules = {file.stem for file in files}
    answers = {name for name in modules if name.startswith("answer")}
    assert sorted(named) == sorted((modules - answers) | {"answer"})


def test_each_door_between_rooms_is_told():
    """What the hub reads of the AppConfig of another room."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    doors = text[text.index("### The doors between rooms") :].split("\n## ")[0]
    hub = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "src" / "alliage" / "hub").rglob("*.py"))
    read = set(re.findall(r'getattr\((?:config|one), "([a-z_]+)"', hub)) | set(
        re.findall(r'pages_of_rooms\("([a-z_]+)"', hub)
    )
    assert len(read) > 8
    assert {name for name in read if f"`{name}`" not in doors} == set()
