"""Who listens to the days is told in the same transaction; one who fails undoes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.dispatch import Signal

from alliage.hub.days.actions import organising, registering
from alliage.hub.days.actions.organising import SessionTold
from alliage.hub.days.models import Day, Registration, Session
from alliage.hub.days.signals import day_moved, registration_ended, session_cancelled, session_changed
from alliage.hub.ui import day as days
from tests.hub.days.conftest import Comes, told
from tests.hub.things import make_day

pytestmark = pytest.mark.django_db
Listens = Callable[[Signal, Callable[..., None]], None]


@pytest.fixture
def listens() -> Iterator[Listens]:
    """Connect a listener for the time of a test."""
    connected: list[tuple[Signal, Callable[..., None]]] = []

    def connect(signal: Signal, receiver: Callable[..., None]) -> None:
        signal.connect(receiver, weak=False)
        connected.append((signal, receiver))

    yield connect
    for signal, receiver in connected:
        signal.disconnect(receiver)


@pytest.fixture
def ended(listens: Listens) -> list[Registration]:
    """The registrations that were told to have ended, as the database had them then."""
    heard: list[Registration] = []
    listens(registration_ended, lambda registration, **_: heard.append(Registration.objects.get(pk=registration.pk)))
    return heard


def test_an_agency_that_does_not_come_is_told_once_with_its_organisation_and_day(coming: Day, listens: Listens) -> None:
    heard: list[tuple[Any, ...]] = []

    def hear(session: Session, at: object, **_: object) -> None:
        live = session.day.sessions.filter(organisation=session.organisation, cancelled=None)
        heard.append((session.day_id, session.organisation_id, at, live.count()))

    listens(session_cancelled, hear)
    session, now = coming.sessions.get(), days.now()
    for _ in range(2):
        organising.cancel_session(session.pk, by=None, at=now)
    organising.remove_session(session.pk, by=None, at=now)
    assert heard == [(coming.pk, session.organisation_id, now, 0)] * 2, "once when it is off, once when it is gone"


def test_what_a_listener_refuses_is_not_done(coming: Day, listens: Listens) -> None:
    def fails(**_: object) -> None:
        raise ValueError("no")

    listens(session_cancelled, fails)
    with pytest.raises(ValueError, match="no"):
        organising.cancel_session(coming.sessions.get().pk, by=None, at=days.now())
    assert coming.sessions.get().cancelled is None


def test_who_gives_up_has_ended_once(comes: Comes, ended: list[Registration]) -> None:
    mine = comes("a")
    for _ in range(2):
        registering.withdraw(mine.pk, at=days.now())
    assert [(one.pk, one.state) for one in ended] == [(mine.pk, "cancelled")]


def test_who_goes_to_another_town_has_ended_here(comes: Comes, ended: list[Registration]) -> None:
    mine, there = comes("a"), make_day(slug="alma")
    registering.transfer(mine.pk, to=there.slug, at=days.now())
    assert [one.pk for one in ended] == [mine.pk]


def test_who_lets_two_offers_pass_has_ended_and_one_that_passes_ends_nothing(
    comes: Comes, coming: Day, ended: list[Registration]
) -> None:
    first, second, waits = comes("a"), comes("b"), comes("c")
    now = days.now()
    registering.withdraw(first.pk, at=now)
    registering.pass_on(coming.pk, at=now + timedelta(hours=25))
    assert [one.pk for one in ended] == [first.pk], "an offer that passed leaves its rank"
    registering.pass_on(coming.pk, at=now + timedelta(hours=50))
    assert [one.pk for one in ended] == [first.pk, waits.pk]
    assert Registration.objects.get(pk=second.pk).state == "confirmed"


@pytest.mark.parametrize(
    ("moved", "by"),
    [
        ({}, None),
        ({"town": "Alma"}, None),
        ({"starts": 30, "ends": 30}, timedelta(hours=30)),
        ({"ends": 1}, timedelta(0)),
        ({"starts": 24.5, "ends": 24}, timedelta(days=1)),
    ],
    ids=["nothing", "elsewhere", "with the beginning", "longer", "whole days"],
)
def test_a_day_that_moves_says_how_far_its_parts_went(
    coming: Day, listens: Listens, moved: dict[str, Any], by: timedelta | None
) -> None:
    heard: list[tuple[Any, ...]] = []

    def hear(day: Day, by: timedelta, **_: object) -> None:
        heard.append((Day.objects.get(pk=day.pk).starts, by, day.sessions.get().starts))

    listens(day_moved, hear)
    part = coming.sessions.get()
    Session.objects.filter(pk=part.pk).update(starts=coming.starts + timedelta(minutes=30), ends=coming.ends)
    starts, ends = (getattr(coming, end) + timedelta(hours=moved.get(end, 0)) for end in ("starts", "ends"))
    organising.change_day(
        coming.pk, told(coming, starts=starts, ends=ends, town=moved.get("town", "x")), by=None, at=days.now()
    )
    was = coming.starts + timedelta(minutes=30)
    assert heard == ([] if by is None else [(starts, by, organising.clock_later(was, by))])


def test_a_part_says_that_it_has_other_hours_and_not_that_it_has_other_words(coming: Day, listens: Listens) -> None:
    heard: list[Any] = []
    listens(session_changed, lambda session, **_: heard.append(Session.objects.get(pk=session.pk).starts))
    part, hour = coming.sessions.get(), timedelta(hours=1)
    here = coming.starts.astimezone(days.HERE)
    same = SessionTold("agency", (here + hour).time(), (here + 2 * hour).time(), organisation=part.organisation)
    for said in (same, same, replace(same, title_fr="Autre", title_en="Other"), replace(same, room="Salle 2")):
        organising.save_session(coming.pk, said, session_id=part.pk, by=None, at=days.now())
    assert len(heard) == 2, "other hours, then another room"
