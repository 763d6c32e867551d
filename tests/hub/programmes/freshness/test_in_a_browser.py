"""The life of a fact, in a real browser: the team asks, the provider answers by its letter, every page says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core import mail as outbox
from playwright.sync_api import Page

from alliage.hub.people.models import Duty
from alliage.hub.programmes.actions import Loaded
from alliage.hub.programmes.freshness.actions import watching
from alliage.hub.ui import day
from tests.browser import barriers
from tests.hub.people.actors import make_person, sign_in
from tests.hub.programmes.freshness.conftest import C3I, DAY, link_of

Open = Callable[..., Page]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def as_team(load: Callable[[], Loaded], live_server: Any) -> dict[str, Any]:
    """What makes a browser that of the team."""
    load()
    session = sign_in(make_person("team@example.org", duty=Duty.TEAM)).cookies[site_settings.SESSION_COOKIE_NAME].value
    cookie = {"name": site_settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
    return {"storage_state": {"cookies": [cookie], "origins": []}}


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def fits(page: Page) -> None:
    """No barrier, and nothing wider than the page."""
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("script", [True, False])
def test_the_team_asks_the_provider_confirms_and_the_page_says_so(
    open_page: Open, as_team: dict[str, Any], *, script: bool
) -> None:
    team = open_page("/equipe/a-verifier/", java_script_enabled=script, **as_team)
    with team.expect_navigation():
        team.locator(f'a[href="/equipe/a-verifier/{C3I}/"]').click()
    team.locator("#id_email").fill("bureau@example.org")
    press(team, "Écrire à cette adresse")
    assert "bureau@example.org" in team.locator("main").inner_text()

    office = open_page(link_of(outbox.outbox[0]), width=360, java_script_enabled=script)
    office.get_by_label("C’est exact").check()
    press(office, "Envoyer ma réponse")
    assert office.locator("h1").inner_text() == "Merci"
    said = open_page(f"/programmes/{C3I}/").locator(".freshness-confirmed").first.inner_text()
    assert said.replace("\u00a0", " ").startswith("Confirmé le 26 novembre 2026 par ")


def test_a_page_that_died_opens_a_review_that_the_team_closes(
    open_page: Open, as_team: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "addresses", lambda: {"k": ("https://gone.invalid/x", (C3I,))})
    for days in (0, 1):
        watching.watch(at=day.now() + days * DAY)
    team = open_page("/equipe/a-verifier/?raison=dead", **as_team)
    assert team.locator("tbody tr").count() == 1
    with team.expect_navigation():
        team.locator("tbody a").click()
    assert "https://gone.invalid/x" in team.locator("main").inner_text()
    press(team, "C’est corrigé")
    assert "https://gone.invalid/x" not in team.locator("main").inner_text()


def test_anyone_corrects_and_the_team_answers(open_page: Open, as_team: dict[str, Any]) -> None:
    anyone = open_page(f"/en/programmes/{C3I}/corriger/", width=360, bypass_csp=True)
    fits(anyone)
    anyone.locator("#id_text").fill("The rate is 20%.")
    anyone.locator("#id_email").fill("ana@example.org")
    anyone.locator('input[name="agree"]').check()
    press(anyone, "Send")
    assert anyone.locator("h1").inner_text() == "Thank you"
    team = open_page("/equipe/corrections/", bypass_csp=True, **as_team)
    fits(team)
    with team.expect_navigation():
        team.locator("tbody a").click()
    fits(team)
    team.locator("#id_answer").fill("It is corrected, thank you.")
    press(team, "Enregistrer")
    assert outbox.outbox[0].to == ["ana@example.org"]
    assert "Your message about" in outbox.outbox[0].subject


@pytest.mark.parametrize("width", [320, 1280])
def test_its_pages_have_no_barrier_and_fit(open_page: Open, as_team: dict[str, Any], width: int) -> None:
    for address in ("/equipe/a-verifier/", f"/equipe/a-verifier/{C3I}/", "/equipe/corrections/"):
        fits(open_page(address, width=width, bypass_csp=True, **as_team))
    team = open_page(f"/equipe/a-verifier/{C3I}/", width=width, **as_team)
    team.locator("#id_email").fill("bureau@example.org")
    press(team, "Écrire à cette adresse")
    link = link_of(outbox.outbox[0])
    for address in (link, f"{link}arreter/", "/confirmer/merci/", "/merci/"):
        fits(open_page(address, width=width, bypass_csp=True))
