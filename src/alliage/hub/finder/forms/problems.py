"""What may be wrong with an answer that was typed, and how it is said to the person, with what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: Mapping[str, Promise] = {
    "number": _("Nous n’avons pas compris ce nombre. Écrivez par exemple %(example)s."),
    "whole": _("Il faut un nombre entier, par exemple %(example)s."),
    "share": _("Écrivez un pourcentage entre 0 et 100, par exemple 30 %%."),
    "money": _("Nous n’avons pas compris ce montant. Écrivez par exemple 800 000 $."),
    "cents": _("Un montant a au plus deux décimales, par exemple 1 250,50 $."),
    "date": _("Nous n’avons pas compris cette date. Écrivez l’année, le mois et le jour : %(example)s."),
    "limits": _("Ce nombre est hors des limites. Il va de %(low)s à %(high)s."),
    "interval": _("Le premier nombre est plus grand que le second. Inversez-les."),
    "both": _("Donnez un nombre, ou deux bornes, mais pas les deux."),
    "empty": _("Choisissez une réponse, cochez « Je ne sais pas », ou passez à la question suivante."),
    "long": _("Cette réponse est trop longue. Quelques mots suffisent."),
    "value": _("Ce choix n’est pas dans la liste. Choisissez-en un autre."),
    "none-and": _("« Aucun de ceux-ci » ne va pas avec un autre choix. Gardez l’un ou l’autre."),
    "unknown-and": _("Vous avez répondu et coché « Je ne sais pas ». Gardez l’un ou l’autre."),
    "place": _("Nous ne connaissons pas ce lieu. Écrivez une municipalité, une MRC, une région ou un code postal."),
    "place-like": _("Nous ne connaissons pas ce lieu. Vouliez-vous dire : %(close)s?"),
    "place-several": _("Plusieurs lieux portent ce nom. Choisissez-en un."),
    "postal": _(
        "Ce n’est pas un code postal canadien. Écrivez-le comme %(example)s, ou les trois premiers caractères."
    ),
    "code": _("Ce code d’activité n’existe pas. Cherchez plutôt avec un mot, par exemple « usinage »."),
    "code-none": _("Aucune activité ne contient ces mots. Essayez un mot plus simple, par exemple « moulage »."),
    "code-pick": _("Choisissez une activité dans la liste, puis continuez."),
    "many": _("Il y a trop de réponses ici. Gardez les principales."),
    "lines-many": _("Un budget a au plus %(most)s lignes. Réunissez les petites dépenses."),
    "line-category": _("Choisissez la sorte de dépense."),
    "line-amount": _("Écrivez le montant de cette dépense, par exemple 800 000 $."),
    "contradiction": _("Cette réponse en contredit une autre. Gardez l’une des deux."),
    "contradicts": _("Cette réponse en contredit une autre : %(others)s. Changez l’une des deux."),
    "answer": _("Nous n’avons pas pu lire cette réponse. Reformulez-la, ou cochez « Je ne sais pas »."),
    "file-name": _("Donnez un nom au dossier, par exemple « Presse de 2027 »."),
    "notes-many": _("Il y a déjà %(most)s démarches notées ici. Retirez-en une d’abord."),
    "file-many": _("Il y a déjà %(most)s dossiers ici. Supprimez-en un d’abord."),
    "too-much": _(
        "Vos réponses ne tiennent plus dans le témoin de votre navigateur. Retirez des lignes du budget, "
        "ou enregistrez vos réponses dans un fichier."
    ),
}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing wrong with one field. ``field`` is the id of the element to go to."""

    field: str
    code: str
    filled: Mapping[str, str] | None = None
    said: str = ""  # what the core says of it, in its own words

    @property
    def message(self) -> str:
        """What to say, in the reader's language."""
        return self.said or str(WORDS.get(self.code, WORDS["answer"])) % (self.filled or {})


class NotRead(Exception):
    """What was typed is no answer; ``code`` says why, ``filled`` completes its words."""

    def __init__(self, code: str, **filled: str) -> None:
        super().__init__(code)
        self.code, self.filled = code, filled
