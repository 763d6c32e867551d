"""Which version the questions of a day are at, remembered for a moment by each process."""

from __future__ import annotations

from django.db.models import F

from alliage.hub.days.models import Day

LASTS = 0.1  # seconds
MOST = 200
Known = tuple[int, bool, int]  # the day, whether its room is open, the version
_known: dict[str, tuple[float, Known]] = {}


def known_version(slug: str, *, at: float) -> Known | None:
    """What was read a moment ago, if anything was."""
    found = _known.get(slug)
    return found[1] if found is not None and at - found[0] < LASTS else None


def remember_version(slug: str, known: Known, *, at: float) -> None:
    """Keep it for a moment."""
    if len(_known) >= MOST:
        _known.clear()
    _known[slug] = (at, known)


def new_version(day_id: int) -> None:
    """Whoever looks at the room sees that there is something new; in this process, from the next look."""
    Day.objects.filter(pk=day_id).update(live_version=F("live_version") + 1)
    _known.clear()
