"""A form that was sent becomes a document: what it shows is taken from it, the rest from the document behind it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alliage.core.vocabulary.vocabulary import Vocabulary
from alliage.hub.programmes.forms.conditions import Notes, read_conditions, read_inside
from alliage.hub.programmes.forms.layout import CONDITIONS, SECTIONS, WHEN, Field, Rows
from alliage.hub.programmes.forms.places import items_at, put_at, value_at
from alliage.hub.programmes.forms.values import NotRead, Sent, one, read

Document = dict[str, Any]
Options = Mapping[str, Mapping[str, Any]]  # what may be chosen, by the name of a list of the layout
MOST_ROWS = 200
DEEPEST = 40
_NOT_TEXT = re.compile(r"\\u0000|[\ud800-\udfff]")  # signs that no page and no database can hold


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the document, and the fields that could not be, as they were typed and with what to say."""

    document: Document
    notes: Notes


def read_form(sent: Sent, *, behind: Document, options: Options, vocabulary: Vocabulary) -> Reading:
    """The document of a form over the one ``behind`` it: the one that the form showed."""
    notes = Notes()
    document = copy.deepcopy(behind)
    for section in SECTIONS:
        _Owner(sent, notes, options, vocabulary).fields(document, section.fields, here="", there="")
        for rows in section.rows:
            _rows(_Owner(sent, notes, options, vocabulary), document, rows, here="", there="")
        if section.conditions and f"{CONDITIONS}.here" in sent:
            read_ = read_conditions(sent, behind, path=CONDITIONS, vocabulary=vocabulary, notes=notes)
            document["eligibility"] = {"all": read_}
    return Reading(document, notes)


@dataclass(frozen=True, slots=True)
class _Owner:
    """Reads the fields of one mapping of the document. Names begin by ``here`` in what was sent, by ``there`` after."""

    sent: Sent
    notes: Notes
    options: Options
    vocabulary: Vocabulary

    def when(self, owner: Document, *, here: str, there: str) -> bool:
        """Put in its place for whom alone the item holds; whether anything was said of it."""
        if f"{here}{WHEN}.here" not in self.sent:
            return False
        names = (f"{here}{WHEN}", f"{there}{WHEN}")
        read_ = read_inside(self.sent, owner, names=names, path=WHEN, vocabulary=self.vocabulary, notes=self.notes)
        if read_ != [item for _at, item in items_at(owner, WHEN)]:
            put_at(owner, WHEN, read_ or None)
        return bool(read_)

    def fields(self, owner: Document, fields: Sequence[Field], *, here: str, there: str) -> bool:
        """Put what was typed in its place; whether anything was typed at all."""
        said = False
        for field in fields:
            name = here + field.path
            if field.kind == "choices":
                said |= self._choices(owner, field, name, there + field.path)
            elif name in self.sent:
                said |= self._value(owner, field, name, there + field.path)
        return said

    def _value(self, owner: Document, field: Field, name: str, after: str) -> bool:
        typed = one(self.sent, name)
        current = value_at(owner, field.path)
        try:
            value = read(field.kind, typed, current=current, options=list(self.options.get(field.options, ())))
        except NotRead as problem:
            self.notes.put(after, [typed], problem)
        else:
            if value is not current:
                put_at(owner, field.path, value)
        return bool(typed)

    def _choices(self, owner: Document, field: Field, name: str, after: str) -> bool:
        if f"{name}.here" not in self.sent:
            return False
        current = value_at(owner, field.path)
        known = self.options[field.options]
        typed = list(dict.fromkeys(self.sent.getlist(name)))
        chosen = [value for value in typed if value in known]
        if len(chosen) < len(typed):
            self.notes.put(after, typed, NotRead("choice"))
        before = current if isinstance(current, list) else []
        if set(chosen) != set(before):
            kept = [value for value in before if value in chosen]
            put_at(owner, field.path, [*kept, *(value for value in chosen if value not in kept)] or None)
        return bool(typed)


def _rows(reader: _Owner, owner: Document, rows: Rows, *, here: str, there: str) -> None:
    """The items of a list: those that were there, without those taken away, and those that were added."""
    path = f"{here}{rows.path}"
    if f"{path}.here" not in reader.sent:
        return
    before = dict(items_at(owner, rows.path))
    read_: dict[str, Document] = {}
    for rank in range(MOST_ROWS):
        front = f"{path}.{rank}."
        if f"{front}at" not in reader.sent:
            break
        at = one(reader.sent, f"{front}at")
        item = copy.deepcopy(dict(before.get(at, {})))
        after = f"{there}{rows.path}.{len(read_)}."
        kept_notes = copy.deepcopy((reader.notes.typed, reader.notes.wrong))
        said = reader.fields(item, rows.fields, here=front, there=after)
        if rows.when:
            said |= reader.when(item, here=front, there=after)
        for inner in rows.inner:
            _rows(reader, item, inner, here=front, there=after)
            said |= bool(items_at(item, inner.path))
        if one(reader.sent, f"{front}drop") or (at not in before and not said):
            reader.notes.typed, reader.notes.wrong = kept_notes
            continue
        read_[at if at in before else _new_key(read_, before, rows)] = item
    _put_rows(owner, rows, before, read_)


def _put_rows(owner: Document, rows: Rows, before: Mapping[str, Any], read_: dict[str, Document]) -> None:
    if read_ == before and list(read_) == list(before):
        return
    put_at(owner, rows.path, (read_ if rows.keyed else list(read_.values())) or None)


def _new_key(read_: Mapping[str, Any], before: Mapping[str, Any], rows: Rows) -> str:
    """A key that no item has: ``s4`` after three sources."""
    number = len(before) + len(read_) + 1
    while f"s{number}" in before or f"s{number}" in read_:
        number += 1
    if not rows.keyed:
        return f"new{number}"
    number = 1
    while f"s{number}" in before or f"s{number}" in read_:
        number += 1
    return f"s{number}"


def read_json(text: str) -> Document:
    """The document of a text of JSON.

    Raises:
        ValueError: it is no JSON, or no object; its words say where.
    """
    try:
        found = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("…") from None
    if not isinstance(found, dict):
        raise ValueError("{…}")
    if _depth(found) > DEEPEST:
        raise ValueError(f"> {DEEPEST}")
    if _NOT_TEXT.search(json.dumps(found, ensure_ascii=False)):
        raise ValueError(r"\u0000, \ud800")
    return found


def _refuse(name: str) -> Any:
    raise ValueError(name)


def _depth(value: Any) -> int:
    """How deep a value goes; counted level by level, for what is very deep."""
    depth, level = 0, [value]
    while level and depth <= DEEPEST:
        depth += 1
        level = [
            inner
            for one_ in level
            if isinstance(one_, dict | list)
            for inner in (one_.values() if isinstance(one_, dict) else one_)
        ]
    return depth


def as_json(document: Mapping[str, Any]) -> str:
    """A document as an expert reads it."""
    return json.dumps(document, ensure_ascii=False, indent=2)
