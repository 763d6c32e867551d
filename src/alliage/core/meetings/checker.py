"""Whether a timetable keeps every rule: written from the rules alone, in whole numbers.

It shares no code with the models: a mistake would have to be made twice to pass. Nothing here is quick or clever.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from alliage.core.meetings.problem import Company, Officer, Problem
from alliage.core.meetings.timetable import Meeting


class Rule(Enum):
    """What a timetable may break."""

    UNKNOWN = "unknown"  # a company, an officer or a slot that the problem does not have
    NOT_WISHED = "not-wished"
    TWICE = "twice"  # a company meets an officer once
    COMPANY_AWAY = "company-away"
    OFFICER_AWAY = "officer-away"
    COMPANY_TWO_PLACES = "company-two-places"
    OFFICER_TWO_PLACES = "officer-two-places"
    COMPANY_AT_MOST = "company-at-most"
    OFFICER_AT_MOST = "officer-at-most"
    IN_A_ROW = "in-a-row"
    TABLES = "tables"
    TOO_FAR = "too-far"


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that is broken, by whom, and in which slot if it is in one."""

    rule: Rule
    who: str
    slot: int | None = None


def broken(problem: Problem, meetings: Iterable[Meeting]) -> tuple[Broken, ...]:
    """The rules that some meetings break, each once; none if they are lawful."""
    return tuple(dict.fromkeys(_Checker(problem, list(meetings)).all()))


def breaks(problem: Problem, meetings: Iterable[Meeting], added: Meeting) -> bool:
    """Whether one more meeting breaks a rule, whatever the others break already on their own.

    No rule is about meetings that share neither company, nor officer, nor slot: the others are not looked at.
    """
    others = [
        one
        for one in meetings
        if one.company == added.company or one.officer == added.officer or one.slot == added.slot
    ]
    before = set(broken(problem, others))
    room = next((one.room for one in problem.officers if one.id == added.officer), None)
    own = {added.company, added.officer, room}
    return any(
        one not in before or (one.who in own and one.slot in (None, added.slot))
        for one in broken(problem, [*others, added])
    )


class _Checker:
    """A timetable beside its problem."""

    def __init__(self, problem: Problem, meetings: list[Meeting]) -> None:
        self.problem, self.meetings = problem, meetings
        self.companies = {one.id: one for one in problem.companies}
        self.officers = {one.id: one for one in problem.officers}

    def all(self) -> Iterator[Broken]:
        strange = [one for one in self.meetings if not self._known(one)]
        if strange:  # nothing else can be said of such a timetable
            yield from (Broken(Rule.UNKNOWN, f"{one.company} – {one.officer}", one.slot) for one in strange)
            return
        yield from self._pairs()
        yield from self._places()
        yield from self._limits()
        yield from self._rows()
        yield from self._tables()
        yield from self._walks()

    def _known(self, one: Meeting) -> bool:
        return (
            one.company in self.companies and one.officer in self.officers and 0 <= one.slot < len(self.problem.slots)
        )

    def _pairs(self) -> Iterator[Broken]:
        for (company, officer), times in Counter(one.pair for one in self.meetings).items():
            if times > 1:
                yield Broken(Rule.TWICE, f"{company} – {officer}")
            if officer not in self.companies[company].wishes:
                yield Broken(Rule.NOT_WISHED, f"{company} – {officer}")

    def _places(self) -> Iterator[Broken]:
        for one in self.meetings:
            if not self._there(self.companies[one.company], one.slot):
                yield Broken(Rule.COMPANY_AWAY, one.company, one.slot)
            if not self._there(self.officers[one.officer], one.slot):
                yield Broken(Rule.OFFICER_AWAY, one.officer, one.slot)
        for (who, slot), times in Counter((one.company, one.slot) for one in self.meetings).items():
            if times > 1:
                yield Broken(Rule.COMPANY_TWO_PLACES, who, slot)
        for (who, slot), times in Counter((one.officer, one.slot) for one in self.meetings).items():
            if times > 1:
                yield Broken(Rule.OFFICER_TWO_PLACES, who, slot)

    def _there(self, person: Company | Officer, number: int) -> bool:
        slot = self.problem.slots[number]
        late = person.arrives is not None and slot.starts < person.arrives
        gone = person.leaves is not None and slot.ends > person.leaves
        return not (late or gone or number in person.away or number in self.problem.closed)

    def _limits(self) -> Iterator[Broken]:
        for company, count in Counter(one.company for one in self.meetings).items():
            most = self.companies[company].at_most
            if most is not None and count > most:
                yield Broken(Rule.COMPANY_AT_MOST, company)
        for officer, count in Counter(one.officer for one in self.meetings).items():
            most = self.officers[officer].at_most
            if most is not None and count > most:
                yield Broken(Rule.OFFICER_AT_MOST, officer)

    def _rows(self) -> Iterator[Broken]:
        for officer in self.officers:
            row, before = 0, None
            for slot in sorted({one.slot for one in self.meetings if one.officer == officer}):
                row = row + 1 if before is not None and self._close(before, slot) else 1
                if row > self.problem.settings.in_a_row:
                    yield Broken(Rule.IN_A_ROW, officer, slot)
                before = slot

    def _close(self, before: int, slot: int) -> bool:
        """Whether two slots follow each other without a break."""
        slots = self.problem.slots
        return slot == before + 1 and slots[slot].starts - slots[before].ends < self.problem.settings.rest

    def _tables(self) -> Iterator[Broken]:
        used = Counter((self.officers[one.officer].room, one.slot) for one in self.meetings)
        for room in self.problem.rooms:
            for slot in range(len(self.problem.slots)):
                if room.tables is not None and used[room.id, slot] > room.tables:
                    yield Broken(Rule.TABLES, room.id, slot)

    def _walks(self) -> Iterator[Broken]:
        slots = self.problem.slots
        for one in self.meetings:
            for other in self.meetings:
                if one.company != other.company or one.slot >= other.slot:
                    continue
                rooms = {self.officers[one.officer].room, self.officers[other.officer].room}
                minutes = [walk.minutes for walk in self.problem.walks if set(walk.between) == rooms]
                if minutes and slots[other.slot].starts - slots[one.slot].ends < max(minutes):
                    yield Broken(Rule.TOO_FAR, one.company, other.slot)
