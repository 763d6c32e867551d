"""Which places of a document the form shows, in which order and in which words. The rest is kept untouched.

A field is named by its place: ``aid.parts.0.tiers.1.rate_at_most``. Rows are the items of a list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliage.hub.programmes.forms.places import value_at

CONDITIONS = "eligibility.all"
WHEN = "when.all"  # of a part or of a tier


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``kind``: text, long, select, choices, money, number, share, date, partial.

    ``options`` names what may be chosen (see :mod:`.options`).
    """

    path: str
    kind: str
    label: str | Promise
    help: str | Promise = ""
    options: str = ""
    optional: bool = True


@dataclass(frozen=True, slots=True)
class Rows:
    """The items of a list (or, if ``keyed``, of a mapping), each with the same fields.

    ``when``: each may also hold for some only, by conditions of its own.
    """

    path: str
    title: str | Promise
    one: str | Promise  # what one of them is called
    fields: Sequence[Field]
    inner: Sequence[Rows] = ()
    keyed: bool = False
    when: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form, under a heading. ``task``: what a person comes to change there."""

    id: str
    title: str | Promise
    task: str | Promise
    hint: str | Promise = ""
    fields: Sequence[Field] = ()
    rows: Sequence[Rows] = ()
    conditions: bool = False


def _both(path: str, french: str | Promise, english: str | Promise, *, kind: str = "text") -> tuple[Field, Field]:
    """The same words in the two languages."""
    return Field(f"{path}.fr", kind, french), Field(f"{path}.en", kind, english)


def _needed(fields: Sequence[Field]) -> Sequence[Field]:
    """The same fields, without which there is no programme, or no item."""
    return tuple(replace(one, optional=False) for one in fields)


SOURCE = Field("source", "select", _("Source"), options="sources", optional=False)
_TEXT = _needed(_both("text", _("En français"), _("En anglais"), kind="long"))
_CEILINGS = Rows(
    "ceilings",
    _("Autres plafonds"),
    _("Plafond"),
    (
        Field("at_most", "money", _("Au plus")),
        Field("per", "select", _("Compté par"), options="per"),
        SOURCE,
    ),
)
_TIERS = Rows(
    "tiers",
    _("Taux et montants, selon le cas"),
    _("Cas"),
    (
        *_both("case", _("Le cas, en français"), _("Le cas, en anglais")),
        Field("rate_at_most", "share", _("Taux, au plus")),
        Field("amount.at_least", "money", _("Montant, au moins")),
        Field("amount.at_most", "money", _("Montant, au plus")),
        Field("amount.per", "select", _("Compté par"), options="per"),
        SOURCE,
    ),
    when=True,
)
_PARTS = Rows(
    "aid.parts",
    _("Formes d’aide"),
    _("Forme d’aide"),
    (
        Field("instrument", "select", _("Forme"), options="instruments"),
        *_both("case", _("Pour qui ou pour quoi, en français"), _("Pour qui ou pour quoi, en anglais")),
        Field("expenses", "choices", _("Dépenses admises"), options="expenses"),
        *_both("paid", _("Quand l’argent vient, en français"), _("Quand l’argent vient, en anglais")),
        SOURCE,
    ),
    inner=(_TIERS, _CEILINGS),
    when=True,
)

SECTIONS: Sequence[Section] = (
    Section(
        "noms",
        _("Nom et résumé"),
        _("Le nom, le résumé, l’organisme ou l’adresse de la page"),
        fields=(
            *_needed(_both("name", _("Nom, en français"), _("Nom, en anglais"))),
            *_needed(_both("summary", _("Résumé, en français"), _("Résumé, en anglais"), kind="long")),
            Field("provider", "select", _("Organisme"), options="providers", optional=False),
            *_both("url", _("Page officielle en français"), _("Page officielle en anglais")),
            Field("needs", "choices", _("Besoins servis"), options="needs", optional=False),
            Field("instrument", "select", _("Forme d’aide principale"), options="instruments"),
            Field("confidence", "select", _("Confiance dans les faits"), options="confidence", optional=False),
            Field("as_of", "partial", _("Faits connus en date de"), _("Une année, un mois ou un jour : 2026-11")),
        ),
    ),
    Section(
        "conditions",
        _("Conditions"),
        _("Qui est admissible"),
        _("Toutes doivent être remplies. N’écrivez ici que ce que la source dit comme un refus."),
        conditions=True,
    ),
    Section(
        "a-confirmer",
        _("À confirmer avec l’organisme"),
        _("Un point à confirmer"),
        _("Ce qu’aucune question ne peut trancher. Cela ne compte jamais comme rempli."),
        rows=(Rows("confirm", _("Points à confirmer"), _("Point"), (*_TEXT, SOURCE)),),
    ),
    Section(
        "depot",
        _("Quand déposer"),
        _("La date limite, l’ouverture ou la fermeture"),
        fields=(
            Field("intake.kind", "select", _("Dépôt des demandes"), options="intakes", optional=False),
            *_both("intake.note", _("Note, en français"), _("Note, en anglais"), kind="long"),
            Field("intake.source", "select", _("Source"), options="sources", optional=False),
        ),
        rows=(
            Rows(
                "intake.windows",
                _("Périodes de dépôt"),
                _("Période"),
                (Field("from", "date", _("Du")), Field("to", "date", _("Au"))),
            ),
        ),
    ),
    Section(
        "argent",
        _("Ce que le programme peut couvrir"),
        _("Un montant, un taux, un plafond, les dépenses admises"),
        _("Le premier cas qui s’applique compte. Laissez vide ce qui n’est pas connu."),
        fields=_both("aid.terms", _("Précisions, en français"), _("Précisions, en anglais"), kind="long"),
        rows=(_PARTS, Rows("aid.ceilings", _("Plafonds de tout le programme"), _("Plafond"), _CEILINGS.fields)),
    ),
    Section(
        "etapes",
        _("Étapes"),
        _("Les étapes pour demander"),
        rows=(Rows("steps", _("Étapes, dans l’ordre"), _("Étape"), (*_TEXT, SOURCE)),),
    ),
    Section(
        "contact",
        _("À qui parler"),
        _("Le téléphone ou le courriel"),
        _("Un bureau, jamais une personne."),
        fields=(
            Field("contact.phone", "text", _("Téléphone")),
            Field("contact.email", "text", _("Courriel")),
            *_both("contact.note", _("Note, en français"), _("Note, en anglais")),
        ),
    ),
    Section(
        "sources",
        _("Sources"),
        _("Une page lue, sa date"),
        _("Les pages lues. Une source nouvelle peut être choisie plus haut après « Vérifier »."),
        rows=(
            Rows(
                "sources",
                _("Pages et documents"),
                _("Source"),
                (
                    Field("url", "text", _("Adresse"), optional=False),
                    Field("title", "text", _("Titre")),
                    Field("publisher", "text", _("Éditeur"), optional=False),
                    Field("dated", "partial", _("Datée de"), _("Une année, un mois ou un jour")),
                    Field("read", "date", _("Lue le"), optional=False),
                ),
                keyed=True,
            ),
        ),
    ),
)


def label_of(place: str) -> str:
    """What the form calls a place, with the part of the form where it is; nothing if the form does not show it.

    >>> label_of("aid.parts.0.tiers.1.rate_at_most")
    'Forme d’aide 1 · Cas 2 · Taux, au plus'
    """
    for section in SECTIONS:
        for one in section.fields:
            if one.path == place:
                return f"{section.title} · {one.label}"
            if one.path.startswith(f"{place}."):  # the two languages, the parts of an amount
                return f"{section.title} · {str(one.label).partition(', ')[0]}"
        for rows in section.rows:
            if found := _in_rows(rows, place):
                return found
        if section.conditions and place.startswith(CONDITIONS):
            return " ".join([str(section.title), *_ranks(place.removeprefix(CONDITIONS))])
    return ""


def _in_rows(rows: Rows, place: str) -> str:
    front, found, rest = place.partition(f"{rows.path}.")
    if place == rows.path:
        return str(rows.title)
    if front or not found:
        return ""
    rank, _dot, inside = rest.partition(".")
    name = f"{rows.one} {int(rank) + 1 if rank.isdigit() else rank}"
    said = [str(one.label) for one in rows.fields if one.path == inside]
    said += (
        [str(one.label).partition(", ")[0] for one in rows.fields if one.path.startswith(f"{inside}.")]
        if inside
        else []
    )
    said += [words for one in rows.inner if (words := _in_rows(one, inside))]
    if rows.when and inside.startswith(WHEN):
        said += [" ".join([str(_("Condition")), *_ranks(inside.removeprefix(WHEN))])]
    return f"{name} · {said[0]}" if said else "" if inside else name


def _ranks(place: str) -> list[str]:
    """The rank of a condition, the first one being 1."""
    return [str(int(key) + 1) for key in place.split(".") if key.isdigit()][:1]


def changed(section: Section, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a document says otherwise than another what a part of the form shows."""
    paths = [*(one.path for one in section.fields), *(rows.path for rows in section.rows)]
    paths += [CONDITIONS] if section.conditions else []
    return any((value_at(before, path) or None) != (value_at(after, path) or None) for path in paths)
