"""The fields of the days' forms: each says in our words what is wrong with what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliage.core.vocabulary.days import FIRST, LAST
from alliage.hub.days.words import one_line

Choices = Sequence[tuple[str, Any]]
TOO_LONG = _("C’est trop long : %(limit_value)d signes au plus.")
_NOT_OFFERED = _("Ce choix n’est pas dans la liste, ou n’y est plus.")
_CHOICE = {"required": _("Choisissez une réponse."), "invalid_choice": _NOT_OFFERED, "invalid_list": _NOT_OFFERED}
_EMAIL = {"invalid": _("Ce courriel ne se lit pas. Exemple : nom@entreprise.ca."), "max_length": TOO_LONG}


class LineField(forms.CharField):
    """A text of one line: the subject of a letter or a line of a calendar may repeat it."""

    def to_python(self, value: Any) -> str:
        """What was typed, on one line, without the signs that nobody sees."""
        return one_line(str(super().to_python(value) or ""))


class DayField(forms.DateField):
    """A day of a year that the rest of the site knows too."""

    def __init__(self, *, label: Any, wrong: Any, required: bool = True) -> None:
        super().__init__(label=label, required=required, error_messages={"required": wrong, "invalid": wrong})

    def validate(self, value: Any) -> None:
        """Neither of another century nor of another millennium."""
        super().validate(value)
        if value is not None and not FIRST <= value <= LAST:
            raise forms.ValidationError(_("Écrivez une date entre 2000 et 2099."))


def email(*, help_: Any, missing: Any = "") -> forms.EmailField:
    """An e-mail; needed if it is said what is missing without it."""
    return forms.EmailField(
        max_length=254, label=_("Courriel"), help_text=help_, required=bool(missing),
        error_messages={**_EMAIL, "required": missing},
    )  # fmt: skip


def one_of(label: Any, *, choices: Choices = (), required: bool = True, **more: Any) -> forms.ChoiceField:
    """One of several answers."""
    return forms.ChoiceField(choices=choices, required=required, label=label, error_messages=_CHOICE, **more)


def some_of(label: Any, *, choices: Choices = (), help_: Any = "") -> forms.MultipleChoiceField:
    """None, one or several of several answers."""
    return forms.MultipleChoiceField(
        choices=choices, required=False, label=label, help_text=help_, error_messages=_CHOICE
    )
