"""Reading YAML strictly: one document, no duplicate keys, no aliases, bounded size and depth, UTF-8 only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from alliage.core.vocabulary.errors import AlliageError, Problem, shown

LARGEST_BYTES = 4_000_000
DEEPEST = 40

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Base):  # type: ignore[misc]  # the C loader is untyped, and absent from some builds
    """A safe loader that refuses duplicate keys, aliases and deep nesting, and keeps dates and numbers typed."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise _refusal("yaml-alias", self.peek_event().start_mark, "*", "")
        self.depth += 1
        if self.depth > DEEPEST:
            raise _refusal("yaml-too-deep", self.peek_event().start_mark, f"> {DEEPEST}", str(DEEPEST))
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - PyYAML calls it so
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise _refusal("yaml-key", key_node.start_mark, shown(key), '"…"')
            if key in seen:
                raise _refusal("yaml-duplicate-key", key_node.start_mark, key, "")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


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
        if path.stat().st_size > LARGEST_BYTES:
            found = f"{path.stat().st_size} B"
            raise AlliageError([Problem("file-too-large", where, found, f"{LARGEST_BYTES} B")])
        raw = path.read_bytes()
    except OSError as error:
        raise AlliageError([Problem("file-missing", where, error.strerror or "")]) from None
    return parse_yaml(raw, name=where)


def parse_yaml(raw: bytes, *, name: str) -> Any:
    """The content of YAML bytes; see :func:`read_yaml` for the errors."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise AlliageError(
            [Problem("file-encoding", f"{name}::{line}", f"0x{raw[error.start]:02x}", "UTF-8")]
        ) from None
    try:
        content = _load(text)
    except _Refused as refused:
        problem = refused.problem
        place = f"{name}::{problem.where}"
        raise AlliageError([Problem(problem.code, place, problem.found, problem.expected)]) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        found = shown(getattr(error, "problem", None) or str(error))
        raise AlliageError([Problem("yaml-syntax", f"{name}::{_line(mark)}", found)]) from None
    if content is None:
        raise AlliageError([Problem("file-empty", name, "", "")])
    return content


def _load(text: str) -> Any:
    loader = _StrictLoader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()
