"""Refuse a day of meetings that makes no sense, before anything is solved: every mistake, each with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from alliage.core.meetings.problem import Company, Officer, Problem, Settings
from alliage.core.vocabulary import errors

LONGEST = 48 * 60  # minutes: a day that ends after midnight is still a day
MOST_SLOTS, MOST_OFFICERS, MOST_COMPANIES = 96, 200, 1000
MOST = 10_000


def refuse_bad(problem: Problem) -> None:
    """Say nothing of a problem that may be solved.

    Raises:
        AlliageError: every mistake found, codes ``meetings-…``.
    """
    if found := tuple(_problems(problem)):
        raise errors.AlliageError(found)


def _problems(problem: Problem) -> Iterator[errors.Problem]:
    yield from _sizes(problem)
    yield from _slots(problem)
    yield from _settings(problem.settings)
    yield from _rooms(problem)
    for name, people in (("officers", problem.officers), ("companies", problem.companies)):
        yield from _twice(name, [one.id for one in people])
        for one in people:
            yield from _person(f"{name}.{one.id}", one, len(problem.slots))
    rooms, officers = {room.id for room in problem.rooms}, {officer.id for officer in problem.officers}
    for officer in problem.officers:
        if officer.room is not None:
            yield from _unknown(f"officers.{officer.id}.room", [officer.room], rooms)
    for company in problem.companies:
        yield from _unknown(f"companies.{company.id}.wishes", company.wishes, officers)
        yield from _twice(f"companies.{company.id}.wishes", company.wishes)


def _sizes(problem: Problem) -> Iterator[errors.Problem]:
    sizes = (
        ("slots", len(problem.slots), MOST_SLOTS),
        ("officers", len(problem.officers), MOST_OFFICERS),
        ("companies", len(problem.companies), MOST_COMPANIES),
    )
    for name, size, most in sizes:
        if size > most:
            yield errors.Problem("meetings-too-many", where=name, found=str(size), expected=f"≤ {most}")
    if not problem.slots:
        yield errors.Problem("meetings-no-slot", where="slots")


def _slots(problem: Problem) -> Iterator[errors.Problem]:
    for number, slot in enumerate(problem.slots):
        if not 0 <= slot.starts < slot.ends <= LONGEST:
            yield errors.Problem("meetings-hours", where=f"slots[{number}]", found=f"{slot.starts} – {slot.ends}")
    for number, (one, after) in enumerate(pairwise(problem.slots), start=1):
        if after.starts < one.ends:
            found = f"{one.ends} > {after.starts}"
            yield errors.Problem("meetings-slots", where=f"slots[{number}]", found=found)
    yield from _places("closed", problem.closed, len(problem.slots))


def _settings(settings: Settings) -> Iterator[errors.Problem]:
    weights, prices = settings.weights, settings.prices
    if not weights or not all(_within(weight, 1, MOST) for weight in weights) or _rises(weights):
        yield errors.Problem("meetings-weights", where="settings.weights", found=_listed(weights))
    if not all(_within(price, 0, MOST) for price in prices) or _rises(prices[::-1]):
        yield errors.Problem("meetings-prices", where="settings.prices", found=_listed(prices))
    yield from _number("settings.in_a_row", settings.in_a_row, least=1)
    yield from _number("settings.rest", settings.rest)
    yield from _number("settings.best", settings.best, least=len(prices))


def _rises(numbers: tuple[int, ...]) -> bool:
    return any(one < after for one, after in pairwise(numbers))


def _rooms(problem: Problem) -> Iterator[errors.Problem]:
    known = {room.id for room in problem.rooms}
    yield from _twice("rooms", [room.id for room in problem.rooms])
    for room in problem.rooms:
        if room.tables is not None:
            yield from _number(f"rooms.{room.id}.tables", room.tables)
    yield from _twice("walks", [" – ".join(sorted(walk.between)) for walk in problem.walks])
    for number, walk in enumerate(problem.walks):
        yield from _unknown(f"walks[{number}]", walk.between, known)
        if walk.between[0] == walk.between[1]:
            yield errors.Problem("meetings-duplicate", where=f"walks[{number}]", found=errors.shown(walk.between[0]))
        yield from _number(f"walks[{number}].minutes", walk.minutes)


def _person(where: str, person: Officer | Company, slots: int) -> Iterator[errors.Problem]:
    if person.at_most is not None:
        yield from _number(f"{where}.at_most", person.at_most)
    arrives = 0 if person.arrives is None else person.arrives
    leaves = LONGEST if person.leaves is None else person.leaves
    if not 0 <= arrives < leaves <= LONGEST:
        yield errors.Problem("meetings-hours", where=where, found=f"{arrives} – {leaves}")
    yield from _places(f"{where}.away", person.away, slots)


def _places(where: str, places: Iterable[int], slots: int) -> Iterator[errors.Problem]:
    for place in sorted(places):
        if not 0 <= place < slots:
            yield errors.Problem("meetings-unknown", where=where, found=str(place), expected=f"0 … {slots - 1}")


def _twice(where: str, ids: Iterable[str]) -> Iterator[errors.Problem]:
    for id_, count in Counter(ids).items():
        if count > 1:
            yield errors.Problem("meetings-duplicate", where=where, found=errors.shown(id_))


def _unknown(where: str, ids: Iterable[str], known: set[str]) -> Iterator[errors.Problem]:
    for id_ in dict.fromkeys(ids):
        if id_ not in known:
            expected = errors.shown(", ".join(sorted(known)))
            yield errors.Problem("meetings-unknown", where=where, found=errors.shown(id_), expected=expected)


def _number(where: str, number: int, *, least: int = 0) -> Iterator[errors.Problem]:
    if not _within(number, least, MOST):
        yield errors.Problem("meetings-number", where, errors.shown(number), f"{least} … {MOST}")


def _within(number: object, least: int, most: int) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and least <= number <= most


def _listed(numbers: Iterable[object]) -> str:
    return errors.shown(", ".join(str(number) for number in numbers))
