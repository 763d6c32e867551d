"""Giving a question to its owner: what routing is told comes from the tables, and what it says is written there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Count
from django.utils.timezone import localdate

from alliage.hub.people.models import MemberRole, Membership, Organisation
from alliage.hub.programmes.queries.stored import current_catalogue
from alliage.hub.questions.actions.records import By, note, site
from alliage.hub.questions.models import WAITING, Absence, Beat, Move, Office, Question, State
from alliage.hub.questions.routing import Asked, Officer, Owner, route


def give(
    question: Question,
    *,
    at: datetime,
    to: Organisation | None = None,
    by: By | None = None,
    but: Collection[int] = (),
) -> Question:
    """Give a question to whom routing chooses on this day; its clock begins again.

    ``to``: the organisation that is to answer, instead of the programme's provider. ``but``: people who are not to have
    it, besides those who said that it is not for them.
    """
    declined = question.moves.filter(what=Move.What.DECLINED).exclude(by=None).values_list("by", flat=True)
    organisation = to.pk if to is not None else organisation_of(question)
    chosen = route(
        Asked(organisation, question.need, areas(question.region)),
        officers=officers(organisation=organisation, on=localdate(at)),
        boxes=boxes(),
        on=localdate(at),
        but={*declined, *but},
    )
    return hand(question, chosen, by=by or site(at))


def hand(question: Question, owner: Owner, *, by: By, why: str = "") -> Question:
    """Put a question in somebody's hands: a new round begins."""
    question.officer_id, question.organisation_asked_id = owner.officer, owner.organisation
    question.state, question.round, question.transmitted = State.ROUTED, question.round + 1, by.at
    question.at_risk, question.ended = False, None
    question.save()
    note(question, Move.What.ROUTED, by=by, why=why)
    return question


def merged_into(question: Question) -> list[Question]:
    """The questions that have the fate of this one."""
    return list(question.merged.filter(state=State.MERGED))


def give_back(question: Question, *, at: datetime) -> None:
    """The questions that were merged into one that goes away are given an owner of their own."""
    for row in merged_into(question):
        row.merged_into = None
        give(row, at=at, to=question.organisation_asked)


def organisation_of(question: Question) -> int | None:
    """The organisation that answers for the programme of a question, if there is one."""
    programme = current_catalogue().programmes.get(question.programme)
    if programme is None:
        return None
    return Organisation.objects.filter(provider=programme.provider.id).values_list("pk", flat=True).first()


def areas(region: str) -> frozenset[str]:
    """A region, and what holds it: an officer of all Québec answers for Saguenay."""
    places = current_catalogue().vocabulary.places
    return frozenset(places.ancestors(region)) if region in places else frozenset()


def boxes() -> set[int]:
    """The organisations that have a shared box."""
    return set(Office.objects.values_list("organisation", flat=True))


def officers(*, organisation: int | None = None, on: date) -> list[Officer]:
    """The officers of an organisation, or of all: what they answer for, when they are away, how much waits for them."""
    ties = Membership.objects.filter(role=MemberRole.OFFICER, person__is_active=True)
    pairs = list(
        (ties if organisation is None else ties.filter(organisation=organisation)).values_list("person", "organisation")
    )
    people = {person for person, _ in pairs}
    beats = {(beat.person_id, beat.organisation_id): beat for beat in Beat.objects.filter(person__in=people)}
    absent = away(on=on)
    load = dict(
        Question.objects.filter(officer__in=people, state__in=WAITING)
        .order_by()
        .values_list("officer")
        .annotate(Count("id"))
    )
    return [
        Officer(
            person,
            organisation,
            frozenset(beats[person, organisation].needs) if (person, organisation) in beats else frozenset(),
            frozenset(beats[person, organisation].regions) if (person, organisation) in beats else frozenset(),
            absent.get(person, ()),
            load.get(person, 0),
        )
        for person, organisation in sorted(pairs)
    ]


def away(*, on: date) -> dict[int, tuple[tuple[date, date], ...]]:
    """Who is away on a day, and from when until when."""
    found: dict[int, tuple[tuple[date, date], ...]] = {}
    for row in Absence.objects.filter(first__lte=on, last__gte=on):
        found[row.person_id] = (*found.get(row.person_id, ()), (row.first, row.last))
    return found
