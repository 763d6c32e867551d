"""The papers of an information day: badges, the whole offer of a region, the report. Plain data in, a tagged PDF out.

Words and figures come in the language of the paper, as pages show them; what a person typed is data, never markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from alliage.papers.pdf_file import FOLDER, compiled
from alliage.papers.printable import printable, typeset

AS_IS = ("qr", "lang", "url")  # drawings, codes and addresses


def badges(sheet: Mapping[str, Any], *, lang: str, on: date) -> bytes:
    """Badges, eight to a sheet: ``title``, ``words``, ``badges`` (name, company, code, qr as SVG, note)."""
    return _paper("day_badges.typ", sheet, lang=lang, on=on)


def offer(sheet: Mapping[str, Any], *, lang: str, on: date) -> bytes:
    """The offer of a region: ``head``, ``words``, ``agenda``, and ``levels`` of ``providers`` with ``programmes``."""
    return _paper("day_offer.typ", sheet, lang=lang, on=on)


def report(sheet: Mapping[str, Any], *, lang: str, on: date) -> bytes:
    """The report of a day: ``head``, ``figures`` and ``sections`` of rows."""
    return _paper("day_report.typ", sheet, lang=lang, on=on)


def _paper(template: str, sheet: Mapping[str, Any], *, lang: str, on: date) -> bytes:
    data = json.dumps({**_clean(sheet, lang), "lang": lang}, ensure_ascii=False)
    return compiled(FOLDER / template, data=data, on=on.isoformat())


def _clean(told: Any, lang: str) -> Any:
    """Every text as our fonts can draw it."""
    if isinstance(told, str):
        return typeset(printable(told), lang=lang)
    if isinstance(told, Mapping):
        return {key: value if key in AS_IS else _clean(value, lang) for key, value in told.items()}
    if isinstance(told, Sequence):
        return [_clean(one, lang) for one in told]
    return told
