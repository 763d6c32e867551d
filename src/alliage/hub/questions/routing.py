"""Whom a question goes to. A pure function of what is told: it reads no table and no clock.

A programme is named: an officer of its provider, for that region and that need, who is not away, the least loaded.
There is none: the shared box of the provider. There is none: the team. No programme is named: an officer of any office
whose subjects name the need. A missing fact is not known: it rules nobody out, but without programme and without need,
nothing chooses, and the team does. Never nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Asked:
    """What routing knows of a question. ``organisation``: the id of the one that answers for it, if one is known.

    ``areas`` are the codes of the region asked from and of what holds it; none if it is not known.
    """

    organisation: int | None = None
    need: str = ""
    areas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Officer:
    """Who may answer. No ``needs`` or ``regions``: all of them. ``load``: how many questions wait for them."""

    person: int
    organisation: int
    needs: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    away: Sequence[tuple[date, date]] = ()
    load: int = 0

    def present(self, on: date) -> bool:
        """Whether they are there on a day."""
        return not any(first <= on <= last for first, last in self.away)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who answers for a question: an officer of an organisation, else its shared box, else (neither) the team."""

    organisation: int | None = None
    officer: int | None = None


TEAM = Owner()


def route(
    asked: Asked, *, officers: Iterable[Officer], boxes: Collection[int], on: date, but: Collection[int] = ()
) -> Owner:
    """The owner of a question on a day.

    ``boxes`` are the organisations that have a shared box; ``but`` are the people who said that it is not for them.
    """
    able = [one for one in officers if one.person not in but and one.present(on) and _fits(one, asked)]
    if able:
        chosen = min(able, key=lambda officer: (officer.load, officer.person, officer.organisation))
        return Owner(chosen.organisation, chosen.person)
    return Owner(asked.organisation) if asked.organisation in boxes else TEAM


def _fits(officer: Officer, asked: Asked) -> bool:
    if asked.areas and officer.regions and not officer.regions & asked.areas:
        return False
    if asked.organisation is not None:
        return officer.organisation == asked.organisation and (
            not asked.need or not officer.needs or asked.need in officer.needs
        )
    return bool(asked.need) and asked.need in officer.needs
