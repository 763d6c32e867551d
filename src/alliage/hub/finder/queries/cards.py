"""A result on the page of results: what it gives, whether one can apply, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alliage.core.matching.aid import told_instruments
from alliage.core.matching.results import Result, weights_of
from alliage.core.rules.evaluate import responsible_findings
from alliage.core.vocabulary.truth import Cause, Truth
from alliage.hub.finder.queries.voice import Voice

MOST_KEPT = 8_192


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is missing: a question, and whether a closer answer is wanted."""

    id: str
    label: str
    closer: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of money; without an ``id``, what is not a programme, or a kind that no source says."""

    id: str
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """All that a page shows of one result. The same words are the same card: it is known by itself, not by them."""

    id: str
    name: str
    provider: str
    level: str
    summary: str
    verdict: str
    verdict_words: str
    kinds: tuple[Kind, ...]  # of the money that the amount tells
    amount: str
    amount_words: str
    depends: str
    intake: str
    intake_words: str
    freshness: str
    freshness_words: str
    asked: tuple[Asked, ...]
    unsettled: str
    confirm: int
    nothing_read: bool
    why: str = ""


def card(result: Result, *, voice: Voice) -> Card:
    """The card of a whole result. No word that a person wrote is in it: cards are remembered."""
    found = result.match
    wide = _wide(result)
    intake = (found.intake.state, found.intake.opens, found.intake.closes)
    names = (found.missing, found.unsettled, found.failed, wide)
    key = (found.programme.id, found.verdict, intake, result.aid, result.freshness, names)
    known: Card | None = voice.cards.get(key)
    if known is None:
        if len(voice.cards) >= MOST_KEPT:
            voice.cards.clear()
        known = voice.cards[key] = _card(result, wide, voice)
    return known


def _card(result: Result, wide: frozenset[str], voice: Voice) -> Card:
    found, programme = result.match, result.match.programme
    amount, amount_words = voice.could_cover(result.aid)
    intake = voice.intake(found.intake)
    fresh = voice.freshness(result.freshness, programme.document.get("as_of"))
    return Card(
        id=programme.id,
        name=voice.text(programme.name),
        provider=voice.text(programme.provider.name),
        level=voice.level(programme.provider.level),
        summary=voice.text(programme.document["summary"]),
        verdict=found.verdict.value,
        verdict_words=voice.capital(
            voice.phrase("verdicts_shut" if result.closed else "verdicts", found.verdict.value)
        ),
        kinds=_kinds(result, voice),
        amount=amount,
        amount_words=amount_words,
        depends=voice.depends(result.aid),
        intake=found.intake.state,
        intake_words=voice.capital(intake["words"]),
        freshness=fresh["state"],
        freshness_words=fresh["words"],
        asked=tuple(
            Asked(name, voice.label(name), name in wide) for name in found.missing if name not in found.unsettled
        ),
        unsettled=voice.labels(found.unsettled),
        confirm=len(programme.document.get("confirm", ())),
        nothing_read=programme.nothing_read,
        why=voice.labels(found.failed),
    )


def _kinds(result: Result, voice: Voice) -> tuple[Kind, ...]:
    """The kinds of money of the amount that the card tells, so that none is read for another."""
    programme = result.match.programme
    if programme.kind != "programme":
        return (Kind("", voice.capital(voice.phrase("kinds", programme.kind))),)
    told = told_instruments(programme, result.aid, weights=weights_of(voice.catalogue))
    return tuple(Kind("" if id_ == "none" else id_, voice.capital(voice.instrument(id_))) for id_ in told)


def cards(results: Iterable[Result], *, voice: Voice) -> tuple[Card, ...]:
    """The cards of whole results."""
    return tuple(card(result, voice=voice) for result in results)


def _wide(result: Result) -> frozenset[str]:
    """The answers that are too wide for a condition: a closer one would settle it."""
    return frozenset(
        leaf.condition.attribute  # type: ignore[union-attr]  # only leaves are responsible
        for finding in result.match.findings
        if finding.truth is Truth.UNKNOWN
        for leaf in responsible_findings(finding, Truth.UNKNOWN)
        if leaf.cause is Cause.IMPRECISE
    )
