"""Checking in: without a network and then all at once, in any order, as often as one likes."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from django.test import Client

from alliage.hub.days.actions import checking_in, registering
from alliage.hub.days.actions.checking_in import Scan, Shut
from alliage.hub.days.actions.closing import close_day
from alliage.hub.days.models import Attendance, Day, Door, Registration
from alliage.hub.ui import day as days
from tests.hub.days.conftest import Comes
from tests.hub.people.actors import shown

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def opened(coming: Day, monkeypatch: pytest.MonkeyPatch) -> tuple[Door, str, datetime]:
    """A door, its secret, and the moment when the day begins, which is now."""
    now = coming.starts
    monkeypatch.setattr(days, "now", lambda: now)
    door, token = checking_in.make_door(coming.pk, label="Porte", by=None, at=now)
    return door, token, now


def test_what_is_sent_twice_is_kept_once_and_answered_the_same(comes: Comes, opened: Any) -> None:
    door, _, now = opened
    mine = comes("a", at=now - timedelta(days=3))
    scan = Scan("s1", now, "badge", code=mine.code)
    first = checking_in.take(door, [scan], at=now)
    again = checking_in.take(door, [scan, scan], at=now + MINUTE)
    assert [one.state for one in (*first, *again)] == ["in"] * 3
    assert Attendance.objects.count() == 1
    mine.refresh_from_db()
    assert (mine.state, mine.came) == ("came", now)


def test_a_second_check_in_is_kept_and_said_kindly(comes: Comes, opened: Any) -> None:
    door, _, now = opened
    mine = comes("a", at=now - timedelta(days=3))
    checking_in.take(door, [Scan("s1", now, "badge", code=mine.code)], at=now)
    (seen,) = checking_in.take(door, [Scan("s2", now + MINUTE, "name", registration=mine.pk)], at=now + MINUTE)
    assert (seen.state, seen.since) == ("again", now)
    assert Attendance.objects.count() == 2, "nothing is lost"
    mine.refresh_from_db()
    assert mine.came == now, "the first one counts"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_phones_that_come_back_in_any_order_give_the_same_day(
    comes: Comes, opened: Any, order: tuple[int, ...]
) -> None:
    door, _, now = opened
    mine = comes("a", at=now - timedelta(days=3))
    phones = [
        [Scan(f"{name}", now + number * MINUTE, "badge", code=mine.code)] for number, name in enumerate(("p", "q", "r"))
    ]
    later = now + timedelta(hours=1)
    for at in order:
        checking_in.take(door, phones[at], at=later)
    mine.refresh_from_db()
    assert mine.came == now
    assert Attendance.objects.filter(registration=mine).count() == 3


def test_a_phone_whose_clock_is_wrong_gives_a_time_that_can_be(comes: Comes, opened: Any) -> None:
    door, _, now = opened
    mine = comes("a", at=now - timedelta(days=3))
    checking_in.take(door, [Scan("s1", now + timedelta(days=900), "badge", code=mine.code)], at=now)
    mine.refresh_from_db()
    assert mine.came == now


def test_who_waits_or_was_not_registered_may_be_let_in_and_is_counted(comes: Comes, opened: Any, coming: Day) -> None:
    door, _, now = opened
    waiting = [comes(name, at=now - timedelta(days=3)) for name in "abc"][2]
    checking_in.take(
        door,
        [Scan("s1", now, "name", registration=waiting.pk), Scan("s2", now, "at-door", name="Zoé", company="X")],
        at=now,
    )
    came = coming.registrations.filter(state="came")
    assert {one.name for one in came} == {"C", "Zoé"}
    assert all(one.seat is None for one in came), "nobody loses their seat to them"


def test_a_wrong_name_is_undone_and_each_stands_again_where_they_stood(
    comes: Comes, opened: Any, team: Client, coming: Day
) -> None:
    door, _, now = opened
    first, gone, waits, later = (comes(name, at=now - timedelta(days=3)) for name in "abcd")
    registering.withdraw(gone.pk, at=now - timedelta(hours=2))
    people = [first, gone, waits, later]
    stood = list(coming.registrations.order_by("pk").values_list("state", "seat", "offer_ends"))
    assert [state for state, *_ in stood] == ["confirmed", "cancelled", "offered", "waiting"]
    for again in ("", "-again"):
        scans = [Scan(f"{one.pk}{again}", now, "name", registration=one.pk) for one in people]
        checking_in.take(door, scans, at=now)
    checking_in.take(door, [Scan("walk", now, "at-door", name="Zoé")], at=now)
    for one in coming.registrations.all():
        team.post("/equipe/journees/saguenay/personnes/", {"do": "undo", "person": one.pk})
    now_ = list(coming.registrations.order_by("pk").values_list("state", "seat", "offer_ends", "came"))
    assert now_ == [(*row, None) for row in stood], "and who never registered is nowhere"


def test_once_the_day_is_done_nobody_waits_again(comes: Comes, opened: Any, coming: Day) -> None:
    door, _, now = opened
    waits = [comes(name, at=now - timedelta(days=3)) for name in "abc"][2]
    checking_in.take(door, [Scan("s", now, "name", registration=waits.pk)], at=now)
    close_day(coming.pk, by=None, at=coming.ends)
    checking_in.undo(coming.pk, waits.pk, by=None, at=coming.ends)
    waits.refresh_from_db()
    assert waits.state == "cancelled"


def test_the_first_badge_of_who_gave_up_and_registered_again_lets_them_in(comes: Comes, opened: Any) -> None:
    door, _, now = opened
    old = comes("a", at=now - timedelta(days=3))
    registering.withdraw(old.pk, at=now - timedelta(days=2))
    mine, other = (comes(name, at=now - timedelta(days=1)) for name in "ab")
    scans = [Scan("s1", now, "badge", code=old.code), Scan("s2", now, "badge", code=other.code)]
    seen = checking_in.take(door, scans, at=now)
    assert [(one.state, one.registration) for one in seen] == [("in", mine.pk), ("in", other.pk)]
    old.refresh_from_db()
    assert old.state == "cancelled"


def test_a_line_that_the_tables_refuse_is_unknown_and_holds_back_no_other(
    comes: Comes, opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, _, now = opened
    mine = comes("a", at=now - timedelta(days=3))
    comes("b", at=now - timedelta(days=3))
    monkeypatch.setattr(checking_in, "new_code", lambda: mine.code)  # a walk-in with the badge of another
    scans = [Scan("s1", now, "at-door", name="Zoé"), Scan("s2", now, "badge", code=mine.code)]
    assert [one.state for one in checking_in.take(door, scans, at=now)] == ["unknown", "in"]


def test_a_door_opens_around_its_day_only_and_until_it_is_taken_back(coming: Day, team: Client) -> None:
    answer = team.post("/equipe/journees/saguenay/accueil/", {"do": "make", "label": "Porte"})
    (door,) = Door.objects.all()
    assert door.token not in answer.content.decode(), "a fingerprint is kept, the link is shown once"
    for moment, opens in (
        (coming.starts - timedelta(days=3), False),
        (coming.starts - timedelta(days=1), True),
        (coming.ends + timedelta(hours=23), True),
        (coming.ends + timedelta(hours=25), False),
    ):
        if opens:
            checking_in.check_open(door, at=moment)
        else:
            with pytest.raises(Shut):
                checking_in.check_open(door, at=moment)
    team.post("/equipe/journees/saguenay/accueil/", {"do": "revoke", "door": door.pk})
    door.refresh_from_db()
    with pytest.raises(Shut):
        checking_in.check_open(door, at=coming.starts)


# --------------------------------------------------------------------------------------------------- the pages


def test_the_phone_gets_the_list_without_e_mails_or_needs_and_sends_what_it_saw(
    client: Client, comes: Comes, opened: Any
) -> None:
    _, token, now = opened
    mine = comes("a", at=now - timedelta(days=3), access="Rampe")
    address = f"/journees/accueil/donnees/{token}/"
    text = client.get(address).content.decode()
    assert mine.code in text
    assert "example.org" not in text
    assert "Rampe" not in text
    scans = [{"scan": "s1", "at": now.isoformat(), "how": "badge", "code": mine.code.lower()}]
    answer = client.post(address, json.dumps({"scans": scans}), "application/json").json()
    assert answer["seen"][0]["words"] == "Bienvenue, A."
    assert answer["counts"] == {"came": 1, "expected": 1}


@pytest.mark.parametrize("sent", ["", "nothing", "[]", "{}", '{"scans": 3}', '{"scans": "abc"}', "[" * 5000])
def test_what_is_not_a_sending_is_refused_and_breaks_nothing(client: Client, opened: Any, sent: str) -> None:
    answer = client.post(f"/journees/accueil/donnees/{opened[1]}/", sent, "application/json")
    assert answer.status_code == 422
    assert not Attendance.objects.exists()


def test_without_javascript_a_name_or_a_code_is_a_form(client: Client, comes: Comes, opened: Any) -> None:
    _, token, now = opened
    mine, other = (comes(name, at=now - timedelta(days=3)) for name in "ab")
    page = f"/journees/accueil/lien/{token}/"
    assert client.get(page).headers["Permissions-Policy"].startswith("browsing-topics=(), camera=(self)")
    assert "Bienvenue, A." in shown(client.post(page, {"person": mine.pk, "csrfmiddlewaretoken": "k1"}))
    assert "est déjà là" in shown(client.post(page, {"code": mine.code, "csrfmiddlewaretoken": "k2"}))
    assert "Bienvenue, B." in shown(client.post(page, {"code": other.code, "csrfmiddlewaretoken": "k3"}))
    assert client.post(page, {"code": "XXXX", "csrfmiddlewaretoken": "k4"}).status_code == 422
    assert "Bienvenue, Zoé." in shown(client.post(page, {"walk_in": "Zoé", "csrfmiddlewaretoken": "k5"}))
    assert Registration.objects.filter(state="came").count() == 3


@pytest.mark.usefixtures("coming")
def test_a_shut_door_says_it_and_gives_nothing(client: Client) -> None:
    assert client.get("/journees/accueil/lien/nothing/").status_code == 410
    assert client.get("/journees/accueil/donnees/nothing/").json() == {"error": "door-shut"}


def test_the_worker_is_served_beside_the_page_it_speaks_for(client: Client) -> None:
    answer = client.get("/journees/accueil/travail.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert b"addEventListener" in answer.content


def test_without_javascript_a_page_sent_again_with_another_code_or_name_is_another_scan(
    client: Client, comes: Comes, opened: Any, coming: Day
) -> None:
    _, token, now = opened
    codes = [comes(name, at=now - timedelta(days=3)).code for name in "ab"]
    typed = [{"code": code} for code in codes] + [{"walk_in": name} for name in ("Zoé", "Léo")]
    for form in [*typed, *typed]:  # each page goes back and is sent once more
        client.post(f"/journees/accueil/lien/{token}/", {"csrfmiddlewaretoken": "k" * 64, **form})
    assert sorted(coming.registrations.filter(state="came").values_list("name", flat=True)) == ["A", "B", "Léo", "Zoé"]
    assert Attendance.objects.count() == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"scan": "\ud800"}, {"code": "\ud800"}, {"how": "magic"}, {"at": "hier"}, {"at": "2027-02-11T09:00:00"},
        {"at": "0001-01-01T00:00:00+23:59", "code": "?"}, {"scan": None}, {"registration": [1]}, {"code": "\0" * 9},
        {"name": "\u202e"},
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_unknown_and_the_others_are_kept(
    client: Client, comes: Comes, opened: Any, wrong: dict[str, Any]
) -> None:
    mine, now = comes("a", at=opened[2] - timedelta(days=3)), opened[2]
    good = {"scan": "good", "at": now.isoformat(), "how": "badge", "code": mine.code}
    bad = {"scan": "bad", "at": now.isoformat(), "how": "badge", **wrong}
    for _ in range(2):
        answer = client.post(
            f"/journees/accueil/donnees/{opened[1]}/", json.dumps({"scans": [bad, good]}), "application/json"
        )
        assert answer.status_code == 200
        assert [one["state"] for one in answer.json()["seen"]] == ["unknown", "in"]
    assert Attendance.objects.count() == 1


def test_a_line_that_is_none_is_unknown(client: Client, opened: Any) -> None:
    answer = client.post(f"/journees/accueil/donnees/{opened[1]}/", '{"scans": [3, null, []]}', "application/json")
    assert [one["state"] for one in answer.json()["seen"]] == ["unknown"] * 3
