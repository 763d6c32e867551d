"""The days that a catalogue can be asked about: no fact of a programme holds on the others."""

from __future__ import annotations

from datetime import date

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)


def read_day(typed: str) -> date | None:
    """The day written as ``YYYY-MM-DD``, or ``None`` if it is not one from the first to the last."""
    text = typed.strip()
    if len(text) != 10:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None
