"""Sharing by a link that cannot be guessed: kept for some days because the person asked, deleted when they want."""

from __future__ import annotations

import hmac
import secrets  # noqa: TID251 - a link is made from chance; the core never is
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.models import SharedProfile
from alliage.hub.ui.asked import fingerprint

BYTES = 24  # of chance: 192 bits
LONGEST_TOKEN = 64
MOST_KEPT_AT_HAND = 3  # links remembered by the browser that made them


@dataclass(frozen=True, slots=True)
class Share:
    """A link that was made: what opens it, what deletes it, until when it lives. Shown to its maker, never stored."""

    token: str
    secret: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Shared:
    """What a link opens."""

    dossier: Dossier
    programmes: dict[str, Any]
    language: str
    created: datetime
    expires: datetime


class TooManyLinks(Exception):
    """The person has as many links as one browser remembers: one is to be deleted first."""


class NoMoreToday(Exception):
    """The site has kept as many copies in one day as it may."""


@transaction.atomic
def share(dossier: Dossier, *, programmes: dict[str, Any], language: str, now: datetime) -> Share:
    """Keep a copy of the answers behind a new link; filters and links of the person are left out.

    The same answers have one link: that of before is given again.

    Raises:
        TooManyLinks: one of the person's links is to be deleted first; nothing is forgotten by itself.
        NoMoreToday: the site has made ``SHARED_PER_DAY`` links in a day.
    """
    copy = Dossier(answers=dossier.answers, lines=dossier.lines, unknown=dossier.unknown, words=dossier.words)
    links = living(dossier, now=now)
    for link, shared in links:
        if shared.dossier == Dossier.from_dict(copy.as_dict()):
            return link
    if len(links) >= MOST_KEPT_AT_HAND:
        raise TooManyLinks
    # What ends later than this was made less than a day ago.
    if (
        SharedProfile.objects.filter(expires__gt=now + timedelta(days=settings.SHARED_DAYS - 1)).count()
        >= settings.SHARED_PER_DAY
    ):
        raise NoMoreToday
    made = Share(secrets.token_urlsafe(BYTES), secrets.token_urlsafe(BYTES), now + timedelta(days=settings.SHARED_DAYS))
    SharedProfile.objects.filter(expires__lte=now).delete()
    SharedProfile.objects.create(
        token=fingerprint(made.token),
        secret=fingerprint(made.secret),
        answers=copy.as_dict(),
        programmes=programmes,
        language=language,
        created=now,
        expires=made.expires,
    )
    return made


def living(dossier: Dossier, *, now: datetime) -> tuple[tuple[Share, Shared], ...]:
    """The links made from here that still open something, with what each opens."""
    found = ((token, secret, opened(token, now=now)) for token, secret in dossier.shares)
    return tuple((Share(token, secret, shared.expires), shared) for token, secret, shared in found if shared)


def opened(token: str, *, now: datetime) -> Shared | None:
    """What a link opens; ``None`` if it was never made, is deleted or has expired."""
    row = _row(token, now)
    if row is None:
        return None
    return Shared(Dossier.from_dict(row.answers), dict(row.programmes), row.language, row.created, row.expires)


@transaction.atomic
def unshare(token: str, secret: str, *, now: datetime) -> bool:
    """Delete what a link opens; false if the key is not the one that was given with it."""
    row = _row(token, now)
    if row is None or not hmac.compare_digest(row.secret, fingerprint(secret[:LONGEST_TOKEN])):
        return False
    row.delete()
    return True


@transaction.atomic
def forget_expired(*, now: datetime) -> int:
    """Delete what has expired; how many were."""
    return SharedProfile.objects.filter(expires__lte=now).delete()[0]


def _row(token: str, now: datetime) -> SharedProfile | None:
    if not token or len(token) > LONGEST_TOKEN:
        return None
    return SharedProfile.objects.filter(token=fingerprint(token), expires__gt=now).first()
