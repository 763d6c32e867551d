"""The same rules and companies in terms that every peer has: numbers, texts and flags; all, any, not.

A NAICS prefix becomes a range of six-digit codes; a multiple choice becomes one flag for each of its values. Where a
question is not answered, its fields are absent, so a peer with three values reads them as unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from alliage.core.rules.condition import All, AnyOf, Condition, Leaf, NoneOf
from alliage.core.vocabulary.answers import Answers, Listed, Possible, Span
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.vocabulary import Vocabulary

CODE_DIGITS = 6


@dataclass(frozen=True)
class Compare:
    """A number against a limit; ``sign`` is one of ``>= <= > <``."""

    field: str
    sign: str
    limit: int


@dataclass(frozen=True)
class OneOf:
    """A text among several."""

    field: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Flag:
    """A field that is true."""

    field: str


@dataclass(frozen=True)
class Every:
    """All the parts."""

    parts: tuple[Test, ...]


@dataclass(frozen=True)
class Some:
    """At least one of the parts."""

    parts: tuple[Test, ...]


@dataclass(frozen=True)
class Not:
    """Not the part."""

    part: Test


Test: TypeAlias = Compare | OneOf | Flag | Every | Some | Not

SIGNS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "below": "<"}


def field_of(name: str) -> str:
    """A short name that every peer accepts."""
    return name.partition(".")[2]


def lowered_rule(rule: Sequence[Condition]) -> Test:
    """One programme as one test."""
    return _every([lowered(condition) for condition in rule])


def lowered(condition: Condition) -> Test:
    """One condition as a test."""
    if isinstance(condition, Leaf):
        return _lowered_leaf(condition)
    parts = [lowered(part) for part in condition.conditions]
    if isinstance(condition, All):
        return _every(parts)
    if isinstance(condition, AnyOf):
        return _some(parts)
    assert isinstance(condition, NoneOf)
    return Not(_some(parts))


def _lowered_leaf(leaf: Leaf) -> Test:
    field, operand = field_of(leaf.attribute), leaf.operand
    if leaf.operator in SIGNS:
        return Compare(field, SIGNS[leaf.operator], operand)
    if leaf.operator == "is":
        return Flag(field) if operand else Not(Flag(field))
    if leaf.operator.endswith("starts_with"):
        inside = _some([_range(field, prefix) for prefix in operand])
        return Not(inside) if leaf.operator.startswith("not_") else inside
    if leaf.operator == "one_of":
        return OneOf(field, operand)
    if leaf.operator == "none_of" and field.startswith("c"):
        return Not(OneOf(field, operand))
    flags: list[Test] = [Flag(value) for value in operand]
    if leaf.operator == "all_of":
        return _every(flags)
    return _some(flags) if leaf.operator == "any_of" else Not(_some(flags))


def _range(field: str, prefix: str) -> Test:
    size = 10 ** (CODE_DIGITS - len(prefix))
    first = int(prefix) * size
    return Every((Compare(field, ">=", first), Compare(field, "<", first + size)))


def _every(parts: list[Test]) -> Test:
    return parts[0] if len(parts) == 1 else Every(tuple(parts))


def _some(parts: list[Test]) -> Test:
    return parts[0] if len(parts) == 1 else Some(tuple(parts))


# ------------------------------------------------------------------------------------------------- companies


def plain_fields(answers: Answers, vocabulary: Vocabulary) -> Mapping[str, Any]:
    """A company as plain fields; a question that is not answered has none."""
    fields: dict[str, Any] = {}
    for name, answer in answers.items():
        attribute = vocabulary.attributes[name]
        if isinstance(answer, Span):
            fields[field_of(name)] = answer.low
        elif isinstance(answer, Listed):
            ((code,),) = answer.items
            fields[field_of(name)] = int(code)
        else:
            assert isinstance(answer, Possible)
            (value,) = answer.values
            fields |= _choices(attribute, value) if attribute.type == "choices" else {field_of(name): value}
    return fields


def _choices(attribute: Attribute, chosen: frozenset[str]) -> dict[str, bool]:
    return {value: value in chosen for value in attribute.values or ()}


def fields_by_kind(vocabulary: Vocabulary) -> Mapping[str, list[str]]:
    """All fields, for the peers that want them declared: ``number``, ``text``, ``flag``."""
    kinds: dict[str, list[str]] = {"number": [], "text": [], "flag": []}
    for name, attribute in vocabulary.attributes.items():
        if attribute.type == "choices":
            kinds["flag"] += attribute.values or ()
        else:
            kind = {"flag": "flag", "choice": "text"}.get(attribute.type, "number")
            kinds[kind].append(field_of(name))
    return kinds
