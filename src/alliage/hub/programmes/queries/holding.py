"""What the folded parts and rows of the form of a programme hold, in a few words: one opens only what one changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from alliage.hub.programmes.forms.layout import CONDITIONS, Field, Rows, Section
from alliage.hub.programmes.forms.options import Choices
from alliage.hub.programmes.forms.places import items_at, value_at
from alliage.hub.ui.words import day_of, figure, language, speak, text

Options = Mapping[str, Choices]
_TELLING = ("provider", "intake.kind", "contact.phone", "contact.email")  # fields that say what their part holds
_SHORT, _LONG = 60, 90
_MOST = 3


def holds(section: Section, document: Mapping[str, Any], options: Options) -> str:
    """What a part of the form holds: « Par périodes · du 1er avril 2026 au 30 juin 2026 », « Étapes : 4 »."""
    said = [_value(one, document, options) for one in section.fields if one.path in _TELLING]
    if section.conditions:
        said.append(_counted(_("Conditions"), len(items_at(document, CONDITIONS))))
    said += [_count(rows, document, options) for rows in section.rows]
    return " · ".join(filter(None, said)) or _("rien encore")


def _count(rows: Rows, document: Mapping[str, Any], options: Options) -> str:
    """The items of a list: each of them if they are short, else how many."""
    items = [item for _at, item in items_at(document, rows.path)]
    if not items:
        return ""
    if rows.path in ("intake.windows", "aid.parts") and len(items) <= _MOST:
        return ", ".join(filter(None, (row_said(rows, item, options, most=1) for item in items)))
    return _counted(str(rows.title), len(items))


def _counted(what: str, count: int) -> str:
    return text(_("%(what)s : %(count)s") % {"what": what, "count": count})


def row_said(rows: Rows, item: Mapping[str, Any], options: Options, *, most: int = _MOST) -> str:
    """One item in a few words: what its first fields say."""
    if rows.path == "intake.windows":
        return _window(item)
    return " · ".join(list(_said(rows, item, options))[:most])


def _said(rows: Rows, item: Mapping[str, Any], options: Options) -> Iterator[str]:
    for one in rows.fields:
        if one.path in ("source", "url") or one.path.endswith(".en" if language() == "fr" else ".fr"):
            continue
        if said := _value(one, item, options):
            yield said


def _window(item: Mapping[str, Any]) -> str:
    first, last = (day_of(item.get(key)) for key in ("from", "to"))
    said = {"first": first and speak().day(first), "last": last and speak().day(last)}
    if first and last:
        return _("du %(first)s au %(last)s") % said
    return (_("à partir du %(first)s") if first else _("jusqu’au %(last)s")) % said if first or last else ""


def _value(one: Field, owner: Mapping[str, Any], options: Options) -> str:
    """The value of a field in words; nothing for a list of boxes, or for what the form cannot show."""
    value = value_at(owner, one.path)
    if one.kind == "select":
        return options[one.options].get(value, "") if isinstance(value, str) else ""
    if one.kind in ("money", "share"):
        amount = figure(value)
        if amount is None:
            return ""
        return speak().money(amount) if one.kind == "money" else speak().share(float(amount))
    if one.kind == "date":
        day = day_of(value)
        return speak().day(day) if day else ""
    return _cut(value, most=_LONG if one.kind == "long" else _SHORT) if isinstance(value, str) else ""


def _cut(plain: str, *, most: int) -> str:
    return text(plain if len(plain) <= most else plain[: most - 1].rstrip() + "…")
