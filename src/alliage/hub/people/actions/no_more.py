"""Addresses that want no more letters of a purpose: known by a keyed fingerprint, for good, and never written to again.

A key of one purpose says nothing of another. One that was made under a former key of the site is renewed when its
address is met.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from alliage.hub.people.models import NoMore
from alliage.hub.ui.asked import keyed_fingerprint, keyed_fingerprints

_AT_ONCE = 500  # keys of one question to the database, which takes no list without an end


@transaction.atomic
def write_no_more(email: str, *, purpose: str, at: datetime) -> None:
    """This address wants no more letters of this purpose; saying it twice is saying it once."""
    if not wants_no_more(email, purpose=purpose):
        NoMore.objects.get_or_create(key=_key(email, purpose), defaults={"since": at})


@transaction.atomic
def wants_no_more(email: str, *, purpose: str) -> bool:
    """Whether nothing of this purpose may be sent there."""
    known = NoMore.objects.filter(key__in=_keys(email, purpose)).order_by("since").first()
    if known is None:
        return False
    today = _key(email, purpose)
    if known.key != today:  # under a former key, which may not stay among the settings
        NoMore.objects.get_or_create(key=today, defaults={"since": known.since})
        NoMore.objects.filter(key__in=_keys(email, purpose)).exclude(key=today).delete()
    return True


def who_wants_no_more(emails: Iterable[str], *, purpose: str) -> set[str]:
    """Those of many addresses that may not be sent anything of this purpose."""
    keys = {email: _keys(email, purpose) for email in set(emails)}
    asked = [key for each in keys.values() for key in each]
    slices = (asked[first : first + _AT_ONCE] for first in range(0, len(asked), _AT_ONCE))
    known = {key for some in slices for key in NoMore.objects.filter(key__in=some).values_list("key", flat=True)}
    return {email for email, each in keys.items() if not known.isdisjoint(each)}


def _key(email: str, purpose: str) -> str:
    return keyed_fingerprint(_plain(email), purpose=purpose)


def _keys(email: str, purpose: str) -> list[str]:
    return keyed_fingerprints(_plain(email), purpose=purpose)


def _plain(email: str) -> str:
    return email.strip().lower()
