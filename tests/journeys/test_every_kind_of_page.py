"""Every kind of page, empty, full and wrong, in both languages, light and dark: no barrier, nothing too wide.

Each page is looked at on a wide screen and on a telephone. French is light on the first and dark on the second, English
is dark on the first: barriers depend neither on the language nor, together, on the light and the width.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import barriers
from tests.journeys.person import Newcomers, Person

WIDE, TELEPHONE, NARROWEST, WIDEST = 1280, 360, 320, 2560
LIGHTS: dict[str, dict[int, Literal["light", "dark"]]] = {
    "fr": {WIDE: "light", TELEPHONE: "dark"},
    "en": {WIDE: "dark"},
}
STILL = "*, *::before, *::after { animation: none !important; transition: none !important }"
PROGRAMME = "essor-volet-2"

# With nothing answered.
EMPTY = [
    "/", "/trouver/question/", "/trouver/questions/", "/trouver/resultats/", "/trouver/plan/", "/trouver/comparer/",
    "/trouver/ouvrir/",
    "/trouver/partager/", "/trouver/recommencer/", "/programmes/?q=presse", "/programmes/?q=zzzz", "/organismes/",
    "/organismes/investissement-quebec/", "/offre/", "/nouveautes/", f"/programmes/{PROGRAMME}/",
    f"/programmes/{PROGRAMME}/corriger/", "/accessibilite/", "/temoins/", "/confidentialite/", "/lexique/", "/ui/",
    "/nouveautes/?on=2027-04-01", "/lexique/?on=hier", f"/trouver/?programme={PROGRAMME}",
    "/trouver/?programme=canexport-pmee",
]  # fmt: skip
# With the answers of a whole company.
FULL = [
    "/", "/trouver/question/", "/trouver/question/company.naics/", "/trouver/question/company.location/",
    "/trouver/question/project.lines/", "/trouver/questions/", "/trouver/questions/company/",
    "/trouver/resultats/", f"/trouver/resultats/{PROGRAMME}/", "/trouver/fermes/",
    "/trouver/refus/", "/trouver/comparer/?p=c3i&p=canexport-pme&p=essor-volet-2", "/trouver/imprimer/",
    "/trouver/partager/", f"/trouver/?programme={PROGRAMME}",
    "/trouver/plan/", "/trouver/plan/?on=2027-04-01", "/trouver/plan/pourquoi/",
]  # fmt: skip
# Errors, by address.
LOST = [
    "/nulle-part/", "/programmes/canexport-pmee/", "/organismes/nulle-part/", "/trouver/resultats/nulle-part/",
    "/p/abc/", "/trouver/filtrer/", "/trouver/plan/papier/",
]  # fmt: skip


@dataclass(frozen=True)
class Wrong:
    """A form filled wrongly."""

    name: str
    fill: Callable[[Person], Any]


def _bad_start(person: Person) -> None:
    person.go("/")
    person.page.locator("#q-words").fill("z" * 300)
    person.page.locator("#q-company-postal-code").fill("12345")
    person.follow(person.button("Voir les aides"))


def _bad_number(person: Person) -> None:
    person.go("/trouver/question/company.employees/")
    person.page.locator('[name="company.employees"]').fill("beaucoup")
    person.follow(person.page.locator('#question button[value="answer"]:not(.sr)'))


def _bad_page(person: Person) -> None:
    person.go("/trouver/questions/size/")
    for field in person.page.locator("main input[type=text]:visible").all():
        field.fill("beaucoup")
    person.follow(person.page.locator('main button[value="next"]:not(.sr)'))


def _bad_budget(person: Person) -> None:
    person.go("/trouver/question/project.lines/")
    person.page.locator('[name="line-amount"]').first.fill("beaucoup")
    person.page.locator('[name="line-date"]').first.fill("demain")
    person.follow(person.page.locator('#question button[value="answer"]:not(.sr)'))


def _bad_file(person: Person) -> None:
    person.go("/trouver/ouvrir/")
    person.follow(person.button("Ouvrir"))


def _contradiction(person: Person) -> None:
    for name, value in (("company.legal_form", "sole-proprietorship"), ("company.ccpc", "yes")):
        person.go(f"/trouver/question/{name}/")
        person.page.locator(f'[name="{name}"][value="{value}"]').check()
        person.follow(person.page.locator('#question button[value="answer"]:not(.sr)'))


def _bad_key(person: Person) -> None:
    person.open_example("fonderie-drummondville")
    person.go("/trouver/partager/")
    person.follow(person.button("Faire un lien"))
    address = person.page.locator(".share-link input.input").input_value()
    person.page.goto(address + "supprimer/")
    person.page.locator("#secret").fill("perdue")
    person.follow(person.button("Supprimer"))


def _long_name(person: Person) -> None:
    person.open_example("extrusion-saguenay")
    person.go("/trouver/plan/")
    person.page.locator("#q-company").fill("z" * 300)
    person.follow(person.button("La page en PDF"))


def _pin_that_does_not_fit(person: Person) -> None:
    person.open_example("extrusion-saguenay")
    person.go("/trouver/refus/")
    person.page.goto(str(person.page.locator(".refused-list a").first.get_attribute("href")))
    person.follow(person.page.locator("button[value=pin]"))
    person.go("/trouver/plan/")


def _lost_key_of_form(person: Person) -> None:
    person.go("/")
    person.page.locator("#q-words").fill("une presse")
    person.context.clear_cookies()
    person.follow(person.button("Voir les aides"))


WRONG = [
    Wrong("start", _bad_start),
    Wrong("number", _bad_number),
    Wrong("page of the form", _bad_page),
    Wrong("budget", _bad_budget),
    Wrong("file", _bad_file),
    Wrong("contradiction", _contradiction),
    Wrong("name on a paper", _long_name),
    Wrong("programme that fits no plan", _pin_that_does_not_fit),
    Wrong("key of a link", _bad_key),
    Wrong("key of a form", _lost_key_of_form),
]


@pytest.fixture(scope="module")
def full(browser: Browser, site: str) -> dict[str, Any]:
    """The cookies of someone whose answers are those of a whole company."""
    newcomers = Newcomers(browser, site)
    person = newcomers.come()
    person.open_example("extrusion-saguenay")
    state = dict(person.context.storage_state())
    newcomers.leave()
    return state


def flaws(person: Person) -> list[str]:
    """What is wrong with the page as it stands."""
    page, found = person.page, []
    page.add_style_tag(content=STILL)  # a colour on its way to another is neither
    for width, scheme in LIGHTS[person.lang].items():
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        found += [f"{width}, {scheme}: {barrier}" for barrier in barriers(page)]
    for width in (NARROWEST, TELEPHONE, WIDEST):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{width} pixels: the page is {wide} wide"] if wide > width else []
    return found


def open_all(page: Page) -> None:
    """Open what is folded: what it hides counts too."""
    page.evaluate("for (const details of document.querySelectorAll('main details')) details.open = true")
    page.locator(".htmx-request").first.wait_for(state="detached")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("address", EMPTY)
def test_empty(newcomers: Newcomers, address: str, lang: str) -> None:
    person = newcomers.come(lang=lang, bypass_csp=True)
    assert person.go(address).ok
    assert flaws(person) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("address", FULL)
def test_full(newcomers: Newcomers, full: Any, address: str, lang: str) -> None:
    person = newcomers.come(lang=lang, bypass_csp=True, storage_state=full)
    assert person.go(address).ok
    open_all(person.page)
    assert flaws(person) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("address", LOST)
def test_lost(newcomers: Newcomers, address: str, lang: str) -> None:
    person = newcomers.come(lang=lang, bypass_csp=True)
    assert 400 <= person.go(address).status < 500
    assert person.page.locator("main a").count() >= 1, "where to go instead"
    assert flaws(person) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("wrong", WRONG, ids=[wrong.name for wrong in WRONG])
def test_wrong(newcomers: Newcomers, wrong: Wrong, lang: str) -> None:
    person = newcomers.come(lang=lang, bypass_csp=True)
    wrong.fill(person)
    person.settle()
    assert flaws(person) == []
