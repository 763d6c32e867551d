"""A correction leads to the part of the form that it points to; the change that comes of it answers who told it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from alliage.hub.people.models import AuditEntry, Person
from alliage.hub.programmes.documents import digest
from alliage.hub.programmes.freshness.actions import answering
from alliage.hub.programmes.freshness.models import Correction
from alliage.hub.programmes.models import Proposal
from alliage.hub.programmes.origins import Outcome
from alliage.hub.ui import day
from tests.hub.browser_form import fields_of, sent
from tests.hub.people.actors import shown
from tests.hub.programmes.freshness.conftest import C3I

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]
FORM = "application/x-www-form-urlencoded"
TOLD = {"text": "Le dépôt ferme en mars.", "part": "depot", "page": "https://quebec.ca/c3i", "email": "ana@example.org"}
WHY = {"reason": "La date a changé.", "page": "https://quebec.ca/c3i", "read": "2026-11-25"}


@pytest.fixture
def told(client: Client) -> Correction:
    assert client.post(f"/programmes/{C3I}/corriger/", {**TOLD, "agree": "yes"}).status_code == 303
    return Correction.objects.get()


def opened(desk: Client, told: Correction) -> tuple[str, Any]:
    """Where its page leads: the address of the form, and what the form holds."""
    queue = desk.get(f"/equipe/corrections/{told.pk}/").content.decode()
    found = re.search(rf'href="(/programmes/{C3I}/modifier/[^"]+)"', queue)
    assert found
    return found[1], desk.get(found[1])


def send(desk: Client, form: Any, do: str, **typed: str) -> Any:
    fields = sent(fields_of(form.content.decode(), "redaction"), **typed)
    fields["do"] = do
    return desk.post(f"/programmes/{C3I}/modifier/", fields.urlencode(), content_type=FORM)


def test_it_opens_the_form_where_it_points(desk: Client, told: Correction) -> None:
    assert "La date limite" in shown(desk.get(f"/equipe/corrections/{told.pk}/"))
    _address, page = opened(desk, told)
    text = shown(page)
    assert TOLD["text"] in text
    assert re.findall(r'edit-fold" open>.*?edit-section" id="([a-z-]+)">', text, re.DOTALL) == ["depot"]
    assert dict(fields_of(page.content.decode(), "redaction"))["page"] == TOLD["page"]
    assert TOLD["email"] not in text


def test_what_is_published_answers_who_told_it(
    desk: Client, told: Correction, django_capture_on_commit_callbacks: Any
) -> None:
    _address, page = opened(desk, told)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(desk, page, "save", contact__phone="514 555-0199", **WHY).status_code == 303
    told.refresh_from_db()
    assert (told.state, told.answer) == ("done", WHY["reason"])
    (letter,) = outbox.outbox
    assert letter.to == [TOLD["email"]]
    assert "la fiche est corrigée" in letter.body
    assert WHY["reason"] in letter.body


def test_a_form_that_changes_nothing_tells_nobody_that_it_is_corrected(
    desk: Client, told: Correction, django_capture_on_commit_callbacks: Any
) -> None:
    _address, page = opened(desk, told)
    with django_capture_on_commit_callbacks(execute=True):
        response = send(desk, page, "save", **WHY)
    assert response.status_code == 422
    assert "La fiche dit déjà ce que vous avez écrit" in shown(response)
    assert "n’en est pas averti" in shown(response)
    told.refresh_from_db()
    assert (told.state, outbox.outbox) == ("new", [])


@pytest.mark.parametrize(("do", "state", "words"), [("accept", "done", "corrigée"), ("refuse", "refused", "Voici ce")])
def test_the_end_of_a_proposal_answers_who_told_it(
    desk: Client, told: Correction, django_capture_on_commit_callbacks: Any, do: str, state: str, words: str
) -> None:
    _address, page = opened(desk, told)
    where = send(desk, page, "propose", contact__phone="514 555-0199", **WHY).headers["Location"]
    told.refresh_from_db()
    assert (told.state, outbox.outbox) == ("taken", [])
    for _press in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            seen = digest(Proposal.objects.get().document)
            desk.post(where, {"do": do, "reason": "Relu avec l’organisme.", "version": seen})
    told.refresh_from_db()
    assert told.state == state
    (letter,) = outbox.outbox
    assert words in letter.body
    assert "Relu avec l’organisme." in letter.body


def test_a_proposal_taken_back_leaves_it_to_be_done(
    desk: Client, told: Correction, django_capture_on_commit_callbacks: Any
) -> None:
    _address, page = opened(desk, told)
    where = send(desk, page, "propose", contact__phone="514 555-0199", **WHY).headers["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(where, {"do": "withdraw", "reason": "erreur"}).status_code == 303
    told.refresh_from_db()
    assert (told.state, outbox.outbox) == ("new", [])


def test_an_answer_that_does_not_leave_undoes_nothing_and_waits(
    desk: Client, told: Correction, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    _address, page = opened(desk, told)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    settings.EMAIL_PORT = 1
    with django_capture_on_commit_callbacks(execute=True):
        assert send(desk, page, "save", contact__phone="514 555-0199", **WHY).status_code == 303
    told.refresh_from_db()
    assert told.state == "new", "it stays in the queue"
    assert AuditEntry.objects.filter(what="correction-not-answered").exists()


def test_what_the_team_settles_meanwhile_is_not_answered_twice(
    told: Correction, team: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By hand, just before the change that it asked for is published."""
    real = answering.settle_correction

    def meanwhile(*args: Any, **named: Any) -> bool:
        real(told.pk, state="refused", answer="Rien à corriger.", by=team, at=day.now())
        return real(*args, **named)

    monkeypatch.setattr(answering, "settle_correction", meanwhile)
    answering._answer(told.pk, Outcome(done=True, words="Corrigé.", by=None, at=day.now()))
    told.refresh_from_db()
    assert (told.state, told.answer) == ("refused", "Rien à corriger.")
    assert len(outbox.outbox) == 1


def test_an_answer_that_fails_takes_nothing_else_with_it(
    desk: Client, told: Correction, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def broken(*_args: Any, **_named: Any) -> bool:
        raise RuntimeError

    _address, page = opened(desk, told)
    monkeypatch.setattr(answering, "settle_correction", broken)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(desk, page, "save", contact__phone="514 555-0199", **WHY).status_code == 303


def test_what_is_settled_or_is_of_another_programme_opens_a_plain_form(desk: Client, told: Correction) -> None:
    for origin in ("correction:999", "correction:x", "nothing:1", "correction:²", f"correction:{told.pk}"):
        if origin.endswith(f":{told.pk}"):
            Correction.objects.update(state="refused")
        page = desk.get(f"/programmes/{C3I}/modifier/?origine={origin}")
        assert page.status_code == 200
        assert TOLD["text"] not in shown(page)
        assert send(desk, page, "propose", contact__phone=f"514 555-{len(origin):04}", **WHY).status_code == 303
    assert set(Proposal.objects.values_list("origin", flat=True)) == {""}


def test_two_presses_tell_one_correction(client: Client) -> None:
    page = client.get(f"/programmes/{C3I}/corriger/").content.decode()
    key = re.findall(r'name="form_key" value="([^"]+)"', page)[0]
    for _press in range(2):
        assert client.post(f"/programmes/{C3I}/corriger/", {"text": "Faux", "form_key": key}).status_code == 303
    Correction.objects.update(created=day.now().replace(year=2025))
    assert client.post(f"/programmes/{C3I}/corriger/", {"text": "Faux", "form_key": key}).status_code == 303
    assert Correction.objects.count() == 1
