"""Letters about registrations: written down in the transaction that causes them, sent after it, each once.

A letter that the mail server refuses is tried again at each run of the tasks, for seven days; then it is dropped.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from alliage.hub.days import letters
from alliage.hub.days.models import Notice, Registration

STUCK = timedelta(minutes=15)  # a process that died while it sent: another one may try
AT_ONCE = 200  # letters of one run
TOO_OLD = timedelta(days=7)  # news that would only puzzle


def write(
    registration: Registration, kind: str, *, at: datetime, key: str = "", said: dict[str, Any] | None = None
) -> None:
    """Write down that somebody is to be told something; who left no address, or is invented, is not."""
    if not registration.email or registration.demo:
        return
    Notice.objects.get_or_create(
        registration=registration, kind=kind, key=key[:40], defaults={"said": said or {}, "created": at}
    )


def send_due(*, at: datetime, only: Registration | None = None, most: int = AT_ONCE) -> int:
    """Send what was written down and has not left; how many left. ``only``: those of one registration, at once."""
    rows = _waiting(at).select_related("registration__day__tour")
    rows = rows.filter(registration=only) if only is not None else rows
    return sum(_sent(notice, at=at) for notice in rows[:most])


def _waiting(at: datetime) -> QuerySet[Notice]:
    instant = at.astimezone(UTC)
    free = Q(sending=None) | Q(sending__lte=instant - STUCK)
    return Notice.objects.filter(free, sent=None, created__gt=instant - TOO_OLD).exclude(registration__email="")


def _sent(notice: Notice, *, at: datetime) -> bool:
    """Of two processes that look at once, one claims the letter, and sends it."""
    if not _waiting(at).filter(pk=notice.pk).update(sending=at):
        return False
    if not letters.left(lambda: letters.send(notice), what=notice.kind):
        Notice.objects.filter(pk=notice.pk).update(sending=None)
        return False
    Notice.objects.filter(pk=notice.pk).update(sent=at)
    return True
