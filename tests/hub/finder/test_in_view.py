"""Coming from the page of a programme: it is told first, its questions come first, and its address holds no answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from alliage.hub.finder.queries.engine import Engine
from alliage.hub.programmes.models import Programme, Revision
from alliage.hub.programmes.queries import Shelf
from alliage.hub.ui import day
from tests.hub.answers import answers_of, give
from tests.hub.finder.test_pages import EXTRUSION, text

WANTED = "canexport-pme"
HTMX = {"HX-Request": "true"}
FIRST = {"project.needs__here": "1", "project.needs": ["equipment"], "company.postal_code__here": "1"}


def first_answers(visitor: Client, **fields: Any) -> Any:
    return visitor.post("/trouver/", {**FIRST, "company.postal_code": "G7H 1A1", **fields}, follow=True)


@pytest.mark.parametrize(
    ("start", "before", "after"),
    [("/trouver/", "Vous venez pour", "Vous veniez pour"), ("/en/trouver/", "You are here for", "You came for")],
)
def test_it_is_said_at_first_then_told_first(
    visitor: Client, shelf: Shelf, start: str, before: str, after: str
) -> None:
    name = shelf.catalogue.programme(WANTED).name["en" if "/en/" in start else "fr"]
    page = text(visitor.get(f"{start}?programme={WANTED}"))
    assert before in page
    assert name.replace("\u00a0", " ") in page
    results = visitor.post(start, {**FIRST, "company.postal_code": "G7H 1A1"}, follow=True)
    said = text(results)
    assert said.index(after) < said.index("admissible" if start == "/trouver/" else "eligible")
    assert results.context["wanted"].id == WANTED
    assert WANTED not in results.request["PATH_INFO"] + results.request["QUERY_STRING"]


def test_who_has_answered_sees_it_at_once_whatever_its_verdict(opened: Callable[[Path], Client]) -> None:
    visitor = opened(EXTRUSION)
    for id_ in (WANTED, "c3i", "futurpreneur"):
        response = visitor.get(f"/trouver/?programme={id_}")
        assert response.headers["Location"] == "/trouver/resultats/"
        page = visitor.get("/trouver/resultats/")
        assert page.context["wanted"].id == id_
        receipt = visitor.get(f"/trouver/resultats/{id_}/").context["page"].card
        assert page.context["wanted"].verdict == receipt.verdict


def test_its_missing_questions_come_first_and_one_can_be_skipped(visitor: Client) -> None:
    visitor.get(f"/trouver/?programme={WANTED}")
    page = first_answers(visitor)
    asked = [missing.id for missing in page.context["wanted"].asked]
    assert len(asked) > 1
    assert page.context["name"] == asked[0]
    assert "pour lequel vous veniez" in text(page)
    visitor.post(f"/trouver/question/{asked[0]}/", {"do": "skip", "then": "results"})
    assert visitor.get("/trouver/resultats/").context["name"] == asked[1]
    assert visitor.get("/trouver/question/").context["name"] == asked[1]


def test_an_answer_changes_what_is_told_of_it(visitor: Client, answer: Callable[..., Any]) -> None:
    visitor.get(f"/trouver/?programme={WANTED}")
    first_answers(visitor)
    before = visitor.get("/trouver/resultats/", headers=HTMX).context["wanted"]
    answer("company.employees", value="4000")
    after = visitor.get("/trouver/resultats/", headers=HTMX).context["wanted"]
    assert (before.verdict, after.verdict) == ("possible", "ineligible")
    assert after.why


def test_it_can_be_put_aside_and_starting_over_forgets_it(visitor: Client) -> None:
    for forget in ("/trouver/en-vue/", "/trouver/recommencer/"):
        visitor.get(f"/trouver/?programme={WANTED}")
        assert answers_of(visitor)["v"] == WANTED
        visitor.post(forget)
        assert "v" not in answers_of(visitor)
        assert visitor.get("/trouver/resultats/").context["wanted"] is None


def test_it_stays_when_a_file_is_opened_but_is_never_shared(visitor: Client, opened: Callable[[Path], Client]) -> None:
    visitor.get(f"/trouver/?programme={WANTED}")
    opened(EXTRUSION)
    assert answers_of(visitor)["v"] == WANTED
    visitor.post("/trouver/partager/")
    assert WANTED.encode() not in visitor.get("/trouver/enregistrer/").content
    other = Client()
    link = visitor.get("/trouver/partager/").context["links"][0]["url"]
    assert "wanted" not in other.get(link).context
    other.post(link)
    assert "v" not in answers_of(other)


@pytest.mark.parametrize(("start", "words"), [("/trouver/", "remplace"), ("/en/trouver/", "replaces")])
def test_a_former_id_leads_to_the_new_one_and_says_so(visitor: Client, engine: Engine, start: str, words: str) -> None:
    former, new = next(iter(engine.catalogue.redirects.items()))
    page = text(visitor.get(f"{start}?programme={former}"))
    assert words in page
    assert former in page
    assert answers_of(visitor)["v"] == new


@pytest.mark.parametrize(
    ("start", "words"), [("/trouver/", "n’est pas dans le catalogue"), ("/en/trouver/", "is not in the catalogue")]
)
def test_an_unknown_id_is_said_with_the_nearest_ones(visitor: Client, start: str, words: str) -> None:
    page = visitor.get(f"{start}?programme=canexport-pmee%00%1b")
    assert page.status_code == 200
    assert words in text(page)
    assert f"/{WANTED}/" in page.content.decode()
    assert answers_of(visitor) == {}


def test_a_retired_one_says_since_when(visitor: Client) -> None:
    row = Programme.objects.create(id="ancien-fonds")
    document = {"name": {"fr": "Ancien fonds", "en": "Former fund"}, "needs": ["export"]}
    row.current = Revision.objects.create(
        programme=row, number=1, document=document, source=Revision.Source.PACK, author="test", created=day.now()
    )
    row.retired = day.now()
    row.save()
    page = text(visitor.get("/trouver/?programme=ancien-fonds"))
    assert "« Ancien fonds » n’est plus offert" in page
    assert "Pour les mêmes besoins" in page


@pytest.mark.parametrize("kept", ["nothing-like-it", "x" * 5000, 7, None, ["a"]])
def test_whatever_the_cookie_says_of_it_the_results_stand(visitor: Client, kept: Any) -> None:
    give(visitor, {"v": kept})
    assert visitor.get("/trouver/resultats/").context["wanted"] is None
    assert visitor.get("/trouver/").status_code == 200
