"""A financing plan on paper: a PDF for the bank, a spreadsheet, a calendar. Plain data in, bytes out; no web.

``pdf``, ``xlsx`` and ``ics`` take the answer of ``alliage plan --json`` (`schemas/plan.schema.json`), to which
``company`` and ``title`` may be added: what a person typed, which is printed and never interpreted. The same answer
gives the same bytes. What writes a form is imported when that form is first asked.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from alliage.papers.ics_file import ics
    from alliage.papers.pdf_file import pdf
    from alliage.papers.xlsx_file import xlsx

__all__ = ["ics", "pdf", "xlsx"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'alliage.papers' has no attribute {name!r}")
    return getattr(import_module(f"alliage.papers.{name}_file"), name)
