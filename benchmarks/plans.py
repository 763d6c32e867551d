"""``python -m benchmarks.plans``: the financing plan, proved, beside the usual model and what is done by hand.

Made-up problems of 120 programmes and 8 expense lines: with ceilings on the whole project, then, far harder, with each
programme's ceiling on its own lines and two tables of weights. For each: the model of Alliage (one choice of level for
all the programmes that count the same aid on the same lines, searched level by level), the same model with a big number
for each ceiling instead, and two ways without a solver. Building is in the times; one thread.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import Random
from time import process_time
from typing import TypeVar

from alliage.core.financing.ends import Settled, settle
from alliage.core.financing.greedy import Greedy
from alliage.core.financing.model import THOUSAND, Model, build
from alliage.core.financing.plan import End, Plan
from alliage.core.financing.problem import (
    Base,
    Cap,
    Ceiling,
    Line,
    Offer,
    Part,
    Preferences,
    PrivateShare,
    Problem,
    Range,
    Terms,
)
from alliage.core.financing.search import best
from alliage.core.financing.solver import Status, maximise
from alliage.core.financing.solving import solve

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN = "<!-- figures of the financing plan: written by `make benchmark` -->"
FINISH = "<!-- end of figures of the financing plan -->"
PROGRAMMES, LINES, SEEDS, MIXED_SEEDS = 120, 8, 20, 3
WORTH = {"grant": Fraction(1), "credit": Fraction(9, 10), "loan": Fraction(1, 5)}
HALF = {"loan": Fraction(1, 2)}
T = TypeVar("T")
PATIENCE = 10.0  # seconds for the big-M form; then it is told how long it has had, and no more
EQUAL = 0.02  # dollars between two proved optima: cents lost in rounding
WORST, FASTER = 0.5, 2.0  # the goals


# --------------------------------------------------------------------------------------------- problems


def made_up(seed: int, *, programmes: int = PROGRAMMES, mixed: bool = False) -> Problem:
    """A project of eight expenses and programmes of the usual kinds: rates, caps, minimums, ceilings, exclusions.

    ``mixed``: half of the ceilings are on the programme's own lines, and a third count loans for half.
    """
    random = Random(seed)
    lines = tuple(Line(f"l{n}", "expense", random.randint(20, 400) * 1_000_00) for n in range(LINES))
    ids = [line.id for line in lines]
    families = [
        frozenset(ids),
        frozenset(ids),
        *(frozenset(random.sample(ids, random.randint(3, 6))) for _ in range(4)),
    ]
    names = [f"p{n:03}" for n in range(programmes)]
    offers = tuple(_offer(random, name, names, random.choice(families), mixed=mixed) for name in names)
    return Problem(lines, offers, Preferences(worth=WORTH, per_application=500_00))


def _offer(random: Random, name: str, names: Sequence[str], lines: frozenset[str], *, mixed: bool) -> Offer:
    least, most = random.choice((0, 5, 10, 25)), random.randint(30, 250)
    bounds = Terms(Fraction(random.choice((20, 25, 30, 40, 50, 50, 60, 75)), 100), most * 1_000_00, least * 1_000_00)
    part = Part("money", random.choice(("grant", "grant", "grant", "credit", "loan")), lines, bounds, bounds)
    ceiling = Fraction(random.choice((50, 50, 65, 75, 75, 80)), 100)
    private = Fraction(random.choice((20, 25)), 100)
    return Offer(
        id=name,
        provider="someone",
        parts=(part,),
        caps=(Cap(random.randint(20, 120) * 1_000_00, frozenset({"money"}), frozenset(sorted(lines)[:2])),),
        ceiling=Ceiling(
            Range(ceiling, ceiling),
            base=random.choice((Base.ELIGIBLE, Base.TOTAL)) if mixed else Base.TOTAL,
            weights=random.choice(({}, {}, HALF)) if mixed else {},
        ),
        private=(PrivateShare(Range(private, private), base=Base.TOTAL),) if random.random() < 0.3 else (),
        not_with=frozenset(random.sample(names, 1)) - {name} if random.random() < 0.5 else frozenset(),
    )


# --------------------------------------------------------------------------------------- two other ways


def big_m(settled: Settled) -> Model:
    """The usual model: each ceiling is lifted by a big number when its programme is not used.

    The number is the smallest that holds: what all lines of the ceiling cost. A larger one is slower still.
    """
    rooms = [room for offer in settled.offers for room in offer.rooms]
    model = build(settled, without=frozenset(room.rule for room in rooms))
    costs = {line.id: line.cost for line in settled.lines}
    for room in rooms:
        terms, scale = model.cells.aid(room)
        reach, most = sum(costs[line] for line in room.lines) / THOUSAND, float(room.cents) / THOUSAND
        row = {cell: weight / scale for cell, weight in terms.items()}
        model.at_most(row | {model.used[room.offer]: reach - most}, reach, room.rule)
    return model


# --------------------------------------------------------------------------------------------- measured


@dataclass
class Found:
    """What the runs took, and what each way left on the table."""

    levels: list[float] = field(default_factory=list)
    big_m: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)  # from the problem to the checked plan
    by_rate: list[float] = field(default_factory=list)
    by_level: list[float] = field(default_factory=list)
    rate_seconds: list[float] = field(default_factory=list)
    level_seconds: list[float] = field(default_factory=list)
    mixed: list[float] = field(default_factory=list)
    mixed_big_m: list[float] = field(default_factory=list)
    proved: dict[str, int] = field(default_factory=lambda: {"usual": 0, "mixed": 0})  # by the big-M form, in its time


class DisagreementError(Exception):
    """Two proved optima that differ."""


def measure(seeds: int) -> Found:
    """All the ways on each problem, in turns."""
    found = Found()
    best(build(settle(made_up(0, programmes=5), end=End.SAFE)))  # the import
    for seed in range(seeds):
        problem = made_up(seed)
        settled = settle(problem, end=End.SAFE)
        found.proved["usual"] += _both(settled, found.levels, found.big_m)
        plan = _timed(lambda problem=problem: solve(problem, end=End.SAFE), found.whole)  # type: ignore[misc]  # bound now
        assert plan.proof.gap == 0
        hand = Greedy(settled)
        found.by_rate.append(_left(hand, _timed(hand.by_rate, found.rate_seconds), plan))
        found.by_level.append(_left(hand, _timed(hand.by_level, found.level_seconds), plan))
    for seed in range(MIXED_SEEDS):
        mixed = settle(made_up(seed, mixed=True), end=End.SAFE)
        found.proved["mixed"] += _both(mixed, found.mixed, found.mixed_big_m)
    return found


def _left(hand: Greedy, cents: Sequence[int], plan: Plan) -> float:
    """The share of the worth of a proved plan that amounts found by hand leave on the table."""
    return 1 - float(hand.worth(cents)) / plan.worth


def _both(settled: Settled, levels: list[float], usual: list[float]) -> bool:
    """Both models, built and solved; they must agree. Whether the second was proved in its time."""
    gc.collect()
    ours = _timed(lambda: best(build(settled)), levels)
    other = _timed(lambda: maximise(big_m(settled), seconds=PATIENCE), usual)
    proved = other.status is Status.PROVED
    if (proved and abs(ours.worth - other.worth) * 1000 > EQUAL) or ours.worth < other.worth - EQUAL / 1000:
        raise DisagreementError(f"{ours.worth} with levels, {other.worth} with a big number")
    print(f"{levels[-1]:.3f} s with levels, {usual[-1]:.3f} s with a big number, {proved=}", file=sys.stderr)
    return proved


def _timed(run: Callable[[], T], seconds: list[float]) -> T:
    begun = process_time()
    result = run()
    seconds.append(process_time() - begun)
    return result


# ------------------------------------------------------------------------------------------------ shown


def main() -> int:
    """Measure, print the table, put it in the page; 1 if a goal is missed."""
    options = _options()
    return show(measure(options.seeds), write=not options.no_write)


def show(found: Found, *, write: bool) -> int:
    """The table; 1 if a goal is missed."""
    text = "\n".join(_lines(found))
    print(text)
    if write and BEGIN in (page := PAGE.read_text(encoding="utf-8")):
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(FINISH)
        PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{FINISH}{after}", encoding="utf-8")
    return 0 if max(found.levels) < WORST and _faster(found) >= FASTER else 1


def _faster(found: Found) -> float:
    return statistics.median(found.big_m) / statistics.median(found.levels)


def _lines(found: Found) -> Iterator[str]:
    yield f"Measured with {os.cpu_count()} cores, Python {platform.python_version()}; {len(found.levels)} problems."
    yield ""
    yield f"| {PROGRAMMES} programmes × {LINES} lines | median | worst | goal |"
    yield "|---|---:|---:|---|"
    worst, faster = max(found.levels), _faster(found)
    yield _row("**levels**: built and proved", found.levels, _goal(f"worst < {WORST} s", reached=worst < WORST))
    yield _row("the same, from the problem to the checked plan", found.whole)
    yield _row(f"big-M, stopped after {PATIENCE:.0f} s: {_proved(found, 'usual', found.big_m)}", found.big_m)
    times = f"{faster:.1f} ×"
    yield f"| big-M ÷ levels, medians | {times} | | {_goal(f'≥ {FASTER:.0f} ×', reached=faster >= FASTER)} |"
    yield _row("mixed ceilings, levels: built and proved", found.mixed)
    usual = _proved(found, "mixed", found.mixed_big_m)
    yield _row(f"mixed ceilings, big-M, stopped after {PATIENCE:.0f} s: {usual}", found.mixed_big_m)
    yield _row("by hand, the highest rate first", found.rate_seconds)
    yield _row("by hand, level by level, three orders", found.level_seconds)
    yield ""
    yield "| money left on the table | mean | worst |"
    yield "|---|---:|---:|"
    yield _loss("by hand, the highest rate first", found.by_rate)
    yield _loss("by hand, level by level, three orders", found.by_level)


def _proved(found: Found, which: str, seconds: Sequence[float]) -> str:
    return f"{found.proved[which]} of {len(seconds)} proved"


def _row(name: str, seconds: Sequence[float], goal: str = "") -> str:
    return f"| {name} | {statistics.median(seconds) * 1000:.0f} ms | {max(seconds) * 1000:.0f} ms | {goal} |"


def _loss(name: str, losses: Sequence[float]) -> str:
    return f"| {name} | {statistics.mean(losses):.1%} | {max(losses):.1%} |"


def _goal(words: str, *, reached: bool) -> str:
    return f"{words} {'✓' if reached else '**missed**'}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plans", description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many problems")
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.md as it is")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
