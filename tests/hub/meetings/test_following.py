"""Meetings follow their day: moved, cancelled, linked from its pages; what the team sees is written down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from icalendar import Calendar

from alliage.hub.days import links
from alliage.hub.days.actions.organising import DayTold, at_time, cancel_day, change_day
from alliage.hub.days.models import Day
from alliage.hub.meetings.actions import changing, notices
from alliage.hub.meetings.actions.changing import Happened
from alliage.hub.meetings.actions.demonstrating import NoDemo, make_demo
from alliage.hub.meetings.actions.preparing import NotPossible
from alliage.hub.people.models import AccessEntry
from alliage.hub.ui import day as days
from alliage.hub.ui.day import HERE
from tests.hub.meetings.conftest import DATE, World

pytestmark = pytest.mark.django_db
SPRING = DATE + timedelta(days=80)  # clocks have gone forward meanwhile


def move(world: World) -> None:
    """To another date, at the same hours."""
    day = Day.objects.get(pk=world.day.pk)
    starts, ends = (at_time(SPRING, moment.astimezone(HERE).time()) for moment in (day.starts, day.ends))
    told = DayTold(day.region, day.town, day.place, starts, ends, day.capacity)
    change_day(day.pk, told, by=None, at=days.now())


def test_a_day_that_is_moved_takes_its_meetings_at_the_same_clock_times(world: World, client: Client):
    world.wish(c0="iq bdc", c1="iq")
    world.publish()
    notices.send_due(at=days.now())
    mail.outbox.clear()
    before = [slot.starts.astimezone(HERE) for slot in world.plan.slots.all()]
    move(world)
    after = [slot.starts.astimezone(HERE) for slot in world.plan.slots.all()]
    assert [moment.time() for moment in before] == [moment.time() for moment in after]
    assert {moment.date() for moment in after} == {SPRING}
    assert before[0].utcoffset() != after[0].utcoffset()
    notices.send_due(at=days.now())
    assert {"c0@example.org", "c1@example.org", "officer-iq@example.org"} == {letter.to[0] for letter in mail.outbox}
    events = Calendar.from_ical(client.get(f"{world.guest_url('c0')}agenda.ics").content).walk("VEVENT")
    assert {event["DTSTART"].dt.date() for event in events} == {SPRING}
    assert {int(event["SEQUENCE"]) for event in events} == {1}


def test_a_day_that_is_saved_without_moving_changes_nothing(world: World):
    world.wish(c0="iq")
    world.publish()
    day = Day.objects.get(pk=world.day.pk)
    day.capacity += 1
    day.save()
    world.plan.refresh_from_db()
    assert {one.sequence for guest in world.guests.values() for one in guest.meetings.all()} == {0}


def test_meetings_of_a_day_that_is_cancelled_leave_the_calendars(world: World, client: Client):
    world.wish(c0="iq")
    world.publish()
    cancel_day(world.day.pk, by=None, at=days.now())
    assert world.held() == set()
    (event,) = Calendar.from_ical(client.get(f"{world.guest_url('c0')}agenda.ics").content).walk("VEVENT")
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCELLED", 1)


def test_who_had_meetings_on_a_day_that_is_cancelled_is_told_and_no_proposal_brings_them_back(world: World):
    world.wish(c0="iq", c1="bdc")
    world.publish()
    notices.send_due(at=days.now())
    mail.outbox.clear()
    off = Happened("desk-off", world.day.starts, desk=world.desks["bdc"].pk)
    change = changing.propose(world.plan.pk, off, by=None, at=days.now())
    cancel_day(world.day.pk, by=None, at=days.now())
    with pytest.raises(NotPossible, match="decided"):
        changing.accept(change.pk, by=None, at=days.now())
    with pytest.raises(NotPossible, match="day-off"):
        changing.propose(world.plan.pk, off, by=None, at=days.now())
    assert world.held() == set()
    notices.send_due(at=days.now())
    assert {letter.to[0] for letter in mail.outbox} == {"c0@example.org", "c1@example.org", "officer-iq@example.org"}
    assert all("annulée" in letter.subject for letter in mail.outbox)
    events = Calendar.from_ical(mail.outbox[0].attachments[0][1]).walk("VEVENT")
    assert {str(event["STATUS"]) for event in events} == {"CANCELLED"}


def test_the_pages_of_a_day_lead_to_its_meetings(world: World, client: Client, team: Client):
    registration = world.guests["c0"].registration
    seat = client.get(f"/journees/place/{links.token_of(registration, links.MINE)}/").content.decode()
    assert world.guest_url("c0") in seat
    assert world.team_url in team.get(f"/equipe/journees/{world.day.slug}/").content.decode()


def test_nothing_leads_to_meetings_that_are_not_asked_for_yet(world: World, client: Client):
    type(world.plan).objects.filter(pk=world.plan.pk).update(state="preparing")
    registration = world.guests["c0"].registration
    seat = client.get(f"/journees/place/{links.token_of(registration, links.MINE)}/").content.decode()
    assert "/rencontres/" not in seat


def test_what_the_team_sees_of_companies_is_written_down(world: World, team: Client):
    registration = world.guests["c0"].registration
    registration.person = world.officer
    registration.save()
    team.get(world.team_url)
    assert AccessEntry.objects.filter(about=world.officer, why="meetings").count() == 1


def test_the_invented_day_has_meetings_only_if_it_was_made():
    with pytest.raises(NoDemo):
        make_demo(at=days.now())


def test_after_an_invented_day_that_is_over_the_command_asks_for_one_to_come(world: World):
    world.day.tour.demo = True
    world.day.tour.save()
    Day.objects.filter(pk=world.day.pk).update(starts=days.now() - timedelta(days=100))
    with pytest.raises(CommandError, match="a day to come first: demo_day, without --played"):
        call_command("demo_meetings")


def test_the_invented_day_has_a_proved_timetable(world: World):
    world.day.tour.demo = True
    world.day.tour.save()
    world.day.registrations.update(demo=True)
    plan = make_demo(at=days.now())
    assert plan.worked_out is not None
    assert plan.proof["bound"] == plan.proof["worth"]
    assert world.held()
