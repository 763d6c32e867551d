"""A programme of the database with a history, a proposal and a conflict: what addresses with a number or an id name."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

import alliage
from alliage.hub.people.models import Organisation, Person
from alliage.hub.programmes import documents
from alliage.hub.programmes.models import Conflict, Programme, Proposal, ProposalComment, Revision
from alliage.hub.questions.models import Answer, Move, Question

ID = "frontiere"  # of Investissement Québec
AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
CHANGE = {"kind": "text", "path": "name", "text": {"fr": "Le nom a changé.", "en": "The name changed."}}


@cache
def _document() -> dict[str, Any]:
    found = alliage.load_pack().programmes[ID].document
    return {key: value for key, value in found.items() if key != "file"}


def document_of(name: str = "") -> dict[str, Any]:
    """What the programme says, perhaps under another name."""
    document = copy.deepcopy(_document())
    if name:
        document["name"] = {"fr": name, "en": name}
    return document


def make_question(by: Person | None = None) -> Question:
    """A question that waits at the office of the programme, and a published answer; under number 1 both."""
    office = Organisation.objects.get_or_create(
        slug="iq",
        defaults={"name_fr": "iq", "name_en": "iq", "provider": "investissement-quebec", "created": AT},
    )[0]
    question = Question.objects.create(
        id=1, text="Le?", language="fr", programme=ID, kind="programme", state="routed", desk=office, round=1,
        created=AT, since=AT, transmitted=AT, nonce="n",
    )  # fmt: skip
    Move.objects.create(question=question, what="asked", role="asker", at=AT)
    Answer.objects.create(
        id=1, organisation=office, by=by, question={"fr": "Le taux?", "en": "The rate?"},
        answer={"fr": "Non.", "en": "No."}, original="fr", translation="read", programmes=[ID], valid_on=AT.date(),
        review_by=date(2027, 11, 20), state="published", created=AT, decided=AT, settles="eligibility.all.0",
        sources=["https://www.quebec.ca/"],
    )  # fmt: skip
    return question


def make_things(by: Person | None = None) -> None:
    """The rows, under the numbers that the addresses name; all of them the work of somebody, or of commands."""
    programme = Programme.objects.create(id=ID, current=None, pack_document=document_of())
    for number, name in enumerate(("", "Frontière (corrigée)"), start=1):
        document = document_of(name)
        programme.current = Revision.objects.create(
            programme=programme, number=number, document=document, digest=documents.digest(document), source="hand",
            author="load_pack", reason="Nom officiel.", page="https://www.quebec.ca/", read=date(2026, 11, 19),
            changes=[CHANGE], created=AT, person=by,
        )  # fmt: skip
    programme.save()
    proposal = Proposal.objects.create(
        id=1, programme=programme, base=programme.current, document=document_of("Frontière 2"), changes=[CHANGE],
        author="publish_due", reason="Nom nouveau.", page="https://www.quebec.ca/", read=date(2026, 11, 19), created=AT,
        person=by, decided_person=by,
    )  # fmt: skip
    ProposalComment.objects.create(proposal=proposal, author="publish_due", text="name", created=AT, person=by)
    clash = {"place": "name", "base": document_of()["name"], "ours": {"fr": "A", "en": "A"}, "theirs": None}
    Conflict.objects.create(
        id=1, programme=programme, kind="changed", kept=programme.current, document=document_of("Frontière, autrement"),
        clashes=[clash], pack_revision="0" * 12, created=AT, settled_person=by,
    )  # fmt: skip
    make_question(by)
    numbers_follow()


def numbers_follow() -> None:
    """The next rows come after those whose number was given: PostgreSQL counts apart."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
