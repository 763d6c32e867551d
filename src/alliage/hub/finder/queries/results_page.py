"""The page of results: what fits, what to check, what opens soon; the rest counted, and shown when asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from alliage.core.catalogue.programme import Programme
from alliage.core.matching.results import Result
from alliage.core.search.fields import instrument_ids
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.queries.asking import Next, next_to_ask
from alliage.hub.finder.queries.cards import Card, cards
from alliage.hub.finder.queries.engine import Found
from alliage.hub.finder.queries.understood import Brief, brief
from alliage.hub.finder.queries.voice import Voice

MOST_SHOWN = 8  # results of a section before one asks for the others
SECTIONS = ("eligible", "possible", "opening")
_EVERY = 10_000  # programmes that a search may give


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page: its first cards, and how many more there are."""

    id: str
    cards: tuple[Card, ...]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.cards)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a filter, with what it would keep."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each, filters apart."""

    eligible: int
    possible: int
    opening: int
    closed: int
    ineligible: int
    hidden: int

    @property
    def live(self) -> int:
        """How many may be applied for, now or soon."""
        return self.eligible + self.possible + self.opening


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """The whole page as plain data."""

    understood: Brief
    counts: Counts
    sections: tuple[Section, ...]
    needs: tuple[Choice, ...]
    instruments: tuple[Choice, ...]
    about: Choice | None
    unknown_words: str
    filtered: bool
    next: Next | None


def counts(found: Found) -> Counts:
    """How many of each."""
    return Counts(
        len(found.eligible),
        len(found.possible),
        len(found.opening),
        len(found.shut),
        len(found.refused),
        found.hidden,
    )


def results_page(found: Found, dossier: Dossier, *, voice: Voice, whole: Sequence[str] = ()) -> ResultsPage:
    """The page. ``whole`` names the sections to show to the end."""
    about, unknown_words = spoken_of(dossier.words, voice=voice)
    kept: dict[str, Keep] = {}
    if dossier.need:
        kept["need"] = lambda programme: dossier.need in programme.needs
    if dossier.instrument:
        kept["instrument"] = lambda programme: dossier.instrument in instrument_ids(programme)
    if dossier.about:
        kept["about"] = lambda programme: programme.id in about
    parts = {"eligible": found.eligible, "possible": found.possible, "opening": found.opening}
    return ResultsPage(
        understood=brief(found, dossier, voice=voice),
        counts=counts(found),
        sections=tuple(
            _section(name, _kept(parts[name], kept.values()), found, voice, about, whole=name in whole)
            for name in SECTIONS
        ),
        needs=_choices(found, kept, "need", dossier.need, lambda p: p.needs, voice.need),
        instruments=_choices(found, kept, "instrument", dossier.instrument, instrument_ids, voice.instrument),
        about=_about(found, kept, dossier, about),
        unknown_words=unknown_words,
        filtered=bool(dossier.need or dossier.instrument or dossier.about),
        next=next_to_ask(found, dossier, voice=voice),
    )


Keep = Callable[[Programme], bool]


def _kept(results: Iterable[Result], keeps: Iterable[Keep]) -> list[Result]:
    every = tuple(keeps)
    if not every:
        return list(results)
    return [result for result in results if all(keep(result.match.programme) for keep in every)]


def _section(
    name: str,
    results: Sequence[Result],
    found: Found,
    voice: Voice,
    about: Mapping[str, tuple[str, ...]],
    *,
    whole: bool,
) -> Section:
    shown = results if whole else results[:MOST_SHOWN]
    return Section(name, cards(map(found.whole, shown), voice=voice, about=about), len(results))


def _choices(
    found: Found,
    kept: Mapping[str, Keep],
    facet: str,
    chosen: str,
    values: Callable[[Programme], Iterable[str]],
    words: Callable[[str], str],
) -> tuple[Choice, ...]:
    """The values of a filter with what each would keep, the other filters as they are; the commonest first."""
    others = [keep for name, keep in kept.items() if name != facet]
    tally = Counter(value for r in _kept(found.live, others) for value in values(r.match.programme))
    if chosen and chosen not in tally:
        tally[chosen] = 0
    ranked = sorted(tally.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Choice(value, words(value), count, value == chosen) for value, count in ranked)


def _about(
    found: Found, kept: Mapping[str, Keep], dossier: Dossier, about: Mapping[str, tuple[str, ...]]
) -> Choice | None:
    if not dossier.words:
        return None
    others = [keep for name, keep in kept.items() if name != "about"]
    count = sum(1 for r in _kept(found.live, others) if r.match.programme.id in about)
    return Choice("about", dossier.words, count, dossier.about)


def spoken_of(words: str, *, voice: Voice) -> tuple[Mapping[str, tuple[str, ...]], str]:
    """By programme, the words of the project that it speaks of; and the words that no programme holds."""
    if not words:
        return {}, ""
    found = voice.shelf.indexes[voice.lang].search(words, limit=_EVERY)
    return {hit.programme_id: hit.matched for hit in found.hits}, voice.listing(found.unknown)
