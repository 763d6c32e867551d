"""The page of ``alliage check``."""

from __future__ import annotations

from alliage.cli.checking import Checked
from alliage.cli.page import Page, Span
from alliage.cli.problems import said, tell
from alliage.cli.words import Words


def check_page(found: Checked, *, words: Words, every: bool) -> Page:
    """Errors in full, warnings grouped with their counts; that nothing is wrong is said in words."""
    page = Page()
    key = "check.pack" if found.kind == "pack" else "check.file"
    page.title(words(key, pack=found.target, file=found.target))
    page.blank()
    if found.errors:
        page.item("failed", Span(words.count("check.errors", len(found.errors)), "strong"), indent=0)
        tell(page, found.errors, words=words)
    else:
        counted = {name: words.count(f"check.{name}", number) for name, number in found.counts.items()}
        page.item("met", words("check.clean", **counted), indent=0)
    if found.counts:
        _warnings(page, found, words, every=every)
    return page


def _warnings(page: Page, found: Checked, words: Words, *, every: bool) -> None:
    groups = found.warnings_by_code()
    if not groups:
        page.line(words("check.warnings.none"))
        return
    page.section(words("check.warnings"), note="" if every else words("check.warnings.list"))
    for code, problems in groups.items():
        text = words("fact", label=str(len(problems)), answer=said(problems[0], "group", words.lang))
        page.item("bullet", text, Span(f"  {code}", "quiet"))
        if every:
            for problem in problems:
                page.quiet(f"{problem.where}{f' ({problem.found})' if problem.found else ''}", indent=3)
