"""How a programme combines with others: its ceiling on aid, its private share, what it excludes and what it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from alliage.core.catalogue.programme import Programme
from alliage.core.financing.case import Case, Document, Doubt, share
from alliage.core.financing.parts import reference
from alliage.core.financing.problem import Base, Ceiling, PrivateShare, Range
from alliage.core.financing.tiers import possible_tiers

_BASES = {"eligible": Base.ELIGIBLE, "total": Base.TOTAL, "total-cost": Base.TOTAL}
_TAX = frozenset({"tax-credit", "tax-deduction"})


def ceiling_of(programme: Programme, *, case: Case) -> Ceiling:
    """The most that public aid together may reach.

    A tax measure that states none has none: aid lowers its base instead. Of any other programme, silence says nothing.
    """
    document = programme.document.get("stacking", {})
    written = document.get("government_at_most")
    parts = programme.document["aid"].get("parts", ())
    source = reference(programme, document["source"] if document else parts[0]["source"])  # where none was read
    if not written:
        kinds = {part.get("instrument") for part in parts}
        return Ceiling(share=None, none=bool(document.get("no_ceiling")) or kinds <= _TAX, reference=source)
    tiers = possible_tiers(written, case=case, programme=programme)
    shares = [share(tier["at_most"]) for tier in tiers.possible if "at_most" in tier]
    if not tiers.closed or not shares or len(shares) < len(tiers.possible):
        return Ceiling(share=None, reference=source)
    return Ceiling(
        share=Range(min(shares), max(shares)),
        base=_base(tiers.possible[0], document),
        weights={instrument: share(weight) for instrument, weight in document.get("weights", {}).items()},
        reference=reference(programme, tiers.possible[0]["source"]),
        either=_base_unsaid(programme, case),
    )


def _base(tier: Document, document: Document) -> Base:
    return _BASES.get(tier.get("of", document.get("of", "eligible")), Base.ELIGIBLE)


def _base_unsaid(programme: Programme, case: Case) -> bool:
    """Whether the base of a ceiling is not said, or is not the same in all of its tiers that may apply."""
    document = programme.document.get("stacking", {})
    tiers = possible_tiers(document.get("government_at_most", ()), case=case, programme=programme).possible
    said = "of" in document or all("of" in tier for tier in tiers)
    return bool(tiers) and not (said and len({_base(tier, document) for tier in tiers}) == 1)


def relied_on(programme: Programme) -> bool:
    """Whether the ceiling that a programme states may be relied on; one of low confidence is only shown."""
    return bool(programme.document.get("stacking", {}).get("confidence") != "low")


def private_shares(programme: Programme, *, case: Case) -> tuple[PrivateShare, ...]:
    """The least that must be private money; a share of which only a part may be in kind asks twice."""
    document = programme.document.get("stacking", {})
    tiers = possible_tiers(document.get("private_at_least", ()), case=case, programme=programme)
    found: list[PrivateShare] = []
    for tier in tiers.possible:
        alone = len(tiers.possible) == 1 and tiers.closed
        found += [one if alone else _perhaps(one) for one in _asked(tier, document, programme)]
    return tuple(found)


def _perhaps(one: PrivateShare) -> PrivateShare:
    """A share that may not be asked of this company: strict at the safe end only."""
    return replace(one, at_least=Range(one.at_least.safe, None))


def _asked(tier: Document, document: Document, programme: Programme) -> Iterator[PrivateShare]:
    if "at_least" not in tier:
        return
    of = tier.get("of", document.get("of", "eligible"))
    source = reference(programme, tier["source"])
    least = share(tier["at_least"])
    in_cash = bool(tier.get("in_cash"))
    base = _BASES.get(of, Base.ELIGIBLE)
    yield PrivateShare(Range(least, least), base, in_cash, source)
    if "of" not in tier and "of" not in document:  # a share of what is not said: of the whole cost at the safe end
        yield PrivateShare(Range(least, None), Base.TOTAL, in_cash, source)
    if "in_kind_at_most" in tier:
        cash = least * (1 - share(tier["in_kind_at_most"]))
        yield PrivateShare(Range(cash, cash), base, in_cash=True, reference=source)


def stacking_doubts(programme: Programme, ceiling: Ceiling, *, case: Case) -> Iterator[Doubt]:
    """What is not known of how a programme combines."""
    if ceiling.none:
        return
    document = programme.document.get("stacking", {})
    source = document.get("source")
    if ceiling.share is None:
        yield Doubt("ceiling-unknown", source)
    elif not relied_on(programme):
        yield Doubt("ceiling-not-relied-on", source)
    elif ceiling.share.safe != ceiling.share.best:
        yield Doubt("ceiling-case", source)
    if ceiling.share and relied_on(programme) and _base_unsaid(programme, case):
        yield Doubt("ceiling-base", source)


def excluded(programme: Programme, *, others: Mapping[str, Programme], current: Mapping[str, str]) -> frozenset[str]:
    """Other programmes with which this one does not combine, by id; ``current`` redirects former ids."""
    document = programme.document.get("stacking", {})
    named = {current.get(id_, id_) for id_ in document.get("not_with", ())}
    providers = set(document.get("not_with_providers", ()))
    named |= {id_ for id_, other in others.items() if other.provider.id in providers}
    return frozenset(named & others.keys()) - {programme.id}


def not_on_same_expense(
    programme: Programme, *, others: Mapping[str, Programme], current: Mapping[str, str]
) -> frozenset[str]:
    """Other programmes that may not pay for the same expense: those that have every trait named."""
    rule = programme.document.get("stacking", {}).get("not_on_same_expense")
    if not rule:
        return frozenset()
    named = {current.get(id_, id_) for id_ in rule.get("programmes", ())}
    instruments, level = set(rule.get("instruments", ())), rule.get("level")
    return frozenset(
        id_
        for id_, other in others.items()
        if id_ != programme.id
        and (not named or id_ in named)
        and (level is None or other.provider.level == level)
        and (not instruments or instruments & {p.get("instrument") for p in other.document["aid"].get("parts", ())})
    )


def same_money_pairs(programmes: Mapping[str, Programme], *, current: Mapping[str, str]) -> frozenset[frozenset[str]]:
    """Pairs of programmes that are doors to the same money."""
    return frozenset(
        frozenset((id_, current.get(other, other)))
        for id_, programme in programmes.items()
        for other in programme.document["aid"].get("same_money_as", ())
        if current.get(other, other) in programmes and current.get(other, other) != id_
    )


def weights_of_kinds(written: Mapping[str, float], *, instruments: frozenset[str]) -> dict[str, Fraction | None]:
    """What each kind of money counts for where a programme does not say; ``None``: not known."""
    return {kind: share(written[kind]) if kind in written else None for kind in sorted(instruments)}
