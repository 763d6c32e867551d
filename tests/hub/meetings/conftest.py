"""A day of meetings: three agencies with a desk each, companies that wish to meet them. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pytest
from django.test import Client

from alliage.hub.days.actions.organising import (
    DayTold,
    SessionTold,
    TourTold,
    at_time,
    create_day,
    create_tour,
    open_day,
    save_session,
)
from alliage.hub.days.actions.registering import Wish, register
from alliage.hub.days.models import Day
from alliage.hub.meetings import links
from alliage.hub.meetings.actions import preparing, timetabling
from alliage.hub.meetings.actions.preparing import Told, When
from alliage.hub.meetings.models import Desk, Guest, Meeting, MeetingPlan
from alliage.hub.people.models import Person
from alliage.hub.ui import day as days
from tests.hub.conftest import NOW
from tests.hub.people.actors import Actor, make_organisation, make_person

PROGRAMMES = {"iq": ("essor-volet-2",), "bdc": ("frontiere",), "rec": ("canexport-pme",)}
DATE = (NOW + timedelta(days=60)).date()
RESEARCH = "R-D"


def moment(hour: int, minute: int = 0) -> datetime:
    """A moment of the day of the meetings."""
    return at_time(DATE, time(hour, minute))


@dataclass
class World:
    """What the tests look at."""

    day: Day
    plan: MeetingPlan
    desks: dict[str, Desk]
    guests: dict[str, Guest]
    officer: Person

    def wish(self, **wishes: str) -> None:
        """What companies wish, by name: ``one="iq bdc"``."""
        for name, wanted in wishes.items():
            ids = [self.desks[slug].pk for slug in wanted.split()]
            preparing.wish(self.guests[name].pk, desks=ids, when=When(), at=days.now())

    def work_out(self) -> None:
        """Work the timetable out, in the process of the test."""
        assert timetabling.start(self.plan.pk, at=days.now())
        assert timetabling.work_out(self.plan.pk, at=days.now()) == "done"

    def publish(self) -> None:
        """Work it out and give it to everyone."""
        self.work_out()
        timetabling.publish(self.plan.pk, by=None, at=days.now())

    def held(self) -> set[tuple[str, str, int]]:
        """Who meets whom, in which slot."""
        names = {guest.pk: name for name, guest in self.guests.items()}
        slugs = {desk.pk: slug for slug, desk in self.desks.items()}
        rows = Meeting.objects.filter(state="held").select_related("slot")
        return {(names[row.guest_id], slugs[row.desk_id], row.slot.number) for row in rows}

    def guest_url(self, name: str) -> str:
        """The secret page of a company."""
        return f"/rencontres/{links.guest_token(self.guests[name])}/"

    def desk_url(self, slug: str) -> str:
        """The secret page of a desk."""
        return f"/rencontres-bureau/{links.desk_token(self.desks[slug])}/"

    @property
    def team_url(self) -> str:
        """The page of the team."""
        return f"/equipe/journees/{self.day.slug}/rencontres/"


def make_world(*, companies: int = 4, capacity: int = 60) -> World:
    """A day in two months: agencies present at 9, meet from 10 to 12; registered companies want meetings."""
    now = days.now()
    tour = create_tour(TourTold("L’offre en tournée", "The offer on tour"), by=None, at=now)
    told = DayTold("qc-r02", "Saguenay", "Centre inventé", moment(9), moment(16), capacity)
    day = create_day(tour, told, like=None, by=None, at=now)
    officer = make_person("officer-iq@example.org", name="Ana")
    for slug, programmes in PROGRAMMES.items():
        organisation = make_organisation(slug, provider="")
        session = SessionTold(
            "agency", time(9), time(10), organisation=organisation, programmes=programmes, room=f"Salle {slug}",
            desks=(f"Bureau {slug}",), officers=(officer,) if slug == "iq" else (),
        )  # fmt: skip
        save_session(day.pk, session, session_id=None, by=None, at=now)
    meetings = SessionTold("meetings", time(10), time(12), title_fr="Rencontres", title_en="Meetings")
    save_session(day.pk, meetings, session_id=None, by=None, at=now)
    open_day(day.pk, by=None, at=now)
    for n in range(companies):
        wish = Wish(f"c{n}@example.org", f"Personne {n}", company=f"Atelier {n}", region="qc-r02", needs=("equipment",),
                    wants_meetings=True)  # fmt: skip
        register(day.slug, wish=wish, at=now)
    plan = preparing.prepare(day.pk, told=Told(), by=None, at=now)
    preparing.ask(plan.pk, by=None, at=now)
    desks = {slug: plan.desks.get(label=f"Bureau {slug}") for slug in PROGRAMMES}
    guests = {f"c{n}": plan.guests.get(registration__email=f"c{n}@example.org") for n in range(companies)}
    return World(day, plan, desks, guests, officer)


@pytest.fixture
def world(db: None) -> World:  # noqa: ARG001 - asked for by name, or no database is made
    return make_world()


@pytest.fixture
def team(world: World) -> Client:  # noqa: ARG001 - the day is there first
    return Actor.TEAM.client()
