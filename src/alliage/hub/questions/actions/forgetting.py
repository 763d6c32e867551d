"""What is kept of questions for a time only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from alliage.hub.questions.models import Absence, Digest, Move, Question


@transaction.atomic
def _questions(*, now: datetime) -> int:
    """The row alone stays, without words and without anybody; what was published of it was rewritten without names."""
    before = now - timedelta(days=settings.RETENTION["questions"])
    old = Question.objects.filter(ended__lte=before).exclude(text="")
    Move.objects.filter(question__in=old).update(why="")
    return old.update(text="", email="", agreed=None, person=None, asked_for=None, key=None)


def _absences(*, now: datetime) -> int:
    before = localdate(now) - timedelta(days=settings.RETENTION["absences"])
    Digest.objects.filter(week__lte=before).delete()
    return Absence.objects.filter(last__lte=before).delete()[0]


FORGETS: Mapping[str, Callable[..., int]] = {"questions": _questions, "absences": _absences}
