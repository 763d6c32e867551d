"""Questions as who answers sees them: the inbox of an officer, one question, the lists of the team."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from alliage.hub.people.models import MemberRole, Membership, Organisation, Person
from alliage.hub.programmes.queries.speaking import Plain, Speech
from alliage.hub.questions.models import WAITING, Absence, Answer, Beat, Office, Question, State
from alliage.hub.questions.queries.about import about_question, place_name, programme_name
from alliage.hub.questions.queries.following import history, last_answer, summary
from alliage.hub.questions.queries.words import clock

MOST_SHOWN = 100
MOST_ENDED = 30


def offices_of(person: Person) -> list[int]:
    """The organisations for which somebody answers."""
    return list(
        Membership.objects.filter(person=person, role=MemberRole.OFFICER).values_list("organisation", flat=True)
    )


def visible(number: int, *, person: Person, team: bool) -> Question | None:
    """A question that somebody may answer: an officer of its office, or the team; ``None`` if there is none."""
    rows = Question.objects.select_related("organisation_asked", "officer", "person", "asked_for", "merged_into")
    found = rows.filter(pk=number).first()
    if found is None or not (
        team or (found.organisation_asked_id is not None and found.organisation_asked_id in offices_of(person))
    ):
        return None
    return found


def inbox(person: Person, *, on: date, speech: Speech) -> Plain:
    """What waits for an officer, what waits for their colleagues, and what has ended lately."""
    rows = _rows().filter(organisation_asked__in=offices_of(person))
    waiting = rows.filter(state__in=WAITING).order_by("transmitted", "pk")
    ended = rows.exclude(state__in=WAITING).order_by(F("ended").desc(nulls_last=True))
    return {
        "mine": [_line(row, on=on, speech=speech) for row in waiting.filter(officer=person)[:MOST_SHOWN]],
        "others": [_line(row, on=on, speech=speech) for row in waiting.exclude(officer=person)[:MOST_SHOWN]],
        "ended": [_line(row, on=on, speech=speech) for row in ended[:MOST_ENDED]],
        "away": Absence.objects.filter(person=person, first__lte=on, last__gte=on).first(),
    }


def question_page(question: Question, *, on: date, speech: Speech) -> Plain:
    """One question, for who answers it."""
    answer = Answer.objects.filter(asked=question, state__in=("proposed", "published")).first()
    return {
        **_line(question, on=on, speech=speech),
        "text": question.text,
        "language": question.language,
        "about": about_question(question, speech=speech),
        "asked_for": speech.text(question.asked_for.name) if question.asked_for else "",
        "history": history(question, speech=speech, inside=True),
        "clock": clock(question, on=on),
        "waiting": question.waiting,
        "answer": last_answer(question),
        "satisfied": question.satisfied,
        "published": {"id": answer.pk, "state": answer.state, "proposal": answer.proposal_id} if answer else None,
        "may_publish": question.state in (State.ANSWERED, State.ARCHIVED) and not question.forgotten,
        "others": others(question),
    }


def others(question: Question) -> list[tuple[str, str]]:
    """The questions to which it may be joined: those that wait at the same office, about the same programme first."""
    same = Question.objects.filter(organisation_asked=question.organisation_asked_id, state__in=WAITING).exclude(
        pk=question.pk
    )
    rows = sorted(same[:MOST_SHOWN], key=lambda row: (row.programme != question.programme, row.pk))
    return [(str(row.pk), f"{row.pk} · {' '.join(row.text.split())[:80]}") for row in rows]


def team_page(chosen: str, *, on: date, speech: Speech) -> Plain:
    """The lists of the team: at risk first, then what is its own, what waits, what was left without an answer."""
    kinds = {
        "risk": Q(at_risk=True, state__in=WAITING),
        "ours": Q(organisation_asked=None, officer=None, state__in=WAITING),
        "waiting": Q(state__in=WAITING),
        "abandoned": Q(state=State.ABANDONED),
        "unsatisfied": Q(satisfied=False, state__in=(State.ANSWERED, State.HELPLESS)),
    }
    chosen = chosen if chosen in kinds else "risk"
    rows = _rows().filter(kinds[chosen]).order_by("transmitted", "pk")
    return {
        "lines": [
            {**_line(row, on=on, speech=speech), "may_reroute": chosen != "unsatisfied"} for row in rows[:MOST_SHOWN]
        ],
        "chosen": chosen,
        "counts": {kind: Question.objects.filter(condition).count() for kind, condition in kinds.items()},
    }


def owners(question: Question, *, on: date, speech: Speech) -> list[tuple[str, str]]:
    """To whom the team may give a question, as ``organisation-person``: officers of its office, offices with a box."""
    ties = Membership.objects.filter(role=MemberRole.OFFICER, person__is_active=True).select_related(
        "person", "organisation"
    )
    away = set(Absence.objects.filter(first__lte=on, last__gte=on).values_list("person", flat=True))
    people = [
        (f"{tie.organisation_id}-{tie.person_id}", f"{speech.text(tie.organisation.name)} : {tie.person}")
        for tie in sorted(
            ties, key=lambda tie: (tie.organisation_id != question.organisation_asked_id, tie.organisation.slug, tie.pk)
        )
        if tie.person_id not in away
    ]
    offices = Office.objects.select_related("organisation").order_by("organisation__slug")
    return [*people, *((f"{box.organisation_id}-", speech.text(box.organisation.name)) for box in offices)]


def boxes_page(*, speech: Speech) -> list[Plain]:
    """Every provider, with its shared box and how many officers it has."""
    rows = Organisation.objects.exclude(provider="").select_related("office").order_by("name_fr")
    officers: dict[int, int] = {}
    for id_ in Membership.objects.filter(role=MemberRole.OFFICER).values_list("organisation", flat=True):
        officers[id_] = officers.get(id_, 0) + 1
    return [
        {
            "slug": row.slug,
            "name": speech.text(row.name),
            "email": row.office.email if hasattr(row, "office") else "",
            "language": row.office.language if hasattr(row, "office") else "fr",
            "officers": officers.get(row.pk, 0),
        }
        for row in rows
    ]


def beats_of(person: Person) -> list[Plain]:
    """What an officer answers for, office by office."""
    ids = offices_of(person)
    beats = {beat.organisation_id: beat for beat in Beat.objects.filter(person=person)}
    return [
        {
            "id": row.pk,
            "slug": row.slug,
            "name": row.name,
            "needs": beats[row.pk].needs if row.pk in beats else [],
            "regions": beats[row.pk].regions if row.pk in beats else [],
        }
        for row in Organisation.objects.filter(pk__in=ids).order_by("name_fr")
    ]


def absences(person: Person, *, on: date) -> list[Absence]:
    """The absences of an officer that are not over."""
    return list(person.absences.filter(last__gte=on))


def _rows() -> QuerySet[Question]:
    return Question.objects.select_related("organisation_asked", "officer")


def _line(row: Question, *, on: date, speech: Speech) -> Plain:
    return {
        **summary(row, speech=speech),
        "name": programme_name(row.programme, speech=speech),
        "region": place_name(row.region, speech=speech),
        "need": speech.need(row.need) if row.need else "",
        "days": (on - localdate(row.transmitted)).days,
        "at_risk": row.at_risk,
        "officer": str(row.officer) if row.officer else "",
        "people": [row.officer] if row.officer else [],
        "may_reroute": False,
    }


def people_of(rows: Collection[Plain]) -> list[Person]:
    """Whom a list names."""
    return [person for row in rows for person in row["people"]]
