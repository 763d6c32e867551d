"""What the agenda of a day says of its meetings: their hours, which agencies come, and when they present."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from alliage.hub.days.models import Day, Session
from alliage.hub.meetings.models import Desk, MeetingPlan, Slot

Span = tuple[datetime, datetime]


def not_coming(plan: MeetingPlan, desks: Iterable[Desk]) -> dict[int, datetime]:
    """Those of these desks whose agency took its last part of the agenda off, and from when on it does not come."""
    return Agenda(plan).gone(desks)


class Agenda:
    """The agenda as it is now, read once."""

    def __init__(self, plan: MeetingPlan) -> None:
        self.plan = plan
        self.presents: dict[tuple[int | None, str], list[Span]] = {}
        self.rooms: dict[tuple[int | None, str], int | None] = {}
        self.took_off: dict[int | None, datetime] = {}
        sessions = list(plan.day.sessions.prefetch_related("officers"))
        self.spans = spans(plan.day, sessions)
        for session in sessions:
            if session.kind == Session.Kind.AGENCY:
                self._agency(session)
        self.come = {organisation for organisation, _ in self.presents}

    def _agency(self, session: Session) -> None:
        who = session.organisation_id
        if session.cancelled is not None:
            self.took_off[who] = max(session.cancelled, self.took_off.get(who, session.cancelled))
            return
        for label in [officer.desk for officer in session.officers.all()] or [""]:
            self.presents.setdefault((who, label), []).append((session.starts, session.ends))
            self.rooms[who, label] = session.room_id

    def gone(self, desks: Iterable[Desk]) -> dict[int, datetime]:
        """Those of these desks whose agency does not come any more, and from when on."""
        left = {desk.pk: self.left(desk) for desk in desks}
        return {pk: since for pk, since in left.items() if since is not None}

    def left(self, desk: Desk) -> datetime | None:
        """From when on the agency of a desk does not come any more; nothing if it comes.

        It is when its last part was cancelled: what was held before was held. Of a part that is gone from the agenda
        nothing is known: then it is when the desk was closed, or else the whole day.
        """
        if desk.organisation_id is None or desk.organisation_id in self.come:
            return None
        known = [one for one in (self.took_off.get(desk.organisation_id), desk.off_since) if one is not None]
        return min(known, default=self.plan.day_starts)

    def away(self, desk: Desk, slots: Sequence[Slot]) -> frozenset[int]:
        """The slots in which a desk cannot meet anybody: it presents, is closed, or its agency does not come."""
        since = self.left(desk) or desk.off_since
        busy = self.presents.get((desk.organisation_id, desk.label), ())
        return frozenset(
            number
            for number, slot in enumerate(slots)
            if any(slot.starts < ends and slot.ends > starts for starts, ends in busy)
            or (since is not None and slot.ends > since)
        )

    def closed(self, slots: Sequence[Slot]) -> frozenset[int]:
        """The slots that are lost to all: by accident, or because the hours of the meetings are others now."""
        return frozenset(
            number
            for number, slot in enumerate(slots)
            if slot.closed or not any(starts <= slot.starts and slot.ends <= ends for starts, ends in self.spans)
        )


def spans(day: Day, sessions: Iterable[Session]) -> list[Span]:
    """The hours of one-to-one meetings in the agenda; if it never had any, the whole day but for its breaks."""
    sessions = list(sessions)
    if any(one.kind == Session.Kind.MEETINGS for one in sessions):
        return _joined(_live(sessions, Session.Kind.MEETINGS))
    found, begins = [], day.starts
    for starts, ends in _joined(_live(sessions, Session.Kind.BREAK)):
        found.append((begins, starts))
        begins = ends
    return [*found, (begins, day.ends)]


def _live(sessions: Iterable[Session], kind: str) -> list[Span]:
    return [(one.starts, one.ends) for one in sessions if one.kind == kind and one.cancelled is None]


def _joined(given: Sequence[Span]) -> list[Span]:
    """Spans in order; those that touch are one."""
    found: list[Span] = []
    for starts, ends in sorted(given):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((starts, ends))
    return found
