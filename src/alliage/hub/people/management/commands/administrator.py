"""``administrator EMAIL``: makes the first administrator, and a link by which they sign in once."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from alliage.hub.people.actions.duties import make_administrator
from alliage.hub.people.actions.first_link import first_link
from alliage.hub.ui import day as days


class Command(BaseCommand):
    """Makes an administrator."""

    help = "Makes an administrator, and shows a link by which they sign in once, within the hour."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Their e-mail, and the language of their letters."""
        parser.add_argument("email")
        parser.add_argument("--language", choices=["fr", "en"], default="fr")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Says the link."""
        try:
            validate_email(options["email"])
        except ValidationError:
            raise CommandError(f"{options['email']!r} is not an e-mail address.") from None
        person = make_administrator(options["email"], language=options["language"], at=days.now())
        self.stdout.write(first_link(person))
