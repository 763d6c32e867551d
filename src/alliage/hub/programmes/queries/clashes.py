"""Two versions that disagree, place by place, as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from alliage.core.catalogue.differences import is_condition, is_text
from alliage.hub.programmes.forms.layout import label_of
from alliage.hub.programmes.forms.places import dotted
from alliage.hub.programmes.queries.speaking import Plain
from alliage.hub.programmes.queries.stored import Shelf
from alliage.hub.programmes.queries.trying import sentence
from alliage.hub.ui.words import capital, phrase, text

_LONGEST = 1_500


def clash_rows(clashes: Iterable[Mapping[str, Any]], *, shelf: Shelf, chosen: Mapping[str, str]) -> list[Plain]:
    """Each place where a choice is to be made: what stood there before, and what each version says."""
    return [
        {
            "place": clash["place"],
            "name": _name(clash["place"]),
            "chosen": chosen.get(clash["place"], ""),
            **{side: _value(clash[side], shelf) for side in ("base", "ours", "theirs")},
        }
        for clash in clashes
    ]


def _name(place: str) -> str:
    """What a place is called: as the form calls it, else by the pack's words for what leads to it."""
    path = dotted(place)
    return label_of(path) or " · ".join(_step(key) for key in path.split("."))


def _step(key: str) -> str:
    return str(int(key) + 1) if key.isdigit() else capital(phrase("change_fields", key))


def _value(value: Any, shelf: Shelf) -> str:
    """A value in words: a text, a condition as a sentence, else as it is written."""
    if value is None:
        return ""
    if is_text(value):
        said = f"{value['fr']} / {value['en']}"
    elif is_condition(value) and (words := sentence(value, shelf=shelf)) is not None:
        said = text(words)
    elif isinstance(value, Mapping):
        said = " · ".join(f"{key} : {_value(inner, shelf)}" for key, inner in value.items())
    elif isinstance(value, list):
        said = " ; ".join(_value(inner, shelf) for inner in value)
    else:
        said = str(value)
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
