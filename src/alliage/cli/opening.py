"""Opening what a command needs: the catalogue, the day, a profile. This is where the clock is read."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import alliage
from alliage.core.vocabulary.days import FIRST, LAST, read_day
from alliage.core.vocabulary.errors import AlliageError, Problem, shown

if TYPE_CHECKING:
    from alliage.cli.words import Words
    from alliage.core.catalogue.catalogue import Catalogue
    from alliage.core.vocabulary.profile import Profile
    from alliage.core.vocabulary.vocabulary import Vocabulary

CACHE = "ALLIAGE_CACHE"
STANDARD_INPUT = "-"
MOST = 10_000


def open_catalogue(pack: str | None) -> Catalogue:
    """The catalogue of a pack, by its name or its folder; the one that comes with Alliage if none is named.

    Raises:
        AlliageError: every mistake found in the pack.
    """
    return alliage.load_pack(pack or alliage.DEFAULT_PACK, cache=cache_folder())


def cache_folder() -> Path | None:
    """Where compiled packs are kept: ``ALLIAGE_CACHE``, else the user's cache. Set to nothing: nowhere."""
    chosen = os.environ.get(CACHE)
    if chosen is not None:
        return Path(chosen) if chosen else None
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "alliage"
    except RuntimeError:  # no home: nothing is kept
        return None


def day(on: str | None, *, zone: str | None = None) -> date:
    """The day in question: as written, else today in the pack's time zone.

    Raises:
        AlliageError: ``option-date``.
    """
    return today(zone) if on is None else typed_day(on, option="--on")


def typed_day(typed: str, *, option: str) -> date:
    """A day that was typed, of those that a catalogue can be asked about.

    Raises:
        AlliageError: ``option-date``.
    """
    found = read_day(typed)
    if found is None:
        raise AlliageError([Problem("option-date", option, shown(typed), f"{FIRST} – {LAST}")])
    return found


def number(typed: str, *, option: str, most: int = MOST) -> int:
    """The value of an option that is a whole number: how many to show, how long to compute.

    Raises:
        AlliageError: ``option-number``.
    """
    if not typed.isdecimal() or len(typed) > len(str(most)) or not 1 <= int(typed) <= most:
        raise AlliageError([Problem("option-number", option, shown(typed), f"1 – {most}")])
    return int(typed)


def today(zone: str | None) -> date:
    """Today in a time zone; by the computer's own clock if the zone is not named, or not known here."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        known = ZoneInfo(zone) if zone else None
    except (ZoneInfoNotFoundError, ValueError):
        known = None
    return datetime.now(known).date()


def read_document(path: str) -> tuple[Any, str]:
    """The content of a YAML or JSON file, or of standard input for ``-``, and what to call it.

    Raises:
        AlliageError: ``file-…`` and ``yaml-…`` codes.
    """
    from alliage.core.vocabulary.yaml_files import LARGEST_BYTES, parse_yaml, read_yaml

    if path != STANDARD_INPUT:
        return read_yaml(Path(path), name=path), path
    return parse_yaml(sys.stdin.buffer.read(LARGEST_BYTES + 1), name=STANDARD_INPUT), STANDARD_INPUT


def open_profile(path: str, *, catalogue: Catalogue, words: Words, needs: Sequence[str] = ()) -> Profile:
    """A profile from a file; ``needs`` replace those that it gives.

    Raises:
        AlliageError: every mistake found in the file or in the needs.
    """
    from alliage.core.vocabulary.profile import read_profile

    raw, name = read_document(path)
    try:
        profile = read_profile(raw, vocabulary=catalogue.vocabulary, name=name)
    except AlliageError as error:
        from alliage.cli.explaining import explained

        raise explained(error, catalogue=catalogue, words=words) from None
    return with_needs(profile, needs, vocabulary=catalogue.vocabulary, words=words) if needs else profile


def with_needs(profile: Profile, needs: Sequence[str], *, vocabulary: Vocabulary, words: Words) -> Profile:
    """The same profile with other needs, each an id, or a name in either language or a part of it.

    Raises:
        AlliageError: ``profile-value``, with the needs that exist.
    """
    from alliage.cli.asking.typed import meant
    from alliage.cli.explaining import named
    from alliage.core.vocabulary.answers import Possible

    name = vocabulary.roles.needs
    attribute = vocabulary.attributes[name]
    found = {need: meant(need, attribute) for need in needs}
    unclear = [
        Problem("profile-value", "--need", shown(need), named(attribute, words=words, only=ids))
        for need, ids in found.items()
        if len(ids) != 1
    ]
    if unclear:
        raise AlliageError(unclear)
    chosen = frozenset(id_ for ids in found.values() for id_ in ids)
    answers = {**profile.answers, name: Possible(frozenset({chosen}))}
    return replace(profile, answers=answers, unknown=profile.unknown - {name})
