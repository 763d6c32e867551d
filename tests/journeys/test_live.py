"""What htmx puts in a page is what a reload shows; and the keyboard goes where it should."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.journeys.person import Newcomers, Person, example, plain
from tests.journeys.test_finding import EXTRUSION

REGION = "#live"


def seen(page: Page) -> str:
    """The live part of a page, without what is of the moment: keys of forms, marks of htmx, what was scrolled to."""
    html = page.locator(REGION).evaluate(
        """live => {
          const copy = live.cloneNode(true);
          for (const late of copy.querySelectorAll(".reach-slot")) late.replaceChildren();
          for (const one of copy.querySelectorAll("[class]")) {
            one.classList.remove("htmx-request", "htmx-settling", "htmx-swapping", "htmx-added");
          }
          copy.classList.remove("htmx-request", "htmx-settling", "htmx-swapping", "htmx-added");
          return copy.outerHTML;
        }"""
    )
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)
    return " ".join(html.replace(' class=""', "").split())


def reloaded(person: Person, address: str = "/trouver/resultats/") -> str:
    """The live part of the same page, opened afresh beside."""
    fresh = person.context.new_page()
    fresh.goto(("/en" if person.lang == "en" else "") + address)
    html = seen(fresh)
    fresh.close()
    return html


def test_each_live_answer_leaves_what_a_reload_shows(someone: Person) -> None:
    known = {**example(EXTRUSION), "company.employees": None}
    someone.start(needs=["equipment"], words="une presse", postal="G7H 1A1")
    for _ in range(4):
        someone.answer(known)
        assert someone.page.url.endswith("/trouver/resultats/"), "the answer is live"
        assert seen(someone.page) == reloaded(someone)
    someone.page.locator("#narrow-instrument").select_option("loan")
    someone.page.locator(".filtered").wait_for()
    someone.settle()
    assert seen(someone.page) == reloaded(someone)


def test_more_results_live_are_those_of_a_reload(someone: Person) -> None:
    someone.open_example(EXTRUSION)
    few = len(someone.shown())
    someone.page.locator("#eligible .results-more a").click()
    someone.page.locator("#eligible .results-more").wait_for(state="detached")
    someone.settle()
    more = someone.shown()
    assert len(more) > few
    someone.go("/trouver/resultats/?plus=eligible")
    assert someone.shown() == more


def test_results_are_told_to_those_who_listen(someone: Person) -> None:
    someone.start(needs=["equipment"], postal="G7H 1A1")
    someone.answer(example(EXTRUSION))
    told = someone.page.locator("#voice").inner_text()
    assert re.match(r"\d+ \S+, \d+ ", told), told


def test_a_question_asked_from_a_result_keeps_the_page(newcomers: Newcomers) -> None:
    person = newcomers.come()
    person.start(needs=["equipment"], postal="G7H 1A1")
    ask = person.page.locator(".results-cards a.ask").first
    name = str(ask.get_attribute("href")).split("/question/")[1].split("/")[0]
    ask.click()
    person.settle()
    assert person.asked() == name
    assert person.page.url.endswith("/trouver/resultats/")
    assert person.page.evaluate("document.activeElement.id") == "question-title"


def easy_question(person: Person) -> str:
    """Skip to a question that is answered in one step; the name of it."""
    known = example(EXTRUSION)
    while (name := person.asked()) not in known or name in ("company.naics", "project.lines"):
        person.send("skip")
    return name


def test_a_form_whose_key_was_lost_is_sent_again(someone: Person) -> None:
    someone.start(needs=["equipment"], postal="G7H 1A1")
    name = easy_question(someone)
    someone.fill(name, example(EXTRUSION)[name])
    someone.context.clear_cookies(name="csrftoken")
    someone.send()
    assert someone.title() == plain(someone.say("Un clic de plus pour continuer"))
    assert someone.page.evaluate("document.activeElement.id") == "contenu"
    someone.button("Envoyer de nouveau").click()
    someone.page.locator(REGION).wait_for()
    assert someone.page.url.endswith("/trouver/resultats/")
    assert someone.asked() != name


def test_answers_that_were_lost_are_told_by_a_whole_page(someone: Person) -> None:
    someone.start(needs=["equipment"], postal="G7H 1A1")
    name = easy_question(someone)
    someone.fill(name, example(EXTRUSION)[name])
    someone.context.clear_cookies(name="answers")
    someone.send()
    assert someone.title() == plain(someone.say("Vos réponses d’avant ne sont plus là"))
    assert someone.page.locator("main").count() == 1
    assert someone.page.locator(REGION).count() == 0
