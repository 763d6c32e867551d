"""The digest of an officer: once a week, on Tuesday from 9:00, only to who agreed, only if something waits."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.timezone import localdate

from alliage.hub.people.actions import consents, sending
from alliage.hub.people.links import address
from alliage.hub.people.mail import send
from alliage.hub.people.models import MemberRole, Membership, Person
from alliage.hub.programmes.queries.speaking import Speech
from alliage.hub.programmes.queries.stored import current_shelf
from alliage.hub.questions.actions.owners import away
from alliage.hub.questions.links import digest_token
from alliage.hub.questions.models import WAITING, Digest, Question
from alliage.hub.questions.queries.about import programme_name
from alliage.hub.ui.day import HERE

PURPOSE = "questions"  # of the consent
TUESDAY, HOUR = 1, time(9)
MOST_TOLD = 20  # questions of one letter; the others are on the site


def digest(*, now: datetime) -> int:
    """Write to the officers of whom something waits for more than the days of grace; how many letters left."""
    here = now.astimezone(HERE)
    if here.weekday() != TUESDAY or here.time() < HOUR:
        return 0
    absent = away(on=here.date())
    ties = Membership.objects.filter(role=MemberRole.OFFICER, person__is_active=True)
    people = Person.objects.filter(pk__in=ties.values("person")).exclude(pk__in=absent).order_by("pk")
    return sum(_written(person, now) for person in people if consents.holds(person, PURPOSE))


def due(person: Person, *, on: date) -> QuerySet[Question]:
    """What a digest speaks of: the questions of an officer given to them before the days of grace, the oldest first."""
    rows = Question.objects.filter(officer=person, state__in=WAITING).order_by("transmitted", "pk")
    grace = on - timedelta(days=settings.QUESTION_CLOCK["grace"])
    return rows.filter(pk__in=[row.pk for row in rows if localdate(row.transmitted) <= grace])


def _written(person: Person, now: datetime) -> bool:
    week = localdate(now)
    rows = list(due(person, on=week))
    if not rows:
        return False
    made, _ = Digest.objects.get_or_create(person=person, week=week)
    return sending.send_once(made, of=Digest.objects.all(), at=now, write=lambda _: _send(person, rows, week))


def _send(person: Person, rows: list[Question], week: date) -> bool:
    language = person.language
    speech = Speech(current_shelf(), lang=language)
    said = [
        {
            "text": Truncator(" ".join(row.text.split())).chars(160),
            "name": programme_name(row.programme, speech=speech),
            "days": (week - localdate(row.transmitted)).days,
            "due": row.due,
            "link": address("questions:question", row.pk, language=language),
        }
        for row in rows[:MOST_TOLD]
    ]
    send(
        "question_digest",
        to=person.email,
        language=language,
        context={
            "rows": said,
            "n": len(rows),
            "link": address("questions:inbox", language=language),
            "presence": address("questions:presence", language=language),
        },
        unsubscribe=address("questions:digest-stop", digest_token(person), language=language),
    )
    return True
