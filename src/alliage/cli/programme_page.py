"""The page of ``alliage show``: one programme in words, for anyone."""

from __future__ import annotations

from datetime import date

from alliage.cli import programme_parts as parts
from alliage.cli.page import Page
from alliage.cli.receipt_page import sentences
from alliage.cli.voice import Voice
from alliage.core.catalogue.freshness import freshness
from alliage.core.catalogue.intake import intake_on
from alliage.core.catalogue.programme import Programme


def programme_page(programme: Programme, *, asked: str, on: date, voice: Voice) -> Page:
    """The whole page of a programme on a day; ``asked`` is the id that the person gave."""
    page, words = Page(), voice.words
    sources = parts.Sources(programme, voice)
    parts.head(page, programme, asked, voice)
    former = programme.document.get("replaces", ())
    if former:
        page.quiet(words("programme.former", ids=", ".join(former)))
    if voice.lang in programme.document.get("name_unverified", ()):
        page.quiet(words("programme.name-unverified"))
    page.section(words("programme.summary"))
    page.line(sources.text(programme.document["summary"]), indent=1)
    _when(page, programme, on, sources, voice)
    parts.money(page, programme, sources, voice)
    page.section(words("programme.conditions"))
    if programme.nothing_read:
        page.line(voice.wording.phrases["no_condition"][voice.lang], indent=1)
    sentences(page, programme.conditions, sources, voice, indent=1)
    parts.to_confirm(page, programme, sources, voice)
    parts.stacking(page, programme, sources, voice)
    parts.steps(page, programme, sources, voice)
    parts.whom_to_call(page, programme, voice)
    _fresh(page, programme, on, voice)
    parts.doubts(page, programme, sources, voice)
    sources.listed(page)
    page.blank()
    page.line(voice.wording.phrases["nothing_promised"][voice.lang])
    return page


def _when(page: Page, programme: Programme, on: date, sources: parts.Sources, voice: Voice) -> None:
    intake = programme.document["intake"]
    state = voice.intake(intake_on(programme, on=on, answers={}))
    page.section(voice.words("programme.intake"))
    said = voice.words("intake.today", day=voice.day(on), state=state)
    page.line(f"{said} {sources.mark(intake['source'])}", indent=1)
    if intake.get("note"):
        page.line(sources.text(intake["note"]), indent=1)


def _fresh(page: Page, programme: Programme, on: date, voice: Voice) -> None:
    as_of = programme.document.get("as_of")
    dated = [voice.words("fresh.as-of", date=voice.partial(as_of))] if as_of else []
    age = voice.freshness(freshness(programme, on=on), programme)
    said = [*dated, age, voice.phrase("confidence", programme.confidence)]
    page.section(voice.words("programme.freshness"))
    page.line(" · ".join(said), indent=1)
