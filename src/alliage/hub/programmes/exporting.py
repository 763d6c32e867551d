"""The catalogue of the database as a pack again: loading what was exported changes nothing.

A programme that is as its pack has it keeps the very bytes of its file; what was edited is written in the house's hand.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import alliage
from alliage.core.catalogue.sources import pack_files
from alliage.core.catalogue.writing import programme_yaml
from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.hub.programmes import documents
from alliage.hub.programmes.models import CatalogueState, Programme

_FOLDER = "programmes"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did, by programme id: files kept as the pack has them, written again, and taken away."""

    kept: tuple[str, ...]
    written: tuple[str, ...]
    gone: tuple[str, ...]


def export_pack(folder: Path, *, pack: str | Path) -> Exported:
    """Write the pack that the database holds in a folder: new, empty, or a pack already, which is brought up to date.

    ``pack`` is the pack that was loaded last: all that is no programme is copied from it.

    Raises:
        AlliageError: ``pack-missing`` if no pack was ever loaded; ``pack-not-loaded`` if the database has another
            vocabulary than ``pack``; ``folder-taken`` if the folder holds something else.
    """
    source = alliage.pack_folder(pack)
    state = CatalogueState.objects.first()
    if state is None:
        raise AlliageError([Problem("pack-missing", "database")])
    found = documents.read(pack, known=Programme.objects.values_list("id", flat=True))
    if documents.digest(found.parts) != state.parts_id:
        raise AlliageError([Problem("pack-not-loaded", str(source), found.revision, state.pack_revision)])
    if folder.exists() and not (folder.is_dir() and ((folder / "pack.yaml").is_file() or not any(folder.iterdir()))):
        raise AlliageError([Problem("folder-taken", str(folder))])
    _copy_parts(source, folder)
    return _write_programmes(source, folder, found=found)


def _copy_parts(source: Path, folder: Path) -> None:
    """All that is no programme, as it is."""
    for file in pack_files(source):
        name = file.relative_to(source)
        if name.parts[0] != _FOLDER and folder.resolve() != source.resolve():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, folder / name)


def _write_programmes(source: Path, folder: Path, *, found: documents.PackRead) -> Exported:
    files = {file.stem: file.relative_to(source) for file in (source / _FOLDER).rglob("*.yaml")}
    levels = {provider["id"]: provider["level"] for provider in found.parts["providers"]}
    kept: list[str] = []
    written: list[str] = []
    living = Programme.objects.filter(retired=None).order_by("id").values_list("id", "current__document")
    for id_, document in living:
        same = found.documents.get(id_) == document
        name = files.get(id_) or Path(_FOLDER, levels[document["provider"]], f"{id_}.yaml")
        content = (source / name).read_bytes() if same else programme_yaml(document).encode()
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        (kept if same else written).append(id_)
    return Exported(tuple(kept), tuple(written), tuple(_take_away(folder)))


def _take_away(folder: Path) -> list[str]:
    """Files of programmes that are retired; a file that the database never knew is not ours to delete."""
    retired = set(Programme.objects.exclude(retired=None).values_list("id", flat=True))
    gone = [file for file in (folder / _FOLDER).rglob("*.yaml") if file.stem in retired]
    for file in gone:
        file.unlink()
    return sorted(file.stem for file in gone)
