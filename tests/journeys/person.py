"""A person with a browser: goes to a page, answers as a person does, and nothing that the site may not do escapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response

import alliage
from alliage.core.vocabulary.yaml_files import read_yaml

EXAMPLES = Path("examples")
MOST_COOKIES = 3
COUNTED = ("eligible", "possible", "opening", "closed", "ineligible")


@cache
def catalogue() -> alliage.Catalogue:
    """The real pack, as the site has it."""
    return alliage.load_pack()


def example(name: str) -> dict[str, Any]:
    """The answers of an example company, by attribute, as its file writes them."""
    raw = read_yaml(EXAMPLES / f"{name}.yaml")
    return {f"{scope}.{short}": value for scope, answers in raw.items() for short, value in answers.items()}


class Newcomers:
    """Everyone who visits in one test."""

    def __init__(self, browser: Browser, site: str) -> None:
        self._browser, self._site = browser, site
        self._people: list[Person] = []

    def come(self, *, lang: str = "fr", width: int = 1280, **options: Any) -> Person:
        """Someone new, whose browser is English: the language of a page comes from its address alone."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 900}, locale="en-CA", base_url=self._site, **options
        )
        person = Person(context, lang=lang)
        self._people.append(person)
        return person

    def leave(self) -> list[str]:
        """Closes every browser; what went wrong in any of them."""
        wrong = []
        for person in self._people:
            wrong += person.complaints()
            person.context.close()
        return wrong


class Person:
    """Someone on the site."""

    def __init__(self, context: BrowserContext, *, lang: str) -> None:
        self.context, self.lang = context, lang
        self.addresses: list[str] = []
        self._wrong: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self._wrong.append(str(error)))
        self.page.on("console", lambda said: self._wrong.append(said.text) if said.type == "error" else None)
        self.page.on("response", self._answered)

    def _answered(self, response: Response) -> None:
        self.addresses.append(response.url)
        if response.status >= 500:
            self._wrong.append(f"{response.status} {response.url}")

    def complaints(self) -> list[str]:
        """What went wrong: errors of pages, requests to other sites, too many cookies."""
        jar = self.context.cookies()
        elsewhere = [url for url in self.addresses if not url.startswith("http://127.0.0.1:")]
        known = [text for text in self._wrong if not KIND_STATUS.search(text)]
        return [*known, *elsewhere, *([f"{len(jar)} cookies"] if len(jar) > MOST_COOKIES else [])]

    # ------------------------------------------------------------------------------------------ going about

    def say(self, french: str) -> str:
        """The words of a page, in this person's language."""
        with translation.override(self.lang):
            return str(translation.gettext(french))

    def go(self, path: str) -> Response:
        """Open a page by its French address."""
        response = self.page.goto(("/en" if self.lang == "en" else "") + path)
        assert response is not None
        return response

    def link(self, french: str) -> Locator:
        """A link of the main part of the page, by its words."""
        return self.page.locator("main").get_by_role("link", name=self.say(french), exact=True)

    def button(self, french: str) -> Locator:
        """A button of the main part of the page, by its words."""
        return self.page.locator("main").get_by_role("button", name=self.say(french), exact=True)

    def follow(self, there: Locator) -> None:
        """Press what opens another page, and wait for that page."""
        with self.page.expect_navigation():
            there.click()

    def title(self) -> str:
        """The words of the heading of the page."""
        return plain(self.page.locator("h1").inner_text())

    # ---------------------------------------------------------------------------------------------- finding

    def start(self, *, needs: Iterable[str], words: str = "", postal: str = "") -> None:
        """The first page: what the project is, and where; then its results."""
        self.go("/")
        for need in needs:
            self.page.locator(f'input[name="project.needs"][value="{need}"]').check()
        self.page.get_by_label(self.say("Votre projet en quelques mots")).fill(words)
        self.page.get_by_label(self.say("Code postal de l’entreprise")).fill(postal)
        self.follow(self.button("Voir les aides"))
        self.page.wait_for_url("**/trouver/resultats/")

    def open_example(self, name: str) -> None:
        """Open the file of an example company."""
        self.go("/trouver/ouvrir/")
        self.page.locator("input[type=file]").set_input_files(EXAMPLES / f"{name}.yaml")
        self.button("Ouvrir").click()
        self.page.wait_for_url("**/trouver/resultats/")

    def asked(self) -> str:
        """The attribute of the question on the page; empty when there is none."""
        here = self.page.locator("#question input[name$='__here']")
        if here.count():
            return str(here.first.get_attribute("name")).removesuffix("__here")
        return "project.lines" if self.page.locator("#q-project-lines").count() else ""

    def fill(self, name: str, answer: Any) -> None:
        """Fill the question on the page, as a person does."""
        attribute, field = catalogue().vocabulary.attributes[name], self.page.locator("#question")
        if attribute.type in ("flag", "choice"):
            value = {True: "yes", False: "no"}.get(answer, answer) if attribute.type == "flag" else answer
            field.locator(f'input[name="{name}"][value="{value}"]').check()
        elif attribute.type == "choices":
            for value in answer:
                field.locator(f'input[name="{name}"][value="{value}"]').check()
        elif attribute.type == "place":
            field.locator("input.input").first.fill(answer if isinstance(answer, str) else answer[0])
        elif attribute.codes:
            self._fill_activity(name, answer)
        elif isinstance(answer, dict):  # known only within bounds
            field.locator("details.between summary").click()
            for part in ("from", "to"):
                field.locator(f'[name="{name}__{part}"]').fill(self._typed(attribute.type, answer[part]))
        else:
            field.locator(f'input[name="{name}"]').fill(self._typed(attribute.type, answer))

    @staticmethod
    def _typed(type_: str, answer: Any) -> str:
        """What a person types: 35 for a share of 0.35."""
        return f"{Decimal(str(answer)) * 100:g}" if type_ == "share" else str(answer)

    def _fill_activity(self, name: str, answer: Any) -> None:
        code = str(answer[0] if isinstance(answer, list) else answer)
        field = self.page.locator("#question")
        field.locator("input[type=search]").fill(code)
        field.locator("button", has_text=self.say("Chercher")).click()
        field.locator(f'input[name="{name}"][value="{code}"]').check()

    def answer(self, known: Mapping[str, Any]) -> str:
        """Answer the question on the page from what is known, or pass; which question it was."""
        name = self.asked()
        if known.get(name) is not None and name != "project.lines":
            self.fill(name, known[name])
            self.send()
        else:
            self.send("skip")
        return name

    def send(self, do: str = "answer") -> None:
        """Send the question on the page, and wait for what comes back, live or not."""
        question = self.page.locator("#question")
        question.evaluate(MARK)
        question.locator(f'button[value="{do}"]:not(.sr)').click()
        self.page.locator(MARKED).wait_for(state="detached")
        self.settle()

    def settle(self) -> None:
        """Wait until htmx has nothing under way."""
        self.page.wait_for_load_state("load")
        self.page.locator(MOVING).first.wait_for(state="detached")

    def counts(self) -> dict[str, int]:
        """How many programmes of each verdict the page says."""
        found = {}
        for name in COUNTED:
            tally = self.page.locator(f".tally-{name} strong")
            if tally.count():
                found[name] = int(re.sub(r"\D", "", tally.first.inner_text()))
        return found

    def shown(self) -> dict[str, str]:
        """The verdicts of the cards on the page, by programme."""
        cards = self.page.locator("article.result").evaluate_all("all => all.map(card => [card.id, card.className])")
        return {id_.removeprefix("r-"): re.findall(r"result-(\w+)", classes)[0] for id_, classes in cards}


KIND_STATUS = re.compile(r"status of (403|404|405|410|413|422)")  # Chromium says so of pages that are kind errors
MARK, MARKED = "question => question.setAttribute('data-before', '')", "[data-before]"
MOVING = ".htmx-request:not(.reach-slot), .htmx-swapping, .htmx-settling"


def plain(text: str) -> str:
    """Words on one line, with plain spaces and hyphens."""
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2060", "").split())
