"""A pack compiled into one file, so that a command starts at once. It can be deleted without changing an answer.

The compiled file is the pack's plain data as ``marshal`` writes it (much quicker to read than JSON), after its own
SHA-256, the revision of the files that it was made from, and the versions of Alliage and Python that wrote it.
Missing, stale, corrupt, of another version or not writable: the files are read instead.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from alliage.__about__ import __version__
from alliage.core.catalogue.catalogue import Catalogue, build_catalogue
from alliage.core.catalogue.sources import read_pack, revision

FORMAT = f"alliage-pack-4 {__version__} {sys.implementation.cache_tag}"


def load(folder: Path, *, common: Path, cache: Path | None = None) -> Catalogue:
    """The catalogue of a pack's folder, from the compiled file in ``cache`` if it is true to the folder.

    ``common`` is the folder of the words that all packs share; a pack may say some of them otherwise.

    Raises:
        AlliageError: every mistake found in the pack; nothing is half-loaded.
    """
    current = revision(folder)
    stamp = f"{current} {revision(common)}"
    compiled = cache / f"{folder.name}.pack" if cache else None
    raw = _read(compiled, stamp) if compiled else None
    if raw is None:
        raw = _checked(folder, common)
        if compiled:
            _write(compiled, stamp, raw)
    return build_catalogue(raw, revision=current)


def _checked(folder: Path, common: Path) -> dict[str, Any]:
    from alliage.core.catalogue.check import refuse_errors  # noqa: PLC0415 - a compiled pack was checked before

    raw = read_pack(folder, common=common)
    refuse_errors(raw)
    return raw


def _read(path: Path, stamp: str) -> dict[str, Any] | None:
    """The plain data, or ``None`` if the file is missing, for other files, or not what was written."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if head.decode("utf-8", "replace") != _head(stamp, body):
        return None
    raw: dict[str, Any] = marshal.loads(body)  # noqa: S302 - of our own writing: its hash was just checked
    return raw


def _head(stamp: str, body: bytes) -> str:
    return f"{FORMAT} {stamp} {hashlib.sha256(body).hexdigest()}"


def _write(path: Path, stamp: str, raw: dict[str, Any]) -> None:
    """Write whole or not at all: a reader never sees half a file. A folder that cannot be written is no error."""
    body = marshal.dumps(raw)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_head(stamp, body).encode() + b"\n" + body)
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
