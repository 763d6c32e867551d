"""What actions are told and what they answer: who writes and why, what was written, and why something was not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from alliage.core.catalogue.merging import Clash, Side, merge
from alliage.hub.programmes.models import Revision

Document = Mapping[str, Any]
Keep = Mapping[str, Side]
RETIRED = "retired"  # what `Closed` says of a programme that is no longer on the site
TAKEN = "taken"  # what it says of a new programme whose id is that of another


@dataclass(frozen=True, slots=True)
class Why:
    """Who changes something, when, for which reason, and the official page that says so with the day it was read.

    ``origin`` names what asked for it (see :mod:`~alliage.hub.programmes.origins`): it is told what becomes of it.
    ``by`` names what is no person (a command, a task); of a person, only the account is kept, so that its erasure
    leaves no name. ``by_provider``: that person is an officer of the provider; it outlives their account.
    """

    by: str
    at: datetime
    person: int | None = None
    reason: str = ""
    page: str = ""
    read: date | None = None
    origin: str = ""
    by_provider: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A revision that was written. ``rebased`` if somebody else had written since: both changes are in it."""

    revision: Revision
    rebased: bool = False


class Moved(Exception):
    """The programme changed since the version that this began from, at the same places: a person must choose.

    Nothing was written. ``document`` has both, with what stands now where nothing is chosen; in ``clashes``, those
    that were chosen too, ``ours`` is what stands now and ``theirs`` what was being written.
    """

    def __init__(self, *, document: Document, clashes: tuple[Clash, ...]) -> None:
        self.document, self.clashes = document, clashes
        super().__init__(", ".join(clash.place for clash in clashes))


class Closed(Exception):
    """What is asked for was already decided, or is no longer there; ``state`` says what it is now."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(state)


class Rewritten(Exception):
    """A proposal says otherwise than the version that was seen: nothing is decided before it is read again."""


class Unchanged(Exception):
    """What is proposed says what the programme says already: there is nothing to decide."""


@dataclass(frozen=True, slots=True)
class Change:
    """A document that somebody wants in place of the one that they saw: that of ``base``."""

    document: Document
    base: Revision
    keep: Keep | None = None

    def onto(self, current: Revision) -> Document:
        """The document to write over the current revision: as it is, or merged with what was written since.

        Raises:
            Moved: both changed the same place, and ``keep`` does not say whose version to take.
        """
        if current.pk == self.base.pk or current.document == self.base.document:
            return self.document
        keep = self.keep or {}
        merged = merge(base=self.base.document, ours=current.document, theirs=self.document, keep=keep)
        if any(clash.place not in keep for clash in merged.clashes):
            raise Moved(document=merged.document, clashes=merged.clashes)
        return merged.document


def as_data(clash: Clash) -> dict[str, Any]:
    """A clash as it is kept: its place, and the three values."""
    return {"place": clash.place, "base": clash.base, "ours": clash.ours, "theirs": clash.theirs}
