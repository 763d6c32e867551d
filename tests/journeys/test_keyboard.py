"""The keyboard alone: every stop is seen, nothing holds one back, and the journey is whole."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from tests.journeys.person import Newcomers, Person

MOST_STOPS, FIRST_STOPS = 90, 60
# What has the focus: whether its mark is drawn, and whether it is in view and not under something.
FOCUSED = """() => {
  const it = document.activeElement;
  const drawn = it.matches("input[type=radio], input[type=checkbox]") ? it.closest("label") ?? it : it;
  const marks = [it, drawn].map(e => getComputedStyle(e));
  const box = drawn.getBoundingClientRect();
  const [x, y] = [Math.min(box.left + 4, innerWidth - 1), box.top + box.height / 2];
  const top = document.elementFromPoint(x, y);
  return {
    name: it.getAttribute("name") ?? "",
    value: it.getAttribute("value") ?? "",
    id: it.id,
    href: it.href ?? "",
    place: [Math.round(box.left), Math.round(box.top + scrollY)],
    tag: it.tagName,
    words: (it.textContent || "").trim(),
    marked: marks.some(s => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none"),
    inView: box.bottom > 0 && box.top < innerHeight,
    covered: Boolean(top) && !(drawn.contains(top) || top.contains(drawn)),
  };
}"""


def tab(person: Person) -> dict[str, object]:
    """The next stop; it is marked, in view and not covered."""
    person.page.keyboard.press("Tab")
    stop: dict[str, object] = person.page.evaluate(FOCUSED)
    assert stop["marked"], f"the focus is not seen on {stop}"
    assert stop["inView"], f"the focus is out of view: {stop}"
    assert not stop["covered"], f"the focus is under something: {stop}"
    return stop


def tab_to(person: Person, wanted: Callable[[dict[str, object]], bool]) -> None:
    """Tab until the wanted stop."""
    assert any(wanted(tab(person)) for _ in range(MOST_STOPS)), "never reached"


def test_money_for_a_press_with_the_keyboard_alone(someone: Person) -> None:
    page, keys = someone.page, someone.page.keyboard
    someone.go("/")
    keys.press("Tab")
    assert page.evaluate(FOCUSED)["words"] == someone.say("Aller au contenu")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"

    tab_to(someone, lambda stop: stop["value"] == "equipment")
    keys.press("Space")
    tab_to(someone, lambda stop: stop["name"] == "company.postal_code")
    keys.type("G7H 1A1")
    tab_to(someone, lambda stop: stop["words"] == someone.say("Voir les aides"))
    keys.press("Enter")
    page.wait_for_url("**/trouver/resultats/")

    name = someone.asked()
    tab_to(someone, lambda stop: str(stop["name"]).startswith(name))
    page.locator("#question").evaluate("question => question.setAttribute('data-before', '')")
    tab_to(someone, lambda stop: stop["value"] == "skip")
    keys.press("Enter")
    page.locator("[data-before]").wait_for(state="detached")
    someone.settle()
    assert page.evaluate("document.activeElement.id") == "question-title", "the next question is announced"
    assert someone.asked() != name

    tab_to(someone, lambda stop: stop["tag"] == "A" and "/trouver/resultats/" in str(stop["href"]))
    keys.press("Enter")
    page.wait_for_url("**/trouver/resultats/*/")
    assert page.locator(".receipt-line").count() >= 1


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "path",
    ["/programmes/?q=presse", "/offre/", "/programmes/essor-volet-2/", "/trouver/questions/company/", "/lexique/"],
)
def test_the_stops_of_a_page_are_seen_and_none_is_a_trap(newcomers: Newcomers, path: str, width: int) -> None:
    person = newcomers.come(width=width)
    person.go(path)
    stops = []
    for _ in range(FIRST_STOPS):
        stops.append(tab(person))
        if "/temoins/" in str(stops[-1]["href"]):  # the last link of the page
            break
    assert all(before != after for before, after in pairwise(stops))


def test_what_is_wrong_takes_the_focus_and_leads_to_its_field(someone: Person) -> None:
    someone.start(needs=["equipment"], postal="G7H 1A1")
    someone.go("/trouver/question/company.employees/")
    someone.page.locator('[name="company.employees"]').fill("beaucoup")
    someone.page.keyboard.press("Enter")
    someone.page.locator("#problems").wait_for()
    assert someone.page.evaluate("document.activeElement.id") == "problems"
    tab_to(someone, lambda stop: stop["tag"] == "A")
    someone.page.keyboard.press("Enter")
    field = someone.page.locator(":focus")
    assert field.get_attribute("name") == "company.employees"
    assert field.input_value() == "beaucoup"
    assert field.get_attribute("aria-invalid") == "true"
    described = str(field.get_attribute("aria-describedby")).split()
    assert all(someone.page.locator(f'[id="{one}"]').count() == 1 for one in described)
