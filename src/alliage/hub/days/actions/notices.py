"""Letters about registrations: written down in the transaction that causes them, sent after it, each once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from alliage.hub.days import letters
from alliage.hub.days.models import Notice, Registration
from alliage.hub.people.actions import sending


def write(
    registration: Registration, kind: str, *, at: datetime, key: str = "", said: dict[str, Any] | None = None
) -> None:
    """Write down that somebody is to be told something; who left no address, or is invented, is not."""
    if not registration.email or registration.demo:
        return
    Notice.objects.get_or_create(
        registration=registration, kind=kind, key=key[:40], defaults={"said": said or {}, "created": at}
    )


def send_due(*, at: datetime, only: Registration | None = None, most: int = sending.AT_ONCE) -> int:
    """Send what was written down and has not left; how many left. ``only``: those of one registration, at once."""
    rows = Notice.objects.exclude(registration__email="").select_related("registration__day__tour")
    rows = rows.filter(registration=only) if only is not None else rows
    return sending.send_due(rows, at=at, write=_send, most=most)


def _send(notice: Notice) -> bool:
    letters.send(notice)
    return True
