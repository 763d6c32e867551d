"""A question asked from the page of a day: before, during and after, to one of its agencies or by need and region."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alliage.hub.days.actions.closing import close_day, hand_over
from alliage.hub.days.models import Day, LiveQuestion
from alliage.hub.days.queries.report import report
from alliage.hub.programmes.queries import Speech, current_shelf
from alliage.hub.questions.actions import receiving
from alliage.hub.questions.models import Question
from alliage.hub.questions.queries.inbox import inbox
from alliage.hub.questions.queries.waiting import open_of_day
from alliage.hub.ui import day as days
from tests.hub.people.actors import make_organisation, shown
from tests.hub.questions.conftest import MONTREAL, NOW, SAGUENAY, officer_of
from tests.hub.things import make_day

pytestmark = pytest.mark.django_db
ASK, TEXT = "/questions/poser/", "Le matériel d’occasion compte-t-il?"
FIELDS = {"text": TEXT, "need": "", "region": "", "email": "", "de": "day", "point": "day:saguenay", "do": "send"}


@pytest.fixture
def stop(db: None) -> Day:  # noqa: ARG001 - asked for by name, or no database is made
    """A day with one agency, « iq »."""
    return make_day(starts=NOW + timedelta(days=30))


def post(client: Client, **more: Any) -> Any:
    return client.post(ASK, {**FIELDS, **more})


@pytest.mark.parametrize("now", [timedelta(0), timedelta(days=30, hours=1), timedelta(days=40)])
def test_the_page_of_a_day_leads_there_before_during_and_after(
    client: Client, stop: Day, monkeypatch: pytest.MonkeyPatch, now: timedelta
) -> None:
    monkeypatch.setattr(days, "now", lambda: NOW + now)
    if NOW + now > stop.ends:
        close_day(stop.pk, by=None, at=NOW + now)
    assert f"{ASK}?de=day&amp;point=day:saguenay" in client.get(f"/journees/{stop.slug}/").content.decode()
    page = shown(client.get(ASK, {"de": "day", "point": "day:saguenay"}))
    assert '<a href="/journees/saguenay/">' in page
    assert f'<option value="{SAGUENAY}" selected>' in page, "the region of the day, if the browser knows no other"
    assert post(client, to="iq").status_code == 303
    question = Question.objects.get()
    assert (question.kind, question.about) == ("day", "day:saguenay")
    assert list(open_of_day("day:saguenay")) == [question]


def test_the_agency_that_was_chosen_answers_even_if_it_does_not_come_any_more(client: Client, stop: Day) -> None:
    ana = officer_of(stop.sessions.get().organisation, "ana")  # type: ignore[arg-type]  # it has one
    stop.sessions.update(cancelled=NOW)
    post(client, to="iq")
    assert Question.objects.get().officer == ana


def test_without_an_agency_need_and_region_choose(client: Client, stop: Day) -> None:
    officer_of(stop.sessions.get().organisation, "ana", needs=("rd",), regions=(MONTREAL,))  # type: ignore[arg-type]
    bob = officer_of(make_organisation("other"), "bob", needs=("export",), regions=(SAGUENAY,))
    post(client, need="export", region=SAGUENAY)
    assert Question.objects.get().officer == bob


def test_an_agency_of_no_agenda_is_not_chosen(client: Client, stop: Day) -> None:  # noqa: ARG001 - for what it makes
    make_organisation("other")
    refused = post(client, to="other")
    assert refused.status_code == 422
    assert TEXT in shown(refused)
    assert not Question.objects.exists()


def test_a_day_that_nobody_may_see_is_none(client: Client, stop: Day) -> None:
    Day.objects.update(status="draft")
    for point in ("day:saguenay", "day:nowhere", "saguenay", ""):
        assert stop.town not in shown(client.get(ASK, {"de": "day", "point": point})).partition("<form")[0]
        post(client, point=point)
    assert {(row.kind, row.about) for row in Question.objects.all()} == {("open", "")}


def test_questions_from_a_day_are_counted_by_the_brake_and_those_of_its_room_are_not(
    client: Client, stop: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "AN_HOUR", 1)
    live = LiveQuestion.objects.create(
        day=stop, text="Et les délais?", language="fr", state="shown", created=NOW, changed=NOW
    )
    assert hand_over(live, at=NOW)
    assert post(client).status_code == 303
    assert post(client).status_code == 429


def test_the_report_counts_them_with_those_of_the_room(client: Client, stop: Day) -> None:
    live = LiveQuestion.objects.create(
        day=stop, text="Et les délais?", language="fr", state="shown", created=NOW, changed=NOW
    )
    assert hand_over(live, at=NOW)
    post(client)
    told = report(stop, now=NOW, lang="fr")["questions"]
    assert (told["all"], told["handed"]) == (2, 2)


def test_an_inbox_asks_no_more_of_the_database_for_more_questions_of_a_day(client: Client, stop: Day) -> None:
    ana = officer_of(stop.sessions.get().organisation, "ana")  # type: ignore[arg-type]  # it has one
    speech, counted = Speech(current_shelf(), lang="fr"), []
    for _ in range(2):
        post(client, to="iq")
        with CaptureQueriesContext(connection) as asked:
            assert inbox(ana, on=NOW.date(), speech=speech)["mine"]
        counted.append(len(asked))
    assert counted[0] == counted[1]
