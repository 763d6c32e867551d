"""What the journeys share: a site in a process of its own, with the real pack, and people who visit it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.person import Newcomers, Person

HOUSE = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a fresh site, served as ``make run`` serves it."""
    data = tmp_path_factory.mktemp("site")
    said = data / "said.txt"
    with (
        said.open("w+") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.serve"],
            cwd=HOUSE,
            env={**os.environ, "ALLIAGE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "tests.journeys.settings"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as served,
    ):
        assert served.stdin
        assert served.stdout
        address = served.stdout.readline().strip()
        assert address, f"The site did not start:\n{said.read_text()}"
        yield address
        served.stdin.close()


@pytest.fixture
def newcomers(browser: Browser, site: str) -> Iterator[Newcomers]:
    """Makes people who visit the site. What a page complains of, and what no page may do, fails the test."""
    made = Newcomers(browser, site)
    yield made
    complaints = made.leave()
    assert not complaints, complaints


@pytest.fixture(params=["fr", "en"])
def someone(request: pytest.FixtureRequest, newcomers: Newcomers) -> Person:
    """Someone who has answered nothing, in each language."""
    return newcomers.come(lang=request.param)
