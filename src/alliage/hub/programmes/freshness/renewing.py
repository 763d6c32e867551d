"""Naming the exact content of the catalogue again, after a confirmation."""

from __future__ import annotations

from datetime import datetime

from alliage.hub.programmes import actions
from alliage.hub.programmes.models import CatalogueState


def renew(*, at: datetime) -> None:
    """Every process sees at its next page what was confirmed."""
    state = CatalogueState.objects.select_related("parts").first()
    if state is not None:
        actions.settle(parts=state.parts, pack_revision=state.pack_revision, at=at)
