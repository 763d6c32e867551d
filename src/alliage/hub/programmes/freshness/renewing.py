"""Naming the exact content of the catalogue again, after a confirmation."""

from __future__ import annotations

from datetime import datetime

from alliage.hub.programmes.actions.settling import settle
from alliage.hub.programmes.models import CatalogueState


def renew(*, at: datetime) -> None:
    """Every process sees at its next page what was confirmed."""
    if CatalogueState.objects.exists():
        settle(at=at)
