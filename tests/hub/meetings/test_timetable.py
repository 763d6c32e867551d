"""From wishes to a published timetable: what each person sees, and what is refused in words."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from icalendar import Calendar

from alliage.hub.days.actions.organising import cancel_day
from alliage.hub.days.actions.registering import withdraw
from alliage.hub.days.models import Day
from alliage.hub.meetings.actions import notices, preparing, timetabling
from alliage.hub.meetings.actions.preparing import NotPossible, Told, When
from alliage.hub.meetings.models import Guest, Meeting, MeetingPlan, Wish
from alliage.hub.meetings.queries.agenda import spans
from alliage.hub.meetings.queries.problem import problem_of
from alliage.hub.meetings.words import desk_name
from alliage.hub.ui import day as days
from alliage.hub.ui.day import HERE
from tests.hub.conftest import NOW
from tests.hub.meetings.conftest import World, make_world, moment
from tests.hub.people.actors import Actor, sign_in

pytestmark = pytest.mark.django_db


def test_slots_are_cut_in_the_hours_of_meetings_and_desks_come_from_the_agenda(world: World):
    slots = list(world.plan.slots.all())
    assert [slot.starts for slot in slots] == [
        moment(10, 20 * n) if n < 3 else moment(11, 20 * n - 60) for n in range(6)
    ]
    assert {desk.organisation.slug for desk in world.plan.desks.select_related("organisation")} == {"iq", "bdc", "rec"}
    assert world.desks["iq"].person == world.officer


@pytest.mark.parametrize("night", [date(2027, 3, 14), date(2027, 11, 7)], ids=["forward", "back"])
def test_on_the_night_when_clocks_change_slots_are_told_by_the_time_that_passes(world: World, night: date):
    begins = datetime.combine(night, time(0, 30), tzinfo=HERE).astimezone(UTC)
    ends = begins + timedelta(hours=3)
    Day.objects.filter(pk=world.day.pk).update(starts=begins, ends=ends)
    world.day.sessions.filter(kind="meetings").update(starts=begins, ends=ends)
    world.plan.slots.all().delete()
    world.plan = preparing.prepare(world.day.pk, told=Told(), by=None, at=days.now())
    type(world.desks["iq"]).objects.filter(pk=world.desks["iq"].pk).update(not_before=time(3))
    world.wish(c0="iq bdc", c1="iq")
    world.work_out()
    slots = problem_of(world.plan).problem.slots
    assert [slot.starts for slot in slots] == [30 + 20 * n for n in range(9)]
    kept = world.plan.slots.filter(meetings__desk=world.desks["iq"])
    assert {slot.starts.astimezone(HERE).hour >= 3 for slot in kept} == ({True} if kept else set())
    assert bool(kept) == (night.month == 3)  # the night goes until 4:30, or only until 2:30


def test_after_midnight_an_hour_that_was_said_is_of_the_night(world: World):
    begins = moment(22)
    Day.objects.filter(pk=world.day.pk).update(starts=begins, ends=begins + timedelta(hours=4))
    world.day.sessions.filter(kind="meetings").update(starts=begins, ends=begins + timedelta(hours=4))
    world.plan = preparing.prepare(world.day.pk, told=Told(), by=None, at=days.now())
    preparing.can(world.desks["iq"].pk, when=When(not_before=time(1)))
    world.wish(c0="iq")
    world.work_out()
    ((_, _, number),) = world.held()
    assert world.plan.slots.get(number=number).starts >= moment(22) + timedelta(hours=3)


def test_an_agency_that_presents_is_not_free_meanwhile(world: World):
    world.day.sessions.filter(organisation__slug="iq").update(starts=moment(10), ends=moment(11))
    world.wish(c0="iq", c1="iq", c2="iq", c3="iq")
    world.publish()
    assert {slot for _, _, slot in world.held()} == {3, 4, 5}


def test_everyone_is_asked_once_with_a_secret_link(world: World):
    assert notices.send_due(at=days.now()) == 5  # four companies, one officer with an account
    assert notices.send_due(at=days.now()) == 0
    preparing.ask(world.plan.pk, by=None, at=days.now())
    assert notices.send_due(at=days.now()) == 0
    to = {letter.to[0]: letter.body for letter in mail.outbox}
    assert world.guest_url("c0") in to["c0@example.org"]
    assert world.desk_url("iq") in to["officer-iq@example.org"]


def test_a_company_ranks_by_buttons_and_its_hours_are_kept(world: World, client: Client):
    url, desks = world.guest_url("c0"), world.desks
    page = client.get(url).content.decode()
    assert "Qui pourrait vous aider" in page
    assert client.post(url, {"do": f"add-{desks['rec'].pk}"}).status_code == 303
    client.post(url, {"do": f"add-{desks['iq'].pk}", "desk": [desks["rec"].pk], "not_before": "10 h 30"})
    client.post(url, {"do": f"up-{desks['iq'].pk}", "desk": [desks["rec"].pk, desks["iq"].pk], "not_before": "10 h 30"})
    guest = world.guests["c0"]
    guest.refresh_from_db()
    assert [wish.desk for wish in guest.wishes.select_related("desk")] == [desks["iq"], desks["rec"]]
    assert guest.not_before == time(10, 30)
    client.post(url, {"do": f"out-{desks['iq'].pk}", "desk": [desks["iq"].pk, desks["rec"].pk], "at_most": "1"})
    guest.refresh_from_db()
    assert [wish.desk_id for wish in guest.wishes.all()] == [desks["rec"].pk]
    assert (guest.not_before, guest.at_most) == (None, 1)


def test_enter_in_a_field_saves_and_moves_no_choice(world: World, client: Client):
    world.wish(c0="iq bdc")
    page = client.get(world.guest_url("c0")).content.decode()
    assert re.findall(r'<button[^>]* name="do" value="([^"]*)"', page)[0] == "save"


def test_a_desk_reads_after_how_many_meetings_it_has_a_break(world: World, client: Client):
    MeetingPlan.objects.update(in_a_row=3)
    assert "Après 3 rencontres de suite" in client.get(world.desk_url("iq")).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"not_before": "soon"}, "Cette heure ne se lit pas"),
        ({"not_before": "15 h", "not_after": "9 h"}, "ne se suivent pas"),
        ({"not_after": "0 h"}, "Aucune rencontre n’entre dans vos heures"),
        ({"not_before": "11 h 50"}, "Aucune rencontre n’entre dans vos heures"),
        ({"at_most": "many"}, "Écrivez un nombre entier"),
        ({"desk": "999999"}, "Ces choix ne conviennent pas"),
    ],
)
def test_what_cannot_be_read_is_said_and_what_was_typed_stays(
    world: World, client: Client, typed: dict[str, str], said: str
):
    response = client.post(world.guest_url("c0"), {"do": "save", **typed})
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert all(value in page for name, value in typed.items() if name != "desk")


def test_proposed_desks_say_why_and_the_most_useful_comes_first(world: World, client: Client):
    page = client.get(world.guest_url("c0")).content.decode()
    first = page.index("Bureau iq")
    assert "Leurs programmes pourraient vous servir" in page
    assert first < page.index("Bureau rec")  # CanExport serves exports, not equipment
    assert "Nous ne savons pas si leurs programmes" in page


def test_the_team_works_it_out_sees_figures_and_publishes(world: World, team: Client, client: Client):
    world.wish(c0="iq bdc", c1="iq rec", c2="bdc iq", c3="rec iq bdc")
    assert team.post(world.team_url, {"do": "work-out"}).status_code == 303
    page = team.get(world.team_url).content.decode()
    assert "c’est prouvé" in page
    assert "Publier l’horaire" in page
    assert "Vos choix" in client.get(world.guest_url("c0")).content.decode()  # not yet published
    assert team.post(world.team_url, {"do": "publish"}).status_code == 303
    mine = client.get(world.guest_url("c0")).content.decode()
    assert "2 rencontres" in mine
    assert "Bureau iq" in mine
    desk = client.get(world.desk_url("iq")).content.decode()
    assert all(f"Atelier {n}" in desk for n in range(4))
    printed = team.get(f"{world.team_url}horaire/").content.decode()
    assert "Par bureau" in printed
    assert "Par entreprise" in printed


def test_a_timetable_is_told_with_a_calendar_to_who_wished_and_to_officers(world: World):
    notices.send_due(at=days.now())
    mail.outbox.clear()
    world.wish(c0="iq bdc", c1="iq")
    world.publish()
    notices.send_due(at=days.now())
    to = {letter.to[0]: letter for letter in mail.outbox}
    assert set(to) == {"c0@example.org", "c1@example.org", "officer-iq@example.org"}
    name, content, kind = to["c0@example.org"].attachments[0]
    assert (name, kind) == ("rencontres.ics", "text/calendar")
    events = Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == 2
    assert "Bureau" in to["c0@example.org"].body


def test_calendars_of_a_company_and_of_a_desk_agree(world: World, client: Client):
    world.wish(c0="iq bdc", c1="iq")
    world.publish()
    company = Calendar.from_ical(client.get(f"{world.guest_url('c0')}agenda.ics").content).walk("VEVENT")
    desk = Calendar.from_ical(client.get(f"{world.desk_url('iq')}agenda.ics").content).walk("VEVENT")
    assert len(company) == len(desk) == 2
    shared = {event["DTSTART"].dt for event in company} & {event["DTSTART"].dt for event in desk}
    assert len(shared) == 1


def test_no_calendar_tells_a_timetable_before_it_is_published(world: World, client: Client, team: Client):
    world.wish(c0="iq bdc", c1="iq")
    team.post(world.team_url, {"do": "work-out"})
    assert Meeting.objects.exists()
    for url in (world.guest_url("c0"), world.desk_url("iq")):
        assert Calendar.from_ical(client.get(f"{url}agenda.ics").content).walk("VEVENT") == []


@pytest.mark.parametrize("sent", [{"do": f"add-{'9' * 30}"}, {"do": f"add-{'9' * 5_000}"}, {"desk": "9" * 19}])
def test_a_desk_that_no_form_names_is_no_wish(world: World, client: Client, sent: dict[str, str]):
    assert client.post(world.guest_url("c0"), sent).status_code in (200, 303, 422)
    assert not Wish.objects.exists()


def test_a_wish_that_changes_while_it_is_worked_out_makes_it_stale(world: World, monkeypatch: pytest.MonkeyPatch):
    world.wish(c0="iq")
    solve = timetabling.solve

    def meanwhile(*args: object, **more: object) -> object:
        world.wish(c1="bdc")
        return solve(*args, **more)

    monkeypatch.setattr(timetabling, "solve", meanwhile)
    timetabling.start(world.plan.pk, at=days.now())
    assert timetabling.work_out(world.plan.pk, at=days.now()) == "stale"
    assert not Meeting.objects.exists()
    with pytest.raises(NotPossible, match="not-worked-out"):
        timetabling.publish(world.plan.pk, by=None, at=days.now())


def test_a_wish_after_it_was_worked_out_asks_for_it_again(world: World):
    world.wish(c0="iq")
    world.work_out()
    world.wish(c1="iq")
    with pytest.raises(NotPossible, match="not-worked-out"):
        timetabling.publish(world.plan.pk, by=None, at=days.now())


def test_two_people_who_press_at_once_start_it_once(world: World):
    assert timetabling.start(world.plan.pk, at=days.now())
    assert not timetabling.start(world.plan.pk, at=days.now())


def test_what_fails_is_said_and_may_be_tried_again(world: World, team: Client, monkeypatch: pytest.MonkeyPatch):
    from alliage.core.vocabulary.errors import AlliageError, Problem

    def failing(*_: object, **__: object) -> None:
        raise AlliageError([Problem("meetings-failed", "meetings")])

    world.wish(c0="iq")
    monkeypatch.setattr(timetabling, "solve", failing)
    team.post(world.team_url, {"do": "work-out"})
    page = team.get(world.team_url).content.decode()
    assert "Le calcul a échoué, par notre faute" in page
    assert "meetings-failed" not in page
    monkeypatch.undo()
    monkeypatch.setattr(days, "now", lambda: NOW)
    team.post(world.team_url, {"do": "work-out"})
    assert world.held()


@pytest.mark.parametrize("hours", [{"not_after": time(0)}, {"not_before": time(15), "not_after": time(9)}])
def test_hours_that_leave_no_slot_stop_nobody_else_and_the_team_reads_whose_they_are(
    world: World, team: Client, client: Client, hours: dict[str, time]
):
    world.wish(c0="iq", c1="iq bdc")
    Guest.objects.filter(pk=world.guests["c0"].pk).update(**hours)  # as kept before they were refused
    type(world.desks["bdc"]).objects.filter(pk=world.desks["bdc"].pk).update(**hours)
    page = team.get(world.team_url).content.decode()
    assert "Leurs heures ne laissent aucune case" in page
    assert all(f"<li>{name}</li>" in page for name in ("Atelier 0", desk_name(world.desks["bdc"])))
    world.publish()
    assert {(name, desk) for name, desk, _ in world.held()} == {("c1", "iq")}
    assert "Vous n’aviez aucune case libre" in client.get(world.guest_url("c0")).content.decode()
    assert "Ce bureau n’a aucune case libre" in client.get(world.guest_url("c1")).content.decode()


def test_nothing_is_asked_worked_out_nor_published_on_a_day_that_is_cancelled(world: World, team: Client):
    world.wish(c0="iq")
    world.work_out()
    cancel_day(world.day.pk, by=None, at=days.now())
    settings = {"minutes": "17", "change": "3", "in_a_row": "5", "walk": "3"}
    for do in ("ask", "work-out", "publish", "prepare"):
        response = team.post(world.team_url, {"do": do, **settings})
        assert response.status_code == 422
        assert "La journée est annulée" in response.content.decode()


def test_once_published_nobody_but_the_team_changes_it(world: World, client: Client, team: Client):
    world.wish(c0="iq")
    world.publish()
    assert client.post(world.guest_url("c0"), {"do": f"add-{world.desks['bdc'].pk}"}).status_code == 422
    assert client.post(world.desk_url("iq"), {"at_most": "1"}).status_code == 422
    for do in (
        {"do": "work-out"},
        {"do": "publish"},
        {"do": "ask"},
        {"do": "prepare", "minutes": 17, "change": 3, "in_a_row": 5, "walk": 3},
    ):
        response = team.post(world.team_url, do)
        assert response.status_code == 422
        assert "L’horaire est publié" in response.content.decode()


def test_a_desk_says_when_it_can(world: World, client: Client):
    assert client.post(world.desk_url("iq"), {"not_before": "11 h", "at_most": "2"}).status_code == 303
    world.wish(c0="iq", c1="iq", c2="iq", c3="iq")
    world.publish()
    assert len(world.held()) == 2
    assert min(slot for _, _, slot in world.held()) >= 3


def test_who_withdrew_is_not_in_the_timetable(world: World):
    world.wish(c0="iq", c1="iq")
    withdraw(world.guests["c0"].registration_id, at=days.now())
    world.publish()
    assert {name for name, _, _ in world.held()} == {"c1"}


def test_a_miss_has_its_reason_and_names_no_other_company(world: World, client: Client):
    preparing.can(world.desks["iq"].pk, when=When(at_most=1))
    world.wish(c0="iq", c1="iq", c2="iq")
    world.publish()
    missed = next(name for name in ("c0", "c1", "c2") if name not in {n for n, _, _ in world.held()})
    page = client.get(world.guest_url(missed)).content.decode()
    assert "Aucune rencontre pour vous cette fois" in page
    assert "Complet" in page
    others = {f"Atelier {n}" for n in range(4)} - {f"Atelier {missed[1:]}"}
    assert not [name for name in others if name in page]


def test_agencies_see_what_one_more_person_would_add(world: World, client: Client, team: Client):
    preparing.can(world.desks["iq"].pk, when=When(at_most=1))
    world.wish(c0="iq", c1="iq", c2="iq")
    world.publish()
    assert "Une personne de plus à ce bureau aurait donné" in client.get(world.desk_url("iq")).content.decode()
    assert "À doubler la prochaine fois" in team.get(world.team_url).content.decode()


def test_hours_without_room_for_a_meeting_are_said(world: World, team: Client):
    response = team.post(
        world.team_url, {"do": "prepare", "minutes": "120", "change": "3", "in_a_row": "5", "walk": "3"}
    )
    assert response.status_code == 303
    world.day.sessions.filter(kind="meetings").update(ends=moment(11))
    response = team.post(
        world.team_url, {"do": "prepare", "minutes": "120", "change": "3", "in_a_row": "5", "walk": "3"}
    )
    assert response.status_code == 422
    assert "Aucune rencontre n’entre dans ces heures" in response.content.decode()
    wrong = team.post(world.team_url, {"do": "prepare", "minutes": "0", "change": "3", "in_a_row": "5", "walk": "3"})
    assert wrong.status_code == 422


def test_without_meetings_in_the_agenda_the_whole_day_but_its_breaks_is_cut(world: World):
    world.day.sessions.filter(kind="meetings").update(kind="break")
    found = spans(world.day, world.day.sessions.all())
    assert found == [(moment(9), moment(10)), (moment(12), moment(16))]


@pytest.mark.parametrize("same", ["guest", "desk"])
def test_the_database_refuses_two_meetings_at_once(world: World, same: str):
    slot = world.plan.slots.first()
    first = Meeting.objects.create(guest=world.guests["c0"], desk=world.desks["iq"], slot=slot, changed=NOW)
    other = {
        "guest": {"guest": world.guests["c0"], "desk": world.desks["bdc"]},
        "desk": {"guest": world.guests["c1"], "desk": world.desks["iq"]},
    }[same]
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.create(**other, slot=slot, changed=NOW)
    first.state = Meeting.State.OFF
    first.save()
    Meeting.objects.create(**other, slot=slot, changed=NOW)


def test_a_link_that_was_not_signed_opens_nothing(world: World, client: Client):
    for url in ("/rencontres/nothing/", "/rencontres-bureau/nothing/", world.guest_url("c0")[:-3] + "xx/"):
        assert client.get(url).status_code == 410
    assert client.get(world.guest_url("c0").replace("rencontres", "rencontres-bureau")).status_code == 410


def test_preparing_again_keeps_wishes_and_forgets_the_timetable(world: World):
    world.wish(c0="iq")
    world.work_out()
    preparing.prepare(world.day.pk, told=Told(minutes=25, change=5), by=None, at=days.now())
    world.plan.refresh_from_db()
    assert not Meeting.objects.exists()
    assert world.plan.worked_out is None
    assert world.guests["c0"].wishes.count() == 1
    assert world.plan.slots.count() == 4
    assert MeetingPlan.objects.count() == 1


def test_who_has_an_account_finds_their_meetings_there(world: World):
    world.guests["c0"].registration.person = world.officer
    world.guests["c0"].registration.save()
    mine = sign_in(world.officer).get("/compte/rencontres/").content.decode()
    assert world.guest_url("c0") in mine
    assert world.desk_url("iq") in mine
    assert world.guest_url("c1") not in mine
    assert world.desk_url("bdc") not in mine


@pytest.mark.parametrize("page", ["", "horaire/", "changements/"])
def test_a_page_asks_as_little_of_the_database_for_a_large_day(
    db: None,  # noqa: ARG001 - asked for by name, or no database is made
    page: str,
    django_assert_max_num_queries: object,
):
    world = make_world(companies=20)
    world.wish(**dict.fromkeys(world.guests, "iq bdc rec"))
    world.publish()
    team = Actor.TEAM.client()
    with django_assert_max_num_queries(28):  # type: ignore[operator]  # a fixture without a type
        assert team.get(f"{world.team_url}{page}").status_code == 200


def test_a_link_that_is_only_opened_keeps_nothing_and_a_choice_does(world: World, client: Client):
    url, ics = world.guest_url("c0"), f"{world.guest_url('c0')}agenda.ics"
    Guest.objects.filter(pk=world.guests["c0"].pk).delete()
    page = client.get(url)
    assert page.status_code == 200
    assert "Qui pourrait vous aider" in page.content.decode()
    assert client.get(ics).status_code == 200
    mine = Guest.objects.filter(registration=world.guests["c0"].registration_id)
    assert not mine.exists()
    assert client.post(url, {"do": "save"}).status_code == 303
    assert mine.exists()
