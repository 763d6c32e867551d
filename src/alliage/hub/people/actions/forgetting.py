"""What is kept for a time only: each purpose of ``RETENTION``, and what deletes the rest. Run each night."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from alliage.hub.people import mail
from alliage.hub.people.access import NotYours
from alliage.hub.people.actions.duties import LastAdministrator
from alliage.hub.people.actions.leaving import erase
from alliage.hub.people.actions.once import forget_sent
from alliage.hub.people.actions.organisations import own_files_of
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.attempts import forget_over
from alliage.hub.people.models import AccessEntry, AuditEntry, Consent, Duty, Incident, Invitation, Person, SignedIn
from alliage.hub.people.queries.mine import gone_with
from alliage.hub.ui.day import local_day

Forget = Callable[..., int]
NOTICE = timedelta(days=settings.NOTICE_DAYS)  # between the letter and the end of an account that nobody uses
MOST_LETTERS = 200  # of one night


def forget(*, now: datetime) -> dict[str, int]:
    """Delete what is kept no longer, in every room; how much of each purpose. What was deleted is written down."""
    done = {
        purpose: delete(now=now)
        for config in apps.get_app_configs()
        for purpose, delete in getattr(config, "forgets", {}).items()
    }
    for purpose, count in done.items():
        if count:
            audit("forgotten", by=None, at=now, purpose=purpose, count=count)
    return done


def _before(purpose: str, now: datetime) -> datetime:
    return now - timedelta(days=settings.RETENTION[purpose])


def _sessions(*, now: datetime) -> int:
    return SignedIn.objects.filter(expire_date__lte=now).delete()[0]


def _unconfirmed(*, now: datetime) -> int:
    """Accounts whose e-mail nobody confirmed: nobody ever signed in to them."""
    stale = Person.objects.filter(created__lte=_before("unconfirmed", now), emailaddress__verified=False)
    return stale.exclude(emailaddress__verified=True).delete()[1].get("people.Person", 0)


def _accounts(*, now: datetime) -> int:
    """Accounts that nobody signs in to, once their person was told and still did not come."""
    nobody_came = Person.objects.exclude(duty=Duty.ADMINISTRATOR)
    soon = now + NOTICE - timedelta(days=settings.RETENTION["accounts"])
    for person in nobody_came.filter(last_seen__lte=soon, warned=None)[:MOST_LETTERS]:
        with suppress(mail.MailNotSent):  # they are told tomorrow, and stay until then
            said = {"day": local_day(now + NOTICE), "files": own_files_of(person), "gone": gone_with(person)}
            mail.send("account_unused", to=person.email, language=person.language, context=said)
            Person.objects.filter(pk=person.pk).update(warned=now)
    gone = nobody_came.filter(last_seen__lte=_before("accounts", now), warned__lte=now - NOTICE)
    erased = 0
    for person in gone:
        with suppress(NotYours, LastAdministrator):  # they left, or became an administrator, a moment ago
            erase(person, at=now)
            erased += 1
    return erased


def _invitations(*, now: datetime) -> int:
    return Invitation.objects.filter(expires__lte=_before("invitations", now)).delete()[0]


def _consents(*, now: datetime) -> int:
    return Consent.objects.filter(withdrawn__lte=_before("consents", now)).delete()[0]


def _audit(*, now: datetime) -> int:
    return AuditEntry.objects.filter(at__lte=_before("audit", now)).delete()[0]


def _access(*, now: datetime) -> int:
    return AccessEntry.objects.filter(at__lte=_before("access", now)).delete()[0]


def _incidents(*, now: datetime) -> int:
    return Incident.objects.filter(created__lte=_before("incidents", now)).delete()[0]


def _tasks(*, now: datetime) -> int:
    return DBTaskResult.objects.finished().filter(finished_at__lte=_before("tasks", now)).delete()[0]


FORGETS: Mapping[str, Forget] = {
    "sessions": _sessions,
    "unconfirmed": _unconfirmed,
    "accounts": _accounts,
    "invitations": _invitations,
    "consents": _consents,
    "audit": _audit,
    "access": _access,
    "incidents": _incidents,
    "tasks": _tasks,
    "sent-forms": forget_sent,
    "attempts": forget_over,
}
