"""What changed in a programme, in words: sentences made from the two documents, never written beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.differences import Difference, Path, is_condition, is_leaf, is_text, operator_of
from alliage.core.rules.condition import Leaf, build_condition
from alliage.core.rules.wording import Wording

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONEY = frozenset({"amount", "slice", "per_unit", "hourly_wage_at_most", "ceilings", "threshold", "expenses_over"})
_SHARES = frozenset({"weights", "government_at_most", "private_at_least", "in_kind_at_most", "fee_at_least_per_year"})
_PROGRAMMES = frozenset({"not_with", "same_money_as", "requires", "programmes", "replaces"})
_PROVIDERS = frozenset({"provider", "across", "not_with_providers"})
_PHRASES = {"instrument": "instruments", "alternatives": "instruments", "per": "per", "moment": "terms"}


class Side:
    """One of the two catalogues, and what its values are called."""

    def __init__(self, *, catalogue: Catalogue, document: Mapping[str, Any], lang: str) -> None:
        self.catalogue, self.document, self.lang = catalogue, document, lang
        self.wording = Wording(vocabulary=catalogue.vocabulary, phrases=catalogue.raw["phrases"], lang=lang)

    def name(self, path: Path, value: str) -> str:
        """What a word of a document stands for: a need, an expense, a programme, a source, a day; else itself."""
        field = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        known = self._known(field)
        if value in known:
            return known[value][self.lang]
        if field == "source":
            return self.source(value)
        if _DAY.fullmatch(value):
            return self.wording.day(date.fromisoformat(value))
        return value

    def _known(self, field: str) -> Mapping[str, Mapping[str, str]]:
        """The names of the values of a field, if it is one whose values have names."""
        catalogue, phrases = self.catalogue, self.catalogue.raw["phrases"]
        if field == "needs":
            return catalogue.vocabulary.attributes[catalogue.vocabulary.roles.needs].values or {}
        if field in _PROGRAMMES:
            return {id_: programme.name for id_, programme in catalogue.programmes.items()}
        if field in _PROVIDERS:
            return {id_: provider.name for id_, provider in catalogue.providers.items()}
        if field.startswith("expenses"):
            return catalogue.vocabulary.expenses
        if field == "level":
            return catalogue.levels
        if field == "serves":
            return {code: place.name for code, place in catalogue.vocabulary.places.places.items()}
        words: Mapping[str, Mapping[str, str]] = phrases[_PHRASES.get(field, "change_values")]
        return words

    def source(self, key: str) -> str:
        """The title of a source, else its address."""
        found = self.document.get("sources", {}).get(key)
        if found is None:
            return self.wording.phrase("sources", key) if key in self.catalogue.raw["phrases"]["sources"] else key
        return self.wording.phrase("changes", "quoted", text=str(found.get("title") or found.get("url")))


class ChangeWords:
    """Says the differences between two documents in one language. ``before`` and ``after`` know their own names."""

    def __init__(self, *, before: Side, after: Side) -> None:
        self._before, self._after = before, after
        self._wording = after.wording
        self._fields: Mapping[str, Any] = after.catalogue.raw["phrases"]["change_fields"]

    def sentence(self, difference: Difference) -> str:
        """A difference as one sentence, without a full stop."""
        before, after, path = difference.before, difference.after, difference.path
        if difference.moved:
            return self._say("moved", label=self.label(path))
        if is_condition(before) or is_condition(after):
            return self._condition(difference)
        if _are_words(before) or _are_words(after):
            return self._say("items", label=self.label(path), parts=self._items(path, _listed(before), _listed(after)))
        if before is None:
            return self._say("added", label=self.label(path), value=self._value(self._after, path, after))
        if after is None:
            return self._say("removed", label=self.label(path), value=self._value(self._before, path, before))
        if is_text(before) and is_text(after) and before[self._after.lang] == after[self._after.lang]:
            return self._say("other_language", label=self.label(path))
        return self._say(
            "changed" if isinstance(after, int | float) else "changed_words",
            label=self.label(path),
            after=self._value(self._after, path, after),
            before=self._value(self._before, path, before),
        )

    def _say(self, key: str, **filled: object) -> str:
        text = self._wording.phrase("changes", key, **filled)
        return text[:1].upper() + text[1:]

    # ------------------------------------------------------------------------------------------- conditions

    def _condition(self, difference: Difference) -> str:
        before, after = difference.before, difference.after
        if before is None or after is None:
            side, value = (self._after, after) if before is None else (self._before, before)
            key = "added" if before is None else "removed"
            return self._say(key, label=self.label(difference.path), value=self._value(side, difference.path, value))
        asked, asked_before = _condition_words(self._after, after), _condition_words(self._before, before)
        if is_leaf(before) and is_leaf(after):
            detail = self._moved_limit(before, after)
            if detail:
                return self._say("detail", sentence=asked, detail=detail)
        return self._say("condition", after=asked, before=asked_before)

    def _moved_limit(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
        """What moved in a condition that asks for the same thing, if that says it all."""
        operator = operator_of(after)
        one, other = _leaf(self._before, before), _leaf(self._after, after)
        if operator_of(before) != operator or one.attribute != other.attribute or one.holds != other.holds:
            return None
        attribute = self._after.catalogue.vocabulary.attributes[other.attribute]
        if attribute.ordered:
            return self._wording.phrase("changes", "instead", before=self._before.wording.value(attribute, one.operand))
        if attribute.type == "flag":
            return None
        return self._moved(
            [self._after.wording.value(attribute, value) for value in other.operand if value not in one.operand],
            [self._before.wording.value(attribute, value) for value in one.operand if value not in other.operand],
        )

    # ------------------------------------------------------------------------------------------------ values

    def _value(self, side: Side, path: Path, value: Any) -> str:
        """A value of a document in words; a record is said field by field, without its sources."""
        if is_condition(value):
            return self._quoted(_condition_words(side, value))
        if is_text(value):
            return self._quoted(value[side.lang])
        if isinstance(value, Mapping):
            return self._record(side, path, value)
        if isinstance(value, list | tuple):
            said = [self._value(side, (*path, at), item) for at, item in enumerate(value)]
            return side.wording.listing(said, last="and") or side.wording.phrase("answers", "none")
        if isinstance(value, bool):
            return side.wording.phrase("answers", "yes" if value else "no")
        if isinstance(value, int | float):
            return _figure(side.wording, path, value)
        return side.name(path, str(value))

    def _record(self, side: Side, path: Path, record: Mapping[str, Any]) -> str:
        if "url" in record and "publisher" in record:
            return self._quoted(str(record.get("title") or record["url"]))
        fields = [key for key in record if key not in ("source", "id") and record[key] is not None]
        if fields == ["text"]:
            return self._value(side, (*path, "text"), record["text"])
        said = (self._said(side, (*path, key), record[key]) for key in fields)
        return self._wording.phrase("joins", "comma").join(said)

    def _said(self, side: Side, path: Path, value: Any) -> str:
        """A field of a record, with its label unless it is a record itself."""
        words = self._value(side, path, value)
        if isinstance(value, Mapping) and not is_text(value) and not is_condition(value):
            return words
        return self._wording.phrase("changes", "field", label=self._field(path), value=words)

    def _items(self, path: Path, before: Iterable[Any], after: Iterable[Any]) -> str:
        """What entered a list of words and what left it."""
        had, has = Counter(before), Counter(after)
        return self._moved(
            [self._value(self._after, path, item) for item in (has - had).elements()],
            [self._value(self._before, path, item) for item in (had - has).elements()],
        ) or self._wording.phrase("answers", "none")

    def _moved(self, entered: list[str], left: list[str]) -> str:
        said = [
            self._wording.phrase("changes", key, values=self._wording.listing(words, last="and"))
            for key, words in (("entered", entered), ("left", left))
            if words
        ]
        return self._wording.phrase("joins", "part").join(said)

    def _quoted(self, text: str) -> str:
        return self._wording.phrase("changes", "quoted", text=text)

    # ------------------------------------------------------------------------------------------------ labels

    def label(self, path: Path) -> str:
        """What a place of a document is called, with the aid part and the tier that it is in."""
        if path[-1] == "source" and len(path) > 1:
            return self._wording.phrase("changes", "source_of", label=self._what(path[:-1]))
        context = self._context(path)
        field = self._field(path)
        return self._wording.phrase("changes", "in", label=field, context=context) if context else field

    def _what(self, path: Path) -> str:
        found = _at(self._after.document, path)
        return self._quoted(_condition_words(self._after, found)) if is_condition(found) else self.label(path)

    def _field(self, path: Path) -> str:
        """The label of the longest known end of a path; a field without words is named as it is written."""
        names = [
            part for part in (path if path[0] != "sources" or len(path) > 2 else path[:1]) if isinstance(part, str)
        ]
        for start in range(len(names)):
            found = self._fields.get(".".join(names[start:]))
            if found:
                return str(found[self._after.lang])
        return names[-1] if names else ""

    def _context(self, path: Path) -> str:
        """``grant, tier 2`` for what lies in an aid part; the title for what lies in a source."""
        if path[0] == "sources" and len(path) > 2:
            return self._after.source(str(path[1]))
        if path[:2] != ("aid", "parts") or len(path) < 3:
            return ""
        part = _at(self._after.document, path[:3]) or _at(self._before.document, path[:3]) or {}
        words = [self._wording.phrase("instruments", part.get("instrument") or "none")]
        if len(path) > 4 and path[3] == "tiers" and len(part.get("tiers", ())) > 1:
            words.append(self._wording.phrase("changes", "tier", number=int(path[4]) + 1))
        return self._wording.phrase("joins", "comma").join(words)


def _leaf(side: Side, document: Mapping[str, Any]) -> Leaf:
    built = build_condition(document, vocabulary=side.catalogue.vocabulary)
    assert isinstance(built, Leaf)
    return built


def _condition_words(side: Side, document: Mapping[str, Any]) -> str:
    return side.wording.sentence(build_condition(document, vocabulary=side.catalogue.vocabulary))


def _are_words(value: Any) -> bool:
    return isinstance(value, list | tuple) and not any(isinstance(item, Mapping | list | tuple) for item in value)


def _listed(value: Any) -> list[Any]:
    """A value that may stand alone or in a list, as a list."""
    return list(value) if isinstance(value, list | tuple) else [] if value is None else [value]


def _figure(wording: Wording, path: Path, value: int | float) -> str:
    """A number as a share, an amount or itself, from the field that it is in."""
    names = {part for part in path if isinstance(part, str)}
    last = str(path[-1])
    if last in ("years", "year") or "months" in last:
        return wording.number(value)
    if last.startswith("rate_") or "share" in last or names & _SHARES:
        return wording.share(value)
    return wording.money(value) if names & _MONEY else wording.number(value)


def _at(document: Any, path: Path) -> Any:
    """What a document has at a place; ``None`` if nothing."""
    for part in path:
        if isinstance(document, Mapping):
            document = document.get(part)
        elif isinstance(document, list | tuple) and isinstance(part, int) and part < len(document):
            document = document[part]
        else:
            return None
    return document
