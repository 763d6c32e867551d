"""The spreadsheet: sources and uses, expenses, programmes, workings, confirmations, with formulas for every total.

Amounts by expense are the only figures that are typed; all else follows from them. What a person or a pack wrote is
always a string, never a formula or a link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from alliage.papers.printable import visible
from alliage.papers.sheet import by_amount, to_fill
from alliage.papers.words import Words, cents
from alliage.papers.xlsx_workings import Cells, Workings

Answer = Mapping[str, Any]

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
INK, QUIET, HAIR, SHADE = "#12171c", "#5a6670", "#c2c9cf", "#eceff1"
LETTER = 1  # the paper's code in a spreadsheet
LONGEST = 4000  # signs of a cell
TOP = 3  # rows above a table: what it is, for whom, when


def xlsx(answer: Answer, *, lang: str) -> bytes:
    """The plan as a spreadsheet of five sheets."""
    out = BytesIO()
    words = Words(lang=lang, currency=answer["currency"], clean=lambda text: visible(text)[:LONGEST])
    with Workbook(out, OPTIONS) as book:
        made = datetime.fromisoformat(answer["on"])
        company = words.text(answer.get("company"))
        title = words("page.for", company=company) if company else words("page.paper")
        book.set_properties({"title": title[:255], "author": "Alliage", "created": made, "comments": words.notice()})
        _Book(book, answer, words).write()
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Column:
    """A part of a programme: its column in the sheet by expense."""

    programme: Answer
    part: Answer
    at: int


class _Book:
    """The sheets of one plan, that name each other's cells."""

    def __init__(self, book: Workbook, answer: Answer, words: Words) -> None:
        self.book, self.answer, self.words = book, answer, words
        self.plan: Answer = answer["safe"]
        self.lines: Sequence[Answer] = answer["project"]["lines"]
        self.programmes = by_amount(self.plan)
        parts = [(one, part) for one in self.programmes for part in one["parts"] if part["pays"]]
        self.columns = [_Column(one, part, at) for at, (one, part) in enumerate(parts, start=2)]
        self.aid_at = 2 + len(self.columns)
        self.first, self.total = TOP + 1, TOP + 1 + len(self.lines)  # rows of the sheet by expense
        self.formats = _formats(book, words)
        names = {key: words(f"sheet.{key}") for key in ("funds", "lines", "programmes", "workings", "confirm")}
        self.sheets = {key: book.add_worksheet(name) for key, name in names.items()}
        self.by_line = f"'{names['lines']}'!"

    def write(self) -> None:
        """Write every sheet."""
        self._lines()
        self._funds()
        self._programmes()
        self._workings()
        self._confirmations()

    # --------------------------------------------------------------------------------------- by expense

    def _lines(self) -> None:
        sheet, words = self.sheets["lines"], self.words
        kinds = [f"{words.text(c.programme['name'])} ({words.text(c.part['instrument_name'])})" for c in self.columns]
        head = [words("sheet.line"), words("sheet.cost"), *kinds]
        head += [words(f"sheet.{key}") for key in ("aid", "in-kind", "own")]
        self._open(sheet, head, widths=[34, *[17] * (len(head) - 1)], frozen=1)
        for row, line in enumerate(self.lines, start=self.first):
            sheet.write_string(row, 0, words.title(line["name"]), self.formats["text"])
            self._number(sheet, row, 1, line["amount"])
            for column in self.columns:
                self._number(sheet, row, column.at, _paid(column.part, line["id"]))
            self._line_totals(sheet, row, line)
        sheet.write_string(self.total, 0, words("chart.total"), self.formats["total"])
        for at in range(1, self.aid_at + 3):
            name = xl_col_to_name(at)
            formula = f"=SUM({name}{self.first + 1}:{name}{self.total})" if self.lines else "=0"
            sheet.write_formula(self.total, at, formula, self.formats["total-money"], self._column_sum(at))

    def _line_totals(self, sheet: Worksheet, row: int, line: Answer) -> None:
        """Aid, in kind, own funds of one expense."""
        cost, aid, kind = (xl_rowcol_to_cell(row, at) for at in (1, self.aid_at, self.aid_at + 1))
        first, last = xl_rowcol_to_cell(row, 2), xl_rowcol_to_cell(row, self.aid_at - 1)
        money, paid = self.formats["money"], self._aid(line)
        formula = f"=SUM({first}:{last})" if self.columns else "=0"
        sheet.write_formula(row, self.aid_at, formula, money, paid)
        given = f"={cost}-{aid}" if line["in_kind"] else "=0"
        sheet.write_formula(row, self.aid_at + 1, given, money, self._in_kind(line))
        sheet.write_formula(row, self.aid_at + 2, f"={cost}-{aid}-{kind}", money, self._own(line))

    def _aid(self, line: Answer) -> float:
        return float(sum(cents(_paid(column.part, line["id"])) for column in self.columns))

    def _in_kind(self, line: Answer) -> float:
        return float(cents(line["amount"]) - cents(self._aid(line))) if line["in_kind"] else 0.0

    def _own(self, line: Answer) -> float:
        return float(cents(line["amount"]) - cents(self._aid(line)) - cents(self._in_kind(line)))

    def _column_sum(self, at: int) -> float:
        """What a column of the sheet by expense adds up to."""
        if 2 <= at < self.aid_at:
            part = self.columns[at - 2].part
            return float(sum(cents(_paid(part, line["id"])) for line in self.lines))
        each = {1: lambda line: line["amount"], self.aid_at: self._aid, self.aid_at + 1: self._in_kind}
        value = each.get(at, self._own)
        return float(sum(cents(value(line)) for line in self.lines))

    def _total_cell(self, at: int) -> str:
        return f"{self.by_line}{xl_rowcol_to_cell(self.total, at, row_abs=True, col_abs=True)}"

    # --------------------------------------------------------------------------------- sources and uses

    def _funds(self) -> None:
        """Sources, then uses below; each row names its cell of the sheet by expense, each total adds up its rows."""
        sheet, words = self.sheets["funds"], self.words
        self._open(
            sheet,
            [words("chart.sources"), words("sheet.kind"), words("chart.amount"), words("chart.share")],
            widths=[52, 26, 20, 12],
        )
        sources = [
            (words.text(c.programme["name"]), words.title(c.part["instrument_name"]), c.at) for c in self.columns
        ]
        sources += [(words("chart.own"), "", self.aid_at + 2)]
        if self.plan["in_kind"]:
            sources += [(words("chart.in-kind"), "", self.aid_at + 1)]
        whole = self._column_sum(1)
        end = self._funds_rows(
            sheet, TOP + 1, [(*row, self._total_cell(row[2]), self._column_sum(row[2])) for row in sources], whole
        )
        start = end + 2
        for at, key in enumerate(("uses", "", "amount", "share")):
            sheet.write_string(start, at, words(f"chart.{key}") if key else "", self.formats["head"])
        uses = [
            (words.title(line["name"]), "", 1, self.by_line + xl_rowcol_to_cell(row, 1), float(cents(line["amount"])))
            for row, line in enumerate(self.lines, start=self.first)
        ]
        last = self._funds_rows(sheet, start + 1, uses, whole)
        sheet.write_string(last + 2, 0, words("sheet.balance"), self.formats["text"])
        sheet.write_formula(last + 2, 2, f"=ROUND(C{end + 1}-C{last + 1},2)", self.formats["money"], 0)
        private = self._private_rows(sheet, last + 3)
        sheet.write_string(private + 1, 0, words.notice(), self.formats["quiet"])
        sheet.write_string(TOP - 1, 0, to_fill(self.answer, words=words), self.formats["total"])

    def _private_rows(self, sheet: Worksheet, start: int) -> int:
        """The private money that the company says it has, and what it lacks; the row after them is given back."""
        private = self.plan["private"]
        if not private:
            return start
        sheet.write_string(start, 0, self.words("sheet.private"), self.formats["text"])
        self._number(sheet, start, 2, private["said"])
        sheet.write_string(start + 1, 0, self.words("sheet.missing"), self.formats["text"])
        formula = f"=MAX(0,{self._total_cell(self.aid_at + 2)}-C{start + 1})"
        sheet.write_formula(start + 1, 2, formula, self.formats["money"], float(cents(private["missing"])))
        return start + 2

    def _funds_rows(
        self, sheet: Worksheet, start: int, rows: Sequence[tuple[str, str, int, str, float]], whole: float
    ) -> int:
        """The rows of a table of amounts and their total, whose row is given back."""
        end = start + len(rows)
        for row, (name, kind, _, cell, value) in enumerate(rows, start=start):
            sheet.write_string(row, 0, name, self.formats["text"])
            sheet.write_string(row, 1, kind, self.formats["text"])
            sheet.write_formula(row, 2, f"={cell}", self.formats["money"], value)
            share = f"=IF(C${end + 1}=0,0,C{row + 1}/C${end + 1})"
            sheet.write_formula(row, 3, share, self.formats["share"], value / whole if whole else 0)
        sheet.write_string(end, 0, self.words("chart.total"), self.formats["total"])
        sheet.write_string(end, 1, "", self.formats["total"])
        formula = f"=SUM(C{start + 1}:C{end})" if rows else "=0"
        total = float(sum(cents(row[4]) for row in rows))
        sheet.write_formula(end, 2, formula, self.formats["total-money"], total)
        sheet.write_string(end, 3, "", self.formats["total"])
        return end

    # ------------------------------------------------------------------------ programmes, confirmations

    def _programmes(self) -> None:
        sheet, words = self.sheets["programmes"], self.words
        head = [words(f"sheet.{k}") for k in ("programme", "provider", "kind", "rate", "amount", "share", "worth")]
        head += [words(f"sheet.{key}") for key in ("intake", "terms", "page")]
        self._open(sheet, head, widths=[48, 34, 24, 9, 20, 12, 20, 34, 44, 44], frozen=1)
        whole, found = self._column_sum(1), self.programmes
        for row, one in enumerate(found, start=TOP + 1):
            columns = [column for column in self.columns if column.programme is one]
            value = float(sum(cents(self._column_sum(column.at)) for column in columns))
            kinds = dict.fromkeys(
                words.text(part["instrument_name" if part["pays"] else "note"]) for part in one["parts"]
            )
            rates = dict.fromkeys(words.rate(part["rate"]) for part in one["parts"] if part.get("rate"))
            said = (one["name"], one["provider"]["name"], ", ".join(kinds), ", ".join(rates))
            for at, text in enumerate(said):
                sheet.write_string(row, at, words.text(text), self.formats["text"])
            formula = "=" + ("+".join(self._total_cell(column.at) for column in columns) or "0")
            sheet.write_formula(row, 4, formula, self.formats["money"], value)
            cost = self._total_cell(1)
            share = f"=IF({cost}=0,0,E{row + 1}/{cost})"
            sheet.write_formula(row, 5, share, self.formats["share"], value / whole if whole else 0)
            self._number(sheet, row, 6, one["worth"])
            sheet.write_string(row, 7, words.intake(one["intake"]), self.formats["text"])
            sheet.write_string(row, 8, _terms(one, words), self.formats["text"])
            sheet.write_string(row, 9, words.url(one.get("url")), self.formats["text"])
        self._programme_totals(sheet, TOP + 1, TOP + 1 + len(found))

    def _programme_totals(self, sheet: Worksheet, start: int, end: int) -> None:
        sums = {4: self._column_sum(self.aid_at), 6: float(sum(cents(one["worth"]) for one in self.programmes))}
        for at in range(10):
            sheet.write_string(end, at, self.words("chart.total") if at == 0 else "", self.formats["total"])
        for at, value in sums.items():
            name = xl_col_to_name(at)
            formula = f"=SUM({name}{start + 1}:{name}{end})" if end > start else "=0"
            sheet.write_formula(end, at, formula, self.formats["total-money"], value)

    def _workings(self) -> None:
        sheet, words = self.sheets["workings"], self.words
        self._open(sheet, [words("sheet.step"), words("chart.amount")], widths=[92, 20])
        rows = {line["id"]: row for row, line in enumerate(self.lines, start=self.first)}

        def cell(line: str, at: int) -> str:
            return f"{self.by_line}{xl_rowcol_to_cell(rows[line], at, row_abs=True, col_abs=True)}"

        def paid(programme: str, line: str) -> list[str]:
            return [cell(line, one.at) for one in self.columns if one.programme["programme"] == programme]

        def total(part: Answer) -> str | None:
            return next((self._total_cell(one.at) for one in self.columns if one.part is part), None)

        cells = Cells(cost=lambda line: cell(line, 1), paid=paid, total=total)
        Workings(sheet, words=words, formats=self.formats, cells=cells).write(self.programmes, start=TOP + 1)

    def _confirmations(self) -> None:
        sheet, words = self.sheets["confirm"], self.words
        head = [words(f"sheet.{key}") for key in ("programme", "provider", "what", "contact", "adds", "money")]
        self._open(sheet, head, widths=[44, 34, 60, 24, 20, 18], frozen=1)
        for row, one in enumerate(self.answer.get("confirmations") or (), start=TOP + 1):
            what = " · ".join(dict.fromkeys(words.text(point["text"]) for point in one["what"]))
            said = (one["name"], one["provider"]["name"], what, words.contact(one.get("contact")))
            for at, text in enumerate(said):
                sheet.write_string(row, at, words.text(text), self.formats["text"])
            if one["worth"] is None:
                sheet.write_string(row, 4, words("confirm.no-time"), self.formats["text"])
            else:
                self._number(sheet, row, 4, one["worth"])
                self._number(sheet, row, 5, one["money"])

    # -------------------------------------------------------------------------------------- every sheet

    def _open(self, sheet: Worksheet, head: Sequence[str], *, widths: Sequence[int], frozen: int = 0) -> None:
        """What stands above a table, its header, and how it is printed."""
        words, answer = self.words, self.answer
        about = " · ".join(filter(None, (words.text(answer.get("company")), words.text(answer.get("title")))))
        sheet.write_string(0, 0, about or words("page.paper"), self.formats["title"])
        sheet.write_string(1, 0, words("sheet.day", day=words.day(answer["on"])), self.formats["quiet"])
        for at, (name, width) in enumerate(zip(head, widths, strict=True)):
            sheet.write_string(TOP, at, name, self.formats["head"])
            sheet.set_column(at, at, width)
        sheet.freeze_panes(TOP + 1, frozen)
        sheet.hide_gridlines(2)
        sheet.set_paper(LETTER)
        sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(TOP)
        sheet.set_footer("&L" + words.notice().replace("&", "&&") + "&R&P / &N")

    def _number(self, sheet: Worksheet, row: int, at: int, value: float) -> None:
        sheet.write_number(row, at, float(cents(value)), self.formats["money"])


def _terms(one: Answer, words: Words) -> str:
    """The terms of a programme's money, each once."""
    return ". ".join(dict.fromkeys(words.title(term["text"]) for part in one["parts"] for term in part["terms"]))


def _paid(part: Answer, line: str) -> float:
    """What a part pays of an expense."""
    return float(sum(cents(paid["amount"]) for paid in part["lines"] if paid["line"] == line))


def _formats(book: Workbook, words: Words) -> dict[str, Format]:
    """The looks of cells. A spreadsheet writes separators as its reader's language does; the sign stands as in ours."""
    symbol = words.figures.phrases["symbols"].get(words.figures.currency, words.figures.currency)
    money = words.figures.phrase("formats", "money", number="#,##0.00", symbol=f'"{symbol}"')
    usual = {"font_name": "Calibri", "font_size": 10.5, "font_color": INK, "valign": "top"}
    total = {"bold": True, "top": 1, "top_color": QUIET}
    wanted: dict[str, dict[str, Any]] = {
        "text": {"text_wrap": True},
        "title": {"bold": True, "font_size": 14},
        "quiet": {"font_color": QUIET},
        "head": {"bold": True, "bg_color": SHADE, "bottom": 1, "bottom_color": HAIR, "text_wrap": True},
        "money": {"num_format": money},
        "share": {"num_format": words.figures.phrase("formats", "share", number="0.0"), "font_color": QUIET},
        "total": total,
        "total-money": {**total, "num_format": money},
    }
    return {name: book.add_format({**usual, **look}) for name, look in wanted.items()}
