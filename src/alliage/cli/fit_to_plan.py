"""The section "Fit to plan" of ``docs/catalogue.md``, made from the pack: ``python -m alliage.cli.fit_to_plan FILE``.

The section stands between two marks, and the first of them gives the day. What the pack says is counted again each
time, so that the document cannot tell old counts.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import alliage
from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.fitness import Ceiling, Fitness, Lack, fitness

_SECTION = re.compile(r"(<!-- fit to plan on (\d{4}-\d{2}-\d{2}): make facts -->\n).*?(<!-- end -->)", re.DOTALL)
_LACKS: Mapping[Lack, str] = {
    "figures": "every figure",
    "expenses": "expenses",
    "rate": "rate",
    "base": "a rate of the project's cost",
    "announced": "more than an announcement",
    "cases": "a figure in each of its cases",
    "words": "a category of which every expense counts",
}
_CEILINGS: Mapping[Ceiling, str] = {
    "known": "a figure",
    "none": "none: a tax credit, or a source says that it sets none",
    "unsure": "a figure from a weak source, not relied on",
    "private": "only a private share",
    "words": "only words that give no figure",
    "unknown": "nothing read",
}
_MOST = 20  # rows of a table


def write(file: Path) -> None:
    """Make the section of a file again; the same bytes for the same pack."""
    text = file.read_text(encoding="utf-8")
    file.write_text(made(text, catalogue=alliage.load_pack()), encoding="utf-8")


def made(text: str, *, catalogue: Catalogue) -> str:
    """A document with its section made again, on the day that it names."""
    return _SECTION.sub(lambda found: found[1] + _section(catalogue, found[2]) + found[3], text)


def _section(catalogue: Catalogue, day: str) -> str:
    found = fitness(catalogue, on=date.fromisoformat(day))
    live = [one for one in found if not one.shut]
    fit = [one for one in live if not one.lacks]
    return "\n".join([*_counts(found, live, fit), *_missing(live), *_ceilings(live, fit), ""])


def _counts(found: list[Fitness], live: list[Fitness], fit: list[Fitness]) -> Iterator[str]:
    is_open = sum(one.intake == "open" for one in fit)
    ready = sum(one.ceiling in ("known", "none") for one in fit)
    yield f"{len(found)} programmes pay money that a plan may count; {len(live)} are neither closed nor suspended."
    yield (
        f"**{len(fit)} of the {len(live)} may enter a safe plan** ({is_open} open, {len(fit) - is_open} of an intake "
        f"not known): a rate, on named expenses, of the project's own cost, in a case that can be settled, and a "
        f"category of which every expense counts. {ready} of these {len(fit)} also have a ceiling that is settled, so "
        "that other public aid may stand "
        "on the same lines."
    )
    yield ""


def _missing(live: list[Fitness]) -> Iterator[str]:
    out = [one for one in live if one.lacks]
    named = [one for one in out if one.worth]
    yield f"What the other {len(out)} lack, worth most first: the largest sum × the worth of its kind of money."
    yield ""
    yield "| programme | kind of money | largest sum | lacks | intake |"
    yield "|---|---|---|---|---|"
    for one in named[:_MOST]:
        told = (f"`{one.programme.id}`", one.programme.instrument, _money(one), _names(one.lacks), one.intake)
        yield f"| {' | '.join(map(str, told))} |"
    yield ""
    rest = [*named[_MOST:], *(one for one in out if not one.worth)]
    by_lack = Counter(one.lacks for one in rest)
    for lacks, count in sorted(by_lack.items(), key=lambda item: -item[1]):
        yield f"- {_names(lacks)} ({count}): {_ids(one for one in rest if one.lacks == lacks)}"
    yield ""


def _ceilings(live: list[Fitness], fit: list[Fitness]) -> Iterator[str]:
    yield "The ceiling of public aid, as it is known:"
    yield ""
    yield f"| ceiling | of the {len(fit)} that may enter | of all {len(live)} |"
    yield "|---|---|---|"
    inside, everywhere = (Counter(one.ceiling for one in some) for some in (fit, live))
    for ceiling, name in _CEILINGS.items():
        yield f"| {name} | {inside[ceiling]} | {everywhere[ceiling]} |"
    wanted = [one for one in fit if one.ceiling not in ("known", "none")]
    yield ""
    yield f"Ceilings most wanted, of programmes that may enter, worth most first: {_ids(wanted[:_MOST])}."
    yield ""


def _names(lacks: Iterable[Lack]) -> str:
    return ", ".join(_LACKS[lack] for lack in lacks)


def _money(one: Fitness) -> str:
    return f"${one.amount:,.0f}"


def _ids(some: Iterable[Fitness]) -> str:
    return ", ".join(f"`{one.programme.id}`" for one in some)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
