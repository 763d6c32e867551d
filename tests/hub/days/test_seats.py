"""Seats: never one too many, offered in order, for 24 hours of real time, and everybody knows why they wait."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from alliage.hub.days import links
from alliage.hub.days.actions import closing, notices, registering
from alliage.hub.days.actions.registering import NotTaken
from alliage.hub.days.models import Care, Day, LiveQuestion, Notice, Registration
from alliage.hub.days.queries.waiting import rank_of, why_waiting
from alliage.hub.people.models import Person
from alliage.hub.ui import day as days
from tests.hub.days.conftest import Comes
from tests.hub.people.actors import Actor, shown
from tests.hub.things import make_day

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
State = Registration.State


def state_of(registration: Registration) -> str:
    return str(Registration.objects.get(pk=registration.pk).state)


def test_of_two_who_take_the_last_seat_one_has_it_and_the_other_waits(comes: Comes) -> None:
    first, second, third = comes("a"), comes("b"), comes("c")
    assert [first.state, second.state, third.state] == [State.CONFIRMED, State.CONFIRMED, State.WAITING]
    assert {first.seat, second.seat} == {1, 2}
    assert why_waiting(third) == "2 places sur 2 sont prises. Votre rang\N{NO-BREAK SPACE}: 1."


def test_the_database_itself_refuses_a_seat_that_is_held(comes: Comes) -> None:
    first, waiting = comes("a"), (comes("b"), comes("c"))[1]
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=waiting.pk).update(state=State.CONFIRMED, seat=first.seat)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=waiting.pk).update(state=State.CONFIRMED)


def test_a_seat_that_comes_free_is_offered_to_the_first_and_passes_on_after_24_hours(comes: Comes) -> None:
    now = days.now()
    first, _, third, fourth = (comes(name) for name in "abcd")
    registering.withdraw(first.pk, at=now)
    assert [state_of(one) for one in (third, fourth)] == [State.OFFERED, State.WAITING]
    fourth.refresh_from_db()
    assert why_waiting(fourth).startswith("1 place sur 2 est prise. 1 place est offerte à quelqu’un"), "each once"
    registering.pass_on_everywhere(at=now + 24 * HOUR - timedelta(seconds=1))
    assert state_of(third) == State.OFFERED
    registering.pass_on_everywhere(at=now + 24 * HOUR)
    assert [state_of(one) for one in (third, fourth)] == [State.WAITING, State.OFFERED]
    with pytest.raises(NotTaken, match="not-offered"):
        registering.accept(third.pk, at=now + 25 * HOUR)
    assert registering.accept(fourth.pk, at=now + 25 * HOUR).state == State.CONFIRMED
    assert registering.accept(fourth.pk, at=now + 26 * HOUR).state == State.CONFIRMED, "pressed twice"


def test_who_lets_two_offers_pass_leaves_the_list_and_is_told(comes: Comes) -> None:
    now = days.now()
    first, _, third = (comes(name) for name in "abc")
    registering.withdraw(first.pk, at=now)
    registering.pass_on_everywhere(at=now + DAY)
    assert state_of(third) == State.OFFERED, "nobody else waits: it is offered again"
    registering.pass_on_everywhere(at=now + 2 * DAY)
    assert state_of(third) == State.CANCELLED
    kinds = list(Notice.objects.filter(registration=third).values_list("kind", flat=True))
    assert kinds == ["waiting", "offer", "offer-passed", "offer", "offer-gone"]


def test_an_offer_lasts_24_real_hours_on_the_night_when_clocks_change(comes: Comes) -> None:
    spring = make_day(seats=1, slug="avril", starts=datetime(2027, 4, 20, 13, 0, tzinfo=UTC))
    before = datetime(2027, 3, 13, 20, 0, tzinfo=days.HERE)  # clocks go forward that night
    first, second = comes("x", day=spring, at=before), comes("y", day=spring, at=before)
    registering.withdraw(first.pk, at=before)
    second.refresh_from_db()
    assert second.offer_ends is not None
    assert second.offer_ends - before.astimezone(UTC) == 24 * HOUR
    assert second.offer_ends.astimezone(days.HERE).hour == 21, "a wall clock shows one hour more"


def test_who_has_an_offer_and_asks_for_their_link_reads_of_the_offer(comes: Comes, coming: Day) -> None:
    first, third = comes("a"), (comes("b"), comes("c"))[1]
    now = coming.starts - 3 * HOUR
    registering.withdraw(first.pk, at=now)
    notices.send_due(at=now)
    mail.outbox.clear()
    third.refresh_from_db()
    registering.send_link_again(third, at=now)
    notices.send_due(at=now)
    assert [letter.subject for letter in mail.outbox if "Une place pour vous" in letter.subject]
    assert not [letter for letter in mail.outbox if "liste d’attente" in letter.subject]
    mail.outbox.clear()
    registering.pass_on(coming.pk, at=coming.starts)
    notices.send_due(at=coming.starts)
    (letter,) = mail.outbox
    assert "24 heures" not in letter.body, "the day began after three hours"


def test_an_offer_never_outlives_the_beginning_of_the_day(comes: Comes, coming: Day) -> None:
    soon = coming.starts - 2 * HOUR
    first, _, third = (comes(name, at=soon) for name in "abc")
    registering.withdraw(first.pk, at=soon)
    third.refresh_from_db()
    assert third.offer_ends == coming.starts


def test_a_newcomer_does_not_take_the_seat_of_who_waits(comes: Comes) -> None:
    now = days.now()
    first, _, third = (comes(name) for name in "abc")
    registering.withdraw(first.pk, at=now)
    assert comes("d", at=now + HOUR).state == State.WAITING
    assert state_of(third) == State.OFFERED


def test_going_to_another_town_keeps_the_rank_and_offers_the_seat(comes: Comes, coming: Day) -> None:
    now = days.now()
    other = make_day(seats=1, slug="alma", starts=coming.starts + 7 * DAY)
    early = comes("a", at=now, access="Rampe")
    waiting_here = [comes(name, at=now + HOUR) for name in "bc"][1]
    comes("x", day=other, at=now + 2 * HOUR)
    late = comes("y", day=other, at=now + 3 * HOUR)
    moved = registering.transfer(early.pk, to="alma", at=now + 4 * HOUR, may_wait=True)
    assert moved.state == State.WAITING
    assert moved.ranked == early.ranked
    assert rank_of(moved) == 1, "before who came later there"
    assert rank_of(late) == 2
    assert state_of(early) == State.CANCELLED
    assert state_of(waiting_here) == State.OFFERED
    assert [care.registration for care in Care.objects.all()] == [moved], "what they need goes with them"


def test_who_has_a_seat_is_asked_before_it_is_left_for_a_full_town(client: Client, comes: Comes, coming: Day) -> None:
    other = make_day(seats=1, slug="alma", starts=coming.starts + 7 * DAY)
    mine = comes("a")
    page = f"/journees/place/{links.token_of(mine, links.MINE)}/"
    assert "liste d’attente" not in shown(client.get(page))
    comes("x", day=other)
    assert "liste d’attente</option>" in shown(client.get(page))
    answer = client.post(page, {"do": "transfer", "to": "alma"})
    assert (answer.status_code, "C’est complet à" in shown(answer)) == (422, True)
    assert (state_of(mine), other.registrations.count()) == (State.CONFIRMED, 1)
    assert client.post(page, {"do": "transfer", "to": "alma", "may_wait": "yes"}).status_code == 303
    assert (state_of(mine), other.registrations.latest("id").state) == (State.CANCELLED, State.WAITING)


def test_a_transfer_that_cannot_be_changes_nothing(comes: Comes, coming: Day) -> None:
    make_day(seats=1, slug="alma", starts=coming.starts + 7 * DAY)
    mine = comes("a")
    Day.objects.filter(slug="alma").update(status="closed")
    with pytest.raises(NotTaken, match="shut"):
        registering.transfer(mine.pk, to="alma", at=days.now())
    with pytest.raises(Day.DoesNotExist):
        registering.transfer(mine.pk, to="nowhere", at=days.now())
    assert state_of(mine) == State.CONFIRMED


def test_one_address_has_one_registration_and_may_come_back_after_it_left(comes: Comes) -> None:
    mine = comes("a")
    with pytest.raises(NotTaken, match="already"):
        comes("A")
    registering.withdraw(mine.pk, at=days.now())
    assert comes("a").pk != mine.pk


def test_a_smaller_capacity_takes_no_seat_away(comes: Comes, coming: Day) -> None:
    both = [comes("a"), comes("b")]
    Day.objects.filter(pk=coming.pk).update(capacity=1)
    registering.pass_on_everywhere(at=days.now())
    assert [state_of(one) for one in both] == [State.CONFIRMED] * 2
    third = comes("c")
    assert third.state == State.WAITING
    registering.withdraw(both[0].pk, at=days.now())  # the first seat is free, and the second one is held
    assert state_of(third) == State.WAITING
    registering.withdraw(both[1].pk, at=days.now())
    assert state_of(third) == State.OFFERED


def test_seats_given_beyond_the_capacity_are_a_number_that_the_team_states(comes: Comes, coming: Day) -> None:
    Day.objects.filter(pk=coming.pk).update(extra_seats=1)
    assert [comes(name).state for name in "abcd"] == [State.CONFIRMED] * 3 + [State.WAITING]


def last_letter(mine: Registration) -> str:
    mail.outbox.clear()
    mine.notices.exclude(pk=mine.notices.latest("id").pk).update(sent=days.now())
    notices.send_due(at=days.now(), only=mine)
    return str(mail.outbox[-1].body)


def test_the_letter_of_who_leaves_says_what_became_of_the_seat(comes: Comes) -> None:
    first, second, third, fourth = (comes(name) for name in "abcd")
    for mine, said in ((fourth, ""), (first, "la place va à quelqu’un d’autre"), (second, "est libre de nouveau")):
        if mine == second:
            registering.accept(third.pk, at=days.now())
        registering.withdraw(mine.pk, at=days.now())
        body = last_letter(mine)
        assert said in body
        assert ("Merci de l’avoir dit" in body) == bool(said)


def test_who_waits_during_the_day_is_promised_no_letter_and_told_when_it_ends(comes: Comes, coming: Day) -> None:
    mine = [comes(name, at=coming.starts + HOUR) for name in "abc"][2]
    body = last_letter(mine)
    assert "La journée a commencé" in body
    assert "nous vous écrivons" not in body
    closing.close_day(coming.pk, by=None, at=coming.ends)
    assert "vous n’avez pas eu de place" in last_letter(mine)
    assert Notice.objects.filter(kind="no-seat").count() == 1


def test_nobody_registers_for_a_day_that_is_shut_over_or_a_draft(comes: Comes, coming: Day) -> None:
    with pytest.raises(NotTaken, match="over"):
        comes("a", at=coming.ends)
    for status, why in (("draft", "shut"), ("closed", "shut"), ("cancelled", "over"), ("done", "over")):
        Day.objects.filter(pk=coming.pk).update(status=status)
        with pytest.raises(NotTaken, match=why):
            comes("a")


@pytest.mark.parametrize("over", ["done", "cancelled", "ended"])
def test_once_a_day_is_over_or_off_no_seat_is_taken_nor_given_up(
    client: Client, team: Client, comes: Comes, coming: Day, monkeypatch: pytest.MonkeyPatch, over: str
) -> None:
    first, second, third = comes("a"), comes("b"), comes("c")
    registering.withdraw(first.pk, at=days.now())
    Notice.objects.all().delete()
    if over == "ended":
        monkeypatch.setattr(days, "now", lambda: coming.ends)
    else:
        Day.objects.filter(pk=coming.pk).update(status=over)
    for mine, do in ((third, "accept"), (second, "leave")):
        answer = client.post(f"/journees/place/{links.token_of(mine, links.MINE)}/", {"do": do})
        assert (answer.status_code, "terminée ou annulée" in shown(answer)) == (422, True)
        assert 'value="leave"' not in shown(answer)
    answer = team.post("/equipe/journees/saguenay/personnes/", {"do": "leave", "person": second.pk})
    assert (answer.status_code, "ne s’y retire plus" in shown(answer)) == (422, True)
    assert [state_of(one) for one in (second, third)] == [State.CONFIRMED, State.OFFERED]
    assert not Notice.objects.exists()


def test_of_a_day_that_is_cancelled_one_goes_to_another_town(client: Client, comes: Comes, coming: Day) -> None:
    make_day(seats=1, slug="alma", starts=coming.starts + 7 * DAY)
    mine = comes("a")
    Day.objects.filter(pk=coming.pk).update(status="cancelled")
    page = f"/journees/place/{links.token_of(mine, links.MINE)}/"
    assert 'value="transfer"' in shown(client.get(page))
    assert client.post(page, {"do": "transfer", "to": "alma"}).status_code == 303
    assert Registration.objects.get(day__slug="alma").state == State.CONFIRMED


# --------------------------------------------------------------------------------------------------- the pages

TYPED = {
    "who": "Ann Roy", "contact": "Ann@Example.org", "company": "Soudage Roy", "region": "qc-r02", "needs": ["export"],
    "size": "10-49", "stage": "ready", "neq": "1140 000 000", "question": "Et les délais?", "access": "Rampe",
    "meal": "", "after": ["yes"],
}  # fmt: skip
FORM = "/journees/saguenay/inscription/"


def test_the_form_sends_a_letter_that_leads_to_ones_own_page(client: Client, coming: Day) -> None:
    assert "Réserver ma place" in shown(client.get(FORM))
    answer = client.post(FORM, TYPED)
    assert answer.status_code == 303
    mine = Registration.objects.get(day=coming)
    assert (mine.email, mine.neq, mine.needs, mine.agreed) == (
        "ann@example.org",
        "1140000000",
        ["export"],
        {"after": "1"},
    )
    assert "Regardez vos courriels" in shown(client.get(answer.headers["Location"]))
    (letter,) = mail.outbox
    (link,) = re.findall(r"/journees/place/\S+", letter.body)
    page = shown(client.get(link))
    assert "Votre place est confirmée" in page
    assert mine.code in page
    assert letter.attachments[0][0] == "journee.ics"
    question = LiveQuestion.objects.get(origin="before")
    assert (question.text, question.state, question.asker) == ("Et les délais?", "new", f"r{mine.pk}")


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(client: Client, coming: Day) -> None:
    typed = {**TYPED, "contact": "ann", "neq": "12", "who": "Voir http://spam.example"}
    answer = client.post(FORM, typed)
    page = shown(answer)
    assert answer.status_code == 422
    for said in ("Ce courriel ne se lit pas", "Un NEQ a dix chiffres", "sans adresse Web", "Soudage Roy", "Rampe"):
        assert said in page
    assert not coming.registrations.exists()


def test_an_address_that_is_registered_gets_its_link_by_mail_never_on_the_page(client: Client, comes: Comes) -> None:
    mine = comes("a")
    notices.send_due(at=days.now())
    mail.outbox.clear()
    new = client.post(FORM, {**TYPED, "contact": "new@example.org"})
    mail.outbox.clear()
    for _ in range(3):
        answer = client.post(FORM, {**TYPED, "contact": mine.email})
        assert (answer.status_code, answer.headers["Location"]) == (new.status_code, new.headers["Location"])
        assert links.token_of(mine, links.MINE) not in shown(client.get(answer.headers["Location"]))
    assert [letter.to for letter in mail.outbox] == [[mine.email]], "once an hour"
    assert mine.day.registrations.count() == 2


def test_a_list_that_is_too_long_tells_nobody_who_is_on_it(
    client: Client, comes: Comes, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = (comes("a"), comes("b"), comes("c"))[2]
    monkeypatch.setattr(registering, "MOST_WAITING", 1)
    pages = [client.post(FORM, {**TYPED, "contact": email}) for email in (waiting.email, "new@example.org")]
    assert [page.status_code for page in pages] == [429, 429]


def test_who_has_signed_in_with_that_address_is_led_to_their_page(comes: Comes) -> None:
    browser, mine = Actor.MANAGER.client(), comes("a")
    person = Person.objects.get(pk=browser.session["_auth_user_id"])
    answer = browser.post(FORM, {**TYPED, "contact": person.email})
    own = Registration.objects.get(person=person)
    assert answer.headers["Location"] == f"/journees/place/{links.token_of(own, links.MINE)}/"
    assert browser.post(FORM, {**TYPED, "contact": person.email}).headers["Location"] == answer.headers["Location"]
    assert "envoyee" in browser.post(FORM, {**TYPED, "contact": mine.email}).headers["Location"], "not theirs"


def test_one_network_registers_a_room_of_500_and_one_address_is_not_flooded(
    client: Client, coming: Day, settings: Any
) -> None:
    room, address = settings.ACCOUNT_RATE_LIMITS["day-registrations"].split(",")
    assert int(room.partition("/")[0]) >= 500
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "day-registrations": f"12/h/ip,{address}"}
    for _ in range(int(address.partition("/")[0])):
        assert client.post(FORM, TYPED).status_code == 303
    answer = client.post(FORM, {**TYPED, "contact": TYPED["contact"].upper()})
    assert answer.status_code == 429
    assert "Soudage Roy" in shown(answer), "what was typed stays"
    statuses = [client.post(FORM, {**TYPED, "contact": f"p{n}@example.org"}).status_code for n in range(3)]
    assert statuses[-1] == 429
    assert client.post(FORM, {**TYPED, "contact": "z@example.org"}, REMOTE_ADDR="10.1.2.3").status_code == 303
    assert coming.registrations.filter(email="ann@example.org").count() == 1


def test_a_robot_is_thanked_and_not_kept(client: Client, coming: Day) -> None:
    assert client.post(FORM, {**TYPED, "website": "x"}).status_code == 303
    assert not coming.registrations.exists()


def test_ones_own_page_takes_the_seat_leaves_it_and_says_what_one_needs(client: Client, comes: Comes) -> None:
    first, _, third = (comes(name) for name in "abc")
    page = f"/journees/place/{links.token_of(third, links.MINE)}/"
    assert "au rang 1" in shown(client.get(page))
    assert "Aucune place ne vous est offerte" in shown(client.post(page, {"do": "accept"}))
    client.post(f"/journees/place/{links.token_of(first, links.MINE)}/", {"do": "leave"})
    assert "Une place est pour vous" in shown(client.get(page))
    assert client.post(page, {"do": "accept"}).status_code == 303
    assert state_of(third) == State.CONFIRMED
    client.post(page, {"do": "care", "access": "Boucle", "meal": ""})
    assert Care.objects.get(registration=third).access == "Boucle"
    client.post(page, {"do": "leave"})
    assert state_of(third) == State.CANCELLED
    assert not Care.objects.filter(registration=third).exists(), "of no more use"
    assert client.post(page, {"do": "leave"}).status_code == 303, "pressed twice"


def test_a_link_that_was_not_signed_for_this_opens_nothing(client: Client, comes: Comes) -> None:
    mine = comes("a")
    for token in ("nothing", "1-n.x", links.token_of(mine, links.FOLLOW), "é" * 300):
        assert client.get(f"/journees/place/{token}/").status_code == 410


def test_a_letter_leaves_once_even_if_two_send_and_again_if_it_was_refused(
    comes: Comes, monkeypatch: pytest.MonkeyPatch
) -> None:
    comes("a")
    now = days.now()

    def refused(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("alliage.hub.people.mail.EmailMultiAlternatives.send", refused)
        assert notices.send_due(at=now) == 0
    assert Notice.objects.get().sent is None
    Notice.objects.update(sending=now)
    assert notices.send_due(at=now) == 0, "another process is at it"
    assert notices.send_due(at=now + HOUR) == 1, "that process has died"
    assert notices.send_due(at=now + 2 * HOUR) == 0
    assert len(mail.outbox) == 1


def test_what_somebody_needs_goes_when_they_leave_the_list(comes: Comes, coming: Day) -> None:
    first, last = comes("a"), (comes("b"), comes("c", access="Rampe"))[1]
    registering.withdraw(first.pk, at=days.now())
    for number in (1, 2):
        assert Care.objects.filter(registration=last).exists()
        registering.pass_on(coming.pk, at=days.now() + number * (DAY + HOUR))
    assert state_of(last) == State.CANCELLED
    assert not Care.objects.exists()


def test_what_somebody_needs_goes_when_the_day_ends_and_they_still_wait(comes: Comes, coming: Day) -> None:
    comes("a"), comes("b"), comes("c", access="Rampe")
    closing.close_day(coming.pk, by=None, at=coming.ends + HOUR)
    assert not Care.objects.exists()
