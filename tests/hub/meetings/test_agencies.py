"""An agency that does not come: its meetings are not kept in silence, and companies are told the truth at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alliage.hub.days.actions.organising import cancel_session
from alliage.hub.meetings.actions import changing, notices, preparing, timetabling
from alliage.hub.meetings.actions.changing import Happened
from alliage.hub.meetings.actions.preparing import NotPossible, Told, When
from alliage.hub.meetings.models import Change, Meeting, Wish
from alliage.hub.ui import day as days
from tests.hub.meetings.conftest import World, moment

pytestmark = pytest.mark.django_db
GONE = "Cet organisme ne vient plus"
BEST = "comble le mieux possible"


@pytest.fixture
def published(world: World) -> World:
    world.wish(c0="iq bdc", c1="iq rec", c2="bdc iq", c3="rec iq bdc")
    world.publish()
    notices.send_due(at=days.now())
    mail.outbox.clear()
    return world


@pytest.fixture
def leaves(django_capture_on_commit_callbacks: Any) -> Any:
    """An agency takes its part off, and what follows is done."""

    def leave(world: World, slug: str) -> None:
        session = world.day.sessions.get(kind="agency", organisation__slug=slug)
        with django_capture_on_commit_callbacks(execute=True):
            cancel_session(session.pk, by=None, at=days.now())

    return leave


def test_the_team_has_a_proposal_on_top_of_its_board_and_companies_are_told_at_once(
    published: World, team: Client, client: Client, leaves: Any
):
    before = published.held()
    leaves(published, "iq")
    change = Change.objects.get()
    assert (change.kind, change.state) == ("agenda", "proposed")
    assert len(change.lost) == 4
    assert published.held() == before
    board = team.get(published.team_url).content.decode()
    assert board.index(GONE) < board.index("L’horaire est publié")
    assert f"{published.team_url}changements/" in board
    assert GONE in client.get(published.guest_url("c0")).content.decode()
    assert "Ce bureau est fermé" in client.get(published.desk_url("iq")).content.decode()
    team.post(f"{published.team_url}changements/", {"do": "accept", "change": change.pk})
    assert published.held() == {one for one in before if one[1] != "iq"}
    assert GONE not in team.get(published.team_url).content.decode()
    page = client.get(published.guest_url("c0")).content.decode()
    assert "Ce bureau ne vient pas." in page
    assert "aucune case libre" not in page
    assert BEST not in page  # nothing is proved of the timetable as it now is
    assert "c0@example.org" in {letter.to[0] for letter in mail.outbox}


def test_no_slot_of_an_agency_that_does_not_come_is_given(published: World, leaves: Any):
    Meeting.objects.filter(guest=published.guests["c0"], desk=published.desks["iq"]).delete()
    leaves(published, "iq")
    free = {0, 1, 2, 3, 4, 5} - {slot for _, desk, slot in published.held() if desk == "iq"}
    for number in free:
        slot = published.plan.slots.get(number=number)
        ids = {"desk": published.desks["iq"].pk, "slot": slot.pk, "guest": published.guests["c0"].pk}
        with pytest.raises(NotPossible, match="taken"):
            changing.give(published.plan.pk, **ids, by=None, at=days.now())


def test_a_proposal_that_waits_is_not_dropped_for_another_and_the_page_offers_the_next(
    published: World, team: Client, leaves: Any
):
    off = Happened("guest-off", moment(9), guest=published.guests["c0"].pk)
    first = changing.propose(published.plan.pk, off, by=None, at=days.now())
    leaves(published, "rec")
    assert list(Change.objects.all()) == [first]
    url = f"{published.team_url}changements/"
    assert "refaites la proposition" in team.get(url).content.decode()
    team.post(url, {"do": "drop", "change": first.pk})
    assert GONE in team.get(url).content.decode()
    team.post(url, {"do": "agenda"})
    lost = Meeting.objects.filter(pk__in=Change.objects.get(state="proposed").lost)
    assert {one.desk for one in lost} == {published.desks["rec"]}


def test_an_agency_that_leaves_in_the_day_takes_back_no_meeting_that_was_held(
    world: World, team: Client, client: Client, leaves: Any, monkeypatch: pytest.MonkeyPatch
):
    world.wish(c0="iq", c1="iq", c2="iq", c3="iq")
    world.publish()
    slot = {row.number: row for row in world.plan.slots.all()}
    Meeting.objects.update(state="off")
    for number, meeting in zip((0, 2, 3, 5), Meeting.objects.all(), strict=True):
        Meeting.objects.filter(pk=meeting.pk).update(slot=slot[number], state="held")
    monkeypatch.setattr(days, "now", lambda: moment(11, 18))
    leaves(world, "iq")
    names = {number: name for name, _, number in world.held()}
    assert GONE not in client.get(world.guest_url(names[0])).content.decode()
    assert GONE in client.get(world.guest_url(names[5])).content.decode()
    assert "1 rencontre est encore à l’horaire" in team.get(world.team_url).content.decode()
    change = Change.objects.get()
    assert (len(change.lost), change.moves) == (1, [])
    changing.accept(change.pk, by=None, at=days.now())
    assert {number for _, _, number in world.held()} == {0, 2, 3}
    board = team.get(world.team_url).content.decode()
    assert GONE not in board
    assert "fermé à partir de 11" in board
    assert "est fermé à partir de 11" in client.get(world.desk_url("iq")).content.decode()
    assert "Ce bureau ne vient pas" not in client.get(world.guest_url(names[5])).content.decode()


def test_an_agency_that_keeps_another_part_keeps_its_meetings(published: World, client: Client):
    session = published.day.sessions.get(kind="agency", organisation__slug="iq")
    session.pk, session._state.adding = None, True
    session.starts, session.ends = moment(14), moment(15)
    session.save()
    first = published.day.sessions.filter(kind="agency", organisation__slug="iq").earliest("starts")
    cancel_session(first.pk, by=None, at=days.now())
    assert not Change.objects.exists()
    assert GONE not in client.get(published.guest_url("c0")).content.decode()


def test_before_it_is_published_nobody_is_placed_with_an_agency_that_does_not_come(
    world: World, client: Client, leaves: Any
):
    world.wish(c0="iq bdc", c1="iq")
    world.work_out()
    leaves(world, "iq")
    with pytest.raises(NotPossible, match="not-worked-out"):
        timetabling.publish(world.plan.pk, by=None, at=days.now())
    page = client.get(world.guest_url("c0")).content.decode()
    assert "cet organisme ne vient plus" in page
    assert f'value="add-{world.desks["iq"].pk}"' not in page
    world.publish()
    assert {desk for _, desk, _ in world.held()} == {"bdc"}


def test_a_desk_that_closes_in_the_day_says_from_when(world: World, client: Client, monkeypatch: pytest.MonkeyPatch):
    late = When(not_before=moment(11).time())
    preparing.wish(world.guests["c0"].pk, desks=[world.desks["iq"].pk], when=late, at=days.now())
    world.publish()
    monkeypatch.setattr(days, "now", lambda: moment(8))
    off = Happened("desk-off", moment(11), desk=world.desks["iq"].pk)
    change = changing.propose(world.plan.pk, off, by=None, at=days.now())
    changing.accept(change.pk, by=None, at=days.now())
    page = client.get(world.guest_url("c0")).content.decode()
    assert "Ce bureau est fermé à partir de 11\u00a0h\u00a000." in page
    assert "jamais libres en même temps" not in page


def test_who_asks_after_publication_reads_why_they_have_nothing(published: World, client: Client):
    Wish.objects.filter(guest=published.guests["c0"]).delete()
    Meeting.objects.filter(guest=published.guests["c0"]).delete()
    page = client.get(published.guest_url("c0")).content.decode()
    assert "Voici pourquoi" not in page
    assert "Nous n’avions aucun choix de vous" in page


def test_the_best_timetable_is_told_while_it_is_proved(published: World, client: Client):
    guest = published.guests["c3"]
    guest.misses = [{"desk": published.desks["bdc"].pk, "rank": 2, "reason": "own-limit", "taken": 2,
                               "most": 2, "less": 0, "fair": 0}]  # fmt: skip
    guest.save()
    assert BEST in client.get(published.guest_url("c3")).content.decode()
    type(published.plan).objects.update(proof={})
    assert BEST not in client.get(published.guest_url("c3")).content.decode()


def test_making_the_slots_again_says_how_many_wishes_would_go_and_asks(world: World, team: Client):
    world.wish(c0="iq bdc", c1="iq")
    world.day.sessions.filter(kind="agency", organisation__slug="iq").delete()
    settings = {"do": "prepare", "minutes": "17", "change": "3", "in_a_row": "5", "walk": "3"}
    refused = team.post(world.team_url, settings)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "2 choix d’entreprises seraient effacés" in page
    assert '<input type="hidden" name="losing" value="2">' in page
    assert Wish.objects.count() == 3
    world.wish(c2="iq")  # meanwhile: it was not told
    assert team.post(world.team_url, {**settings, "losing": "2"}).status_code == 422
    assert Wish.objects.count() == 4
    assert team.post(world.team_url, {**settings, "losing": "3"}).status_code == 303
    assert Wish.objects.count() == 1
    preparing.prepare(world.day.pk, told=Told(), by=None, at=days.now())  # nothing more goes: nothing is asked
