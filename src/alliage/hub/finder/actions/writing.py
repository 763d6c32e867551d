"""Letters of alerts: to who agreed, in their language, no more often than they want. Each alert is in one letter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from alliage.hub.finder.actions.following import PURPOSE, stop_link
from alliage.hub.finder.models import Alert, AlertRhythm
from alliage.hub.finder.queries.alerts import told
from alliage.hub.people import mail
from alliage.hub.people.actions import consents
from alliage.hub.people.models import Person
from alliage.hub.ui.day import local_day

EVERY = {AlertRhythm.Rhythm.DAILY: 1, AlertRhythm.Rhythm.WEEKLY: 7}  # days between two letters
OLDEST = timedelta(days=30)  # what is older was for the site alone
PATIENCE = timedelta(hours=1)  # a process that writes for longer has died
MOST_TOLD = 40  # alerts of one letter; the others are on the site


def write(*, now: datetime) -> int:
    """Send every letter that is due; how many left. A letter that the server refuses is tried again at the next run.

    Two processes never write to the same person at once. A process that dies after the server took a letter, and before
    it noted so, is the one case where a letter leaves again, an hour later.
    """
    return sum(_written(person, now=now) for person in _waiting(now))


def _waiting(now: datetime) -> Iterator[Person]:
    """Those who have something to be told, and agreed to be written to."""
    fresh = Q(alerts__sent=None, alerts__created__gt=now - OLDEST)
    for person in Person.objects.filter(fresh, is_active=True).distinct().iterator():
        if consents.holds(person, PURPOSE):
            yield person


def _written(person: Person, *, now: datetime) -> bool:
    """Whether a letter left."""
    rhythm, _ = AlertRhythm.objects.get_or_create(person=person)
    alerts = list(Alert.objects.filter(person=person, sent=None, created__gt=now - OLDEST)[:MOST_TOLD])
    if not alerts or not _due(rhythm, alerts, now):
        return False
    free = Q(writing=None) | Q(writing__lte=now - PATIENCE)
    same = AlertRhythm.objects.filter(free, pk=rhythm.pk, last=rhythm.last)  # nobody wrote since we looked
    if not same.update(writing=now):
        return False
    try:
        _send(person, alerts)
    except mail.MailNotSent:
        AlertRhythm.objects.filter(pk=rhythm.pk).update(writing=None)
        return False
    with transaction.atomic():
        Alert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(sent=now)
        AlertRhythm.objects.filter(pk=rhythm.pk).update(writing=None, last=now)
    return True


def _due(rhythm: AlertRhythm, alerts: list[Alert], now: datetime) -> bool:
    """A letter is due after some days; at once (a day after the last) if something closes before the next one."""
    every = EVERY.get(AlertRhythm.Rhythm(rhythm.rhythm))
    if every is None:
        return False
    if rhythm.last is None:
        return True
    today = local_day(now)
    passed = (today - local_day(rhythm.last)).days
    next_letter = (today + timedelta(days=every - passed)).isoformat()
    urgent = any(alert.data.get("closes", "9") <= next_letter for alert in alerts)
    return passed >= (1 if urgent else every)


def _send(person: Person, alerts: list[Alert]) -> None:
    with translation.override(person.language):
        said = told(alerts, person=person, lang=person.language)
        address = mail.whole_url(reverse("finder:alerts"))
    mail.send(
        "alerts",
        to=person.email,
        language=person.language,
        context={"alerts": said, "n": len(said), "address": address},
        unsubscribe=stop_link(person),
    )
