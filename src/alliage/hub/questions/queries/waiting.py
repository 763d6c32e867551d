"""Questions without an answer, for the agenda of a day or of a region."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from alliage.hub.questions.models import WAITING, Move, Question, State
from alliage.hub.questions.queries.places import invented

OPEN = (*WAITING, State.ABANDONED)  # nobody answered, even if nobody will


def open_of_day(about: str) -> QuerySet[Question]:
    """The questions asked at a day (``about`` as given to ``ask``) without an answer, the oldest first.

    Those that were given up stay there, even archived, as long as their words.
    """
    given_up = Exists(Move.objects.filter(question=OuterRef("pk"), what=Move.What.ABANDONED))
    archived = Q(given_up, state=State.ARCHIVED, answered=None) & ~Q(text="")
    return _shown(of_day(about).filter(Q(state__in=OPEN) | archived))


def open_of_region(region: str, *, with_invented: bool = False) -> QuerySet[Question]:
    """The questions asked from a region without an answer, the oldest first; those of an example only if asked for."""
    rows = Question.objects.filter(state__in=OPEN, region=region)
    return _shown(rows if with_invented else rows.exclude(about__in=invented()))


def of_day(about: str) -> QuerySet[Question]:
    """Every question asked at a day, the oldest first."""
    return Question.objects.filter(kind=Question.Kind.DAY, about=about).order_by("created", "id")


def _shown(rows: QuerySet[Question]) -> QuerySet[Question]:
    return rows.select_related("organisation_asked", "officer").order_by("created", "id")
