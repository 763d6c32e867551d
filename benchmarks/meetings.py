"""``python -m benchmarks.meetings``: the timetable of one-to-one meetings, proved, beside two ways without a solver.

The reference days of ``day``, from the standard library alone. First come, first served: companies in a shuffled order,
each books its wishes by weight, in the first slot that leaves the breaks. The greedy does the same wish by wish, the
dearest of all first. Times are elapsed, of one process.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import mean
from time import perf_counter

from alliage.core.meetings.checker import broken
from alliage.core.meetings.grid import Grid
from alliage.core.meetings.problem import Company, Officer, Pair, Problem, Slot
from alliage.core.meetings.solving import solve
from alliage.core.meetings.squeeze import waiting
from alliage.core.meetings.timetable import Meeting
from alliage.core.meetings.when import place
from alliage.core.meetings.who import choose, worth_of

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN = "<!-- figures of the meetings: written by `make benchmark` -->"
FINISH = "<!-- end of figures of the meetings -->"
# companies, officers, slots, seed, and the best weight less the prices of what is missing, as first measured
DAYS = (
    (30, 8, 12, 1, 622),
    (30, 8, 12, 2, 554),
    (60, 14, 16, 1, 1323),
    (60, 14, 16, 2, 1217),
    (100, 20, 18, 1, 1946),
    (100, 20, 18, 2, 918),
    (200, 30, 20, 1, 3608),
    (200, 30, 20, 2, 325),
)
NINE, MINUTES, CHANGE = 9 * 60, 17, 3
MOST = 5.0  # seconds for both stages of the largest day: the goal


def day(companies: int, officers: int, slots: int, seed: int) -> Problem:
    """A reference day. The order of the draws is part of it."""
    r = Random(seed)
    popularity = [r.paretovariate(1.3) for _ in range(officers)]
    wishes: dict[int, list[int]] = {}
    for company in range(companies):
        k, left, picks = r.randint(3, 8), list(range(officers)), list[int]()
        while len(picks) < min(k, officers):
            officer = r.choices(left, [popularity[x] for x in left])[0]
            left.remove(officer)
            picks.append(officer)
        wishes[company] = picks
    absent = {company: frozenset(t for t in range(slots) if r.random() <= 0.12) for company in range(companies)}
    away = {officer: frozenset(t for t in range(slots) if r.random() <= 0.05) for officer in range(officers)}
    step = MINUTES + CHANGE
    return Problem(
        slots=tuple(Slot(NINE + step * t, NINE + step * t + MINUTES) for t in range(slots)),
        officers=tuple(Officer(_officer(officer), away=away[officer]) for officer in range(officers)),
        companies=tuple(
            Company(f"c{company:03}", tuple(_officer(officer) for officer in wishes[company]), away=absent[company])
            for company in range(companies)
        ),
    )


def _officer(number: int) -> str:
    return f"o{number:02}"


# --------------------------------------------------------------------------------------- two other ways


def first_come(problem: Problem) -> list[Meeting]:
    """Companies in a shuffled order, each served whole before the next."""
    order = [company.id for company in problem.companies]
    Random(1).shuffle(order)
    grid = Grid(problem)
    return _booked(grid, ((id_, officer) for id_ in order for officer in grid.companies[id_].wishes))


def greedy(problem: Problem) -> list[Meeting]:
    """Wish by wish, the dearest of all first; among equals, by the shuffled order of the companies."""
    order = [company.id for company in problem.companies]
    Random(1).shuffle(order)
    grid, place_of = Grid(problem), {id_: place for place, id_ in enumerate(order)}
    return _booked(grid, sorted(grid.rank, key=lambda pair: (-grid.weight(pair), place_of[pair[0]], pair[1])))


def _booked(grid: Grid, pairs: Iterator[Pair] | Sequence[Pair]) -> list[Meeting]:
    """Each pair in the first slot in which both are free and the officer keeps a break."""
    held: list[Meeting] = []
    taken: set[tuple[str, int]] = set()
    for company, officer in pairs:
        for slot in grid.free.get((company, officer), ()):
            rows = [row for row in grid.windows if slot in row]
            tired = any(all(t == slot or (officer, t) in taken for t in row) for row in rows)
            if (company, slot) not in taken and (officer, slot) not in taken and not tired:
                held.append(Meeting(company, officer, slot))
                taken |= {(company, slot), (officer, slot)}
                break
    return held


# --------------------------------------------------------------------------------------------- measured


@dataclass(frozen=True)
class Counted:
    """What one way gave."""

    meetings: int
    weight: int
    worth: int  # the weight less the prices of the best wishes that are missing
    firsts: int
    none: int
    short: int  # fewer than two of the three best wishes
    idle: int  # empty slots between two meetings of a company
    leaves: int  # when the last company leaves, in minutes of the day
    mean_leaves: float


@dataclass(frozen=True)
class Row:
    """One day, by each way, and the seconds of each stage."""

    name: str
    wishes: int
    ways: dict[str, Counted]
    who: float
    when: float
    squeeze: float
    worth: int
    wanted: int
    proved: bool


def counted(problem: Problem, meetings: Sequence[Meeting]) -> Counted:
    """The figures of a timetable."""
    assert broken(problem, meetings) == ()
    grid = Grid(problem)
    met: dict[str, set[str]] = {company: set() for company in grid.companies}
    last: dict[str, int] = {}
    for one in meetings:
        met[one.company].add(one.officer)
        last[one.company] = max(last.get(one.company, 0), problem.slots[one.slot].ends)
    wishes = {company.id: company.wishes for company in problem.companies}
    return Counted(
        meetings=len(meetings),
        weight=sum(grid.weight(one.pair) for one in meetings),
        worth=worth_of(grid, frozenset(one.pair for one in meetings)),
        firsts=sum(grid.rank[one.pair] == 0 for one in meetings),
        none=sum(not officers for officers in met.values()),
        short=sum(len(met[id_] & set(named[:3])) < 2 for id_, named in wishes.items()),
        idle=waiting(meetings),
        leaves=max(last.values()),
        mean_leaves=mean(last.values()),
    )


def measure(days: Sequence[tuple[int, int, int, int, int]]) -> list[Row]:
    """All the ways on each day."""
    solve(day(3, 2, 3, 1))  # the import
    return [_measured(*one) for one in days]


def _measured(companies: int, officers: int, slots: int, seed: int, wanted: int) -> Row:
    problem = day(companies, officers, slots, seed)
    begun = perf_counter()
    choice = choose(Grid(problem), seed=seed)
    chosen = perf_counter()
    placed = place(Grid(problem), choice.pairs)
    done = perf_counter()
    whole = solve(problem, seed=seed)
    end = perf_counter()
    row = Row(
        name=f"{companies} × {officers} × {slots}, {seed}",
        wishes=sum(len(company.wishes) for company in problem.companies),
        ways={
            "first come": counted(problem, first_come(problem)),
            "greedy": counted(problem, greedy(problem)),
            "alliage": counted(problem, whole.meetings),
        },
        who=chosen - begun,
        when=done - chosen,
        squeeze=max(0.0, end - done - (done - begun)),
        worth=whole.proof.worth,
        wanted=wanted,
        proved=choice.complete and placed.complete and whole.proof.gap == 0,
    )
    print(f"{row.name}: {row.who:.2f} + {row.when:.2f} s, {row.worth} {row.proved=}", file=sys.stderr)
    return row


# ------------------------------------------------------------------------------------------------ shown


def main() -> int:
    """Measure, print the tables, put them in the page; 1 if a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.meetings", description=__doc__)
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.md as it is")
    rows = measure(DAYS)
    text = "\n".join(_lines(rows))
    print(text)
    if not parser.parse_args().no_write and BEGIN in (page := PAGE.read_text(encoding="utf-8")):
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(FINISH)
        PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{FINISH}{after}", encoding="utf-8")
    return 0 if _fast(rows) and all(row.proved and row.worth == row.wanted for row in rows) else 1


def _fast(rows: Sequence[Row]) -> bool:
    return max(row.who + row.when for row in rows) < MOST


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    yield f"Measured with {os.cpu_count()} cores, Python {platform.python_version()}."
    yield ""
    yield "| companies × officers × slots, seed (wishes) | first come | greedy | Alliage | more than first come |"
    yield "|---|---|---|---|---:|"
    for row in rows:
        ways = " | ".join(_figures(row.ways[way]) for way in ("first come", "greedy", "alliage"))
        gain = row.ways["alliage"].weight / row.ways["first come"].weight - 1
        yield f"| {row.name} ({row.wishes}) | {ways} | +{gain:.0%} |"
    yield ""
    yield "| day | who | when | squeeze | worth | first come, greedy | last leaves | on average, the three |"
    yield "|---|---:|---:|---:|---:|---|---|---|"
    for row in rows:
        equal = "✓" if row.worth == row.wanted and row.proved else f"**not {row.wanted}**"
        ways = [row.ways[way] for way in ("first come", "greedy", "alliage")]
        leaves = ", ".join(dict.fromkeys(_clock(way.leaves) for way in ways))
        worth = f"{ways[0].worth}, {ways[1].worth}"
        average = ", ".join(_clock(round(way.mean_leaves)) for way in ways)
        seconds = " | ".join(f"{seconds:.2f} s" for seconds in (row.who, row.when, row.squeeze))
        yield f"| {row.name} | {seconds} | {row.worth} {equal} | {worth} | {leaves} | {average} |"
    yield ""
    worst = max(row.who + row.when for row in rows)
    yield f"Both stages of the slowest day: {worst:.2f} s (goal < {MOST:.0f} s {'✓' if _fast(rows) else '**missed**'})."


def _figures(way: Counted) -> str:
    return f"{way.meetings}/**{way.weight}**/{way.firsts}/{way.none}/{way.short}/{way.idle}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


if __name__ == "__main__":
    sys.exit(main())
