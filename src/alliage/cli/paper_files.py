"""The papers of a plan as files: refused before anything is worked out, written once all is known."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from alliage.core.vocabulary.errors import AlliageError, Problem, shown

# What a file of each kind starts with: one that is there already is only replaced by another of its kind.
STARTS = {"pdf": b"%PDF", "xlsx": b"PK", "ics": b"BEGIN:VCALENDAR"}


def refuse_wrong_places(wanted: Mapping[str, str]) -> None:
    """That every paper can be written where it is wanted.

    Raises:
        AlliageError: ``save-folder`` if there is no such folder, ``paper-exists`` if something else is there,
            ``papers-missing`` if the papers are not installed.
    """
    problems = [problem for kind, path in wanted.items() if (problem := _refused(kind, Path(path)))]
    if problems:
        raise AlliageError(problems)


def _refused(kind: str, path: Path) -> Problem | None:
    where = f"--{kind}"
    if not path.parent.is_dir():
        return Problem("save-folder", where, shown(str(path.parent)), "")
    if path.is_dir():
        return Problem("paper-exists", where, shown(str(path)), f"*.{kind}")
    if not path.exists():
        return None
    try:
        with path.open("rb") as given:
            start = given.read(len(STARTS[kind]))
    except OSError:
        return Problem("paper-failed", where, shown(str(path)), "")
    return Problem("paper-exists", where, shown(str(path)), f"*.{kind}") if start not in (b"", STARTS[kind]) else None


def write_papers(answer: Mapping[str, Any], wanted: Mapping[str, str], *, lang: str) -> list[str]:
    """Write the papers, and give back their paths.

    Raises:
        AlliageError: ``paper-failed``, ``papers-missing``.
    """
    if not wanted:
        return []
    try:
        from alliage import papers

        made = {kind: getattr(papers, kind)(answer, lang=lang) for kind in wanted}
    except ModuleNotFoundError as missing:
        raise AlliageError([Problem("papers-missing", "alliage", shown(missing.name), "alliage[papers]")]) from None
    for kind, path in wanted.items():
        try:
            Path(path).write_bytes(made[kind])
        except OSError as error:
            raise AlliageError([Problem("paper-failed", f"--{kind}", shown(error.strerror or path), "")]) from None
    return list(wanted.values())
