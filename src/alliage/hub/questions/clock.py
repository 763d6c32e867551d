"""What the clock of questions does on a day. A pure function of what is told: it reads no table and no clock.

Ages are days since the question was given *to this owner*; a promise puts the first reminder off to the day after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from alliage.hub.questions.models import WAITING, Notice, State


@dataclass(frozen=True, slots=True)
class Ages:
    """After how many days something is due.

    ``reminder``: the owner is written to, who asked is told that nobody has answered yet. ``risk``: the organisation is
    told, the team sees it. ``closed``: not taken, it is given up, and that is said plainly. ``archived``: after its
    end. ``grace``: before a digest speaks of it.
    """

    grace: int
    reminder: int
    risk: int
    closed: int
    archived: int


class Step(Enum):
    """What is due."""

    REROUTE = "reroute"  # its owner is away or gone
    TRANSMIT = "transmit"  # its owner is told
    REMIND = "remind"
    ESCALATE = "escalate"
    SILENCE = "silence"  # who asked is told that nobody has answered yet
    TO_THE_TEAM = "to-the-team"  # taken, and never answered
    ABANDON = "abandon"
    TELL_END = "tell-end"  # who asked is told how it ended
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Held:
    """A question as its clock sees it. ``sent``: the notices of this round, and of this wait for who asked.

    ``team``: the team owns it. ``able``: its owner may still answer. ``present``: and is not away on this day.
    ``reachable``: who asked may be written to.
    """

    state: str
    transmitted: date
    since: date
    ended: date | None = None
    due: date | None = None
    team: bool = False
    able: bool = True
    present: bool = True
    at_risk: bool = False
    reachable: bool = False
    sent: frozenset[str] = frozenset()


def steps(held: Held, *, on: date, ages: Ages) -> list[Step]:
    """What is due on a day, in order. Done once each, nothing is due any more that day."""
    return list(_waiting(held, on, ages) if held.state in WAITING else _ended(held, on, ages))


def _waiting(held: Held, on: date, ages: Ages) -> Iterator[Step]:
    if not held.able or (held.state == State.ROUTED and not held.present):
        yield Step.REROUTE  # a new round begins: the rest is not due yet
        return
    age = (on - _start(held.transmitted, held, ages)).days
    if age >= ages.closed:
        yield Step.ABANDON if held.team or held.state == State.ROUTED else Step.TO_THE_TEAM
        return
    if Notice.Kind.TRANSMITTED not in held.sent:
        yield Step.TRANSMIT
    if age >= ages.reminder and held.present and Notice.Kind.REMINDER not in held.sent:
        yield Step.REMIND
    if age >= ages.risk and not (held.at_risk and Notice.Kind.ESCALATION in held.sent):
        yield Step.ESCALATE
    waited = (on - _start(held.since, held, ages)).days
    if held.reachable and waited >= ages.reminder and Notice.Kind.SILENCE not in held.sent:
        yield Step.SILENCE


def _start(begun: date, held: Held, ages: Ages) -> date:
    if held.due is None:
        return begun
    return max(begun, held.due + timedelta(days=1 - ages.reminder))


def _ended(held: Held, on: date, ages: Ages) -> Iterator[Step]:
    told = held.state in (State.ANSWERED, State.HELPLESS, State.UNREACHABLE, State.ABANDONED)
    if told and held.reachable and Notice.Kind.ENDED not in held.sent:
        yield Step.TELL_END
    if held.state != State.ARCHIVED and held.ended is not None and (on - held.ended).days >= ages.archived:
        yield Step.ARCHIVE
