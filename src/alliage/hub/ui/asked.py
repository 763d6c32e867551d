"""What views read and answer alike: a number that was typed, the page after a form, the fingerprint of a secret."""

from __future__ import annotations

import hashlib

from django.http import HttpResponseRedirect

FORM_KEY = "form_key"  # the hidden field of a form that is done once, however often it is sent


class SeeOther(HttpResponseRedirect):
    """To another page, which is asked for by GET."""

    status_code = 303


def whole_number(typed: str, *, digits: int = 9) -> int | None:
    """A whole number of an address or of a form, of so many digits at most; nothing if it is none."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= digits else None


def fingerprint(text: str) -> str:
    """What is kept of a link, a key, an address or a text that is not to be read again: its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
