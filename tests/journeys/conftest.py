"""What the journeys share: a site in a process of its own, with the real pack, and people who visit it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.person import Newcomers, Person
from tests.journeys.serve import served


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the site keeps its database and its letters."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[str]:
    """The address of a fresh site, served as ``make run`` serves it."""
    with served(site_folder) as address:
        yield address


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
