"""Writing to the team: its address, and a link that opens a letter already begun."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings

LONGEST_SUBJECT = 100


def team_address() -> str:
    """The address of the team, else that of the person in charge of personal information, else nothing."""
    address: str = settings.TEAM_EMAIL or settings.PRIVACY["email"]
    return address


def mailto(address: str, *, subject: str, body: str) -> str:
    """A letter to an address (RFC 6068): every sign of the subject, on one line, and of the body is escaped."""
    line = " ".join(subject.split())[:LONGEST_SUBJECT]
    text = "\r\n".join(body.splitlines())
    return f"mailto:{quote(address, safe='@+')}?subject={quote(line, safe='')}&body={quote(text, safe='')}"
