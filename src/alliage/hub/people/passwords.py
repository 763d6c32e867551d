"""Passwords that a stranger would try here first."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

WORDS = ("alliage", "aluminium", "aluminum", "aluquebec", "quebec", "subvention", "programme", "motdepasse", "password")


class NoWordsOfHere:
    """A password is not the name of this site, or a word of its trade, with a few signs around it."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django gives it
        """Refuse what is little more than such a word.

        Raises:
            ValidationError: fewer than 8 signs are left without these words.
        """
        left = password.lower().replace("é", "e")
        for word in WORDS:
            left = left.replace(word, "")
        if len(left) < 8 and len(left) < len(password):
            raise ValidationError(_("Ce mot de passe ressemble trop à un mot d’ici."), code="password_of_here")

    def get_help_text(self) -> str:
        """What is asked."""
        return _("Ni le nom du site, ni un mot du métier.")
