"""What is searched of a programme: its words in one language, by field, each with its weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.programme import Programme
from alliage.core.rules.condition import Condition, Leaf, NoneOf
from alliage.core.search.analysis import LANGUAGES
from alliage.core.search.texts import Text
from alliage.core.vocabulary.vocabulary import Vocabulary

WEIGHTS: Mapping[str, float] = {
    "name": 10,
    "ids": 8,
    "provider": 3,
    "needs": 4,
    "summary": 3,
    "conditions": 1,
    "terms": 1,
}
_NAMED_TYPES = frozenset({"choice", "choices", "code", "place"})
_REFUSALS = frozenset({"none_of", "not_starts_with", "not_within"})  # what they name is what is not wanted


def texts_of(catalogue: Catalogue) -> dict[str, Text]:
    """The words of each programme of a catalogue, by its id."""
    words = {lang: FieldWords(catalogue=catalogue, lang=lang) for lang in LANGUAGES}
    return {
        programme.id: Text({lang: words[lang].of(programme) for lang in LANGUAGES}, tuple(programme.name.values()))
        for programme in catalogue.programmes.values()
    }


class FieldWords:
    """Gathers the words of the programmes of a catalogue in one language."""

    def __init__(self, *, catalogue: Catalogue, lang: str) -> None:
        self._catalogue, self._lang = catalogue, lang
        self._leaves: dict[tuple[Any, ...], str] = {}

    def of(self, programme: Programme) -> tuple[str, ...]:
        """The text of each field of :data:`WEIGHTS`, in its order."""
        return tuple("\n".join(word for word in words if word) for words in self._fields(programme))

    def _fields(self, programme: Programme) -> Iterable[Iterable[str]]:
        document, lang = programme.document, self._lang
        aid = document.get("aid", {})
        yield [programme.name[lang]]
        yield [programme.id, *document.get("replaces", ())]
        yield [programme.provider.id, programme.provider.name[lang], *document.get("delivered_by", ())]
        yield self._needs(programme)
        yield [document["summary"][lang]]
        yield [
            *(self._condition(condition) for condition in programme.conditions),
            *(item["text"][lang] for item in document.get("confirm", ())),
        ]
        yield [
            *self._expenses(programme),
            *([aid["terms"][lang]] if aid.get("terms") else ()),
            *(step["text"][lang] for step in document.get("steps", ())),
        ]

    def _needs(self, programme: Programme) -> list[str]:
        vocabulary = self._catalogue.vocabulary
        needs = vocabulary.attributes[vocabulary.roles.needs]
        instruments = self._catalogue.raw["phrases"]["instruments"]
        names = [vocabulary.value_name(needs, need, self._lang) for need in programme.needs]
        return [*names, *(instruments[key][self._lang] for key in instrument_ids(programme) if key in instruments)]

    def _expenses(self, programme: Programme) -> list[str]:
        names = self._catalogue.vocabulary.expenses
        return [names[key][self._lang] for key in programme.document.get("expenses", ()) if key in names]

    def _condition(self, condition: Condition) -> str:
        """The names that a condition asks for; what it refuses is left out."""
        if isinstance(condition, NoneOf):
            return ""
        if not isinstance(condition, Leaf):
            return "\n".join(self._condition(part) for part in condition.conditions)
        key = (condition.attribute, condition.operator, condition.operand)
        if key not in self._leaves:
            self._leaves[key] = _leaf_words(condition, self._catalogue.vocabulary, self._lang)
        return self._leaves[key]


def _leaf_words(leaf: Leaf, vocabulary: Vocabulary, lang: str) -> str:
    attribute = vocabulary.attributes[leaf.attribute]
    if attribute.type not in _NAMED_TYPES or leaf.operator in _REFUSALS:
        return attribute.label[lang]
    return "\n".join([attribute.label[lang], *(vocabulary.value_name(attribute, v, lang) for v in leaf.operand)])


def instrument_ids(programme: Programme) -> tuple[str, ...]:
    """The main kind of money of a programme, then those of its parts."""
    found = [programme.instrument, *(part.get("instrument") for part in programme.document["aid"].get("parts", ()))]
    return tuple(dict.fromkeys(key for key in found if key))
