"""A profile as a YAML file that ``alliage match`` reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alliage.core.vocabulary.answers import plain
from alliage.core.vocabulary.errors import AlliageError, Problem, shown
from alliage.core.vocabulary.profile import UNKNOWN, Profile
from alliage.core.vocabulary.vocabulary import Vocabulary


def profile_plain(profile: Profile, *, vocabulary: Vocabulary) -> dict[str, dict[str, Any]]:
    """A profile as plain data, in the order of the questions: what ``read_profile`` reads gives the same profile."""
    parts: dict[str, dict[str, Any]] = {}
    for name, attribute in vocabulary.attributes.items():
        if name in profile.answers:
            parts.setdefault(attribute.scope, {})[attribute.short] = plain(profile.answers[name])
        elif name in profile.unknown:
            parts.setdefault(attribute.scope, {})[attribute.short] = UNKNOWN
    if profile.lines:
        scope, _, short = vocabulary.roles.lines.partition(".")
        parts.setdefault(scope, {})[short] = [_line(line) for line in profile.lines]
    return parts


def _line(line: Any) -> dict[str, Any]:
    amount = int(line.amount) if line.amount == line.amount.to_integral_value() else float(line.amount)
    dated = {"date": line.date.isoformat()} if line.date else {}
    return {"category": line.category, "amount": amount, **dated}


def profile_yaml(profile: Profile, *, vocabulary: Vocabulary, head: str) -> str:
    """A profile as YAML, under a line of comment."""
    import yaml

    content = profile_plain(profile, vocabulary=vocabulary) or {"company": {}}
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
        raise AlliageError([Problem("save-failed", str(path), shown(error.strerror or ""), "")]) from None
