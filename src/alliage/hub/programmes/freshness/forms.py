"""What is typed on the pages of freshness, read on the server; drawn by ``ui/field.html``."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliage.hub.programmes.forms.layout import SECTIONS
from alliage.hub.programmes.freshness.actions.confirming import Choice
from alliage.hub.programmes.queries.speaking import Plain
from alliage.hub.ui.asked import says_something
from alliage.hub.ui.fields import Day, Email

LONGEST = 5_000


def _long(label: Any, help_: Any = "") -> forms.CharField:
    return forms.CharField(max_length=LONGEST, required=False, widget=forms.Textarea, label=label, help_text=help_)


class Answer(forms.Form):
    """The answer of a provider: one of three, and what is right."""

    choice = forms.ChoiceField(
        choices=[
            ("right", _("C’est exact")),
            ("wrong", _("À corriger")),
            ("gone", _("N’est plus offert")),
        ],
        widget=forms.RadioSelect,
        label=_("Ce que nous disons de ce programme"),
        error_messages={
            "required": _("Choisissez une des trois réponses."),
            "invalid_choice": _("Choisissez une des trois réponses."),
        },
    )
    text = _long(_("Ce qu’il faut corriger, ou depuis quand il n’est plus offert"))
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, facts: list[Plain], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [fact["key"] for fact in facts]
        for fact in facts:
            self.fields[f"fact-{fact['key']}"] = _long(fact["label"])

    @property
    def facts(self) -> dict[str, str]:
        """What is right, for each fact that was corrected."""
        found = {key: self.cleaned_data.get(f"fact-{key}", "").strip() for key in self.keys}
        return {key: text for key, text in found.items() if text}

    def clean(self) -> dict[str, Any]:
        """What is to be corrected must be said."""
        said = super().clean() or {}
        if said.get("choice") == Choice.WRONG.value and not said.get("text", "").strip() and not self.facts:
            self.add_error("text", _("Dites ce qu’il faut corriger, ici ou à côté d’un fait."))
        return said


class Ask(forms.Form):
    """An address that the team writes, besides the officers."""

    email = Email()
    language = forms.ChoiceField(choices=[("fr", "Français"), ("en", "English")], label=_("Langue du courriel"))


class Verified(forms.Form):
    """A source that the team has read again."""

    source = forms.ChoiceField(label=_("Source lue"))
    day = Day(label=_("Lue le"))

    def __init__(self, *args: Any, sources: list[Plain], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source: Any = self.fields["source"]
        source.choices = [(one["value"], one["label"]) for one in sources]
        self._on, self._dated = on, {one["value"]: one["dated"] for one in sources}

    def clean_day(self) -> date:
        """Never in the future, nor before the source was published."""
        day: date = self.cleaned_data["day"]
        if day > self._on:
            raise forms.ValidationError(_("Cette date n’est pas encore venue."))
        if day.isoformat() < self._dated.get(self.cleaned_data.get("source", ""), ""):
            raise forms.ValidationError(_("Cette page est datée d’après ce jour. Écrivez le jour où vous l’avez lue."))
        return day


class Correct(forms.Form):
    """What anyone tells of the page of a programme."""

    text = forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea,
        label=_("Ce qui est inexact, et ce qu’il faudrait lire à la place"),
        error_messages={"required": _("Écrivez ce qui est inexact.")},
    )
    part = forms.ChoiceField(
        choices=[("", _("Je ne sais pas")), *((section.id, section.task) for section in SECTIONS)],
        required=False,
        label=_("La partie de la fiche dont il s’agit"),
    )
    page = forms.CharField(max_length=500, required=False, label=_("La page officielle qui le montre"))
    email = Email(required=False)
    agree = forms.MultipleChoiceField(
        choices=[("yes", _("J’accepte que l’équipe m’écrive à cette adresse pour me répondre, et pour rien d’autre."))],
        required=False,
        label=_("Recevoir une réponse"),
    )

    def clean_text(self) -> str:
        """Signs that nobody sees say nothing."""
        text: str = self.cleaned_data["text"]
        if not says_something(text):
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text

    def clean(self) -> dict[str, Any]:
        """An address is kept only with a consent."""
        said = super().clean() or {}
        if said.get("email") and not said.get("agree"):
            self.add_error("agree", _("Cochez cette case, ou effacez le courriel."))
        return said


class Settle(forms.Form):
    """What the team does with a correction."""

    state = forms.ChoiceField(
        choices=[("taken", _("en cours")), ("done", _("corrigée")), ("refused", _("rien à corriger"))], label=_("État")
    )
    answer = _long(_("Réponse"), _("Envoyée par courriel si la personne a laissé une adresse."))
