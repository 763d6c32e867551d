"""The plan for a press in Saguenay: read, bent to what the person prefers, explained, taken away on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.person import MOVING, Newcomers, Person, plain
from tests.journeys.test_finding import EXTRUSION
from tests.journeys.test_keyboard import FOCUSED, tab_to

PLAN = "/trouver/plan/"
COVERED = "#plan-title strong"


def open_plan(person: Person) -> None:
    """From the answers of the company of Saguenay to its plan, by the link near the counts."""
    person.open_example(EXTRUSION)
    person.follow(person.link("Voir le plan de financement"))
    person.page.wait_for_url("**/trouver/plan/")


def covered(person: Person) -> int:
    """How much the plan could cover, as its headline says."""
    return int(re.sub(r"\D", "", person.page.locator(COVERED).inner_text()))


def programmes(person: Person) -> list[str]:
    """The programmes of the safe plan."""
    rows = person.page.locator("section[aria-labelledby=rows-title] > .plan-rows > .plan-row")
    return [str(id_).removeprefix("p-") for id_ in rows.evaluate_all("all => all.map(row => row.id)")]


def press(person: Person, button: str) -> None:
    """Press a button of the plan, live or not, and wait for the plan that follows."""
    person.page.locator("#plan").evaluate("plan => plan.setAttribute('data-before', '')")
    person.page.locator(button).click()
    person.page.locator("[data-before]").wait_for(state="detached")
    person.settle()


def leave(person: Person, button: str) -> None:
    """Press a button that opens a page."""
    with person.page.expect_navigation():
        person.page.locator(button).click()


def slide(person: Person, name: str, value: int) -> None:
    """Move a slider, as a pointer does."""
    person.page.locator(f"#w-{name}").evaluate(
        "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('change', {bubbles: true})); }",
        str(value),
    )


def seen(person: Person) -> str:
    """The plan without what is of the moment."""
    html = person.page.locator("#plan").evaluate("plan => plan.outerHTML")
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|htmx-\w+| class=""', "", html)
    return " ".join(html.replace(' "', '"').split())


def test_a_press_in_saguenay_has_a_plan_that_adds_up(someone: Person) -> None:
    open_plan(someone)
    assert someone.title() == plain(someone.say("Votre plan de financement"))
    rows = someone.page.locator("section[aria-labelledby=rows-title] .result-money strong").all_inner_texts()
    amounts = [int(re.sub(r"\D", "", re.split(r"[.,]\d\d\D*$", plain(text))[0])) for text in rows]
    assert abs(sum(amounts) - covered(someone)) <= len(amounts)
    drawing = someone.page.locator(".plan-chart svg.chart")
    assert drawing.get_attribute("role") == "img"
    assert drawing.locator("desc").count() == 1
    assert someone.page.locator(".plan-chart table").count() == 2
    someone.follow(someone.page.locator(".plan-row h3 a").first)
    assert someone.page.locator(".receipt-line").count() >= 1


def test_set_aside_then_allowed_again_and_kept(someone: Person) -> None:
    open_plan(someone)
    before, first = covered(someone), programmes(someone)[0]
    press(someone, f"#aside-{first}")
    assert first not in programmes(someone)
    assert covered(someone) != before
    assert someone.page.evaluate("document.activeElement.id") == f"free-{first}", "the way back has the focus"
    press(someone, f"#free-{first}")
    assert covered(someone) == before
    press(someone, f"#keep-{first}")
    assert first in programmes(someone)
    assert someone.page.locator(".wish-list a").count() == 1
    someone.go("/trouver/resultats/")
    someone.go(PLAN)
    assert someone.page.locator(".wish-list a").count() == 1, "it is remembered"


def test_each_preference_leaves_what_a_reload_shows_and_says_it(someone: Person) -> None:
    open_plan(someone)
    for name in ("less_debt", "fewer_files", "sooner"):
        someone.page.locator("#plan").evaluate("plan => plan.setAttribute('data-before', '')")
        slide(someone, name, 100)
        someone.page.locator("[data-before]").wait_for(state="detached")
        someone.settle()
        live, said = seen(someone), plain(someone.page.locator("#voice").inner_text())
        assert said, "the new plan is announced"
        someone.go(PLAN)
        assert seen(someone) == live
        assert someone.page.locator(f"#w-{name}").input_value() == "100"


@pytest.mark.parametrize("script", [True, False], ids=["live", "without javascript"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_journey_is_complete(newcomers: Newcomers, tmp_path: Path, lang: str, script: bool) -> None:  # noqa: FBT001 - a parameter
    person = newcomers.come(lang=lang, java_script_enabled=script)
    open_plan(person)
    page, first = person.page, programmes(person)[0]
    act: Callable[[Person, str], None] = press if script else leave

    act(person, f"#aside-{first}")
    assert first not in programmes(person)
    act(person, f"#free-{first}")
    assert first in programmes(person)
    if not script:
        page.locator("#w-less_debt").press("End")
        leave(person, ".wish-go")
        assert page.locator("#w-less_debt").input_value() == "100"

    person.link("Voir les programmes laissés de côté").click()
    page.locator(".plan-whys").wait_for()
    assert page.locator(".plan-whys").inner_text().strip()
    person.go(PLAN)
    page.locator(".plan-ifs button").first.click()
    page.locator(".plan-compared table").wait_for()
    person.go(PLAN)

    page.locator("#q-company").fill("Profilés <du> Fjord")
    for form, start in (("pdf", b"%PDF-"), ("xlsx", b"PK"), ("ics", b"BEGIN:VCALENDAR")):
        with page.expect_download() as taken:
            page.locator(f'#papier button[value="{form}"]').click()
        file = tmp_path / taken.value.suggested_filename
        taken.value.save_as(file)
        assert file.suffix == f".{form}"
        assert file.read_bytes().startswith(start)
    assert not any(re.search(r"Profil|Fjord|800000", address) for address in person.addresses)


def test_with_the_keyboard_alone(someone: Person) -> None:
    open_plan(someone)
    page, keys = someone.page, someone.page.keyboard
    someone.page.locator("#plan").evaluate("plan => plan.setAttribute('data-before', '')")
    tab_to(someone, lambda stop: stop["id"] == "w-less_debt")
    keys.press("ArrowRight")
    page.locator("[data-before]").wait_for(state="detached")
    someone.settle()
    assert page.evaluate(FOCUSED)["id"] == "w-less_debt", "the slider keeps the focus"
    assert page.locator("#w-less_debt").input_value() == "25"
    first = programmes(someone)[0]
    tab_to(someone, lambda stop: stop["id"] == f"aside-{first}")
    keys.press("Enter")
    page.locator(f"#free-{first}").wait_for()
    someone.settle()
    assert page.evaluate(FOCUSED)["id"] == f"free-{first}"
    keys.press("Enter")
    page.locator(f"#p-{first}").wait_for()
    page.locator(MOVING).first.wait_for(state="detached")
    assert first in programmes(someone)
