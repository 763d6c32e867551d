"""The fields of the days' forms, besides those of the whole site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliage.core.vocabulary.days import FIRST, LAST
from alliage.hub.days.words import one_line
from alliage.hub.ui.fields import Choice, Choices, Day, Email

Pairs = Sequence[tuple[str, Any]]


class LineField(forms.CharField):
    """A text of one line: the subject of a letter or a line of a calendar may repeat it."""

    def to_python(self, value: Any) -> str:
        """What was typed, on one line, without the signs that nobody sees."""
        return one_line(str(super().to_python(value) or ""))


class DayField(Day):
    """A day of a year that the rest of the site knows too."""

    def validate(self, value: Any) -> None:
        """Neither of another century nor of another millennium."""
        super().validate(value)
        if value is not None and not FIRST <= value <= LAST:
            raise forms.ValidationError(_("Écrivez une date entre 2000 et 2099."))


def email(*, help_: Any, missing: Any = "") -> Email:
    """An e-mail; needed if it is said what is missing without it."""
    wrong = {"required": missing}
    return Email(label=_("Courriel"), help_text=help_, required=bool(missing), error_messages=wrong)


def one_of(label: Any, *, choices: Pairs = (), required: bool = True, **more: Any) -> Choice:
    """One of several answers."""
    return Choice(choices=choices, required=required, label=label, **more)


def some_of(label: Any, *, choices: Pairs = (), help_: Any = "") -> Choices:
    """None, one or several of several answers."""
    return Choices(choices=choices, required=False, label=label, help_text=help_)
