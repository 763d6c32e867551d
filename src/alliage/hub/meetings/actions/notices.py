"""Letters about meetings: written down in the transaction that causes them, sent after it, each once."""

from __future__ import annotations

from datetime import datetime

from alliage.hub.meetings import letters
from alliage.hub.meetings.models import Desk, Guest, MeetingNotice
from alliage.hub.people.actions import sending


def write(kind: str, *, revision: int, at: datetime, guest: Guest | None = None, desk: Desk | None = None) -> bool:
    """Write down that somebody is to be told something; whether it is new."""
    known = MeetingNotice.objects.get_or_create(
        guest=guest, desk=desk, kind=kind, revision=revision, defaults={"created": at}
    )
    return known[1]


def send_due(*, at: datetime, most: int = sending.AT_ONCE) -> int:
    """Send what was written down and has not left; how many left."""
    related = ("guest__registration__day__tour", "desk__plan__day__tour", "desk__person", "desk__organisation")
    rows = MeetingNotice.objects.select_related(*related)
    return sending.send_due(rows, at=at, write=letters.send, most=most)
