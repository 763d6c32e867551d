"""The whole page where a programme is written: its form, the JSON beside it, and why it is changed."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.document import ProgrammeDocument
from alliage.core.catalogue.merging import Side, merge, sides
from alliage.core.catalogue.shapes import checked
from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.hub.programmes.forms.conditions import Notes
from alliage.hub.programmes.forms.options import options_of
from alliage.hub.programmes.forms.reading import Document, as_json, read_form, read_json
from alliage.hub.programmes.forms.values import Sent, one
from alliage.hub.ui.asked import whole_number

KEEP = "keep:"  # begins the name of a choice between two versions
LONGEST_REASON = 2_000
LONGEST_PAGE = 1_000
_NOT_FINISHED = frozenset(
    {
        *("field-missing", "condition-operator", "list-too-short", "text-empty", "text-too-long"),
        *("value-form", "value-unknown", "number-limits"),
    }
)
_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")

WORDS: Mapping[str, Promise] = {
    "reason": _("Dites en une phrase pourquoi la fiche change."),
    "reason-long": _("Ce texte est trop long : gardez l’essentiel."),
    "page": _("Donnez l’adresse de la page officielle qui le dit : https://…"),
    "read": _("Écrivez le jour où vous l’avez lue : 2026-11-26."),
    "read-later": _("Ce jour n’est pas encore venu."),
    "json": _("Ce texte n’est pas du JSON : %(where)s."),
    "json-shape": _("Ce JSON n’a pas la forme d’une fiche, à ces endroits : %(places)s."),
    "json-id": _("L’identifiant d’un programme ne change pas : %(id)s."),
    "json-and-form": _(
        "Le formulaire et le JSON disent autre chose à ces endroits : %(places)s. Corrigez l’un des deux."
    ),
}


@dataclass(frozen=True, slots=True)
class WhyTyped:
    """The reason and the source, as they were typed, with what is wrong."""

    reason: str = ""
    page: str = ""
    read: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """The day on which the page was read."""
        with contextlib.suppress(ValueError):
            return date.fromisoformat(self.read)
        return None


@dataclass(frozen=True, slots=True)
class Typed:
    """All that a page sent. ``json`` is what stands in its text field; ``wrong`` what is wrong with that text."""

    document: Document
    notes: Notes
    json: str
    json_wrong: str = ""
    keep: Mapping[str, Side] = field(default_factory=dict)

    @property
    def readable(self) -> bool:
        """Whether everything that was typed could be read."""
        return not self.notes.wrong and not self.json_wrong


def read_page(sent: Sent, *, id_: str, before: Document, catalogue: Catalogue) -> Typed:
    """The document that was typed, in the form, in the JSON, or in both at different places.

    ``before`` is the document that the page began from, if what it sent of it cannot be read.
    """
    behind = _behind(sent, before)
    options = options_of(behind, catalogue=catalogue)
    reading = read_form(sent, behind=behind, options=options, vocabulary=catalogue.vocabulary)
    document = {**reading.document, "id": id_}
    shown, text = as_json(behind), _plain(one(sent, "json"))
    keep = keep_of(sent)
    if "json" not in sent or text == _plain(shown):
        return Typed(document, reading.notes, as_json(document), keep=keep)
    try:
        written = read_json(text)
    except ValueError as error:
        return Typed(document, reading.notes, text, str(WORDS["json"]) % {"where": str(error)[:200]}, keep)
    if written.get("id", id_) != id_:
        return Typed(document, reading.notes, text, str(WORDS["json-id"]) % {"id": id_}, keep)
    return _both(behind, document, {**written, "id": id_}, reading.notes, text, keep)


def _both(
    behind: Document, document: Document, written: Document, notes: Notes, text: str, keep: Mapping[str, Side]
) -> Typed:
    """What was changed in the form and what was changed in the JSON, together."""
    wrong = _shape_problems(written)
    if wrong:
        places = ", ".join(f"{one.where.rpartition('::')[2] or one.found} ({one.code})" for one in wrong[:5])
        return Typed(document, notes, text, str(WORDS["json-shape"]) % {"places": places}, keep)
    merged = merge(base=behind, ours=document, theirs=written)
    if merged.clashes:
        places = ", ".join(clash.place for clash in merged.clashes[:5])
        return Typed(document, notes, text, str(WORDS["json-and-form"]) % {"places": places}, keep)
    return Typed(dict(merged.document), notes, as_json(merged.document), keep=keep)


def _behind(sent: Sent, before: Document) -> Document:
    """The document that the form showed, as the form carries it: of the right shape, though it may not be finished."""
    try:
        found = read_json(one(sent, "behind"))
    except ValueError:
        return before
    return found if all(problem.code in _NOT_FINISHED for problem in _shape_problems(found)) else before


def _shape_problems(document: Document) -> tuple[Problem, ...]:
    try:
        checked(document, model=ProgrammeDocument, where="")
    except AlliageError as error:
        return error.problems
    return ()


def _choices(sent: Sent) -> list[str]:
    names: Any = sent
    return [name for name in names if isinstance(name, str) and name.startswith(KEEP)]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def read_why(sent: Sent, *, today: date) -> WhyTyped:
    """Why something changes, and the page that says so: each is asked."""
    reason, page, read = (one(sent, name) for name in ("reason", "page", "read"))
    wrong: dict[str, str] = {}
    if not reason or len(reason) > LONGEST_REASON:
        wrong["reason"] = str(WORDS["reason-long" if reason else "reason"])
    if not is_address(page):
        wrong["page"] = str(WORDS["page"])
    typed = WhyTyped(reason, page, read, wrong)
    if typed.day is None or typed.day > today:
        wrong["read"] = str(WORDS["read-later" if typed.day else "read"])
    return typed


def is_address(typed: str) -> bool:
    """Whether it is the address of a page."""
    return _ADDRESS.fullmatch(typed) is not None and len(typed) <= LONGEST_PAGE


def read_reason(sent: Sent) -> WhyTyped:
    """A reason alone, where no page is asked."""
    reason = one(sent, "reason")
    code = "" if 0 < len(reason) <= LONGEST_REASON else "reason-long" if reason else "reason"
    return WhyTyped(reason, wrong={"reason": str(WORDS[code])} if code else {})


def as_typed(document: Mapping[str, Any]) -> Typed:
    """A document that nobody has touched yet, as the page shows it first."""
    return Typed(dict(document), Notes(), as_json(document))


def base_of(sent: Sent, *, most: int, otherwise: int) -> int:
    """The number of the revision that a page began from."""
    number = number_of(sent, "base", otherwise=otherwise)
    return number if 1 <= number <= most else otherwise


def keep_of(sent: Sent) -> Mapping[str, Side]:
    """What was chosen between two versions, by place."""
    return sides((name.removeprefix(KEEP), one(sent, name)) for name in _choices(sent))


def number_of(sent: Sent, name: str, *, otherwise: int) -> int:
    """A small whole number of a form or of an address."""
    found = whole_number(one(sent, name))
    return otherwise if found is None else found
