"""The page of ``alliage diff``."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from alliage.cli.page import Page, Span
from alliage.cli.words import Words
from alliage.core.catalogue.diff import Change


def diff_page(changes: Sequence[Change], *, before: str, after: str, words: Words) -> Page:
    """The changes, programme by programme, in the order of :func:`.diff`; that there is none is said."""
    page = Page()
    page.title(words("diff.title", before=before, after=after))
    page.line(words.count("diff.changes", len(changes)) if changes else words("diff.none"))
    for (_, id_), group in groupby(changes, key=lambda change: (change.subject, change.id)):
        told = list(group)
        page.blank()
        page.line(Span(told[0].name[words.lang], "strong"), Span(f"  {id_}", "quiet"), hang=2)
        for change in told:
            page.item("bullet", change.text[words.lang])
    return page
