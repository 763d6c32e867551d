"""Numbers as people type them: ``800 000 $``, ``1,2 M$``, ``30 %``. Generous in form, strict in meaning."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from alliage.core.vocabulary.attributes import Attribute
from alliage.hub.finder.forms.problems import NotRead

LONGEST = 60

_SPACES = re.compile(r"[\s\u00a0\u202f\u2007\u2009_']+")
_NUMBER = re.compile(
    r"(?P<digits>[0-9][0-9.,]*)(?P<times>k|m|g|md|millions?|milliards?|mille|thousand|billions?)?"
    r"(?:ca|cad)?(?:\$|cad|dollars?|%|pourcent|percent|pourcents)?"
)
_TIMES = {"k": 3, "mille": 3, "thousand": 3, "m": 6, "million": 6, "millions": 6}
_TIMES |= dict.fromkeys(("g", "md", "milliard", "milliards", "billion", "billions"), 9)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")

_CODES = {"money": "money", "share": "share", "count": "number", "date": "date"}


def read_number(text: str, attribute: Attribute) -> Any:
    """One typed number, date or share as a value that a profile may hold; its limits are checked by the core.

    Raises:
        NotRead: it is no number of this kind.
    """
    if attribute.type == "date":
        return _date(text)
    bare = _without_unit(_SPACES.sub("", text).lower(), attribute).removeprefix("$").removesuffix(".")
    found = _NUMBER.fullmatch(bare) if len(text) <= LONGEST else None
    if found is None:
        raise NotRead(_CODES[attribute.type], example="42")
    value = _decimal(found["digits"], attribute) * 10 ** _TIMES.get(found["times"] or "", 0)
    if attribute.type == "share":
        return plain_number(value / 100)
    if attribute.type == "count" and value != value.to_integral_value():
        raise NotRead("whole", example="42")
    if attribute.type == "money" and int(value.normalize().as_tuple().exponent) < -2:
        raise NotRead("cents")
    return plain_number(value)


def plain_number(value: Decimal) -> int | float:
    """An exact number as JSON and YAML write it."""
    return int(value) if value == value.to_integral_value() else float(value)


def _without_unit(text: str, attribute: Attribute) -> str:
    for unit in (attribute.unit or {}).values():
        bare = _SPACES.sub("", unit.lower())
        text = text.removesuffix(bare).removesuffix(bare.removesuffix("s"))
    return text


def _decimal(digits: str, attribute: Attribute) -> Decimal:
    """The last mark is the decimal one, unless it groups thousands; a share is never in thousands."""
    marks = [mark for mark in digits if mark in ".,"]
    grouped = _GROUPED.fullmatch(digits)
    if grouped and attribute.type != "share":
        return Decimal(digits.replace(grouped[1], ""))
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        return Decimal(digits.replace(marks[0], "").replace(marks[-1], "."))
    if len(marks) > 1:
        raise NotRead(_CODES[attribute.type], example="42")
    return Decimal(digits.replace(",", ".").rstrip("."))


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise NotRead("date", example="2027-05-03") from None
