"""Meetings follow their day: moved, cancelled, linked from its pages; what the team sees is written down."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from icalendar import Calendar

from alliage.hub.days import links
from alliage.hub.days.actions.organising import (
    DayTold,
    SessionTold,
    at_time,
    cancel_day,
    cancel_session,
    change_day,
    save_session,
)
from alliage.hub.days.models import Day, Registration
from alliage.hub.meetings.actions import changing, notices, preparing, timetabling
from alliage.hub.meetings.actions.changing import Happened
from alliage.hub.meetings.actions.demonstrating import NoDemo, make_demo
from alliage.hub.meetings.actions.preparing import NotPossible, Told, When
from alliage.hub.meetings.models import Change, Desk, Guest, Meeting, MeetingPlan
from alliage.hub.people.models import AccessEntry, Person
from alliage.hub.ui import day as days
from alliage.hub.ui.day import HERE
from tests.hub.meetings.conftest import DATE, World, make_world, moment
from tests.hub.people.actors import Actor

pytestmark = pytest.mark.django_db
SPRING = DATE + timedelta(days=80)  # clocks have gone forward meanwhile


def move(world: World, *, starts: datetime | None = None, ends: datetime | None = None) -> None:
    """To another date at the same hours, or to these hours."""
    day = Day.objects.get(pk=world.day.pk)
    hours = [at_time(SPRING, moment.astimezone(HERE).time()) for moment in (day.starts, day.ends)]
    told = DayTold(day.region, day.town, day.place, starts or hours[0], ends or hours[1], day.capacity)
    change_day(day.pk, told, by=None, at=days.now())


@pytest.fixture
def later(django_capture_on_commit_callbacks: Any) -> Any:
    """Do something of days, and what follows."""

    def then(deed: Callable[..., object], *given: Any, **said: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            deed(*given, **said)

    return then


def said_again(
    world: World, organisation: str, *, starts: time = time(9), ends: time = time(10), room: str = ""
) -> None:
    """The part of an agency, or of the meetings, at other hours or in another room."""
    kind = {"organisation__slug": organisation} if organisation else {"kind": "meetings"}
    row = world.day.sessions.get(**kind)
    officers, desks = zip(*row.officers.values_list("person", "desk"), strict=True) if organisation else ((), ())
    told = SessionTold(
        row.kind, starts, ends, organisation=row.organisation, room=room or (row.room.name if row.room else ""),
        desks=desks, officers=Person.objects.filter(pk__in=[one for one in officers if one]), title_fr=row.title_fr,
        title_en=row.title_en,
    )  # fmt: skip
    save_session(world.day.pk, told, session_id=row.pk, by=None, at=days.now())


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
    before = MeetingPlan.objects.values().get(), list(world.plan.slots.values())
    day.save()
    assert (MeetingPlan.objects.values().get(), list(world.plan.slots.values())) == before
    assert {one.sequence for guest in world.guests.values() for one in guest.meetings.all()} == {0}


def test_what_was_said_of_hours_moves_with_the_day(world: World):
    Desk.objects.update(off_since=moment(11, 30))
    Guest.objects.update(off_since=moment(11), late_until=moment(10, 15))
    move(world)
    shown = [
        value.astimezone(HERE)
        for value in (
            *Desk.objects.values_list("off_since").first(),
            *Guest.objects.values_list("off_since", "late_until")[0],
        )
    ]
    assert [value.date() for value in shown] == [SPRING] * 3
    assert [value.time() for value in shown] == [time(11, 30), time(11), time(10, 15)]


def test_a_day_that_begins_later_while_its_parts_keep_their_hours_moves_no_meeting(world: World, later: Any):
    world.day.sessions.filter(kind="agency").update(starts=moment(9, 30))
    world.wish(c0="iq")
    world.publish()
    before = list(world.plan.slots.values())
    later(move, world, starts=moment(9, 30), ends=moment(12, 15))
    assert list(world.plan.slots.values()) == before
    assert not Change.objects.exists()
    assert {one.sequence for one in Meeting.objects.all()} == {0}


def without_part(world: World) -> None:
    """The whole day is for meetings, but for what agencies present."""
    world.day.sessions.filter(kind="meetings").delete()
    preparing.prepare(world.day.pk, told=Told(), by=None, at=days.now())


def test_a_day_that_ends_earlier_proposes_another_slot_for_what_it_leaves_out(world: World, team: Client, later: Any):
    without_part(world)
    world.wish(c0="iq", c1="bdc")
    world.publish()
    for name, slot in (("c0", world.plan.slots.last()), ("c1", world.plan.slots.get(starts=moment(11)))):
        Meeting.objects.filter(guest=world.guests[name]).update(slot=slot)
    before = world.held()
    later(move, world, starts=moment(9), ends=moment(12))
    assert world.held() == before
    board = team.get(world.team_url).content.decode()
    assert "Le programme a changé" in board
    assert "Atelier 0" in board[board.index("Le programme a changé") : board.index("L’horaire est publié")]
    changes = f"{world.team_url}changements/"
    change = Change.objects.get()
    assert (change.kind, len(change.moves), change.lost) == ("agenda", 1, [])
    assert team.post(changes, {"do": "accept", "change": change.pk}).status_code == 303
    assert all(row.slot.ends <= moment(12) for row in Meeting.objects.filter(state="held").select_related("slot"))
    assert "Le programme a changé" not in team.get(world.team_url).content.decode()


@pytest.mark.parametrize("part", ["iq", ""], ids=["an agency presents then", "hours of meetings are others"])
def test_an_agenda_that_is_edited_proposes_a_timetable_once_it_is_published(
    world: World, team: Client, later: Any, part: str
):
    world.wish(c0="iq", c1="iq bdc")
    world.publish()
    Meeting.objects.filter(guest=world.guests["c0"]).update(slot=world.plan.slots.get(number=2))
    Meeting.objects.filter(guest=world.guests["c1"], desk=world.desks["iq"]).update(slot=world.plan.slots.get(number=5))
    before = world.held()
    later(said_again, world, part, starts=time(10) if part else time(11), ends=time(11) if part else time(12))
    assert world.held() == before
    assert "Le programme a changé" in team.get(world.team_url).content.decode()
    changing.accept(Change.objects.get().pk, by=None, at=days.now())
    assert {number >= 3 for _, desk, number in world.held() if desk == "iq" or not part} == {True}
    assert {(name, desk) for name, desk, _ in world.held()} == {(name, desk) for name, desk, _ in before}


def test_an_agenda_that_is_edited_before_it_is_published_is_worked_out_again(world: World):
    world.wish(c0="iq")
    world.work_out()
    said_again(world, "iq", starts=time(10), ends=time(11))
    with pytest.raises(NotPossible, match="not-worked-out"):
        timetabling.publish(world.plan.pk, by=None, at=days.now())
    world.publish()
    assert {number >= 3 for *_, number in world.held()} == {True}


def test_a_desk_follows_its_agency_to_another_room_and_who_meets_there_is_told(world: World, client: Client):
    world.wish(c0="iq", c1="bdc")
    world.publish()
    notices.send_due(at=days.now())
    mail.outbox.clear()
    said_again(world, "iq", room="Salle du haut")
    assert "Salle du haut" in client.get(world.guest_url("c0")).content.decode()
    notices.send_due(at=days.now())
    assert {letter.to[0] for letter in mail.outbox} >= {"c0@example.org", "officer-iq@example.org"}
    assert not [
        letter for letter in mail.outbox if letter.to == ["c1@example.org"] and "horaire a changé" in letter.subject
    ]


def test_without_the_part_of_the_meetings_none_is_held_and_that_is_seen_first(world: World, team: Client, later: Any):
    world.wish(c0="iq", c1="bdc")
    world.publish()
    later(cancel_session, world.day.sessions.get(kind="meetings").pk, by=None, at=days.now())
    assert len(world.held()) == 2
    assert "Le programme a changé" in team.get(world.team_url).content.decode()
    assert len(Change.objects.get().lost) == 2


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


@pytest.mark.parametrize(("companies", "told"), [(12, True), (4, False)])
def test_the_report_of_a_day_tells_its_meetings_and_no_group_of_a_few(
    db: None,  # noqa: ARG001 - asked for by name, or no database is made
    monkeypatch: pytest.MonkeyPatch,
    companies: int,
    told: bool,  # noqa: FBT001 - a parameter of the test
):
    world = make_world(companies=companies)
    preparing.can(world.desks["rec"].pk, when=When(at_most=1))
    world.wish(**{**dict.fromkeys(world.guests, "iq"), "c0": "bdc rec", "c1": "rec"})
    world.publish()
    Registration.objects.filter(meeting_guest__in=[world.guests[f"c{n}"] for n in range(4)]).update(state="came")
    monkeypatch.setattr(days, "now", lambda: moment(17))
    team = Actor.TEAM.client()
    page = team.get(f"/equipe/journees/{world.day.slug}/bilan/").content.decode()
    assert "Rencontres individuelles" in page
    assert ("12 entreprises ont choisi" in page) is told
    assert ("Choix des entreprises" in page) is told
    assert ("Moins de cinq entreprises ont choisi" in page) is not told
    if told:
        assert "Bureaux à doubler la prochaine fois" in page
        assert re.search(r"Bureau iq</span><b>5<", page)
        assert re.search(r"Entreprises qui ont eu leur premier choix</span><b>7<", page)
        assert re.search(r"Entreprises sans rencontre</span><b>5<", page)
    assert "Entreprises attendues qui sont venues" not in page  # four of them
