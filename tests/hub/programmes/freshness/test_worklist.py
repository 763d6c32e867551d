"""What to check first: by what depends on it, and by how doubtful it is; in four queries, whatever the number."""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from alliage.hub.finder.models import Following, ProjectFile
from alliage.hub.programmes import queries
from alliage.hub.programmes.freshness.models import Request, Review
from alliage.hub.programmes.freshness.queries.worklist import most_aid, worklist
from alliage.hub.programmes.freshness.renewing import renew
from alliage.hub.programmes.models import Redirect
from alliage.hub.programmes.queries import Speech
from alliage.hub.ui import day
from tests.hub.people.actors import make_person
from tests.hub.programmes.conftest import ON
from tests.hub.programmes.freshness.conftest import C3I, DAY
from tests.hub.programmes.freshness.test_confirming import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def lines() -> dict[str, dict[str, Any]]:
    found = worklist(on=ON, at=day.now(), speech=Speech(queries.current_shelf(), lang="fr"))
    assert [line["priority"] for line in found] == sorted((line["priority"] for line in found), reverse=True)
    return {line["id"]: line for line in found}


def test_a_review_and_a_late_answer_bring_a_programme_up(request_: Request) -> None:
    before = lines()[C3I]
    Review.objects.create(programme_id=C3I, reason="gone", key="1", opened=day.now())
    Request.objects.update(created=day.now() - 14 * DAY)
    after = lines()[C3I]
    assert after["doubt"] == before["doubt"] + 12 + 6
    assert after["priority"] == after["thousands"] * after["doubt"]
    assert after["reasons"][:2] == ["gone", "late"]
    Review.objects.update(closed=day.now())
    request_.delete()
    assert lines()[C3I]["priority"] == before["priority"]


def test_who_depends_on_it_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = lines()[C3I]["priority"]
    rooms = [SimpleNamespace(dependents=lambda: {C3I: 3}), SimpleNamespace(dependents=lambda: {C3I: 1}), object()]
    monkeypatch.setattr(apps, "get_app_configs", lambda: rooms)
    assert lines()[C3I]["people"] == 4
    assert lines()[C3I]["priority"] == 5 * before


def test_followers_and_files_that_keep_it_in_their_plan_depend_on_it() -> None:
    """By the real applications, under an id of before too."""
    before = lines()[C3I]
    assert before["people"] == 0
    person = make_person("follower@example.org")
    Following.objects.create(person=person, programme=C3I, since=day.now())
    now = {"created": day.now(), "changed": day.now(), "visited": day.now()}
    for kept in ({"k": [C3I]}, {"k": ["ancien-credit"], "x": ["pari-cnrc"]}, {"x": [C3I]}, {}):
        ProjectFile.objects.create(name="Presse", person=person, answers=kept, **now)
    Redirect.objects.create(old="ancien-credit", programme_id=C3I)
    renew(at=day.now())
    after = lines()
    assert after[C3I]["people"] == 3
    assert after[C3I]["priority"] == 4 * before["priority"]
    assert after["pari-cnrc"]["people"] == 0


def test_the_most_that_a_source_states_is_its_aid() -> None:
    aid = {"parts": [{"tiers": [{"amount": {"at_most": 40_000}}, {}]}], "ceilings": [{"at_most": 90_000}]}
    assert most_aid({"aid": aid}) == 90_000
    assert most_aid({"aid": {}}) == 25_000


def test_the_page_filters_and_shows_its_sum(desk: Client) -> None:
    page = words(desk.get("/equipe/a-verifier/"))
    line = lines()[C3I]
    assert "× (1 + 0) ×" in page
    Review.objects.create(programme_id=C3I, reason="wrong", key="1", opened=day.now())
    assert f"/equipe/a-verifier/{C3I}/" in desk.get("/equipe/a-verifier/?raison=wrong").content.decode()
    assert "/equipe/a-verifier/canexport" not in desk.get("/equipe/a-verifier/?raison=wrong").content.decode()
    mine = desk.get(f"/equipe/a-verifier/?organisme={line['provider']}").content.decode()
    assert "/equipe/a-verifier/canexport" not in mine
    assert "Rien à vérifier" in words(desk.get(f"/equipe/a-verifier/?raison=silent&organisme={line['provider']}"))
    for odd in ("page=-1", "page=" + "9" * 400, "raison=x&organisme=y", "page=²"):
        assert desk.get(f"/equipe/a-verifier/?{odd}").status_code == 200


def test_5000_programmes_are_read_in_four_queries(django_assert_num_queries: Any) -> None:
    shelf = queries.current_shelf()
    speech = copy.copy(Speech(shelf, lang="fr"))
    one = shelf.catalogue.programmes[C3I]
    speech.catalogue = SimpleNamespace(  # type: ignore[assignment]  # all that the list reads of a catalogue
        programmes={f"{C3I}-{number}": one for number in range(5_000)},
        providers=shelf.catalogue.providers,
        redirects={},
    )
    with django_assert_num_queries(4):
        assert len(worklist(on=ON, at=day.now(), speech=speech)) == 5_000
