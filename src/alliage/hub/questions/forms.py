"""What is typed on the pages of questions, read on the server; drawn by ``ui/field.html``."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliage.hub.questions.actions.asking import LONGEST

YES = "yes"
NOT_A_DAY = _("Écrivez une date comme 2026-11-26.")
Pairs = list[tuple[str, str]]


class Words(forms.CharField):
    """A long text. Signs that nobody sees say nothing; what is too long is kept, and told kindly."""

    def __init__(self, *, label: Any, empty: Any, **kwargs: Any) -> None:
        super().__init__(label=label, widget=forms.Textarea, error_messages={"required": empty}, strip=True, **kwargs)

    def validate(self, value: str) -> None:
        """Something is said, in less than a file."""
        super().validate(value)
        if value and not any(sign.isprintable() and not sign.isspace() for sign in value):
            raise forms.ValidationError(self.error_messages["required"])
        if len(value) > LONGEST:
            raise forms.ValidationError(
                gettext(
                    "C’est trop long : %(n)s signes, et il en faut %(most)s au plus. Rien n’est perdu : gardez "
                    "l’essentiel, la personne qui vous lit demandera le reste."
                )
                % {"n": f"{len(value):,}".replace(",", "\u00a0"), "most": f"{LONGEST:,}".replace(",", "\u00a0")}
            )


class Ask(forms.Form):
    """A question. ``signed``: who asks has an account; ``owners`` are the organisations for which they may ask."""

    text = Words(
        label=_("Votre question"),
        empty=_("Écrivez votre question."),
        help_text=_("Une question à la fois, avec ce qu’il faut pour y répondre. Ne nommez personne."),
    )
    need = forms.ChoiceField(required=False, label=_("Le sujet"))
    region = forms.ChoiceField(required=False, label=_("Votre région"))
    owner = forms.ChoiceField(required=False, label=_("Au nom de"))
    email = forms.EmailField(max_length=254, required=False)
    write = forms.MultipleChoiceField(choices=[(YES, "")], required=False, label=_("Recevoir la réponse"))

    def __init__(
        self, *args: Any, needs: Pairs, regions: Pairs, owners: Pairs, address: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["need"].choices, fields["region"].choices = needs, regions
        fields["owner"].choices = owners
        if len(owners) < 2:
            del fields["owner"]
        if address:
            del fields["email"]
            agree = gettext("Écrivez-moi à %(email)s au sujet de cette question, et pour rien d’autre.") % {
                "email": address
            }
        else:
            fields["email"].help_text = gettext(
                "Pour vous dire quand on vous répond. Sans courriel, gardez l’adresse de la page."
            )
            agree = gettext(
                "J’accepte qu’Alliage m’écrive à cette adresse au sujet de cette question, et pour rien d’autre."
            )
        fields["write"].choices = [(YES, agree)]

    def clean(self) -> dict[str, Any]:
        """An address is kept only with a consent, and a consent goes with an address."""
        said = super().clean() or {}
        if said.get("email") and not said.get("write"):
            self.add_error("write", _("Cochez cette case, ou effacez le courriel."))
        if "email" in self.fields and said.get("write") and not said.get("email") and "email" not in self.errors:
            self.add_error("email", _("Écrivez le courriel, ou décochez la case."))
        return said


class Reply(forms.Form):
    """The answer of an officer."""

    text = Words(label=_("Votre réponse"), empty=_("Écrivez votre réponse."))
    channel = forms.ChoiceField(
        choices=[("written", _("par écrit, ici")), ("live", _("de vive voix")), ("meeting", _("en rencontre"))],
        label=_("Comment vous répondez"),
        help_text=_("De vive voix ou en rencontre : écrivez ici ce qui a été dit, l’entreprise le gardera."),
    )


class Because(forms.Form):
    """A reason."""

    why = Words(label=_("Pourquoi"), empty=_("Dites pourquoi, en quelques mots."))


class More(forms.Form):
    """What who asked adds."""

    text = Words(label=_("Votre précision"), empty=_("Écrivez votre précision."))


class Promise(forms.Form):
    """A day promised for the answer."""

    day = forms.DateField(label=_("Réponse promise pour le"), error_messages={"invalid": NOT_A_DAY})
    why = forms.CharField(
        max_length=LONGEST, required=False, widget=forms.Textarea, label=_("Un mot pour l’entreprise")
    )

    def __init__(self, *args: Any, on: date, most: timedelta, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on, self._most = on, most

    def clean_day(self) -> date:
        """After today, and not too far."""
        day: date = self.cleaned_data["day"]
        if not self._on < day <= self._on + self._most:
            raise forms.ValidationError(
                gettext("Choisissez un jour après aujourd’hui, dans les %(n)s prochains jours.")
                % {"n": self._most.days}
            )
        return day


class Merge(forms.Form):
    """Another question that asks the same."""

    into = forms.ChoiceField(label=_("La question à laquelle la joindre"))

    def __init__(self, *args: Any, others: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.choices = others


class Away(forms.Form):
    """Days on which an officer is away."""

    first = forms.DateField(label=_("Du"), error_messages={"invalid": NOT_A_DAY})
    last = forms.DateField(label=_("Au"), error_messages={"invalid": NOT_A_DAY})


class AnswersFor(forms.Form):
    """What an officer answers for."""

    needs = forms.MultipleChoiceField(
        required=False, label=_("Mes sujets"), help_text=_("Aucun coché : tous ceux de nos programmes.")
    )
    regions = forms.MultipleChoiceField(required=False, label=_("Mes régions"), help_text=_("Aucune cochée : toutes."))

    def __init__(self, *args: Any, needs: Pairs, regions: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["needs"].choices, fields["regions"].choices = needs, regions


class Box(forms.Form):
    """The shared box of an organisation."""

    email = forms.EmailField(max_length=254, required=False)
    language = forms.ChoiceField(choices=[("fr", "Français"), ("en", "English")], label=_("Langue des courriels"))


class Publish(forms.Form):
    """An answer for everyone, in two languages."""

    original = forms.ChoiceField(choices=[("fr", "Français"), ("en", "English")], label=_("Écrite d’abord en"))
    question_fr = forms.CharField(
        max_length=400, required=False, widget=forms.Textarea, label=_("La question, en français"),
        help_text=_("Pour tout le monde : aucun nom, aucune ville, aucun montant qui ferait reconnaître l’entreprise."),
    )  # fmt: skip
    answer_fr = forms.CharField(
        max_length=LONGEST, required=False, widget=forms.Textarea, label=_("La réponse, en français")
    )
    question_en = forms.CharField(
        max_length=400, required=False, widget=forms.Textarea, label=_("La question, en anglais")
    )
    answer_en = forms.CharField(
        max_length=LONGEST, required=False, widget=forms.Textarea, label=_("La réponse, en anglais")
    )
    translation = forms.ChoiceField(
        choices=[
            ("none", _("pas encore traduite")),
            ("draft", _("traduite, à relire")),
            ("read", _("traduite et relue")),
        ],
        label=_("L’autre langue"),
    )
    sources = forms.CharField(
        required=False, max_length=2_000, widget=forms.Textarea, label=_("Pages officielles qui le disent"),
        help_text=_("Une adresse par ligne."),
    )  # fmt: skip
    valid_on = forms.DateField(label=_("Exacte le"), error_messages={"invalid": NOT_A_DAY})
    review_by = forms.DateField(label=_("À relire avant le"), error_messages={"invalid": NOT_A_DAY})
    settles = forms.ChoiceField(
        required=False, label=_("Règle-t-elle une condition de la fiche?"),
        help_text=_("Une fois publiée, elle sera proposée comme source de cette condition."),
    )  # fmt: skip

    def __init__(self, *args: Any, places: Pairs, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on = on
        settles: Any = self.fields["settles"]
        settles.choices = [("", gettext("Non")), *places]
        if not places:
            del self.fields["settles"]

    def clean_sources(self) -> list[str]:
        """Addresses, one by line."""
        lines = [line.strip() for line in self.cleaned_data["sources"].splitlines() if line.strip()]
        for line in lines:
            try:
                URLValidator(schemes=["http", "https"])(line)
            except forms.ValidationError:
                raise forms.ValidationError(
                    gettext("Ce n’est pas une adresse : %(line)s") % {"line": line[:80]}
                ) from None
        return lines

    def clean(self) -> dict[str, Any]:
        """Both parts in the first language; both or none in the other; days in order."""
        said = super().clean() or {}
        first = said.get("original", "fr")
        other = "en" if first == "fr" else "fr"
        for part in ("question", "answer"):
            if not said.get(f"{part}_{first}") and f"{part}_{first}" not in self.errors:
                self.add_error(f"{part}_{first}", _("Écrivez-la dans sa première langue."))
        translated = [part for part in ("question", "answer") if said.get(f"{part}_{other}")]
        if said.get("translation") == "none" and translated:
            self.add_error("translation", _("Une partie est traduite : dites si elle est relue."))
        if said.get("translation") in ("draft", "read") and len(translated) < 2:
            self.add_error("translation", _("La question et la réponse sont à traduire toutes les deux."))
        valid, review = said.get("valid_on"), said.get("review_by")
        if valid and valid > self._on:
            self.add_error("valid_on", _("Cette date n’est pas encore venue."))
        if valid and review and review <= valid:
            self.add_error("review_by", _("À relire après le jour où elle est exacte."))
        return said


class Decide(forms.Form):
    """What the team decides, and why."""

    why = forms.CharField(max_length=LONGEST, required=False, widget=forms.Textarea, label=_("Un mot pour l’organisme"))
