"""What is printed holds on one landscape sheet; what is a table on paper is cards on a telephone."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.journeys.person import Person
from tests.journeys.test_finding import EXTRUSION

ONE_SHEET = ["/offre/", "/offre/?lieu=qc-r02", "/trouver/imprimer/", "/programmes/essor-volet-2/"]
CELLS: tuple[Literal["cell", "rowheader", "columnheader"], ...] = ("cell", "rowheader", "columnheader")
TABLES = ["/trouver/comparer/?p=c3i&p=canexport-pme&p=essor-volet-2", "/trouver/imprimer/"]


@pytest.mark.parametrize("address", ONE_SHEET)
def test_one_landscape_sheet_is_enough(someone: Person, address: str) -> None:
    if address.startswith("/trouver/"):
        someone.open_example(EXTRUSION)
    someone.go(address)
    paper = someone.page.pdf(prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") == 1
    assert b"/MediaBox [0 0 792 612]" in paper, "letter, landscape"


@pytest.mark.parametrize("address", TABLES)
def test_a_table_fits_a_telephone_and_stays_a_table(someone: Person, address: str) -> None:
    someone.open_example(EXTRUSION)
    someone.page.set_viewport_size({"width": 360, "height": 900})
    someone.go(address)
    for box in someone.page.locator(".table-scroll").all():
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth"), "nothing to slide"
    table = someone.page.get_by_role("table").first
    for row in table.get_by_role("row").all():
        told = sum(row.get_by_role(role).count() for role in CELLS)
        assert told == row.locator("th, td").count() >= 3
