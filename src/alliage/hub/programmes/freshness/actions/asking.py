"""Asking who answers for a programme whether what we say of it is right: the letter, its reminders, its end."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from alliage.hub.people import mail
from alliage.hub.people.actions import no_more
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.links import new_nonce
from alliage.hub.people.mail import MailNotSent, send
from alliage.hub.people.models import MemberRole, Membership, Person
from alliage.hub.programmes.freshness.links import address
from alliage.hub.programmes.freshness.models import Request, Review
from alliage.hub.programmes.models import Programme
from alliage.hub.programmes.queries.stored import current_catalogue
from alliage.hub.ui.day import local_day

LIVES = timedelta(days=30)
REMINDERS = (timedelta(days=7), timedelta(days=14))
SILENCE = timedelta(days=21)
TOLD = len(REMINDERS) + 1  # the reminders are over, and the team knows
NO_MORE = "alliage.freshness.declined"  # the purpose of letters that some want no more; it never changes

log = logging.getLogger(__name__)


class NotAsked(Exception):
    """A request that was not sent. ``why``: ``declined``, ``already`` (asked, not answered yet), ``no-programme``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class To:
    """Whom a letter is for."""

    email: str
    language: str = "fr"
    person: Person | None = None


def officers(provider: str) -> list[To]:
    """The officers of a provider, each in their language."""
    ties = Membership.objects.filter(
        role=MemberRole.OFFICER, organisation__provider=provider, person__is_active=True
    ).select_related("person")
    return [To(tie.person.email, tie.person.language, tie.person) for tie in ties]


def ask(programme_id: str, *, to: To, by: Person | None, at: datetime) -> Request:
    """Send one request about a programme, as it is now, to one address.

    Raises:
        NotAsked: they want no such letter, were asked already, or there is no such programme.
        MailNotSent: the letter did not leave; nothing is kept.
    """
    if no_more.wants_no_more(to.email, purpose=NO_MORE):
        raise NotAsked("declined")
    request = _made(programme_id, to=to, by=by, at=at)
    try:
        send("confirmation_request", to=request.email, language=request.language, **_letter(request))
    except MailNotSent:
        request.delete()
        raise
    audit("confirmation-asked", by=by, at=at, on=f"programme:{programme_id}"[:60])
    return request


@transaction.atomic
def _made(programme_id: str, *, to: To, by: Person | None, at: datetime) -> Request:
    email = to.email.strip().lower()
    programme = Programme.objects.select_for_update().filter(id=programme_id, retired=None).first()
    if programme is None or programme.current_id is None or programme_id not in current_catalogue().programmes:
        raise NotAsked("no-programme")
    still = Request.objects.filter(programme=programme, email=email, answered=None, revoked=None)
    if still.filter(expires__gt=at).exists():
        raise NotAsked("already")
    still.update(revoked=at)  # it has expired
    return Request.objects.create(
        programme=programme,
        revision_id=programme.current_id,
        nonce=new_nonce(),
        email=email,
        language=to.language,
        person=to.person or Person.objects.filter(email=email).first(),
        by=by,
        created=at,
        expires=at + LIVES,
    )


def remind(*, at: datetime) -> int:
    """Write again after 7 and 14 days to who has not answered; how many letters left. Then stop, and tell the team."""
    sent = 0
    for request in living(at=at).filter(reminders__lt=TOLD, programme__retired=None):
        if request.reminders < len(REMINDERS) and request.created + REMINDERS[request.reminders] <= at:
            sent += _reminded(request)
        elif request.reminders == len(REMINDERS) and request.created + SILENCE <= at:
            _tell_silence(request, at=at)
    return sent


def _reminded(request: Request) -> bool:
    """A letter that does not leave is for another night."""
    # Of two nights that run at once, one counts the letter, and sends it.
    if not Request.objects.filter(pk=request.pk, reminders=request.reminders).update(reminders=request.reminders + 1):
        return False
    try:
        send("confirmation_reminder", to=request.email, language=request.language, **_letter(request))
    except MailNotSent:
        Request.objects.filter(pk=request.pk).update(reminders=request.reminders)
        return False
    return True


@transaction.atomic
def _tell_silence(request: Request, *, at: datetime) -> None:
    Request.objects.filter(pk=request.pk).update(reminders=TOLD)
    Review.objects.get_or_create(
        programme=request.programme,
        reason=Review.Reason.SILENT,
        key=str(request.pk),
        closed=None,
        defaults={"opened": at, "seen": {"asked": local_day(request.created).isoformat()}},
    )


def living(*, at: datetime) -> Any:
    """The requests that may still be answered."""
    return Request.objects.filter(answered=None, revoked=None, expires__gt=at).select_related("programme", "revision")


@transaction.atomic
def revoke(request_id: int, *, programme_id: str, by: Person | None, at: datetime) -> bool:
    """Take a request back: its link opens nothing any more. False if there is none to take back."""
    done = living(at=at).filter(pk=request_id, programme_id=programme_id).update(revoked=at)
    if done:
        audit("confirmation-revoked", by=by, at=at, on=f"programme:{programme_id}"[:60])
    return bool(done)


@transaction.atomic
def decline(request: Request, *, at: datetime) -> None:
    """They want no such letter any more: no request to this address is sent again."""
    no_more.write_no_more(request.email, purpose=NO_MORE, at=at)
    living(at=at).filter(email=request.email).update(revoked=at)


def _letter(request: Request) -> dict[str, Any]:
    """What the letters of a request say, and where they lead."""
    name: dict[str, str] = request.revision.document["name"]
    return {
        "context": {
            "name": name[request.language],
            "link": address("confirm", request),
            "expires": local_day(request.expires),
            "asked": local_day(request.created),
            "page": mail.whole_url(f"{'/en' if request.language == 'en' else ''}/programmes/{request.programme_id}/"),
        },
        "unsubscribe": address("stop", request),
    }


def ask_all(programme_id: str, *, to: Sequence[To], by: Person | None, at: datetime) -> dict[str, str]:
    """Ask several people; for each address that was not written to, why: as `NotAsked` says, or ``not-sent``."""
    refused = {}
    for one in to:
        try:
            ask(programme_id, to=one, by=by, at=at)
        except NotAsked as error:
            refused[one.email] = error.why
        except MailNotSent:
            refused[one.email] = "not-sent"  # the others are still written to
    return refused
