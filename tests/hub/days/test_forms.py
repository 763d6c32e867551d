"""The forms of the days speak in our words, whatever is typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django import forms
from django.utils import translation
from django.utils.translation import gettext

from alliage.hub.days.forms import coming, organising

ONE = [("a", "A")]
FORMS = {
    "register": lambda typed: coming.Register(typed, needs=ONE, regions=ONE, meetings=True),
    "care": coming.Care,
    "transfer": lambda typed: coming.Transfer(typed, days=ONE),
    "ask": lambda typed: coming.AskLive(typed, subjects=ONE),
    "followed": lambda typed: coming.Followed(typed, programmes=ONE),
    "tour": organising.NewTour,
    "day": lambda typed: organising.NewDay(typed, regions=ONE, tours=ONE, templates=ONE),
    "session": lambda typed: organising.EditSession(typed, organisations=ONE, programmes=ONE, officers=ONE),
    "door": organising.Door,
    "note": lambda typed: organising.Note(typed, agencies=ONE),
    "paper": lambda typed: organising.Paper(typed, subjects=ONE),
}
TYPED = ("", "x" * 9_000, "0", "-1", "9" * 30, "1.5", f"{'x' * 300}@example.org", "a@b@c", "9999-12-31", "25:99", "☃")


def djangos() -> Iterator[str]:
    """How sentences of Django begin, in both languages."""
    for language in ("fr", "en"):
        with translation.override(language):
            for field in (forms.CharField, forms.EmailField, forms.IntegerField, forms.DateField, forms.ChoiceField,
                          forms.MultipleChoiceField):  # fmt: skip
                for check in (*field().validators, *field.default_error_messages.values()):
                    yield str(getattr(check, "message", check)).partition("%")[0]
            yield gettext("Ensure this value is less than or equal to %(limit_value)s.").partition("%")[0]


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_wrong_is_said_in_our_words(name: str, typed: str, language: str) -> None:
    with translation.override(language):
        form = FORMS[name](dict.fromkeys(FORMS[name]({}).fields, typed))  # type: ignore[operator]
        errors = [str(error) for said in form.errors.values() for error in said]
    foreign = [*djangos(), "Assurez-vous", "Ensure "]
    assert not [error for error in errors if any(error.startswith(one) for one in foreign if one)]
    assert all(errors), "an error without words"
