"""``load_pack``: bring the catalogue of the database to what a pack says."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

import alliage
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.people.actions.directory import load_organisations
from alliage.hub.programmes.actions import load_pack
from alliage.hub.programmes.models import Quarantine
from alliage.hub.ui import day as days


class Command(BaseCommand):
    """Loads a pack; loading it again changes nothing."""

    help = "Brings the catalogue to what a pack says; again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The pack, by its name or its folder, and who asks."""
        default = getattr(settings, "ALLIAGE_PACK", alliage.DEFAULT_PACK)
        parser.add_argument("pack", nargs="?", default=default, help="name or folder of the pack")
        parser.add_argument("--by", default="load_pack", help="who loads, for the record")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, then say what was done and what was put in quarantine."""
        try:
            loaded = load_pack(pack=options["pack"], by=options["by"], at=days.now())
            load_organisations(pack=options["pack"], at=days.now())
        except AlliageError as error:
            raise CommandError("\n".join(self._line(problem.as_dict()) for problem in error.problems)) from None
        counts = " · ".join(f"{count} {name}" for name, count in loaded.counts.items() if count)
        self.stdout.write(f"{loaded.pack} {loaded.pack_revision}: {counts}")
        for row in Quarantine.objects.filter(lifted=None).order_by("document_id"):
            self.stderr.write(self.style.WARNING(f"quarantined: {row.document_id}"))
            for problem in row.problems:
                self.stderr.write(f"  {self._line(problem)}")

    @staticmethod
    def _line(problem: dict[str, str]) -> str:
        return "{code} · {where} · {found} · {expected}".format(**problem).rstrip(" ·")
