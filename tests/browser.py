"""A real browser, one for all the tests of a process, and what axe finds on a page."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CURE = "These tests need Chromium. Debian, Ubuntu: apt install chromium. Elsewhere: CHROMIUM=/its/path make test."


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium (``CHROMIUM=…`` for another). Without one, the tests fail: they are never skipped."""
    # Playwright runs a loop in this thread; the tests themselves stay synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield running
        running.close()


def chromium() -> str:
    """Where Chromium is."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found or not Path(found).is_file():
        pytest.fail(CURE, pytrace=False)
    return found


def barriers(page: Page) -> list[str]:
    """What axe finds on a page, up to WCAG 2.2 AA: one line per rule. The page is opened with ``bypass_csp=True``."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(axe_source())
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", TAGS)
    return [f"{rule['id']}: {rule['nodes'][0]['target']} ({len(rule['nodes'])})" for rule in found["violations"]]


def axe_source() -> str:
    """axe-core, as its package ships it."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
