"""A company chooses whom to meet, without JavaScript; the team publishes the timetable, then changes it on the day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import barriers
from tests.journeys.meeting_day import meeting_day
from tests.journeys.person import Newcomers, Person
from tests.journeys.serve import served
from tests.journeys.signed import session_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("meetings")


@pytest.fixture(scope="module")
def meeting(folder: Path) -> Iterator[str]:
    """A site of its own: what is decided here is read by no other journey."""
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def where(meeting: str, folder: Path) -> dict[str, str]:  # noqa: ARG001 - the site is there first
    return meeting_day(data=folder)


@pytest.fixture
def people(browser: Browser, meeting: str) -> Iterator[Newcomers]:
    made = Newcomers(browser, meeting)
    yield made
    complaints = made.leave()
    assert not complaints, complaints


def team_of(people: Newcomers, folder: Path, **options: object) -> Person:
    """Somebody of the team who has signed in."""
    team = people.come(**options)
    team.context.add_cookies([{"name": "session", "value": session_of("team", data=folder), "url": people._site}])
    return team


def chosen(company: Person) -> list[str]:
    """The choices of a company, in their order."""
    return company.page.locator("ol.wishes .wish-name").all_inner_texts()


def for_everyone(person: Person, width: int) -> None:
    """Nothing wider than the screen, and nothing that axe finds wrong."""
    assert person.page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(person.page) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_for_everyone_before_it_is_published(
    people: Newcomers, folder: Path, where: dict[str, str], width: int
) -> None:
    person = team_of(people, folder, width=width, bypass_csp=True)
    for address in (where["guest"], where["desk"], where["team"], f"{where['team']}horaire/"):
        person.go(address)
        for_everyone(person, width)


def test_from_wishes_to_a_timetable_that_changes(people: Newcomers, folder: Path, where: dict[str, str]) -> None:
    company = people.come(width=360, java_script_enabled=False)
    company.go(where["guest"])
    before = chosen(company)
    assert len(before) >= 2
    company.follow(company.page.locator("ol.wishes .wish").nth(1).get_by_role("button", name="Monter"))
    assert chosen(company)[:2] == before[1::-1]
    company.follow(company.page.locator("ol.wishes .wish").first.get_by_role("button", name="Enlever"))
    assert chosen(company) == [before[0], *before[2:]]

    team = team_of(people, folder)
    team.go(where["team"])
    team.follow(team.page.get_by_role("button", name="Calculer l’horaire"))
    assert "c’est prouvé" in team.page.locator("main").inner_text()
    assert not company.page.locator(".time-at").count()
    team.follow(team.page.get_by_role("button", name="Publier l’horaire"))
    company.go(where["guest"])
    assert company.page.locator("h1").inner_text() == "Votre horaire de rencontres"
    meetings = company.page.locator("section").first.locator(".time").count()
    assert meetings >= 1

    team.follow(team.page.get_by_role("link", name="Un imprévu : changer l’horaire"))
    team.page.get_by_label("Qui").select_option(label=where["company"])
    team.follow(team.page.get_by_role("button", name="Voir ce qui changerait"))
    told = team.page.locator("section", has=team.page.locator("#proposition")).inner_text()
    assert told.count(where["company"]) >= meetings
    company.go(where["guest"])
    assert company.page.locator("section").first.locator(".time").count() == meetings, "nothing changed yet"
    team.follow(team.page.get_by_role("button", name="Accepter et prévenir"))
    company.go(where["guest"])
    assert "Aucune rencontre pour vous" in company.page.locator("main").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_for_everyone_once_it_is_published(
    people: Newcomers, folder: Path, where: dict[str, str], width: int
) -> None:
    person = team_of(people, folder, width=width, bypass_csp=True)
    for address in (where["guest"], where["desk"], where["team"], f"{where['team']}changements/"):
        person.go(address)
        for_everyone(person, width)
