"""A month in the life of a programme, lived by an officer, the team and a company, with the letters that they get.

It changes, it is confirmed, the company is told, somebody corrects it, it is retired.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.letters import Letters
from tests.journeys.person import Newcomers, Person, plain
from tests.journeys.serve import Site, served
from tests.journeys.signed import session_of

ID, PROVIDER = "frontiere", "investissement-quebec"
PAGE = "https://www.investquebec.com/frontiere"
OFFICER, COMPANY, VISITOR = "officer@example.org", "member@example.org", "visiteur@example.org"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("month")


@pytest.fixture(scope="module")
def month(folder: Path) -> Iterator[Site]:
    with served(folder) as site:
        yield site


@pytest.fixture
def people(browser: Browser, month: Site) -> Iterator[Newcomers]:
    made = Newcomers(browser, month)
    yield made
    complaints = made.leave()
    assert not complaints, complaints


@pytest.fixture
def letters(folder: Path) -> Letters:
    return Letters(folder / "mail")


def come(people: Newcomers, who: str, *, folder: Path, site: Site, width: int = 1280) -> Person:
    """Somebody who has signed in."""
    person = people.come(width=width)
    person.context.add_cookies([{"name": "session", "value": session_of(who, data=folder), "url": site}])
    return person


def said(person: Person) -> str:
    """What the page says."""
    return plain(person.page.locator("main").inner_text())


def say_why(person: Person, reason: str) -> None:
    for name, text in {"reason": reason, "page": PAGE, "read": "2026-11-26"}.items():
        person.page.locator(f'#redaction [name="{name}"]').fill(text)


def press(person: Person, do: str) -> None:
    person.follow(person.page.locator(f'#redaction button[name="do"][value="{do}"]').last)


def the_company_follows(company: Person) -> None:
    """Its answers in a file, the programme followed, letters each day."""
    company.open_example("extrusion-saguenay")
    company.go("/dossiers/")
    company.page.get_by_label("Nom du dossier").fill("Presse de 2027")
    company.follow(company.button("Enregistrer dans un nouveau dossier"))
    company.go(f"/programmes/{ID}/")
    company.follow(company.link("Suivre ce programme"))
    company.follow(company.button("Suivre ce programme"))
    company.page.locator('[name="by_mail"]').check()
    company.page.locator('[name="rhythm"][value="daily"]').check()
    company.follow(company.button("Garder ces choix"))


def the_deadline_changes(officer: Person, team: Person) -> None:
    """The officer finds the deadline by the contents of the form, and proposes another; the team accepts it."""
    officer.go(f"/programmes/{ID}/")
    officer.follow(officer.link("Modifier la fiche"))
    assert officer.page.evaluate("document.documentElement.scrollHeight") < 3_500, "folded"
    officer.page.locator(".edit-toc").get_by_role("link", name="La date limite, l’ouverture ou la fermeture").click()
    first = officer.page.locator('#depot [name="intake.kind"]')
    first.select_option("window")
    row = officer.page.locator("#depot details.edit-row").first
    row.locator("summary").click()
    row.locator('[name$=".to"]').fill("2027-03-31")
    say_why(officer, "Une date limite est annoncée.")
    officer.settle()
    press(officer, "propose")
    team.go("/equipe/propositions/")
    team.follow(team.page.locator("main .queue a").first)
    assert "31 mars 2027" in said(team)
    team.follow(team.button("Accepter"))
    assert "Publiée" in said(team)


def the_officer_confirms(team: Person, visitor: Person, letters: Letters) -> None:
    """By the link of a letter, without an account."""
    team.go(f"/equipe/a-verifier/{ID}/")
    team.follow(team.button("Écrire aux intervenants"))
    visitor.go(letters.link(OFFICER, "confirmer", about=f"/programmes/{ID}/"))
    assert "31 mars 2027" in said(visitor)
    visitor.page.locator('[name="choice"][value="right"]').check()
    visitor.follow(visitor.button("Envoyer ma réponse"))
    visitor.go(f"/programmes/{ID}/")
    assert "confirmé" in said(visitor).lower()


def the_company_is_told(company: Person, letters: Letters, *words: str) -> None:
    """By one letter more, and on the site."""
    letter = plain(letters.last(COMPANY))
    company.go("/alertes/")
    for one in words:
        assert one in letter
        assert one in said(company)


def somebody_corrects(visitor: Person, team: Person, letters: Letters) -> None:
    """A visitor points to the phone; the team opens the form there, publishes, and the visitor is answered."""
    visitor.go(f"/programmes/{ID}/corriger/")
    visitor.page.locator('[name="text"]').fill("Le numéro ne répond plus.")
    visitor.page.locator('[name="part"]').select_option("contact")
    visitor.page.locator('[name="email"]').fill(VISITOR)
    visitor.page.locator('[name="agree"]').check()
    visitor.follow(visitor.button("Envoyer"))
    team.go("/equipe/corrections/")
    team.follow(team.page.locator("main tbody a").first)
    team.follow(team.link("Corriger la fiche"))
    assert "Le numéro ne répond plus." in said(team)
    phone = team.page.locator('#contact [name="contact.phone"]')
    assert phone.is_visible(), "the form is open where the correction points"
    phone.fill("1 866 870-0437")
    say_why(team, "Nouveau numéro, lu sur la page.")
    team.settle()
    press(team, "save")
    assert "Nouveau numéro, lu sur la page." in letters.last(VISITOR)
    visitor.go(f"/programmes/{ID}/")
    assert "1 866 870-0437" in said(visitor)


def the_team_retires_it(team: Person, visitor: Person) -> None:
    team.go(f"/programmes/{ID}/historique/")
    team.follow(team.page.get_by_role("link", name="Retirer la fiche"))
    team.page.locator('[name="reason"]').fill("Le programme est terminé.")
    team.follow(team.page.locator("form.edit-section button.button-primary"))
    assert visitor.go(f"/programmes/{ID}/").status == 410
    assert "Le programme est terminé." in said(visitor)


def test_a_month_in_the_life_of_a_programme(people: Newcomers, month: Site, folder: Path, letters: Letters) -> None:
    team = come(people, "team", folder=folder, site=month)
    officer = come(people, f"officer:{PROVIDER}", folder=folder, site=month)
    company = come(people, "member", folder=folder, site=month, width=360)
    visitor = people.come(width=360)
    the_company_follows(company)
    month.wait_until("2026-11-27T06:00")
    before = len(letters.all(COMPANY))
    the_deadline_changes(officer, team)
    the_officer_confirms(team, visitor, letters)
    month.wait_until("2026-11-30T06:00")
    assert len(letters.all(COMPANY)) == before + 1
    the_company_is_told(company, letters, "31 mars 2027")
    somebody_corrects(visitor, team, letters)
    month.wait_until("2026-12-10T06:00")
    the_company_is_told(company, letters, "1 866 870-0437")
    the_team_retires_it(team, visitor)
    month.wait_until("2026-12-26T06:00")
    the_company_is_told(company, letters, "n’est plus")
    company.go("/dossiers/")
    assert "Presse de 2027" in said(company), "what the company keeps is its own"
    officer.go("/equipe/propositions/")
    assert "Publiée" in said(officer)
