"""Project files and alerts in a real Chromium, with a real mail server: kept, opened by a colleague, told, stopped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from alliage.hub.finder.actions import alerting, writing
from alliage.hub.finder.visit import signed
from alliage.hub.people.actions import consents
from alliage.hub.people.models import MemberRole, Person
from alliage.hub.ui import day
from tests.browser import barriers
from tests.hub.finder.follow import member
from tests.hub.finder.test_alerts import FITS, edit, most
from tests.hub.people.actors import sign_in
from tests.hub.people.test_mail import Box, part, server
from tests.hub.programmes.conftest import load, pack

__all__ = ["load", "pack", "server"]  # fixtures
Come = Callable[..., Page]


@pytest.fixture
def come(browser: Browser, live_server: Any) -> Iterator[Come]:
    """A browser of somebody who is signed in, perhaps with answers; or of nobody."""
    contexts = []

    def come_(person: Person | None = None, *, answers: object = None, lang: str = "fr") -> Page:
        cookies = {"session": sign_in(person).cookies["session"].value} if person else {}
        if answers:
            cookies["answers"] = signed({"a": answers})
        context = browser.new_context(
            viewport={"width": 360, "height": 800}, base_url=live_server.url, bypass_csp=True, locale=f"{lang}-CA"
        )
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        contexts.append(context)
        return context.new_page()

    yield come_
    for context in contexts:
        context.close()


def sound(page: Page) -> None:
    """No barrier, and nothing wider than the screen."""
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def keep(mine: Page) -> str:
    """Keeps the answers of the browser in a file of the organisation; its address."""
    mine.goto("/trouver/resultats/")
    mine.get_by_role("link", name="Garder dans un dossier").click()
    sound(mine)
    mine.get_by_label("Nom du dossier").fill("Presse de 2027")
    mine.get_by_role("radio").nth(1).check()  # of the organisation
    mine.get_by_role("button", name="Enregistrer dans un nouveau dossier").click()
    assert mine.locator("h1").inner_text() == "Presse de 2027"
    sound(mine)
    return mine.url


def employ(page: Page, employees: int, *, lang: str = "") -> None:
    """Answers how many persons the company employs."""
    page.goto(f"{lang}/trouver/question/company.employees/?then=results")
    page.locator("input[name='company.employees']").first.fill(str(employees))
    page.locator("main form button.button-primary").first.click()


def open_and_save(theirs: Page) -> None:
    """A colleague opens the file, in English, and saves another answer."""
    theirs.goto("/en/dossiers/")
    sound(theirs)
    theirs.get_by_role("button", name="Open").click()
    assert "/en/trouver/resultats/" in theirs.url
    assert theirs.get_by_text("(saved)").is_visible()
    sound(theirs)
    employ(theirs, 45, lang="/en")
    theirs.get_by_role("button", name="Save in the project file").click()
    assert theirs.get_by_text("(saved)").is_visible()


def see_both(mine: Page) -> None:
    """Whoever saves second sees both versions."""
    employ(mine, 50)
    mine.get_by_role("button", name="Enregistrer dans le dossier").click()
    assert "a changé" in mine.locator("h1").inner_text()
    assert mine.get_by_role("row", name=re.compile("50.*45", re.DOTALL)).is_visible()
    sound(mine)
    mine.get_by_role("button", name="Prendre la version du dossier").click()


def note(mine: Page, file: str) -> None:
    """Notes what was asked for."""
    mine.goto(file)
    mine.get_by_role("link", name="Noter une démarche").click()
    sound(mine)
    mine.get_by_label("Demandé").check()
    mine.get_by_label("Le montant").fill("50 000 $")
    mine.get_by_role("button", name="Noter", exact=True).click()
    assert mine.get_by_text("Demandé le").first.is_visible()


def follow(mine: Page) -> None:
    """Follows a programme, and agrees to be written to."""
    mine.goto("/programmes/pari-cnrc/")
    mine.get_by_role("link", name="Suivre ce programme").click()
    sound(mine)
    mine.get_by_role("button", name="Suivre ce programme").click()
    mine.get_by_role("checkbox").check()
    mine.get_by_role("button", name="Garder ces choix").click()
    sound(mine)


@pytest.mark.django_db(transaction=True)
def test_a_file_is_kept_opened_by_a_colleague_and_its_alert_is_received_and_stopped(
    come: Come,
    load: Callable[[], Any],
    server: Box,
    settings: Any,
    live_server: Any,
) -> None:
    settings.SITE_URL = live_server.url
    load()
    ana, bob = member("ana@example.org", role=MemberRole.MANAGER), member("bob@example.org", language="en")
    mine = come(ana, answers=FITS)
    file = keep(mine)
    open_and_save(come(bob, lang="en"))
    see_both(mine)
    note(mine, file)
    follow(mine)
    assert consents.holds(ana, "alerts")

    now = day.now()
    assert alerting.look(on=now.date(), at=now) == 0
    edit(most(10))
    alerting.look(on=now.date(), at=now)
    assert writing.write(now=now) == 1, "Bob did not agree to be written to"
    (letter,) = server.letters
    assert letter["To"] == "ana@example.org"
    assert "Presse de 2027" in part(letter, "plain")
    mine.goto("/alertes/")
    assert mine.get_by_text("Presse de 2027").first.is_visible()
    sound(mine)

    anyone = come()
    anyone.goto(str(letter["List-Unsubscribe"]).strip(" <>"))
    sound(anyone)
    assert consents.holds(ana, "alerts")
    anyone.get_by_role("button", name="Arrêter les courriels").click()
    assert "C’est fait" in anyone.locator("h1").inner_text()
    assert not consents.holds(ana, "alerts")
