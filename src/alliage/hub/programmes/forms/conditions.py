"""Conditions as rows of a form: a question, how it is compared, with what; or a group of such rows.

A group inside a group, and readings of sources that disagree, are shown in words and kept: only JSON changes them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliage.core.vocabulary.attributes import OPERATORS_BY_TYPE, Attribute
from alliage.core.vocabulary.vocabulary import Vocabulary
from alliage.hub.programmes.forms.places import items_at
from alliage.hub.programmes.forms.values import LONGEST, NotRead, Sent, day, number, one, shown

LEAF = "leaf"
GROUPS: Mapping[str, Promise] = {
    "all": _("Toutes ces conditions à la fois"),
    "any": _("Au moins une de ces conditions"),
    "not": _("Aucune de ces situations"),
}
OPERATORS: Mapping[str, Promise] = {
    "is": _("la réponse est"),
    "at_least": _("au moins"),
    "at_most": _("au plus"),
    "more_than": _("plus de"),
    "below": _("moins de"),
    "one_of": _("l’un de"),
    "any_of": _("au moins l’un de"),
    "all_of": _("tous ceux-ci"),
    "none_of": _("aucun de ceux-ci"),
    "within": _("dans"),
    "not_within": _("hors de"),
    "starts_with": _("un code qui commence par"),
    "not_starts_with": _("aucun code qui commence par"),
}
DATES: Mapping[str, Promise] = {
    "at_least": _("ce jour ou après"),
    "at_most": _("ce jour ou avant"),
    "more_than": _("après ce jour"),
    "below": _("avant ce jour"),
}
_BETWEEN = re.compile(r"[\n;,]+")
_LINES = re.compile(r"[\n;]+")
_NUMBERS = {"count": "number", "money": "money", "share": "share", "date": "date"}


@dataclass(slots=True)
class Notes:
    """What could not be read: what was typed in each field that is wrong, and what to say of it."""

    typed: dict[str, list[str]] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, typed: Sequence[str], problem: NotRead) -> None:
        """One field is wrong."""
        self.typed[name] = list(typed)
        self.wrong[name] = problem.message


def operators_of(attribute: Attribute) -> list[str]:
    """The comparisons that a question admits, in the order of the form."""
    return [operator for operator in OPERATORS if operator in OPERATORS_BY_TYPE[attribute.type]]


def shape(condition: Mapping[str, Any]) -> str:
    """``leaf``, the word of a group that the form can show, or ``deep`` for what it cannot."""
    word = next((word for word in (*GROUPS, "readings") if word in condition), None)
    if word is None:
        return LEAF
    parts = condition[word]
    plain = isinstance(parts, list) and all(isinstance(part, Mapping) and shape(part) == LEAF for part in parts)
    return word if word in GROUPS and plain else "deep"


def read_conditions(
    sent: Sent, owner: Mapping[str, Any], *, path: str, vocabulary: Vocabulary, notes: Notes
) -> list[dict[str, Any]]:
    """The conditions of a list, with those that were added and without those that were taken away."""
    before = dict(items_at(owner, path))
    read: list[dict[str, Any]] = []
    for rank in _ranks(sent, path):
        here, there = f"{path}.{rank}", f"{path}.{len(read)}"
        was = before.get(one(sent, f"{here}.at"), {})
        if one(sent, f"{here}.drop"):
            continue
        found = _Row(sent, here, there, was, vocabulary, notes).read()
        if found:
            read.append(found)
    return read


def read_inside(
    sent: Sent,
    owner: Mapping[str, Any],
    *,
    names: tuple[str, str],
    path: str,
    vocabulary: Vocabulary,
    notes: Notes,
) -> list[dict[str, Any]]:
    """The conditions of a list inside something: of a group, of a part of the aid.

    ``names``: what their fields begin with in the form that was sent, and in the one that will be shown.
    """
    here, there = names
    inner = Notes()
    read = read_conditions(_Renamed(sent, here, path), owner, path=path, vocabulary=vocabulary, notes=inner)
    notes.typed.update({there + name.removeprefix(path): typed for name, typed in inner.typed.items()})
    notes.wrong.update({there + name.removeprefix(path): said for name, said in inner.wrong.items()})
    return read


def _ranks(sent: Sent, path: str) -> list[int]:
    """The rows that were sent, in their order."""
    rank, found = 0, []
    while f"{path}.{rank}.at" in sent and rank < 500:
        found.append(rank)
        rank += 1
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: ``here`` is its name in the form that was sent, ``there`` in the one that will be shown."""

    sent: Sent
    here: str
    there: str
    was: Mapping[str, Any]
    vocabulary: Vocabulary
    notes: Notes

    def read(self) -> dict[str, Any]:
        """The condition of the row; nothing for a new row that was left empty."""
        if self.was and shape(self.was) == "deep":
            return dict(self.was)
        word = one(self.sent, f"{self.here}.group")
        return self._group(word) if word in GROUPS else self._leaf()

    def _group(self, word: str) -> dict[str, Any]:
        former = shape(self.was)
        owner = {"of": self.was.get(former, [])} if former in GROUPS else {}
        names = (f"{self.here}.of", f"{self.there}.of")
        parts = read_inside(self.sent, owner, names=names, path="of", vocabulary=self.vocabulary, notes=self.notes)
        return {word: parts}

    def _leaf(self) -> dict[str, Any]:
        name = one(self.sent, f"{self.here}.attribute")
        source = one(self.sent, f"{self.here}.source")
        attribute = self.vocabulary.attributes.get(name)
        if attribute is None:
            return self._unknown(name)
        kept = {key: self.was[key] for key in ("holds",) if key in self.was}
        leaf: dict[str, Any] = {"attribute": name}
        allowed = operators_of(attribute)
        operator = one(self.sent, f"{self.here}.operator")
        operator = operator if operator in allowed else allowed[0]
        if one(self.sent, f"{self.here}.for") == name:
            try:
                value = self._operand(attribute)
            except NotRead as problem:
                self.notes.put(f"{self.there}.value", self.sent.getlist(f"{self.here}.value"), problem)
                value = self.was.get(operator) if self.was.get("attribute") == name else None
            if value is not None:
                leaf[operator] = value
        if operator not in leaf:
            self.notes.typed[f"{self.there}.operator"] = [operator]
        return {**leaf, **({"source": source} if source else {}), **kept}

    def _unknown(self, name: str) -> dict[str, Any]:
        if self.was and name == str(self.was.get("attribute", "")):
            return dict(self.was)  # a question of an older vocabulary
        if name or self.was:
            self.notes.put(f"{self.there}.attribute", [name], NotRead("attribute" if not name else "choice"))
            return dict(self.was) or {"attribute": name}
        return {}

    def _operand(self, attribute: Attribute) -> Any:
        typed = [text.replace("\r\n", "\n").strip() for text in self.sent.getlist(f"{self.here}.value")]
        former = self.was.get(next((key for key in OPERATORS if key in self.was), ""))
        if self.was.get("attribute") == attribute.id and _as_shown(typed, attribute, former, self.vocabulary):
            return former
        if sum(map(len, typed)) > LONGEST:
            raise NotRead("long")
        found = read_operand(attribute, [text for text in typed if text], self.vocabulary)
        if found in (None, []):
            raise NotRead("missing")
        return found


def _as_shown(typed: Sequence[str], attribute: Attribute, former: Any, vocabulary: Vocabulary) -> bool:
    """Whether a value was sent as its field showed it; boxes come in the order of the page."""
    before = typed_operand(attribute, former, vocabulary)
    return sorted(typed) == sorted(before) if attribute.values else list(typed) == before


def read_operand(attribute: Attribute, typed: Sequence[str], vocabulary: Vocabulary) -> Any:
    """What a condition compares with, as it was typed or chosen.

    Raises:
        NotRead: it is no such value.
    """
    text = typed[-1] if typed else ""
    if attribute.type == "flag":
        return {"yes": True, "no": False}.get(text)
    if attribute.type in ("choice", "choices"):
        values = attribute.values or {}
        if any(value not in values for value in typed):
            raise NotRead("choice")
        return list(dict.fromkeys(typed))
    if attribute.type == "place":
        return [_place(part.strip(), vocabulary) for part in _LINES.split(text) if part.strip()]
    if attribute.type == "code":
        return [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    if not text:
        return None
    if attribute.type == "date":
        return day(text)
    limit = number(text, share=attribute.type == "share")
    if attribute.type == "count" and not isinstance(limit, int):
        raise NotRead("whole")
    return limit


def _place(typed: str, vocabulary: Vocabulary) -> str:
    """The code of a place or of a set of places, from its code or its name."""
    places = vocabulary.places
    if typed in places or typed in places.sets:
        return typed
    sets = [set_.id for set_ in places.sets.values() if typed in set_.name.values()]
    found = sets or places.named(typed)
    if len(found) == 1:
        return found[0]
    if found:
        raise NotRead("place-several", found=typed[:80], close=", ".join(found[:8]))
    raise NotRead("place", found=typed[:80])


def typed_operand(attribute: Attribute, operand: Any, vocabulary: Vocabulary, *, lang: str = "fr") -> list[str]:
    """What a condition compares with, as its field shows it (places by their French name, whatever the page)."""
    if operand is None:
        return []
    if attribute.type == "flag":
        return ["yes" if operand is True else "no"]
    if attribute.ordered:
        return [shown(_NUMBERS[attribute.type], operand)]
    values = [str(value) for value in operand] if isinstance(operand, list) else [str(operand)]
    if attribute.type == "place":
        return ["\n".join(_place_name(code, vocabulary, lang) for code in values)]
    return [", ".join(values)] if attribute.type == "code" else values


def _place_name(code: str, vocabulary: Vocabulary, lang: str) -> str:
    """The name of a place where it means this place and no other; else its code."""
    name = vocabulary.places.name(code, lang)
    try:
        return name if not _LINES.search(name) and _place(name, vocabulary) == code else code
    except NotRead:
        return code


@dataclass(frozen=True, slots=True)
class _Renamed:
    """The fields of a form under a shorter name: the rows of a group are read as rows are."""

    sent: Sent
    front: str
    name: str

    def _whole(self, key: str) -> str:
        return self.front + key.removeprefix(self.name)

    def getlist(self, key: str) -> Sequence[str]:
        return self.sent.getlist(self._whole(key))

    def __contains__(self, key: object) -> bool:
        return self._whole(str(key)) in self.sent
