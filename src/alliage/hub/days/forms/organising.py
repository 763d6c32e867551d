"""What the team types to organise a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliage.hub.days.actions.organising import at_time, exists
from alliage.hub.days.words import KINDS, LANGUAGES

Choices = Sequence[tuple[str, Any]]
_CLOCK = re.compile(r"([01]?\d|2[0-3])\s*(?:[:h]\s*([0-5]?\d)?)?", re.IGNORECASE)
MOST_SEATS = 5_000


class ClockField(forms.CharField):
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


def shown(clock: time) -> str:
    """A time as the field takes it."""
    return f"{clock.hour}:{clock.minute:02}"


def _text(label: Any, *, most: int, required: bool = False, help_: Any = "") -> forms.CharField:
    missing = {
        "required": _("Remplissez ce champ."),
        "max_length": _("C’est trop long : %(limit_value)d signes au plus."),
    }
    return forms.CharField(max_length=most, required=required, label=label, help_text=help_, error_messages=missing)


def _long(label: Any, *, most: int = 2_000, help_: Any = "") -> forms.CharField:
    field = _text(label, most=most, help_=help_)
    field.widget = forms.Textarea()
    return field


def _seats(label: Any, *, least: int, help_: Any = "") -> forms.IntegerField:
    wrong = {
        "required": _("Écrivez un nombre."),
        "invalid": _("Écrivez un nombre entier."),
        "min_value": _("Au moins %(limit_value)d."),
        "max_value": _("Au plus %(limit_value)d."),
    }
    return forms.IntegerField(min_value=least, max_value=MOST_SEATS, label=label, help_text=help_, error_messages=wrong)


class NewTour(forms.Form):
    """A tour."""

    name_fr = _text(_("Nom de la tournée, en français"), most=120, required=True)
    name_en = _text(_("Nom de la tournée, en anglais"), most=120, required=True)
    summary_fr = _long(_("En quelques phrases, en français"))
    summary_en = _long(_("En quelques phrases, en anglais"))


class EditDay(forms.Form):
    """Where and when a day is."""

    town = _text(_("Ville"), most=80, required=True)
    region = forms.ChoiceField(label=_("Région"))
    place = _text(_("Lieu"), most=120, required=True, help_=_("Le bâtiment, comme « Hôtel Le Montagnais »."))
    address = _text(_("Adresse"), most=200)
    access_fr = _long(_("Pour venir, en français"), help_=_("Portes sans marche, stationnement, autobus."))
    access_en = _long(_("Pour venir, en anglais"))
    date = forms.DateField(
        label=_("Date"),
        error_messages={
            "invalid": _("Écrivez une date comme 2027-02-11."),
            "required": _("Écrivez une date comme 2027-02-11."),
        },
    )
    starts = ClockField(label=_("Début"))
    ends = ClockField(label=_("Fin"))
    capacity = _seats(_("Places"), least=1)
    extra_seats = _seats(
        _("Places en plus"),
        least=0,
        help_=_("Données au-delà des places, pour celles et ceux qui ne viendront pas. 0 : une personne par place."),
    )
    language = forms.ChoiceField(choices=list(LANGUAGES.items()), label=_("Langue de la journée"))

    def __init__(self, *args: Any, regions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["region"]
        field.choices = list(regions)

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, at hours that the clocks show that day."""
        said = super().clean() or {}
        day, first, last = said.get("date"), said.get("starts"), said.get("ends")
        if isinstance(first, time) and isinstance(last, time) and last <= first:
            self.add_error("ends", _("La fin vient après le début."))
        for name in ("starts", "ends"):
            clock = said.get(name)
            if isinstance(day, date) and isinstance(clock, time) and not exists(day, clock):
                self.add_error(name, _("Cette heure n’existe pas cette nuit-là : les horloges avancent d’une heure."))
        return said

    def moments(self) -> dict[str, Any]:
        """When it begins and ends."""
        said = self.cleaned_data
        return {name: at_time(said["date"], said[name]) for name in ("starts", "ends")}


class NewDay(EditDay):
    """A day of a tour, perhaps like another one."""

    tour = forms.ChoiceField(label=_("Tournée"))
    like = forms.ChoiceField(required=False, label=_("Reprendre le programme de"))
    field_order = ("tour", "like")

    def __init__(self, *args: Any, tours: Choices, templates: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["tour"].choices = list(tours)
        fields["like"].choices = [("", _("Aucun : je l’écris moi-même")), *templates]


class EditSession(forms.Form):
    """A part of a day."""

    kind = forms.ChoiceField(choices=list(KINDS.items()), label=_("Ce qui se passe"))
    organisation = forms.ChoiceField(required=False, label=_("Organisme"))
    title_fr = _text(_("Titre, en français"), most=160, help_=_("Vide : le nom de l’organisme."))
    title_en = _text(_("Titre, en anglais"), most=160)
    starts = ClockField(label=_("Début"))
    ends = ClockField(label=_("Fin"))
    room = _text(_("Salle ou table"), most=80)
    capacity = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_SEATS,
        label=_("Places de cette partie"),
        help_text=_("Vide : celles de la journée."),
        error_messages={"invalid": _("Écrivez un nombre entier."), "min_value": _("Au moins %(limit_value)d.")},
    )
    desks = _text(
        _("Qui y est"), most=300, help_=_("Le bureau ou la fonction, séparés par des virgules : jamais un nom.")
    )
    programmes = forms.MultipleChoiceField(required=False, label=_("Programmes présentés"))
    officers = forms.MultipleChoiceField(
        required=False,
        label=_("Intervenants qui ont un compte"),
        help_text=_("Les questions de la journée leur sont proposées d’abord."),
    )

    def __init__(
        self, *args: Any, organisations: Choices, programmes: Choices, officers: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].choices = [("", _("Aucun")), *organisations]
        for name, choices in (("programmes", programmes), ("officers", officers)):
            if choices:
                fields[name].choices = list(choices)
            else:
                del fields[name]

    def clean(self) -> dict[str, Any]:
        """It has a title or an agency, and ends after it begins."""
        said = super().clean() or {}
        first, last = said.get("starts"), said.get("ends")
        if isinstance(first, time) and isinstance(last, time) and last <= first:
            self.add_error("ends", _("La fin vient après le début."))
        if said.get("kind") == "agency" and not said.get("organisation"):
            self.add_error("organisation", _("Choisissez l’organisme qui présente ses programmes."))
        if said.get("kind") == "talk" and not said.get("title_fr"):
            self.add_error("title_fr", _("Écrivez un titre."))
        return said


class Door(forms.Form):
    """A link for a steward."""

    label = _text(_("Pour qui"), most=60, required=True, help_=_("Comme « Porte principale »."))


class Note(forms.Form):
    """What the team writes of a question of the room."""

    text = _long(_("Question"), most=500)
    answer = _long(
        _("Ce qui a été répondu dans la salle"), help_=_("Envoyé à celles et ceux qui sont venus, sans nom.")
    )
    owner = forms.ChoiceField(required=False, label=_("Qui doit la suite"))
    due = forms.DateField(
        required=False, label=_("Avant le"), error_messages={"invalid": _("Écrivez une date comme 2027-02-25.")}
    )

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.choices = [("", _("L’organisme du programme, sinon l’équipe")), *agencies]


class Paper(forms.Form):
    """A question written on paper."""

    text = _long(_("Question écrite sur papier"), most=500)
    subject = forms.ChoiceField(required=False, label=_("À qui, ou sur quoi"))

    def __init__(self, *args: Any, subjects: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["subject"]
        field.choices = [("", _("À toute la salle")), *subjects]
