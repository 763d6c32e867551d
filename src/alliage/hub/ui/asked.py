"""What views read and answer alike: a number that was typed, the page after a form, the fingerprint of a secret."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import HttpResponseRedirect, QueryDict
from django.utils.crypto import salted_hmac

# What is answered, besides a page: a form to correct, what is no longer there, too much for now, what does not work.
WRONG, GONE, BUSY, UNAVAILABLE = 422, 410, 429, 503
TRAP = "website"  # a field that people do not see, and that robots fill
FORM_KEY = "form_key"  # the hidden field of a form that is done once, however often it is sent


class SeeOther(HttpResponseRedirect):
    """To another page, which is asked for by GET."""

    status_code = 303


def whole_number(typed: str, *, digits: int = 9) -> int | None:
    """A whole number of an address or of a form, of so many digits at most; nothing if it is none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= digits else None


def row_number(typed: object) -> int:
    """The number of a row that an address, a form or a message names; 0, which no row has, for anything else."""
    return whole_number(str(typed or ""), digits=15) or 0


def by_robot(fields: QueryDict) -> bool:
    """Whether what people do not see was filled. A robot is thanked, and nothing is kept."""
    return bool(fields.get(TRAP))


def fingerprint(text: str) -> str:
    """What is kept of a link, a key, an address or a text that is not to be read again: its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def says_something(text: str) -> bool:
    """Whether anything is seen of a text: signs that nobody sees say nothing."""
    return any(sign.isprintable() and not sign.isspace() for sign in text)


def readable_text(text: str) -> str:
    """A text without NUL."""
    return text.replace("\0", "")


def all_readable(fields: QueryDict) -> QueryDict:
    """The fields of an address or of a form without NUL; the same ones if there was none."""
    if not any("\0" in text for name, values in fields.lists() for text in (name, *values)):
        return fields
    clean = QueryDict(mutable=True)
    for name, values in fields.lists():
        clean.setlist(readable_text(name), [readable_text(value) for value in values])
    clean._mutable = False  # noqa: SLF001 - as Django does when it has read a form
    return clean


def keyed_fingerprint(text: str, *, purpose: str, secret: str | None = None) -> str:
    """What is kept of something that could be guessed (an e-mail, an IP address): nobody finds it without our key.

    A plain SHA-256 of an e-mail is found again by trying every e-mail that one knows. ``secret``: ours, or a former
    one. It is made from the plain fingerprint, so that one that was kept plain can be keyed.
    """
    return salted_hmac(purpose, fingerprint(text), secret, algorithm="sha256").hexdigest()


def keyed_fingerprints(text: str, *, purpose: str) -> list[str]:
    """Under our key, then under each of the former ones that we still know (``SECRET_KEY_FALLBACKS``)."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [keyed_fingerprint(text, purpose=purpose, secret=secret) for secret in secrets]
