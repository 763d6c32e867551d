"""The page where a programme is written: its form, its JSON, its conditions in both languages, who would pass."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.errors import Problem
from alliage.hub.programmes.forms.conditions import (
    DATES,
    GROUPS,
    LEAF,
    OPERATORS,
    Notes,
    operators_of,
    shape,
    typed_operand,
)
from alliage.hub.programmes.forms.layout import CONDITIONS, SECTIONS, SOURCE, WHEN, Field, Rows, Section, changed
from alliage.hub.programmes.forms.options import options_of
from alliage.hub.programmes.forms.places import dotted, items_at, value_at
from alliage.hub.programmes.forms.reading import as_json
from alliage.hub.programmes.forms.values import KEPT, shown
from alliage.hub.programmes.queries.form_words import said_in_form
from alliage.hub.programmes.queries.holding import holds, row_said
from alliage.hub.programmes.queries.stored import Shelf
from alliage.hub.programmes.queries.trying import sentence, tried
from alliage.hub.programmes.queries.unfolding import unfold
from alliage.hub.ui.language import FRENCH
from alliage.hub.ui.words import text

Plain = dict[str, Any]
_LIST = r"(?:eligibility|aid\.parts\.\d+(?:\.tiers\.\d+)?\.when)\.all\.\d+"  # one condition of a list of the form
_GROUP = re.compile(rf"^({_LIST})\.(?:all|any|not|readings)\.")
_OPERAND = re.compile(rf"({_LIST}(?:\.of\.\d+)?)\.({'|'.join(OPERATORS)})")
_KINDS = {"partial": "text"}  # kinds that a field is drawn by


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that is being written: what could not be read of it, and what the core says of it.

    ``published`` is what the site says; ``asked``, the part of the form that a person came for. ``providers``: of
    which a person may choose, if not of all.
    """

    document: Mapping[str, Any]
    notes: Notes = field(default_factory=Notes)
    problems: tuple[Problem, ...] = ()
    published: Mapping[str, Any] | None = None
    asked: str = ""
    providers: frozenset[str] | None = None


def editor_page(draft: Draft, *, shelf: Shelf, on: date) -> Plain:
    """Everything that the form shows."""
    drawing = _Drawing(draft, shelf)
    sections = [drawing.section(section) for section in SECTIONS]
    listed = drawing.place_problems()
    unfold(sections, wrong=drawing.wrong_under, published=drawing.published, asked=draft.asked)
    return {
        "sections": sections,
        "toc": sections if draft.published == {} else sorted(sections, key=_often),
        "behind": as_json(draft.document),
        "wrong": [*drawing.unread, *listed],
        "live": live_part(draft, shelf=shelf, on=on),
    }


def live_part(draft: Draft, *, shelf: Shelf, on: date) -> Plain:
    """The conditions in both languages, and who would pass, as the form stands."""
    eligibility = value_at(draft.document, CONDITIONS)
    written = eligibility if isinstance(eligibility, list) else []
    return {
        "sentences": [sentence(condition, shelf=shelf) for condition in written],
        "tried": tried(draft.document, shelf=shelf, on=on),
    }


class _Drawing:
    """Draws the fields of one draft, and remembers them by their name."""

    def __init__(self, draft: Draft, shelf: Shelf) -> None:
        self._draft, self._shelf, self._document = draft, shelf, draft.document
        self.published = draft.document if draft.published is None else draft.published
        self._vocabulary = shelf.catalogue.vocabulary
        self._options = options_of(draft.document, catalogue=shelf.catalogue, providers=draft.providers)
        self._fields: dict[str, Plain] = {}

    # ------------------------------------------------------------------------------------------- the sections

    def section(self, section: Section) -> Plain:
        """A part of the form; ``changed``: of what the site says; ``holds``: what is in it, while it is folded."""
        return {
            "id": section.id,
            "title": section.title,
            "task": section.task,
            "hint": section.hint,
            "holds": holds(section, self._document, self._options),
            "changed": changed(section, self.published, self._document),
            "fields": [self.field(one, self._document, "") for one in section.fields],
            "rows": [self.rows(rows, self._document, "", items_at(self.published, rows.path)) for rows in section.rows],
            "conditions": self.conditions(self._document, CONDITIONS) if section.conditions else None,
        }

    def rows(self, rows: Rows, owner: object, front: str, before: Sequence[tuple[str, Any]]) -> Plain:
        """The items of a list, and an empty one to add. ``before`` are those that the site shows."""
        path = f"{front}{rows.path}"
        items = [*items_at(owner, rows.path), ("", {})]
        same = [item for _at, item in before]
        return {
            "path": path,
            "title": rows.title,
            "one": rows.one,
            "items": [
                {
                    "at": at,
                    "name": f"{path}.{rank}",
                    "number": at if rows.keyed else rank + 1,
                    "said": row_said(rows, item, self._options),
                    "changed": bool(at) and item not in same,
                    "fields": [self.field(one, item, f"{path}.{rank}.") for one in rows.fields],
                    "when": self.conditions(item, WHEN, f"{path}.{rank}.{WHEN}") if rows.when and at else None,
                    "inner": [self._inner(inner, item, f"{path}.{rank}.", same) for inner in rows.inner],
                }
                for rank, (at, item) in enumerate(items)
            ],
        }

    def _inner(self, rows: Rows, owner: object, front: str, owners: Sequence[Any]) -> Plain:
        """The rows of a row: theirs are compared with those of every row that the site shows."""
        return self.rows(rows, owner, front, [item for one in owners for item in items_at(one, rows.path)])

    def field(self, one: Field, owner: object, front: str) -> Plain:
        """A field with its value, as ``ui/field.html`` takes it."""
        name, value = f"{front}{one.path}", value_at(owner, one.path)
        typed = self._draft.notes.typed.get(name)
        drawn: Plain = self._bare(name, _KINDS.get(one.kind, one.kind), one.label)
        drawn |= {"help": one.help, "optional": one.optional}
        if one.kind == "choices":
            chosen = typed if typed is not None else value if isinstance(value, list) else []
            known = self._options[one.options]
            drawn["options"] = [{"value": id_, "label": label, "on": id_ in chosen} for id_, label in known.items()]
        elif one.kind == "select":
            current = typed[-1] if typed else shown("select", value)
            drawn["options"] = self._choices(one, current, value)
        else:
            drawn["value"] = typed[-1] if typed else shown(one.kind, value)
            drawn["rows"] = 4
        return drawn

    def _bare(self, name: str, kind: str, label: object) -> Plain:
        drawn: Plain = {"id": field_id(name), "name": name, "kind": kind, "label": label}
        if wrong := self._draft.notes.wrong.get(name):
            drawn["error"] = wrong
        self._fields[name] = drawn
        return drawn

    def _choices(self, one: Field, current: str, value: object) -> list[Plain]:
        known = dict(self._options[one.options])
        if current and current not in known:
            known[current] = _("gardé tel quel : %(value)s") % {"value": _brief(value) if current == KEPT else current}
        empty = [{"value": "", "label": _("non précisé"), "on": not current}]
        return empty + [{"value": id_, "label": label, "on": id_ == current} for id_, label in known.items()]

    # ----------------------------------------------------------------------------------------- the conditions

    def conditions(self, owner: object, path: str, front: str = "", *, nested: bool = False) -> Plain:
        """The rows of a list of conditions, and an empty one to add; inside a group (``nested``), only plain ones."""
        items = [*items_at(owner, path), ("", {})]
        name = front or path
        return {
            "path": name,
            "nested": nested,
            "only_if": bool(front) and not nested,
            "items": [
                self._condition(at, item, f"{name}.{rank}", nested=nested) for rank, (at, item) in enumerate(items)
            ],
        }

    def _condition(self, at: str, item: Mapping[str, Any], name: str, *, nested: bool) -> Plain:
        form = shape(item)
        drawn: Plain = {
            "at": at,
            "name": name,
            "row": row_id(name),
            "form": form,
            "written": item,
            "said": sentence(item, shelf=self._shelf) if at else None,
        }
        if form in GROUPS:
            group = self._bare(f"{name}.group", "select", _("Groupe"))
            group["options"] = [{"value": word, "label": label, "on": word == form} for word, label in GROUPS.items()]
            return {**drawn, "group": group, "of": self.conditions({"of": item[form]}, "of", f"{name}.of", nested=True)}
        if form != LEAF:
            return {**drawn, "json": as_json(item)}
        drawn |= {"group": self._new_group(name) if not at and not nested else None}
        return drawn | self._leaf(item, name, new=not at)

    def _new_group(self, name: str) -> Plain:
        drawn = self._bare(f"{name}.group", "select", _("Une condition, ou un groupe"))
        empty = {"value": "", "label": _("Une condition"), "on": True}
        groups = [{"value": word, "label": label, "on": False} for word, label in GROUPS.items()]
        return drawn | {"options": [empty, *groups], "attrs": _ask_again(name, new=True)}

    def _leaf(self, item: Mapping[str, Any], name: str, *, new: bool) -> Plain:
        typed = self._draft.notes.typed
        chosen = typed.get(f"{name}.attribute", [str(item.get("attribute", ""))])[-1]
        asked = self._bare(f"{name}.attribute", "select", _("Question"))
        asked |= {"options": self._questions(chosen), "attrs": _ask_again(name, new=new)}
        attribute = self._vocabulary.attributes.get(chosen)
        drawn: Plain = {"attribute": asked, "for": chosen if attribute else "", "operator": None, "value": None}
        if attribute is not None:
            operator = next((key for key in OPERATORS if key in item), "")
            drawn["operator"] = self._operator(attribute, typed.get(f"{name}.operator", [operator])[-1], name)
            drawn["value"] = self._operand(attribute, item.get(operator), name)
        return drawn | {"source": self.field(SOURCE, item, f"{name}.")}

    def _questions(self, chosen: str) -> list[Plain]:
        """The questions that a rule may ask, by the page of the questionnaire where they stand."""
        groups = {group.id: text(group.name) for group in self._vocabulary.groups}
        known = {
            one.id: f"{groups.get(one.group, one.group)} : {text(one.label)}"
            for one in self._vocabulary.attributes.values()
            if not one.filter
        }
        if chosen and chosen not in known:
            known[chosen] = chosen
        empty = [{"value": "", "label": _("Choisir une question"), "on": not chosen}]
        return empty + [{"value": id_, "label": label, "on": id_ == chosen} for id_, label in known.items()]

    def _operator(self, attribute: Attribute, chosen: str, name: str) -> Plain:
        words = {**OPERATORS, **DATES} if attribute.type == "date" else OPERATORS
        drawn = self._bare(f"{name}.operator", "select", _("Comparaison"))
        drawn["options"] = [
            {"value": operator, "label": words[operator], "on": operator == chosen}
            for operator in operators_of(attribute)
        ]
        return drawn

    def _operand(self, attribute: Attribute, value: Any, name: str) -> Plain:
        typed = self._draft.notes.typed.get(f"{name}.value")
        now = typed if typed is not None else typed_operand(attribute, value, self._vocabulary, lang=FRENCH)
        kind = _OPERANDS.get(attribute.type, "text")
        drawn = self._bare(f"{name}.value", kind, _("Valeur"))
        if kind in ("choice", "choices"):
            values = {"yes": _("Oui"), "no": _("Non")} if attribute.type == "flag" else attribute.values or {}
            drawn["options"] = [{"value": id_, "label": label, "on": id_ in now} for id_, label in values.items()]
            return drawn
        drawn["value"] = now[-1] if now else ""
        if kind == "long":
            drawn |= {"rows": 3, "help": _("Un lieu par ligne : une municipalité, une MRC, une région, un code.")}
        elif attribute.type == "code":
            drawn["help"] = _("Les premiers chiffres, séparés par des virgules : 331, 332.")
        elif attribute.unit:
            drawn["unit"] = text(attribute.unit)
        return drawn

    # ------------------------------------------------------------------------------------------- the problems

    def wrong_under(self, front: str) -> bool:
        """Whether something is wrong in a field whose name begins so."""
        return any(drawn.get("error") for name, drawn in self._fields.items() if name.startswith(front))

    @property
    def unread(self) -> list[Plain]:
        """What could not be read, as links to the fields."""
        return [
            {
                "says": wrong,
                "do": "",
                "url": f"#{field_id(name)}",
                "label": self._fields[name]["label"] if name in self._fields else name,
            }
            for name, wrong in self._draft.notes.wrong.items()
        ]

    def place_problems(self) -> list[Plain]:
        """Each problem of the core beside its field; those that have a field lead to it."""
        listed = []
        for problem in self._draft.problems:
            worded = said_in_form(problem)
            name = self._nearest(self.name_of(problem))
            drawn = self._fields.get(name) if name else None
            if drawn is not None and not drawn.get("error"):
                drawn["error"] = worded["says"]
            label = drawn["label"] if drawn else problem.where.partition("::")[2] or problem.where
            listed.append({**worded, "url": f"#{field_id(name)}" if name else "", "label": label})
        return listed

    def name_of(self, problem: Problem) -> str:
        """The field that a problem is about, as the form would name it."""
        place = dotted(problem.where.rpartition("::")[2])
        place = _GROUP.sub(r"\1.of.", place)
        if operand := _OPERAND.fullmatch(place):
            place = f"{operand[1]}.value"
        if place.startswith("sources."):
            return self._source_field(place)
        return place

    def _source_field(self, place: str) -> str:
        keys = [key for key, _item in items_at(self._document, "sources")]
        _front, key, *rest = place.split(".")
        return ".".join(["sources", str(keys.index(key)) if key in keys else key, *rest])

    def _nearest(self, place: str) -> str:
        """The field of a place, else the first one inside it, else the first one inside what holds it."""
        while place:
            if place in self._fields:
                return place
            inside = next((name for name in self._fields if name.startswith(f"{place}.")), "")
            if inside:
                return inside
            place = place.rpartition(".")[0]
        return ""


_OFTEN = ("depot", "argent", "conditions", "contact")  # what changes the most, first in the table of contents


def _often(section: Plain) -> int:
    return _OFTEN.index(section["id"]) if section["id"] in _OFTEN else len(_OFTEN)


_OPERANDS = {
    "flag": "choice",
    "choice": "choices",
    "choices": "choices",
    "place": "long",
    **{kind: kind for kind in ("money", "share", "date")},
    "count": "number",
}


def _ask_again(name: str, *, new: bool) -> Plain:
    """What draws a row again once its question is chosen: that row alone, so that nothing typed elsewhere is replaced.

    A row that was empty brings the next empty one with it.
    """
    front, _dot, rank = name.rpartition(".")
    rows = [row_id(name), *([row_id(f"{front}.{int(rank) + 1}")] if new else [])]
    return {
        "hx-post": "",
        "hx-trigger": "change consume",
        "hx-target": f"#{rows[0]}",
        "hx-select": ", ".join(f"#{row}" for row in rows),
        "hx-swap": "outerHTML show:none",
    }


def row_id(name: str) -> str:
    """The id of the element of a row of conditions."""
    return "row-" + name.replace(".", "-").lower()


def field_id(name: str) -> str:
    """The id of the element of a field."""
    return "f-" + re.sub(r"[^a-z0-9]+", "-", name.lower())


def _brief(value: object) -> str:
    """A value that the form cannot show, in a few signs."""
    written = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return written if len(written) <= 60 else written[:59] + "…"
