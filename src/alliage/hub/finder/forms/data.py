"""What a form sent, as the forms read it: fields by name, each perhaps several times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

LONGEST_TEXT = 300  # characters of one answer; what is longer is refused, and given back


class Sent(Protocol):
    """The fields of a form (a ``QueryDict``)."""

    def getlist(self, key: str) -> Sequence[str]:
        """All the values of a field."""
        ...

    def __contains__(self, key: object) -> bool: ...


class Fields:
    """Fields given in Python: for tests, and for pages that nobody sent."""

    def __init__(self, fields: Mapping[str, Sequence[str]] | None = None) -> None:
        self._fields = dict(fields or {})

    def getlist(self, key: str) -> Sequence[str]:
        """All the values of a field."""
        return self._fields.get(key, ())

    def __contains__(self, key: object) -> bool:
        return key in self._fields


def one(sent: Sent, name: str) -> str:
    """The last value of a field without the spaces around it; nothing if it was not sent."""
    values = sent.getlist(name)
    return values[-1].strip() if values else ""
