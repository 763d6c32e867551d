"""Tags of the finder: a card drawn once for all those who see the same, and what a need looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from alliage.hub.finder.forms.question import Question
from alliage.hub.finder.queries.cards import Card
from alliage.hub.finder.queries.results_page import Choice, Counts, Section
from alliage.hub.finder.queries.understood import Fact
from alliage.hub.ui.day import keep_on
from alliage.hub.ui.words import capital

register = template.Library()

NEED_ICONS = {
    "growth": "growth",
    "export": "export",
    "rd": "research",
    "commercialisation": "market",
    "equipment": "equipment",
    "hr": "people",
    "digital": "digital",
    "energy": "energy",
    "ip": "idea",
    "startup": "star",
    "takeover": "building",
    "tariffs": "flag",
}
MOST_DRAWN = 4_096
MOST_SECTIONS = 256
MOST_CONTROLS = 512
_SPOKEN_PLACE = re.compile("<!--spoken ([^>]*)-->")
SELECTED = SafeString(" selected")


@register.simple_tag
def draw_sections(
    sections: tuple[Section, ...],
    here_url: str,
    spoken: Mapping[str, str],
    *,
    mine: bool = True,
    noted: Mapping[str, Sequence[str]] | None = None,
) -> SafeString:
    """The parts of the list of results; that of what opens soon is shown only if something does.

    ``spoken``: by programme, the words of the project that it holds; ``noted``: what became of the requests of the file
    that is open. They are written in drawings that are remembered without them.
    """
    lang, day = get_language() or "fr", keep_on("?")
    shown = [section for section in sections if section.total or section.id != "opening"]
    drawn = (_drawn_section(section, here_url, mine, lang, day) for section in shown)
    return SafeString("".join([part for parts in drawn for part in _spoken(parts, spoken, noted or {})]))


@lru_cache(maxsize=MOST_SECTIONS)
def _drawn_section(section: Section, here_url: str, mine: bool, lang: str, day: str) -> tuple[str, ...]:  # noqa: FBT001, ARG001 - as _drawn
    """The drawing, cut where the words of a project go: every second part is the id of a programme."""
    filled = {"section": section, "here_url": here_url, "mine": mine}
    return tuple(_SPOKEN_PLACE.split(render_to_string("finder/_section.html", filled)))


def _spoken(parts: Sequence[str], spoken: Mapping[str, str], noted: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for drawn, id_ in zip_longest(parts[::2], parts[1::2]):
        yield drawn
        if id_ in noted:
            yield render_to_string("finder/_noted.html", {"noted": noted[id_]})
        if id_ in spoken:
            yield render_to_string("finder/_spoken.html", {"words": spoken[id_]})


@register.simple_tag
def spoken_place(id_: str) -> SafeString:
    """Where the words of a project that a programme holds are written, once its card is drawn."""
    return SafeString(f"<!--spoken {id_}-->")


@register.simple_tag
def draw_cards(cards: tuple[Card, ...], *, mine: bool = True) -> SafeString:
    """Results. Two people with the same result see the same drawing; ``mine``: its questions can be answered here."""
    lang, day = get_language() or "fr", keep_on("?")
    return SafeString("".join([_drawn(card, mine, lang, day) for card in cards]))


@lru_cache(maxsize=MOST_DRAWN)
def _drawn(card: Card, mine: bool, lang: str, day: str) -> SafeString:  # noqa: FBT001, ARG001 - what it depends on
    return render_to_string("finder/_card.html", {"card": card, "mine": mine})


@register.simple_tag
def draw_fact(fact: Fact, *, mine: bool = True) -> SafeString:
    """An answer in words, to change if it is one's own."""
    return _drawn_fact(fact, mine, get_language() or "fr", keep_on("?"))


@lru_cache(maxsize=MOST_DRAWN)
def _drawn_fact(fact: Fact, mine: bool, lang: str, day: str) -> SafeString:  # noqa: FBT001, ARG001 - as _drawn
    return render_to_string("finder/_fact.html", {"fact": fact, "mine": mine})


@register.simple_tag
def draw_counts(counts: Counts, *, here: bool = False) -> SafeString:
    """How many of each; ``here``: each leads to a part of this page."""
    return _drawn_counts(counts, here, get_language() or "fr", keep_on("?"))


@lru_cache(maxsize=MOST_DRAWN)
def _drawn_counts(counts: Counts, here: bool, lang: str, day: str) -> SafeString:  # noqa: FBT001, ARG001 - as _drawn
    return render_to_string("finder/_counts.html", {"counts": counts, "here": here})


@register.simple_tag
def draw_rest(counts: Counts, needs_name: str) -> SafeString:
    """What is not in the list of results: counted, and opened when asked."""
    return _drawn_rest(counts, needs_name, get_language() or "fr", keep_on("?"))


@lru_cache(maxsize=MOST_DRAWN)
def _drawn_rest(counts: Counts, needs_name: str, lang: str, day: str) -> SafeString:  # noqa: ARG001 - as _drawn
    return render_to_string("finder/_rest.html", {"counts": counts, "needs_name": needs_name})


@register.simple_tag
def draw_still(name: str) -> SafeString:
    """A part of a page that only the language and the day change."""
    return _drawn_still(name, get_language() or "fr", keep_on("?"))


@lru_cache(maxsize=MOST_SECTIONS)
def _drawn_still(name: str, lang: str, day: str) -> SafeString:  # noqa: ARG001 - as _drawn
    return render_to_string(f"finder/_{name}.html")


@register.simple_tag
def draw_control(question: Question, *, titled: bool) -> SafeString:
    """What a person answers with; the same answer to the same question has one drawing, unless something is wrong."""
    if question.problems:
        return render_to_string("finder/_control.html", {"question": question, "titled": titled})
    return _drawn_control(question, titled, get_language() or "fr", keep_on("?"))


@lru_cache(maxsize=MOST_CONTROLS)
def _drawn_control(question: Question, titled: bool, lang: str, day: str) -> SafeString:  # noqa: FBT001, ARG001 - as _drawn
    return render_to_string("finder/_control.html", {"question": question, "titled": titled})


@register.simple_tag
def draw_choices(choices: tuple[Choice, ...]) -> SafeString:
    """The choices of a filter, each with how many it would keep."""
    return format_html_join(
        "",
        '<option value="{}"{}>{} ({})</option>',
        ((c.value, SELECTED if c.chosen else "", capital(c.words), c.count) for c in choices),
    )


@register.filter
def need_icon(need: str) -> str:
    """The drawing of a need; a target for those of a pack that we have not seen."""
    return NEED_ICONS.get(need, "target")


@register.simple_tag
def ask_url(name: str, where: str = "") -> str:
    """The address of a question; ``where`` says where to go after."""
    return _address("question", (name,), f"?then={where}" if where else "", get_language() or "fr", keep_on("?"))


@register.simple_tag
def to(name: str, *args: str) -> str:
    """The address of a page of the finder, on the day of this page."""
    return _address(name, args, "", get_language() or "fr", keep_on("?"))


@lru_cache(maxsize=MOST_DRAWN)
def _address(name: str, args: tuple[str, ...], query: str, lang: str, day: str) -> str:  # noqa: ARG001 - as _drawn
    return keep_on(reverse(f"finder:{name}", args=args) + query)
