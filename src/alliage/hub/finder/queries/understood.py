"""What was understood: the answers given, what follows from them, what is proposed, what the person does not know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from django.utils.translation import ngettext

from alliage.core.vocabulary.profile import Profile
from alliage.hub.finder.dossier import Dossier, total_of
from alliage.hub.finder.queries.engine import Found
from alliage.hub.finder.queries.voice import Voice


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer in words. ``origin`` is what it follows from, if it was not given."""

    id: str
    label: str
    answer: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """The header of the results: the first answers, how many there are with what follows, and what is proposed."""

    given: tuple[Fact, ...]
    total: int
    proposed: tuple[Fact, ...]
    words: str

    @property
    def nothing(self) -> bool:
        """Whether nothing was answered yet."""
        return not (self.total or self.words)


@dataclass(frozen=True, slots=True)
class Understood:
    """All that was understood."""

    given: tuple[Fact, ...]
    derived: tuple[Fact, ...]
    unknown: tuple[Fact, ...]
    words: str


MOST_BRIEF = 6


def brief(found: Found, dossier: Dossier, *, voice: Voice) -> Brief:
    """The header of these results; what it does not show is not put into words."""
    given = tuple(islice(_given(found.profile, voice), MOST_BRIEF))
    if len(given) < MOST_BRIEF:
        given = (*given, *_budget(dossier, voice))
    derived = sum(name not in found.profile.answers for name in found.known.derived_from)
    total = dossier.count + derived + len(found.profile.unknown)
    return Brief(given, total, tuple(_proposed(found, voice)), dossier.words)


def understood(found: Found, dossier: Dossier, *, voice: Voice) -> Understood:
    """Everything."""
    given, known = found.profile.answers, found.known
    derived = tuple(
        Fact(name, voice.label(name), voice.answer(name, known.answers[name]), voice.label(origin))
        for name, origin in known.derived_from.items()
        if name not in given and not voice.attributes[name].ordered
    )
    return replace(stated(found.profile, dossier, voice=voice), derived=derived)


def stated(profile: Profile, dossier: Dossier, *, voice: Voice) -> Understood:
    """What was said alone, without what follows: answers that contradict each other can be shown too."""
    return Understood(
        given=(*_given(profile, voice), *_budget(dossier, voice)),
        derived=(),
        unknown=tuple(Fact(name, voice.label(name), "") for name in voice.attributes if name in profile.unknown),
        words=dossier.words,
    )


def _given(profile: Profile, voice: Voice) -> Iterator[Fact]:
    """What a person would say first, then the rest in the order of the questions."""
    roles = voice.catalogue.vocabulary.roles
    for name in dict.fromkeys((roles.needs, roles.territory, roles.cost, *voice.attributes)):
        if name in profile.answers:
            yield Fact(name, voice.label(name), voice.answer(name, profile.answers[name]))


def _budget(dossier: Dossier, voice: Voice) -> Iterator[Fact]:
    if dossier.lines:
        name = voice.catalogue.vocabulary.roles.lines
        count = ngettext("%(count)s dépense", "%(count)s dépenses", len(dossier.lines)) % {"count": len(dossier.lines)}
        yield Fact(name, voice.label(name), f"{voice.money(total_of(dossier.lines))} ({count})")


def _proposed(found: Found, voice: Voice) -> Iterator[Fact]:
    """Defaults of the vocabulary, shown as answers to confirm; the engine never takes them by itself."""
    answers = found.known.answers
    for name, attribute in voice.attributes.items():
        likely = answers.get(attribute.suggest) if attribute.suggest else None
        if likely is not None and attribute.suggest and name not in answers and name not in found.profile.unknown:
            yield Fact(name, voice.label(name), voice.answer(name, likely), voice.label(attribute.suggest))
