"""The spreadsheet, read back: formulas on every total, values equal to the plan, and no string is ever a formula."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from alliage.papers import xlsx
from tests.papers.conftest import LANGUAGES, TYPED, crowded, guaranteed, nothing, short_of_money, uneven

HEAD = 4  # the row of a table's header


def books(answer: dict[str, Any], lang: str = "fr") -> tuple[Workbook, Workbook]:
    """The formulas, and the values that were written with them."""
    content = xlsx(answer, lang=lang)
    return load_workbook(BytesIO(content)), load_workbook(BytesIO(content), data_only=True)


def row_of(sheet: Worksheet, name: str, start: int = 1) -> int:
    return next(row for row in range(start, sheet.max_row + 1) if sheet.cell(row, 1).value == name)


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("fr", ["Sources et emplois", "Par dépense", "Programmes", "Calcul", "À confirmer"]),
        ("en", ["Sources and uses", "By expense", "Programmes", "Workings", "To confirm"]),
    ],
)
def test_there_are_five_sheets_with_a_frozen_header_ready_to_print(answer: dict[str, Any], lang: str, names: list[str]):
    formulas, _ = books(answer, lang)
    assert formulas.sheetnames == names
    for sheet in formulas:
        assert str(sheet.freeze_panes)[1:] == str(HEAD + 1)
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
        assert sheet.column_dimensions["A"].width > 30


def test_sources_and_uses_hold_the_plan_and_balance(answer: dict[str, Any]):
    _, values = books(answer)
    sheet = values["Sources et emplois"]
    first, plan = row_of(sheet, "Total"), answer["safe"]
    sources = [sheet.cell(row, 3).value for row in range(HEAD + 1, first)]
    assert sources == [source["amount"] for source in plan["sources"]]
    second = row_of(sheet, "Total", first + 1)
    assert sheet.cell(first, 3).value == sheet.cell(second, 3).value == answer["project"]["cost"]
    assert sheet.cell(row_of(sheet, "Écart entre sources et emplois"), 3).value == 0
    assert sum(sheet.cell(row, 4).value for row in range(HEAD + 1, first)) == pytest.approx(1)


def test_expenses_hold_the_uses_of_the_plan(answer: dict[str, Any]):
    _, values = books(answer)
    sheet = values["Par dépense"]
    wide = sheet.max_column
    for row, use in enumerate(answer["safe"]["uses"], start=HEAD + 1):
        aid, kind, own = (sheet.cell(row, at).value for at in (wide - 2, wide - 1, wide))
        assert (sheet.cell(row, 2).value, aid, own) == (use["amount"], use["aid"], use["own"])
        assert kind == use["amount"] - use["aid"] - use["own"]
    total = row_of(sheet, "Total")
    assert sheet.cell(total, wide).value == answer["safe"]["own_funds"]
    assert sheet.cell(total, wide - 1).value == answer["safe"]["in_kind"]
    assert sheet.cell(total, wide - 2).value == answer["safe"]["total"]


def test_every_total_is_a_formula(answer: dict[str, Any]):
    formulas, _ = books(answer)
    lines, funds, programmes = formulas["Par dépense"], formulas["Sources et emplois"], formulas["Programmes"]
    total = row_of(lines, "Total")
    assert [lines.cell(total, at).value for at in (2, 3)] == [f"=SUM(B5:B{total - 1})", f"=SUM(C5:C{total - 1})"]
    assert lines.cell(5, lines.max_column).value == "=B5-G5-H5"
    assert lines.cell(5, lines.max_column - 2).value == "=SUM(C5:F5)"
    for sheet, at in ((funds, 3), (programmes, 5), (programmes, 7)):
        assert str(sheet.cell(row_of(sheet, "Total"), at).value).startswith("=SUM(")
    assert funds.cell(HEAD + 1, 3).value == f"='Par dépense'!$C${total}"


@pytest.mark.parametrize("made", [lambda answer: answer, crowded, uneven])
def test_each_formula_of_the_workings_gives_the_value_written_with_it(
    answer: dict[str, Any], made: Callable[[dict[str, Any]], dict[str, Any]]
):
    """`make proof` asks LibreOffice for the whole; this is enough for the sheet of the workings."""
    formulas, values = books(made(answer), "en")
    checked = 0
    for row in range(HEAD + 1, formulas["Workings"].max_row + 1):
        said = formulas["Workings"].cell(row, 2).value
        if isinstance(said, str) and said.startswith("="):
            assert computed(said, values, "Workings") == pytest.approx(values["Workings"].cell(row, 2).value, abs=1e-6)
            checked += 1
    assert checked > 10


def computed(formula: str, values: Workbook, sheet: str) -> float:
    """What the few functions of the workings give, on the values that are written in the cells."""

    def cells(found: re.Match[str]) -> str:
        read = values[found[1] or sheet][found[2].replace("$", "")]
        rows = read if isinstance(read, tuple) else ((read,),)
        return ",".join(str(cell.value or 0) for row in rows for cell in row)

    python = re.sub(r"(?:'([^']+)'!)?(\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)", cells, formula[1:])
    known = {
        "MAX": max,
        "MIN": min,
        "SUM": lambda *figures: sum(figures),
        "ROUND": round,
        "ROUNDDOWN": lambda value, digits: int(value * 10**digits + 1e-6) / 10**digits,
    }
    return float(eval(python, {"__builtins__": {}}, known))  # noqa: S307 - our own formulas


def test_programmes_hold_amounts_and_worth(answer: dict[str, Any]):
    _, values = books(answer)
    sheet, plan = values["Programmes"], answer["safe"]
    for row, one in enumerate(plan["programmes"], start=HEAD + 1):
        assert (sheet.cell(row, 5).value, sheet.cell(row, 7).value) == (one["amount"], one["worth"])
    total = row_of(sheet, "Total")
    assert (sheet.cell(total, 5).value, sheet.cell(total, 7).value) == (plan["total"], plan["worth"])


def test_a_guarantee_is_a_programme_and_no_column_of_money(answer: dict[str, Any]):
    _, before = books(answer)
    _, values = books(guaranteed(answer))
    for name in ("Sources et emplois", "Par dépense"):
        assert list(values[name].values) == list(before[name].values)
    sheet = values["Programmes"]
    row = row_of(sheet, "Fonds local d’investissement")
    assert "ce n’est pas une somme reçue" in sheet.cell(row, 3).value
    assert (sheet.cell(row, 5).value, sheet.cell(row_of(sheet, "Total"), 5).value) == (0, answer["safe"]["total"])


def test_the_private_money_that_is_missing_is_worked_out_beside_the_funds(answer: dict[str, Any]):
    formulas, values = books(short_of_money(answer))
    row = row_of(values.worksheets[0], "Il manquerait")
    written, said = formulas.worksheets[0].cell(row, 3).value, values.worksheets[0].cell(row - 1, 3).value
    own = formulas["Par dépense"].cell(row_of(formulas["Par dépense"], "Total"), formulas["Par dépense"].max_column)
    assert written == f"=MAX(0,'Par dépense'!${own.column_letter}${own.row}-C{row - 1})"
    assert (said, values.worksheets[0].cell(row, 3).value) == (300_000, 167_700.5)
    answer["safe"]["private"] = None
    assert "Il manquerait" not in [cell.value for cell in books(answer)[1].worksheets[0]["A"]]


def test_confirmations_hold_what_they_are_worth_and_are_never_added_up(answer: dict[str, Any]):
    _, values = books(answer)
    sheet = values["À confirmer"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 1)]
    assert [(row[4], row[5]) for row in rows] == [(one["worth"], one["money"]) for one in answer["confirmations"]]


def test_what_there_was_no_time_to_compute_is_told_in_words(answer: dict[str, Any]):
    answer["confirmations"][0] |= {"worth": None, "money": None}
    _, values = books(answer)
    row = [cell.value for cell in values["À confirmer"][HEAD + 1]]
    assert row[4:6] == ["non calculé dans le temps donné", None]


@pytest.mark.parametrize(
    ("lang", "money", "share"), [("fr", '#,##0.00\u00a0"$"', "0.0\u00a0%"), ("en", '"$"#,##0.00', "0.0%")]
)
def test_figures_are_written_as_the_language_does(answer: dict[str, Any], lang: str, money: str, share: str):
    formulas, _ = books(answer, lang)
    sheet = formulas.worksheets[0]
    assert (sheet.cell(HEAD + 1, 3).number_format, sheet.cell(HEAD + 1, 4).number_format) == (money, share)


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_what_is_typed_is_a_string_and_never_a_formula_or_a_link(answer: dict[str, Any], typed: str):
    answer["company"] = answer["title"] = typed
    answer["project"]["lines"][0]["name"] = {"fr": typed, "en": typed}
    answer["safe"]["programmes"][0]["name"] = {"fr": typed, "en": typed}
    formulas, _ = books(answer)
    for sheet in formulas:
        assert sheet.cell(1, 1).data_type == "s"
        assert sheet._hyperlinks == []
    own = [cell for sheet in formulas for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert {str(cell.value)[:3] for cell in own} <= {
        "=SU",
        "=IF",
        "=MA",
        "='P",
        "=RO",
        "=B5",
        "=B6",
        "=B7",
        "=B8",
        "=B9",
        "=0",
        "=0.",
        "=-(",
        "=MI",
    }
    assert formulas["Par dépense"].cell(HEAD + 1, 1).data_type == "s"


@pytest.mark.parametrize("made", [crowded, nothing])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_crowded_or_an_empty_plan_is_a_spreadsheet_too(answer: dict[str, Any], made: Any, lang: str):
    _, values = books(made(answer), lang)
    sheet = values.worksheets[0]
    assert sheet.cell(row_of(sheet, "Total"), 3).value == answer["project"]["cost"]


def test_the_same_answer_gives_the_same_bytes_and_the_day_is_its_only_clock(answer: dict[str, Any]):
    content = xlsx(answer, lang="fr")
    assert content == xlsx(answer, lang="fr")
    assert b"2026-11-26T00:00:00Z" in ZipFile(BytesIO(content)).read("docProps/core.xml")
