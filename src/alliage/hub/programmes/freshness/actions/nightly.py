"""Asking by itself: each night, about the few programmes that are worth it most, whose provider has officers."""

from __future__ import annotations

from datetime import datetime, timedelta

from alliage.hub.people.models import MemberRole, Membership
from alliage.hub.programmes.freshness.actions.asking import ask_all, officers
from alliage.hub.programmes.freshness.models import Request
from alliage.hub.programmes.freshness.queries.worklist import worklist
from alliage.hub.programmes.queries.speaking import Speech
from alliage.hub.programmes.queries.stored import current_shelf
from alliage.hub.ui.day import local_day

A_NIGHT = 10  # programmes
OLD_ENOUGH = 6  # months
AGAIN = timedelta(days=90)


def ask_due(*, at: datetime) -> int:
    """Ask about the first of the worklist; about how many programmes."""
    speech = Speech(current_shelf(), lang="fr")
    served = set(
        Membership.objects.filter(role=MemberRole.OFFICER).values_list("organisation__provider", flat=True)
    ) - {""}
    lately = set(Request.objects.filter(created__gt=at - AGAIN).values_list("programme_id", flat=True))
    done = 0
    for line in worklist(on=local_day(at), at=at, speech=speech) if served else ():
        old = line["months"] is None or line["months"] >= OLD_ENOUGH
        if done < A_NIGHT and old and line["provider"] in served and line["id"] not in lately:
            done += _asked(line["id"], line["provider"], at=at)
    return done


def _asked(programme_id: str, provider: str, *, at: datetime) -> bool:
    """Whether somebody was written to; if no letter leaves, it is for another night."""
    to = officers(provider)
    return len(ask_all(programme_id, to=to, by=None, at=at)) < len(to)
