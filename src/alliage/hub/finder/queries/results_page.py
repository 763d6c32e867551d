"""The page of results: what fits, what to check, what opens soon; the rest counted, and shown when asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

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
    spoken: Mapping[str, str]  # by programme, the words of the project that it holds
    unknown_words: str
    filtered: bool
    next: Next | None


def counts(found: Found) -> Counts:
    """How many of each."""
    parts = (found.eligible, found.possible, found.opening, found.shut, found.refused, found.hidden)
    return Counts(*(marks.bit_count() for marks in parts))


def results_page(found: Found, dossier: Dossier, *, voice: Voice, whole: Sequence[str] = ()) -> ResultsPage:
    """The page. ``whole`` names the sections to show to the end."""
    about, unknown_words = spoken_of(dossier.words, voice=voice)
    engine = found.engine
    kept: dict[str, int] = {}
    if dossier.need:
        kept["need"] = engine.needs.get(dossier.need, 0)
    if dossier.instrument:
        kept["instrument"] = engine.instruments.get(dossier.instrument, 0)
    speaks = engine.index.marks(engine.at[id_] for id_ in about if id_ in engine.at)
    if dossier.about:
        kept["about"] = speaks
    shown = _kept(found, kept.values())
    return ResultsPage(
        understood=brief(found, dossier, voice=voice),
        counts=counts(found),
        sections=tuple(
            _section(name, part & shown, found, voice, whole=name in whole)
            for name, part in zip(SECTIONS, (found.eligible, found.possible, found.opening), strict=True)
        ),
        needs=_choices(engine.needs, _others(found, kept, "need"), dossier.need, voice.need),
        instruments=_choices(
            engine.instruments, _others(found, kept, "instrument"), dossier.instrument, voice.instrument
        ),
        about=_about(dossier, speaks & _others(found, kept, "about")),
        spoken={id_: quoted(words, voice=voice) for id_, words in about.items()},
        unknown_words=unknown_words,
        filtered=bool(dossier.need or dossier.instrument or dossier.about),
        next=next_to_ask(found, dossier, voice=voice),
    )


def _kept(found: Found, filters: Iterable[int]) -> int:
    """What passes these filters, of all that may be applied for."""
    marks = found.live
    for passing in filters:
        marks &= passing
    return marks


def _others(found: Found, kept: Mapping[str, int], facet: str) -> int:
    """What passes the other filters."""
    return _kept(found, (passing for name, passing in kept.items() if name != facet))


def _section(
    name: str,
    marks: int,
    found: Found,
    voice: Voice,
    *,
    whole: bool,
) -> Section:
    shown = found.first(marks, most=None if whole else MOST_SHOWN)
    return Section(name, cards(shown, voice=voice), marks.bit_count())


def _choices(values: Mapping[str, int], marks: int, chosen: str, words: Callable[[str], str]) -> tuple[Choice, ...]:
    """The values of a filter with what each would keep, the other filters as they are; the commonest first."""
    tally = {value: (marks & having).bit_count() for value, having in values.items()}
    if chosen:
        tally.setdefault(chosen, 0)
    ranked = sorted(tally.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Choice(value, words(value), n, value == chosen) for value, n in ranked if n or value == chosen)


def _about(dossier: Dossier, marks: int) -> Choice | None:
    return Choice("about", dossier.words, marks.bit_count(), dossier.about) if dossier.words else None


def quoted(words: Iterable[str], *, voice: Voice) -> str:
    """Words in quotation marks, one after the other."""
    return voice.listing(f"«\N{NO-BREAK SPACE}{word}\N{NO-BREAK SPACE}»" for word in words)


def spoken_of(words: str, *, voice: Voice) -> tuple[Mapping[str, tuple[str, ...]], str]:
    """By programme, the words of the project that it speaks of; and the words that no programme holds."""
    if not words:
        return {}, ""
    found = voice.shelf.indexes[voice.lang].search(words, limit=_EVERY)
    return {hit.programme_id: hit.matched for hit in found.hits}, voice.listing(found.unknown)
