"""What a form sent, as the forms read it: fields by name, each perhaps several times."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

LONGEST_TEXT = 300  # characters of one answer; what is longer is refused, and given back


class Sent(Protocol):
    """The fields of a form (a ``QueryDict``)."""

    def getlist(self, key: str) -> Sequence[str]:
        """All the values of a field."""
        ...

    def __contains__(self, key: object) -> bool: ...


def one(sent: Sent, name: str) -> str:
    """The last value of a field without the spaces around it; nothing if it was not sent."""
    values = sent.getlist(name)
    return values[-1].strip() if values else ""
