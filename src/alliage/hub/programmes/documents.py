"""Documents as the database keeps them: their digests, a pack read with its broken files put aside, and catalogues.

Plain Python over the core: no table is read or written here.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import alliage
from alliage.core.catalogue.catalogue import Catalogue, build_catalogue
from alliage.core.catalogue.check import pack_problems, programme_problems
from alliage.core.catalogue.sources import read_pack, revision
from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.core.vocabulary.vocabulary import Vocabulary, build_vocabulary

Document = dict[str, Any]
Problems = Mapping[str, list[Problem]]  # by file or by id
_FOLDER = "programmes/"


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that cannot be used; ``document`` is ``None`` if not even its shape could be read."""

    id: str
    document: Document | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class PackRead:
    """A pack as found on disk: its parts, its good documents by id, and those that were put aside."""

    id: str
    revision: str
    parts: Mapping[str, Any]
    documents: Mapping[str, Document]
    refused: tuple[Refused, ...]


def digest(value: object) -> str:
    """The SHA-256 of plain data, whatever the order of its keys."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def read(pack: str | Path, *, known: Iterable[str] = ()) -> PackRead:
    """A pack, its broken programmes put aside. ``known`` are ids that its programmes may name besides its own.

    Raises:
        AlliageError: what is wrong is not in a programme, so that no programme can be trusted.
    """
    folder = alliage.pack_folder(pack)
    raw, unreadable = _shaped(folder)
    wrong = pack_problems({**raw, "programmes": {}})
    if wrong:
        raise AlliageError(wrong)
    named = {**dict.fromkeys((*known, *(refused.id for refused in unreadable))), **raw["programmes"]}
    good, refused = _checked(raw, named)
    return PackRead(
        id=raw["manifest"]["id"],
        revision=revision(folder),
        parts={key: value for key, value in raw.items() if key != "programmes"},
        documents=good,
        refused=(*unreadable, *refused),
    )


def _shaped(folder: Path) -> tuple[dict[str, Any], list[Refused]]:
    """The plain data of a pack, and the programme files that cannot be read."""
    try:
        return read_pack(folder, common=alliage.COMMON), []
    except AlliageError as error:
        by_file = _by_file(error.problems)
        if not by_file or not all(file.startswith(_FOLDER) for file in by_file):
            raise
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / folder.name
        shutil.copytree(folder, copy)
        for file in by_file:
            (copy / file).unlink(missing_ok=True)
        raw = read_pack(copy, common=alliage.COMMON)
    return raw, [Refused(Path(file).stem, None, tuple(problems)) for file, problems in by_file.items()]


def _by_file(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.where.split("::")[0], []).append(problem)
    return found


def _checked(raw: Mapping[str, Any], named: Mapping[str, Any]) -> tuple[dict[str, Document], list[Refused]]:
    """The documents that mean something, without the name of their file, and the others."""
    vocabulary = build_vocabulary(raw)
    wrong: dict[str, list[Problem]] = {}
    for id_, document in raw["programmes"].items():
        found = problems(document, raw={**raw, "programmes": named}, vocabulary=vocabulary)
        if found:
            wrong[id_] = found
    living = {id_: document for id_, document in raw["programmes"].items() if id_ not in wrong}
    files = {document["file"]: id_ for id_, document in living.items()}
    for problem in pack_problems({**raw, "programmes": living}):
        if problem.code.startswith("redirect-"):
            wrong.setdefault(files[problem.where.split("::")[0]], []).append(problem)
    good = {id_: _own(document) for id_, document in living.items() if id_ not in wrong}
    return good, [Refused(id_, _own(raw["programmes"][id_]), tuple(found)) for id_, found in wrong.items()]


def problems(document: Document, *, raw: Mapping[str, Any], vocabulary: Vocabulary) -> list[Problem]:
    """Every error of meaning in a document; a document that breaks the check itself is an error too."""
    try:
        return programme_problems(document, raw=raw, vocabulary=vocabulary)
    except (AlliageError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # what a hand or an old version wrote may not even have the shape that the check counts on
        return [Problem("value-type", str(document.get("id", "")), type(error).__name__)]


def _own(document: Mapping[str, Any]) -> Document:
    return {key: value for key, value in document.items() if key != "file"}


# --------------------------------------------------------------------------------------------------- catalogues


def assemble(
    parts: Mapping[str, Any], documents: Mapping[str, Document], redirects: Mapping[str, str], *, revision: str
) -> tuple[Catalogue, Problems]:
    """The catalogue of these documents, and the problems of those that had to be left out of it."""
    raw = {**parts, "programmes": documents}
    vocabulary = build_vocabulary(raw)
    wrong = {
        id_: found
        for id_, document in documents.items()
        if (found := problems(document, raw=raw, vocabulary=vocabulary)) and not _only_names(found)
    }
    good = {id_: document for id_, document in documents.items() if id_ not in wrong}
    catalogue = build_catalogue({**parts, "programmes": good}, revision=revision)
    told = dict(_living({**redirects, **catalogue.redirects}, catalogue.programmes.keys()))
    return dataclasses.replace(catalogue, redirects=told), wrong


def _only_names(found: Iterable[Problem]) -> bool:
    """Whether all that is wrong is the name of a programme that is no longer there: the rest still holds."""
    return all(problem.code == "programme-reference" for problem in found)


def _living(redirects: Mapping[str, str], living: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The redirects that lead, in one step or several, to a programme of the catalogue; a living id is itself."""
    alive = set(living)
    for old, target in redirects.items():
        seen = {old}
        while target not in alive and target in redirects and target not in seen:
            seen.add(target)
            target = redirects[target]  # noqa: PLW2901 - the target's own target
        if old not in alive and target in alive:
            yield old, target
