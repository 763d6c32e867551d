"""What is kept for a time only: who was asked to confirm, and what names the person of a correction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.conf import settings

from alliage.hub.programmes.freshness.models import Correction, Request


def _requests(*, now: datetime) -> int:
    """Who wants no such letter is known by a fingerprint of their address, apart."""
    before = now - timedelta(days=settings.RETENTION["confirmations"])
    return Request.objects.filter(created__lte=before).delete()[0]


def _corrections(*, now: datetime) -> int:
    before = now - timedelta(days=settings.RETENTION["corrections"])
    old = Correction.objects.filter(created__lte=before).exclude(text="")
    return old.update(text="", page="", part="", email="", answer="")


FORGETS: Mapping[str, Callable[..., int]] = {"confirmations": _requests, "corrections": _corrections}
