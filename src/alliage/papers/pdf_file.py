"""The PDF: tagged (PDF/UA-1), set by typst from plain data, with the type of the hub.

What a person typed goes to typst as data, never as markup. No font of the machine is used, and the day of the answer is
the only clock: the same answer gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from alliage.papers.annex import annex
from alliage.papers.printable import printable
from alliage.papers.sheet import sheet
from alliage.papers.words import Words

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "plan.typ"


def pdf(answer: Mapping[str, Any], *, lang: str) -> bytes:
    """The plan as a PDF: one page for the bank, then where its figures come from."""
    return compiled(TEMPLATE, data=data(answer, lang=lang), on=answer["on"])


def compiled(template: Path, *, data: str, on: str) -> bytes:
    """A template of this folder, filled with JSON, as a tagged PDF that says it was made on a day."""
    return typst.compile(
        str(template),
        root=str(FOLDER),
        font_paths=_fonts(),
        format="pdf",
        pdf_standards=["ua-1"],  # typst checks while it writes: tags, language, title, alternative texts
        sys_inputs={"data": data},
        timestamp=datetime.fromisoformat(on).replace(tzinfo=UTC),
    )


def data(answer: Mapping[str, Any], *, lang: str) -> str:
    """All that the template lays out, as JSON."""
    words = Words(lang=lang, currency=answer["currency"], clean=printable)
    pages = {"sheet": sheet(answer, words=words), "annex": annex(answer, words=words)}
    return json.dumps(pages, ensure_ascii=False)


@cache
def _fonts() -> typst.Fonts:
    """Our fonts and those inside typst."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FOLDER / "fonts")])
