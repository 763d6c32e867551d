"""``python -m benchmarks.real_plans``: the proved plans of the eight example companies on the real catalogue.

From the problem to the checked plan, at both ends of what is not known, then why each other programme is left out of
the reachable plan. CPU times of one thread, the median of the rounds; matching and reading the pack are not in them.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import alliage
from alliage.core.financing.financing import Financing, plan_project
from alliage.core.financing.plan import End
from alliage.core.financing.solving import solve
from alliage.core.financing.why import left_out
from alliage.core.vocabulary.yaml_files import read_yaml
from benchmarks.real_catalogue import EXAMPLES
from benchmarks.workload import ON

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN = "<!-- figures of the plans of the examples: written by `make benchmark` -->"
FINISH = "<!-- end of figures of the plans of the examples -->"
ROUNDS = 9
MEDIAN = 0.1  # the goal, in seconds


@dataclass(frozen=True)
class Example:
    """The seconds of one company: the median of the rounds."""

    name: str
    programmes: int
    lines: int
    safe: float
    reachable: float
    left_out: float


def measure(rounds: int) -> list[Example]:
    """Each example, after one round that nobody counts."""
    catalogue = alliage.load_pack()
    found = []
    for path in sorted(EXAMPLES.glob("*.yaml")):
        profile = alliage.read_profile(read_yaml(path), vocabulary=catalogue.vocabulary, name=path.stem)
        financing = plan_project(alliage.match(catalogue, profile, on=ON))
        found.append(_example(path.stem, financing, rounds))
    return found


def _example(name: str, financing: Financing, rounds: int) -> Example:
    problem = financing.offered.problem
    assert all(financing.plan(end).proof.gap == 0 for end in End)
    return Example(
        name=name,
        programmes=len(problem.offers),
        lines=len(problem.lines),
        safe=_median(lambda: solve(financing.problem(End.SAFE), end=End.SAFE), rounds),
        reachable=_median(lambda: solve(financing.problem(End.REACHABLE), end=End.REACHABLE), rounds),
        left_out=_median(lambda: left_out(financing.problem(End.REACHABLE), financing.reachable), rounds),
    )


def _median(run: Callable[[], object], rounds: int) -> float:
    seconds = []
    for _ in range(rounds):
        begun = time.process_time()
        run()
        seconds.append(time.process_time() - begun)
    return statistics.median(seconds)


def main() -> int:
    """Measure, print the table, put it in the page; 1 if the goal is missed."""
    options = _options()
    return show(measure(options.rounds), write=not options.no_write)


def show(found: list[Example], *, write: bool) -> int:
    """The table; 1 if the goal is missed."""
    text = "\n".join(_lines(found))
    print(text)
    if write and BEGIN in (page := PAGE.read_text(encoding="utf-8")):
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(FINISH)
        PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{FINISH}{after}", encoding="utf-8")
    return 0 if _reached(found) else 1


def _lines(found: list[Example]) -> Iterator[str]:
    yield f"Measured with {os.cpu_count()} cores, Python {platform.python_version()}."
    yield ""
    yield "| example | programmes × lines | safe plan | reachable plan | why each other is left out |"
    yield "|---|---:|---:|---:|---:|"
    for one in found:
        times = " | ".join(f"{seconds * 1000:.0f} ms" for seconds in (one.safe, one.reachable, one.left_out))
        yield f"| {one.name} | {one.programmes} × {one.lines} | {times} |"
    goal = f"goal ≤ {MEDIAN * 1000:.0f} ms {'✓' if _reached(found) else '**missed**'}"
    yield _row(f"**median**, each proved ({goal})", statistics.median, found)
    yield _row("worst", max, found)


def _row(name: str, of: Callable[[list[float]], float], found: list[Example]) -> str:
    columns = ([one.safe for one in found], [one.reachable for one in found], [one.left_out for one in found])
    return f"| {name} | | {' | '.join(f'{of(column) * 1000:.0f} ms' for column in columns)} |"


def _reached(found: list[Example]) -> bool:
    """Whether the median is within the goal at both ends."""
    return (
        max(statistics.median(one.safe for one in found), statistics.median(one.reachable for one in found)) <= MEDIAN
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.real_plans", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how many times each plan is made")
    parser.add_argument("--no-write", action="store_true", help="leave docs/performance.md as it is")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
