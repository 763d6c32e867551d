"""What a provider answers to a request: it is right, it is to be corrected, it is no longer offered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from django.db import transaction

from alliage.hub.people.actions.registers import audit
from alliage.hub.people.models import Person
from alliage.hub.programmes.freshness.links import request_of
from alliage.hub.programmes.freshness.models import Confirmation, Request, Review
from alliage.hub.programmes.freshness.renewing import renew
from alliage.hub.programmes.models import Programme
from alliage.hub.programmes.queries.stored import current_catalogue
from alliage.hub.ui.day import local_day


class Choice(Enum):
    """The three answers."""

    RIGHT = "right"
    WRONG = "wrong"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, about which revision. ``facts``: for each fact, what is right."""

    choice: Choice
    revision: int
    text: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


class Shut(Exception):
    """A link that opens nothing. ``why``: ``unknown``, ``used``, ``revoked``, ``expired`` or ``retired``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class FactsMoved(Exception):
    """The programme has changed since the page was shown: the new one is to be read first."""


def opened(token: str, *, at: datetime) -> Request:
    """The request that a link opens. Nothing changes: a mail server may look at every link.

    Raises:
        Shut: it opens nothing, and why.
    """
    request = request_of(token)
    if request is None:
        raise Shut("unknown")
    if request.answered:
        raise Shut("used")
    if request.revoked:
        raise Shut("revoked")
    if request.expires <= at:
        raise Shut("expired")
    if request.programme.retired or request.programme_id not in current_catalogue().programmes:
        raise Shut("retired")
    return request


@transaction.atomic
def answer(token: str, *, reply: Reply, at: datetime) -> None:
    """Keep what a provider answers: a confirmation of the revision that was shown, or a review for the team.

    Raises:
        Shut: the link opens nothing; it serves once.
        FactsMoved: the programme has changed since.
    """
    request = opened(token, at=at)
    programme = Programme.objects.select_for_update().get(id=request.programme_id)
    if programme.current_id != reply.revision:
        raise FactsMoved
    # Of two answers sent at once, one is kept.
    if not Request.objects.filter(pk=request.pk, answered=None, revoked=None).update(answered=at):
        raise Shut("used")
    if reply.choice is Choice.RIGHT:
        _confirm(request, programme, at=at)
    else:
        _review(request, reply, at=at)
    audit(f"programme-{reply.choice.value}", by=request.person, at=at, on=f"programme:{programme.id}"[:60])


def _confirm(request: Request, programme: Programme, *, at: datetime) -> None:
    """The others who were asked have nothing to answer any more."""
    assert programme.current_id is not None
    provider = current_catalogue().programmes[programme.id].provider
    Confirmation.objects.create(
        programme=programme,
        revision_id=programme.current_id,
        kind=Confirmation.Kind.PROVIDER,
        body=dict(provider.name),
        day=local_day(at),
        by=request.person,
        at=at,
    )
    Request.objects.filter(programme=programme, answered=None, revoked=None).update(revoked=at)
    close_reviews(programme.id, reasons=(Review.Reason.SILENT,), outcome="recovered", at=at)
    renew(at=at)


def _review(request: Request, reply: Reply, *, at: datetime) -> None:
    reason = Review.Reason.GONE if reply.choice is Choice.GONE else Review.Reason.WRONG
    seen: dict[str, Any] = {"text": reply.text, "facts": dict(reply.facts), "revision": request.revision.number}
    Review.objects.create(programme=request.programme, reason=reason, key=str(request.pk), seen=seen, opened=at)


@transaction.atomic
def verified(programme_id: str, *, source: str, day: date, by: Person, at: datetime) -> None:
    """The team has read a source of a programme again: its facts are as old as that day.

    Raises:
        LookupError: there is no such programme, or no such source in it.
    """
    rows = Programme.objects.select_for_update(of=("self",)).select_related("current")
    programme = rows.get(id=programme_id, retired=None)
    if programme.current is None or source not in programme.current.document["sources"]:
        raise LookupError(source)
    Confirmation.objects.create(
        programme=programme,
        revision=programme.current,
        kind=Confirmation.Kind.TEAM,
        source=source,
        day=day,
        by=by,
        at=at,
    )
    audit("programme-verified", by=by, at=at, on=f"programme:{programme_id}"[:60])
    renew(at=at)


def close_reviews(programme_id: str, *, reasons: tuple[str, ...], outcome: str, at: datetime) -> int:
    """Close the open reviews of a programme for these reasons; how many."""
    rows = Review.objects.filter(programme_id=programme_id, reason__in=reasons, closed=None)
    return rows.update(closed=at, outcome=outcome)


@transaction.atomic
def close_review(review_id: int, *, programme_id: str, outcome: str, by: Person, at: datetime) -> bool:
    """The team has looked: ``done`` (corrected) or ``nothing`` (there was nothing to correct)."""
    row = Review.objects.filter(pk=review_id, programme_id=programme_id, closed=None)
    done = row.update(closed=at, outcome=outcome, by=by)
    if done:
        audit("review-closed", by=by, at=at, on=f"programme:{programme_id}"[:60], outcome=outcome)
    return bool(done)
