"""The papers of a plan as files: refused before anything is worked out, written once all is known."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from alliage.core.vocabulary.errors import AlliageError, Problem, shown

OUTPUT = "-"  # standard output
# What a file of each kind starts with: one that is there already is only replaced by another of its kind.
STARTS = {"pdf": b"%PDF", "xlsx": b"PK", "ics": b"BEGIN:VCALENDAR"}


def refuse_wrong_places(wanted: Mapping[str, str], *, as_json: bool) -> None:
    """That every paper can be written where it is wanted. ``as_json``: standard output is for the answer.

    Raises:
        AlliageError: ``save-folder`` if there is no such folder, ``paper-exists`` if something else is there,
            ``paper-output`` if standard output cannot take it, ``paper-twice`` if two papers want one file.
    """
    piped = [kind for kind, path in wanted.items() if path == OUTPUT]
    problems = [_refused(kind, Path(path)) for kind, path in wanted.items() if path != OUTPUT]
    if len(piped) > 1 or (piped and (as_json or sys.stdout.isatty())):
        problems += [Problem("paper-output", f"--{kind}", OUTPUT, f"--{kind} - > plan.{kind}") for kind in piped]
    told = [problem for problem in problems if problem] or list(_twice(wanted))
    if told:
        raise AlliageError(told)


def _twice(wanted: Mapping[str, str]) -> Iterator[Problem]:
    """The papers that would replace another of the same command, whatever way its path is written."""
    taken: dict[Path, str] = {}
    for kind, path in wanted.items():
        if path == OUTPUT:
            continue
        other = taken.setdefault(Path(path).resolve(), kind)
        if other != kind:
            yield Problem("paper-twice", f"--{kind}", shown(path), f"--{other} plan.{other} --{kind} plan.{kind}")


def refuse_long_texts(typed: Mapping[str, str | None]) -> None:
    """That what is to be printed can be printed whole, by the option that gives it.

    Raises:
        AlliageError: ``name-too-long``.
    """
    from alliage.papers.printable import too_long

    told = [problem for option, text in typed.items() for problem in too_long(text or "", where=f"--{option}")]
    if told:
        raise AlliageError(told)


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
    """Write the papers, and give back their paths; one of them may go to standard output, as ``-``.

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
        if path == OUTPUT:
            typer.echo(made[kind], nl=False)
            continue
        try:
            Path(path).write_bytes(made[kind])
        except OSError as error:
            raise AlliageError([Problem("paper-failed", f"--{kind}", shown(error.strerror or path), "")]) from None
    return list(wanted.values())
