"""Words of roles, duties, risks and of what is written in the registers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ROLES = {
    "colleague": _("Collègue"),
    "manager": _("Responsable"),
    "officer": _("Intervenante ou intervenant du programme"),
}
DUTIES = {"": _("Aucune"), "team": _("Équipe"), "administrator": _("Administration")}
RISKS = {"none": _("Non"), "serious": _("Oui"), "unknown": _("On ne sait pas encore")}
ACTS = {
    "account-closed": _("Compte fermé"),
    "account-erased": _("Compte effacé"),
    "account-opened": _("Compte rouvert"),
    "confirmation-asked": _("Confirmation demandée"),
    "confirmation-revoked": _("Demande de confirmation retirée"),
    "consent-given": _("Accord donné"),
    "consent-withdrawn": _("Accord retiré"),
    "correction-settled": _("Correction traitée"),
    "data-taken": _("Données emportées"),
    "duty-changed": _("Charge changée"),
    "forgotten": _("Effacé après son délai"),
    "incident-written": _("Incident inscrit"),
    "invitation-revoked": _("Invitation annulée"),
    "invited": _("Invitation envoyée"),
    "joined": _("Entrée dans une organisation"),
    "member-removed": _("Sortie d’une organisation"),
    "programme-gone": _("Programme dit terminé"),
    "programme-right": _("Programme confirmé"),
    "programme-verified": _("Programme vérifié"),
    "programme-wrong": _("Programme à corriger"),
    "review-closed": _("Revue fermée"),
    "organisation-created": _("Organisation créée"),
    "password-changed": _("Mot de passe changé"),
    "role-changed": _("Rôle changé"),
    "second-factor-changed": _("Second facteur changé"),
    "sessions-ended": _("Appareils déconnectés"),
    "sign-in-refused": _("Connexion refusée"),
    "signed-in": _("Connexion"),
}
WHYS = {
    "people": _("Liste des personnes"),
    "person": _("Page de la personne"),
    "organisation": _("Membres d’une organisation"),
}
# What was just done, said once on the next page.
TOLD = {
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
