"""The two languages, and the same page in the other one."""

from __future__ import annotations

from django.urls import Resolver404, translate_url

FRENCH, ENGLISH = "fr", "en"


def language_of(path: str) -> str:
    """The language of an address."""
    return ENGLISH if path == "/en" or path.startswith("/en/") else FRENCH


def other_language(code: str) -> str:
    """French for English, English for French."""
    return FRENCH if code == ENGLISH else ENGLISH


def in_other_language(address: str, code: str) -> str:
    """The address of the same page in the other language; its start page if there is none."""
    other = other_language(code)
    start = "/en/" if other == ENGLISH else "/"
    try:
        found: str = translate_url(address, other)
    except (Resolver404, ValueError):
        return start
    return found if language_of(found.partition("?")[0]) == other else start
