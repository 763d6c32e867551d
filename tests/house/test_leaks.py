"""What is committed works anywhere: no address of a registry, no path of one machine, no secret."""

import re
from pathlib import Path

import pytest

from tests.house.repository import committed_files, name_of

NOT_TEXT = {".png", ".pdf", ".ico", ".woff2", ".ttf", ".gz", ".mo"}
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.(?:npmjs|yarnpkg)\.|deb\.debian\.org|--(?:extra-)?index-url|--find-links|\bfile:///"
)
# A path from the root of one machine; `/work/` inside a web address is somebody's page, not a path.
LOCAL_PATH = re.compile(r"(?<![\w.\-/%~#=])/(?:work|root|home|Users|opt|tmp)/[\w.]")
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bghp_\w{30,}|\bAKIA[0-9A-Z]{16}\b")


def text_files() -> list[Path]:
    """All but this file, whose patterns would find themselves."""
    here = Path(__file__).resolve()
    return [path for path in committed_files() if path.suffix not in NOT_TEXT and path != here]


def test_there_are_files_to_look_at():
    names = {name_of(path) for path in text_files()}
    assert {"README.md", "pyproject.toml", "requirements.lock", ".ci/run"} <= names


@pytest.mark.parametrize("path", text_files(), ids=name_of)
def test_a_committed_file_says_nothing_of_the_machine_that_wrote_it(path: Path):
    text = path.read_text(encoding="utf-8")
    found = [match.group() for pattern in (REGISTRY, LOCAL_PATH, SECRET) for match in pattern.finditer(text)]
    assert found == []


@pytest.mark.parametrize("path", text_files(), ids=name_of)
def test_a_committed_file_is_utf8_with_plain_line_ends(path: Path):
    content = path.read_bytes()
    content.decode("utf-8")
    assert b"\r" not in content
    assert content == b"" or content.endswith(b"\n")
