"""Attempts to sign in, counted in the database: one count for all the processes of the site."""

from __future__ import annotations

from datetime import datetime

from alliage.hub.people.models import Attempt
from alliage.hub.ui.asked import keyed_fingerprint


def key(wanted: str, prefix: str, version: int) -> str:
    """What the database knows of a key of the cache: a keyed fingerprint, for it may hold an IP address."""
    return keyed_fingerprint(f"{prefix}:{version}:{wanted}", purpose="alliage.attempts")


def forget_over(*, now: datetime) -> int:
    """Delete what no longer slows anybody down."""
    return Attempt.objects.filter(expires__lte=now).delete()[0]
