"""Days of meetings for tests: short ways to write one, days at random, and the best timetable by trying them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random
from typing import Any

from alliage.core.meetings.checker import broken
from alliage.core.meetings.problem import Company, Minutes, Officer, Pair, Problem, Room, Settings, Slot, Walk
from alliage.core.meetings.timetable import Meeting

NINE = 9 * 60


def slots(count: int, *, minutes: int = 17, change: int = 3, starts: int = NINE) -> tuple[Slot, ...]:
    """Slots one after the other."""
    step = minutes + change
    return tuple(Slot(starts + step * n, starts + step * n + minutes) for n in range(count))


def day(wishes: dict[str, str], *, count: int = 3, **more: Any) -> Problem:
    """A day from the wishes of each company: ``{"c": "a b"}``. Officers are those that are wished, unless given."""
    companies = tuple(Company(id_, tuple(named.split())) for id_, named in wishes.items())
    officers = tuple(Officer(id_) for id_ in sorted({o for company in companies for o in company.wishes}))
    return Problem(**{"slots": slots(count), "officers": officers, "companies": companies, **more})


def meetings(*written: str) -> list[Meeting]:
    """Meetings written ``"company officer slot"``."""
    parts = [one.split() for one in written]
    return [Meeting(company, officer, int(slot)) for company, officer, slot in parts]


def without(
    problem: Problem, *, officer: str | None = None, company: str | None = None, since: Minutes | None = None
) -> Problem:
    """The same day without an officer or a company, from a minute on; the whole day if none is given."""
    slots = frozenset(number for number, slot in enumerate(problem.slots) if since is None or slot.ends > since)
    return replace(
        problem,
        officers=tuple(replace(one, away=one.away | slots) if one.id == officer else one for one in problem.officers),
        companies=tuple(replace(one, away=one.away | slots) if one.id == company else one for one in problem.companies),
    )


def late(problem: Problem, *, arrives: Minutes, officer: str | None = None, company: str | None = None) -> Problem:
    """The same day with an officer or a company that comes later."""

    def later(one: Officer | Company) -> Minutes:
        return max(arrives, one.arrives or 0)

    return replace(
        problem,
        officers=tuple(replace(one, arrives=later(one)) if one.id == officer else one for one in problem.officers),
        companies=tuple(replace(one, arrives=later(one)) if one.id == company else one for one in problem.companies),
    )


def at_random(seed: int, *, companies: int = 3, officers: int = 3, count: int = 3, wishes: int = 2) -> Problem:
    """A day with a little of everything: absences, limits, rooms with few tables, walks, breaks, a lunch."""
    random = Random(seed)  # noqa: S311  # a day to test, not a secret
    times = list(slots(count))
    if count > 2 and random.random() < 0.5:  # a lunch in the middle
        half = count // 2
        times = [*times[:half], *slots(count - half, starts=times[half].starts + 60)]

    def away(share: float) -> frozenset[int]:
        return frozenset(slot for slot in range(count) if random.random() < share)

    def at_most() -> int | None:
        return random.choice((None, None, 1, 2))

    rooms = tuple(Room(id_, random.choice((None, 1, 2))) for id_ in "xy")
    people = [f"o{n}" for n in range(officers)]
    return Problem(
        slots=tuple(times),
        officers=tuple(Officer(id_, random.choice((None, "x", "y")), at_most(), away=away(0.1)) for id_ in people),
        companies=tuple(
            Company(f"c{n}", tuple(random.sample(people, random.randint(0, wishes))), at_most(), away=away(0.2))
            for n in range(companies)
        ),
        rooms=rooms,
        walks=(Walk(("x", "y"), random.choice((0, 3, 5, 25))),),
        closed=away(0.05),
        settings=Settings(
            in_a_row=random.choice((1, 2, 5)), best=random.choice((2, 3)), prices=random.choice(((), (30,), (30, 300)))
        ),
    )


def worth(problem: Problem, pairs: Iterable[Pair]) -> int:
    """What some meetings are worth, from the words of the documents alone."""
    met, total = set(pairs), 0
    for company in problem.companies:
        weights = problem.settings.weights
        total += sum(
            weights[min(rank, len(weights) - 1)]
            for rank, officer in enumerate(company.wishes)
            if (company.id, officer) in met
        )
        best = [o for o in company.wishes[: problem.settings.best] if _alone(problem, company, o)]
        free = [t for t in range(len(problem.slots)) if not broken_places(problem, company, t)]
        most = len(free) if company.at_most is None else min(len(free), company.at_most)
        share = min(len(problem.settings.prices), len(best), most)
        missing = share - sum((company.id, officer) in met for officer in best)
        total -= sum(problem.settings.prices[: max(0, missing)])
    return total


def broken_places(problem: Problem, company: Company, slot: int) -> bool:
    """Whether a company is away in a slot."""
    return slot in company.away or slot in problem.closed


def _alone(problem: Problem, company: Company, officer: str) -> bool:
    """Whether a company and an officer have a slot in common."""
    away = next(one.away for one in problem.officers if one.id == officer)
    return any(slot not in away and not broken_places(problem, company, slot) for slot in range(len(problem.slots)))


def every_timetable(problem: Problem) -> Iterator[list[Meeting]]:
    """All the lawful timetables of a small day. A part of a lawful one is lawful, so a broken one is not grown."""
    pairs = [(company.id, officer) for company in problem.companies for officer in company.wishes]

    def grown(held: list[Meeting], left: list[Pair]) -> Iterator[list[Meeting]]:
        if not left:
            yield held
            return
        yield from grown(held, left[1:])
        for slot in range(len(problem.slots)):
            more = [*held, Meeting(*left[0], slot)]
            if not broken(problem, more):
                yield from grown(more, left[1:])

    yield from grown([], pairs)


def best_worth(problem: Problem) -> int:
    """What the best timetable of a small day is worth."""
    return max(worth(problem, [one.pair for one in held]) for held in every_timetable(problem))
