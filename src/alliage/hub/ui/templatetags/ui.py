"""Tags and filters of every template: words, figures, days, icons, terms, links that keep the day of the page.

They are built in: no ``{% load %}`` is needed.
"""

from __future__ import annotations

import secrets  # noqa: TID251 - a key of a form is made from chance; the core never is
from collections.abc import Mapping
from datetime import time
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from alliage.hub.ui import day as days
from alliage.hub.ui import glossary, icons
from alliage.hub.ui import words as said
from alliage.hub.ui.asked import FORM_KEY, TRAP

register = template.Library()

# ---------------------------------------------------------------------------------------------------- words


@register.filter
def words(value: object) -> str:
    """A ``{fr, en}`` text in the language of the page, typeset."""
    return said.text(value)


@register.filter
def address(value: object) -> str:
    """A link that may depend on the language: ``{fr, en}``, or one for both."""
    return said.as_is(value)


@register.filter
def phrase(key: str, section: str) -> str:
    """A word of the packs' phrases: ``{{ verdict|phrase:"verdicts" }}``."""
    return said.phrase(section, key)


@register.filter
def capital(value: str) -> str:
    """The first letter in upper case, and only that one."""
    return said.capital(value)


@register.filter
def cut_short(value: str, most: int) -> str:
    """The first words of a text, and « … » if there are more. What is tied (50 000 $) is one word, and stays tied."""
    given = value.split(" ")
    return value if len(given) <= most else " ".join(given[:most]).rstrip(".,:;–\u00a0") + "…"


# -------------------------------------------------------------------------------------------------- figures


@register.filter
def money(value: object) -> str:
    """An amount: ``50 000 $``, ``$50,000``; cents only if there are some. Nothing for what is not a number."""
    found = said.figure(value)
    return "" if found is None else said.speak().money(found)


@register.filter
def money_short(value: object) -> str:
    """A large amount in few signs: ``1,2 M$``, ``$1.2M``."""
    found = said.figure(value)
    return "" if found is None else said.short_money(found)


@register.filter
def number(value: object) -> str:
    """A number: ``1 500,5``, ``1,500.5``."""
    found = said.figure(value)
    return "" if found is None else said.speak().number(found)


@register.filter
def share(value: object) -> str:
    """A share between 0 and 1: ``12,5 %``, ``12.5%``."""
    found = said.figure(value)
    return "" if found is None else said.speak().share(found)


@register.filter
def day(value: object) -> str:
    """A day (a date or its ISO form): ``1er mars 2026``, ``March 1, 2026``."""
    found = said.day_of(value)
    return "" if found is None else said.speak().day(found).replace(" ", said.NO_BREAK, 1)


@register.filter
def iso(value: object) -> str:
    """A day in ISO form, for ``datetime`` and for form values."""
    found = said.day_of(value)
    return "" if found is None else found.isoformat()


@register.filter
def clock(value: time) -> str:
    """A time of day: ``13 h 5``, ``1:05 p.m.``."""
    return said.clock(value)


@register.filter
def months(value: object) -> str:
    """An age of whole months in words: as everywhere, in whole years past two years."""
    found = said.figure(value)
    if found is None:
        return ""
    count = int(found)
    told = said.typeset(said.speak().age(max(0, count)), lang=said.language())
    return told.replace(" ", said.NO_BREAK) if count >= 1 else told


@register.simple_tag(name="time")
def time_tag(value: object) -> str:
    """A day as an element that machines read too."""
    found = said.day_of(value)
    if found is None:
        return ""
    text = day(found)
    if text.startswith("1er"):
        return format_html('<time datetime="{}">1<sup>er</sup>{}</time>', found.isoformat(), text[3:])
    return format_html('<time datetime="{}">{}</time>', found.isoformat(), text)


# ------------------------------------------------------------------------------------------ icons and terms


@register.simple_tag
def icon(name: str, label: str = "", classes: str = "") -> SafeString:
    """A drawing of the sprite: ``{% icon "check" %}``; with a label if no word is beside it."""
    return icons.icon(name, label, classes)


@register.simple_tag
def icon_of(kind: str, state: str) -> SafeString:
    """The drawing of a state, the same wherever it is shown: ``{% icon_of "verdict" verdict %}``."""
    return icons.icon(icons.OF_STATE[kind][state])


@register.simple_tag
def term(key: str, shown: str = "") -> SafeString:
    """A word of the glossary, explained where it stands: ``{% term "grant" %}``."""
    return glossary.button(key, shown)


@register.simple_tag
def terms() -> SafeString:
    """The explanations that ``{% term %}`` opens; once, in the base page."""
    return glossary.popovers(said.language())


# ------------------------------------------------------------------------------------------- links and days


@register.filter(name="keep_on")
def keep_on_filter(address: str) -> str:
    """An address that keeps the day of the page: ``{{ url|keep_on }}``."""
    return days.keep_on(address)


@register.simple_tag
def keep_on(before: str = "?") -> SafeString:
    """What keeps the day of the page in an address: ``?on=2027-01-01``, or nothing when it is today."""
    kept = days.keep_on("?x=")
    _, found, value = kept.partition(f"{days.PARAMETER}=")
    return mark_safe(f"{before}{days.PARAMETER}={value}") if found else SafeString("")  # noqa: S308 - an ISO date


@register.simple_tag
def keep_on_field() -> str:
    """A hidden field that keeps the day of the page in a form sent by GET."""
    kept = days.keep_on("?x=").partition(f"{days.PARAMETER}=")[2]
    return format_html('<input type="hidden" name="{}" value="{}">', days.PARAMETER, kept) if kept else ""


@register.simple_tag
def record(**fields: Any) -> Mapping[str, Any]:
    """Plain data made in a template, for an include: ``{% record kind="ok" title="…" as notice %}``."""
    return fields


@register.inclusion_tag("ui/trap.html")
def trap() -> dict[str, str]:
    """A field that people do not see, and that robots fill (``ui.asked.by_robot``)."""
    return {"name": TRAP}


@register.simple_tag
def form_key() -> SafeString:
    """A hidden field, new each time a form is shown: sent twice, the form is done once (``people/actions/once.py``)."""
    return format_html('<input type="hidden" name="{}" value="{}">', FORM_KEY, secrets.token_urlsafe(16))
