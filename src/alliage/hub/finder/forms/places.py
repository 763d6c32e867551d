"""Places as people write them: a municipality, an MRC, a region, a province, or a postal code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.rules.derivations import derive
from alliage.core.vocabulary.answers import Listed
from alliage.core.vocabulary.places import folded
from alliage.core.vocabulary.profile import Profile, Refusal, read_answer
from alliage.hub.finder.forms.problems import NotRead

LONGEST = 120
_ANY_DAY = date(2000, 1, 1)  # a table of places does not depend on the day


class SeveralPlaces(Exception):
    """What was typed names several places: pairs of code and name, to choose from."""

    def __init__(self, options: tuple[tuple[str, str], ...]) -> None:
        super().__init__(", ".join(name for _, name in options))
        self.options = options


class PlaceNames:
    """The names of the places of a catalogue in one language, each telling its namesakes apart."""

    def __init__(self, catalogue: Catalogue, *, lang: str) -> None:
        self._catalogue, self._lang = catalogue, lang
        self._places = catalogue.vocabulary.places
        self._shared = Counter(folded(place.name[lang]) for place in self._places.places.values())
        smallest = {place.level for place in self._places.places.values()} - {
            self._places.places[place.parent].level for place in self._places.places.values() if place.parent
        }
        offered = [p for p in self._places.places.values() if p.level in smallest or len(self._line(p.code)) <= 3]
        self.offered: tuple[str, ...] = tuple(dict.fromkeys(sorted(self.name(p.code) for p in offered)))
        self._likely = {folded(place.name[lang]): place.name[lang] for place in self._places.places.values()}

    @cached_property
    def datalist(self) -> SafeString:
        """The names offered while one types, as a page holds them; drawn once."""
        return format_html_join("", '<option value="{}">', ((name,) for name in self.offered))

    def _line(self, code: str) -> tuple[str, ...]:
        return self._places.ancestors(code)

    def name(self, code: str) -> str:
        """The name of a place; with what holds it, if others bear the same name."""
        place = self._places.places[code]
        name = place.name[self._lang]
        if self._shared[folded(name)] < 2 or place.parent is None or self._places.named(name) == [code]:
            return name
        return f"{name} ({self._places.name(place.parent, self._lang)})"

    def read(self, typed: str) -> Any:
        """What was typed, as one item of a list of places: a code, or the possibilities of a postal code.

        Raises:
            NotRead: no such place.
            SeveralPlaces: it names several.
        """
        text = typed.strip()
        if len(text) > LONGEST:
            raise NotRead("long")
        if text in self._places:
            return text
        found = self._named(text)
        if len(found) == 1:
            return found[0]
        if found:
            raise SeveralPlaces(tuple((code, self._whole(code)) for code in found))
        by_code = self._by_postal_code(text)
        if by_code is not None:
            return by_code
        close = [self._likely[key] for key in get_close_matches(folded(text), self._likely, n=3, cutoff=0.75)]
        raise NotRead("place-like", close=", ".join(close)) if close else NotRead("place")

    def _named(self, text: str) -> Sequence[str]:
        found = self._places.named(text)
        if found or not text.endswith(")"):
            return found
        name, _, holder = text[:-1].rpartition("(")
        wanted = folded(holder)
        return [
            code
            for code in self._every(name)
            if any(wanted in map(folded, self._places.places[area].name.values()) for area in self._line(code)[1:])
        ]

    def _every(self, name: str) -> list[str]:
        """All that bears a name, what is nested included."""
        wanted = folded(name)
        return [p.code for p in self._places.places.values() if wanted in {folded(word) for word in p.name.values()}]

    def _whole(self, code: str) -> str:
        line = [self._places.name(area, self._lang) for area in self._line(code)[1:3]]
        return f"{self._places.name(code, self._lang)} ({', '.join(line)})" if line else self.name(code)

    def _by_postal_code(self, text: str) -> Any:
        """The places of a postal code, by the tables of the pack; ``None`` if it is not one, or not known."""
        catalogue = self._catalogue
        for table in catalogue.derivations.tables:
            attribute = catalogue.vocabulary.attributes[table.given]
            try:
                given = read_answer(text, attribute=attribute, vocabulary=catalogue.vocabulary)
            except Refusal:
                continue
            known = derive(
                Profile({table.given: given}),
                derivations=catalogue.derivations,
                vocabulary=catalogue.vocabulary,
                on=_ANY_DAY,
            ).answers.get(table.attribute)
            if isinstance(known, Listed) and known.items:
                places = sorted(known.items[0])
                return places[0] if len(places) == 1 else {"one_of": places}
        return None
