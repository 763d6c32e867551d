"""The results on one sheet: the best of each kind, with the money, the state, what is missing and whom to call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alliage.core.matching.results import Result
from alliage.hub.finder.queries.cards import Card, card
from alliage.hub.finder.queries.engine import Found
from alliage.hub.finder.queries.results_page import Counts, counts
from alliage.hub.finder.queries.voice import Voice

MOST_ELIGIBLE, MOST_POSSIBLE = 10, 6  # what one sheet of paper holds


@dataclass(frozen=True, slots=True)
class PrintLine:
    """One programme on the sheet."""

    card: Card
    contact: str


@dataclass(frozen=True, slots=True)
class PrintPage:
    """The sheet."""

    counts: Counts
    eligible: tuple[PrintLine, ...]
    possible: tuple[PrintLine, ...]


def print_page(found: Found, *, voice: Voice) -> PrintPage:
    """The sheet of these results."""
    return PrintPage(
        counts(found),
        _lines(found.first(found.eligible, most=MOST_ELIGIBLE), voice),
        _lines(found.first(found.possible, most=MOST_POSSIBLE), voice),
    )


def _lines(results: Iterable[Result], voice: Voice) -> tuple[PrintLine, ...]:
    return tuple(PrintLine(card(result, voice=voice), _contact(result)) for result in results)


def _contact(result: Result) -> str:
    contact = result.match.programme.document.get("contact", {})
    return str(contact.get("phone") or contact.get("email") or "")
