"""Milestones of project files, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alliage.hub.finder.models import Milestone
from alliage.hub.finder.queries.voice import Voice
from alliage.hub.programmes.queries.naming import Named, named


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of a request, in words."""

    id: int
    programme: Named
    words: str


KINDS: Mapping[str, Any] = {
    "asked": _lazy("Demandé"),
    "obtained": _lazy("Obtenu"),
    "refused": _lazy("Refusé"),
    "paid": _lazy("Versé"),
}


def milestones(file: int, *, voice: Voice, programme: str = "") -> list[Noted]:
    """What became of the requests of a file, or of those to one programme."""
    rows = Milestone.objects.filter(file=file)
    if programme:
        former = [old for old, id_ in voice.catalogue.redirects.items() if id_ == programme]
        rows = rows.filter(programme__in=[programme, *former])
    names = named({row.programme for row in rows}, speech=voice)
    return [_noted(row, names[row.programme], voice) for row in rows]


def noted_on(file: int, *, voice: Voice) -> Mapping[str, list[str]]:
    """What became of the requests of a file, in words, by programme."""
    found: dict[str, list[str]] = {}
    for one in milestones(file, voice=voice):
        found.setdefault(one.programme.instead or one.programme.id, []).append(one.words)
    return found


def _noted(row: Milestone, programme: Named, voice: Voice) -> Noted:
    said = {"what": KINDS[row.kind], "day": voice.day(row.day)}
    words = _("%(what)s le %(day)s") % said
    if row.amount is not None:
        words = _("%(words)s : %(amount)s") % {"words": words, "amount": voice.money(row.amount)}
    return Noted(row.pk, programme, voice.typeset(words))
