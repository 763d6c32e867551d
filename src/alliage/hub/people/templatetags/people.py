"""Forms of Django and of allauth, as fields of ``ui/field.html``: ``{% for field in form|fields %}``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms, template
from django.utils.translation import gettext_lazy as _

from alliage.hub.people.queries.words import DUTIES, RISKS, ROLES, acts, whys
from alliage.hub.people.telling import told
from alliage.hub.ui.day import HERE
from alliage.hub.ui.words import clock

register = template.Library()

# What each field is called and helped with, whichever form has it.
WORDS: dict[str, tuple[Any, Any]] = {
    "code": (_("Code"), ""),
    "email": (_("Courriel"), ""),
    "login": (_("Courriel"), ""),
    "recipient": (_("Où l’envoyer"), ""),
    "name": (
        _("Votre nom"),
        _("Vos collègues, l’équipe du site et les personnes que vous invitez le voient. Le public ne le voit jamais."),
    ),
    "oldpassword": (_("Mot de passe actuel"), ""),
    "password": (_("Mot de passe"), ""),
    "password1": (
        _("Nouveau mot de passe"),
        _("Douze signes au moins. Une phrase que personne d’autre ne connaît est un bon choix."),
    ),
    "password2": (_("Le même, une seconde fois"), ""),
}
AUTOCOMPLETE = {
    "company": "organization", "contact": "email", "who": "name",
    "code": "one-time-code", "email": "email", "login": "email", "name": "name", "oldpassword": "current-password",
    "password": "current-password", "password1": "new-password", "password2": "new-password",
}  # fmt: skip


@register.filter
def fields(form: forms.BaseForm) -> list[dict[str, Any]]:
    """The fields that are seen, as plain data."""
    return [_field(form[name]) for name, field in form.fields.items() if not field.widget.is_hidden]


@register.filter
def wrong(form: forms.BaseForm) -> list[str]:
    """What is wrong with the form as a whole."""
    return [str(error) for error in form.non_field_errors()]


def _field(bound: forms.BoundField) -> dict[str, Any]:
    label, help_ = WORDS.get(bound.name, (bound.label, bound.field.help_text))
    help_ = help_ or bound.field.help_text
    kind, value = _kind(bound.field), bound.value()
    shown: dict[str, Any] = {
        "id": bound.id_for_label or f"id_{bound.html_name}",
        "name": bound.html_name,
        "kind": kind,
        "label": str(label),
        "value": "" if kind == "password" or value is None else value.isoformat() if isinstance(value, date) else value,
        "help": str(help_),
        "error": str(bound.errors[0]) if bound.errors else "",
        "optional": not bound.field.required,
        "autocomplete": AUTOCOMPLETE.get(bound.name, "off"),
        "maxlength": getattr(bound.field, "max_length", None) or "",
    }
    if isinstance(bound.field, forms.ChoiceField):
        chosen = value or []
        on = chosen if isinstance(chosen, list) else [chosen]
        choices: Any = bound.field.choices
        shown["options"] = [{"value": value, "label": str(said), "on": value in on} for value, said in choices]
    return shown


def _kind(field: forms.Field) -> str:
    kinds = (
        (forms.MultipleChoiceField, "choices"),
        (forms.ChoiceField, "select"),
        (forms.EmailField, "email"),
        (forms.DateField, "date"),
        (forms.IntegerField, "number"),
    )
    if isinstance(field.widget, forms.PasswordInput):
        return "password"
    if isinstance(field.widget, forms.Textarea):
        return "long"
    if isinstance(field.widget, forms.RadioSelect):
        return "choice"
    return next((kind for type_, kind in kinds if isinstance(field, type_)), "text")


@register.inclusion_tag("people/_told.html", takes_context=True)
def told_once(context: template.Context) -> dict[str, Any]:
    """What waits to be said, on a page that allauth draws."""
    return told(context["request"])


@register.filter
def word(code: str, of: str) -> str:
    """The word of a code: ``{{ role|word:"role" }}``; the code itself if it has none (of a room that is gone)."""
    known = {"role": ROLES, "duty": DUTIES, "risk": RISKS}.get(of) or {"act": acts, "why": whys}[of]()
    return str(known.get(code, code))


@register.filter
def localclock(at: datetime) -> str:
    """The time of day of a moment, where the companies are."""
    return clock(at.astimezone(HERE).time())
