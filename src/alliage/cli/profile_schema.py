"""The JSON Schema of a profile, made from a vocabulary: an editor then completes names and values, and shows the help.

It is a little wider than :func:`.read_profile`, which also knows the places, the codes and the names of places.
"""

from __future__ import annotations

from typing import Any

from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.profile import LONGEST_LIST, MOST_LINES, UNKNOWN
from alliage.core.vocabulary.vocabulary import Vocabulary

Schema = dict[str, Any]
_DAY = {"type": "string", "format": "date"}


def profile_schema(vocabulary: Vocabulary) -> Schema:
    """The schema of a profile: its parts, each with its answers."""
    scopes: dict[str, Schema] = {}
    for attribute in vocabulary.attributes.values():
        scopes.setdefault(attribute.scope, {})[attribute.short] = answer_schema(attribute)
    scope, _, short = vocabulary.roles.lines.partition(".")
    scopes.setdefault(scope, {})[short] = _lines(vocabulary)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _object(properties) for name, properties in scopes.items()},
    }


def answer_schema(attribute: Attribute) -> Schema:
    """The schema of the answers to one attribute: a value, an interval, possibilities, a list, or ``unknown``."""
    value = _value(attribute)
    forms: list[Schema] = [{"enum": [UNKNOWN, None]}, value, _possibilities(value)]
    if attribute.ordered:
        ends = {"anyOf": [value, {"enum": [UNKNOWN, None]}]}
        forms.append({**_object({"from": ends, "to": ends}), "minProperties": 1})
    elif attribute.type == "choices":
        several = _list(value, least=0)
        forms[2] = _possibilities({"anyOf": [value, several]})
        forms += [several, {**_object({"includes": _list(value, least=1)}), "required": ["includes"]}]
    elif attribute.several:
        forms.append(_list({"anyOf": [value, _possibilities(value)]}, least=0))
    words = {"title": attribute.question["en"], "description": attribute.help["en"] if attribute.help else ""}
    return {**words, "anyOf": forms}


def _value(attribute: Attribute) -> Schema:
    if attribute.type == "flag":
        return {"type": "boolean"}
    if attribute.type == "date":
        return _DAY
    if attribute.type in ("choice", "choices"):
        return {"enum": list(attribute.values or {})}
    if attribute.type in ("code", "place"):
        return {"type": ["string", "integer"]} if attribute.type == "code" else {"type": "string"}
    low, high = attribute.limits or (0, None)
    limits = {"minimum": float(low)} | ({} if high is None else {"maximum": float(high)})
    return {"type": "integer" if attribute.type == "count" else "number", **limits}


def _lines(vocabulary: Vocabulary) -> Schema:
    line = _object(
        {
            "category": {"enum": list(vocabulary.expenses)},
            "amount": {"type": "number", "minimum": 0},
            "date": {"anyOf": [_DAY, {"type": "null"}]},
            "in_kind": {"type": "boolean", "description": "Given, not paid: own time, own equipment."},
        }
    )
    return {**_list({**line, "required": ["category", "amount"]}, least=0), "maxItems": MOST_LINES}


def _object(properties: Schema) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _possibilities(value: Schema) -> Schema:
    return {**_object({"one_of": _list(value, least=1)}), "required": ["one_of"]}


def _list(items: Schema, *, least: int) -> Schema:
    return {"type": "array", "items": items, "minItems": least, "maxItems": LONGEST_LIST}
