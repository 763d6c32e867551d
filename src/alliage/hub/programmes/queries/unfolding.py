"""Which parts and rows of the form of a programme are open: what is wrong or changed; the rest is folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from alliage.hub.programmes.forms.layout import CONDITIONS
from alliage.hub.programmes.forms.places import items_at

Plain = dict[str, Any]
Wrong = Callable[[str], bool]  # whether something is wrong in the fields whose name begins so


def unfold(sections: Iterable[Plain], *, wrong: Wrong, published: Mapping[str, Any], asked: str) -> None:
    """Say of each part and row whether it is ``open``.

    ``published`` is what the site says; ``asked``, the part that one came for.
    Parts are told ``wrong`` too, for the table of contents.
    """
    for section in sections:
        for rows in section["rows"]:
            _rows(rows, wrong)
        if section["conditions"]:
            same = [item for _at, item in items_at(published, CONDITIONS)]
            _conditions(section["conditions"], wrong, same=same)
        section["wrong"] = _any_wrong(section, wrong)
        section["open"] = section["wrong"] or section["changed"] or section["id"] == asked


def _rows(rows: Plain, wrong: Wrong) -> None:
    for item in rows["items"]:
        for inner in item["inner"]:
            _rows(inner, wrong)
        if item["when"]:
            _conditions(item["when"], wrong)
        item["open"] = item["changed"] or wrong(f"{item['name']}.")


def _conditions(rows: Plain, wrong: Wrong, *, same: Sequence[Any] | None = None) -> None:
    """``same``: the conditions that the site shows in this list, if they are known one by one."""
    for item in rows["items"]:
        if item.get("of"):
            _conditions(item["of"], wrong)
        new = same is not None and bool(item["at"]) and item["written"] not in same
        unfinished = bool(item["at"]) and item["said"] is None
        item["open"] = new or unfinished or wrong(f"{item['name']}.")


def _any_wrong(section: Plain, wrong: Wrong) -> bool:
    fields = any(one.get("error") for one in section["fields"])
    rows = any(wrong(f"{rows['path']}.") for rows in section["rows"])
    return fields or rows or bool(section["conditions"] and wrong(f"{CONDITIONS}."))
