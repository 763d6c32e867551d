"""Words of roles, duties, risks and of what is written in the registers."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

ROLES = {
    "colleague": _("Collègue"),
    "manager": _("Responsable"),
    "officer": _("Intervenante ou intervenant du programme"),
}
DUTIES = {"": _("Aucune"), "team": _("Équipe"), "administrator": _("Administration")}
RISKS = {"none": _("Non"), "serious": _("Oui"), "unknown": _("On ne sait pas encore")}
_ACTS = {
    "account-closed": _("Compte fermé"),
    "account-erased": _("Compte effacé"),
    "account-opened": _("Compte rouvert"),
    "consent-given": _("Accord donné"),
    "consent-withdrawn": _("Accord retiré"),
    "data-taken": _("Données emportées"),
    "duty-changed": _("Charge changée"),
    "forgotten": _("Effacé après son délai"),
    "incident-written": _("Incident inscrit"),
    "invitation-revoked": _("Invitation annulée"),
    "invited": _("Invitation envoyée"),
    "joined": _("Entrée dans une organisation"),
    "member-removed": _("Sortie d’une organisation"),
    "organisation-created": _("Organisation créée"),
    "organisation-deleted": _("Organisation effacée"),
    "password-changed": _("Mot de passe changé"),
    "role-changed": _("Rôle changé"),
    "second-factor-changed": _("Second facteur changé"),
    "sessions-ended": _("Appareils déconnectés"),
    "sign-in-refused": _("Connexion refusée"),
    "signed-in": _("Connexion"),
}
_WHYS = {
    "people": _("Liste des personnes"),
    "person": _("Page de la personne"),
    "organisation": _("Membres d’une organisation"),
}


def acts() -> dict[str, Any]:
    """What the register of acts may say, of people and of the rooms above (``acts`` of their ``AppConfig``)."""
    return _with_rooms(_ACTS, "acts")


def whys() -> dict[str, Any]:
    """By which pages data may have been seen, of people and of the rooms above (``whys``)."""
    return _with_rooms(_WHYS, "whys")


def _with_rooms(ours: dict[str, Any], name: str) -> dict[str, Any]:
    rooms = (getattr(config, name, {}) for config in apps.get_app_configs())
    every = {code: word for words in (ours, *rooms) for code, word in words.items()}
    return dict(sorted(every.items(), key=lambda one: str(one[1]).casefold()))


# What was just done, said once on the next page.
TOLD = {
    "edits-joined": _(
        "Enregistré. Quelqu’un d’autre a modifié la fiche pendant ce temps : les deux changements y sont."
    ),
    "saved": _("C’est gardé."),
    "sessions-ended": _("Les autres appareils sont déconnectés."),
    "session-ended": _("Cet appareil est déconnecté."),
    "consents-saved": _("Vos accords sont gardés."),
    "organisation-created": _("L’organisation est créée. Vous en êtes responsable."),
    "invited": _("L’invitation est partie."),
    "revoked": _("L’invitation est annulée."),
    "role-changed": _("Le rôle est changé."),
    "removed": _("Cette personne n’en fait plus partie."),
    "left": _("Vous n’en faites plus partie."),
    "joined": _("Vous en faites maintenant partie."),
    "duty-changed": _("La charge est changée. La personne doit se reconnecter."),
    "closed": _("Le compte est fermé."),
    "opened": _("Le compte est rouvert."),
    "code-spent": _("Trop d’essais : ce code ne sert plus. Demandez-en un autre."),
    "code-wait": _("Attendez un peu avant de demander un autre code."),
    "last-manager": _("C’est la dernière personne responsable. Nommez-en d’abord une autre."),
    "last-administrator": _("C’est la dernière personne à l’administration. Nommez-en d’abord une autre."),
    "incident-written": _("L’incident est inscrit au registre."),
}
