"""What the team types to organise a day."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliage.hub.days.actions.organising import at_time, exists
from alliage.hub.days.forms.fields import DayField, LineField, Pairs, one_of, some_of
from alliage.hub.days.words import KINDS, LANGUAGES
from alliage.hub.ui.fields import TOO_LONG, Clock, Whole

MOST_SEATS = 5_000


def shown(clock: time) -> str:
    """A time as the field takes it."""
    return f"{clock.hour}:{clock.minute:02}"


_WORDS = {
    "required": _("Remplissez ce champ."),
    "max_length": TOO_LONG,
}


def _text(label: Any, *, most: int, required: bool = False, help_: Any = "") -> forms.CharField:
    return LineField(max_length=most, required=required, label=label, help_text=help_, error_messages=_WORDS)


def _long(label: Any, *, most: int = 2_000, required: bool = False, help_: Any = "") -> forms.CharField:
    return forms.CharField(
        max_length=most, required=required, label=label, help_text=help_, error_messages=_WORDS, widget=forms.Textarea
    )


def _seats(label: Any, *, least: int, help_: Any = "", required: bool = True) -> Whole:
    return Whole(label, least, MOST_SEATS, required=required, help_=help_)


class NewTour(forms.Form):
    """A tour."""

    name_fr = _text(_("Nom de la tournée, en français"), most=120, required=True)
    name_en = _text(_("Nom de la tournée, en anglais"), most=120, required=True)
    summary_fr = _long(_("En quelques phrases, en français"))
    summary_en = _long(_("En quelques phrases, en anglais"))


class EditDay(forms.Form):
    """Where and when a day is."""

    town = _text(_("Ville"), most=80, required=True)
    region = one_of(_("Région"))
    place = _text(_("Lieu"), most=120, required=True, help_=_("Le bâtiment, comme « Hôtel Le Montagnais »."))
    address = _text(_("Adresse"), most=200)
    access_fr = _long(_("Pour venir, en français"), help_=_("Portes sans marche, stationnement, autobus."))
    access_en = _long(_("Pour venir, en anglais"))
    date = DayField(label=_("Date"))
    starts = Clock(label=_("Début"))
    ends = Clock(label=_("Fin"))
    capacity = _seats(_("Places"), least=1)
    extra_seats = _seats(
        _("Places en plus"),
        least=0,
        help_=_("Données au-delà des places, pour celles et ceux qui ne viendront pas. 0 : une personne par place."),
    )
    language = one_of(_("Langue de la journée"), choices=list(LANGUAGES.items()))

    def __init__(self, *args: Any, regions: Pairs, **kwargs: Any) -> None:
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

    tour = one_of(_("Tournée"))
    like = one_of(_("Reprendre le programme de"), required=False)
    field_order = ("tour", "like")

    def __init__(self, *args: Any, tours: Pairs, templates: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["tour"].choices = list(tours)
        fields["like"].choices = [("", _("Aucun : je l’écris moi-même")), *templates]


class EditSession(forms.Form):
    """A part of a day."""

    kind = one_of(_("Ce qui se passe"), choices=list(KINDS.items()))
    organisation = one_of(_("Organisme"), required=False)
    title_fr = _text(_("Titre, en français"), most=160, help_=_("Vide : le nom de l’organisme."))
    title_en = _text(_("Titre, en anglais"), most=160)
    starts = Clock(label=_("Début"))
    ends = Clock(label=_("Fin"))
    room = _text(_("Salle ou table"), most=80)
    capacity = _seats(_("Places de cette partie"), least=1, required=False, help_=_("Vide : celles de la journée."))
    desks = _text(
        _("Qui y est"), most=300, help_=_("Le bureau ou la fonction, séparés par des virgules : jamais un nom.")
    )
    programmes = some_of(_("Programmes présentés"))
    officers = some_of(
        _("Intervenants qui ont un compte"), help_=_("Les questions de la journée leur sont proposées d’abord.")
    )

    def __init__(self, *args: Any, organisations: Pairs, programmes: Pairs, officers: Pairs, **kwargs: Any) -> None:
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
    owner = one_of(_("Qui doit la suite"), required=False)
    due = DayField(label=_("Avant le"), required=False)

    def __init__(self, *args: Any, agencies: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.choices = [("", _("L’organisme du programme, sinon l’équipe")), *agencies]


class Paper(forms.Form):
    """A question written on paper."""

    text = _long(_("Question écrite sur papier"), most=500, required=True)
    subject = one_of(_("À qui, ou sur quoi"), required=False)

    def __init__(self, *args: Any, subjects: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["subject"]
        field.choices = [("", _("À toute la salle")), *subjects]
