"""Letters about meetings: written down in the transaction that causes them, sent after it, each once.

A letter that the mail server refuses is tried again at each run of the tasks, for seven days; then it is dropped.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from alliage.hub.meetings import letters
from alliage.hub.meetings.models import Desk, Guest, MeetingNotice
from alliage.hub.people.mail import MailNotSent

STUCK = timedelta(minutes=15)  # a process that died while it sent: another one may try
AT_ONCE = 200
TOO_OLD = timedelta(days=7)


def write(kind: str, *, revision: int, at: datetime, guest: Guest | None = None, desk: Desk | None = None) -> bool:
    """Write down that somebody is to be told something; whether it is new."""
    known = MeetingNotice.objects.get_or_create(
        guest=guest, desk=desk, kind=kind, revision=revision, defaults={"created": at}
    )
    return known[1]


def send_due(*, at: datetime, most: int = AT_ONCE) -> int:
    """Send what was written down and has not left; how many left."""
    related = ("guest__registration__day__tour", "desk__plan__day__tour", "desk__person", "desk__organisation")
    return sum(_sent(notice, at=at) for notice in _waiting(at).select_related(*related)[:most])


def _waiting(at: datetime) -> QuerySet[MeetingNotice]:
    instant = at.astimezone(UTC)
    free = Q(sending=None) | Q(sending__lte=instant - STUCK)
    return MeetingNotice.objects.filter(free, sent=None, created__gt=instant - TOO_OLD)


def _sent(notice: MeetingNotice, *, at: datetime) -> bool:
    """Of two processes that look at once, one claims the letter, and sends it."""
    if not _waiting(at).filter(pk=notice.pk).update(sending=at):
        return False
    try:
        left = letters.send(notice)
    except MailNotSent:
        MeetingNotice.objects.filter(pk=notice.pk).update(sending=None)
        return False
    MeetingNotice.objects.filter(pk=notice.pk).update(sent=at)
    return left
