"""A day is made from another, moved with everybody told, called off; its calendar follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from icalendar import Calendar

from alliage.hub.days import links
from alliage.hub.days.actions import notices, organising, registering
from alliage.hub.days.actions.organising import NotPossible, SessionTold, TourTold, at_time
from alliage.hub.days.calendars import personal_ics, public_ics
from alliage.hub.days.models import Day, Notice, Registration, Session, SessionOfficer, Tour
from alliage.hub.people.models import Organisation
from alliage.hub.ui import day as days
from tests.hub.days.conftest import Comes, told
from tests.hub.people.actors import make_person, shown
from tests.hub.things import make_day

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def event_of(content: bytes) -> Any:
    return Calendar.from_ical(content).walk("VEVENT")[0]


def test_a_day_made_from_another_has_its_hours_and_rooms_but_not_its_officers(coming: Day) -> None:
    organising.save_session(
        coming.pk, SessionTold("talk", time(10), time(11), title_fr="Accueil", room="Salle A", desks=["Bureau"]),
        session_id=None, by=None, at=days.now(),
    )  # fmt: skip
    there = told(
        coming, town="Alma", starts=at_time(date(2027, 6, 10), time(9)), ends=at_time(date(2027, 6, 10), time(16))
    )
    made = organising.create_day(coming.tour, there, like=coming, by=None, at=days.now())
    assert [s.starts.astimezone(days.HERE).hour for s in made.sessions.all()] == [9, 10], "in summer as in winter"
    assert [room.name for room in made.rooms.all()] == ["Salle A"]
    assert not SessionOfficer.objects.filter(session__day=made).exists()
    assert (made.status, made.slug) == ("draft", "alma-tournee-2027")


def test_a_moved_day_takes_its_parts_along_tells_everybody_and_keeps_seats_and_ranks(comes: Comes, coming: Day) -> None:
    comes("a"), comes("b")
    waiting = comes("c")
    notices.send_due(at=days.now())
    mail.outbox.clear()
    there = at_time(date(2027, 4, 15), time(10))  # the clocks have changed in between
    organising.change_day(coming.pk, told(coming, starts=there, ends=there + 7 * HOUR), by=None, at=days.now())
    coming.refresh_from_db()
    session = coming.sessions.get()
    assert session.starts == there, "it began with the day, and still does"
    assert (session.ends - session.starts, coming.sequence) == (HOUR, 1)
    assert notices.send_due(at=days.now()) == 3
    bodies = {letter.to[0]: letter for letter in mail.outbox}
    assert set(bodies) == {"a@example.org", "b@example.org", "c@example.org"}
    assert "jeudi 11 février 2027, 9 h" in bodies["a@example.org"].body.replace("\N{NO-BREAK SPACE}", " ")
    calendar = bodies["a@example.org"].attachments[0][1]
    assert event_of(calendar)["SEQUENCE"] == 2
    assert not bodies["c@example.org"].attachments, "who waits has nothing in their calendar"
    assert Registration.objects.get(pk=waiting.pk).state == "waiting"


def test_a_corrected_word_tells_nobody(comes: Comes, coming: Day) -> None:
    comes("a")
    organising.change_day(coming.pk, told(coming, access_fr="Par la porte est."), by=None, at=days.now())
    assert not Notice.objects.filter(kind="moved").exists()
    assert Day.objects.get(pk=coming.pk).sequence == 0


def test_more_seats_are_offered_at_once_to_who_waits(comes: Comes, coming: Day) -> None:
    third = [comes(name) for name in "abc"][2]
    organising.change_day(coming.pk, told(coming, capacity=3), by=None, at=days.now())
    assert Registration.objects.get(pk=third.pk).state == "offered"


def test_a_day_called_off_is_taken_off_every_calendar_and_stays_so(comes: Comes, coming: Day) -> None:
    mine = comes("a")
    notices.send_due(at=days.now())
    mail.outbox.clear()
    for _ in range(2):
        organising.cancel_day(coming.pk, by=None, at=days.now())
    assert notices.send_due(at=days.now()) == 1
    (letter,) = mail.outbox
    assert "METHOD:CANCEL" in letter.attachments[0][1]
    mine.refresh_from_db()
    assert event_of(personal_ics(mine, as_letter=True))["STATUS"] == "CANCELLED"
    with pytest.raises(NotPossible, match="over"):
        organising.open_day(coming.pk, by=None, at=days.now())
    with pytest.raises(NotPossible, match="over"):
        organising.change_day(coming.pk, told(coming), by=None, at=days.now())


def test_an_agency_that_gives_up_an_hour_before_is_said_and_everybody_told(
    client: Client, comes: Comes, coming: Day
) -> None:
    comes("a")
    session = coming.sessions.get()
    for _ in range(2):
        organising.cancel_session(session.pk, by=None, at=coming.starts - HOUR)
    assert Notice.objects.filter(kind="session-off").count() == 1
    page = shown(client.get("/journees/saguenay/"))
    assert "annulé" in page
    assert "elle lui sera envoyée" in page


@pytest.mark.parametrize(
    ("title", "slug", "others"),
    [("Dîner", "", 1), ("Atelier", "iq", 1), ("Atelier", "iq", 0)],
    ids=["a break", "one part of two", "the last part"],
)
def test_the_letter_says_which_part_is_off_and_that_an_agency_does_not_come_only_if_it_does_not(
    comes: Comes, coming: Day, title: str, slug: str, others: int
) -> None:
    comes("a")
    office = Organisation.objects.filter(slug=slug).first()
    part = SessionTold("agency", time(10), time(11), title_fr=title, title_en=title, organisation=office)
    session = organising.save_session(coming.pk, part, session_id=None, by=None, at=days.now())
    if not others:
        coming.sessions.exclude(pk=session.pk).delete()
    organising.cancel_session(session.pk, by=None, at=days.now())
    mail.outbox.clear()
    Notice.objects.exclude(kind="session-off").delete()
    notices.send_due(at=days.now())
    body = mail.outbox[0].body.replace("\u00a0", " ")
    assert f"Cette partie n’aura pas lieu : 10 h – 11 h, {title}." in body
    assert ("Iq ne pourra pas venir." in body) == (others == 0)
    assert body.count("ne pourra pas venir") == (others == 0)


def test_two_parts_do_not_share_a_room_nor_leave_the_day(coming: Day) -> None:
    def save(first: int, last: int, room: str = "A") -> Session:
        part = SessionTold("talk", time(first), time(last), title_fr="x", room=room)
        return organising.save_session(coming.pk, part, session_id=None, by=None, at=days.now())

    save(10, 12)
    with pytest.raises(NotPossible, match="room-taken"):
        save(11, 13)
    save(11, 13, "B")
    save(12, 13)
    for first, last in ((8, 10), (15, 17), (12, 12)):
        with pytest.raises(NotPossible, match="outside"):
            save(first, last, "C")


def test_a_day_opens_only_with_something_to_come_for_and_before_its_end(coming: Day) -> None:
    tour = organising.create_tour(TourTold("Tournée", "Tour"), by=None, at=days.now())
    empty = organising.create_day(tour, told(coming), like=None, by=None, at=days.now())
    with pytest.raises(NotPossible, match="no-session"):
        organising.open_day(empty.pk, by=None, at=days.now())
    with pytest.raises(NotPossible, match="past"):
        organising.open_day(coming.pk, by=None, at=coming.ends)


# ------------------------------------------------------------------------------------- the parts of a moved day

LAST_PART = SessionTold("talk", time(15), time(16), title_fr="Clôture")


def hours(day: Day) -> list[str]:
    local = [(one.starts.astimezone(days.HERE), one.ends.astimezone(days.HERE)) for one in day.sessions.all()]
    return [f"{first:%m-%d %H:%M}-{last:%H:%M}" for first, last in local]


def on(day: date, first: int, last: int) -> dict[str, datetime]:
    return {"starts": at_time(day, time(first)), "ends": at_time(day, time(last))}


THAT_DAY, LATER = date(2027, 2, 11), date(2027, 4, 15)


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        (on(LATER, 9, 16), ["04-15 09:00-10:00", "04-15 15:00-16:00"]),
        (on(LATER, 10, 17), ["04-15 10:00-11:00", "04-15 16:00-17:00"]),
        (on(LATER, 8, 16), ["04-15 08:00-09:00", "04-15 14:00-15:00"]),
        (on(THAT_DAY, 9, 20), ["02-11 09:00-10:00", "02-11 15:00-16:00"]),
    ],
)
def test_the_parts_keep_their_distance_from_the_opening(coming: Day, there: Any, expected: list[str]) -> None:
    organising.save_session(coming.pk, LAST_PART, session_id=None, by=None, at=days.now())
    organising.change_day(coming.pk, told(coming, **there), by=None, at=days.now())
    assert hours(coming) == expected


def test_the_parts_stay_at_their_hours_where_they_would_not_fit_otherwise(coming: Day) -> None:
    coming.sessions.update(starts=at_time(THAT_DAY, time(10)), ends=at_time(THAT_DAY, time(11)))
    organising.save_session(coming.pk, LAST_PART, session_id=None, by=None, at=days.now())
    organising.change_day(coming.pk, told(coming, **on(THAT_DAY, 10, 16)), by=None, at=days.now())
    assert hours(coming) == ["02-11 10:00-11:00", "02-11 15:00-16:00"]


@pytest.mark.parametrize("there", [on(THAT_DAY, 9, 10), on(LATER, 9, 10), on(THAT_DAY, 22, 23), on(LATER, 22, 23)])
def test_a_day_that_would_leave_a_part_outside_stays_as_it_is_and_says_which(coming: Day, there: Any) -> None:
    organising.save_session(coming.pk, LAST_PART, session_id=None, by=None, at=days.now())
    before = hours(coming)
    with pytest.raises(NotPossible, match="outside") as refused:
        organising.change_day(coming.pk, told(coming, **there), by=None, at=days.now())
    assert [str(part.title["fr"]) for part in refused.value.parts] == ["Clôture"]
    assert hours(coming) == before
    assert Day.objects.get(pk=coming.pk).starts == coming.starts


def test_a_part_that_does_not_come_holds_no_day_back(coming: Day) -> None:
    off = organising.save_session(coming.pk, LAST_PART, session_id=None, by=None, at=days.now())
    organising.cancel_session(off.pk, by=None, at=days.now())
    organising.change_day(coming.pk, told(coming, **on(THAT_DAY, 9, 10)), by=None, at=days.now())
    assert hours(coming)[0] == "02-11 09:00-10:00"


def test_what_prevents_a_move_is_said_on_the_page_and_nothing_typed_is_lost(team: Client, coming: Day) -> None:
    organising.save_session(coming.pk, LAST_PART, session_id=None, by=None, at=days.now())
    typed = {**FORM, "place": "Palais", "date": "2027-02-11", "ends": "10 h"}
    answer = team.post("/equipe/journees/saguenay/modifier/", typed)
    assert answer.status_code == 422
    page = shown(answer).replace("\N{NO-BREAK SPACE}", " ")
    assert "Ces parties n’entrent pas dans les heures de la journée : 15 h – 16 h, Clôture." in page
    assert "Palais" in page
    answer = team.post("/equipe/journees/nouvelle/", {**typed, "tour": coming.tour.slug, "like": coming.slug})
    assert answer.status_code == 422
    assert "Clôture" in shown(answer)
    assert Day.objects.count() == 1


def test_a_day_made_from_one_that_begins_later_takes_its_parts_at_the_same_distance(coming: Day) -> None:
    made = organising.create_day(coming.tour, told(coming, **on(LATER, 13, 20)), like=coming, by=None, at=days.now())
    assert hours(made) == ["04-15 13:00-14:00"]


# ---------------------------------------------------------------------------------------- the nights of the clocks

MARCH, NOVEMBER = date(2027, 3, 14), date(2027, 11, 7)


@pytest.fixture
def night() -> Callable[[date], Day]:
    """A day that begins at midnight on a night when the clocks change."""

    def made(date_: date) -> Day:
        return make_day(slug=f"nuit-{date_:%m}", starts=at_time(date_, time(0)))

    return made


@pytest.mark.parametrize(("first", "last"), [(time(2, 30), time(4)), (time(1), time(2, 30)), (time(2), time(2, 30))])
def test_an_hour_that_the_night_of_march_skips_is_refused_in_a_part(
    night: Callable[[date], Day], team: Client, first: time, last: time
) -> None:
    day = night(MARCH)
    with pytest.raises(NotPossible, match="no-hour"):
        organising.save_session(day.pk, SessionTold("break", first, last), session_id=None, by=None, at=days.now())
    typed = {"do": "save", "kind": "talk", "title_fr": "Veillée", "starts": f"{first:%H:%M}", "ends": f"{last:%H:%M}"}
    answer = team.post(f"/equipe/journees/{day.slug}/programme/", typed)
    assert answer.status_code == 422
    assert "Cette heure n’existe pas cette nuit-là" in shown(answer)
    assert "Veillée" in shown(answer)


def test_a_day_does_not_move_a_part_to_an_hour_that_the_night_skips(night: Callable[[date], Day]) -> None:
    day = night(NOVEMBER)
    told_ = SessionTold("break", time(2, 30), time(4))
    organising.save_session(day.pk, told_, session_id=None, by=None, at=days.now())
    with pytest.raises(NotPossible, match="no-hour") as refused:
        organising.change_day(day.pk, told(day, **on(MARCH, 0, 8)), by=None, at=days.now())
    assert len(refused.value.parts) == 1


def test_an_hour_that_the_night_of_november_shows_twice_is_the_first_of_the_two(night: Callable[[date], Day]) -> None:
    day = night(NOVEMBER)
    part = organising.save_session(
        day.pk, SessionTold("break", time(1, 30), time(2)), session_id=None, by=None, at=days.now()
    )
    part.refresh_from_db()
    assert part.starts == datetime(2027, 11, 7, 5, 30, tzinfo=UTC), "summer time"
    assert part.ends == datetime(2027, 11, 7, 7, 0, tzinfo=UTC), "winter time: half an hour on the clock, 90 minutes"
    organising.change_day(day.pk, told(day, **on(NOVEMBER, 0, 9)), by=None, at=days.now())
    part.refresh_from_db()
    assert part.starts == datetime(2027, 11, 7, 5, 30, tzinfo=UTC)


# --------------------------------------------------------------------------------------------------- when it may be


@pytest.mark.parametrize("typed", ["9999-12-31", "0001-01-01", "1900-01-01", "1999-12-31", "2100-01-01"])
def test_a_day_is_of_the_years_that_the_rest_of_the_site_knows(team: Client, coming: Day, typed: str) -> None:
    for page, more in (("saguenay/modifier", {}), ("nouvelle", {"tour": coming.tour.slug, "like": ""})):
        answer = team.post(f"/equipe/journees/{page}/", {**FORM, **more, "date": typed})
        assert answer.status_code == 422
        assert "Écrivez une date entre 2000 et 2099." in shown(answer)


def test_a_day_that_was_announced_moves_only_to_a_moment_to_come(team: Client, coming: Day) -> None:
    yesterday = (days.now() - timedelta(days=1)).date()
    for status in ("open", "closed"):
        Day.objects.filter(pk=coming.pk).update(status=status)
        answer = team.post("/equipe/journees/saguenay/modifier/", {**FORM, "date": yesterday.isoformat()})
        assert answer.status_code == 422
        assert "Une journée annoncée ne se déplace qu’à un moment à venir." in shown(answer)
    Day.objects.filter(pk=coming.pk).update(status="draft")
    answer = team.post("/equipe/journees/saguenay/modifier/", {**FORM, "date": yesterday.isoformat()})
    assert answer.status_code == 303, "a draft is nobody's business"


def test_a_day_that_runs_may_end_later_not_before_now(coming: Day) -> None:
    middle = coming.starts + 3 * HOUR
    organising.change_day(coming.pk, told(coming, ends=coming.ends + HOUR), by=None, at=middle)
    with pytest.raises(NotPossible, match="not-to-come"):
        organising.change_day(coming.pk, told(coming, ends=coming.starts + 2 * HOUR), by=None, at=middle)


# ------------------------------------------------------------------------------------- what a line of a form may hold


def test_a_line_break_in_a_name_starts_neither_a_letter_nor_a_calendar(team: Client, comes: Comes) -> None:
    bad = "Tour\r\nBcc: x@y.z\u2028\x07"
    team.post("/equipe/journees/", {"name_fr": bad, "name_en": bad})
    assert Tour.objects.latest("id").name_en == "Tour Bcc: x@y.z"
    team.post("/equipe/journees/saguenay/modifier/", {**FORM, "town": "Alma\r\nX", "place": "Hôtel\nBcc: x@y.z"})
    day = Day.objects.get(slug="saguenay")
    assert (day.town, day.place) == ("Alma X", "Hôtel Bcc: x@y.z")
    Tour.objects.filter(pk=day.tour_id).update(name_fr=bad, name_en=bad)  # a row from before
    assert Client().get("/en/journees/saguenay/journee.ics").status_code == 200
    notices.send_due(at=days.now(), only=comes("a"))
    letter = mail.outbox[-1]
    assert "Tour Bcc: x@y.z" in letter.subject
    assert not letter.body.startswith("Bcc")
    assert not letter.bcc


def test_a_letter_that_cannot_be_written_stops_nothing(
    team: Client, comes: Comes, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = comes("a")

    def fails(*_: object, **__: object) -> None:
        raise ValueError("a line that no calendar takes")

    monkeypatch.setattr("alliage.hub.days.letters.send", fails)
    assert team.post("/equipe/journees/saguenay/modifier/", FORM).status_code == 303
    assert Day.objects.get(slug="saguenay").town == "Alma"
    waiting = Notice.objects.filter(registration=mine)
    assert {(one.sent, one.sending) for one in waiting} == {(None, None)}, "tried again at the next run"


# ------------------------------------------------------------------------------------------------- the calendar


def test_the_calendar_has_one_uid_for_ever_a_sequence_that_grows_and_the_rule_of_the_clocks(
    comes: Comes, coming: Day
) -> None:
    mine = comes("a")
    first = personal_ics(mine, as_letter=True)
    assert b"BEGIN:VTIMEZONE\r\nTZID:America/Toronto" in first
    assert event_of(first).decoded("DTSTART") == coming.starts
    registering.withdraw(mine.pk, at=days.now())
    mine.refresh_from_db()
    last = personal_ics(mine, as_letter=True)
    assert event_of(first)["UID"] == event_of(last)["UID"]
    assert event_of(last)["SEQUENCE"] > event_of(first)["SEQUENCE"]
    assert b"METHOD:CANCEL" in last
    public = public_ics(coming, language="fr")
    assert b"METHOD:PUBLISH" in public
    assert b"a@example.org" not in public


@pytest.mark.parametrize("month", [1, 3, 7, 11])
def test_an_event_keeps_its_hour_whatever_the_season(coming: Day, month: int) -> None:
    coming.starts, coming.ends = (at_time(date(2027, month, 20), time(hour)) for hour in (9, 16))
    assert event_of(public_ics(coming, language="fr")).decoded("DTSTART").hour == 9
    assert b"DTSTART;TZID=America/Toronto:2027%02d20T090000" % month in public_ics(coming, language="en")


def test_calendars_are_given_by_the_pages(client: Client, comes: Comes) -> None:
    mine = comes("a")
    for address in ("/journees/saguenay/journee.ics", f"/journees/place-agenda/{links.token_of(mine, links.MINE)}/"):
        answer = client.get(address)
        assert answer.headers["Content-Type"].startswith("text/calendar")
        assert b"METHOD:PUBLISH" in answer.content


# ------------------------------------------------------------------------------------------------- the team's pages

FORM = {
    "town": "Alma", "region": "qc-r02", "place": "Hôtel", "date": "2027-05-06", "starts": "9 h", "ends": "15 h 30",
    "capacity": "30", "extra_seats": "0", "language": "fr",
}  # fmt: skip


def test_the_team_makes_a_day_from_nothing_by_the_pages(team: Client) -> None:
    Organisation.objects.create(
        slug="iq", name_fr="IQ", name_en="IQ", provider="investissement-quebec", created=days.now()
    )
    assert team.post("/equipe/journees/", {"name_fr": "Offre", "name_en": "Offer"}).status_code == 303
    tour = Tour.objects.get()
    answer = team.post("/equipe/journees/nouvelle/", {**FORM, "tour": tour.slug, "like": ""})
    assert answer.headers["Location"] == "/equipe/journees/alma-offre/"
    agenda = "/equipe/journees/alma-offre/programme/"
    part = {"kind": "agency", "organisation": "iq", "starts": "9:30", "ends": "10h", "room": "A", "desks": "Bureau"}
    assert 'value="frontiere"' in shown(team.post(agenda, {**part, "do": "choose"})), "its programmes are shown"
    assert team.post(agenda, {**part, "programmes": ["frontiere"], "do": "save"}).status_code == 303
    session = Session.objects.get()
    assert (session.programmes, session.starts.astimezone(days.HERE).hour) == (["frontiere"], 9)
    assert team.post("/equipe/journees/alma-offre/inscriptions/", {"do": "open"}).status_code == 303
    assert "Alma" in shown(Client().get("/journees/"))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"date": "2027-13-01"}, "Écrivez une date comme"),
        ({"starts": "25 h"}, "Cette heure ne se lit pas"),
        ({"ends": "8 h"}, "La fin vient après le début"),
        ({"date": "2027-03-14", "starts": "2 h 30"}, "Cette heure n’existe pas cette nuit-là"),
        ({"capacity": "0"}, "Au moins 1"),
        ({"capacity": "9999999999"}, "Au plus 5000"),
        ({"town": ""}, "Remplissez ce champ"),
    ],
)
def test_what_is_wrong_with_a_day_is_said_and_what_was_typed_stays(team: Client, wrong: Any, says: str) -> None:
    day = make_day()
    answer = team.post(f"/equipe/journees/{day.slug}/modifier/", {**FORM, "place": "Palais", **wrong})
    assert answer.status_code == 422
    assert says in shown(answer)
    assert "Palais" in shown(answer)


def test_moving_and_calling_off_by_the_pages_write_the_letters(team: Client, comes: Comes) -> None:
    comes("a")
    page = "/equipe/journees/saguenay/modifier/"
    assert "Tout le monde sera prévenu" in shown(team.get(page))
    assert team.post(page, FORM).status_code == 303
    assert any("Nouvelle date" in letter.subject for letter in mail.outbox)
    off = "/equipe/journees/saguenay/inscriptions/"
    assert team.post(off, {"do": "cancel"}).status_code == 422, "a box is ticked first"
    assert team.post(off, {"do": "cancel", "sure": "yes"}).status_code == 303
    assert any("annulée" in letter.subject for letter in mail.outbox)


def test_somebody_who_called_is_registered_and_each_sight_of_people_is_written_down(team: Client, coming: Day) -> None:
    make_person("ann@example.org")
    page = "/equipe/journees/saguenay/personnes/"
    assert (
        team.post(page, {"do": "add", "who": "Ann", "contact": "ann@example.org", "access": "Rampe"}).status_code == 303
    )
    assert "Rampe" not in shown(team.get(page)), "needs are shown when they are asked for"
    assert "Rampe" in shown(team.get(page + "?besoins=1"))
    mine = coming.registrations.get()
    assert team.post(page, {"do": "leave", "person": mine.pk}).status_code == 303
    mine.refresh_from_db()
    assert mine.state == "cancelled"
    other = make_day(slug="alma", starts=datetime(2027, 5, 1, 13, tzinfo=UTC))
    assert team.post(f"/equipe/journees/{other.slug}/personnes/", {"do": "leave", "person": mine.pk}).status_code == 404
