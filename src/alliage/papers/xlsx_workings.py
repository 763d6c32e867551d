"""The sheet that works each amount out again: what counts, what is taken off, the rates, by formulas that follow.

Costs and the aid of other programmes are cells of the sheet by expense; shares, thresholds and rates are typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from alliage.papers.words import Words, cents

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cells:
    """Where the sheet by expense has the cost of a line, what the parts of a programme pay of it, a part's total."""

    cost: Callable[[str], str]
    paid: Callable[[str, str], Sequence[str]]
    total: Callable[[Answer], str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A step: its words, its formula or its figure, and the value that it has."""

    text: str
    formula: str | None
    value: float | None
    strong: bool = False


class Workings:
    """Writes the steps of every part of a plan, one below the other."""

    def __init__(self, sheet: Worksheet, *, words: Words, formats: Mapping[str, Format], cells: Cells) -> None:
        self.sheet, self.words, self.formats, self.cells = sheet, words, formats, cells

    def write(self, programmes: Sequence[Answer], *, start: int) -> None:
        """The parts of some programmes, from a row on."""
        row = start
        for one in programmes:
            for part in one["parts"]:
                name = f"{self.words.text(one['name'])} ({self.words.text(part['instrument_name'])})"
                self.sheet.write_string(row, 0, name, self.formats["total"])
                self.sheet.write_string(row, 1, "", self.formats["total"])
                row = self._rows(part, row + 1) + 1

    def _rows(self, part: Answer, start: int) -> int:
        """The steps of a part; the row after the last one is given back."""
        row = start
        for row, step in enumerate(self._steps(part, start), start=start):
            text = self.formats["total" if step.strong else "text"]
            self.sheet.write_string(row, 0, step.text, text)
            money = self.formats["total-money" if step.strong else "money"]
            if step.formula is not None:
                self.sheet.write_formula(row, 1, step.formula, money, step.value)
            elif step.value is not None:
                self.sheet.write_number(row, 1, step.value, money)
        return row + 1

    def _steps(self, part: Answer, start: int) -> Iterator[Row]:
        working, words = part["working"], self.words
        steps = working["steps"]
        before = [step for step in steps if step["code"] in ("counted", "aid", "threshold")]
        lines = [line for step in steps if step["code"] == "counted" for line in step["lines"]]
        for step in before:
            yield self._before(step, lines)
        base = start + len(before)
        yield Row(words("sheet.base"), f"=MAX(0,SUM(B{start + 1}:B{base}))", working["base"])
        rates = [step for step in steps if step["code"] == "rate"]
        for step in rates:
            high = f"B{base + 1}" if step["to"] is None else f"MIN(B{base + 1},{step['to']})"
            formula = f"=MAX(0,{high}-{step['from']})*{_exact(step['exact_rate'])}"
            yield Row(words.title(step["text"]), formula, _rated(step))
        given = f"ROUNDDOWN(ROUND(SUM(B{base + 2}:B{base + 1 + len(rates)}),6),2)"
        most = [step for step in steps if step["code"] == "at-most"]
        for step in most:
            yield Row(words("sheet.at-most"), None, step["amount"])
        formula = f"=MIN(B{base + 2 + len(rates)},{given})" if most else f"={given}"
        yield Row(words("sheet.result"), formula, working["result"])
        total = self.cells.total(part)
        yield Row(words("sheet.taken"), f"={total}" if total else None, float(cents(part["amount"])), strong=True)
        for step in steps:
            if step["code"] == "stop":
                yield Row(words.title(step["text"]), None, None)

    def _before(self, step: Answer, lines: Sequence[str]) -> Row:
        """What is in the base, or is taken off it."""
        text, value = self.words.title(step["text"]), float(cents(step["amount"]))
        if step["code"] == "counted":
            costs = [self.cells.cost(line) for line in step["lines"]]
            whole = step["exact_share"] == [1, 1]
            share = _exact(step["exact_share"])
            terms = costs if whole else [f"ROUNDDOWN(ROUND({cost}*{share},6),2)" for cost in costs]
            return Row(text, "=" + "+".join(terms), value)
        if step["code"] == "threshold":
            return Row(text, None, -value)
        paid = [cell for line in lines for cell in self.cells.paid(step["programme"], line)]
        return Row(text, "=-(" + ("+".join(paid) or "0") + ")", -value)


def _rated(step: Answer) -> float:
    """What a rate gives before the cent: the sum of the rates alone is rounded."""
    over, under = step["exact_rate"]
    return float(cents(step["base"]) * over / under)


def _exact(fraction: Sequence[int]) -> str:
    """A factor of a formula, with nothing rounded: ``7/30``, where 0.233333 misses a cent."""
    over, under = fraction
    return f"{over}/{under}"
