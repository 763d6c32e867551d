"""Signing up and in by the pages: a code by e-mail, a password, a second factor; what a stranger may try."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alliage.hub.people.models import AuditEntry, Person, SignedIn
from tests.hub.people.actors import make_person, sign_in

PASSWORD = "trois chevaux sous la pluie"  # noqa: S105 - of nobody
pytestmark = pytest.mark.django_db


def code_of(letter: Any) -> str:
    """The code of a letter: alone on its line."""
    found = re.search(r"^[A-Z0-9]{3,}(?:-[A-Z0-9]{3,})?$", letter.body, re.MULTILINE)
    assert found, letter.body
    return found[0]


def test_who_has_an_account_gets_in_with_a_code(person: Person, client: Client) -> None:
    asked = client.post("/compte/connexion/?next=/programmes/", {"email": "ANA@Example.org", "next": "/programmes/"})
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith("/compte/connexion/code/")
    (letter,) = mail.outbox
    assert letter.to == ["ana@example.org"]
    assert letter.subject.startswith("Votre code")
    page = client.get(asked.headers["Location"])
    assert "ana@example.org" in page.content.decode()
    entered = client.post(asked.headers["Location"], {"code": code_of(letter)})
    assert (entered.status_code, entered.headers["Location"]) == (302, "/programmes/")
    assert client.get("/compte/").status_code == 200
    row = SignedIn.objects.get(person=person)
    assert row.since
    assert AuditEntry.objects.filter(what="signed-in", by=person).count() == 1


@pytest.mark.parametrize("next_", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_nobody_is_sent_to_another_site(person: Person, client: Client, next_: str) -> None:
    asked = client.post("/compte/connexion/", {"email": person.email, "next": next_})
    entered = client.post(asked.headers["Location"], {"code": code_of(mail.outbox[0]), "next": next_})
    assert entered.headers["Location"] == "/compte/"


def test_a_stranger_learns_nothing_of_who_has_an_account(person: Person) -> None:
    known, unknown = Client(), Client()
    answers = [
        browser.post("/compte/connexion/", {"email": email})
        for browser, email in ((known, person.email), (unknown, "nobody@example.org"))
    ]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    pages = [browser.get(answers[0].headers["Location"]).content.decode() for browser in (known, unknown)]
    shown = [re.sub(r"[\w.]+@example\.org|value=\"\w{64}\"", "", page) for page in pages]
    assert shown[0] == shown[1]
    assert [letter.subject for letter in mail.outbox][1] == "Aucun compte n’a ce courriel"


def test_wrong_codes_end_the_sign_in(person: Person, client: Client) -> None:
    asked = client.post("/compte/connexion/", {"email": person.email}).headers["Location"]
    right = code_of(mail.outbox[0])
    statuses = [client.post(asked, {"code": "AAA-AAA"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 302]
    assert "ce code ne sert plus" in client.get("/compte/connexion/").content.decode()
    assert "ce code ne sert plus" not in client.get("/compte/connexion/").content.decode(), "it is said once"
    assert client.post(asked, {"code": right}).headers["Location"] == "/compte/connexion/"
    assert client.get("/compte/").status_code == 302


def test_wrong_codes_of_a_new_account_are_told_too(client: Client) -> None:
    asked = client.post("/en/compte/creer/", {"email": "new@example.org", "name": "Nora"}).headers["Location"]
    sent = [client.post(asked, {"code": "AAA-AAA"}) for _ in range(3)]
    assert "this code no longer works" in client.get(sent[-1].headers["Location"]).content.decode()


def test_asking_for_codes_again_and_again_is_refused(person: Person) -> None:
    statuses = [Client().post("/compte/connexion/", {"email": person.email}).status_code for _ in range(4)]
    assert statuses[:3] == [302] * 3
    assert statuses[3] in (200, 429)
    assert len(mail.outbox) == 3


def test_passwords_tried_in_a_row_lock_the_account_for_a_while(person: Person, client: Client) -> None:
    person.set_password(PASSWORD)
    person.save()
    for _ in range(5):
        assert (
            client.post("/compte/connexion/mot-de-passe/", {"login": person.email, "password": "x"}).status_code == 200
        )
    locked = client.post("/compte/connexion/mot-de-passe/", {"login": person.email, "password": PASSWORD})
    assert "Trop d’essais" in locked.content.decode()
    assert AuditEntry.objects.filter(what="sign-in-refused").count() == 5
    assert not SignedIn.objects.filter(person=person).exists()


def test_a_new_person_confirms_their_e_mail_before_the_account_opens(client: Client) -> None:
    asked = client.post("/en/compte/creer/", {"email": "New@example.org", "name": "  Nora   Roy "})
    assert asked.headers["Location"].startswith("/en/compte/courriel/code/")
    assert client.get("/en/compte/").status_code == 302, "the account is not open yet"
    (letter,) = mail.outbox
    assert letter.subject.startswith("Confirm your e-mail")
    assert client.get(asked.headers["Location"]).status_code == 200
    done = client.post(asked.headers["Location"], {"code": code_of(letter)})
    assert done.status_code == 302
    assert client.get("/en/compte/").status_code == 200
    person = Person.objects.get()
    assert (person.email, person.name, person.language) == ("new@example.org", "Nora Roy", "en")


def test_a_form_that_is_wrong_keeps_what_was_typed(client: Client) -> None:
    page = client.post("/compte/creer/", {"email": "pas un courriel", "name": "Nora"}).content.decode()
    assert 'value="Nora"' in page
    assert 'value="pas un courriel"' in page
    assert 'aria-invalid="true"' in page


def test_leaving_is_a_form_and_ends_the_session(signed: Client, person: Person) -> None:
    assert signed.get("/compte/sortir/").status_code == 200
    assert SignedIn.objects.filter(person=person).count() == 1
    assert signed.post("/compte/sortir/").status_code == 302
    assert not SignedIn.objects.filter(person=person).exists()
    assert signed.get("/compte/").status_code == 302


def test_a_new_password_ends_the_other_sessions(person: Person) -> None:
    here, elsewhere = sign_in(person), sign_in(person)
    kept = here.post("/compte/mot-de-passe/choisir/", {"password1": PASSWORD, "password2": PASSWORD})
    assert kept.status_code == 302
    assert here.get("/compte/").status_code == 200
    assert elsewhere.get("/compte/").status_code == 302
    assert mail.outbox[-1].subject == "Votre compte a un mot de passe"


@pytest.mark.parametrize("weak", ["court", "password1234", "alliage2026!!", "ana@example.org", "aluminium-123"])
def test_a_password_that_a_stranger_would_try_is_refused(person: Person, weak: str) -> None:
    page = sign_in(person).post("/compte/mot-de-passe/choisir/", {"password1": weak, "password2": weak})
    assert page.status_code == 200
    assert 'class="field-error"' in page.content.decode()


def test_who_is_closed_out_does_not_get_in(person: Person) -> None:
    browser = sign_in(person)
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert browser.get("/compte/").status_code == 302


def test_an_old_cookie_of_answers_is_let_go(client: Client, django_assert_num_queries: Any) -> None:
    client.get("/temoins/")
    client.cookies["session"] = ".eJyrVkrLzEtJLbJSUFKqBQAp9AVi:1vNxyz:abc"
    with django_assert_num_queries(1):
        page = client.get("/temoins/")
    assert page.status_code == 200
    assert page.cookies["session"].value == ""


def test_a_session_is_made_for_nobody_else(client: Client) -> None:
    for address in ("/", "/trouver/resultats/", "/programmes/", "/compte/connexion/"):
        assert "session" not in client.get(address).cookies
    assert not SignedIn.objects.exists()


def test_letters_leave_in_the_language_of_the_person() -> None:
    make_person("lee@example.org", language="en")
    Client().post("/compte/connexion/", {"email": "lee@example.org"})
    assert mail.outbox[0].subject.startswith("Your code")
    assert "<html" in str(mail.outbox[0].alternatives[0][0])
