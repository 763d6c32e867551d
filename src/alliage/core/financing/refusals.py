"""Refuse a problem that makes no sense, before anything is solved. Every mistake is told, each with its place.

A pin, a part's line and a cap's part must exist. Exclusions, requirements, bans, efforts and shared caps may name
offers that are not there: a problem is a cut of a catalogue, whose rules are about all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from alliage.core.financing.problem import Ceiling, Line, Offer, Part, PrivateShare, Problem, Range, Slice, Terms
from alliage.core.financing.slices import in_order, rises
from alliage.core.vocabulary import errors
from alliage.core.vocabulary.profile import LARGEST

MOST = int(LARGEST * 100)  # cents, for one line; above it is a slip of the keyboard
PERCENT = "0 … 1"
MONEY = "0 … 10 000 000 000"
ABOVE_ZERO = "0.01 … 10 000 000 000"


def refuse_bad(problem: Problem) -> None:
    """Say nothing of a problem that may be solved.

    Raises:
        AlliageError: every mistake found, codes ``plan-…``.
    """
    if found := tuple(_problems(problem)):
        raise errors.AlliageError(found)


def _problems(problem: Problem) -> Iterator[errors.Problem]:
    yield from _twice("lines", [line.id for line in problem.lines])
    yield from _twice("offers", [offer.id for offer in problem.offers])
    for line in problem.lines:
        yield from _line(line)
    for offer in problem.offers:
        yield from _offer(offer, problem)
    for index, cap in enumerate(problem.shared_caps):
        yield from _money(f"shared_caps[{index}].at_most", cap.at_most)
        yield from _weights(f"shared_caps[{index}].weights", cap.weights.values())
    yield from _weights("default_weights", problem.default_weights.values())
    yield from _preferences(problem)


def _twice(where: str, ids: Iterable[str]) -> Iterator[errors.Problem]:
    for id_, count in Counter(ids).items():
        if count > 1:
            yield errors.Problem("plan-duplicate", where=where, found=errors.shown(id_))


def _line(line: Line) -> Iterator[errors.Problem]:
    where = f"lines.{line.id}"
    if not _whole(line.cost) or not 0 < line.cost <= MOST:
        yield errors.Problem("plan-amount", where=f"{where}.cost", found=_dollars(line.cost), expected=ABOVE_ZERO)
    if not line.category.strip():
        yield errors.Problem("plan-category", where=f"{where}.category", found=errors.shown(line.category))


def _offer(offer: Offer, problem: Problem) -> Iterator[errors.Problem]:
    where = f"offers.{offer.id}"
    yield from _twice(f"{where}.parts", [part.id for part in offer.parts])
    known = {line.id for line in problem.lines}
    for part in offer.parts:
        yield from _part(f"{where}.parts.{part.id}", part, known)
    parts = {part.id for part in offer.parts}
    for index, cap in enumerate(offer.caps):
        yield from _money(f"{where}.caps[{index}].at_most", cap.at_most)
        for name, ids, all_ids in (("parts", cap.parts, parts), ("lines", cap.lines or (), known)):
            yield from _unknown(f"{where}.caps[{index}].{name}", ids, all_ids)
    yield from _ceiling(f"{where}.ceiling", offer.ceiling)
    for index, private in enumerate(offer.private):
        yield from _private(f"{where}.private[{index}].at_least", private)
    for name in ("not_with", "requires", "not_on_same_line"):
        if offer.id in getattr(offer, name):
            yield errors.Problem("plan-contradiction", where=f"{where}.{name}", found=errors.shown(offer.id))
    for other in sorted(offer.requires & offer.not_with):
        yield errors.Problem("plan-contradiction", where=f"{where}.requires", found=errors.shown(other))


def _part(where: str, part: Part, known: set[str]) -> Iterator[errors.Problem]:
    yield from _unknown(f"{where}.lines", part.lines, known)
    yield from _money(f"{where}.threshold", part.threshold)
    if part.safe is not None:
        yield from _terms(f"{where}.safe", part.safe, part)
    if part.best != part.safe:
        yield from _terms(f"{where}.best", part.best, part)


def _terms(where: str, terms: Terms, part: Part) -> Iterator[errors.Problem]:
    for rate in (terms.rate, *(one.rate for one in terms.slices)):
        yield from _share(f"{where}.rate", rate)
    yield from _money(f"{where}.at_least", terms.at_least)
    if terms.at_most is not None:
        yield from _money(f"{where}.at_most", terms.at_most)
        if terms.at_least > terms.at_most:
            yield errors.Problem(
                "plan-minimum", where=where, found=_dollars(terms.at_least), expected=f"≤ {_dollars(terms.at_most)}"
            )
    if not in_order(terms.slices):
        yield errors.Problem("plan-slices", where=f"{where}.slices", found=_written(terms.slices))
    if part.less_aid is not False and rises(terms.slices):
        yield errors.Problem("plan-slices-rise", where=f"{where}.slices", found=_written(terms.slices))


def _ceiling(where: str, ceiling: Ceiling) -> Iterator[errors.Problem]:
    if ceiling.share is not None:
        yield from _share(f"{where}.share", ceiling.share.safe)
        if ceiling.share.best is not None:
            yield from _share(f"{where}.share", ceiling.share.best)
            yield from _range(f"{where}.share", ceiling.share, rises=True)
    yield from _weights(f"{where}.weights", ceiling.weights.values())


def _private(where: str, private: PrivateShare) -> Iterator[errors.Problem]:
    yield from _share(where, private.at_least.safe)
    if private.at_least.best is not None:
        yield from _share(where, private.at_least.best)
        yield from _range(where, private.at_least, rises=False)


def _range(where: str, figure: Range, *, rises: bool) -> Iterator[errors.Problem]:
    """The safe end gives least: a lower ceiling, a higher private share."""
    assert figure.best is not None
    if figure.best != figure.safe and (figure.best > figure.safe) != rises:
        yield errors.Problem("plan-range", where=where, found=f"{figure.safe} … {figure.best}")


def _preferences(problem: Problem) -> Iterator[errors.Problem]:
    preferences = problem.preferences
    ids = {offer.id for offer in problem.offers}
    yield from _unknown("preferences.pinned", preferences.pinned, ids)
    for id_ in sorted(preferences.pinned & preferences.banned):
        yield errors.Problem("plan-pinned-banned", where="preferences.pinned", found=errors.shown(id_))
    yield from _weights("preferences.worth", preferences.worth.values())
    kinds = {part.instrument for offer in problem.offers for part in offer.parts}
    for kind in sorted(kinds - preferences.worth.keys()):
        yield errors.Problem("plan-worth", where="preferences.worth", found=errors.shown(kind))
    yield from _money("preferences.per_application", preferences.per_application)
    for id_, cost in preferences.effort.items():
        yield from _money(f"preferences.effort.{id_}", cost)


def _unknown(where: str, ids: Iterable[str], known: set[str]) -> Iterator[errors.Problem]:
    for id_ in sorted({*ids} - known):
        yield errors.Problem("plan-unknown", where=where, found=errors.shown(id_), expected=", ".join(sorted(known)))


def _money(where: str, cents: int) -> Iterator[errors.Problem]:
    if not _whole(cents) or not 0 <= cents <= MOST:
        yield errors.Problem("plan-amount", where=where, found=_dollars(cents), expected=MONEY)


def _share(where: str, share: Fraction) -> Iterator[errors.Problem]:
    if not isinstance(share, Fraction | int) or not 0 <= share <= 1:
        yield errors.Problem("plan-share", where=where, found=str(share), expected=PERCENT)


def _weights(where: str, weights: Iterable[Fraction | None]) -> Iterator[errors.Problem]:
    for weight in weights:
        if weight is not None:
            yield from _share(where, weight)


def _whole(cents: object) -> bool:
    return isinstance(cents, int) and not isinstance(cents, bool)


def _dollars(cents: object) -> str:
    return f"{cents / 100:.2f}" if isinstance(cents, int) else errors.shown(cents)


def _written(slices: tuple[Slice, ...]) -> str:
    return errors.shown("; ".join(f"{one.start} … {one.to}: {one.rate}" for one in slices))
