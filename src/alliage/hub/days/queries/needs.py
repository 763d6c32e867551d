"""The needs that a company may have, by their names."""

from __future__ import annotations

from alliage.hub.days.queries.plan import speech
from alliage.hub.questions.queries import about


def needs(*, lang: str) -> list[tuple[str, str]]:
    """The needs of the pack, in its order."""
    return about.needs(speech(lang))
