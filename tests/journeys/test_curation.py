"""A programme changes: an officer proposes, the team corrects and accepts, and what a company is told changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import barriers
from tests.journeys.person import Newcomers, Person
from tests.journeys.serve import served
from tests.journeys.signed import session_of

ID, PROVIDER = "frontiere", "investissement-quebec"
WHY = {"reason": "Le seuil a changé.", "page": "https://www.investquebec.com/", "read": "2026-11-26"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("curated")


@pytest.fixture(scope="module")
def curated(folder: Path) -> Iterator[str]:
    """A site of its own: what is changed here is read by no other journey."""
    with served(folder) as address:
        yield address


@pytest.fixture
def people(browser: Browser, curated: str, folder: Path) -> Iterator[Newcomers]:
    made = Newcomers(browser, curated)
    made.folder = folder  # type: ignore[attr-defined]  # where `signed` makes people
    yield made
    complaints = made.leave()
    assert not complaints, complaints


def signed(people: Newcomers, who: str, *, width: int = 1280, **options: object) -> Person:
    """Somebody who has signed in."""
    key = session_of(who, data=people.folder)  # type: ignore[attr-defined]  # see the fixture
    person = people.come(width=width, **options)
    person.context.add_cookies([{"name": "session", "value": key, "url": people._site}])
    return person


def say_why(person: Person) -> None:
    for name, text in WHY.items():
        person.page.locator(f'#redaction [name="{name}"]').fill(text)


def unfold(person: Person, part: str) -> None:
    """Open a part of the form, if it is folded: by the heading that everybody presses, with JavaScript or without."""
    fold = person.page.locator("details.edit-fold", has=person.page.locator(f"#{part}"))
    if fold.get_attribute("open") is None:
        fold.locator("summary").first.click()


def add_condition(person: Person, *, attribute: str, operator: str, value: str) -> None:
    """As a person does: open the empty row, choose the question, then what appears."""
    page = person.page
    unfold(person, "conditions")
    row = page.locator("#conditions details.edit-row").last
    row.locator("summary").click()
    name = row.locator('select[name$=".attribute"]').get_attribute("name")
    assert name is not None
    page.locator(f'select[name="{name}"]').select_option(attribute)
    front = name.removesuffix(".attribute")
    page.locator(f'[name="{front}.operator"]').wait_for()
    person.settle()
    page.locator(f'[name="{front}.operator"]').select_option(operator)
    page.locator(f'[name="{front}.value"]').fill(value)
    page.locator(f'[name="{front}.source"]').select_option("record")


def verdict(company: Person) -> str:
    """What a company is told of the programme."""
    company.go(f"/trouver/resultats/{ID}/")
    return company.page.locator("main .verdict").first.inner_text()


def proposed(officer: Person) -> None:
    """The officer asks for 5,000 employees, sees who would pass, and says why."""
    officer.go(f"/programmes/{ID}/modifier/")
    unfold(officer, "noms")
    officer.page.locator('#redaction [name="name.en"]').fill("Frontier")
    add_condition(officer, attribute="company.employees", operator="at_least", value="5000")
    officer.page.locator("#en-direct", has_text="au moins 5").wait_for()
    assert officer.page.locator("#en-direct .verdict-ineligible").count() > 3
    assert officer.page.locator('#redaction [name="name.en"]').input_value() == "Frontier", "what is typed stays"
    assert officer.page.locator("#conditions details.edit-row").last.locator("summary").inner_text() == (
        "Ajouter une condition"
    ), "and there is room for another"
    say_why(officer)
    officer.follow(officer.button("Proposer"))
    assert "/equipe/propositions/" in officer.page.url


def corrected_and_accepted(team: Person) -> None:
    """The team makes it 500, and publishes."""
    team.go("/equipe/propositions/")
    team.follow(team.page.locator("main .queue a").first)
    team.follow(team.link("Corriger la proposition"))
    team.page.locator('#redaction [name="reason"]').fill("500, et non 5000")
    value = team.page.locator('#conditions [name$=".value"]').last
    assert value.input_value() == "5000"
    value.fill("500")
    team.follow(team.page.locator('#redaction button[value="propose"]').last)
    assert "500, et non 5000" in team.page.locator("main").inner_text()
    team.follow(team.button("Accepter"))
    assert "Publiée" in team.page.locator("main").inner_text()


def test_an_officer_proposes_the_team_accepts_and_the_verdict_changes(people: Newcomers) -> None:
    company = people.come()
    company.open_example("extrusion-saguenay")
    before = verdict(company)
    assert "Non" not in before
    proposed(signed(people, f"officer:{PROVIDER}"))
    assert verdict(company) == before, "nothing is published yet"
    team = signed(people, "team")
    corrected_and_accepted(team)
    company.go(f"/programmes/{ID}/")
    assert "au moins 500" in company.page.locator("main").inner_text().replace("\u00a0", " ")
    assert verdict(company) != before
    company.go(f"/programmes/{ID}/historique/")
    history = company.page.locator("main").inner_text()
    assert WHY["reason"] in history
    assert "Agente" not in history, "no person is named to everyone"
    team.go(f"/programmes/{ID}/historique/")
    assert "Agente" in team.page.locator("main").inner_text()
    team.follow(team.page.get_by_role("link", name="Annuler la révision 2"))
    team.page.locator('[name="reason"]').fill("erreur")
    team.follow(team.button("Annuler ce changement"))
    assert verdict(company) == before


def test_the_form_works_without_javascript(people: Newcomers) -> None:
    team = signed(people, "team", java_script_enabled=False)
    team.go("/programmes/c3i/modifier/")
    unfold(team, "conditions")
    row = team.page.locator("#conditions details.edit-row").last
    row.locator("summary").click()
    row.locator('select[name$=".attribute"]').select_option("company.profitable")
    name = str(row.locator('select[name$=".attribute"]').get_attribute("name")).removesuffix(".attribute")
    team.follow(team.page.locator('#redaction .edit-bar button[value="check"]'))
    team.page.locator(f'[name="{name}.value"][value="yes"]').check()
    team.page.locator(f'[name="{name}.source"]').select_option("record")
    team.follow(team.page.locator('#redaction .edit-bar button[value="check"]'))
    assert "Tout se lit" in team.page.locator("main").inner_text()
    say_why(team)
    team.follow(team.page.locator('#redaction button[value="save"]').last)
    assert team.page.url.endswith("/programmes/c3i/historique/")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "address", ["/programmes/eleverpi/modifier/", "/programmes/nouveau/", "/programmes/c3i/historique/",
                "/equipe/propositions/", "/equipe/conflits/", "/programmes/eleverpi/retirer/", "/equipe/",
                "/equipe/a-verifier/", "/equipe/a-verifier/eleverpi/"],
)  # fmt: skip
def test_every_page_of_the_team_is_for_everyone(people: Newcomers, address: str, width: int) -> None:
    """Nothing wider than the screen, and nothing that axe finds wrong."""
    team = signed(people, "team", width=width, bypass_csp=True)
    team.go(address)
    page = team.page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wider = "[...document.querySelectorAll('main .table-scroll')].some(one => one.scrollWidth > one.clientWidth)"
    assert not page.evaluate(wider), "nor is a table cut at the right"
    assert barriers(page) == []
