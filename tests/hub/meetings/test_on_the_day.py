"""On the day: what happened, the proposal that is seen first, freed slots, and nobody in two places."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from icalendar import Calendar

from alliage.core.meetings.replanning import replan
from alliage.hub.days.actions import registering
from alliage.hub.days.models import Registration
from alliage.hub.meetings.actions import changing, notices, preparing, timetabling
from alliage.hub.meetings.actions.changing import Happened
from alliage.hub.meetings.actions.preparing import NotPossible, When
from alliage.hub.meetings.models import Change, Meeting
from alliage.hub.ui import day as days
from tests.hub.meetings.conftest import World, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(world: World) -> World:
    world.wish(c0="iq bdc", c1="iq rec", c2="bdc iq", c3="rec iq bdc")
    world.publish()
    notices.send_due(at=days.now())
    mail.outbox.clear()
    return world


def at(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """It is that moment."""
    monkeypatch.setattr(days, "now", lambda: now)


def propose(world: World, kind: str, since: datetime, **who: int) -> Change:
    return changing.propose(world.plan.pk, Happened(kind, since, **who), by=None, at=days.now())


def test_a_proposal_changes_nothing_until_it_is_accepted(published: World, monkeypatch: pytest.MonkeyPatch):
    at(monkeypatch, moment(8))
    before = published.held()
    change = propose(published, "desk-off", moment(10), desk=published.desks["iq"].pk)
    assert published.held() == before
    published.desks["iq"].refresh_from_db()
    assert published.desks["iq"].off_since is None
    assert len(change.lost) == 4
    changing.accept(change.pk, by=None, at=days.now())
    assert {desk for _, desk, _ in published.held()} == {"bdc", "rec"}
    assert published.held() == {one for one in before if one[1] != "iq"}


def test_everyone_concerned_is_told_and_nobody_else(published: World, monkeypatch: pytest.MonkeyPatch):
    at(monkeypatch, moment(8))
    concerned = {f"{name}@example.org" for name, desk, _ in published.held() if desk == "rec"}
    change = propose(published, "desk-off", moment(10), desk=published.desks["rec"].pk)
    changing.accept(change.pk, by=None, at=days.now())
    notices.send_due(at=days.now())
    assert {letter.to[0] for letter in mail.outbox} == concerned
    events = Calendar.from_ical(mail.outbox[0].attachments[0][1]).walk("VEVENT")
    off = [event for event in events if event["STATUS"] == "CANCELLED"]
    assert [int(event["SEQUENCE"]) for event in off] == [1]


def test_a_late_company_meets_later_and_what_starts_soon_stays(published: World, monkeypatch: pytest.MonkeyPatch):
    at(monkeypatch, moment(10, 5))
    first = min(published.held(), key=lambda one: one[2])
    change = propose(published, "guest-late", moment(10, 45), guest=published.guests[first[0]].pk)
    changing.accept(change.pk, by=None, at=days.now())
    moved = {one for one in published.held() if one[0] == first[0]}
    assert all(slot >= 3 for _, _, slot in moved)
    changed = Meeting.objects.filter(sequence__gt=0, state="held").select_related("slot")
    assert all(row.slot.starts >= moment(10, 35) for row in changed)


def test_the_page_shows_each_change_before_it_is_accepted(
    published: World, team: Client, monkeypatch: pytest.MonkeyPatch
):
    at(monkeypatch, moment(8))
    url = f"{published.team_url}changements/"
    who = f"guest-{published.guests['c0'].pk}"
    assert team.post(url, {"do": "propose", "who": who, "what": "off", "at": "9 h"}).status_code == 303
    page = team.get(url).content.decode()
    assert "Une entreprise ne vient pas" in page
    assert "Accepter et prévenir" in page
    change = Change.objects.get()
    assert team.post(url, {"do": "accept", "change": change.pk}).status_code == 303
    assert "Changements acceptés" in team.get(url).content.decode()
    assert mail.outbox


def test_a_freed_slot_is_not_given_to_who_meets_the_desk_already(
    published: World, team: Client, monkeypatch: pytest.MonkeyPatch
):
    at(monkeypatch, moment(8))
    url = f"{published.team_url}changements/"
    change = propose(published, "guest-off", moment(9), guest=published.guests["c0"].pk)
    changing.accept(change.pk, by=None, at=days.now())
    free = Meeting.objects.filter(state="off").select_related("slot").first()
    assert free is not None
    row = changing.give  # what the button calls
    other = Meeting.objects.exclude(guest=published.guests["c0"]).filter(desk=free.desk).first()
    assert other is not None
    with pytest.raises(NotPossible, match="taken"):  # who meets the desk already cannot have it again
        row(published.plan.pk, desk=free.desk_id, slot=free.slot_id, guest=other.guest_id, by=None, at=days.now())
    assert team.get(url).status_code == 200


def test_who_got_nothing_may_take_a_freed_slot(world: World, team: Client, monkeypatch: pytest.MonkeyPatch):
    preparing.can(world.desks["iq"].pk, when=When(at_most=1))
    world.wish(c0="iq", c1="iq")
    world.publish()
    at(monkeypatch, moment(8))
    ((name, _, _),) = world.held()
    other = {"c0": "c1", "c1": "c0"}[name]
    url = f"{world.team_url}changements/"
    team.post(url, {"do": "propose", "who": f"guest-{world.guests[name].pk}", "what": "off", "at": ""})
    team.post(url, {"do": "accept", "change": Change.objects.get().pk})
    assert world.held() == set()
    page = team.get(url).content.decode()
    assert "Cases libérées à offrir" in page
    slot = Meeting.objects.get(state="off").slot
    form = {"do": "give", "desk": world.desks["iq"].pk, "slot": slot.pk, "guest": world.guests[other].pk}
    assert team.post(url, form).status_code == 303
    assert {guest for guest, _, _ in world.held()} == {other}
    again = team.post(url, form)
    assert again.status_code == 422
    assert "n’est plus libre" in again.content.decode()


def test_who_gives_up_their_seat_frees_their_meetings_and_the_desk_is_told(
    world: World, team: Client, monkeypatch: pytest.MonkeyPatch
):
    preparing.can(world.desks["iq"].pk, when=When(at_most=1))
    world.wish(c0="iq", c1="iq", c2="bdc")
    world.publish()
    notices.send_due(at=days.now())
    mail.outbox.clear()
    at(monkeypatch, moment(8))
    ((gone, _, number),) = [one for one in world.held() if one[1] == "iq"]
    other = {"c0": "c1", "c1": "c0"}[gone]
    registering.withdraw(world.guests[gone].registration_id, at=days.now())
    assert gone not in {guest for guest, _, _ in world.held()}
    notices.send_due(at=days.now())
    assert {letter.to[0] for letter in mail.outbox} == {"officer-iq@example.org"}
    assert "Cases libérées à offrir" in team.get(f"{world.team_url}changements/").content.decode()
    slot = world.plan.slots.get(number=number)
    changing.give(
        world.plan.pk, desk=world.desks["iq"].pk, slot=slot.pk, guest=world.guests[other].pk, by=None, at=days.now()
    )
    assert (other, "iq", number) in world.held()


def test_a_meeting_kept_by_who_does_not_come_blocks_no_other_slot(world: World, monkeypatch: pytest.MonkeyPatch):
    preparing.can(world.desks["iq"].pk, when=When(at_most=1))
    world.wish(c0="iq", c1="iq", c2="bdc")
    world.publish()
    at(monkeypatch, moment(8))
    ((first, _, number),) = [one for one in world.held() if one[1] == "iq"]
    other = {"c0": "c1", "c1": "c0"}[first]
    change = propose(world, "guest-off", moment(9), guest=world.guests[first].pk)
    changing.accept(change.pk, by=None, at=days.now())
    Registration.objects.filter(meeting_guest=world.guests["c2"]).update(state="cancelled", seat=None)  # as kept before
    slot = world.plan.slots.get(number=number)
    changing.give(
        world.plan.pk, desk=world.desks["iq"].pk, slot=slot.pk, guest=world.guests[other].pk, by=None, at=days.now()
    )
    assert (other, "iq", number) in world.held()


def test_a_timetable_worked_out_before_somebody_withdrew_is_not_published(world: World):
    world.wish(c0="iq", c1="iq")
    world.work_out()
    registering.withdraw(world.guests["c0"].registration_id, at=days.now())
    with pytest.raises(NotPossible, match="not-worked-out"):
        timetabling.publish(world.plan.pk, by=None, at=days.now())


def test_a_newer_proposal_takes_the_place_of_the_one_before_and_is_accepted_once(published: World):
    first = propose(published, "desk-off", moment(11), desk=published.desks["iq"].pk)
    second = propose(published, "desk-off", moment(11), desk=published.desks["bdc"].pk)
    with pytest.raises(NotPossible, match="decided"):  # the newer one took its place
        changing.accept(first.pk, by=None, at=days.now())
    changing.accept(second.pk, by=None, at=days.now())
    with pytest.raises(NotPossible, match="decided"):
        changing.accept(second.pk, by=None, at=days.now())


def test_a_proposal_made_before_another_change_is_stale(published: World):
    change = propose(published, "desk-off", moment(11), desk=published.desks["iq"].pk)
    published.plan.__class__.objects.filter(pk=published.plan.pk).update(revision=99)
    with pytest.raises(NotPossible, match="stale"):
        changing.accept(change.pk, by=None, at=days.now())


def test_a_proposal_is_accepted_without_the_company_that_erased_itself_meanwhile(
    published: World, monkeypatch: pytest.MonkeyPatch
):
    at(monkeypatch, moment(8))
    change = propose(published, "slot-lost", moment(10), slot=published.plan.slots.get(number=0).pk)
    moved = Meeting.objects.get(pk=change.moves[0][0])
    Registration.objects.filter(pk=moved.guest.registration_id).delete()
    changing.accept(change.pk, by=None, at=days.now())
    assert not Meeting.objects.filter(guest=moved.guest_id).exists()
    held = Meeting.objects.filter(state="held").values_list("pk", "slot__number")
    assert {pk: number for pk, number in change.moves if pk != moved.pk and (pk, number) not in held} == {}
    assert 0 not in {number for _, number in held}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_held_while_a_proposal_is_worked_out(published: World, monkeypatch: pytest.MonkeyPatch):
    found = []

    def watched(*given: Any, **said: Any) -> Any:
        found.append(connection.in_atomic_block)
        return replan(*given, **said)

    monkeypatch.setattr(changing, "replan", watched)
    propose(published, "desk-off", moment(11), desk=published.desks["iq"].pk)
    assert found == [False]


def test_a_timetable_that_changes_while_a_proposal_is_worked_out_makes_it_stale(
    published: World, monkeypatch: pytest.MonkeyPatch
):
    def slow(*given: Any, **said: Any) -> Any:
        registering.withdraw(published.guests["c0"].registration_id, at=days.now())
        return replan(*given, **said)

    monkeypatch.setattr(changing, "replan", slow)
    with pytest.raises(NotPossible, match="stale"):
        propose(published, "desk-off", moment(11), desk=published.desks["iq"].pk)
    assert not Change.objects.exists()


def test_a_proposal_may_be_dropped(published: World, team: Client):
    before = published.held()
    change = propose(published, "desk-off", moment(9), desk=published.desks["iq"].pk)
    team.post(f"{published.team_url}changements/", {"do": "drop", "change": change.pk})
    change.refresh_from_db()
    assert change.state == "dropped"
    assert published.held() == before


def test_a_slot_that_is_lost_moves_its_meetings(published: World, monkeypatch: pytest.MonkeyPatch):
    at(monkeypatch, moment(8))
    slot = published.plan.slots.get(number=1)
    change = propose(published, "slot-lost", slot.starts, slot=slot.pk)
    changing.accept(change.pk, by=None, at=days.now())
    assert all(number != 1 for _, _, number in published.held())


def test_after_the_day_nothing_moves_any_more(published: World, monkeypatch: pytest.MonkeyPatch):
    at(monkeypatch, moment(12) + timedelta(days=1))
    change = propose(published, "guest-late", moment(10, 30), guest=published.guests["c0"].pk)
    assert change.moves == []


@pytest.mark.parametrize(
    "typed",
    [
        {"do": "propose"},
        {"do": "propose", "who": "guest-999999", "what": "off"},
        {"do": "propose", "who": "desk-1x", "what": "off"},
        {"do": "propose", "who": "slot-1", "what": "late", "at": "10 h"},
        {"do": "accept", "change": "999999"},
        {"do": "give", "desk": "1"},
        {"do": "nothing"},
    ],
)
def test_a_form_that_makes_no_sense_is_refused_in_words(published: World, team: Client, typed: dict[str, str]):
    response = team.post(f"{published.team_url}changements/", typed)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_nothing_is_proposed_before_the_timetable_is_published(world: World):
    with pytest.raises(NotPossible, match="not-published"):
        propose(world, "desk-off", moment(9), desk=world.desks["iq"].pk)


def test_a_day_of_other_people_opens_nothing_here(published: World):
    with pytest.raises(NotPossible, match="who"):
        propose(published, "guest-off", moment(9), guest=999_999)
