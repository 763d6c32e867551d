"""On the day: what happened, the proposal that is seen first, freed slots, and nobody in two places."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from icalendar import Calendar

from alliage.core.meetings.replanning import replan
from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.hub.days.actions import registering
from alliage.hub.days.models import Registration
from alliage.hub.meetings.actions import changing, notices, preparing, timetabling
from alliage.hub.meetings.actions.changing import Happened
from alliage.hub.meetings.actions.preparing import NotPossible, When
from alliage.hub.meetings.models import Change, Meeting, Wish
from alliage.hub.ui import day as days
from tests.hub.meetings.conftest import World, moment
from tests.hub.people.actors import make_person
from tests.hub.things import make_day

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


def offered(team: Client, world: World) -> list[str]:
    """The companies to which the page offers freed slots, in its order."""
    page = team.get(f"{world.team_url}changements/").content.decode()
    numbers = {str(guest.pk): name for name, guest in world.guests.items()}
    return [numbers[found] for found in re.findall(r'name="guest" value="(\d+)"', page)]


def test_a_freed_slot_is_offered_to_the_nearest_and_given_once(
    world: World, team: Client, monkeypatch: pytest.MonkeyPatch
):
    """Two wait for the desk, and walk as far: the nearest is the one who has met somebody just before."""
    world.wish(c0="iq", c1="rec iq", c2="rec iq")
    world.publish()
    iq, rec, slot = world.desks["iq"], world.desks["rec"], {row.number: row for row in world.plan.slots.all()}
    Meeting.objects.all().delete()
    for name, desk, number in (("c0", iq, 3), ("c1", rec, 2), ("c2", rec, 0)):
        Meeting.objects.create(guest=world.guests[name], desk=desk, slot=slot[number], changed=days.now())
    at(monkeypatch, moment(8))
    change = propose(world, "guest-off", moment(9), guest=world.guests["c0"].pk)
    changing.accept(change.pk, by=None, at=days.now())
    assert offered(team, world) == ["c1", "c2"]
    give = {"desk": iq.pk, "slot": slot[3].pk, "by": None, "at": days.now()}
    changing.give(world.plan.pk, guest=world.guests["c1"].pk, **give)
    with pytest.raises(NotPossible, match="taken"):
        changing.give(world.plan.pk, guest=world.guests["c2"].pk, **give)
    assert ("c1", "iq", 3) in world.held()
    assert offered(team, world) == []


def test_a_desk_is_not_given_twice_to_the_same_company(published: World, monkeypatch: pytest.MonkeyPatch):
    at(monkeypatch, moment(8))
    free = min({0, 1, 2, 3, 4, 5} - {slot for _, desk, slot in published.held() if desk == "iq"})
    slot = published.plan.slots.get(number=free)
    ids = {"desk": published.desks["iq"].pk, "slot": slot.pk, "guest": published.guests["c0"].pk}
    with pytest.raises(NotPossible, match="taken"):
        changing.give(published.plan.pk, **ids, by=None, at=days.now())


def test_a_company_that_did_not_wish_a_desk_is_told_so(published: World, team: Client):
    slot = published.plan.slots.get(number=5)
    form = {"do": "give", "desk": published.desks["rec"].pk, "slot": slot.pk, "guest": published.guests["c0"].pk}
    page = team.post(f"{published.team_url}changements/", form).content.decode()
    assert "n’a pas demandé ce bureau" in page
    assert "plus libre pour les deux" not in page


def test_the_slot_that_a_moved_meeting_leaves_is_offered(world: World, team: Client, monkeypatch: pytest.MonkeyPatch):
    preparing.can(world.desks["iq"].pk, when=When(at_most=2))
    world.wish(c0="iq", c1="iq")
    world.publish()
    slot = {row.number: row for row in world.plan.slots.all()}
    Meeting.objects.filter(guest=world.guests["c1"]).delete()  # it waits
    Meeting.objects.filter(guest=world.guests["c0"]).update(slot=slot[0])
    at(monkeypatch, moment(8))
    change = propose(world, "guest-late", moment(10, 30), guest=world.guests["c0"].pk)
    assert change.moves
    changing.accept(change.pk, by=None, at=days.now())
    assert offered(team, world) == ["c1"]
    changing.give(
        world.plan.pk, desk=world.desks["iq"].pk, slot=slot[0].pk, guest=world.guests["c1"].pk, by=None, at=days.now()
    )
    assert ("c1", "iq", 0) in world.held()


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
    feed = team.get(f"{world.guest_url(gone)}agenda.ics").content  # it takes the meeting off
    assert [str(event["STATUS"]) for event in Calendar.from_ical(feed).walk("VEVENT")] == ["CANCELLED"]
    assert gone not in {guest for guest, _, _ in world.held()}
    notices.send_due(at=days.now())
    assert {letter.to[0] for letter in mail.outbox} == {"officer-iq@example.org"}
    assert "Cases libérées à offrir" in team.get(f"{world.team_url}changements/").content.decode()
    slot = world.plan.slots.get(number=number)
    changing.give(
        world.plan.pk, desk=world.desks["iq"].pk, slot=slot.pk, guest=world.guests[other].pk, by=None, at=days.now()
    )
    assert (other, "iq", number) in world.held()


@pytest.mark.parametrize("way", ["transfer", "erased"])
def test_whoever_stops_coming_frees_their_meetings_and_the_desk_is_told(
    world: World, team: Client, monkeypatch: pytest.MonkeyPatch, way: str
):
    preparing.can(world.desks["iq"].pk, when=When(at_most=1))
    world.wish(c0="iq", c1="iq", c2="bdc")
    world.publish()
    notices.send_due(at=days.now())
    mail.outbox.clear()
    at(monkeypatch, moment(8))
    ((gone, _, number),) = [one for one in world.held() if one[1] == "iq"]
    other = {"c0": "c1", "c1": "c0"}[gone]
    registration = world.guests[gone].registration
    if way == "transfer":
        there = make_day(slug="alma", starts=days.now() + timedelta(days=90))
        registering.transfer(registration.pk, to=there.slug, at=days.now())
    else:
        registration.person = make_person("c-gone@example.org")
        registration.save()
        registration.person.delete()
    assert not Meeting.objects.filter(guest=world.guests[gone].pk, state="held").exists()
    notices.send_due(at=days.now())
    assert {letter.to[0] for letter in mail.outbox if "horaire a changé" in letter.subject} == {
        "officer-iq@example.org"
    }
    assert offered(team, world) == [other]
    slot = world.plan.slots.get(number=number)
    changing.give(
        world.plan.pk, desk=world.desks["iq"].pk, slot=slot.pk, guest=world.guests[other].pk, by=None, at=days.now()
    )


def test_a_desk_is_told_in_the_transaction_of_who_leaves(published: World, monkeypatch: pytest.MonkeyPatch):
    def failing(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(changing, "_tell_desks", failing)
    ((name, *_),) = [one for one in published.held() if one[1] == "iq"][:1]
    registration = published.guests[name].registration
    with pytest.raises(RuntimeError):
        registering.withdraw(registration.pk, at=days.now())
    registration.refresh_from_db()
    assert registration.state == Registration.State.CONFIRMED


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


def test_a_proposal_is_stale_once_a_company_of_the_timetable_erased_itself(
    published: World, monkeypatch: pytest.MonkeyPatch
):
    at(monkeypatch, moment(8))
    change = propose(published, "slot-lost", moment(10), slot=published.plan.slots.get(number=0).pk)
    Registration.objects.filter(meeting_guest__meetings=change.moves[0][0]).delete()
    with pytest.raises(NotPossible, match="stale"):
        changing.accept(change.pk, by=None, at=days.now())


def test_a_proposal_is_accepted_without_a_meeting_that_is_not_there_any_more(
    published: World, monkeypatch: pytest.MonkeyPatch
):
    at(monkeypatch, moment(8))
    change = propose(published, "slot-lost", moment(10), slot=published.plan.slots.get(number=0).pk)
    moved = Meeting.objects.get(pk=change.moves[0][0])
    moved.delete()  # a revision that nobody counted
    changing.accept(change.pk, by=None, at=days.now())
    held = Meeting.objects.filter(state="held").values_list("pk", "slot__number")
    assert {pk: number for pk, number in change.moves[1:] if (pk, number) not in held} == {}
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


def test_a_company_that_is_late_for_all_its_hours_loses_its_meetings_in_words(
    world: World, team: Client, monkeypatch: pytest.MonkeyPatch
):
    early = When(not_after=time(11))
    preparing.wish(world.guests["c0"].pk, desks=[world.desks["iq"].pk], when=early, at=days.now())
    world.publish()
    at(monkeypatch, moment(8))
    url, who = f"{world.team_url}changements/", f"guest-{world.guests['c0'].pk}"
    form = {"do": "propose", "who": who, "what": "late", "at": "11 h 30"}
    assert team.post(url, form).status_code == 303
    assert len(Change.objects.get().lost) == 1


def test_what_cannot_be_worked_out_is_said_in_words(published: World, team: Client, monkeypatch: pytest.MonkeyPatch):
    def failing(*_: object, **__: object) -> None:
        raise AlliageError([Problem("meetings-failed", "meetings")])

    monkeypatch.setattr(changing, "replan", failing)
    form = {"do": "propose", "who": f"desk-{published.desks['iq'].pk}", "what": "off", "at": "11 h"}
    response = team.post(f"{published.team_url}changements/", form)
    assert response.status_code == 422
    assert "Le calcul a échoué" in response.content.decode()


def test_a_proposal_that_waited_too_long_sends_nobody_to_a_slot_that_begins(
    world: World, team: Client, monkeypatch: pytest.MonkeyPatch
):
    world.wish(c0="iq")
    world.publish()
    Meeting.objects.update(slot=world.plan.slots.get(number=1))
    at(monkeypatch, moment(9))
    change = propose(world, "guest-late", moment(10, 30), guest=world.guests["c0"].pk)
    ((_, number),) = change.moves
    taken = world.plan.slots.get(number=number)
    at(monkeypatch, taken.starts - timedelta(minutes=29))
    before = world.held()
    url = f"{world.team_url}changements/"
    response = team.post(url, {"do": "accept", "change": change.pk})
    assert "dans moins de 30 minutes" in response.content.decode()
    assert world.held() == before
    world.guests["c0"].refresh_from_db()
    assert world.guests["c0"].late_until is None
    at(monkeypatch, taken.starts - timedelta(minutes=30))
    changing.accept(change.pk, by=None, at=days.now())
    assert world.held() == {("c0", "iq", number)}


def test_a_desk_that_closes_now_closes_however_soon_its_next_meeting_is(
    published: World, monkeypatch: pytest.MonkeyPatch
):
    at(monkeypatch, moment(10, 15))
    change = propose(published, "desk-off", moment(10, 15), desk=published.desks["iq"].pk)
    changing.accept(change.pk, by=None, at=moment(10, 18))
    assert {slot for _, desk, slot in published.held() if desk == "iq"} <= {0}


def test_a_slot_that_begins_is_offered_and_given_to_nobody(
    published: World, team: Client, monkeypatch: pytest.MonkeyPatch
):
    at(monkeypatch, moment(8))
    (name, _, number), *_ = sorted(one for one in published.held() if one[1] == "rec")
    Meeting.objects.filter(guest=published.guests["c0"]).exclude(desk=published.desks["iq"]).delete()
    Wish.objects.create(guest=published.guests["c0"], desk=published.desks["rec"], rank=7)
    change = propose(published, "guest-off", moment(9), guest=published.guests[name].pk)
    changing.accept(change.pk, by=None, at=days.now())
    slot = published.plan.slots.get(number=number)
    at(monkeypatch, slot.starts - timedelta(minutes=29))
    page = team.get(f"{published.team_url}changements/").content.decode()
    assert f'name="slot" value="{slot.pk}"' not in page
    ids = {"desk": published.desks["rec"].pk, "slot": slot.pk, "guest": published.guests["c0"].pk}
    with pytest.raises(NotPossible, match="too-late"):
        changing.give(published.plan.pk, **ids, by=None, at=days.now())
