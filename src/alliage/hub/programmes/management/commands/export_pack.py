"""``export_pack``: the catalogue of the database as a pack, in a folder."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.programmes.exporting import export_pack


class Command(BaseCommand):
    """Writes the pack that the database holds; loading it again changes nothing."""

    help = "Writes the catalogue of the database as a pack in a folder; loading it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to write, and the pack that was loaded last."""
        parser.add_argument("folder", type=Path, help="folder to write in: new, empty, or a pack to bring up to date")
        parser.add_argument("--pack", default=settings.ALLIAGE_PACK, help="name or folder of the pack loaded last")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write, then say which files were written again."""
        try:
            done = export_pack(options["folder"], pack=options["pack"])
        except AlliageError as error:
            lines = ("{code} · {where} · {found} · {expected}".format(**one.as_dict()) for one in error.problems)
            raise CommandError("\n".join(line.rstrip(" ·") for line in lines)) from None
        self.stdout.write(f"{len(done.kept)} kept · {len(done.written)} written · {len(done.gone)} gone")
        for id_ in (*done.written, *done.gone):
            self.stdout.write(f"  {id_}")
