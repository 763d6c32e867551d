"""Attempts to sign in, counted in the database: one count for all the processes of the site."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from django.conf import settings

from alliage.hub.people.models import Attempt


def key(wanted: str, prefix: str, version: int) -> str:
    """What the database knows of a key of the cache: a keyed fingerprint, for it may hold an IP address."""
    said = f"{prefix}:{version}:{wanted}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), b"alliage.attempts" + said, hashlib.sha256).hexdigest()


def forget_over(*, now: datetime) -> int:
    """Delete what no longer slows anybody down."""
    return Attempt.objects.filter(expires__lte=now).delete()[0]
