"""A timetable and its receipts as plain data, in codes and names: what ``alliage meetings --json`` writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alliage.core.meetings.doubling import Doubling
from alliage.core.meetings.grid import Grid
from alliage.core.meetings.problem import Minutes
from alliage.core.meetings.reading import MeetingDay
from alliage.core.meetings.receipts import CompanyReceipt, Miss, OfficerReceipt, Receipts
from alliage.core.meetings.timetable import Meeting, Timetable

Plain = dict[str, Any]


def meetings_as_dict(day: MeetingDay, timetable: Timetable, *, doubled: Sequence[Doubling], seed: int) -> Plain:
    """All that is said of a day."""
    said, receipts = _Said(day), Receipts(day.problem, timetable)
    companies, officers = receipts.companies(), receipts.officers()
    proof = timetable.proof
    return {
        "date": day.date.isoformat(),
        "title": day.title,
        "place": day.place,
        "seed": seed,
        "proof": {"worth": proof.worth, "bound": proof.bound, "gap": proof.gap, "complete": proof.complete},
        "counts": said.counts(companies),
        "companies": [said.company(one) for one in companies],
        "officers": [said.officer(one) for one in officers],
        "doubling": [
            {
                "officer": one.officer,
                "name": said.names["officers"][one.officer],
                "meetings": one.meetings,
                "worth": one.worth,
            }
            for one in doubled
        ],
    }


def clock(minutes: Minutes) -> str:
    """Minutes since midnight as ``"09:30"``."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


class _Said:
    """The parts of the answer."""

    def __init__(self, day: MeetingDay) -> None:
        self.names, self.grid = day.names, Grid(day.problem)
        self.slots = day.problem.slots

    def counts(self, companies: Sequence[CompanyReceipt]) -> Plain:
        meetings = [one for receipt in companies for one in receipt.meetings]
        wishing = [receipt for receipt in companies if receipt.meetings or receipt.misses]
        return {
            "wishes": len(self.grid.rank),
            "meetings": len(meetings),
            "first_wishes": sum(self.grid.rank[one.pair] == 0 for one in meetings),
            "companies": len(wishing),
            "without": sum(not receipt.meetings for receipt in wishing),
            "short": sum(receipt.short > 0 for receipt in companies),
            "waiting": sum(receipt.waiting for receipt in companies),
            "last": clock(max(self.slots[one.slot].ends for one in meetings)) if meetings else None,
        }

    def company(self, receipt: CompanyReceipt) -> Plain:
        return {
            "id": receipt.company,
            "name": self.names["companies"][receipt.company],
            "meetings": [self._with_officer(one) for one in receipt.meetings],
            "misses": [self._miss(one) for one in receipt.misses],
            "short": receipt.short,
            "waiting": receipt.waiting,
        }

    def officer(self, receipt: OfficerReceipt) -> Plain:
        return {
            "id": receipt.officer,
            "name": self.names["officers"][receipt.officer],
            "room": self._room(receipt.officer),
            "meetings": [
                {"company": one.company, "name": self.names["companies"][one.company], **self._when(one)}
                for one in receipt.meetings
            ],
            "most": receipt.most,
            "asked": receipt.asked,
            "missed": receipt.missed,
        }

    def _with_officer(self, one: Meeting) -> Plain:
        return {
            "officer": one.officer,
            "name": self.names["officers"][one.officer],
            "room": self._room(one.officer),
            **self._when(one),
            "rank": self.grid.rank[one.pair] + 1,
        }

    def _when(self, one: Meeting) -> Plain:
        slot = self.slots[one.slot]
        return {"starts": clock(slot.starts), "ends": clock(slot.ends)}

    def _room(self, officer: str) -> str | None:
        room = self.grid.officers[officer].room
        return None if room is None else self.names["rooms"][room]

    def _miss(self, miss: Miss) -> Plain:
        return {
            "officer": miss.officer,
            "name": self.names["officers"][miss.officer],
            "rank": miss.rank + 1,
            "reason": miss.reason.value,
            "taken": miss.taken,
            "most": miss.most,
            "less": miss.less,
            "fair": miss.fair,
        }
