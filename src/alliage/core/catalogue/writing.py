"""Writing a programme's document as the YAML of a pack: the same document gives the same text, and is read back equal.

Keys come in the order of the written form (:class:`.ProgrammeDocument`), what is a default is left out, days are days,
words are quoted, and what is short and plain (a condition, a window, a list of codes) stands on one line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from alliage.core.catalogue.document import ProgrammeDocument

WIDTH = 120
ONE_LINE = 104  # signs of a mapping that may stand on one line
BLOCKS = frozenset({"fr", "url", "instrument", "kind"})  # a mapping that has one of these keys is read down the page
_NAME = re.compile(r"[a-z][a-z0-9]*([._-][a-z0-9]+)*")
_NOT_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def programme_yaml(document: Mapping[str, Any]) -> str:
    """The YAML of a document that was checked (:func:`.shapes.checked`); reading it gives the same document."""
    own = {key: value for key, value in document.items() if key != "file"}
    plain = ProgrammeDocument.model_validate(own).model_dump(by_alias=True, exclude_defaults=True)
    text: str = yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return text


class _Dumper(yaml.SafeDumper):
    """The house's hand in YAML."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML names it so; the reader refuses aliases
        return True


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    plain = _NAME.fullmatch(value) and value not in _NOT_WORDS
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=None if plain else '"')


def _mapping(dumper: _Dumper, value: dict[str, Any]) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=_on_one_line(value))


def _list(dumper: _Dumper, value: list[Any]) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=all(map(_is_plain, value)))


def _is_plain(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _on_one_line(value: dict[str, Any]) -> bool:
    """Whether a mapping is short, of plain values and lists of them."""
    if not BLOCKS.isdisjoint(value):
        return False
    parts = [part for one in value.values() for part in (one if isinstance(one, list) else [one])]
    return all(map(_is_plain, parts)) and sum(len(str(part)) + 2 for part in (*value, *parts)) <= ONE_LINE


_Dumper.add_representer(str, _text)
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _list)
