"""The clock on the real tables and letters: who is written to, once, and what they read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db.models.sql.compiler import SQLCompiler

from alliage.hub.people.actions import consents
from alliage.hub.people.mail import MailNotSent
from alliage.hub.people.mail import send as real_send
from alliage.hub.people.models import MemberRole, Organisation, Person
from alliage.hub.questions.actions import Origin, ask, digests, letters, moving
from alliage.hub.questions.actions.digests import PURPOSE, digest
from alliage.hub.questions.actions.moving import Said
from alliage.hub.questions.actions.records import asker, officer
from alliage.hub.questions.actions.ticking import tick
from alliage.hub.questions.models import WAITING, Absence, Notice, Office, Question, State
from tests.hub.people.actors import join, make_organisation, make_person
from tests.hub.questions.conftest import NOW, PROGRAMME, SAGUENAY, after, officer_of

pytestmark = pytest.mark.django_db
TEXT = "Mes frais de douane comptent-ils?"


def asked(**more: Any) -> Question:
    said = {"text": TEXT, "language": "fr", "at": NOW, "asker": "ana@pme.example", "programme": PROGRAMME, **more}
    return ask(**said)


def sent() -> list[tuple[str, str]]:
    """Who was written to since last time, and with which subject."""
    found = [(message.to[0], message.subject) for message in mail.outbox]
    mail.outbox.clear()
    return found


def whole(message: EmailMultiAlternatives) -> str:
    return f"{message.body}{message.alternatives[0][0]}"


@pytest.fixture(autouse=True)
def team(settings: Any) -> None:
    settings.TEAM_EMAIL = "equipe@grappe.example"


def test_from_the_question_to_the_end_nobody_answers_and_each_is_told_once(agency: Organisation) -> None:
    officer_of(agency, "ana")
    join(make_person("chef@iq.example"), agency, MemberRole.MANAGER)
    Office.objects.create(organisation=agency, email="info@iq.example")
    question = asked()
    told: dict[int, list[tuple[str, str]]] = {}
    for day in range(60):
        tick(now=after(day))
        tick(now=after(day, hour=16))  # again the same day: nothing more
        if letters_of_day := sent():
            told[day] = letters_of_day
    assert told == {
        0: [("ana@iq.example", "Une entreprise vous demande : FRONTIERE")],
        9: [
            ("ana@iq.example", "Une question attend votre réponse"),
            ("ana@pme.example", "Votre question : pas encore de réponse"),
        ],
        21: [
            ("chef@iq.example", "iq : une question reste sans réponse"),
            ("info@iq.example", "iq : une question reste sans réponse"),
        ],
        45: [("ana@pme.example", "Votre question est restée sans réponse")],
    }
    question.refresh_from_db()
    assert question.state == State.ABANDONED


def test_the_company_is_told_a_day_and_whom_to_call(agency: Organisation) -> None:
    officer_of(agency, "ana")
    asked()
    tick(now=after(9))
    letter = next(message for message in mail.outbox if message.to == ["ana@pme.example"])
    assert "17 décembre 2026" in letter.body.replace("\N{NO-BREAK SPACE}", " "), "the day of the escalation"
    assert "1 844 474-6367" in letter.body
    assert "equipe@grappe.example" in letter.body
    assert TEXT in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/question/arreter/" in letter.extra_headers["List-Unsubscribe"]


def test_an_answer_is_told_in_the_language_of_who_asked_and_to_who_agreed_alone(agency: Organisation) -> None:
    ana = officer_of(agency, "ana")
    english, silent = asked(language="en"), asked(asker=None)
    for question in (english, silent):
        moving.answer(question.pk, by=officer(NOW, ana), said=Said("Oui, à 50 %.", "live"))
    tick(now=NOW)
    assert [message.to for message in mail.outbox] == [["ana@pme.example"]]
    assert mail.outbox[0].subject == "An answer to your question"
    assert "Oui, à 50 %." in whole(mail.outbox[0])
    assert "/en/question/" in mail.outbox[0].body


def test_what_is_merged_is_answered_with_the_other(agency: Organisation) -> None:
    ana = officer_of(agency, "ana")
    first, second = asked(), asked(asker="bob@pme.example")
    moving.merge(second.pk, by=officer(NOW, ana), into=first.pk)
    moving.answer(first.pk, by=officer(NOW, ana), said=Said("Oui."))
    tick(now=NOW)
    assert [to for to, _ in sent()] == ["ana@pme.example", "bob@pme.example"]
    second.refresh_from_db()
    assert second.state == State.ANSWERED


def test_both_questions_are_held_while_one_is_merged(agency: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or the other could be answered, or merged elsewhere, in between: this one would wait for ever."""
    ana = officer_of(agency, "ana")
    first, second = asked(), asked()
    held, written = [], SQLCompiler.as_sql

    def as_sql(compiler: SQLCompiler, *args: Any, **more: Any) -> Any:
        if compiler.query.model is Question and type(compiler).__name__ == "SQLCompiler":  # each database has its own
            held.append(compiler.query.select_for_update)
        return written(compiler, *args, **more)

    monkeypatch.setattr(SQLCompiler, "as_sql", as_sql)
    moving.merge(second.pk, by=officer(NOW, ana), into=first.pk)
    assert held == [True]


@pytest.mark.parametrize("what", ["helpless", "unreachable"])
def test_what_is_merged_is_given_up_with_the_other(agency: Organisation, what: str) -> None:
    ana = officer_of(agency, "ana")
    first, second = asked(), asked(asker="bob@pme.example")
    moving.merge(second.pk, by=officer(NOW, ana), into=first.pk)
    moving.give_up(first.pk, by=officer(NOW, ana), what=what, why="Rien à faire.")
    second.refresh_from_db()
    assert second.state == what
    tick(now=NOW)
    assert "bob@pme.example" in [to for to, _ in sent()]


def test_what_is_merged_is_abandoned_with_the_other(agency: Organisation) -> None:
    ana = officer_of(agency, "ana")
    first, second = asked(), asked(asker="bob@pme.example")
    moving.merge(second.pk, by=officer(NOW, ana), into=first.pk)
    for day in range(60):
        tick(now=after(day))
    second.refresh_from_db()
    assert second.state == State.ABANDONED
    assert ("bob@pme.example", "Votre question est restée sans réponse") in sent()


def test_what_is_merged_into_a_question_taken_back_has_an_owner_of_its_own(agency: Organisation) -> None:
    ana = officer_of(agency, "ana")
    first, second = asked(), asked(asker="bob@pme.example")
    moving.merge(second.pk, by=officer(NOW, ana), into=first.pk)
    moving.withdraw(first.pk, by=asker(NOW, None))
    second.refresh_from_db()
    assert (second.state, second.officer, second.merged_into) == (State.ROUTED, ana, None)


@pytest.mark.parametrize("account", [True, False])
def test_what_is_merged_into_a_question_that_is_erased_has_an_owner_of_its_own(
    agency: Organisation, *, account: bool
) -> None:
    ana, eve = officer_of(agency, "ana"), make_person("eve@pme.example")
    first, second = asked(asker=eve if account else eve.email), asked(asker="bob@pme.example")
    moving.merge(second.pk, by=officer(NOW, ana), into=first.pk)
    eve.delete()
    second.refresh_from_db()
    assert not Question.objects.filter(pk=first.pk).exists()
    assert (second.state, second.officer) == (State.ROUTED, ana)


class Broken:
    """A server, or a letter, that fails for one address."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, error: Exception, *, to: str) -> None:
        def send(name: str, **said: Any) -> None:
            if said["to"] == to:
                raise error
            real_send(name, **said)

        for module in (letters, digests):
            monkeypatch.setattr(module, "send", send)


@pytest.mark.parametrize("error", [MailNotSent(), ValueError("of a template")])
def test_a_letter_that_does_not_leave_stops_no_other_and_leaves_at_the_next_run(
    agency: Organisation, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    officer_of(agency, "ana")
    asked()
    bob = officer_of(make_organisation("bdc", provider="bdc"), "bob")
    asked(programme="bdc-pret-pivoter-pour-se-propulser")
    with monkeypatch.context() as broken:
        Broken(broken, error, to="ana@iq.example")
        tick(now=NOW)
    assert [to for to, _ in sent()] == [bob.email]
    tick(now=NOW)
    assert [to for to, _ in sent()] == ["ana@iq.example"]
    tick(now=NOW)
    assert sent() == []


def test_an_escalation_that_is_refused_leaves_later_and_the_others_have_it_once(
    agency: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer_of(agency, "ana")
    managers = [make_person(f"chef{n}@iq.example") for n in range(2)]
    for manager in managers:
        join(manager, agency, MemberRole.MANAGER)
    Office.objects.create(organisation=agency, email="info@iq.example")
    asked()
    for day in (0, 9):
        tick(now=after(day))
    sent()
    with monkeypatch.context() as broken:
        Broken(broken, MailNotSent(), to="chef0@iq.example")
        tick(now=after(21))
    assert [to for to, _ in sent()] == ["chef1@iq.example", "info@iq.example"]
    tick(now=after(21))
    assert [to for to, _ in sent()] == ["chef0@iq.example"]
    tick(now=after(21))
    assert sent() == []


def test_a_question_erased_while_letters_leave_stops_no_other(
    agency: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer_of(agency, "ana")
    first, second = asked(), asked()

    def send(name: str, **said: Any) -> None:
        Question.objects.filter(pk=second.pk).delete()
        real_send(name, **said)

    monkeypatch.setattr(letters, "send", send)
    third = asked()
    tick(now=NOW)
    assert set(Notice.objects.values_list("question", flat=True)) == {first.pk, third.pk}
    assert len(sent()) == 2


@pytest.mark.parametrize("day", [0, 9, 21])
def test_a_letter_whose_process_died_before_it_was_sent_leaves_later_and_once(
    agency: Organisation, monkeypatch: pytest.MonkeyPatch, day: int
) -> None:
    """On the day of the question, of its reminder and of its escalation."""
    officer_of(agency, "ana")
    Office.objects.create(organisation=agency, email="info@iq.example")
    asked()
    for before in (0, 9, 21):
        if before < day:
            tick(now=after(before))
    sent()

    class Killed(BaseException):
        """Nothing catches it."""

    def killed(*_args: Any, **_kwargs: Any) -> None:
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(letters, "send", killed)
        with pytest.raises(Killed):
            tick(now=after(day))
    tick(now=after(day) + timedelta(minutes=5))
    early = sent()
    tick(now=after(day) + timedelta(minutes=16))
    late = sent()
    first = {0: "ana@iq.example", 9: "ana@iq.example", 21: "info@iq.example"}[day]
    assert first not in [to for to, _ in early], "it may still be on its way"
    assert [to for to, _ in late] == [first]
    tick(now=after(day, hour=18))
    assert sent() == []
    assert Question.objects.get().moves.filter(what="escalated").count() == (day == 21)


def test_nobody_away_is_given_or_reminded_of_anything(agency: Organisation) -> None:
    ana = officer_of(agency, "ana")
    question, taken = asked(), asked()
    moving.take(taken.pk, by=officer(NOW, ana))
    bob = officer_of(agency, "bob")
    Absence.objects.create(person=ana, first=after(1).date(), last=after(12).date())
    tick(now=after(1))
    question.refresh_from_db()
    assert question.officer == bob, "what she had not taken went to a colleague"
    sent()
    for day in range(2, 13):
        tick(now=after(day))
    assert "ana@iq.example" not in [to for to, _ in sent()]
    tick(now=after(13))
    assert [to for to, _ in sent()].count("ana@iq.example") == 1, "back, she is reminded of what she took"


def test_who_leaves_the_office_leaves_their_questions_to_it(agency: Organisation) -> None:
    ana = officer_of(agency, "ana")
    question = asked()
    ana.memberships.all().delete()
    tick(now=NOW)
    question.refresh_from_db()
    assert (question.officer, question.organisation_asked) == (None, None), "the team: the office has no box"
    assert ("equipe@grappe.example", "Une entreprise vous demande : FRONTIERE") in sent()


def test_a_promise_puts_the_clock_off(agency: Organisation) -> None:
    ana = officer_of(agency, "ana")
    question = asked()
    moving.promise(question.pk, by=officer(NOW, ana), day=after(30).date())
    for day in range(31):
        tick(now=after(day))
    assert [to for to, _ in sent()] == ["ana@iq.example"], "the question itself, nothing else"
    tick(now=after(31))
    assert {to for to, _ in sent()} == {"ana@iq.example", "ana@pme.example"}


def test_a_follow_up_begins_again_with_the_same_owner(agency: Organisation) -> None:
    ana = officer_of(agency, "ana")
    question = asked()
    moving.answer(question.pk, by=officer(NOW, ana), said=Said("Oui."))
    moving.follow_up(question.pk, by=asker(after(3), None), text="Et le transport?")
    question.refresh_from_db()
    assert (question.officer, question.state, question.round) == (ana, State.ROUTED, 2)
    tick(now=after(3))
    assert "ana@iq.example" in [to for to, _ in sent()]


def test_what_is_added_while_it_waits_is_told_to_its_owner_once_and_its_clock_goes_on(agency: Organisation) -> None:
    officer_of(agency, "ana")
    question = asked()
    tick(now=NOW)
    mail.outbox.clear()
    moving.follow_up(question.pk, by=asker(after(1), None), text="Et le transport?")
    tick(now=after(1))
    tick(now=after(2))
    (letter,) = mail.outbox
    assert (letter.to, "Et le transport?" in letter.body) == (["ana@iq.example"], True)
    question.refresh_from_db()
    assert (question.round, question.transmitted) == (1, NOW)


# ------------------------------------------------------------------------------------------------- the digest

TUESDAY = datetime(2026, 12, 1, 9, 5, tzinfo=NOW.tzinfo)


def test_the_digest_leaves_on_tuesday_at_nine_once_and_to_who_agreed(agency: Organisation) -> None:
    ana = officer_of(agency, "ana")
    asked()
    assert digest(now=TUESDAY) == 0, "she did not agree"
    consents.change(ana, PURPOSE, wanted=True, language="fr", at=NOW, how="questions")
    assert digest(now=TUESDAY.replace(hour=8, minute=59)) == 0
    assert digest(now=TUESDAY + timedelta(days=1)) == 0
    assert digest(now=TUESDAY) == 1
    assert digest(now=TUESDAY.replace(hour=17)) == 0, "once a week"
    assert sent() == [("ana@iq.example", "Une question attend votre réponse")]


def test_the_digest_waits_for_the_days_of_grace_and_says_how_much_waits(agency: Organisation) -> None:
    ana = officer_of(agency, "ana")
    consents.change(ana, PURPOSE, wanted=True, language="fr", at=NOW, how="questions")
    asked(at=TUESDAY - timedelta(days=2))
    assert digest(now=TUESDAY) == 0
    for _ in range(5):
        asked()
    assert digest(now=TUESDAY) == 1
    assert mail.outbox[0].subject == "5 questions attendent votre réponse"
    assert "C’est beaucoup" in mail.outbox[0].body
    assert "/question/resume/" in mail.outbox[0].extra_headers["List-Unsubscribe"]


def test_a_digest_that_does_not_leave_stops_no_other_and_leaves_later_that_day(
    agency: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ana", "bob"):
        consents.change(officer_of(agency, name), PURPOSE, wanted=True, language="fr", at=NOW, how="questions")
        asked()
    with monkeypatch.context() as broken:
        Broken(broken, ValueError("of a template"), to="ana@iq.example")
        assert digest(now=TUESDAY) == 1
    assert [to for to, _ in sent()] == ["bob@iq.example"]
    assert digest(now=TUESDAY) == 1
    assert [to for to, _ in sent()] == ["ana@iq.example"]


def test_nobody_away_has_a_digest(agency: Organisation) -> None:
    ana = officer_of(agency, "ana")
    consents.change(ana, PURPOSE, wanted=True, language="fr", at=NOW, how="questions")
    asked()
    Absence.objects.create(person=ana, first=TUESDAY.date(), last=TUESDAY.date())
    assert digest(now=TUESDAY) == 0


# -------------------------------------------------------------------------------------------- a year of days


def test_a_year_of_real_days_leaves_no_question_without_an_owner_and_writes_nothing_twice(
    agency: Organisation,
) -> None:
    chance = Random(20261126)  # noqa: S311 - a world of a test, always the same
    other = make_organisation("bdc", provider="bdc")
    people = [officer_of(agency, f"p{n}", regions=(SAGUENAY,) if n % 2 else ()) for n in range(4)]
    Office.objects.create(organisation=other, email="info@bdc.example")
    for person in people:
        for _ in range(6):
            first = NOW.date() + timedelta(days=chance.randrange(300))
            Absence.objects.create(person=person, first=first, last=first + timedelta(days=chance.randrange(1, 20)))
    agreed, addresses = set(), []
    for day in range(0, 364, 3):
        now = after(day)
        if day < 240 and chance.random() < 0.5:
            address = f"pme{day}@pme.example" if chance.random() < 0.6 else None
            programme = chance.choice((PROGRAMME, "bdc-pret-pivoter-pour-se-propulser", ""))
            asked(at=now, asker=address, programme=programme, region=chance.choice(("", SAGUENAY)))
            agreed |= {address} if address else set()
        tick(now=now)
        addresses += check_letters(now.date(), agreed, {person.email: person for person in people})
        check_owners(now.date())
        act(chance, people, now)
    assert not Question.objects.filter(state__in=WAITING, created__lt=after(100)).exists(), "each has ended"
    assert set(Notice.objects.values_list("kind", flat=True)) == {*Notice.Kind.values} - {Notice.Kind.CATALOGUED}, (
        "all kinds of the clock were tried"
    )
    assert len(addresses) > 80


def check_letters(on: date, agreed: set[str], people: dict[str, Person]) -> list[str]:
    """None to the absent, none to who did not agree, none twice in the same words on the same day."""
    letters_of_day = [(message.to[0], message.subject, message.body) for message in mail.outbox]
    mail.outbox.clear()
    assert len(set(letters_of_day)) == len(letters_of_day)
    away = set(Absence.objects.filter(first__lte=on, last__gte=on).values_list("person", flat=True))
    for to, _, _ in letters_of_day:
        assert to not in people or people[to].pk not in away
        assert to in agreed or to in people or to in ("info@bdc.example", "equipe@grappe.example")
    return [to for to, _, _ in letters_of_day]


def check_owners(on: date) -> None:
    away = set(Absence.objects.filter(first__lte=on, last__gte=on).values_list("person", flat=True))
    boxes = set(Office.objects.values_list("organisation", flat=True))
    for question in Question.objects.filter(state__in=WAITING):
        assert question.officer_id or question.organisation_asked_id is None or question.organisation_asked_id in boxes
        assert question.state != State.ROUTED or question.officer_id not in away


def act(chance: Random, people: list[Person], now: datetime) -> None:
    """Some officers take, answer, decline; most do nothing."""
    for question in Question.objects.filter(state__in=WAITING, officer__in=people):
        by = officer(now, question.officer) if question.officer else None
        if by is None or chance.random() > 0.05:
            continue
        if chance.random() < 0.3:
            moving.decline(question.pk, by=by, why="Pas ma région.")
        elif chance.random() < 0.5 and question.state == State.ROUTED:
            moving.take(question.pk, by=by)
        else:
            moving.answer(question.pk, by=by, said=Said("Oui."))


def test_a_question_of_a_day_waits_for_its_promised_day(agency: Organisation) -> None:
    officer_of(agency, "ana")
    question = asked(programme="", origin=Origin("day", "saguenay"), to=agency, due=after(20).date())
    for day in range(21):
        tick(now=after(day))
    assert [to for to, _ in sent()] == ["ana@iq.example"]
    question.refresh_from_db()
    assert question.waiting


def test_the_clock_asks_the_database_no_more_for_more_questions_that_wait(
    agency: Organisation, django_assert_max_num_queries: Any
) -> None:
    officer_of(agency, "ana")
    for _ in range(30):
        asked()
    tick(now=NOW)
    with django_assert_max_num_queries(8):
        tick(now=after(1))
