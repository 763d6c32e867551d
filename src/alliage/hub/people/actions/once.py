"""A form that is sent twice (two presses, a page sent again by the browser) is done once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from alliage.hub.people.models import SentForm

KEPT = timedelta(days=2)  # longer than anybody presses twice


@transaction.atomic
def once(key: str, *, at: datetime, do: Callable[[], str]) -> str:
    """Do what a form asks, and keep in a few signs what came of it; for the same form again, say that, and do nothing.

    Of two sent at the same moment, the second waits for the first. If ``do`` raises, nothing is kept: a form that is
    corrected may be sent again. Without a key, it is done each time.
    """
    if not key:
        return do()
    row = SentForm(key=key, at=at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return SentForm.objects.get(key=key).answer
    row.answer = do()
    row.save(update_fields=["answer"])
    return row.answer


def was_sent(key: str) -> bool:
    """Whether what a form asks is done already."""
    return bool(key) and SentForm.objects.filter(key=key).exists()


def forget_sent(*, now: datetime) -> int:
    """Delete the keys that serve no more."""
    return SentForm.objects.filter(at__lte=now - KEPT).delete()[0]
