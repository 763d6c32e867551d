"""Forms of accounts, read on the server; drawn by ``ui/field.html``."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.http import HttpRequest

LONGEST_NAME = 120


class SignUp(SignupForm):  # type: ignore[misc]  # allauth ships no types
    """A new account: an e-mail, and the name that colleagues see."""

    name = forms.CharField(max_length=LONGEST_NAME)
    field_order = ("email", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password1", None)  # a code is enough; a password may be chosen later

    def save(self, request: HttpRequest) -> Any:
        """The person, with their name."""
        person = super().save(request)
        person.name = " ".join(self.cleaned_data["name"].split())
        person.save(update_fields=["name"])
        return person
