"""The page of ``alliage search``."""

from __future__ import annotations

from datetime import date

from alliage.cli.page import Page, Span
from alliage.cli.voice import Voice
from alliage.core.catalogue.intake import intake_on
from alliage.core.search.results import SearchResults


def search_page(found: SearchResults, *, words: str, on: date, voice: Voice) -> Page:
    """The programmes found, with their kind of money and their intake on a day; never a bare nothing."""
    page, say = Page(), voice.words
    for correction in found.corrected:
        page.quiet(say("search.corrected", typed=correction.typed, used=correction.used))
    for word in found.unknown:
        page.quiet(say("search.unknown", word=word))
    if not found.hits:
        page.line(Span(say("search.none", words=words), "strong"))
        page.line(say("search.none.do"))
        return page
    page.title(say.count("search.found", found.total, words=words))
    for hit in found.hits:
        programme = voice.catalogue.programmes[hit.programme_id]
        state = voice.intake(intake_on(programme, on=on, answers={}))
        page.blank()
        page.line(Span(voice.text(programme.name), "strong"), Span(f"  {programme.id}", "quiet"), indent=1, hang=2)
        page.line(f"{voice.kind(programme)} · {voice.text(programme.provider.name)} · {state}", indent=2, hang=2)
    if found.total > len(found.hits):
        page.blank()
        page.quiet(say("search.rest", n=found.total - len(found.hits)))
    page.blank()
    page.quiet(say("search.more", id=found.hits[0].programme_id))
    return page
