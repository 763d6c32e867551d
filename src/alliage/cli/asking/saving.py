"""A profile as a YAML file that ``alliage match`` reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from errno import ENOENT
from itertools import count
from pathlib import Path
from typing import Any

from alliage.core.rules.wording import written_like
from alliage.core.vocabulary.answers import plain
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.errors import AlliageError, Problem, shown
from alliage.core.vocabulary.profile import UNKNOWN, Profile
from alliage.core.vocabulary.vocabulary import Vocabulary

_COMMENT = re.compile(r"(^|\s)#", re.MULTILINE)


def profile_plain(profile: Profile, *, vocabulary: Vocabulary, lang: str | None = None) -> dict[str, dict[str, Any]]:
    """A profile as plain data, in the order of the questions: what ``read_profile`` reads gives the same profile.

    With a language, places that only one place is called by have their names.
    """
    parts: dict[str, dict[str, Any]] = {}
    for name, attribute in vocabulary.attributes.items():
        if name in profile.answers:
            value = plain(profile.answers[name])
            written = _named(value, attribute, vocabulary, lang) if lang else value
            parts.setdefault(attribute.scope, {})[attribute.short] = written
        elif name in profile.unknown:
            parts.setdefault(attribute.scope, {})[attribute.short] = UNKNOWN
    if profile.lines:
        scope, _, short = vocabulary.roles.lines.partition(".")
        parts.setdefault(scope, {})[short] = [_line(line) for line in profile.lines]
    return parts


def _named(value: Any, attribute: Attribute, vocabulary: Vocabulary, lang: str) -> Any:
    """A value as a person writes it: the names of places instead of their codes, a code spaced like its example."""
    if isinstance(value, list):
        return [_named(item, attribute, vocabulary, lang) for item in value]
    if isinstance(value, dict):
        return {key: _named(item, attribute, vocabulary, lang) for key, item in value.items()}
    if attribute.type == "code" and attribute.example:
        return written_like(attribute.example, value)
    if attribute.type != "place" or value == UNKNOWN:
        return value
    name = vocabulary.places.name(value, lang)
    return name if vocabulary.places.named(name) == [value] else value


def _line(line: Any) -> dict[str, Any]:
    amount = int(line.amount) if line.amount == line.amount.to_integral_value() else float(line.amount)
    dated = {"date": line.date.isoformat()} if line.date else {}
    given = {"in_kind": True} if line.in_kind else {}
    return {"category": line.category, "amount": amount, **dated, **given}


def profile_yaml(profile: Profile, *, vocabulary: Vocabulary, head: str, lang: str = "fr") -> str:
    """A profile as YAML, under a line of comment."""
    import yaml

    content = profile_plain(profile, vocabulary=vocabulary, lang=lang) or {"company": {}}
    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, default_flow_style=None, width=110)
    return f"# {head}\n{text}"


def refuse_to_overwrite(path: Path, *, but: str | None) -> None:
    """Before a conversation, that its answers can be saved at its end.

    Raises:
        AlliageError: ``save-exists`` if another file is there, ``save-folder`` if there is no such folder.
    """
    if path.exists() and (but is None or path.resolve() != Path(but).resolve()):
        raise AlliageError([Problem("save-exists", "--save", shown(str(path)), "")])
    if not path.parent.is_dir():
        raise AlliageError([Problem("save-folder", "--save", shown(str(path.parent)), "")])


def save(path: Path, text: str) -> None:
    """Write the profile.

    Raises:
        AlliageError: ``save-failed``.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AlliageError([_failed(path, error)]) from None


def _failed(path: Path, error: OSError) -> Problem:
    """Why a file could not be written; the system's own words are in English."""
    code = "save-folder" if error.errno == ENOENT else "save-failed"
    return Problem(code, "--save", shown(str(path.parent if code == "save-folder" else path)), "")


def put_aside(path: Path) -> Path | None:
    """Keep a copy of a file whose comments would be lost; where it is kept, or ``None`` if it has no comment.

    Raises:
        AlliageError: ``save-failed``.
    """
    try:
        text = path.read_text(encoding="utf-8")
        written = text.partition("\n")[2] if text.startswith(("# Profil", "# Profile")) else text
        if not _COMMENT.search(written):
            return None
        copy = next(name for name in _former_names(path) if not name.exists())
        copy.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AlliageError([_failed(path, error)]) from None
    return copy


def _former_names(path: Path) -> Iterator[Path]:
    """``company.old.yaml``, then ``company.old2.yaml`` and so on."""
    for number in count(1):
        yield path.with_name(f"{path.stem}.old{number if number > 1 else ''}{path.suffix}")
