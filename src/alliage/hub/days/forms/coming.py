"""What somebody types to come to a day, in the room, and after it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliage.hub.days.forms.fields import Pairs, email, one_of, some_of
from alliage.hub.days.words import FOLLOWED, SIZES, STAGES
from alliage.hub.ui.asked import says_something
from alliage.hub.ui.fields import TOO_LONG

LONGEST_CARE, LONGEST_QUESTION = 500, 500
NOT_SAID = ("", _("Je préfère ne pas le dire"))
_ADDRESS = re.compile(r"(https?:|www\.|//)", re.IGNORECASE)
_SEEN = re.compile(r"\S")


def _one_line(label: Any, *, most: int, help_: Any = "", required: bool = False, missing: Any = "") -> forms.CharField:
    messages = {"required": missing, "max_length": TOO_LONG}
    return forms.CharField(max_length=most, required=required, label=label, help_text=help_, error_messages=messages)


def _long(label: Any, *, most: int, help_: Any = "", required: bool = False, missing: Any = "") -> forms.CharField:
    field = _one_line(label, most=most, help_=help_, required=required, missing=missing)
    field.widget = forms.Textarea()
    return field


def _tick(label: Any, text: Any) -> forms.MultipleChoiceField:
    return some_of(label, choices=[("yes", text)])


class Register(forms.Form):
    """What is asked once, to keep a seat and to prepare the day. Only a name and an e-mail are needed."""

    who = _one_line(
        _("Votre nom"), most=120, required=True, missing=_("Écrivez votre nom : il est sur votre badge."),
        help_=_("Il est sur votre badge, et l’accueil le voit."),
    )  # fmt: skip
    contact = email(
        help_=_("Pour confirmer, rappeler et dire ce qui change. Pour rien d’autre, sauf si vous cochez plus bas."),
        missing=_("Écrivez votre courriel : votre confirmation y arrive."),
    )
    company = _one_line(_("Entreprise"), most=160)
    region = one_of(_("Région de l’entreprise"), required=False)
    needs = some_of(_("Ce que vous cherchez"), help_=_("Les organismes préparent leur journée d’après ces réponses."))
    size = one_of(_("Nombre de personnes"), choices=[NOT_SAID, *SIZES.items()], required=False)
    stage = one_of(_("Où en est votre projet"), choices=[NOT_SAID, *STAGES.items()], required=False)
    neq = _one_line(
        _("Numéro d’entreprise du Québec (NEQ)"),
        most=20,
        help_=_("Dix chiffres. Il évite de compter deux fois la même entreprise."),
    )
    question = _long(
        _("Une question d’avance"),
        most=LONGEST_QUESTION,
        help_=_("Elle est posée sans votre nom, et garde un responsable jusqu’à sa réponse."),
    )
    answer = _tick(_("La réponse à ma question"), _("J’accepte de la recevoir à ce courriel."))
    access = _long(
        _("Ce qu’il vous faut pour participer"), most=LONGEST_CARE,
        help_=_("Accès, interprète, place réservée… Lu par l’équipe seule, effacé 7 jours après la journée."),
    )  # fmt: skip
    meal = _long(_("Repas"), most=LONGEST_CARE, help_=_("Allergies, régime. Effacé 7 jours après la journée."))
    after = _tick(
        _("Après la journée"),
        _(
            "J’accepte de recevoir les réponses aux questions de la journée, et qu’on me demande après 30, 90 et "
            "180 jours ce qui a suivi."
        ),
    )
    next_ = _tick(
        _("Les prochaines journées"),
        _(
            "J’accepte de recevoir une invitation aux journées de ma région qui présentent des programmes "
            "pour mes besoins."
        ),
    )

    def __init__(self, *args: Any, needs: Pairs, regions: Pairs, meetings: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choices("needs", needs)
        self._choices("region", [NOT_SAID, *regions])
        if meetings:
            self.fields["meetings"] = _tick(
                _("Rencontres individuelles"), _("J’aimerais rencontrer des intervenants, un à la fois.")
            )

    def _choices(self, name: str, choices: Any) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean_who(self) -> str:
        """A name that a letter may repeat: signs that are seen, and no address."""
        return _plain_name(self.cleaned_data["who"], _("Écrivez votre nom : il est sur votre badge."))

    def clean_company(self) -> str:
        """The same for a company."""
        typed: str = self.cleaned_data["company"]
        return _plain_name(typed, "") if typed else ""

    def clean_neq(self) -> str:
        """Ten digits, whatever stands between them."""
        digits = re.sub(r"[\s-]", "", self.cleaned_data["neq"])
        if digits and not (digits.isascii() and digits.isdigit() and len(digits) == 10):
            raise forms.ValidationError(
                _("Un NEQ a dix chiffres, comme 1140000000. Laissez vide si vous ne l’avez pas.")
            )
        return digits


def _plain_name(typed: str, missing: Any) -> str:
    name = " ".join("".join(sign for sign in typed if sign.isprintable()).split())
    if not _SEEN.search(name):
        raise forms.ValidationError(missing or _("Écrivez un nom qui se lit."))
    if _ADDRESS.search(name):
        raise forms.ValidationError(_("Écrivez un nom, sans adresse Web."))
    return name


class Care(forms.Form):
    """What somebody needs to take part."""

    access = Register.base_fields["access"]
    meal = Register.base_fields["meal"]


class Transfer(forms.Form):
    """The other town."""

    to = one_of(_("Aller plutôt à"))

    def __init__(self, *args: Any, days: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.choices = list(days)


class AskLive(forms.Form):
    """A question of the room."""

    text = _long(
        _("Votre question"), most=LONGEST_QUESTION, required=True, missing=_("Écrivez votre question."),
        help_=_("La salle la voit sans votre nom, après lecture par l’équipe."),
    )  # fmt: skip
    subject = one_of(_("À qui, ou sur quoi"), required=False)
    contact = email(
        help_=_("Facultatif : pour vous envoyer la réponse, si elle ne vient pas aujourd’hui. Pour rien d’autre.")
    )

    def __init__(self, *args: Any, subjects: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["subject"]
        field.choices = [("", _("À toute la salle")), *subjects]

    def clean_text(self) -> str:
        """Signs that nobody sees ask nothing."""
        typed: str = self.cleaned_data["text"]
        if not says_something(typed):
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return typed


class Followed(forms.Form):
    """What became of it, by one press."""

    answer = one_of(_("Depuis la journée"), choices=list(FOLLOWED.items()), widget=forms.RadioSelect)
    programmes = some_of(_("Pour quels programmes (facultatif)"))

    def __init__(self, *args: Any, programmes: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["programmes"]
        field.choices = list(programmes)
