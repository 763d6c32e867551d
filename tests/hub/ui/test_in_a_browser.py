"""The ground floor in a real browser: words explained in place, the keyboard alone, nothing that moves.

That its pages have no barrier and fit every width is seen with all the others, in ``tests/journeys``.
"""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page

from tests.hub.moved import MOVED

Open = Callable[..., Page]
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_word_is_explained_where_it_stands_with_the_keyboard_alone(open_page: Open) -> None:
    page = open_page("/ui/")
    page.locator("button.term").first.focus()
    page.keyboard.press("Enter")
    note = page.locator("#term-grant")
    assert note.is_visible()
    assert "à ne pas rendre" in note.inner_text()
    page.keyboard.press("Escape")
    assert not note.is_visible()


def test_the_first_tab_skips_to_the_content(open_page: Open) -> None:
    page = open_page("/lexique/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_without_javascript_the_pages_say_as_much(open_page: Open) -> None:
    with_it = open_page("/lexique/").locator("main").inner_text()
    assert open_page("/lexique/", java_script_enabled=False).locator("main").inner_text() == with_it


def test_nothing_moves_while_a_page_loads(open_page: Open) -> None:
    assert open_page("/ui/").evaluate(MOVED) < 0.01


def test_a_first_visit_weighs_less_than_150_kilobytes(client: Client) -> None:
    html = client.get("/ui/").content
    files = [Path(str(finders.find(name))) for name in dict.fromkeys(re.findall(r'="/static/([^"#]+)', html.decode()))]
    assert len(files) > 6
    assert len(gzip.compress(html)) + sum(len(gzip.compress(file.read_bytes())) for file in files) < 150_000
