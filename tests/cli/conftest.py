"""What the tests of the command line share: a small company, a place for compiled packs, ways to run a command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-11-26"
COMPANY = """
company: {postal_code: G7H 1A1, employees: 42, naics: "331317", legal_form: corporation}
project: {needs: [equipment], cost: 800000, duration_months: 14}
"""
TRACE = re.compile(r"Traceback|  File \"")

Run = Callable[..., Result]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def surroundings(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLIAGE_CACHE", str(cache))
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("ALLIAGE_LANG", "ALLIAGE_DEBUG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def company(tmp_path: Path) -> str:
    path = tmp_path / "company.yaml"
    path.write_text(COMPANY, encoding="utf-8")
    return str(path)


@pytest.fixture
def run() -> Run:
    """Run a command in this process; whatever happens, there is no stack trace."""
    from alliage.cli.main import app

    def run_it(*args: str, given: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(app, list(args), input=given)
        assert not TRACE.search(result.output + result.stderr)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return run_it


def run_process(
    *args: str, given: bytes = b"", cwd: Path = ROOT, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process of its own."""
    command = [sys.executable, "-m", "alliage.cli.main", *args]
    return subprocess.run(
        command, cwd=cwd, input=given, capture_output=True, env={**os.environ, **variables}, check=False
    )
