"""A small pack in a folder: the real vocabulary, a few real programmes, and what a test writes over them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import alliage

KEPT = ("quebec/c3i", "federal/canexport-pme", "federal/pari-cnrc")


class SmallPack:
    """Its folder; programmes are changed as text, as a curator does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "quebec_aluminium"
        real = alliage.pack_folder()
        shutil.copytree(real, self.folder, ignore=shutil.ignore_patterns("programmes"))
        for name in KEPT:
            target = self.file(name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(real / "programmes" / f"{name}.yaml", target)

    def file(self, name: str) -> Path:
        return self.folder / "programmes" / f"{name}.yaml"

    def replace(self, name: str, before: str, after: str) -> None:
        text = self.file(name).read_text(encoding="utf-8")
        assert before in text, f"{before!r} is not in {name}"
        self.file(name).write_text(text.replace(before, after), encoding="utf-8")

    def drop(self, name: str) -> None:
        self.file(name).unlink()


def with_name(document: dict[str, Any], name: str) -> dict[str, Any]:
    """The same document under another name."""
    return {**document, "name": {"fr": name, "en": name}}
