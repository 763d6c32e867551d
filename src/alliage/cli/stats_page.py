"""The page of ``alliage pack stats``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from alliage.cli.page import Page
from alliage.cli.stats import Stats
from alliage.cli.voice import Voice


def stats_page(stats: Stats, *, on: date, voice: Voice) -> Page:
    """Every count with its name, in columns that line up."""
    page, words = Page(), voice.words
    page.title(words("stats.title", name=voice.text(voice.catalogue.name), day=voice.day(on)))
    page.section(words("stats.facts"))
    _table(page, stats.facts, lambda key: words(f"stats.{key}"), voice)
    needs = dict(voice.choices(voice.attributes[voice.catalogue.vocabulary.roles.needs]))
    named: Mapping[str, Callable[[str], str]] = {
        "level": lambda key: voice.text(voice.catalogue.levels[key]),
        "instrument": lambda key: voice.phrase("instruments", key),
        "need": lambda key: needs[key],
        "intake": lambda key: voice.phrase("intakes", key),
        "freshness": lambda key: words(f"fresh.{key}-state"),
        "confidence": lambda key: voice.phrase("confidence", key),
        "kind": lambda key: voice.phrase("kinds", key),
        "plan": lambda key: words(f"stats.plan.{key}"),
        "ceiling": lambda key: words(f"stats.ceiling.{key}"),
    }
    for trait, counts in stats.by.items():
        page.section(words(f"stats.{trait}"))
        _table(page, counts, named[trait], voice)
    return page


def _table(page: Page, counts: Mapping[str, int], name: Callable[[str], str], voice: Voice) -> None:
    numbers = {key: voice.wording.number(count) for key, count in counts.items()}
    widest = max(map(len, numbers.values()), default=0)
    for key, number in numbers.items():
        page.line(f"{number.rjust(widest)}\u00a0\u00a0{name(key)}", indent=1, hang=widest + 2)
