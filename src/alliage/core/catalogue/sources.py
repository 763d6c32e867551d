"""Reading a pack's files into plain data, each checked for its shape; what a pack holds is then one mapping.

Nothing is half-read: every mistake of every file is reported together.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from alliage.core.catalogue.phrases import read_phrases
from alliage.core.vocabulary.errors import AlliageError, Problem, shown
from alliage.core.vocabulary.yaml_files import parse_yaml, read_yaml

Raw = dict[str, Any]

PLACE_COLUMNS = ("code", "parent", "level", "name_fr", "name_en")
CODE_COLUMNS = ("code", "name_fr", "name_en")
PREFIX_COLUMNS = ("prefix", "places")


def pack_files(folder: Path) -> list[Path]:
    """Every data file of a pack, in one order everywhere."""
    found = (Path(root, name) for root, _, names in os.walk(folder) for name in names)
    return sorted(path for path in found if path.suffix in (".yaml", ".csv"))


def revision(folder: Path) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of a pack's files, names included."""
    digest = hashlib.sha256()
    for path in pack_files(folder):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def read_pack(folder: Path, *, common: Path) -> Raw:
    """The plain data of a pack: shapes are checked, meanings are not (see :mod:`.check`).

    Raises:
        AlliageError: ``pack-missing``, or every mistake of shape in its files.
    """
    if not (folder / "pack.yaml").is_file():
        raise AlliageError([Problem("pack-missing", str(folder), "", "pack.yaml")])
    from alliage.core.catalogue import document, pack_document, shapes  # noqa: PLC0415 - a compiled pack needs none

    problems: list[Problem] = []

    def part(name: str, model: Any, *, empty: Any = None) -> Any:
        path = folder / name
        if not path.is_file() and empty is not None:
            return empty
        return _gathered(problems, lambda: shapes.checked(read_yaml(path), model=model, where=name), empty)

    raw: Raw = {
        "manifest": part("pack.yaml", pack_document.Manifest),
        "attributes": part("attributes.yaml", pack_document.AttributesFile),
        "derivations": part("derivations.yaml", pack_document.DerivationsFile, empty={}),
        "place_sets": part("place_sets.yaml", pack_document.PlaceSets, empty=[]),
        "providers": part("providers.yaml", pack_document.Providers),
        "expenses": part("expenses.yaml", pack_document.Expenses),
        "synonyms": part("synonyms.yaml", pack_document.Synonyms, empty=[]),
        "companies": part("companies.yaml", pack_document.Companies, empty=[]),
        "code_words": part("code_words.yaml", pack_document.CodeWords, empty={}),
    }
    for name in ("capabilities", "organisations"):
        path = folder / f"{name}.yaml"
        raw[name] = _gathered(problems, partial(_json_data, path), None) if path.is_file() else None
    raw["phrases"] = _gathered(problems, lambda: read_phrases(folder, common=common), {})
    raw["places"] = _gathered(problems, lambda: read_table(folder / "places.csv", PLACE_COLUMNS), [])
    raw["codes"] = _code_tables(folder, raw["attributes"], problems)
    for table in (raw["derivations"] or {}).get("tables", ()):
        table["rows"] = _gathered(problems, partial(read_table, folder / table["file"], PREFIX_COLUMNS), [])
    raw["programmes"] = {}
    for path, content in _programmes(folder, problems):
        where = path.relative_to(folder).as_posix()
        shape = partial(shapes.checked, content, model=document.ProgrammeDocument, where=where)
        read = _gathered(problems, shape, None)
        if read is not None:
            problems += _name_problems(read["id"], path, where, raw["programmes"])
            raw["programmes"][read["id"]] = {**read, "file": where}
    if problems:
        raise AlliageError(problems)
    return raw


def _json_data(path: Path) -> Any:
    """The content of a YAML file as JSON gives it back, so that a compiled pack is the same: days are text."""
    return json.loads(json.dumps(read_yaml(path), default=str))


def _gathered(problems: list[Problem], read: Callable[[], Any], otherwise: Any) -> Any:
    """What ``read`` gives, or ``otherwise`` with its problems put with the others."""
    try:
        return read()
    except AlliageError as error:
        problems.extend(error.problems)
        return otherwise


def _programmes(folder: Path, problems: list[Problem]) -> Iterator[tuple[Path, Any]]:
    paths = sorted((folder / "programmes").rglob("*.yaml"))
    if not paths:
        problems.append(Problem("file-missing", "programmes", "", "programmes/….yaml"))
    for path in paths:
        where = path.relative_to(folder).as_posix()
        content = _gathered(problems, partial(read_yaml, path, name=where), None)
        if content is not None:
            yield path, content


def _name_problems(id_: str, path: Path, where: str, seen: Mapping[str, Any]) -> list[Problem]:
    found = []
    if path.stem != id_:
        found.append(Problem("programme-file-name", where, path.name, f"{id_}.yaml"))
    if id_ in seen:
        found.append(Problem("programme-duplicate", where, id_, seen[id_]["file"]))
    return found


def _code_tables(folder: Path, attributes: Any, problems: list[Problem]) -> dict[str, list[dict[str, str]]]:
    """The tables that attributes of type code name; a code with a ``pattern`` has none."""
    names = {a.get("codes") for a in (attributes or {}).get("attributes", ()) if a.get("codes")}
    return {
        name: _gathered(problems, partial(read_table, folder / f"{name}.csv", CODE_COLUMNS), [])
        for name in sorted(names)
    }


def read_table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV file that has at least these columns; lines that start with ``#`` are comments.

    Raises:
        AlliageError: ``file-missing``, ``file-encoding``, ``table-columns`` or ``table-row``.
    """
    text = _table_text(path)
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line and not line.startswith("#")]
    head = _cells(lines[0][1]) if lines else []
    if not set(columns) <= set(head):
        raise AlliageError([Problem("table-columns", path.name, ", ".join(head), ", ".join(columns))])
    rows = [(number, line, dict(zip(head, _cells(line), strict=False))) for number, line in lines[1:]]
    problems = [
        Problem("table-row", f"{path.name}::{number}", shown(line), ", ".join(head))
        for number, line, row in rows
        if len(_cells(line)) != len(head) or not row[columns[0]]
    ]
    if problems:
        raise AlliageError(problems)
    return [{column: row[column] for column in columns} for _, _, row in rows]


def _table_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError:
        raise AlliageError([Problem("file-missing", path.name)]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found = f"0x{error.object[error.start]:02x}"
        raise AlliageError([Problem("file-encoding", f"{path.name}::{line}", found, "UTF-8")]) from None


def _cells(line: str) -> list[str]:
    """The cells of one line; none if its quotes do not close."""
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error:
        return []


def read_programme(raw: bytes, *, name: str) -> Raw:
    """One programme document from YAML bytes, its shape checked."""
    from alliage.core.catalogue import document, shapes  # noqa: PLC0415 - as in read_pack

    read: Raw = shapes.checked(parse_yaml(raw, name=name), model=document.ProgrammeDocument, where=name)
    return read
