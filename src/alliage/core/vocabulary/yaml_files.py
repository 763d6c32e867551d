"""Reading YAML strictly: one document, no duplicate keys, no aliases, bounded size and depth, UTF-8 only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from yaml.composer import Composer
from yaml.reader import Reader

from alliage.core.vocabulary.errors import AlliageError, Problem, shown

LARGEST_BYTES = 4_000_000
DEEPEST = 40

_STRING, _DAY = "tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp"

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The C loader has a composer of its own, which never calls `compose_node`: the one in Python comes before it.
_Composed: Any = _Base if issubclass(_Base, Composer) else type("_Composed", (Composer, _Base), {})


class _StrictLoader(_Composed):  # type: ignore[misc]  # the C loader is untyped, and absent from some builds
    """A safe loader that refuses duplicate keys, aliases, tags and deep nesting, and keeps dates and numbers typed."""

    depth = 0

    def __init__(self, text: str) -> None:
        _Base.__init__(self, text)
        Composer.__init__(self)

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        if isinstance(event, yaml.events.AliasEvent):
            raise _refusal("yaml-alias", event.start_mark, "*", "")
        if getattr(event, "tag", None):
            raise _refusal("yaml-syntax", event.start_mark, event.tag, "")
        self.depth += 1
        if self.depth > DEEPEST:
            raise _refusal("yaml-too-deep", self.peek_event().start_mark, f"> {DEEPEST}", str(DEEPEST))
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - PyYAML calls it so
        seen: set[str] = set()
        for key_node, _ in node.value:
            key = key_node.value
            if key_node.tag != _STRING:
                found = shown(key) if isinstance(key, str) else ""
                raise _refusal("yaml-key", key_node.start_mark, found, f'"{found or "…"}"')
            if key in seen:
                raise _refusal("yaml-duplicate-key", key_node.start_mark, key, "")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)

    def construct_object(self, node: Any, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - PyYAML calls it so
        try:
            return super().construct_object(node, deep=deep)
        except ValueError:  # a day such as 2026-02-30, a number of thousands of digits
            expected = "2026-11-23" if node.tag == _DAY else ""
            raise _refusal("yaml-value", node.start_mark, shown(node.value), expected) from None


class _Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def _refusal(code: str, mark: Any, found: str, expected: str) -> _Refused:
    return _Refused(Problem(code=code, where=_line(mark), found=found, expected=expected))


def _line(mark: Any) -> str:
    return f"{mark.line + 1}:{mark.column + 1}" if mark is not None else ""


def read_yaml(path: Path, *, name: str | None = None) -> Any:
    """The content of one YAML file.

    Raises:
        AlliageError: ``file-missing``, ``file-too-large``, ``file-encoding``, ``file-empty`` or a ``yaml-…`` code.
    """
    where = name or path.name
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_BYTES + 1)
    except OSError:
        raise AlliageError([Problem("file-missing", where)]) from None
    return parse_yaml(raw, name=where)


def parse_yaml(raw: bytes, *, name: str) -> Any:
    """The content of YAML bytes; see :func:`read_yaml` for the errors."""
    if len(raw) > LARGEST_BYTES:
        raise AlliageError([Problem("file-too-large", name, f"> {LARGEST_BYTES} B", f"≤ {LARGEST_BYTES} B")])
    text = _text(raw, name)
    try:
        content = _load(text)
    except _Refused as refused:
        problem = refused.problem
        place = f"{name}::{problem.where}"
        raise AlliageError([Problem(problem.code, place, problem.found, problem.expected)]) from None
    except yaml.YAMLError as error:
        raise AlliageError([_syntax_problem(error, text, name)]) from None
    if content is None:
        raise AlliageError([Problem("file-empty", name, "", "")])
    return content


def _text(raw: bytes, name: str) -> str:
    """The bytes as text that YAML admits: UTF-8, without control characters."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start, found = error.start, f"0x{raw[error.start]:02x}"
    else:
        odd = Reader.NON_PRINTABLE.search(text)
        if odd is None:
            return text
        start, found = len(text[: odd.start()].encode()), f"U+{ord(odd.group()):04X}"
    line = raw[:start].count(b"\n") + 1
    raise AlliageError([Problem("file-encoding", f"{name}::{line}", found, "UTF-8")])


def _syntax_problem(error: yaml.YAMLError, text: str, name: str) -> Problem:
    """Where YAML stops making sense, and the line that stands there, or that began what is not closed."""
    if "nesting" in (getattr(error, "problem", None) or ""):
        return Problem("yaml-too-deep", name, f"> {DEEPEST}", str(DEEPEST))
    lines = text.splitlines()
    for mark in (getattr(error, "problem_mark", None), getattr(error, "context_mark", None)):
        if mark is not None and mark.line < len(lines) and lines[mark.line].strip():
            return Problem("yaml-syntax", f"{name}::{_line(mark)}", shown(lines[mark.line].strip()))
    return Problem("yaml-syntax", name, shown(getattr(error, "problem", "")))


def _load(text: str) -> Any:
    loader = _StrictLoader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()
