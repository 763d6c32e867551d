"""Letters over a real SMTP server of this machine: both parts, both languages, who writes, how to stop them."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from datetime import date
from email.message import Message
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from alliage.hub.config.environment import Environment
from alliage.hub.people import mail

TEMPLATES = Path(mail.__file__).parent / "templates" / "mail"
NAMES = sorted(file.stem for file in TEMPLATES.glob("*.txt") if file.stem != "base")
FILLED = {
    "day": date(2026, 12, 26), "expires": date(2026, 12, 10), "link": "https://a.example/y", "by": "Ana",
    "organisation": "A", "files": 2, "gone": {"names": [], "files": 1},
    "code": "ABCD-EFGH", "signup_url": "https://a.example/x", "email": "x@example.org",
}  # fmt: skip


class Box:
    """What a mail server received."""

    def __init__(self) -> None:
        self.letters: list[Message] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802 - aiosmtpd's
        self.letters.append(email.message_from_bytes(envelope.content, policy=default))
        return "250 OK"


@pytest.fixture
def server(settings: Any) -> Iterator[Box]:
    """A mail server, and a site that sends by it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.PRIVACY = {**settings.PRIVACY, "organisation": "Grappe exemple", "address": "1, rue du Port, Alma"}
    settings.TEAM_EMAIL = "equipe@example.org"
    yield box
    controller.stop()


def part(letter: Any, kind: str) -> str:
    body = letter.get_body((kind,))
    assert body is not None
    content: str = body.get_content()
    return content


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_letter_arrives_whole(server: Box, lang: str) -> None:
    mail.send("login_code", to="ana@example.org", language=lang, context={"code": "ABC-DEF"})
    (letter,) = server.letters
    assert letter["To"] == "ana@example.org"
    assert (
        letter["Subject"].replace("\N{NO-BREAK SPACE}", " ")
        == {"fr": "Votre code : ABC-DEF", "en": "Your code: ABC-DEF"}[lang]
    )
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"] is None
    for kind in ("plain", "html"):
        body = part(letter, kind)
        for said in (
            "ABC-DEF",
            "Grappe exemple",
            "1, rue du Port, Alma",
            "equipe@example.org",
            "http://127.0.0.1:8000/",
        ):
            assert said in body


def test_a_letter_that_was_not_asked_for_can_be_stopped_by_one_click(server: Box) -> None:
    stop = "https://alliage.example.org/stop/abc/"
    mail.send("login_code", to="ana@example.org", language="fr", context={"code": "x"}, unsubscribe=stop)
    (letter,) = server.letters
    assert letter["List-Unsubscribe"] == f"<{stop}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in part(letter, "plain")
    assert stop in part(letter, "html")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_letter_can_be_written(name: str, lang: str) -> None:
    letter = mail.written(name, language=lang, context={**FILLED, "unsubscribe": ""})
    assert letter.subject
    assert "\n" not in letter.subject
    assert f'lang="{lang}-CA"' in letter.html
    assert "&#" not in letter.text
    assert "{{" not in letter.text + letter.html


def test_what_a_person_wrote_is_no_markup_in_a_letter() -> None:
    letter = mail.written("login_code", language="fr", context={"code": "<b>&", "unsubscribe": ""})
    assert "<b>&" in letter.text
    assert "&lt;b&gt;&amp;" in letter.html


def test_a_server_that_does_not_answer_is_said(settings: Any) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = nobody.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1"
    with pytest.raises(mail.MailNotSent):
        mail.send("login_code", to="ana@example.org", language="fr", context={"code": "x"})


@pytest.mark.django_db
def test_who_signs_in_while_the_server_is_down_gets_a_kind_page(settings: Any, client: Any) -> None:
    test_a_server_that_does_not_answer_is_said(settings)
    page = client.post("/compte/connexion/", {"email": "nobody@example.org"})
    assert page.status_code == 503
    assert "Le courriel n’a pas pu partir" in page.content.decode()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp+tls://al:p%40ss@mail.example.org", ("mail.example.org", 587, "al", "p@ss", True, False)),
        ("smtps://mail.example.org", ("mail.example.org", 465, "", "", False, True)),
        ("smtp://127.0.0.1:2525", ("127.0.0.1", 2525, "", "", False, False)),
    ],
)
def test_a_mail_server_is_named_by_its_address(url: str, expected: tuple[Any, ...]) -> None:
    found = Environment({"ALLIAGE_EMAIL_URL": url}).email()
    assert (found.host, found.port, found.user, found.password, found.tls, found.ssl) == expected


@pytest.mark.parametrize("url", ["mail.example.org", "ftp://al:secret@x", "smtp://", "smtp://al:secret@x:port"])
def test_another_address_is_refused_without_showing_its_password(url: str) -> None:
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured, match="ALLIAGE_EMAIL_URL") as refused:
        Environment({"ALLIAGE_EMAIL_URL": url}).email()
    assert "secret" not in str(refused.value)
