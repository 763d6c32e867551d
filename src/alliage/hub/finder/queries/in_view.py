"""The programme in view: the one whose page the person came from. It is told first, and its questions come first."""

from __future__ import annotations

from alliage.core.matching.results import Result
from alliage.core.matching.verdict import Verdict
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.queries.cards import Card, card
from alliage.hub.finder.queries.engine import Found
from alliage.hub.finder.queries.voice import Voice


def in_view(found: Found, dossier: Dossier, *, voice: Voice) -> Card | None:
    """Its card, whatever its verdict and its needs; ``None`` without one, or if the catalogue no longer has it."""
    result = _result(found, dossier)
    return card(result, voice=voice) if result else None


def missing_in_view(found: Found, dossier: Dossier) -> str | None:
    """The first question that its verdict waits for, those skipped or answered "I don't know" left aside."""
    result = _result(found, dossier)
    if result is None or result.match.verdict is not Verdict.POSSIBLE:
        return None
    put_aside = {*result.match.unsettled, *dossier.skipped, *found.profile.unknown}
    return next((name for name in result.match.missing if name not in put_aside), None)


def _result(found: Found, dossier: Dossier) -> Result | None:
    id_ = found.engine.catalogue.redirects.get(dossier.in_view, dossier.in_view)
    place = found.engine.at.get(id_)
    return None if place is None else found.whole(place)
