"""Letters that leave once each: a row says that one is to leave, and of the processes that see it, one sends it.

The table of such letters has ``sending`` (a process has taken it, since then) and ``sent``; for those that wait in a
queue, ``created`` too. A letter that the server refuses, or that cannot be written, is given back and stops no other:
the next run tries again. One whose process died while it sent is taken up after a quarter of an hour.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from alliage.hub.people.mail import MailNotSent

STUCK = timedelta(minutes=15)
TOO_OLD = timedelta(days=7)  # news that would only puzzle
AT_ONCE = 200  # letters of one run
Row = TypeVar("Row", bound=Model)
logger = logging.getLogger(__name__)


def send_due(rows: QuerySet[Row], *, at: datetime, write: Callable[[Row], bool], most: int = AT_ONCE) -> int:
    """Send those of a queue that have not left, for seven days, the first first; how many left.

    ``write`` sends one; it is false if there is nobody to write to any more: that is done too.
    """
    waiting = _free(rows, at).filter(created__gt=at.astimezone(UTC) - TOO_OLD)
    return sum(send_once(row, of=waiting, at=at, write=write) for row in waiting[:most])


def send_once(row: Row, *, of: QuerySet[Row], at: datetime, write: Callable[[Row], bool]) -> bool:
    """Send one, if it is still among those that are to leave, and ours to send; whether it left."""
    if not _free(of.filter(pk=row.pk), at).update(sending=at):
        return False
    own = type(row)._base_manager.filter(pk=row.pk)  # noqa: SLF001 - Django's name for every row of a table
    try:
        left = write(row)
    except Exception as error:  # noqa: BLE001 - what is wrong with one letter stops neither the others nor who waits
        if not isinstance(error, MailNotSent):  # of which the log says already
            logger.error("letter %s not written: %s", type(row).__name__, type(error).__name__)
        own.update(sending=None)
        return False
    own.update(sent=at)
    return left


def _free(rows: QuerySet[Row], at: datetime) -> QuerySet[Row]:
    return rows.filter(Q(sending=None) | Q(sending__lte=at.astimezone(UTC) - STUCK), sent=None)
