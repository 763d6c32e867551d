"""Letters: one template of each, in plain text and HTML, in the person's language, with who writes and from where."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from alliage.hub.ui.contact import team_address

logger = logging.getLogger(__name__)


class MailNotSent(Exception):
    """The mail server did not take a letter. What was wrong is in the log, without the letter."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is sent."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a letter."""

    name: str
    content: bytes
    kind: str  # text/calendar…


def send(
    name: str,
    *,
    to: str,
    language: str,
    context: Mapping[str, Any] | None = None,
    unsubscribe: str = "",
    attached: Sequence[Attached] = (),
) -> None:
    """Send the letter ``mail/<name>`` now. Where many letters leave, a task calls this.

    ``unsubscribe``: the whole address that stops letters of this kind by one POST without a cookie (RFC 8058); a letter
    that is not about something the person just did must have one.

    Raises:
        MailNotSent: the server refused it or did not answer.
    """
    letter = written(name, language=language, context={**(context or {}), "unsubscribe": unsubscribe})
    headers = {"Auto-Submitted": "auto-generated"}
    if unsubscribe:
        headers |= {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[to], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    for file in attached:
        message.attach(file.name, file.content, file.kind)
    try:
        message.send()
    except (SMTPException, OSError) as error:
        logger.error("letter %s not sent: %s", name, type(error).__name__)
        raise MailNotSent from error


def written(name: str, *, language: str, context: Mapping[str, Any]) -> Letter:
    """A letter in a language: the first line of its text is its subject."""
    said = {**context, "lang": language, "site": whole_url("/"), "from_us": sender()}
    with translation.override(language):
        text = render_to_string(f"mail/{name}.txt", said).strip()
        subject, _, body = text.partition("\n")
        html = render_to_string(f"mail/{name}.html", {**said, "subject": subject.strip()})
    return Letter(" ".join(subject.split()), body.strip() + "\n", html)


def whole_url(path: str) -> str:
    """An address of this site that works from a letter."""
    return urljoin(settings.SITE_URL, path)


def sender() -> dict[str, str]:
    """Who writes: what the anti-spam law wants to see in a letter (name, address, and a way to answer)."""
    person = settings.PRIVACY
    return {
        "name": person["organisation"] or "Alliage",
        "address": person["address"],
        "phone": person["phone"],
        "email": team_address(),
    }
