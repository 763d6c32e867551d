"""Corrections by anyone: kept, braked, answered, forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from alliage.hub.people.models import AccessEntry, Person
from alliage.hub.programmes.freshness.actions import asking, correcting
from alliage.hub.programmes.freshness.actions.asking import To
from alliage.hub.programmes.freshness.actions.correcting import Told
from alliage.hub.programmes.freshness.actions.forgetting import FORGETS
from alliage.hub.programmes.freshness.models import Correction
from alliage.hub.ui import day
from tests.hub.people.actors import make_person
from tests.hub.programmes.freshness.conftest import C3I, DAY
from tests.hub.programmes.freshness.test_confirming import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
PAGE = f"/programmes/{C3I}/corriger/"
WHOLE = {"text": "Le taux est de 25 %.", "page": "https://x.example", "email": "ana@example.org", "agree": "yes"}


def test_what_is_told_waits_for_the_team_without_an_address_too(client: Client, desk: Client) -> None:
    assert client.get(PAGE).status_code == 200
    for sent in (WHOLE, {"text": "Le téléphone a changé."}):
        response = client.post(PAGE, sent)
        assert (response.status_code, response.url) == (303, "/merci/")
    assert "Merci" in words(client.get("/merci/"))
    assert [row.email for row in Correction.objects.all()] == ["", "ana@example.org"]
    page = words(desk.get("/equipe/corrections/"))
    assert "Le taux est de 25" in page
    assert "Le téléphone a changé." in words(desk.get("/equipe/corrections/?etat=new"))
    assert "Aucune correction" in words(desk.get("/equipe/corrections/?etat=done"))


@pytest.mark.parametrize(
    "typed",
    [
        {"text": ""},
        {"text": "\u200b \u2060"},
        {"text": "a" * 5_001},
        {"email": "nobody"},
        {"agree": ""},
        {"text": "\x00"},
        {"page": "x" * 501},
    ],
)
def test_what_cannot_be_kept_is_asked_again_with_what_was_typed(client: Client, typed: dict[str, str]) -> None:
    response = client.post(PAGE, WHOLE | {"page": "https://kept.example"} | typed)
    assert response.status_code == 422
    assert "field-wrong" in response.content.decode()
    assert typed.get("page", "https://kept.example") in response.content.decode()
    assert not Correction.objects.exists()


def test_a_robot_is_thanked_and_nothing_is_kept(client: Client) -> None:
    assert client.post(PAGE, WHOLE | {"website": "https://spam.example"}).status_code == 303
    assert not Correction.objects.exists()


def test_the_same_one_is_kept_once_and_too_many_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        assert client.post(PAGE, WHOLE).status_code == 303
    assert Correction.objects.count() == 1
    for number in range(correcting.AN_HOUR - 1):
        assert client.post(PAGE, {"text": f"x {number}"}).status_code == 303
    waits = client.post(PAGE, {"text": "Un long message"})
    assert waits.status_code == 429
    assert "dans une heure" in words(waits)
    assert "Un long message" in words(waits)
    assert client.post("/programmes/canexport-pme/corriger/", {"text": "y"}).status_code == 303
    monkeypatch.setattr(correcting, "A_DAY", Correction.objects.count())
    waits = client.post("/programmes/pari-cnrc/corriger/", {"text": "Un autre message"})
    assert waits.status_code == 429
    assert "demain" in words(waits)
    assert "Un autre message" in words(waits)


@pytest.mark.parametrize(("lang", "said"), [("fr", "Votre message sur"), ("en", "Your message about")])
def test_an_answer_is_written_in_the_language_of_who_told(desk: Client, lang: str, said: str) -> None:
    correcting.tell(C3I, told=Told("Le taux?", email="ana@example.org", language=lang), at=day.now())
    row = Correction.objects.get()
    page = f"/equipe/corrections/{row.pk}/"
    assert "Le taux?" in words(desk.get(page))
    assert desk.post(page, {"state": "taken", "answer": ""}).status_code == 303
    assert not outbox.outbox
    for _ in range(2):
        assert desk.post(page, {"state": "done", "answer": "C’est fait."}).status_code == 303
    (letter,) = outbox.outbox
    assert (letter.to, said in letter.subject.replace("\u2060", "")) == (["ana@example.org"], True)
    assert "C’est fait." in letter.body
    row.refresh_from_db()
    assert (row.state, row.answered) == ("done", day.now())


def test_the_team_that_sees_whose_address_it_is_is_written_down(desk: Client, team: Person, officer: Person) -> None:
    """Here as on the page that checks a programme, where officers and who was asked are named."""
    asked = make_person("asked@example.org")
    for email in (asked.email, "office@example.org"):
        asking.ask(C3I, to=To(email), by=team, at=day.now())
    for email in ("asked@example.org", ""):
        correcting.tell(C3I, told=Told("Le taux?" + email, page="", email=email, language="fr"), at=day.now())
    for row in Correction.objects.all():
        desk.get(f"/equipe/corrections/{row.pk}/")
    desk.get(f"/equipe/a-verifier/{C3I}/")
    seen = [(entry.about, entry.why, entry.by) for entry in AccessEntry.objects.order_by("pk")]
    both = sorted((asked, officer), key=lambda one: one.pk)
    assert seen == [(asked, "correction", team), *((one, "check", team) for one in both)]


def test_who_left_no_address_is_written_to_by_nobody(desk: Client) -> None:
    correcting.tell(C3I, told=Told("Le taux?"), at=day.now())
    desk.post(f"/equipe/corrections/{Correction.objects.get().pk}/", {"state": "refused", "answer": "Non."})
    assert not outbox.outbox
    assert Correction.objects.get().answer == "Non."


def test_an_answer_that_does_not_leave_changes_nothing(desk: Client, settings: Any) -> None:
    correcting.tell(C3I, told=Told("Le taux?", email="ana@example.org"), at=day.now())
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = 1
    page = f"/equipe/corrections/{Correction.objects.get().pk}/"
    assert desk.post(page, {"state": "done", "answer": "Oui."}).status_code == 503
    assert Correction.objects.get().state == "new"


def test_after_a_year_nothing_says_who_told(desk: Client) -> None:
    correcting.tell(C3I, told=Told("Le taux?", email="ana@example.org"), at=day.now())
    assert FORGETS["corrections"](now=day.now() + 364 * DAY) == 0
    assert FORGETS["corrections"](now=day.now() + 365 * DAY) == 1
    assert FORGETS["corrections"](now=day.now() + 366 * DAY) == 0
    row = Correction.objects.get()
    assert (row.text, row.email, row.page, row.programme_id) == ("", "", "", C3I)
    assert "effacé après un an" in words(desk.get("/equipe/corrections/"))


def test_what_does_not_exist_is_said_kindly(client: Client, desk: Client) -> None:
    assert client.post("/programmes/nothing/corriger/", WHOLE).status_code == 404
    for number in ("0", "9" * 40, "x"):
        assert desk.get(f"/equipe/corrections/{number}/").status_code == 404
    assert desk.post("/equipe/corrections/1/", {"state": "done"}).status_code == 404
