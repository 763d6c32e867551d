"""Forms of accounts, read on the server; drawn by ``ui/field.html``."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alliage.hub.people.queries.words import RISKS, ROLES

LONGEST_NAME = 120
LONGEST_TEXT = 5_000


def _tidy(name: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())


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
        person.name = _tidy(self.cleaned_data["name"])
        person.save(update_fields=["name"])
        return person


class Myself(forms.Form):
    """Who I am here."""

    name = forms.CharField(max_length=LONGEST_NAME)
    language = forms.ChoiceField(
        choices=[("fr", "Français"), ("en", "English")], label=_("Langue des courriels que je reçois")
    )

    def clean_name(self) -> str:
        """On one line."""
        return _tidy(self.cleaned_data["name"])


class NewOrganisation(forms.Form):
    """An organisation to make."""

    organisation = forms.CharField(max_length=200, label=_("Nom de l’organisation"))

    def clean_organisation(self) -> str:
        """On one line."""
        return _tidy(self.cleaned_data["organisation"])


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
