"""What a person follows, how often they are written to, and how they stop it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from alliage.hub.finder.models import Alert, AlertRhythm, Following
from alliage.hub.people.access import NotYours
from alliage.hub.people.actions import consents
from alliage.hub.people.links import Purpose, address, read, sign
from alliage.hub.people.models import Person

PURPOSE = "alerts"
MOST_FOLLOWED = 200
STOP = Purpose("alliage.alerts.stop", parts=1, dated=True)


class TooManyFollowed(Exception):
    """They follow as many programmes as one may."""


@transaction.atomic
def follow(person: Person, programme: str, *, at: datetime) -> None:
    """Follow a programme; following it again changes nothing.

    Raises:
        TooManyFollowed: they follow ``MOST_FOLLOWED`` others.
    """
    theirs = Following.objects.filter(person=person)
    if theirs.count() >= MOST_FOLLOWED and not theirs.filter(programme=programme).exists():
        raise TooManyFollowed
    Following.objects.get_or_create(person=person, programme=programme, defaults={"since": at})


def unfollow(person: Person, programme: str) -> None:
    """Follow it no more."""
    Following.objects.filter(person=person, programme=programme).delete()


@transaction.atomic
def choose(person: Person, *, by_mail: bool, rhythm: str, language: str, at: datetime) -> None:
    """Whether alerts come by e-mail (a consent), and how often.

    Raises:
        NotYours: there is no such rhythm.
    """
    if rhythm not in AlertRhythm.Rhythm.values:
        raise NotYours
    AlertRhythm.objects.update_or_create(person=person, defaults={"rhythm": rhythm})
    consents.change(person, PURPOSE, wanted=by_mail, language=language, at=at, how="alerts")


def stop_link(person: Person) -> str:
    """The whole address that stops these letters, without signing in (RFC 8058)."""
    return address("finder:alerts-stop", sign(STOP, person.pk), language=person.language)


def stopped_by(token: str) -> Person | None:
    """Whose letters a link stops; nobody if it was not made here or their account is gone."""
    found = read(STOP, token)
    return Person.objects.filter(pk=found[0]).first() if found else None


@transaction.atomic
def stop(person: Person, *, at: datetime) -> None:
    """No more letters: the consent is withdrawn. Stopping twice is stopping once."""
    consents.change(person, PURPOSE, wanted=False, language=person.language, at=at, how="letter")


def forget_old(*, now: datetime) -> int:
    """Delete the alerts that are kept no longer; how many."""
    return Alert.objects.filter(created__lte=now - timedelta(days=settings.RETENTION["alerts"])).delete()[0]
