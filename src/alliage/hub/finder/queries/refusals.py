"""What says no: by reason, with the honest changes that would lift some refusals, and whom to call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from alliage.core.matching.near_misses import NearMiss, near_misses
from alliage.core.matching.results import Result
from alliage.core.matching.verdict import Verdict
from alliage.hub.finder.queries.cards import Card, cards
from alliage.hub.finder.queries.engine import Found
from alliage.hub.finder.queries.voice import Voice

MOST_CALLS = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One answer that rules programmes out, and which."""

    id: str
    words: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class ToDo:
    """A change within reach, and the programmes that it would open."""

    words: str
    verdict: str
    effort: int
    ids: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """Whom to call."""

    programme: str
    provider: str
    phone: str
    email: str
    url: str


@dataclass(frozen=True, slots=True)
class Refusals:
    """The page of what says no."""

    total: int
    reasons: tuple[Reason, ...]
    todos: tuple[ToDo, ...]


def refusals(found: Found, *, voice: Voice) -> Refusals:
    """What rules programmes out, the reason of most first; a programme stands under each of its reasons."""
    groups: dict[str, list[Result]] = {}
    for result in found.ineligible:
        for name in result.match.failed:
            groups.setdefault(name, []).append(result)
    ranked = sorted(groups.items(), key=lambda group: -len(group[1]))
    return Refusals(
        total=len(found.ineligible),
        reasons=tuple(Reason(name, _reason(name, found, voice), cards(group, voice=voice)) for name, group in ranked),
        todos=within_reach(found, voice=voice),
    )


def _reason(name: str, found: Found, voice: Voice) -> str:
    answer = found.known.answers.get(name)
    return voice.fact(name, answer) if answer is not None else voice.label(name)


def within_reach(found: Found, *, voice: Voice) -> tuple[ToDo, ...]:
    """Near misses: those of the same changes together, the easiest first, then those that open the most."""
    groups: dict[object, tuple[NearMiss, list[Result]]] = {}
    for result in found.ineligible:
        for miss in misses(result, found)[:1] if not result.closed else ():
            key = tuple((change.attribute, change.then) for change in miss.changes)
            groups.setdefault(key, (miss, []))[1].append(result)
    ranked = sorted(groups.values(), key=lambda group: (group[0].effort, -len(group[1])))
    return tuple(
        ToDo(
            words=voice.change(miss),
            verdict=miss.verdict.value,
            effort=miss.effort,
            ids=tuple(result.match.programme.id for result in lifted),
            names=tuple(voice.text(result.match.programme.name) for result in lifted),
        )
        for miss, lifted in ranked
    )


def misses(result: Result, found: Found) -> tuple[NearMiss, ...]:
    """The near misses of one result."""
    return near_misses(
        result.match,
        catalogue=found.engine.catalogue,
        profile=found.profile,
        known=found.known,
        on=found.engine.on,
    )


def offices(found: Found, *, voice: Voice) -> tuple[Office, ...]:
    """Whom to call when nothing fits: the nearest programmes first, those with a telephone before, each office once."""
    ranked = sorted(_reachable(found), key=lambda r: (r.match.verdict is Verdict.INELIGIBLE, len(r.match.failed)))
    by_phone = sorted(ranked, key=lambda r: "phone" not in r.match.programme.document.get("contact", {}))
    chosen: dict[str, Result] = {}
    for result in by_phone:
        chosen.setdefault(result.match.programme.provider.id, result)
    return tuple(_office(result, voice) for result in list(chosen.values())[:MOST_CALLS])


def _reachable(found: Found) -> Iterator[Result]:
    for result in (*found.closed, *found.ineligible):
        programme = result.match.programme
        if programme.document.get("contact") or programme.provider.url:
            yield result


def _office(result: Result, voice: Voice) -> Office:
    programme = result.match.programme
    contact = programme.document.get("contact", {})
    return Office(
        programme=voice.text(programme.name),
        provider=voice.text(programme.provider.name),
        phone=contact.get("phone", ""),
        email=contact.get("email", ""),
        url=programme.provider.url or next((url for url in programme.document["url"].values() if url), ""),
    )
