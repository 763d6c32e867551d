"""People with an account, in a real browser: sign up, invite a colleague, second factor, erase; letters are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import barriers
from tests.hub.people.actors import code_of
from tests.journeys.letters import Letters
from tests.journeys.person import Newcomers, Person
from tests.journeys.test_every_kind_of_page import NARROWEST

MAIN = "main"


@pytest.fixture
def letters(site_folder: Path) -> Letters:
    return Letters(site_folder / "mail")


def sign_up(person: Person, letters: Letters, address: str, name: str) -> None:
    """From the head of any page to an account."""
    person.go("/")
    person.follow(person.page.locator(".account-entry"))
    person.follow(person.link("Créer un compte"))
    person.page.locator("[name=email]").fill(address)
    person.page.locator("[name=name]").fill(name)
    person.follow(person.button("Créer le compte"))
    person.page.locator("[name=code]").fill(letters.code(address))
    person.follow(person.button("Continuer"))


def looked_at(person: Person) -> None:
    """No barrier, and nothing too wide on the narrowest screen."""
    assert barriers(person.page) == []
    size = person.page.viewport_size
    person.page.set_viewport_size({"width": NARROWEST, "height": 800})
    assert person.page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
    assert barriers(person.page) == []
    assert size is not None
    person.page.set_viewport_size(size)


def test_a_person_signs_up_invites_a_colleague_and_erases_all(newcomers: Newcomers, letters: Letters) -> None:
    ana, bob = newcomers.come(lang="fr"), newcomers.come(lang="en")
    sign_up(ana, letters, "ana@example.org", "Ana Tremblay")
    assert ana.title() == "Mon compte"
    looked_at(ana)
    ana.go("/compte/organisations/")
    ana.page.locator("[name=organisation]").fill("Extrusion du Fjord")
    ana.follow(ana.button("Créer l’organisation"))
    assert ana.title() == "Extrusion du Fjord"
    ana.page.locator("[name=email]").fill("bob@example.org")
    ana.follow(ana.button("Envoyer l’invitation"))
    looked_at(ana)

    invitation = letters.link("bob@example.org")
    bob.page.goto("/en" + invitation)
    looked_at(bob)
    bob.follow(bob.link("Créer un compte"))
    bob.page.locator("[name=email]").fill("bob@example.org")
    bob.page.locator("[name=name]").fill("Bob Roy")
    bob.follow(bob.button("Créer le compte"))
    bob.page.locator("[name=code]").fill(letters.code("bob@example.org"))
    bob.follow(bob.button("Continuer"))
    bob.page.goto("/en" + invitation)
    bob.follow(bob.button("Accepter l’invitation"))
    assert "Ana Tremblay" in bob.page.locator(MAIN).inner_text()
    assert {cookie["name"] for cookie in bob.context.cookies()} <= {"answers", "csrftoken", "session"}

    ana.go("/compte/effacer/")
    looked_at(ana)
    assert "Extrusion du Fjord" in ana.page.locator(MAIN).inner_text()
    ana.page.locator("[name=sure]").check()
    ana.follow(ana.button("Effacer"))
    assert ana.title() == "Votre compte est effacé"
    bob.page.reload()
    assert "Ana Tremblay" not in bob.page.locator(MAIN).inner_text()
    assert bob.button("Envoyer l’invitation").is_visible(), "who came next manages it"


def test_a_second_factor_is_set_up_then_asked_for(newcomers: Newcomers, letters: Letters) -> None:
    zoe = newcomers.come(lang="fr")
    sign_up(zoe, letters, "zoe@example.org", "Zoé Roy")
    zoe.follow(zoe.link("Second facteur"))
    zoe.follow(zoe.link("Mettre en place le second facteur"))
    looked_at(zoe)
    secret = zoe.page.locator("figure code").inner_text()
    zoe.page.locator("[name=code]").fill(code_of(secret))
    zoe.follow(zoe.button("Activer"))
    assert zoe.title() == "Codes de secours"
    rescue = zoe.page.locator(".account-codes code").first.inner_text()
    looked_at(zoe)
    zoe.go("/compte/")
    zoe.follow(zoe.button("Se déconnecter ici"))
    zoe.go("/compte/connexion/")
    zoe.page.locator("[name=email]").fill("zoe@example.org")
    zoe.follow(zoe.button("Recevoir un code"))
    zoe.page.locator("[name=code]").fill(letters.code("zoe@example.org"))
    zoe.follow(zoe.button("Continuer"))
    assert zoe.title() == "Second facteur"
    looked_at(zoe)
    zoe.page.locator("[name=code]").fill("000000")
    zoe.follow(zoe.button("Continuer"))
    zoe.page.locator("[name=code]").fill(rescue)
    zoe.follow(zoe.button("Continuer"))
    assert zoe.title() == "Mon compte"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("address", ["/compte/connexion/", "/compte/connexion/mot-de-passe/", "/compte/creer/"])
def test_a_page_to_enter_by_has_no_barrier(newcomers: Newcomers, address: str, lang: str) -> None:
    someone = newcomers.come(lang=lang, java_script_enabled=True)
    someone.go(address)
    looked_at(someone)
