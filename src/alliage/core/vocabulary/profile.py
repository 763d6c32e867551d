"""Reading a profile: what a company says of itself and of its project, checked against the vocabulary.

A value may be exact, an interval ``{from: 50, to: 249}``, possibilities ``{one_of: […]}``, a list, or ``unknown``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from alliage.core.vocabulary.answers import Answer, Answers, Includes, Listed, Possible, Span
from alliage.core.vocabulary.attributes import LIST_TYPES, Attribute, number
from alliage.core.vocabulary.days import FIRST, LAST
from alliage.core.vocabulary.errors import AlliageError, Problem, shown
from alliage.core.vocabulary.places import folded
from alliage.core.vocabulary.vocabulary import Vocabulary

UNKNOWN = "unknown"
LONGEST_LIST = 200
MOST_LINES = 40  # of a budget: what a form, a cookie and a page can hold; the same in a file
LARGEST = Decimal(10**10)  # of money, where a pack says no limit: the most that a plan can count exactly
MOST_PROBLEMS = 50  # a file with more mistakes is not a profile: reading on would only take time


@dataclass(frozen=True, slots=True)
class ExpenseLine:
    """One line of the project's budget. ``in_kind``: given, not paid (own time, own equipment)."""

    category: str
    amount: Decimal
    date: date | None = None
    in_kind: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """What was answered, by attribute, and the budget lines if any were given."""

    answers: Answers
    lines: tuple[ExpenseLine, ...] = ()
    unknown: frozenset[str] = field(default_factory=frozenset)  # asked, and answered "I don't know"
    name: str = field(default="profile", compare=False)  # what to call it in an error


class Refusal(Exception):
    """One answer that cannot be read; the caller knows where it stands."""

    def __init__(self, code: str, found: object, expected: str = "") -> None:
        super().__init__(code)
        self.code, self.found, self.expected = code, shown(found), expected


def read_profile(raw: object, *, vocabulary: Vocabulary, name: str = "profile") -> Profile:
    """A profile from plain data (a parsed YAML or JSON document).

    Raises:
        AlliageError: every mistake, with its path; a profile is never half-read.
    """
    if not isinstance(raw, Mapping):
        raise AlliageError([Problem("profile-shape", name, shown(raw), "company: {…}, project: {…}")])
    reader = _Reader(vocabulary)
    scopes = sorted({attribute.scope for attribute in vocabulary.attributes.values()})
    for scope, part in raw.items():
        where = f"{name}::{scope}"
        if scope not in scopes:
            reader.problems.append(Problem("profile-part", where, shown(scope), ", ".join(scopes)))
        elif not isinstance(part, Mapping):
            reader.problems.append(Problem("profile-shape", where, shown(part), f"{scope}: {{…}}"))
        else:
            for short, value in part.items():
                if len(reader.problems) >= MOST_PROBLEMS:
                    raise AlliageError(reader.problems)
                reader.read(str(scope), str(short), value, path=f"{where}.{short}")
    if reader.problems:
        raise AlliageError(reader.problems)
    return Profile(reader.answers, reader.lines, frozenset(reader.unknown), name)


class _Reader:
    """Reads a profile entry by entry and gathers what is wrong."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.answers: Answers = {}
        self.unknown: set[str] = set()
        self.lines: tuple[ExpenseLine, ...] = ()
        self.problems: list[Problem] = []

    def read(self, scope: str, short: str, value: Any, *, path: str) -> None:
        id_ = f"{scope}.{short}"
        if id_ == self.vocabulary.roles.lines:
            self.lines = _lines(value, path=path, vocabulary=self.vocabulary, problems=self.problems)
            return
        attribute = self.vocabulary.attributes.get(id_)
        if attribute is None:
            self.problems.append(_unknown_attribute(scope, short, path, self.vocabulary))
        elif value is None or value == UNKNOWN:
            self.unknown.add(id_)
        else:
            try:
                self.answers[id_] = read_answer(value, attribute=attribute, vocabulary=self.vocabulary)
            except Refusal as refusal:
                self.problems.append(Problem(refusal.code, path, refusal.found, refusal.expected))


def _unknown_attribute(scope: str, short: str, path: str, vocabulary: Vocabulary) -> Problem:
    names = [a.short for a in vocabulary.attributes.values() if a.scope == scope]
    close = get_close_matches(short, names, n=3, cutoff=0.6) or sorted(names)[:8]
    return Problem("profile-attribute", path, shown(short), ", ".join(close))


def read_answer(value: Any, *, attribute: Attribute, vocabulary: Vocabulary) -> Answer:
    """One answer from plain data; the caller has already taken out ``unknown``.

    Raises:
        Refusal: with a ``profile-…`` code.
    """
    if attribute.ordered:
        return _ordered(value, attribute)
    if attribute.type == "choices":
        return _choices(value, attribute)
    if attribute.type in LIST_TYPES:
        return _listed(value, attribute, vocabulary)
    return Possible(frozenset(_scalar(item, attribute) for item in _possibilities(value)))


def _possibilities(value: Any) -> list[Any]:
    """The possible values that were written: one, or those of ``{one_of: […]}``."""
    if not isinstance(value, Mapping):
        return [value]
    if set(value) != {"one_of"}:
        raise Refusal("profile-form", ", ".join(map(str, value)), "{one_of: […]}")
    return _bounded_list(value["one_of"])


def _bounded_list(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise Refusal("profile-list", value, "[…]")
    if len(value) > LONGEST_LIST:
        raise Refusal("profile-list", len(value), f"≤ {LONGEST_LIST}")
    return value


def _scalar(value: Any, attribute: Attribute) -> Any:
    if attribute.type == "flag":
        if not isinstance(value, bool):
            raise Refusal("profile-flag", _as_typed(value), "true, false")
        return value
    return _choice(value, attribute)


def _choice(value: Any, attribute: Attribute) -> str:
    values = attribute.values or {}
    if not isinstance(value, str) or value not in values:
        raise Refusal("profile-value", value, ", ".join(values))
    return value


def _choices(value: Any, attribute: Attribute) -> Answer:
    if isinstance(value, Mapping) and set(value) == {"includes"}:
        return Includes(frozenset(_choice(item, attribute) for item in _bounded_list(value["includes"])))
    sets = []
    for item in _possibilities(value):
        chosen = item if isinstance(item, list) else [item]
        sets.append(frozenset(_choice(choice, attribute) for choice in chosen))
    return Possible(frozenset(sets))


def _listed(value: Any, attribute: Attribute, vocabulary: Vocabulary) -> Answer:
    items = value if isinstance(value, list) else [value]
    if len(items) > LONGEST_LIST:
        raise Refusal("profile-list", len(items), f"≤ {LONGEST_LIST}")
    if not attribute.several and len(items) != 1:
        raise Refusal("profile-one", value, "1")
    read = _code if attribute.type == "code" else _place
    return Listed(tuple(frozenset(read(one, attribute, vocabulary) for one in _possibilities(item)) for item in items))


def _code(value: Any, attribute: Attribute, vocabulary: Vocabulary) -> str:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        raise Refusal("profile-code", value, '"…"')
    code = text.strip().upper().replace(" ", "")
    if attribute.pattern:
        if not re.fullmatch(attribute.pattern, code):
            raise Refusal("profile-code-form", value, attribute.example or attribute.pattern)
        return code
    table = vocabulary.codes[attribute.codes or ""]
    if code not in table:
        close = [known for known in table if known.startswith(code[:3])][:5]
        raise Refusal("profile-code", value, ", ".join(close))
    return code


def _place(value: Any, _: Attribute, vocabulary: Vocabulary) -> str:
    places = vocabulary.places
    if not isinstance(value, str):
        raise Refusal("profile-place", value, '"…"')
    if value in places:
        return value
    codes = places.named(value)
    if len(codes) == 1:
        return codes[0]
    if codes:
        raise Refusal("profile-place-ambiguous", value, ", ".join(codes[:12]))
    raise Refusal("profile-place", value, ", ".join(_close_places(value, vocabulary)))


def _close_places(value: str, vocabulary: Vocabulary) -> list[str]:
    """Names that look like what was written, else the widest places."""
    names = {folded(place.name["fr"]): place.name["fr"] for place in vocabulary.places.places.values()}
    close = get_close_matches(folded(value), list(names), n=4, cutoff=0.7)
    return [names[key] for key in close] or list(vocabulary.places.places)[:5]


def _ordered(value: Any, attribute: Attribute) -> Answer:
    if isinstance(value, Mapping) and set(value) <= {"from", "to"} and value:
        return _interval(value, attribute)
    read = [_number(item, attribute) for item in _possibilities(value)]
    if len(read) == 1:
        return Span(read[0], read[0])
    return Possible(frozenset(read))


def _interval(value: Mapping[str, Any], attribute: Attribute) -> Span:
    low, high = (
        _number(end, attribute) if end is not None and end != UNKNOWN else None
        for end in (value.get("from"), value.get("to"))
    )
    if low is not None and high is not None and low > high:
        raise Refusal("profile-interval", f"{low} > {high}", "from ≤ to")
    return Span(low, high)


def _as_typed(value: Any) -> Any:
    """A text in its quotes, so that ``"42"`` is not mistaken for 42."""
    return f'"{value}"' if isinstance(value, str) else value


_FORMS = {"count": "42", "money": "800000", "share": "0.35", "date": "2026-11-23"}


def _number(value: Any, attribute: Attribute) -> Any:
    exact = number(attribute.type, value)
    if exact is None:
        code = "profile-date" if attribute.type == "date" else _not_a_number(attribute.type, value)
        raise Refusal(code, _as_typed(value), _FORMS[attribute.type])
    if attribute.limits and not attribute.limits[0] <= exact <= attribute.limits[1]:
        raise Refusal("profile-limits", value, f"{attribute.limits[0]} – {attribute.limits[1]}")
    if attribute.limits is None and attribute.type in ("count", "money", "share") and exact < 0:
        raise Refusal("profile-limits", value, "≥ 0")
    return exact


def _not_a_number(type_: str, value: Any) -> str:
    """Why a figure is not one of its type: an amount finer than a cent is a number all the same."""
    return "profile-cents" if type_ == "money" and number("share", value) is not None else "profile-number"


_LINE_KEYS = frozenset({"category", "amount", "date", "in_kind"})
_LINE_FORM = "{category, amount, date, in_kind}"


def _lines(value: Any, *, path: str, vocabulary: Vocabulary, problems: list[Problem]) -> tuple[ExpenseLine, ...]:
    if not isinstance(value, list):
        problems.append(Problem("profile-lines", path, shown(value), f"[{_LINE_FORM}]"))
        return ()
    if len(value) > MOST_LINES:
        problems.append(Problem("profile-lines-many", path, str(len(value)), f"≤ {MOST_LINES}"))
        return ()
    lines = []
    for index, raw in enumerate(value):
        line = _line(raw, where=f"{path}[{index}]", vocabulary=vocabulary, problems=problems)
        if line:
            lines.append(line)
    return tuple(lines)


def _line(raw: Any, *, where: str, vocabulary: Vocabulary, problems: list[Problem]) -> ExpenseLine | None:
    if not isinstance(raw, Mapping) or not {"category", "amount"} <= set(raw) <= _LINE_KEYS:
        problems.append(Problem("profile-lines", where, shown(raw), _LINE_FORM))
        return None
    before = len(problems)
    least, most = vocabulary.attributes[vocabulary.roles.cost].limits or (Decimal(0), LARGEST)
    if not isinstance(raw["category"], str) or raw["category"] not in vocabulary.expenses:
        expected = ", ".join(vocabulary.expenses)
        problems.append(Problem("profile-category", f"{where}.category", shown(raw["category"]), expected))
    amount = number("money", raw["amount"])
    if amount is None:
        problems.append(
            Problem(_not_a_number("money", raw["amount"]), f"{where}.amount", shown(raw["amount"]), "1234.56")
        )
    elif not least <= amount <= most:
        problems.append(Problem("profile-limits", f"{where}.amount", shown(raw["amount"]), f"{least} – {most}"))
    day = number("date", raw["date"]) if raw.get("date") is not None else None
    if raw.get("date") is not None and day is None:
        problems.append(Problem("profile-date", f"{where}.date", shown(raw["date"]), "2026-11-23"))
    elif day is not None and not FIRST <= day <= LAST:
        problems.append(Problem("profile-limits", f"{where}.date", shown(raw["date"]), f"{FIRST} – {LAST}"))
    in_kind = raw.get("in_kind", False)
    if not isinstance(in_kind, bool):
        problems.append(Problem("profile-flag", f"{where}.in_kind", shown(_as_typed(in_kind)), "true, false"))
    return ExpenseLine(raw["category"], amount, day, in_kind) if len(problems) == before else None
