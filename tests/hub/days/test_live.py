"""Questions of the room: no account, one voice each, nothing shown unread, nothing lost when they merge."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alliage.hub.days import links, quick, versions
from alliage.hub.days.actions import live
from alliage.hub.days.actions.live import Asked, NotAsked
from alliage.hub.days.models import Day, LiveQuestion, Vote
from alliage.hub.days.queries import live as questions
from alliage.hub.people.models import AccessEntry
from alliage.hub.ui import day as days
from tests.hub.days.conftest import Comes
from tests.hub.people.actors import make_person, shown
from tests.hub.things import make_day

pytestmark = pytest.mark.django_db
PAGE, FEED, TEAM = (
    "/journees/saguenay/direct/",
    "/journees/saguenay/direct/fil/",
    "/equipe/journees/saguenay/questions/",
)
State = LiveQuestion.State


@pytest.fixture
def room(coming: Day) -> Day:
    """The room may ask."""
    live.switch(coming.pk, on=True, by=None, at=days.now())
    coming.refresh_from_db()
    return coming


def ask(day: Day, text: str, *, state: str = State.SHOWN, asker: str = "") -> LiveQuestion:
    made = live.ask(day.pk, Asked(text, "fr", asker=asker), at=days.now())
    if state != State.NEW:
        live.moderate(made.pk, state=state, by=None, at=days.now())
    return made


def votes(question: LiveQuestion) -> int:
    return LiveQuestion.objects.get(pk=question.pk).votes


def phone() -> Client:
    """A browser that has opened the page once: it holds the key of its forms."""
    browser = Client(enforce_csrf_checks=True)
    browser.get(PAGE)
    return browser


def send(browser: Client, **typed: Any) -> Any:
    token = browser.cookies["csrftoken"].value
    return browser.post(PAGE, {"csrfmiddlewaretoken": token, **typed}, headers={"Accept": "application/json"})


@pytest.mark.usefixtures("room")
def test_a_question_is_read_before_the_room_sees_it(team: Client) -> None:
    asker = phone()
    assert send(asker, text="Et les délais?", subject="", contact="").status_code == 303
    assert "Et les délais?" not in shown(Client().get(PAGE))
    assert "Et les délais?" in shown(asker.get(PAGE)), "who asked sees it, with how far it is"
    team.post(TEAM, {"do": "shown", "question": LiveQuestion.objects.get().pk})
    assert "Et les délais?" in shown(Client().get(PAGE))


def test_one_voice_for_each_phone_and_each_badge_given_and_taken_back(room: Day, comes: Comes) -> None:
    question, first, second = ask(room, "Une?"), phone(), phone()
    for browser in (first, first, second):
        assert send(browser, vote=str(question.pk)).json()["voted"] == [question.pk]
    assert votes(question) == 2
    send(first, vote=f"-{question.pk}")
    assert votes(question) == 1
    mine = comes("a")
    for browser in (first, second, phone()):
        send(browser, vote=str(question.pk), badge=links.token_of(mine, links.VOTE))
    assert votes(question) == 2, "three phones, one badge"
    assert all(len(voice.voter) == 40 for voice in Vote.objects.all()), "fingerprints alone"
    for nobody in ("ZZZZZZZZ", mine.code, links.token_of(mine, links.MINE), "é" * 300):
        send(first, vote=str(question.pk), badge=nobody)
        assert votes(question) == 3, "a badge that is nobody's is the phone"


def test_the_code_that_opens_the_door_is_in_no_address(room: Day, comes: Comes, client: Client) -> None:
    mine, question = comes("a"), ask(room, "Une?")
    page = shown(client.get(f"/journees/place/{links.token_of(mine, links.MINE)}/"))
    (address,) = set(re.findall(r'href="(/journees/saguenay/direct/[^"]+)"', page))
    assert mine.code not in address
    assert client.get(f"/journees/place/{address.partition('=')[2]}/").status_code == 410, "it votes, and opens nothing"
    answer = client.post(address, {"vote": str(question.pk)})
    assert answer.headers["Location"] == address, "one's voice goes along"
    assert votes(question) == 1
    other = make_day(slug="alma")
    assert questions.seat_of(other.pk, address.partition("=")[2]) is None, "of this day alone"


def test_one_network_has_a_room_of_500_new_voters_an_hour_each_counted_once(
    room: Day, comes: Comes, settings: Any
) -> None:
    assert int(settings.ACCOUNT_RATE_LIMITS["day-voters"].partition("/")[0]) >= 500
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "day-voters": "2/h/ip"}
    one, two = ask(room, "Une?"), ask(room, "Deux?")
    first, second, third = phone(), phone(), phone()
    for browser in (first, second):
        for question in (one, two):
            assert send(browser, vote=str(question.pk)).status_code == 200
    assert send(third, vote=str(one.pk)).status_code == 429
    plain = third.post(PAGE, {"csrfmiddlewaretoken": third.cookies["csrftoken"].value, "vote": str(one.pk)})
    assert plain.status_code == 429
    assert "Votre voix n’est pas encore comptée" in shown(plain)
    assert send(first, vote=f"-{one.pk}").status_code == 200
    badge = links.token_of(comes("a"), links.VOTE)
    assert send(third, vote=str(one.pk), badge=badge).status_code == 200, "who comes is known"
    assert votes(one) == 2


def test_voices_of_merged_questions_are_those_of_the_one_that_stays_each_voter_once(room: Day, team: Client) -> None:
    one, two = ask(room, "Peut-on cumuler?"), ask(room, "Le cumul est-il permis?")
    for voter in "abc":
        live.vote(room.pk, one.pk, voter=voter, at=days.now())
    for voter in "cde":
        live.vote(room.pk, two.pk, voter=voter, at=days.now())
    team.post(TEAM, {"do": "merge", "question": two.pk, "into": one.pk})
    assert votes(one) == 5
    assert live.vote(room.pk, two.pk, voter="f", at=days.now()) == 6, "a late voice goes to the one that stays"
    assert live.vote(room.pk, two.pk, voter="a", at=days.now()) == 6
    live.merge(one.pk, into=two.pk, by=None, at=days.now())
    assert votes(one) == 6, "what is merged receives nothing"


def test_questions_that_use_the_same_words_are_suggested_never_merged_alone(room: Day) -> None:
    ask(room, "Faut-il attendre la réponse avant de commander la machine?")
    ask(room, "Doit-on attendre la réponse pour commander des machines?")
    ask(room, "Où manger?")
    alike = {
        one["text"][:4]: [other["text"][:4] for other in one["alike"]] for one in questions.moderation(room)["shown"]
    }
    assert alike == {"Faut": ["Doit"], "Doit": ["Faut"], "Où m": []}


def test_a_phone_that_has_the_version_gets_nothing_and_asks_the_database_nothing(
    room: Day, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = ask(room, "Une?")
    answer = Client().get(FEED)
    version = answer.headers["X-Version"]
    with django_assert_num_queries(0):
        same = Client().get(f"{FEED}?v={version}")
    assert (same.status_code, same.content, same.headers["X-Version"]) == (200, b"", version)
    live.vote(room.pk, question.pk, voter="a", at=days.now())
    new = Client().get(f"{FEED}?v={version}")
    assert new.status_code == 200
    assert '<span class="vote-count">1</span>' in new.content.decode()
    with django_assert_num_queries(0):
        assert Client().get(FEED).content == new.content, "drawn once, the same for all"
    small = Client().get(FEED, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(small.content) == new.content
    later = days.passing() + 1
    monkeypatch.setattr(days, "passing", lambda: later)
    with django_assert_num_queries(1):
        Client().get(FEED)


def test_the_projector_shows_the_question_on_the_floor_and_the_most_wanted(room: Day, team: Client) -> None:
    rows = [ask(room, f"Question {number}?") for number in range(8)]
    for number, row in enumerate(rows):
        for voter in range(number):
            live.vote(room.pk, row.pk, voter=str(voter), at=days.now())
    team.post(TEAM, {"do": "on-floor", "question": rows[0].pk})
    team.post(TEAM, {"do": "on-floor", "question": rows[1].pk})
    page = shown(Client().get("/journees/saguenay/ecran/"))
    assert page.count("On y répond maintenant") == 1, "one at a time"
    assert page.index("Question 1?") < page.index("Question 7?") < page.index("Question 6?")
    assert "Question 2?" not in page, "the first five"


@pytest.mark.usefixtures("room")
def test_what_is_too_much_waits_and_what_was_typed_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    asker = phone()
    for number in range(live.PER_ASKER):
        assert send(asker, text=f"Question {number}?").status_code == 303
    again = send(asker, text="Une de trop?")
    assert again.status_code == 429
    assert "Une de trop?" in shown(again)
    assert send(asker, text="Question 0?").status_code == 303, "the same question is kept once"
    later = days.now() + live.WINDOW + timedelta(seconds=1)
    monkeypatch.setattr(days, "now", lambda: later)
    assert send(asker, text="Une de trop?").status_code == 303
    monkeypatch.setattr(live, "MOST_NEW", 1)
    assert send(phone(), text="Bonjour?").status_code == 429


@pytest.mark.parametrize("typed", ["", " \n\t", "\N{ZERO WIDTH SPACE}" * 3, "x" * 20_000])
@pytest.mark.usefixtures("room")
def test_nothing_or_a_whole_book_is_no_question_and_is_not_lost(typed: str) -> None:
    answer = send(phone(), text=typed)
    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert not LiveQuestion.objects.exists()


def test_a_room_that_is_shut_takes_neither_question_nor_voice(coming: Day) -> None:
    live.switch(coming.pk, on=True, by=None, at=days.now())
    question = ask(coming, "Une?")
    live.switch(coming.pk, on=False, by=None, at=days.now())
    with pytest.raises(NotAsked, match="shut"):
        ask(coming, "Deux?")
    assert live.vote(coming.pk, question.pk, voter="a", at=days.now()) is None
    assert 'class="vote"' not in Client().get(PAGE).content.decode()
    answer = send(phone(), text="Et alors?")
    assert answer.status_code == 422
    assert "Et alors?" in shown(answer)


def test_nobody_is_named_to_the_room_and_a_robot_asks_nothing(room: Day) -> None:
    live.ask(room.pk, Asked("Une?", "fr", asker="x", email="ann@example.org"), at=days.now())
    LiveQuestion.objects.update(state=State.SHOWN)
    for address in (PAGE, FEED, "/journees/saguenay/ecran/"):
        assert "ann@example.org" not in Client().get(address).content.decode()
    send(phone(), text="Achetez!", website="http://spam.example")
    assert LiveQuestion.objects.count() == 1


@pytest.mark.usefixtures("coming")
def test_a_question_on_paper_is_shown_at_once_even_while_the_room_is_shut(team: Client) -> None:
    assert team.post(TEAM, {"do": "paper", "text": "Écrite à la main?", "subject": ""}).status_code == 303
    assert LiveQuestion.objects.get().state == State.SHOWN
    empty = team.post(TEAM, {"do": "paper", "text": " "})
    assert empty.status_code == 422
    assert "Remplissez ce champ." in shown(empty)


@pytest.mark.usefixtures("room")
def test_a_question_of_another_day_is_not_moderated_here(team: Client) -> None:
    assert team.post(TEAM, {"do": "shown", "question": 999}).status_code == 404
    assert team.post(TEAM, {"do": "shown", "question": "x" * 40}).status_code == 404


def test_a_note_that_cannot_be_kept_says_why_and_loses_nothing(room: Day, team: Client) -> None:
    one, other = ask(room, "Une?"), ask(room, "Deux?")
    typed = {"do": "note", "question": one.pk, "text": "Une, mieux dite?", "answer": "Oui. " * 300, "due": "demain"}
    answer = team.post(TEAM, typed)
    page = shown(answer)
    assert answer.status_code == 422
    assert page.count("Écrivez une date comme 2026-11-26.") == 1
    assert all(text in page for text in ("Une, mieux dite?", "Oui. " * 299, 'value="demain"'))
    assert page.count('<details class="disclosure" open>') == 1, "the question that it is about, alone"
    assert f'id="note-{other.pk}-text"' in page
    assert LiveQuestion.objects.get(pk=one.pk).text == "Une?"
    too_long = shown(team.post(TEAM, {**typed, "due": "", "answer": "x" * 2001}))
    assert "C’est trop long" in too_long
    assert "x" * 2001 in too_long
    assert team.post(TEAM, {**typed, "due": "2027-02-25"}).status_code == 303
    assert 'type="date" value="2027-02-25"' in shown(team.get(TEAM))


def test_what_is_not_merged_is_not_said_to_be(room: Day, team: Client) -> None:
    one, two, three = (ask(room, text) for text in ("Une?", "Deux?", "Trois?"))
    elsewhere = make_day(slug="alma")
    live.switch(elsewhere.pk, on=True, by=None, at=days.now())
    assert team.post(TEAM, {"do": "merge", "question": one.pk, "into": ask(elsewhere, "?").pk}).status_code == 404
    assert team.post(TEAM, {"do": "merge", "question": one.pk, "into": "zz"}).status_code == 404
    for _ in range(2):
        assert team.post(TEAM, {"do": "merge", "question": one.pk, "into": two.pk}).status_code == 303, "pressed twice"
    for late in ({"do": "merge", "into": three.pk}, {"do": "shown"}):
        answer = team.post(TEAM, {"question": one.pk, **late})
        assert answer.status_code == 422
        assert "Rien n’a changé" in shown(answer)
    assert votes(three) == 0


SCREEN = "/journees/saguenay/ecran/"


def test_the_projector_says_when_the_room_opens_and_invites_nobody_before(
    coming: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {
        coming.starts - timedelta(days=3): "Ouverture des questions : jeudi 11 février 2027, 9 h",
        coming.starts + timedelta(minutes=5): "Les questions ouvrent bientôt",
        coming.ends + timedelta(minutes=5): "Les questions sont fermées",
    }
    for moment, says in words.items():
        monkeypatch.setattr(days, "now", lambda moment=moment: moment)
        quick._drawn.clear()
        for address in (SCREEN, SCREEN + "fil/"):
            page = shown(Client().get(address)).replace("\N{NO-BREAK SPACE}", " ")
            assert says in page
            assert "screen-shut" in page
            before = moment < coming.starts
            assert ("Jeudi 11 février 2027" in page and "Salle du Fjord, Saguenay" in page) == before
            assert ("Inscrivez-vous" in page) == before
    monkeypatch.setattr(days, "now", lambda: coming.starts - timedelta(days=3))
    Day.objects.filter(pk=coming.pk).update(status=Day.Status.SHUT)
    assert "Inscrivez-vous" not in shown(Client().get(SCREEN)), "registrations are shut"
    live.switch(coming.pk, on=True, by=None, at=days.now())
    for address in (SCREEN, SCREEN + "fil/"):
        page = shown(Client().get(address))
        assert "Posez la première question" in page
        assert "screen-shut" not in page


def test_the_wall_shows_an_address_that_one_can_type_or_none(coming: Day, settings: Any) -> None:
    settings.SITE_URL = "https://aide.example"
    assert "aide.example/journees/saguenay/direct" not in shown(Client().get(SCREEN)).partition("screen-how")[2]
    Day.objects.filter(pk=coming.pk).update(slug="alma")
    assert '<p class="screen-url">aide.example/journees/alma/direct</p>' in shown(Client().get("/journees/alma/ecran/"))


def test_who_reads_who_asked_is_written_down(room: Day, comes: Comes, team: Client) -> None:
    ana, bea = make_person("a@example.org"), make_person("b@example.org")
    comes("a", question="Et la formation?", person=ana)
    live.ask(room.pk, Asked("Et la relève?", "fr", email=bea.email), at=days.now())
    page = shown(team.get(TEAM))
    assert "b@example.org" in page
    assert set(AccessEntry.objects.filter(why="day").values_list("about", flat=True)) == {ana.pk, bea.pk}


def test_what_is_on_the_floor_or_was_just_shown_is_seen_however_many_have_more_voices(room: Day) -> None:
    now = days.now()
    many = [
        LiveQuestion(day=room, text=f"{n}?", language="fr", state=State.SHOWN, votes=3, created=now, changed=now)
        for n in range(questions.MOST_SHOWN + 1)
    ]
    LiveQuestion.objects.bulk_create(many)
    floor, last = ask(room, "Ici?", state=State.ON_FLOOR), ask(room, "La dernière?")
    seen = questions.questions(room.pk)
    assert [row["id"] for row in seen["floor"]] == [floor.pk]
    assert len(seen["rows"]) == questions.MOST_SHOWN
    assert last.pk in [row["id"] for row in seen["rows"]]


def test_a_day_that_is_gone_since_its_version_was_remembered_is_not_found(coming: Day) -> None:
    versions.remember_version("partie", (coming.pk + 1000, False, 1), at=days.passing())
    assert Client().get("/journees/partie/ecran/fil/").status_code == 404
