"""Open questions, for the agenda of a day or of a region."""

from __future__ import annotations

from django.db.models import QuerySet

from alliage.hub.questions.models import WAITING, Question


def open_of_day(about: str) -> QuerySet[Question]:
    """The questions asked at a day (``about`` as given to ``ask``) that still wait for an answer, the oldest first."""
    return _waiting().filter(kind=Question.Kind.DAY, about=about)


def open_of_region(region: str) -> QuerySet[Question]:
    """The questions asked from a region that still wait for an answer, the oldest first."""
    return _waiting().filter(region=region)


def of_day(about: str) -> QuerySet[Question]:
    """Every question asked at a day, the oldest first."""
    return Question.objects.filter(kind=Question.Kind.DAY, about=about).order_by("created", "id")


def _waiting() -> QuerySet[Question]:
    return (
        Question.objects.filter(state__in=WAITING)
        .select_related("organisation_asked", "officer")
        .order_by("created", "id")
    )
