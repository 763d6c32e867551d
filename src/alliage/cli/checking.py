"""Checking a pack or one programme: every error, every warning, every case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import alliage
from alliage.cli.case_check import case_problems
from alliage.cli.opening import cache_folder, today
from alliage.core.catalogue.catalogue import Catalogue, build_catalogue
from alliage.core.catalogue.check import pack_problems, programme_problems
from alliage.core.catalogue.programme import Programme
from alliage.core.catalogue.sources import read_pack, read_programme, revision
from alliage.core.catalogue.warnings import programme_warnings
from alliage.core.rules.condition import leaves
from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.core.vocabulary.vocabulary import build_vocabulary
from alliage.core.vocabulary.yaml_files import LARGEST_BYTES, parse_yaml


@dataclass(frozen=True, slots=True)
class Checked:
    """What was checked, and what was found. ``counts`` are of what could be read."""

    target: str
    kind: str  # pack or file
    errors: Sequence[Problem]
    warnings: Sequence[Problem] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    def warnings_by_code(self) -> dict[str, list[Problem]]:
        """The warnings grouped by what they say, the commonest first."""
        groups: dict[str, list[Problem]] = {}
        for warning in self.warnings:
            groups.setdefault(warning.code, []).append(warning)
        return dict(sorted(groups.items(), key=lambda item: -len(item[1])))


def check_target(target: str | None, *, on: date | None) -> Checked:
    """Check a pack, by its name or its folder, or one programme's file against the pack that comes with Alliage.

    Without a day, it is today in the pack's time zone.

    Raises:
        AlliageError: ``pack-missing`` or ``file-missing``, if there is nothing to check.
    """
    name = target or alliage.DEFAULT_PACK
    folder = alliage.pack_folder(name)
    if folder.is_dir() or not (folder.is_file() or folder.suffix in (".yaml", ".yml", ".json")):
        return check_pack(folder, name=name, on=on)
    return check_file(folder, on=on)


def check_pack(folder: Path, *, name: str, on: date | None) -> Checked:
    """Check a pack whole: shapes, then meanings, then cases and warnings.

    Raises:
        AlliageError: ``pack-missing``, if there is nothing to check.
    """
    try:
        raw = read_pack(folder, common=alliage.COMMON)
    except AlliageError as error:
        if error.problems[0].code == "pack-missing":
            raise
        return Checked(name, "pack", error.problems)
    errors = pack_problems(raw)
    if errors:
        return Checked(name, "pack", errors)
    catalogue = build_catalogue(raw, revision=revision(folder))
    return _checked(name, "pack", list(catalogue.programmes.values()), catalogue, on)


def check_file(path: Path, *, on: date | None) -> Checked:
    """Check one programme against the pack that comes with Alliage; it takes the place of the one that has its id.

    Raises:
        AlliageError: ``file-missing``, if there is nothing to check.
    """
    name = str(path)
    content = file_bytes(path, name)
    try:
        raw = read_pack(alliage.pack_folder(), common=alliage.COMMON)
        document = {**read_programme(content, name=name), "file": name}
    except AlliageError as error:
        return Checked(name, "file", _perhaps_a_profile(content, name) or error.problems)
    raw["programmes"] = {**raw["programmes"], document["id"]: document}
    errors = programme_problems(document, raw=raw, vocabulary=build_vocabulary(raw))
    if errors:
        return Checked(name, "file", errors)
    catalogue = build_catalogue(raw, revision="")
    return _checked(name, "file", [catalogue.programmes[document["id"]]], catalogue, on)


def file_bytes(path: Path, name: str) -> bytes:
    """The bytes of a file, within bounds.

    Raises:
        AlliageError: ``file-missing``.
    """
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)  # one more than is read: the reader then says that it is too large
    except OSError:
        raise AlliageError([Problem("file-missing", name)]) from None


def _perhaps_a_profile(content: bytes, name: str) -> list[Problem]:
    """That a company's profile was given, rather than the many fields that it lacks to be a programme."""
    try:
        document = parse_yaml(content, name=name)
    except AlliageError:
        return []
    attributes = alliage.load_pack(cache=cache_folder()).vocabulary.attributes.values()
    scopes = {attribute.scope for attribute in attributes}
    if not isinstance(document, Mapping) or not document or not document.keys() <= scopes:
        return []
    return [Problem("check-profile", name, ", ".join(document), "")]


def _checked(name: str, kind: str, programmes: list[Programme], catalogue: Catalogue, on: date | None) -> Checked:
    day = on or today(catalogue.zone)
    errors = [problem for p in programmes for problem in case_problems(p, catalogue=catalogue, on=day)]
    found = [problem for p in programmes for problem in programme_warnings(p, on=day)]
    return Checked(name, kind, errors, found, counts_of(programmes))


def counts_of(programmes: Sequence[Programme]) -> dict[str, int]:
    """How much was checked."""
    counts: Counter[str] = Counter(programmes=len(programmes), conditions=0, sources=0, cases=0)
    for programme in programmes:
        document: Mapping[str, Any] = programme.document
        counts["conditions"] += sum(1 for condition in programme.conditions for _ in leaves(condition))
        counts["sources"] += len(document["sources"])
        counts["cases"] += len(document.get("cases", ()))
    return dict(counts)
