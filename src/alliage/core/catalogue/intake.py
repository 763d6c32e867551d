"""The state of a programme's intake on a day: open, opens on a day, closed, suspended, or not known.

Days are whole and included: a programme is open on its last day. Where no source says, the state is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from alliage.core.catalogue.programme import Programme, condition_of, day
from alliage.core.rules.evaluate import evaluate
from alliage.core.vocabulary.answers import Answers
from alliage.core.vocabulary.truth import Truth

OPEN, OPENS_ON, CLOSED, SUSPENDED, NOT_KNOWN = "open", "opens-on", "closed", "suspended", "not-known"
STATES = (OPEN, OPENS_ON, CLOSED, SUSPENDED, NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class Intake:
    """The state on a day; ``opens`` and ``closes`` are the next known days, ``source`` a key of the programme."""

    state: str
    opens: date | None = None
    closes: date | None = None
    source: str | None = None
    last_seen: Mapping[str, Any] | None = None

    def as_dict(self) -> dict[str, Any]:
        """As plain data; what is not known is absent."""
        found = {
            "state": self.state,
            "opens": self.opens.isoformat() if self.opens else None,
            "closes": self.closes.isoformat() if self.closes else None,
            "source": self.source,
            "last_seen": dict(self.last_seen) if self.last_seen else None,
        }
        return {key: value for key, value in found.items() if value is not None}


def intake_on(programme: Programme, *, on: date, answers: Answers) -> Intake:
    """The intake on a day, for what is known of a company: some intakes differ by case."""
    document = programme.document["intake"]
    last_seen = document.get("last_seen")
    for case in document.get("cases", ()):
        condition = condition_of(case, vocabulary=programme.vocabulary)
        truth = Truth.TRUE
        if condition is not None:
            truth = evaluate(condition, answers=answers, places=programme.vocabulary.places, on=on).truth
        if truth is Truth.TRUE:
            return _state(case["kind"], [case], on, case["source"], last_seen)
        if truth is Truth.UNKNOWN:
            return Intake(NOT_KNOWN, source=case["source"], last_seen=last_seen)
    return _state(document["kind"], document.get("windows", ()), on, document["source"], last_seen)


def _state(kind: str, windows: Any, on: date, source: str, last_seen: Mapping[str, Any] | None) -> Intake:
    if kind in (CLOSED, SUSPENDED):
        return _reopening(kind, windows, on, source, last_seen)
    spans = [(day(window.get("from")), day(window.get("to"))) for window in windows]
    spans = [(first, last) for first, last in spans if first or last]
    if kind == "continuous" and not spans:
        return Intake(OPEN, source=source, last_seen=last_seen)
    if kind == "unknown" or not spans:
        return Intake(NOT_KNOWN, source=source, last_seen=last_seen)
    return _in_windows(spans, on, source, last_seen, whole=kind == "continuous")


def _reopening(kind: str, windows: Any, on: date, source: str, last_seen: Mapping[str, Any] | None) -> Intake:
    """Closed or suspended, with the day on which it opens again if known; open inside a window of the past."""
    for window in windows:
        first, last = day(window.get("from")), day(window.get("to"))
        if first and last and first <= on <= last:
            return Intake(OPEN, closes=last, source=source, last_seen=last_seen)
    coming = [first for window in windows if (first := day(window.get("from"))) and first > on]
    return Intake(kind, opens=min(coming, default=None), source=source, last_seen=last_seen)


def _in_windows(
    spans: list[tuple[date | None, date | None]],
    on: date,
    source: str,
    last_seen: Mapping[str, Any] | None,
    *,
    whole: bool,
) -> Intake:
    """Where a day falls among windows. A window with one end known is open-ended only if the intake is continuous."""
    half_known = False
    for first, last in spans:
        if (first and on < first) or (last and last < on):
            continue
        if whole or (first and last):
            return Intake(OPEN, closes=last, source=source, last_seen=last_seen)
        half_known = True
    if half_known:
        return Intake(NOT_KNOWN, source=source, last_seen=last_seen)
    coming = [(first, last) for first, last in spans if first and first > on]
    if coming:
        opens, closes = min(coming, key=lambda span: span[0])
        return Intake(OPENS_ON, opens=opens, closes=closes, source=source, last_seen=last_seen)
    return Intake(CLOSED, closes=max(last for _, last in spans if last), source=source, last_seen=last_seen)
