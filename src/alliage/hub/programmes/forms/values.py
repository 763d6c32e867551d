"""One value of a document as a person types it, and back: words, amounts, shares, days.

What is typed as it was shown keeps the very value that was there: a form that is sent untouched changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST = 20_000  # signs of one value
NOTHING: Any = None  # an empty field: the document says nothing there
KEPT = "="  # a choice that the form cannot show is kept as it is

WORDS: Mapping[str, Promise] = {
    "number": _("Nous n’avons pas compris ce nombre. Écrivez par exemple 50 000 ou 12,5."),
    "share": _("Écrivez un pourcentage, par exemple 40 ou 12,5."),
    "whole": _("Il faut un nombre entier, par exemple 250."),
    "date": _("Nous n’avons pas compris cette date. Écrivez l’année, le mois et le jour : 2026-11-26."),
    "partial": _("Écrivez une année, un mois ou un jour : 2026, 2026-11 ou 2026-11-26."),
    "choice": _("Ce choix n’est pas dans la liste. Choisissez-en un autre."),
    "long": _("Ce texte est trop long."),
    "missing": _("Il manque une réponse ici."),
    "place": _(
        "Nous ne connaissons pas ce lieu : %(found)s. Écrivez le nom d’une municipalité, d’une MRC ou d’une région."
    ),
    "place-several": _("Plusieurs lieux portent le nom « %(found)s ». Écrivez le code de celui-ci : %(close)s."),
    "attribute": _("Choisissez d’abord la question."),
}

_SPACES = re.compile(r"[\s\u00a0\u202f\u2007\u2009$%]+")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
_NUMBER = re.compile(r"\d{1,15}([.,]\d{1,10})?")
_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Sent(Protocol):
    """The fields of a form (a ``QueryDict``)."""

    def getlist(self, key: str) -> Sequence[str]:
        """All the values of a field."""
        ...

    def __contains__(self, key: object) -> bool: ...


class NotRead(Exception):
    """What was typed is no such value; ``code`` says why, ``filled`` completes its words."""

    def __init__(self, code: str, **filled: str) -> None:
        super().__init__(code)
        self.code, self.filled = code, filled

    @property
    def message(self) -> str:
        """What to say, in the reader's language."""
        return str(WORDS[self.code]) % self.filled if self.filled else str(WORDS[self.code])


def one(sent: Sent, name: str) -> str:
    """The last value of a field, with plain ends of line and no space around; nothing if it was not sent."""
    values = sent.getlist(name)
    return values[-1].replace("\r\n", "\n").strip() if values else ""


def read(kind: str, typed: str, *, current: Any, options: Sequence[str] = ()) -> Any:
    """The value that was typed, ``NOTHING`` for an empty field.

    Raises:
        NotRead: it is no value of this kind.
    """
    if typed == shown(kind, current):
        return current
    if not typed:
        return NOTHING
    if len(typed) > LONGEST:
        raise NotRead("long")
    if kind == "select":
        return _chosen(typed, current, options)
    if kind in ("money", "number", "share"):
        return number(typed, share=kind == "share")
    if kind == "date":
        return day(typed)
    if kind == "partial" and not _PARTIAL.fullmatch(typed):
        raise NotRead("partial")
    return typed


def _chosen(typed: str, current: Any, options: Sequence[str]) -> Any:
    if typed == KEPT and current is not NOTHING:
        return current
    if typed not in options:
        raise NotRead("choice")
    return typed


def shown(kind: str, value: Any) -> str:
    """A value as its field shows it."""
    if value is NOTHING:
        return ""
    if kind == "select":
        return value if isinstance(value, str) else KEPT
    if kind in ("money", "number", "share") and isinstance(value, int | float) and not isinstance(value, bool):
        exact = Decimal(str(value)) * (100 if kind == "share" else 1)
        return f"{exact.normalize():f}" if exact.is_finite() else str(value)
    return str(value).replace("\r\n", "\n").strip()


def number(typed: str, *, share: bool = False) -> int | float:
    """A number typed as people do: ``50 000 $``, ``50,000``, ``12,5 %``.

    Raises:
        NotRead: it is no number.
    """
    text = _SPACES.sub("", typed)
    if not share and _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        raise NotRead("share" if share else "number")
    exact = Decimal(text.replace(",", ".")) / (100 if share else 1)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def day(typed: str) -> str:
    """A day as the document writes it.

    Raises:
        NotRead: it is no day.
    """
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise NotRead("date") from None
