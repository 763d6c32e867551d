"""The figures as a table, shown and written between the marks of ``docs/performance.md``."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import alliage
from benchmarks.measure import Seconds
from benchmarks.ours import Cost
from benchmarks.real_catalogue import Size
from benchmarks.startup import Startup

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- figures: written by `make benchmark` -->", "<!-- end of figures -->"
KNOWS_THREE = "publicodes"
GOALS = {"zen-engine, a graph": 100, "json-logic-js": 20, KNOWS_THREE: 10_000}


@dataclass(frozen=True)
class Measured:
    """All that one run found."""

    seconds: Seconds
    compared: Mapping[str, int]
    versions: Mapping[str, str]
    shape: Mapping[str, float]
    answers: str
    cold: float
    cost: Cost
    receipts: float
    size: Size
    startup: Startup | None
    numpy: bool


def median(times: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(times)


def show(found: Measured, *, write: bool) -> None:
    """Print the figures, and put them in the page."""
    text = "\n".join(_lines(found))
    print(text)
    if write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def _lines(found: Measured) -> Iterator[str]:
    yield f"Measured with {_machine()}."
    yield ""
    yield f"Workload: {_shape(found.shape)}. Verdicts of the companies with missing answers: {found.answers}."
    yield ""
    compared = ", ".join(f"{name} {count:,}" for name, count in found.compared.items())
    yield f"Verdicts compared with the interpreter's before any time was taken, all equal: {compared}."
    yield ""
    yield "| one company × 1,000 programmes | CPU time | beside Alliage | goal |"
    yield "|---|---:|---:|---:|"
    yield from _peer_rows(found)
    yield ""
    yield "| Alliage on the same 1,000 programmes | CPU time | beside the bare decisions | goal |"
    yield "|---|---:|---:|---:|"
    yield from _own_rows(found)
    yield ""
    yield "| the real catalogue, and the whole command | CPU time | | goal |"
    yield "|---|---:|---:|---:|"
    yield from _real_rows(found)


def _shape(shape: Mapping[str, float]) -> str:
    return (
        f"{shape['rules']:,.0f} rules of {shape['conditions a rule']:.2f} conditions in the mean, "
        f"{shape['distinct conditions']:.0f} distinct conditions (used {shape['median use']:.0f} times in the median, "
        f"{shape['most used']:.0f} at most), {shape['rules with any']:.0f} rules with an `any`, "
        f"{shape['rules with not']:.0f} with a `not`"
    )


def _peer_rows(found: Measured) -> Iterator[str]:
    seconds = found.seconds
    yield f"| **Alliage, value index** (15 % of answers missing) | {_time(seconds['decide, partial'])} | 1 | |"
    yield f"| **Alliage, value index** (complete answers) | {_time(seconds['decide, complete'])} | 1 | |"
    yield _row("Alliage, interpreter", seconds["interpreter"], seconds["decide, partial"])
    for name, version in found.versions.items():
        three = name == KNOWS_THREE
        ours = seconds["decide, partial" if three else "decide, complete"]
        logic = "15 % missing" if three else "two-valued, complete answers"
        yield _row(f"{name} ({version}; {logic})", seconds[name], ours, at_least=GOALS.get(name))


def _own_rows(found: Measured) -> Iterator[str]:
    seconds, bare = found.seconds, found.seconds["decide, partial"]
    yield _row("bare decisions", bare, bare)
    yield _row("failing and missing conditions of all programmes", seconds["explain"], bare, at_most=10)
    yield _row("the next question", seconds["question"], bare, at_most=20)
    yield _row("the next question, from results (interpreter)", seconds["question from results"], bare)
    yield _row("bare decisions, nothing known", seconds["decide, nothing known"], bare)
    yield _row("the next question, nothing known", seconds["question, nothing known"], bare)
    yield _row("bare decisions of a new index, every answer met for the first time", found.cold, bare)
    yield f"| building the index | {_time(found.cost.seconds)} | | |"
    memory = f"{_size(found.cost.built)}, {_size(found.cost.used)}"
    yield f"| memory of the index: new, after 2,000 companies | {memory} | | |"


def _real_rows(found: Measured) -> Iterator[str]:
    size = found.size
    yield (
        f"| all receipts: {size.programmes} programmes, {size.lines} lines | {_time(found.receipts)} | "
        f"| {_goal('≤ 3 ms', reached=found.receipts <= 0.003)} |"
    )
    if found.startup is None:
        yield "| `alliage match`, whole process | not there yet | | ≤ 2 × |"
        return
    imports = found.startup.imports
    yield f'| `python -c "import pydantic, yaml, rich, typer"`, whole process | {_time(imports)} | 1 | |'
    yield _row("`alliage match`, whole process", found.startup.match, imports, at_most=2)
    yield _row("`alliage match`, the pack not yet compiled", found.startup.first, imports)
    numpy = "yes" if found.numpy else "no"
    yield f"| NumPy imported by `alliage match` | {numpy} | | {_goal('no', reached=not found.numpy)} |"


def _row(name: str, seconds: float, unit: float, *, at_least: float | None = None, at_most: float | None = None) -> str:
    ratio = seconds / unit
    goal = ""
    if at_least is not None:
        goal = _goal(f"≥ {at_least:,} ×", reached=ratio >= at_least)
    if at_most is not None:
        goal = _goal(f"≤ {at_most:,} ×", reached=ratio <= at_most)
    return f"| {name} | {_time(seconds)} | {_ratio(ratio)} | {goal} |"


def _goal(words: str, *, reached: bool) -> str:
    return f"{words} {'✓' if reached else '**missed**'}"


def _ratio(ratio: float) -> str:
    return f"{ratio:,.0f} ×" if ratio >= 20 else f"{ratio:.1f} ×"


def _time(seconds: float) -> str:
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 0.9995:
        return f"{seconds * 1e3:.3g} ms"
    return f"{seconds:.2f} s"


def _size(bytes_: int) -> str:
    return f"{bytes_ / 1e6:.1f} MB"


def _machine() -> str:
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, Alliage {alliage.__version__}"
