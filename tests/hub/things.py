"""A programme of the database with a history, a proposal and a conflict: what addresses with a number or an id name."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

import alliage
from alliage.hub.days.models import (
    Care,
    Day,
    DayInvitation,
    Door,
    FollowUp,
    LiveQuestion,
    Registration,
    Session,
    SessionOfficer,
    Tour,
)
from alliage.hub.people.models import Organisation, Person
from alliage.hub.programmes import documents
from alliage.hub.programmes.models import Conflict, Programme, Proposal, ProposalComment, Revision
from alliage.hub.questions.models import Answer, Move, Question

ID = "frontiere"  # of Investissement Québec
AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
DAY_STARTS = datetime(2027, 2, 11, 14, 0, tzinfo=UTC)  # 9:00 where the companies are
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


def make_day(*, seats: int = 2, slug: str = "saguenay", starts: datetime = DAY_STARTS) -> Day:
    """A day that takes registrations, with an agency, somebody who comes and a question of the room."""
    tour = Tour.objects.get_or_create(
        slug="tournee-2027", defaults={"name_fr": "Tournée 2027", "name_en": "Tour 2027", "created": AT}
    )[0]
    office = Organisation.objects.get_or_create(
        slug="iq",
        defaults={"name_fr": "iq", "name_en": "iq", "provider": "investissement-quebec", "created": AT},
    )[0]
    day = Day.objects.create(
        tour=tour, slug=slug, region="qc-r02", town=slug.capitalize(), place="Salle du Fjord", starts=starts,
        ends=starts + timedelta(hours=7), capacity=seats, status="open", created=AT, changed=AT,
    )  # fmt: skip
    Session.objects.create(
        day=day, organisation=office, programmes=[ID], starts=starts, ends=starts + timedelta(hours=1)
    )
    return day


def make_day_with_people() -> Day:
    """The same, with somebody who comes and a question of the room."""
    day = make_day()
    Registration.objects.create(
        day=day, email="ann@example.org", name="Ann", state="confirmed", seat=1, code="AAAA2222", nonce="n", ranked=AT,
        created=AT, changed=AT,
    )  # fmt: skip
    LiveQuestion.objects.create(day=day, text="Et les délais?", language="fr", state="shown", created=AT, changed=AT)
    return day


def known_by_days(person: Person, mark: str) -> None:
    """Every table of the days knows somebody, by their account or by their address alone."""
    day = Day.objects.get(slug="saguenay")
    SessionOfficer.objects.create(session=day.sessions.get(), person=person, desk="Bureau")
    Door.objects.create(day=day, label="Porte", by=person, created=AT)
    for owner, other in ((person, ""), (None, "2")):
        mine = Registration.objects.create(
            day=day if not other else make_day(slug=f"autre{other}"), person=owner, email=person.email, name=mark,
            company=mark, state="waiting", code=f"BBBB{other}", nonce="n", ranked=AT, created=AT, changed=AT,
        )  # fmt: skip
        Care.objects.create(registration=mine, person=owner, access=mark, meal=mark)
        FollowUp.objects.create(registration=mine, person=owner, after=30, created=AT)
        DayInvitation.objects.create(
            day=mine.day, person=owner, email=person.email, language="fr", nonce="n", created=AT
        )
        LiveQuestion.objects.create(
            day=mine.day, text="?", language="fr", person=owner, email=person.email, created=AT, changed=AT
        )


def make_question(by: Person | None = None) -> Question:
    """A question that waits at the office of the programme, and a published answer; under number 1 both."""
    office = Organisation.objects.get_or_create(
        slug="iq",
        defaults={"name_fr": "iq", "name_en": "iq", "provider": "investissement-quebec", "created": AT},
    )[0]
    question = Question.objects.create(
        id=1, text="Le?", language="fr", programme=ID, kind="programme", state="routed", round=1,
        organisation_asked=office, created=AT, since=AT, transmitted=AT, nonce="n",
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
    make_day_with_people()
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
