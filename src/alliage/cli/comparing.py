"""The two sides that ``alliage diff`` compares: two packs, or two files of programmes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alliage.cli.checking import file_bytes
from alliage.cli.opening import open_catalogue
from alliage.core.catalogue.catalogue import Catalogue, build_catalogue
from alliage.core.catalogue.sources import read_programme
from alliage.core.vocabulary.errors import AlliageError, Problem


def two_catalogues(before: str, after: str) -> tuple[Catalogue, Catalogue]:
    """Both sides as catalogues. A programme's file is put in the pack that comes with Alliage, alone.

    Raises:
        AlliageError: ``diff-kinds`` for a pack and a file; every mistake found in either.
    """
    files = [Path(side).is_file() for side in (before, after)]
    if all(files):
        return _two_files(before, after)
    if any(files):
        raise AlliageError([Problem("diff-kinds", "alliage diff", f"{before}, {after}", "")])
    return open_catalogue(before), open_catalogue(after)


def _two_files(before: str, after: str) -> tuple[Catalogue, Catalogue]:
    """The pack that comes with Alliage, once with each programme; only the two may differ."""
    pack = open_catalogue(None)
    documents = [{**read_programme(file_bytes(Path(name), name), name=name), "file": name} for name in (before, after)]
    ids = {document["id"] for document in documents}
    others = {id_: document for id_, document in pack.raw["programmes"].items() if id_ not in ids}
    first, second = (_with(pack, {**others, document["id"]: document}, document) for document in documents)
    return first, second


def _with(pack: Catalogue, programmes: dict[str, Any], document: dict[str, Any]) -> Catalogue:
    from alliage.core.catalogue.check import programme_problems

    problems = programme_problems(document, raw={**pack.raw, "programmes": programmes}, vocabulary=pack.vocabulary)
    if problems:
        raise AlliageError(problems)
    return build_catalogue({**pack.raw, "programmes": programmes}, revision=pack.revision)
