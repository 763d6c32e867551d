"""Answers for everyone, as the team sees them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from alliage.hub.programmes.queries.speaking import Plain, Speech
from alliage.hub.questions.models import Answer, Question
from alliage.hub.questions.queries.published import whole
from alliage.hub.questions.queries.settling import settled_by

MOST_SHOWN = 200


def living(question: Question) -> Answer | None:
    """The answer of a question that waits or is published."""
    return Answer.objects.filter(asked=question, state__in=("proposed", "published")).first()


def answer(number: int) -> Answer | None:
    """One of them."""
    return Answer.objects.select_related("organisation", "by", "asked", "proposal").filter(pk=number).first()


def as_typed(row: Answer) -> dict[str, Any]:
    """An answer as its form shows it."""
    return {
        **{f"question_{lang}": row.question.get(lang, "") for lang in ("fr", "en")},
        **{f"answer_{lang}": row.answer.get(lang, "") for lang in ("fr", "en")},
        "original": row.original,
        "translation": row.translation,
        "sources": "\n".join(row.sources),
        "valid_on": row.valid_on,
        "review_by": row.review_by,
        "settles": row.settles,
    }


def answers_page(chosen: str, *, on: date, speech: Speech) -> Plain:
    """The lists: to decide, to translate, to read again, published."""
    kinds = {
        "proposed": Q(state="proposed"),
        "review": Q(state="published", review_by__lte=on),
        "translate": Q(state="published") & ~Q(translation="read"),
        "published": Q(state="published"),
    }
    chosen = chosen if chosen in kinds else "proposed"
    rows = Answer.objects.select_related("organisation").filter(kinds[chosen]).order_by("created", "pk")[:MOST_SHOWN]
    return {
        "lines": [{**whole(row, on=on, speech=speech), "state": row.state} for row in rows],
        "chosen": chosen,
        "counts": {kind: Answer.objects.filter(condition).count() for kind, condition in kinds.items()},
    }


def answer_page(row: Answer, *, on: date, speech: Speech) -> Plain:
    """One of them, for the team to decide: with the question as it was typed, to see that nobody is recognised."""
    programme = row.programmes[0] if row.programmes else ""
    places = dict(settled_by(programme, speech=speech))
    return {
        **whole(row, on=on, speech=speech),
        "state": row.state,
        "by": str(row.by) if row.by else "",
        "typed": row.asked.text if row.asked else "",
        "question_number": row.asked_id,
        "programme": programme,
        "settles": places.get(row.settles, ""),
        "settled_else": bool(row.settles) and row.settles not in places,
        "proposal": row.proposal_id,
        "proposal_refused": row.proposal is not None and row.proposal.state in ("refused", "withdrawn"),
    }
