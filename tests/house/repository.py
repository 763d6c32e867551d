"""What the house tests read: the files of the repository, as git would commit them."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "alliage"
PACKS = PACKAGE / "packs"
ERRORS = PACKS / "common" / "errors.yaml"
HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def committed_files() -> list[Path]:
    """The files that git follows, and the new ones that it does not ignore."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    paths = (ROOT / name for name in listing.split("\0") if name)
    return sorted({path for path in paths if path.is_file()})


def name_of(path: Path) -> str:
    """The path from the root, to name a test case."""
    return path.relative_to(ROOT).as_posix()


def python_files(*folders: str) -> list[Path]:
    """The Python files of some folders of the package."""
    return sorted(path for folder in folders for path in (PACKAGE / folder).rglob("*.py"))


def pack_texts() -> list[Path]:
    """The YAML files of all packs."""
    return sorted(PACKS.rglob("*.yaml"))


def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def load(path: Path) -> object:
    """The content of a YAML file; whether it is well written is for `alliage check` to say."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders


def error_words() -> dict[str, object]:
    """The registry of errors: code -> words in both languages."""
    words = load(ERRORS)
    assert isinstance(words, dict)
    return words


def headings(path: Path) -> list[str]:
    """The headings of a Markdown file, without their code marks."""
    return [title.replace("`", "") for title in HEADING.findall(path.read_text(encoding="utf-8"))]


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of a Markdown file in one language."""
    return [body for name, body in BLOCK.findall(path.read_text(encoding="utf-8")) if name == language]


def mappings_in(value: object, place: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Every mapping inside a YAML value, with its place in the file."""
    if isinstance(value, dict):
        yield place or "/", value
        for key, inner in value.items():
            yield from mappings_in(inner, f"{place}/{key}")
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from mappings_in(inner, f"{place}/{position}")
