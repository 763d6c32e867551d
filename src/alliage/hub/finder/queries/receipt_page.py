"""The receipt of one result: every condition with the answer used and its source, what to confirm, what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from alliage.core.matching.receipt import source_of, sums
from alliage.core.matching.results import Result
from alliage.core.rules.condition import Leaf
from alliage.core.rules.evaluate import Finding
from alliage.core.vocabulary.truth import Cause, Truth
from alliage.hub.finder.queries.cards import Card, card
from alliage.hub.finder.queries.engine import Found
from alliage.hub.finder.queries.refusals import misses
from alliage.hub.finder.queries.voice import Voice
from alliage.hub.programmes.queries import Missing, programme_page

STATES = {Truth.TRUE: "met", Truth.FALSE: "failed", Truth.UNKNOWN: "missing"}


@dataclass(frozen=True, slots=True)
class Line:
    """One condition: its state, its words, the answer used, where it comes from, and its parts if it is a group."""

    state: str
    cause: str
    words: str
    attribute: str = ""
    answer: str = ""
    origin: str = ""  # the answer that this one follows from
    source: dict[str, Any] | None = None
    parts: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A near miss of this programme."""

    words: str
    verdict: str
    effort: int


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """The whole page as plain data; ``programme`` is what the programme's own page shows."""

    card: Card
    programme: dict[str, Any]
    lines: tuple[Line, ...]
    met: int
    failed: int
    missing: int
    changes: tuple[Change, ...]
    sums: tuple[str, ...]


def receipt_page(found: Found, id_: str, *, voice: Voice) -> ReceiptPage | Missing:
    """The receipt of a programme, or why there is none (moved, retired, unknown)."""
    on: date = found.engine.on
    programme = programme_page(id_, on=on, speech=voice)
    if isinstance(programme, Missing):
        return programme
    result = found.whole(found.engine.at[id_])
    tally = Counter(finding.truth for finding in result.match.findings)
    return ReceiptPage(
        card=card(result, voice=voice),
        programme=programme,
        lines=tuple(_line(finding, result, found, voice) for finding in _ordered(result.match.findings)),
        met=tally[Truth.TRUE],
        failed=tally[Truth.FALSE],
        missing=tally[Truth.UNKNOWN],
        changes=tuple(Change(voice.change(m), m.verdict.value, m.effort) for m in misses(result, found)),
        sums=tuple(voice.typeset(said) for said in sums(result.aid, words=voice.wording)),
    )


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    """What fails first, then what is missing, then what is met."""
    rank = {Truth.FALSE: 0, Truth.UNKNOWN: 1, Truth.TRUE: 2}
    return sorted(findings, key=lambda finding: rank[finding.truth])


def _line(finding: Finding, result: Result, found: Found, voice: Voice) -> Line:
    condition = finding.condition
    state, cause = STATES[finding.truth], finding.cause.value if finding.cause else ""
    if not isinstance(condition, Leaf):
        heading = voice.condition(result.match.programme, condition)["words"]
        parts = tuple(_line(part, result, found, voice) for part in finding.parts)
        return Line(state, cause, heading, parts=parts)
    name, known = condition.attribute, found.known
    given = name in found.profile.answers
    origin = known.derived_from.get(name, "") if not given else ""
    return Line(
        state=state,
        cause=cause,
        words=voice.typeset(voice.wording.sentence(condition)),
        attribute=name,
        answer="" if finding.cause is Cause.MISSING else voice.answer(name, known.answers.get(name)),
        origin=voice.label(origin) if origin else "",
        source=source_of(result.match.programme, key=condition.source, catalogue=found.engine.catalogue),
    )
