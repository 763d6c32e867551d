"""LibreOffice recomputes the spreadsheet from its formulas alone, and finds the plan (`make proof`)."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from alliage.papers import xlsx
from tests.papers.conftest import LANGUAGES, crowded, nothing, uneven

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CACHED = re.compile(r"(</f>)<v>[^<]*</v>")

pytestmark = [pytest.mark.long, pytest.mark.skipif(OFFICE is None, reason="`make proof` installs LibreOffice")]


def without_values(content: bytes, *, more: float) -> bytes:
    """The same spreadsheet without the values of its formulas, and with the first expense dearer."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as given, ZipFile(out, "w") as made:
        for item in given.infolist():
            text = given.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                text = CACHED.sub(r"\1", text.decode()).encode()
            if item.filename == "xl/worksheets/sheet2.xml":
                cost = re.compile(rb'(<c r="B5"[^>]*><v>)([^<]*)(</v>)')
                text = cost.sub(lambda found: found[1] + str(float(found[2]) + more).encode() + found[3], text)
            made.writestr(item, text)
    return out.getvalue()


def recomputed(content: bytes, folder: Path) -> Workbook:
    given, made = folder / "plan.xlsx", folder / "out"
    given.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(made), str(given)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return load_workbook(made / "plan.xlsx", data_only=True)


def numbers(book: Workbook) -> dict[tuple[str, str], float]:
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("made", [lambda answer: answer, crowded, nothing, uneven])
def test_libreoffice_finds_the_plan(
    answer: dict[str, Any], tmp_path: Path, made: Callable[[dict[str, Any]], dict[str, Any]], lang: str
):
    content = xlsx(made(answer), lang=lang)
    written = numbers(load_workbook(BytesIO(content), data_only=True))
    found = numbers(recomputed(without_values(content, more=0), tmp_path))
    assert len(written) > 30
    assert found == pytest.approx(written, abs=0.001)


def test_a_dearer_expense_is_paid_by_own_funds_and_still_balances(answer: dict[str, Any], tmp_path: Path):
    found = recomputed(without_values(xlsx(answer, lang="en"), more=1000), tmp_path)
    funds = found["Sources and uses"]
    amounts = {funds.cell(row, 1).value: funds.cell(row, 3).value for row in range(1, funds.max_row + 1)}
    assert amounts["Own funds"] == pytest.approx(answer["safe"]["own_funds"] + 1000)
    assert amounts["Total"] == pytest.approx(answer["project"]["cost"] + 1000)
    assert amounts["Difference between sources and uses"] == pytest.approx(0)
