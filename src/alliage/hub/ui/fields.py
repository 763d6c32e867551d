"""The fields of forms: each says in our words what is wrong with what was typed."""

from __future__ import annotations

import re
from datetime import time
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

TOO_LONG = _("C’est trop long : %(limit_value)d signes au plus.")
NOT_A_DAY = _("Écrivez une date comme 2026-11-26.")
NOT_OFFERED = _("Ce choix n’est pas dans la liste, ou n’y est plus.")
_CLOCK = re.compile(r"([01]?\d|2[0-3])\s*(?:[:h]\s*([0-5]?\d)?)?", re.IGNORECASE)


class Day(forms.DateField):
    """A date."""

    default_error_messages: ClassVar[dict[str, Any]] = {"required": NOT_A_DAY, "invalid": NOT_A_DAY}


class Email(forms.EmailField):
    """An address."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Ce courriel ne se lit pas. Exemple : nom@entreprise.ca."),
        "max_length": TOO_LONG,
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)


class Choice(forms.ChoiceField):
    """One of a list."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Choisissez une réponse."),
        "invalid_choice": NOT_OFFERED,
    }


class Choices(forms.MultipleChoiceField):
    """None, one or several of a list."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED}


class Whole(forms.IntegerField):
    """A whole number between two others."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Écrivez un nombre entier."),
        "invalid": _("Écrivez un nombre entier."),
        "min_value": _("Au moins %(limit_value)d."),
        "max_value": _("Au plus %(limit_value)d."),
    }

    def __init__(self, label: Any, least: int, most: int, *, required: bool = True, help_: Any = "") -> None:
        super().__init__(min_value=least, max_value=most, required=required, label=label, help_text=help_)


class Clock(forms.CharField):
    """A time of day: 9:00, 9 h, 13 h 30."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=10, help_text=_("Comme 9 h ou 13 h 30."), **kwargs)
        self.error_messages["required"] = _("Écrivez une heure, comme 9 h 30.")

    def to_python(self, value: Any) -> Any:
        """The time that was typed.

        Raises:
            ValidationError: it is none.
        """
        typed = str(super().to_python(value)).replace("\N{NO-BREAK SPACE}", " ").strip()
        if not typed:
            return None
        found = _CLOCK.fullmatch(typed)
        if found is None:
            raise forms.ValidationError(_("Cette heure ne se lit pas. Exemples : 9 h, 13 h 30."))
        return time(int(found[1]), int(found[2] or 0))

    def validate(self, value: Any) -> None:
        """Midnight is a time."""
        if value is None and self.required:
            raise forms.ValidationError(self.error_messages["required"])

    def run_validators(self, value: Any) -> None:
        """What was read is a time: lengths were those of the text."""
