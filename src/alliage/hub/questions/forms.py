"""What is typed on the pages of questions, read on the server; drawn by ``ui/field.html``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliage.hub.questions.actions.asking import LONGEST
from alliage.hub.ui.asked import says_something
from alliage.hub.ui.fields import Choice, Choices, Day, Email

YES = "yes"
OLDEST = timedelta(days=3653)  # an answer of before is no news
LONGEST_REVIEW = timedelta(days=1096)  # an answer that nobody reads again for longer is not kept up
Pairs = Sequence[tuple[str, str]]


class Words(forms.CharField):
    """A text of ours. Signs that nobody sees say nothing; what is too long is kept, and told kindly."""

    def __init__(self, *, label: Any, empty: Any = None, most: int = LONGEST, **kwargs: Any) -> None:
        missing = {"required": False} if empty is None else {"error_messages": {"required": empty}}
        super().__init__(label=label, widget=forms.Textarea, strip=True, **missing, **kwargs)
        self.most = most

    def to_python(self, value: Any) -> str:
        """Nothing, where nothing is seen."""
        said = str(super().to_python(value))
        return said if says_something(said) else ""

    def validate(self, value: str) -> None:
        """Something is said, in less than a file."""
        super().validate(value)
        if len(value) > self.most:
            raise forms.ValidationError(
                gettext(
                    "C’est trop long : %(n)s signes, et il en faut %(most)s au plus. Rien n’est perdu : "
                    "gardez l’essentiel."
                )
                % {"n": f"{len(value):,}".replace(",", "\u00a0"), "most": f"{self.most:,}".replace(",", "\u00a0")}
            )


class Ask(forms.Form):
    """A question. ``signed``: who asks has an account; ``owners`` are the organisations for which they may ask.

    ``agencies``: those of a day, when the question is about one; they may choose which is to answer.
    """

    text = Words(
        label=_("Votre question"),
        empty=_("Écrivez votre question."),
        help_text=_("Une question à la fois, avec ce qu’il faut pour y répondre. Ne nommez personne."),
    )
    to = Choice(
        required=False, label=_("À qui"), help_text=_("Un organisme de la journée, ou le site choisit pour vous.")
    )
    need = Choice(required=False, label=_("Le sujet"))
    region = Choice(required=False, label=_("Votre région"))
    owner = Choice(required=False, label=_("Au nom de"))
    email = Email(required=False)
    write = Choices(choices=[(YES, "")], required=False, label=_("Recevoir la réponse"))

    def __init__(
        self,
        *args: Any,
        needs: Pairs,
        regions: Pairs,
        owners: Pairs,
        agencies: Pairs = (),
        address: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["need"].choices, fields["region"].choices = needs, regions
        fields["owner"].choices = owners
        fields["to"].choices = agencies
        for name, options in (("owner", owners), ("to", agencies)):
            if len(options) < 2:
                del fields[name]
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
    channel = Choice(
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

    day = Day(label=_("Réponse promise pour le"))
    why = Words(label=_("Un mot pour l’entreprise"))

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

    into = Choice(label=_("La question à laquelle la joindre"))

    def __init__(self, *args: Any, others: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        into.choices = others


class Away(forms.Form):
    """Days on which an officer is away."""

    first = Day(label=_("Du"))
    last = Day(label=_("Au"))


class AnswersFor(forms.Form):
    """What an officer answers for."""

    needs = Choices(required=False, label=_("Mes sujets"), help_text=_("Aucun coché : tous ceux de nos programmes."))
    regions = Choices(required=False, label=_("Mes régions"), help_text=_("Aucune cochée : toutes."))

    def __init__(self, *args: Any, needs: Pairs, regions: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["needs"].choices, fields["regions"].choices = needs, regions


class Box(forms.Form):
    """The shared box of an organisation."""

    email = Email(required=False)
    language = Choice(choices=[("fr", "Français"), ("en", "English")], label=_("Langue des courriels"))


class Publish(forms.Form):
    """An answer for everyone, in two languages."""

    original = Choice(choices=[("fr", "Français"), ("en", "English")], label=_("Écrite d’abord en"))
    question_fr = Words(
        most=400, label=_("La question, en français"),
        help_text=_("Pour tout le monde : aucun nom, aucune ville, aucun montant qui ferait reconnaître l’entreprise."),
    )  # fmt: skip
    answer_fr = Words(label=_("La réponse, en français"))
    question_en = Words(most=400, label=_("La question, en anglais"))
    answer_en = Words(label=_("La réponse, en anglais"))
    translation = Choice(
        choices=[
            ("none", _("pas encore traduite")),
            ("draft", _("traduite, à relire")),
            ("read", _("traduite et relue")),
        ],
        label=_("L’autre langue"),
    )
    sources = Words(
        most=2_000, label=_("Pages officielles qui le disent"),
        help_text=_("Une adresse par ligne."),
    )  # fmt: skip
    valid_on = Day(label=_("Exacte le"))
    review_by = Day(label=_("À relire avant le"))
    settles = Choice(
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
        elif valid and valid < self._on - OLDEST:
            self.add_error("valid_on", _("C’est trop ancien pour être publié : dix ans au plus."))
        if valid and review and review <= valid:
            self.add_error("review_by", _("À relire après le jour où elle est exacte."))
        elif review and review > self._on + LONGEST_REVIEW:
            self.add_error("review_by", _("À relire dans trois ans au plus."))
        return said


class Decide(forms.Form):
    """What the team decides, and why."""

    why = Words(label=_("Un mot pour l’organisme"))
