"""After a day: an owner and a date for each question, the answers for who came, and what followed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client

from alliage.hub.days import links
from alliage.hub.days.actions import checking_in, closing, forgetting, live, notices, registering, reminding
from alliage.hub.days.actions.closing import NotOver
from alliage.hub.days.actions.live import Asked
from alliage.hub.days.actions.organising import cancel_day
from alliage.hub.days.models import Care, Day, DayInvitation, FollowUp, LiveQuestion, Notice, Registration, Tour, Vote
from alliage.hub.days.queries.above import Section
from alliage.hub.days.queries.digest import digest_of
from alliage.hub.days.queries.printed import _figures, _sections
from alliage.hub.days.queries.report import _counted as counted
from alliage.hub.days.queries.report import open_questions, report
from alliage.hub.people.models import AccessEntry, Organisation
from alliage.hub.questions.models import Question
from alliage.hub.ui import day as days
from tests.hub.days.conftest import Comes
from tests.hub.people.actors import make_person, shown
from tests.hub.things import AT, ID, make_day

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def held(coming: Day) -> Day:
    """A day where the room asked: one was answered there, two were not, one was refused."""
    live.switch(coming.pk, on=True, by=None, at=coming.starts)
    office = Organisation.objects.get(slug="iq")
    for text, state, about in (
        ("Répondue?", "answered", None), ("À qui?", "shown", office), ("Sur quoi?", "shown", None),
        ("Vendez!", "refused", None),
    ):  # fmt: skip
        made = live.ask(
            coming.pk,
            Asked(text, "fr", organisation=about, programme=ID if text == "Sur quoi?" else ""),
            at=coming.starts,
        )
        live.moderate(made.pk, state=state, by=None, at=coming.starts)
    LiveQuestion.objects.filter(text="Répondue?").update(answer="Oui.")
    return coming


def came(mine: Registration) -> Registration:
    Registration.objects.filter(pk=mine.pk).update(state="came", came=mine.day.starts)
    return Registration.objects.get(pk=mine.pk)


def close(day: Day) -> int:
    return closing.close_day(day.pk, by=None, at=day.ends + HOUR)


def test_each_question_that_was_not_answered_gets_an_owner_and_a_day_once(held: Day) -> None:
    with pytest.raises(NotOver):
        closing.close_day(held.pk, by=None, at=held.ends - HOUR)
    assert close(held) == 2
    made = {question.text: question for question in Question.objects.filter(kind="day")}
    assert set(made) == {"À qui?", "Sur quoi?"}
    assert all(one.about == "day:saguenay" and one.region == "qc-r02" for one in made.values())
    assert all(one.due == (held.ends + HOUR + closing.ANSWER_IN).date() for one in made.values())
    assert made["Sur quoi?"].programme == ID
    assert close(held) == 0, "done twice, it changes nothing"
    assert Question.objects.filter(kind="day").count() == 2


def test_who_is_known_to_have_come_once_the_day_is_closed_gets_the_answers_once(comes: Comes, held: Day) -> None:
    mine, silent = comes("a", agreed=frozenset({"after"})), comes("b")
    door, _ = checking_in.make_door(held.pk, label="x", by=None, at=held.starts)
    close(held)
    for scan in "12":
        late = [checking_in.Scan(f"{scan}{one.pk}", held.ends - HOUR, "badge", code=one.code) for one in (mine, silent)]
        checking_in.take(door, late, at=held.ends + 2 * HOUR)
    (digest,) = Notice.objects.filter(kind="digest")
    assert (digest.registration, digest.said["answered"]) == (mine, 1)


def test_questions_of_a_day_that_is_cancelled_get_an_owner_too(comes: Comes, coming: Day) -> None:
    comes("a", question="Et la formation?")
    cancel_day(coming.pk, by=None, at=coming.starts - DAY)
    question = Question.objects.get(text="Et la formation?")
    assert (question.kind, question.about, question.state) == ("day", "day:saguenay", "routed")
    assert question.due == (coming.starts - DAY + closing.ANSWER_IN).date()


@pytest.mark.parametrize("over", ["done", "cancelled"])
def test_what_is_asked_or_opened_again_once_the_day_is_over_gets_an_owner_at_once(
    held: Day, team: Client, over: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days, "now", lambda: held.ends + DAY)
    close(held) if over == "done" else cancel_day(held.pk, by=None, at=days.now())
    page = "/equipe/journees/saguenay/questions/"
    team.post(page, {"do": "paper", "text": "Trouvée sur une feuille?", "subject": ""})
    again = LiveQuestion.objects.get(text="Répondue?")
    for state in ("shown", "on-floor", "shown"):
        team.post(page, {"do": state, "question": again.pk})
    made = Question.objects.filter(kind="day", text__in=("Trouvée sur une feuille?", "Répondue?"))
    assert {(one.state, one.due) for one in made} == {("routed", (days.now() + closing.ANSWER_IN).date())}
    assert made.count() == 2, "once each"


def test_phones_see_at_once_that_the_day_is_over_or_off_and_that_a_question_came(comes: Comes, held: Day) -> None:
    def version() -> int:
        return Day.objects.values_list("live_version", flat=True).get(pk=held.pk)

    other = make_day(slug="alma")
    before = version()
    comes("a", question="Et la formation?")
    assert version() > before
    before = version()
    close(held)
    assert version() > before
    cancel_day(other.pk, by=None, at=other.starts)
    assert Day.objects.get(pk=other.pk).live_version > other.live_version


def test_what_is_answered_aloud_once_it_has_an_owner_is_closed_there_and_counted_once(
    held: Day, team: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(held)
    monkeypatch.setattr(days, "now", lambda: held.ends + HOUR)
    row = LiveQuestion.objects.get(text="À qui?")
    page, press = "/equipe/journees/saguenay/questions/", {"question": str(row.pk), "do": "answered"}
    refused = team.post(page, press)
    assert (refused.status_code, "Notez d’abord la réponse" in shown(refused)) == (422, True)
    LiveQuestion.objects.filter(pk=row.pk).update(answer="À nous.")
    assert team.post(page, press).status_code == 303
    made = Question.objects.get(pk=row.question)
    assert (made.state, made.channel, made.moves.get(what="answered").why) == ("answered", "live", "À nous.")
    told = report(held, now=held.ends + HOUR, lang="fr")["questions"]
    assert (told["all"], told["in_room"], told["answered_since"]) == (3, 2, 0)
    assert (digest_of(held)["answered"], digest_of(held)["open"]) == (2, 1)


def test_who_asked_is_written_to_only_if_they_left_an_address_for_that(held: Day) -> None:
    ana, box = make_person("ana@example.org"), "box@example.org"
    left = {
        "personne": (None, ""),
        "compte": (ana, ""),
        "les deux": (ana, ana.email),
        "autre": (ana, box),
        "x": (None, box),
    }
    for text, (person, email) in left.items():
        live.ask(held.pk, Asked(text, "fr", person=person, email=email), at=held.starts)
    close(held)
    kept = {one.text: (one.person, one.email, one.agreed is not None) for one in Question.objects.filter(text__in=left)}
    assert kept == {
        "personne": (None, "", False), "compte": (ana, "", False), "les deux": (ana, "", True),
        "autre": (None, box, True), "x": (None, box, True),
    }  # fmt: skip


@pytest.mark.parametrize("ticked", [{}, {"answer": "yes"}])
def test_the_address_of_a_registration_answers_its_question_only_if_that_box_is_ticked(
    coming: Day, client: Client, ticked: dict[str, str]
) -> None:
    typed = {"who": "Ana", "contact": "ana@example.org", "region": "qc-r02", "question": "Et la formation?"}
    page = "/journees/saguenay/inscription/"
    assert not client.get(page).context["form"]["answer"].value(), "nothing is ticked for them"
    assert client.post(page, {**typed, **ticked}).status_code == 303
    cancel_day(coming.pk, by=None, at=coming.starts - DAY)
    question = Question.objects.get(text="Et la formation?")
    assert (question.email, question.agreed is not None) == (("ana@example.org", True) if ticked else ("", False))


def test_the_team_says_who_owes_an_answer_and_when(held: Day, team: Client) -> None:
    other = Organisation.objects.create(slug="x", name_fr="X", name_en="X", provider="bdc", created=AT)
    row = LiveQuestion.objects.get(text="À qui?")
    sent = {"do": "note", "question": row.pk, "text": "À qui donc?", "answer": "", "owner": "", "due": "2027-03-01"}
    assert team.post("/equipe/journees/saguenay/questions/", sent).status_code == 303
    live.reword(
        row.pk, text="", answer="", owner=other, due=datetime(2027, 3, 1, tzinfo=days.HERE).date(), at=held.ends
    )
    close(held)
    question = Question.objects.get(text="À qui donc?")
    assert question.due is not None
    assert question.due.isoformat() == "2027-03-01"


def test_who_came_and_agreed_gets_the_answers_and_nobody_else(held: Day, comes: Comes) -> None:
    agreed = frozenset({"after"})
    came(comes("a", agreed=agreed)), comes("b", agreed=agreed)
    close(held)
    mail.outbox.clear()
    Notice.objects.exclude(kind="digest").delete()
    assert notices.send_due(at=held.ends + HOUR) == 1
    (letter,) = mail.outbox
    assert letter.to == ["a@example.org"]
    assert "Répondue? – Oui." in letter.body
    assert "Vendez" not in letter.body
    assert "/journees/arreter/" in letter.extra_headers["List-Unsubscribe"]


def test_what_followed_is_asked_after_30_90_and_180_days_once_each(comes: Comes, coming: Day) -> None:
    came(comes("a", agreed=frozenset({"after"}))), came(comes("b"))
    close(coming)
    asked = {after: closing.follow_up(at=coming.starts + after * DAY) for after in range(260)}
    assert [after for after, count in asked.items() if count] == list(FollowUp.AGES)
    assert sum(asked.values()) == 3, "who did not agree is asked nothing"
    assert closing.follow_up(at=coming.starts + 400 * DAY) == 0, "far too late"


def test_a_press_in_the_letter_chooses_and_only_a_second_one_keeps(client: Client, comes: Comes) -> None:
    mine = came(comes("a", agreed=frozenset({"after"})))
    page = f"/journees/suivi/{links.token_of(mine, links.FOLLOW)}/"
    opened = client.get(page + "?r=applied&a=90")
    assert 'value="applied" checked' in opened.content.decode()
    assert not FollowUp.objects.exclude(answer="").exists(), "a mail scanner may open it"
    assert client.post(page, {"a": "90", "answer": "applied", "programmes": [ID]}).status_code == 200
    row = FollowUp.objects.get()
    assert (row.after, row.answer, row.programmes) == (90, "applied", [ID])
    client.post(page, {"a": "90", "answer": "obtained"})
    assert FollowUp.objects.get().answer == "obtained", "a later one replaces it"
    assert client.get(page + "?a=31").status_code == 404
    assert client.post(page, {"a": "90", "answer": "magic"}).status_code == 422


def test_letters_after_the_day_stop_at_one_press_without_a_cookie(comes: Comes, coming: Day) -> None:
    mine = came(comes("a", agreed=frozenset({"after", "next"})))
    robot = Client(enforce_csrf_checks=True)
    page = f"/journees/arreter/{links.token_of(mine, links.STOP)}/"
    robot.get(page)
    mine.refresh_from_db()
    assert "after" in mine.agreed, "a mail scanner may open it"
    assert robot.post(page, {"List-Unsubscribe": "One-Click"}).status_code == 200
    mine.refresh_from_db()
    assert mine.agreed == {}
    close(coming)
    assert closing.follow_up(at=coming.starts + 30 * DAY) == 0


def test_reminders_leave_seven_days_and_one_day_before_once_each(comes: Comes, coming: Day) -> None:
    comes("a"), comes("b"), comes("c")
    written = {left: reminding.remind(at=coming.starts - left * DAY) for left in (10, 7, 6, 2, 1, 0)}
    assert written == {10: 0, 7: 2, 6: 0, 2: 0, 1: 2, 0: 0}, "who waits is not reminded"


# --------------------------------------------------------------------------------------------------- the report


def test_the_report_hides_what_fewer_than_five_people_said(comes: Comes, coming: Day) -> None:
    Day.objects.filter(pk=coming.pk).update(capacity=20)
    for number in range(9):
        mine = came(comes(f"p{number}", needs=["export"] if number < 5 else ["rd"], size="1-9"))
        answer = "applied" if number > 2 else "nothing" if number else "obtained"
        closing.say_what_followed(mine, after=30, answer=answer, programmes=(), at=coming.ends)
    page = report(coming, now=coming.ends, lang="fr")
    assert [(one["name"], one["n"]) for one in page["needs"]] == [("", 0)], "nine less five would say the four"
    assert [(one["name"], one["n"]) for one in page["sizes"]] == [("De 1 à 9 personnes", 9)]
    (step,) = page["funnel"]
    assert (step["answered"], [one["name"] for one in step["lines"]]) == (9, [""]), "nine less six would say three"
    assert page["summary"].startswith("9 personnes sont venues.")
    FollowUp.objects.exclude(registration__email__in=[f"p{n}@example.org" for n in range(4)]).delete()
    assert report(coming, now=coming.ends, lang="fr")["funnel"][0]["hidden"]


@pytest.mark.parametrize(
    ("said", "shown_"),
    [
        ("aaaaaaa", [7]),
        ("aaaaaab", []),
        ("aaaaaabb", []),
        ("aaaaaaabbbbbb", [7, 6]),
        ("aaaaaaabbbbbbc", [7]),
        ("aaaaaaabbbbbbccd", [7]),
        ("aaaaaaabbbbbbcccdd", [7, 6]),
        ("abc", []),
        ("", None),
    ],
)
def test_no_small_number_is_the_total_less_the_others(said: str, shown_: list[int] | None) -> None:
    lines = counted(said, str)
    assert [line["n"] for line in lines if line["name"]] == (shown_ or [])
    hidden = len(said) - sum(line["n"] for line in lines)
    assert hidden == 0 or hidden >= 5 or not [line for line in lines if line["name"]]
    assert (not lines) == (shown_ is None)


def test_the_first_line_of_the_report_says_what_came_of_the_day(held: Day, comes: Comes) -> None:
    Day.objects.filter(pk=held.pk).update(capacity=20)
    for number in range(6):
        mine = came(comes(f"q{number}"))
        for after in (30, 90):
            closing.say_what_followed(mine, after=after, answer="obtained", programmes=(), at=held.ends)
    close(held)
    page = report(held, now=held.ends + HOUR, lang="fr")
    assert "Questions qui ont leur réponse" in page["summary"]
    assert page["summary"].endswith("Après 90 jours, au moins 6 ont déposé une demande ou obtenu une aide.")
    assert report(held, now=held.ends - HOUR, lang="fr")["summary"] == "", "nothing before it is over"


def test_the_report_counts_who_walked_in_who_waited_and_who_had_a_seat_apart(comes: Comes, coming: Day) -> None:
    seated, absent, waited = (comes(name) for name in "abc")
    door, _ = checking_in.make_door(coming.pk, label="x", by=None, at=coming.starts)
    scans = [checking_in.Scan(str(one.pk), coming.starts, "name", registration=one.pk) for one in (seated, waited)]
    scans += [checking_in.Scan(f"w{n}", coming.starts, "at-door", name="Zoé") for n in range(3)]
    checking_in.take(door, scans, at=coming.starts)
    page = report(coming, now=coming.ends, lang="fr")
    counted_ = {name: page[name] for name in ("came", "at_door", "registered", "confirmed", "no_show", "share")}
    assert counted_ == {"came": 5, "at_door": 3, "registered": 3, "confirmed": 2, "no_show": 1, "share": 0.5}
    assert absent.day == coming


def test_the_report_counts_who_registered_and_who_gave_up_each_by_their_own_mark(comes: Comes, coming: Day) -> None:
    _a, b, c, d = (comes(name) for name in "abcd")
    door, _ = checking_in.make_door(coming.pk, label="x", by=None, at=coming.starts)
    scans = [checking_in.Scan("c", coming.starts, "at-door", registration=c.pk)]  # waited, and was let in
    scans += [checking_in.Scan(f"w{n}", coming.starts, "at-door", name="Zoé") for n in range(2)]
    checking_in.take(door, scans, at=coming.starts)
    registering.withdraw(b.pk, at=coming.starts + HOUR)
    close(coming)
    page = report(coming, now=coming.ends + HOUR, lang="fr")
    assert (page["registered"], page["at_door"], page["withdrawn"]) == (4, 2, 1), f"{d} waited until the end"
    forgetting.FORGETS["day_people"](now=coming.ends + 9999 * DAY)
    page = report(coming, now=coming.ends, lang="fr")
    assert (page["registered"], page["withdrawn"]) == (4, None), "who gave up is no longer known"
    assert _figures({**page, "share": 0.75})[0]["note"].endswith("des inscrits qui avaient une place")
    assert _figures(page)[1]["note"] == ""


def test_who_would_like_help_is_named_to_the_team_alone_until_they_say_otherwise(
    comes: Comes, coming: Day, team: Client
) -> None:
    Day.objects.filter(pk=coming.pk).update(capacity=9)
    ana = make_person("a@example.org")
    mine, other = came(comes("a", company="Fjord", person=ana)), came(comes("b", company="Cascade"))
    for one, after, answer in ((mine, 30, "help"), (other, 30, "help"), (other, 90, "obtained")):
        closing.say_what_followed(one, after=after, answer=answer, programmes=[ID], at=coming.ends + after * DAY)
    page = shown(team.get("/equipe/journees/saguenay/bilan/"))
    assert "Fjord" in page
    assert "Cascade" not in page
    assert AccessEntry.objects.filter(about=ana, why="day").count() == 1
    assert not any("Fjord" in str(one) for one in _sections(report(coming, now=coming.ends, lang="fr")))


def test_a_room_above_adds_its_sections_to_the_report(held: Day, team: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def give(day: Day, **_: Any) -> list[Section]:
        return [Section("Rencontres", "Une phrase.", [("Demandées", "12"), ("Tenues", "9")])] if day == held else []

    monkeypatch.setattr(apps.get_app_config("meetings"), "day_report", give, raising=False)
    close(held)
    page = shown(team.get("/equipe/journees/saguenay/bilan/"))
    assert "Rencontres</h2><p>Une phrase.</p>" in page
    assert "<span>Demandées</span><b>12</b>" in page
    sections = [one for one in _sections(report(held, now=held.ends, lang="fr")) if one["title"] == "Rencontres"]
    assert sections == [{"title": "Rencontres", "note": "Une phrase.", "rows": [["Demandées", "12"], ["Tenues", "9"]]}]


def test_what_stays_open_is_on_the_agenda_of_the_next_day_of_the_region(held: Day, team: Client) -> None:
    make_day(slug="roberval", starts=held.starts + 60 * DAY)
    close(held)
    page = report(held, now=held.ends + HOUR, lang="fr")
    assert page["next"]["count"] == 2
    assert "Roberval" in page["next"]["title"]
    assert "À qui?" in shown(team.get("/equipe/journees/roberval/"))
    Question.objects.filter(text="À qui?").update(state="abandoned")
    (given_up,) = [one for one in report(held, now=held.ends, lang="fr")["questions"]["waiting"] if one["given_up"]]
    assert given_up["text"] == "À qui?"
    papers = str(list(_sections(report(held, now=held.ends, lang="fr"))))
    assert "restée sans réponse" in papers
    assert "restée sans réponse" in shown(team.get("/equipe/journees/saguenay/bilan/"))
    assert "À qui?" in shown(team.get("/equipe/journees/roberval/")), "the next day may still answer it"
    other = make_day(slug="alma", starts=held.starts + 90 * DAY)
    other.tour = Tour.objects.create(slug="vraie", name_fr="Vraie", name_en="Real", created=AT)
    assert len(open_questions(other)) == 2
    Tour.objects.filter(pk=held.tour_id).update(demo=True)
    assert open_questions(other) == [], "a real day has no invented question"


def test_the_day_is_ended_by_the_page_and_its_report_is_there(
    held: Day, team: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "/equipe/journees/saguenay/bilan/"
    assert team.post(page).status_code == 422
    monkeypatch.setattr(days, "now", lambda: held.ends + HOUR)
    assert team.post(page).status_code == 303
    assert "2 confiées à un responsable" in shown(team.get(page))
    public = shown(Client().get("/journees/saguenay/"))
    assert "Oui." in public
    assert "2 autres questions ont un responsable" in public
    assert "À qui?" not in public


def test_the_report_says_nothing_of_absences_before_the_day_is_over(
    comes: Comes, coming: Day, team: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    comes("a"), comes("b")
    page = "/equipe/journees/saguenay/bilan/"
    monkeypatch.setattr(days, "now", lambda: coming.ends - HOUR)
    assert "absences" not in shown(team.get(page))
    monkeypatch.setattr(days, "now", lambda: coming.ends)
    assert "2 absences" in shown(team.get(page))


def test_the_page_of_the_day_counts_what_was_answered_in_writing(held: Day, client: Client) -> None:
    close(held)
    Question.objects.filter(text="À qui?").update(state="answered", answered=held.ends + 2 * HOUR)
    page = shown(client.get("/journees/saguenay/"))
    assert "1 autre question a eu une réponse par écrit" in page
    assert "1 autre question a un responsable" in page


# ---------------------------------------------------------------------------------------------- kept for a time


def test_each_thing_goes_after_its_time_and_what_is_counted_stays(held: Day, comes: Comes, settings: Any) -> None:
    mine = came(comes("a", needs=["export"], access="Rampe", agreed=frozenset({"after"})))
    Care.objects.get_or_create(registration=mine, defaults={"access": "Rampe"})
    live.vote(held.pk, LiveQuestion.objects.get(text="À qui?").pk, voter="v", at=held.starts)
    DayInvitation.objects.create(day=held, email="b@example.org", language="fr", nonce="n", created=held.ends)
    LiveQuestion.objects.filter(text="À qui?").update(email="a@example.org", asker="r1")
    left = {
        "day_care": Care.objects.all(),
        "day_votes": Vote.objects.all(),
        "day_invitations": DayInvitation.objects.all(),
        "day_people": Registration.objects.exclude(name=""),
    }
    assert set(left) == set(forgetting.FORGETS)
    for purpose, rows in left.items():
        end = held.ends + timedelta(days=settings.RETENTION[purpose])
        forgetting.FORGETS[purpose](now=end - HOUR)
        assert rows.exists(), purpose
        forgetting.FORGETS[purpose](now=end + HOUR)
        assert not rows.exists(), purpose
    mine.refresh_from_db()
    assert (mine.email, mine.company, mine.needs, mine.state) == ("", "", ["export"], "came")
    assert not LiveQuestion.objects.exclude(email="", asker="").exists()
    assert LiveQuestion.objects.get(text="À qui?").votes == 1
    assert not Notice.objects.exists()


def test_the_words_of_what_was_never_public_go_with_the_people(held: Day, settings: Any) -> None:
    forgetting.FORGETS["day_people"](now=held.ends + timedelta(days=settings.RETENTION["day_people"]) + HOUR)
    left = set(LiveQuestion.objects.values_list("state", "text"))
    assert left == {("answered", "Répondue?"), ("shown", "À qui?"), ("shown", "Sur quoi?"), ("refused", "")}


def test_nothing_is_written_to_who_is_forgotten_or_came_without_an_address(coming: Day) -> None:
    door, _ = checking_in.make_door(coming.pk, label="x", by=None, at=coming.starts)
    checking_in.take(door, [checking_in.Scan("s", coming.starts, "at-door", name="Zoé")], at=coming.starts)
    close(coming)
    assert closing.follow_up(at=coming.starts + 30 * DAY) == 0
    assert not Notice.objects.exists()
