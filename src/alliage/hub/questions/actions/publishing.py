"""An answer for everyone: written without names by who answered, accepted by the team, dated, read again one day."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from alliage.hub.people.actions.registers import audit
from alliage.hub.people.models import Person
from alliage.hub.programmes.actions import Why, propose
from alliage.hub.programmes.models import Programme, Proposal
from alliage.hub.questions.actions import sourcing
from alliage.hub.questions.actions.records import By, Refused
from alliage.hub.questions.models import Answer, Question, State
from alliage.hub.questions.queries.settling import settled_in

__all__ = ["Answer", "Draft", "decide", "propose_answer", "settle"]

_GIVEN_UP = (Proposal.State.REFUSED, Proposal.State.WITHDRAWN)
LIVING = (Answer.State.PROPOSED, Answer.State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Draft:
    """A question and its answer as they are to be read by everyone. ``settles``: the condition that was chosen."""

    question: Mapping[str, str]
    answer: Mapping[str, str]
    original: str
    translation: str
    programmes: tuple[str, ...]
    sources: tuple[str, ...]
    valid_on: date
    review_by: date
    settles: str = ""


@transaction.atomic
def propose_answer(number: int, *, draft: Draft, by: By) -> Answer:
    """Write an answer for everyone, from a question that was answered; again before it is decided, it is corrected.

    Raises:
        Refused: ``unknown`` without such a question; ``ended`` if it is not answered, or its answer is published.
    """
    question = Question.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if question is None:
        raise Refused("unknown")
    row = Answer.objects.select_for_update(of=("self",)).filter(asked=question, state__in=LIVING).first()
    if question.state not in (State.ANSWERED, State.ARCHIVED) or (row and row.state == Answer.State.PUBLISHED):
        raise Refused("ended")
    row = row or Answer(asked=question, organisation_id=question.organisation_asked_id, created=by.at)
    row.by = by.person
    row.need, row.region = question.need, question.region
    _written(row, draft)
    audit("answer-proposed", by=by.person, at=by.at, on=f"answer:{row.pk}")
    return row


def _written(row: Answer, draft: Draft) -> None:
    for name in ("question", "answer", "original", "translation", "valid_on", "review_by", "settles"):
        setattr(row, name, getattr(draft, name))
    row.question, row.answer = dict(draft.question), dict(draft.answer)
    row.programmes, row.sources = list(draft.programmes), list(draft.sources)
    row.save()


@transaction.atomic
def decide(number: int, *, state: str, draft: Draft, why: str, by: By) -> Answer:
    """The team accepts an answer, as it was written or corrected, refuses it, or withdraws what is published.

    Raises:
        Refused: ``unknown``; ``ended`` if it was decided already; ``empty`` for a refusal without a reason.
    """
    row = Answer.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if row is None:
        raise Refused("unknown")
    follows = {Answer.State.PROPOSED: ("published", "refused"), Answer.State.PUBLISHED: ("published", "withdrawn")}
    if state not in follows.get(Answer.State(row.state), ()):
        raise Refused("ended")
    if state != Answer.State.PUBLISHED and not why.strip():
        raise Refused("empty")
    row.state, row.why, row.decided, row.decided_by = state, why, by.at, by.person
    _written(row, draft)
    audit("answer-decided", by=by.person, at=by.at, on=f"answer:{row.pk}", state=state)
    return row


def settle(number: int, *, by: Person, at: datetime) -> Proposal:
    """Propose that a published answer is the source of the condition that it settles; the team decides, as always.

    Raises:
        Refused: ``unknown`` (no such published answer or programme, or the condition is not the one that was chosen
            any more); ``ended`` if it led to a proposal that waits, or was accepted.
        AlliageError: the document is refused.
        Closed: the programme is not in the database.
    """
    with transaction.atomic():
        row = Answer.objects.select_for_update(of=("self",)).filter(pk=number, state=Answer.State.PUBLISHED).first()
        if row is None or not row.settles or not row.programmes:
            raise Refused("unknown")
        if row.proposal is not None and row.proposal.state not in _GIVEN_UP:
            raise Refused("ended")
        programme = Programme.objects.select_related("current").filter(pk=row.programmes[0], retired=None).first()
        if programme is None or programme.current is None:
            raise Refused("unknown")
        document = _sourced(programme.current.document, row)
        why = Why(
            by="",
            person=by.pk,
            at=at,
            reason=sourcing.reason_of(row),
            page=sourcing.page_of(row),
            read=row.valid_on,
            origin=sourcing.name_of(row),
        )
        proposal = propose(document=document, base=programme.current.number, why=why)
        audit("answer-settles", by=by, at=at, on=f"answer:{row.pk}", proposal=proposal.pk)
    return proposal


def _sourced(document: Mapping[str, Any], row: Answer) -> dict[str, Any]:
    """A document where the condition that a published answer settles has it as its source."""
    changed: dict[str, Any] = copy.deepcopy(dict(document))
    node = settled_in(changed, row.settles)
    if node is None:
        raise Refused("unknown")
    node["source"] = sourcing.key_of(row)
    changed["sources"][sourcing.key_of(row)] = sourcing.source_of(row)
    return changed
