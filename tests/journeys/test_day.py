"""A day, from an empty tour to its report: the team, two companies, a steward without a network, a room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import barriers
from tests.journeys.letters import Letters
from tests.journeys.person import Newcomers, Person
from tests.journeys.serve import served
from tests.journeys.signed import session_of

DAY = "/journees/saguenay-loffre-pres-de-chez-vous/"
TEAM = "/equipe" + DAY
BEFORE, DURING, AFTER = "2026-11-26T09:30", "2026-12-10T09:15", "2026-12-10T17:00"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("day")


@pytest.fixture(scope="module")
def place(folder: Path) -> Iterator[str]:
    """A site of its own, whose clock is read from a file: a day passes in one test."""
    clock(folder, BEFORE)
    with served(folder) as address:
        yield address


@pytest.fixture
def people(browser: Browser, place: str) -> Iterator[Newcomers]:
    made = Newcomers(browser, place)
    yield made
    complaints = [one for one in made.leave() if "ERR_INTERNET_DISCONNECTED" not in one]  # that is what it is about
    assert not complaints, complaints


def clock(folder: Path, moment: str) -> None:
    """It is now this moment for the site."""
    (folder / "now.txt").write_text(moment)


def fill(page: Page, **typed: str) -> None:
    for name, value in typed.items():
        field = page.locator(f'main form [name="{name}"]').first
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def press(page: Page, words: str) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=words, exact=True).first.click()


def test_a_day_from_empty_to_its_report(people: Newcomers, folder: Path) -> None:
    team = people.come(bypass_csp=True)
    key = session_of("team", data=folder)
    team.context.add_cookies([{"name": "session", "value": key, "url": people._site}])
    organise(team)
    ann = register(people, Letters(folder / "mail"), "Ann Roy", "ann@example.org")
    waits = register(people, Letters(folder / "mail"), "Léo Côté", "leo@example.org")
    assert "rang 1" in waits.title()
    cancel(ann)
    waits.page.reload()
    assert waits.title() == "Une place est pour vous"
    press(waits.page, "Prendre ma place")
    assert waits.title() == "Votre place est confirmée"
    code = waits.page.locator(".badge-code").inner_text()
    on_a_phone(team)

    clock(folder, DURING)
    welcome(people, team, code)
    the_room(people, team)

    clock(folder, AFTER)
    team.go(TEAM + "bilan/")
    press(team.page, "Terminer la journée")
    report = team.page.locator("main").inner_text()
    assert "1 confiées à un responsable" in report.replace("\u00a0", " ")
    assert barriers(team.page) == []
    public = people.come()
    public.go(DAY)
    assert "Oui, dès le dépôt." in public.page.locator("main").inner_text()


def organise(team: Person) -> None:
    """A tour, a day of one seat, an agency with its programmes, open."""
    page = team.page
    team.go("/equipe/journees/")
    fill(page, name_fr="L’offre près de chez vous", name_en="The offer near you")
    press(page, "Créer la tournée")
    team.follow(page.locator("main").get_by_role("link", name="Ajouter une journée"))
    fill(page, town="Saguenay", region="qc-r02", place="Salle du Fjord", date="2026-12-10", starts="9 h", ends="16 h")
    fill(page, capacity="1")
    press(page, "Créer la journée")
    assert page.url.endswith(TEAM)
    assert barriers(page) == []
    team.follow(team.link("Écrire le programme"))
    page.locator('[name="organisation"]').select_option(label="Investissement Québec")
    fill(page, starts="9 h 30", ends="10 h 15", room="Salle A", desks="Bureau")
    press(page, "Choisir cet organisme et voir ses programmes")
    page.locator('input[name="programmes"]').first.check()
    press(page, "Enregistrer la partie")
    assert barriers(page) == []
    team.go(TEAM + "inscriptions/")
    press(page, "Ouvrir les inscriptions")


def register(people: Newcomers, letters: Letters, name: str, email: str) -> Person:
    """Somebody registers from the public page, without an account; their letter opens their own page."""
    person = people.come(width=360, bypass_csp=True)
    person.go("/journees/")
    assert barriers(person.page) == []
    person.follow(person.link("Saguenay"))
    assert barriers(person.page) == []
    person.follow(person.page.locator("main").get_by_role("link", name=re.compile("S’inscrire|liste d’attente")))
    fill(person.page, who=name, contact=email)
    person.page.locator('input[name="after"]').check()
    assert barriers(person.page) == []
    press(person.page, "Réserver ma place" if name == "Ann Roy" else "Rejoindre la liste d’attente")
    assert person.page.get_by_role("heading", name="Regardez vos courriels").is_visible()
    assert barriers(person.page) == []
    person.go(letters.link(email, "place"))
    assert barriers(person.page) == []
    return person


def cancel(person: Person) -> None:
    press(person.page, "Annuler mon inscription")
    assert person.title() == "Votre inscription est annulée"


def on_a_phone(team: Person) -> None:
    """The tables of the team are read whole on a narrow page."""
    width, height = 360, 900
    team.page.set_viewport_size({"width": width, "height": height})
    for path in ("/equipe/journees/", f"{TEAM}programme/", f"{TEAM}personnes/"):
        team.go(path)
        table = team.page.locator(".table-scroll")
        assert table.evaluate("one => one.scrollWidth - one.clientWidth") == 0, path
        assert barriers(team.page) == []
    team.page.set_viewport_size({"width": 1280, "height": height})


def welcome(people: Newcomers, team: Person, code: str) -> None:
    """The steward's phone: the list is there without a network; what it saw arrives when the network is back."""
    team.go(TEAM + "accueil/")
    fill(team.page, label="Porte")
    press(team.page, "Créer un lien d’accueil")
    link = re.sub(r"https?://[^/]+", "", team.page.locator("main code").inner_text().strip())
    steward = people.come(width=360)
    page = steward.page
    steward.go(link)
    page.locator("body[data-ready]").wait_for()
    steward.context.set_offline(True)
    page.reload()
    page.locator("#net.net-off").wait_for()
    page.locator("#code").fill(code)
    page.keyboard.press("Enter")
    assert "Bienvenue, Léo Côté" in page.locator("#said").inner_text()
    page.locator("#code").fill(code)
    page.keyboard.press("Enter")
    assert "est déjà là" in page.locator("#said").inner_text()
    page.locator("details summary").click()
    page.locator("#walk").fill("Zoé Roy")
    page.locator("#walk-form button").click()
    page.get_by_text("3 à envoyer").wait_for()
    assert page.locator("#came").inner_text() == "2", "who walks in is counted before the site knows"
    page.reload()
    page.get_by_text("3 à envoyer").wait_for()  # a phone that was closed has lost nothing
    steward.context.set_offline(False)
    page.get_by_text("En ligne.").wait_for()
    team.go(TEAM + "personnes/")
    rows = team.page.locator("tbody tr").all_inner_texts()
    assert sum("Présence notée" in row for row in rows) == 2


def the_room(people: Newcomers, team: Person) -> None:
    """Asked on a phone, read by the team, voted for on another, answered; one more stays open."""
    team.go(TEAM + "questions/")
    press(team.page, "Ouvrir à la salle")
    phone, other, wall = people.come(width=360, bypass_csp=True), people.come(width=360), people.come()
    for text in ("Le cumul est-il permis?", "Et les délais?"):
        phone.go(DAY + "direct/")
        fill(phone.page, text=text)
        press(phone.page, "Envoyer")
    assert barriers(phone.page) == []
    other.go(DAY + "direct/")
    wall.go(DAY + "ecran/")
    assert "cumul" not in other.page.locator("#fil").inner_text()
    for _ in range(2):
        team.page.reload()
        press(team.page, "Afficher")
    assert barriers(team.page) == []
    asked = other.page.locator(".asked", has_text="cumul")
    asked.wait_for()  # it came by itself
    asked.locator(".vote").click()
    other.page.locator(".asked", has_text="cumul").locator(".vote-on").wait_for()
    first = wall.page.locator(".screen-list li").first
    first.get_by_text("Le cumul est-il permis?").wait_for()
    first.get_by_text("1", exact=True).wait_for()
    team.page.reload()
    row = team.page.locator("article.moderate", has_text="cumul").first
    row.locator("summary").click()
    row.locator('textarea[name="answer"]').fill("Oui, dès le dépôt.")
    with team.page.expect_navigation():
        row.get_by_role("button", name="Enregistrer").click()
    row = team.page.locator("article.moderate", has_text="cumul").first
    with team.page.expect_navigation():
        row.get_by_role("button", name="Répondue", exact=True).click()
    wall.page.get_by_text("Le cumul est-il permis?").wait_for(state="detached")
