"""Finding money: from the first page to a receipt; a no that becomes a yes; a file that answers as the command line."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.person import EXAMPLES, Newcomers, Person, example, plain

EXTRUSION = "extrusion-saguenay"
COMMAND = Path(sys.executable).with_name("alliage")
TODAY = "2026-11-26"
ANSWERS = 10  # the most that a newcomer gives
NAMES = sorted(file.stem for file in EXAMPLES.glob("*.yaml"))


def find_money_for_a_press(person: Person) -> dict[str, int]:
    """What the extrusion company of Saguenay does: a need, a few words, a postal code, then a few answers."""
    known = example(EXTRUSION)
    person.start(needs=["equipment"], words="une presse", postal="g7h1a1")
    assert person.title() == plain(person.say("Vos résultats"))
    before = person.counts()
    for _ in range(ANSWERS - 3):
        if not person.asked():
            break
        person.answer(known)
        if "/resultats/" not in person.page.url:
            person.go("/trouver/resultats/")
    after = person.counts()
    assert after["possible"] < before["possible"], "answers decide"
    assert after["eligible"] >= 1
    return after


def test_money_for_a_press_in_saguenay(someone: Person) -> None:
    find_money_for_a_press(someone)
    shown = someone.shown()
    assert "eligible" in shown.values()
    first = someone.page.locator("article.result-eligible h3 a").first
    name = plain(first.inner_text())
    someone.follow(first)
    assert someone.title() == name
    assert someone.page.locator(".receipt-line").count() >= 1
    assert someone.page.locator(".receipt-source a").count() >= 1, "a condition shows its source"
    assert someone.page.locator(".receipt-met").count() >= 1
    assert someone.page.get_by_role("heading", name=someone.say("Qui appeler")).is_visible()
    someone.follow(someone.link("Vos résultats"))
    assert someone.shown() == shown


def test_no_answer_is_ever_in_an_address_and_cookies_are_few(newcomers: Newcomers) -> None:
    person = newcomers.come()
    person.start(needs=["equipment"], words="une presse", postal="g7h1a1")
    for _ in range(4):
        person.answer(example(EXTRUSION))
    links = []
    for path in ("/trouver/resultats/", "/trouver/questions/", "/trouver/imprimer/", "/trouver/partager/"):
        person.go(path)
        links += person.page.locator("[href], [action], [hx-get], [hx-post]").evaluate_all(
            "all => all.flatMap(e => ['href', 'action', 'hx-get', 'hx-post'].map(name => e.getAttribute(name) ?? ''))"
        )
    person.follow(person.button("Faire un lien"))
    assert len(person.addresses) > 20
    for address in {*person.addresses, *links}:
        assert not re.search(r"presse|G7H|g7h|equipment|corporation|331317|11500000|transformer", address), address
    assert {cookie["name"] for cookie in person.context.cookies()} == {"answers", "csrftoken"}
    assert all(cookie["httpOnly"] for cookie in person.context.cookies())


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_without_javascript_the_journey_is_complete(newcomers: Newcomers, lang: str) -> None:
    still = newcomers.come(lang=lang, java_script_enabled=False)
    counts, page = find_money_for_a_press(still), still.page
    still.go("/trouver/resultats/")
    found = still.shown()
    live = newcomers.come(lang=lang, storage_state=still.context.storage_state())
    live.go("/trouver/resultats/")
    assert (live.counts(), live.shown()) == (counts, found)

    page.locator("#narrow-instrument").select_option("loan")
    still.follow(still.button("Filtrer"))
    assert still.shown() != found
    still.follow(still.button("Tout montrer"))
    assert still.shown() == found

    for box in page.locator(".compare-box input").all()[:2]:
        box.check()
    still.follow(still.button("Comparer"))
    assert page.locator("table.compare-table thead th").count() == 2

    for path in ("/trouver/refus/", "/trouver/fermes/", "/trouver/questions/", "/trouver/imprimer/"):
        assert still.go(path).ok
        assert len(plain(page.locator("main").inner_text())) > 100
    still.go("/trouver/questions/company/")
    page.locator('[name="company.years_in_operation"]').fill("18")
    still.follow(page.locator('main button[value="next"]:not(.sr)'))
    assert "/trouver/questions/company/" not in page.url
    still.go("/trouver/question/company.years_in_operation/")
    assert page.locator('[name="company.years_in_operation"]').input_value() == "18"


def test_a_no_becomes_a_yes(someone: Person) -> None:
    """The programme wants two companies and one came alone: the page says so, and the answer can be changed."""
    someone.open_example("jeune-pousse-trois-rivieres")
    someone.page.locator("#ineligible summary").first.click()
    todo = someone.page.locator("#ineligible .todos li").first
    todo.wait_for()
    assert "2" in todo.inner_text()
    programme = str(todo.get_by_role("link").first.get_attribute("href")).rstrip("/").rpartition("/")[2]
    someone.go(f"/trouver/resultats/{programme}/")
    assert someone.page.locator(".verdict-ineligible").first.is_visible()
    refused = someone.page.locator(".receipt-failed").first
    someone.follow(refused.get_by_role("link", name=someone.say("Modifier")))
    assert someone.asked() == "project.companies"
    someone.fill("project.companies", 2)
    someone.send()
    assert "/trouver/resultats/" in someone.page.url
    someone.go(f"/trouver/resultats/{programme}/")
    assert someone.page.locator(".verdict").first.get_attribute("class") in (
        "verdict verdict-eligible",
        "verdict verdict-possible",
    )
    conditions = someone.page.locator(".receipt-body section > .receipt > li")
    assert conditions.count() > 0
    assert conditions.and_(someone.page.locator(".receipt-failed")).count() == 0


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_file_dropped_on_the_first_page_is_opened(newcomers: Newcomers, lang: str) -> None:
    person = newcomers.come(lang=lang)
    person.go("/")
    assert person.page.locator("[data-drop-hint]").is_visible()
    drop = """content => {
        const data = new DataTransfer();
        data.items.add(new File([content], "extrusion.yaml"));
        document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true}));
    }"""
    person.page.evaluate(drop, (EXAMPLES / "extrusion-saguenay.yaml").read_text(encoding="utf-8"))
    person.page.wait_for_url("**/trouver/resultats/")
    assert person.counts()["eligible"] > 0


@pytest.mark.parametrize("name", NAMES)
def test_a_file_gets_the_verdicts_of_the_command_line(newcomers: Newcomers, name: str) -> None:
    said = subprocess.run(
        [COMMAND, "match", str(EXAMPLES / f"{name}.yaml"), "--on", TODAY, "--json"],
        capture_output=True,
        check=True,
        text=True,
    )
    answer = json.loads(said.stdout)
    shut = {r["programme"] for r in answer["results"] if r["intake"]["state"] in ("closed", "suspended")}
    by_cli = {r["programme"]: r["verdict"] for r in answer["results"]}

    person = newcomers.come()
    person.open_example(name)
    counts = person.counts()
    person.go("/trouver/resultats/?plus=eligible&plus=possible&plus=opening")
    live = person.shown()
    person.go("/trouver/fermes/")
    closed = person.shown()
    person.go("/trouver/refus/")
    links = person.page.locator(".refused-list a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    refused = {href.split("?")[0].rstrip("/").rpartition("/")[2] for href in links}

    assert {**live, **closed, **dict.fromkeys(refused, "ineligible")} == by_cli
    assert set(closed) == {id_ for id_ in shut if by_cli[id_] != "ineligible"}
    assert counts["ineligible"] == len(refused)
    assert counts["eligible"] + counts["possible"] + counts.get("opening", 0) == len(live)
