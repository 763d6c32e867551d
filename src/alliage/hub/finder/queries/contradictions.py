"""Answers that disagree: which ones, so that the person can keep one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from alliage.core.vocabulary.errors import AlliageError
from alliage.core.vocabulary.profile import Profile
from alliage.hub.finder.queries.engine import Engine
from alliage.hub.finder.queries.voice import Voice


@dataclass(frozen=True, slots=True)
class Said:
    """One of the answers that disagree, in words."""

    id: str
    label: str
    answer: str


def disagreeing(profile: Profile, engine: Engine) -> tuple[str, ...]:
    """The answers without which the others agree, each by itself; nothing if all agree; all if it takes two.

    The budget is named as the vocabulary names it.
    """
    if agrees(profile, engine):
        return ()
    lines = engine.vocabulary.roles.lines
    found = [name for name in profile.answers if agrees(without(profile, name), engine)]
    if profile.lines and agrees(replace(profile, lines=()), engine):
        found.append(lines)
    return tuple(found) or tuple(profile.answers)


def agrees(profile: Profile, engine: Engine) -> bool:
    """Whether no two answers contradict each other."""
    try:
        engine.known(profile)
    except AlliageError:
        return False
    return True


def without(profile: Profile, name: str) -> Profile:
    """A profile without one answer."""
    return replace(profile, answers={key: answer for key, answer in profile.answers.items() if key != name})


def said(names: tuple[str, ...], profile: Profile, *, voice: Voice) -> tuple[Said, ...]:
    """Answers in words."""
    return tuple(
        Said(name, voice.label(name), voice.answer(name, profile.answers[name]) if name in profile.answers else "")
        for name in names
    )
