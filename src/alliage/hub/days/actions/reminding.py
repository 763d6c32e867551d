"""Before a day: who has a seat is reminded of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from alliage.hub.days.actions import notices
from alliage.hub.days.models import Day, Registration
from alliage.hub.ui.day import HERE

REMINDERS = (7, 1)  # days before
State = Registration.State


def remind(*, at: datetime) -> int:
    """Seven days and one day before: who has a seat; how many letters were written down."""
    written = 0
    for day in Day.objects.filter(status__in=(Day.Status.OPEN, Day.Status.SHUT), starts__gt=at):
        left = (day.starts.astimezone(HERE).date() - at.astimezone(HERE).date()).days
        stage = next((days for days in sorted(REMINDERS) if left <= days), None)
        if stage is None:
            continue
        rows = day.registrations.filter(state=State.CONFIRMED, created__lt=at.astimezone(UTC) - timedelta(days=1))
        for registration in rows.exclude(notices__kind="reminder", notices__key=f"{day.sequence}:{stage}"):
            notices.write(registration, "reminder", key=f"{day.sequence}:{stage}", at=at)
            written += 1
    return written
