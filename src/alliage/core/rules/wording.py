"""Words for conditions, answers and figures, made from data: the vocabulary's labels and the packs' phrases.

Nothing is written twice: a condition is data, and its sentence in either language is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from alliage.core.rules.condition import All, AnyOf, Condition, Leaf, NoneOf, Period
from alliage.core.rules.figures import Figures
from alliage.core.vocabulary.answers import Answer, Includes, Listed, Span
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.vocabulary import Vocabulary

LANGUAGES = ("fr", "en")


class Wording(Figures):
    """Speaks one language about one vocabulary."""

    def __init__(self, *, vocabulary: Vocabulary, phrases: Mapping[str, Any], lang: str) -> None:
        super().__init__(phrases=phrases, lang=lang, currency=vocabulary.currency)
        self.vocabulary = vocabulary

    def age(self, months: int) -> str:
        """How long ago, in months, or in whole years past two years."""
        if months < 2:
            return self.phrase("ages", "month" if months else "days")
        years = months >= 24
        return self.phrase("ages", "years" if years else "months", count=months // 12 if years else months)

    def value(self, attribute: Attribute, value: Any) -> str:
        """One value of an attribute, with its unit or its name."""
        if attribute.type == "money":
            return self.money(value)
        if attribute.type == "share":
            return self.share(value)
        if attribute.type == "date":
            return self.day(value)
        if attribute.type == "count":
            return self._count(attribute, value)
        if attribute.type == "flag":
            return self.phrase("answers", "yes" if value else "no")
        if attribute.type == "code" and attribute.example:
            return written_like(attribute.example, value)
        return self.vocabulary.value_name(attribute, value, self.lang)

    def _count(self, attribute: Attribute, value: int) -> str:
        unit = attribute.unit_one if attribute.unit_one and self.is_one(value) else attribute.unit
        number = self.number(value)
        return self.phrase("formats", "unit", number=number, unit=unit[self.lang]) if unit else number

    def is_one(self, value: int | Decimal) -> bool:
        """Whether a number takes the singular: below two in French, one alone in English."""
        return -2 < value < 2 if self.lang == "fr" else value == 1

    # ------------------------------------------------------------------------------------------ conditions

    def sentence(self, condition: Condition) -> str:
        """A condition as one sentence, without a full stop."""
        if isinstance(condition, Leaf):
            return self._capital(self._dated(self._leaf(condition), condition.holds))
        word = "all" if isinstance(condition, All) else "any" if isinstance(condition, AnyOf) else None
        word = word or ("not" if isinstance(condition, NoneOf) else "readings")
        joined = self.phrase("joins", "part").join(self.sentence(part) for part in condition.conditions)
        return self.phrase("conditions", word, parts=joined)

    def _leaf(self, leaf: Leaf) -> str:
        attribute = self.vocabulary.attributes[leaf.attribute]
        if attribute.type == "flag" and attribute.says:
            return attribute.says["yes" if leaf.operand else "no"][self.lang]
        label = attribute.label[self.lang]
        if attribute.ordered:
            operator = f"{leaf.operator}_date" if attribute.type == "date" else leaf.operator
            return self.phrase("conditions", operator, label=label, value=self.value(attribute, leaf.operand))
        joined = self.values(attribute, leaf.operand, last=_JOIN.get(leaf.operator, "or"))
        return self.phrase("conditions", leaf.operator, label=label, values=joined)

    def values(self, attribute: Attribute, values: Iterable[Any], *, last: str) -> str:
        """Values with ``last`` before the last one; codes of one title share it: ``31, 32 or 33 (Manufacturing)``."""
        named = [(str(value), self.value(attribute, value)) for value in values]
        titles = [name.removeprefix(code).lstrip() if attribute.codes else "" for code, name in named]
        if not any(titles):
            return self.listing((name for _, name in named), last=last)
        groups: dict[str, list[str]] = {}
        for (code, _), title in zip(named, titles, strict=True):
            groups.setdefault(title or code, []).append(code)
        alone = len(groups) == 1
        return self.listing(
            (
                f"{self.listing(codes, last=last) if alone else self.phrase('joins', 'comma').join(codes)} {title}"
                if title not in codes
                else title
                for title, codes in groups.items()
            ),
            last=last,
        )

    def _dated(self, sentence: str, period: Period | None) -> str:
        if period is None:
            return sentence
        days = {key: self.day(day) for key, day in (("first", period.first), ("last", period.last)) if day}
        key = {("first", "last"): "from_to", ("first",): "from", ("last",): "to"}.get(tuple(days))
        return self.phrase("conditions", key, sentence=sentence, **days) if key else sentence

    def days(self, first: date | None, last: date | None) -> str:
        """The days from one to another, both included; one of them may be absent."""
        named = {key: self.day(day) for key, day in (("first", first), ("last", last)) if day}
        key = {("first", "last"): "from_to", ("first",): "from", ("last",): "to"}[tuple(named)]
        return self.phrase("days", key, **named)

    @staticmethod
    def _capital(text: str) -> str:
        return text[:1].upper() + text[1:]

    def listing(self, words: Iterable[str], *, last: str) -> str:
        """Words with commas, and ``last`` (``or``, ``and``) before the last one."""
        items = list(words)
        if len(items) < 2:
            return "".join(items)
        return self.phrase("joins", "comma").join(items[:-1]) + self.phrase("joins", last) + items[-1]

    # --------------------------------------------------------------------------------------------- answers

    def answer(self, attribute: Attribute, answer: Answer | None) -> str:
        """An answer in words; the absence of one is said too."""
        if answer is None:
            return self.phrase("answers", "unknown")
        if isinstance(answer, Span):
            return self._span(attribute, answer)
        if isinstance(answer, Listed):
            items = [self._possibilities(attribute, item) for item in answer.items]
            return self.listing(items, last="and") or self.phrase("answers", "none")
        if isinstance(answer, Includes):
            values = self.listing((self.value(attribute, v) for v in sorted(answer.values)), last="and")
            return self.phrase("answers", "includes", values=values)
        return self._possibilities(attribute, answer.values)

    def _possibilities(self, attribute: Attribute, values: Iterable[Any]) -> str:
        ordered = sorted(values, key=_sortable)
        if attribute.type == "code":
            return self.values(attribute, ordered, last="or")
        return self.listing((self._world(attribute, value) for value in ordered), last="or")

    def _world(self, attribute: Attribute, value: Any) -> str:
        if not isinstance(value, frozenset):
            return self.value(attribute, value)
        return self.listing((self.value(attribute, v) for v in sorted(value)), last="and") or self.phrase(
            "answers", "none"
        )

    def _span(self, attribute: Attribute, span: Span) -> str:
        if span.exact:
            return self.value(attribute, span.low)
        ends = {
            key: self.value(attribute, end) for key, end in (("low", span.low), ("high", span.high)) if end is not None
        }
        key = {("low", "high"): "interval", ("low",): "at_least", ("high",): "at_most"}.get(tuple(ends), "any")
        return self.phrase("answers", key, **ends)


_JOIN = {"all_of": "and", "not_within": "or", "none_of": "or"}


def written_like(example: str, code: str) -> str:
    """A code with a space where its example has one."""
    at = example.find(" ")
    return f"{code[:at]} {code[at:]}" if 0 < at < len(code) else code


def _sortable(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value
