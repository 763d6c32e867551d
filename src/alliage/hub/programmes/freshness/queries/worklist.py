"""What to check first: programmes by the aid and the people that depend on their facts, and by how doubtful these are.

priority = aid ($1,000) x (1 + who depends on it) x (months of age + 12 for each open review + 6 for a late answer)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Count, Min

from alliage.core.catalogue.freshness import freshness
from alliage.core.catalogue.programme import Programme
from alliage.hub.programmes.freshness.models import Request, Review
from alliage.hub.programmes.queries.speaking import Plain, Speech

NOT_DATED = 24  # months: what an undated programme counts for
REVIEW, LATE = 12, 6  # months that an open review, and an answer that is late, count for
NO_AMOUNT = 25_000  # dollars: what a programme that states no amount counts for
LATE_AFTER = 14  # days without an answer
REASONS = ("wrong", "gone", "dead", "soft-404", "home", "changed", "silent", "late", "old", "undated")
OLD = 12  # months


def worklist(*, on: date, at: datetime, speech: Speech) -> list[Plain]:
    """Every programme of the catalogue, the first to check first. No more queries for more programmes."""
    reviews = _reviews()
    asked = dict(_asked(at))
    people = dependents(speech.catalogue.redirects)
    lines = [
        _line(
            programme,
            on=on,
            reviews=reviews.get(programme.id, {}),
            asked=asked.get(programme.id),
            people=people,
            speech=speech,
        )
        for programme in speech.catalogue.programmes.values()
    ]
    return sorted(lines, key=lambda line: (-line["priority"], line["name"].casefold()))


def dependents(redirects: Mapping[str, str]) -> Mapping[str, int]:
    """How many people and dossiers depend on each programme, as the rooms above say; a former id is that of today."""
    total: Counter[str] = Counter()
    for config in apps.get_app_configs():
        tell = getattr(config, "dependents", None)
        if tell is not None:
            for id_, count in tell().items():
                total[redirects.get(id_, id_)] += count
    return total


def _reviews() -> Mapping[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    rows = Review.objects.filter(closed=None).order_by().values_list("programme_id", "reason")
    for programme_id, reason, count in rows.annotate(Count("id")):
        found.setdefault(programme_id, {})[reason] = count
    return found


def _asked(at: datetime) -> Iterator[tuple[str, int]]:
    """For each programme that somebody was asked about and did not answer yet: since how many days."""
    open_ = Request.objects.filter(answered=None, revoked=None, expires__gt=at).order_by()
    for programme_id, first in open_.values_list("programme_id").annotate(Min("created")):
        yield programme_id, (at - first).days


def _line(
    programme: Programme,
    *,
    on: date,
    reviews: Mapping[str, int],
    asked: int | None,
    people: Mapping[str, int],
    speech: Speech,
) -> Plain:
    fresh = freshness(programme, on=on)
    late = asked is not None and asked >= LATE_AFTER
    thousands = most_aid(programme.document) // 1_000
    count = people.get(programme.id, 0)
    age = NOT_DATED if fresh.months is None else fresh.months
    doubt = age + REVIEW * sum(reviews.values()) + LATE * late
    reasons = [reason for reason in REASONS if reason in reviews]
    reasons += ["late"] if late else []
    reasons += ["undated"] if fresh.months is None else ["old"] if fresh.months > OLD else []
    return {
        "id": programme.id,
        "name": speech.text(programme.name),
        "provider": programme.provider.id,
        "provider_name": speech.text(programme.provider.name),
        "months": fresh.months,
        "fresh": fresh,
        "as_of": programme.document.get("as_of"),
        "reasons": reasons,
        "asked": asked,
        "thousands": thousands,
        "people": count,
        "doubt": doubt,
        "priority": thousands * (1 + count) * doubt,
    }


def most_aid(document: Mapping[str, Any]) -> int:
    """The largest amount that the sources state, in dollars."""
    aid = document["aid"]
    parts = aid.get("parts", ())
    stated = [tier["amount"] for part in parts for tier in part["tiers"] if tier.get("amount")]
    stated += [*aid.get("ceilings", ()), *(ceiling for part in parts for ceiling in part.get("ceilings", ()))]
    return int(max((one["at_most"] for one in stated if one.get("at_most")), default=NO_AMOUNT))
