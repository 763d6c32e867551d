"""What the errors of a document say beside a form: the same codes, for who has never seen a file."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliage.core.vocabulary.errors import Problem
from alliage.hub.ui.problems import said
from alliage.hub.ui.words import text

_LISTED = _("Choisissez dans la liste.")
_DATES = _("Échangez les deux dates : la première vient avant la dernière.")

# By code: what is wrong (nothing: as the packs say it), and what to do in the form.
FORM: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "field-missing": (
        _("Il manque une réponse ici."),
        _("Cochez, choisissez ou écrivez; un texte s’écrit en français et en anglais."),
    ),
    "value-type": ("", _("Vérifiez ce qui est écrit dans ce champ.")),
    "value-form": ("", _("Une date s’écrit 2026-11-26; une adresse commence par https://.")),
    "value-unknown": ("", _LISTED),
    "list-too-short": (_("Il en faut au moins un."), _("Cochez une case, ou remplissez la ligne « Ajouter ».")),
    "list-too-long": (_("Il y en a trop."), _("Retirez une ligne, ou décochez une case.")),
    "text-empty": ("", _("Écrivez le texte, en français et en anglais.")),
    "text-unfinished": ("", _("Finissez-le.")),
    "number-limits": ("", _("Vérifiez le nombre : un taux va de 0 à 100 %, un montant n’est pas négatif.")),
    "limit-range": ("", _("Vérifiez le nombre : une part va de 0 à 100 %.")),
    "ceiling-contradicted": ("", _("Retirez le plafond, ou demandez à l’équipe de retirer ce qui le contredit.")),
    "tier-unreachable": (
        _("Les cas suivants ne servent jamais."),
        _("Dites pour qui vaut ce cas, par des mots ou par une condition, ou mettez-le en dernier."),
    ),
    "window-reversed": ("", _DATES),
    "period-reversed": ("", _DATES),
    "source-unknown": ("", _("Choisissez une source de la liste, ou ajoutez-la d’abord sous « Sources ».")),
    "provider-unknown": (_("Cet organisme n’est pas dans la liste."), _LISTED),
    "need-unknown": (_("Ce besoin n’est pas dans la liste."), _LISTED),
    "expense-unknown": (_("Cette dépense n’est pas dans la liste."), _LISTED),
    "term-unknown": (_("Ce choix n’est pas dans la liste."), _LISTED),
    "condition-operator": (
        _("Cette condition n’est pas finie."),
        _("Choisissez la question et la comparaison, puis donnez la valeur."),
    ),
    "attribute-unknown": (_("Cette question n’existe pas."), _LISTED),
    "attribute-filter": ("", _("Retirez la condition : « Besoins servis » le dit déjà.")),
    "operator-type": (_("Cette comparaison ne va pas avec cette question."), _LISTED),
    "place-unknown": (
        _("Ce lieu n’est pas connu."),
        _("Écrivez une municipalité, une MRC, une région ou un code, un par ligne."),
    ),
}


def said_in_form(problem: Problem) -> dict[str, str]:
    """A problem in the words of the form."""
    worded = said(problem)
    says, do = FORM.get(problem.code, ("", worded["do"]))
    return {**worded, "says": text(says) if says else worded["says"], "do": text(do)}
