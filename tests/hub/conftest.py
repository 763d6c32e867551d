"""What the tests of the hub share: a clock that stands still, and pages of a live site in a real browser."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page

from alliage.hub.ui import day

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=day.HERE)


@pytest.fixture(autouse=True)
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is November 26, 2026, 9:30, where the companies are."""
    monkeypatch.setattr(day, "now", lambda: NOW)


@pytest.fixture(autouse=True)
def nobody_asked_yet() -> None:
    """What visitors of other tests asked is no reason to make those of this one wait."""
    cache.clear()


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens an address of the live site: ``open_page("/ui/", width=360)``; what it complains of fails the test."""
    contexts, complaints = [], []

    def open_(address: str, *, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="fr-CA", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(live_server.url + address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not complaints, complaints
