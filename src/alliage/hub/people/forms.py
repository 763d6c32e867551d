"""Forms of accounts, read on the server; drawn by ``ui/field.html``."""

from __future__ import annotations

import math
from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alliage.hub.people.queries.words import RISKS, ROLES
from alliage.hub.ui import day as days

LONGEST_NAME = 120
LONGEST_TEXT = 5_000


class OneLine(forms.CharField):
    """A name, on one line. Signs that nobody sees are no name."""

    def to_python(self, value: Any) -> str:
        """What is seen of it."""
        typed: str = super().to_python(value) or ""
        return " ".join("".join(sign if sign.isprintable() else " " for sign in typed).split())


class SignUp(SignupForm):  # type: ignore[misc]  # allauth ships no types
    """A new account: an e-mail, and the name that colleagues see."""

    name = OneLine(max_length=LONGEST_NAME)
    field_order = ("email", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password1", None)  # a code is enough; a password may be chosen later

    def save(self, request: HttpRequest) -> Any:
        """The person, with their name."""
        person = super().save(request)
        person.name = self.cleaned_data["name"]
        person.save(update_fields=["name"])
        return person


class Myself(forms.Form):
    """Who I am here."""

    name = OneLine(max_length=LONGEST_NAME)
    language = forms.ChoiceField(
        choices=[("fr", "Français"), ("en", "English")], label=_("Langue des courriels que je reçois")
    )


class NewOrganisation(forms.Form):
    """An organisation to make."""

    organisation = OneLine(max_length=200, label=_("Nom de l’organisation"))


class Invite(forms.Form):
    """Somebody to invite."""

    email = forms.EmailField(max_length=254)
    role = forms.ChoiceField(label=_("Rôle"))

    def __init__(self, *args: Any, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [(value, ROLES[value]) for value in roles]


class IncidentForm(forms.Form):
    """What the regulation wants in the register (A-2.1, r. 3.1, art. 7)."""

    facts = forms.CharField(
        max_length=LONGEST_TEXT,
        widget=forms.Textarea,
        label=_("Ce qui s’est passé"),
        help_text=_("Sans nommer personne."),
    )
    data_touched = forms.CharField(
        max_length=LONGEST_TEXT, widget=forms.Textarea, label=_("Les renseignements touchés"),
        help_text=_("Leur sorte; ou pourquoi on ne peut pas la dire."),
    )  # fmt: skip
    started = forms.DateField(label=_("Début"))
    ended = forms.DateField(label=_("Fin"), required=False)
    found = forms.DateField(label=_("Découverte"))
    people = forms.IntegerField(min_value=0, max_value=100_000_000, label=_("Personnes touchées"))
    people_in_quebec = forms.IntegerField(min_value=0, max_value=100_000_000, required=False, label=_("Dont au Québec"))
    risk = forms.ChoiceField(
        choices=list(RISKS.items()), widget=forms.RadioSelect, label=_("Un préjudice sérieux est-il à craindre?")
    )
    why_this_risk = forms.CharField(
        max_length=LONGEST_TEXT, widget=forms.Textarea, required=False, label=_("Pourquoi on le pense")
    )
    cai_told = forms.DateField(label=_("Avis à la Commission d’accès à l’information"), required=False)
    people_told = forms.DateField(label=_("Avis aux personnes"), required=False)
    measures = forms.CharField(
        max_length=LONGEST_TEXT, widget=forms.Textarea, required=False, label=_("Ce qui a été fait depuis")
    )

    def clean(self) -> dict[str, Any]:
        """The days and the numbers go together."""
        said = super().clean() or {}
        started, ended, found = said.get("started"), said.get("ended"), said.get("found")
        if started and ended and ended < started:
            self.add_error("ended", _("La fin est avant le début."))
        if started and found and found < started:
            self.add_error("found", _("La découverte est avant le début."))
        for name in ("started", "ended", "found", "cai_told", "people_told"):
            if said.get(name) and said[name] > days.today():
                self.add_error(name, _("Cette date n’est pas encore venue."))
        if (said.get("people_in_quebec") or 0) > said.get("people", math.inf):
            self.add_error("people_in_quebec", _("C’est plus que toutes les personnes touchées."))
        return said
