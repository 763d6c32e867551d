"""Receipts: for each condition, met, failed or missing, the answers used, the rule in words, and its source.

The same inputs, day and catalogue revision give the same receipt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.programme import PROVIDER_SOURCE, RECORD_SOURCE, Programme
from alliage.core.matching.aid import Aid, PartAid, cents
from alliage.core.rules.condition import Condition, Leaf
from alliage.core.rules.evaluate import Finding
from alliage.core.rules.wording import LANGUAGES, Wording
from alliage.core.vocabulary.answers import Answer, Answers, plain
from alliage.core.vocabulary.truth import Truth

STATES: Mapping[Truth, str] = {Truth.TRUE: "met", Truth.FALSE: "failed", Truth.UNKNOWN: "missing"}
_MET, _FAILED, _MISSING = STATES.values()


class Receipts:
    """Draws receipts for one catalogue. Sentences, sources and answers are made plain once, then remembered."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.words = {lang: wording(catalogue, lang=lang) for lang in LANGUAGES}
        self._sentences: dict[int, tuple[Condition, dict[str, str]]] = {}
        self._sources: dict[tuple[str, str], dict[str, Any]] = {}
        self._answers: dict[str, tuple[Answer | None, object]] = {}  # the last one to each question

    def lines(self, programme: Programme, findings: tuple[Finding, ...], answers: Answers) -> list[dict[str, Any]]:
        """One line per top-level condition, in the order of the document."""
        return [self.line(programme, finding, answers) for finding in findings]

    def line(self, programme: Programme, finding: Finding, answers: Answers) -> dict[str, Any]:
        """What was found of one condition, with its parts."""
        condition = finding.condition
        line: dict[str, Any] = {
            "state": _state(finding.truth),
            "words": self._sentence(condition),
        }
        if finding.cause is not None:
            line["cause"] = finding.cause.value
        if isinstance(condition, Leaf):
            line["attribute"] = condition.attribute
            line["answer"] = self._answer(condition.attribute, answers)
            line["source"] = self._source(programme, condition.source)
        else:
            line["group"] = type(condition).__name__
            line["parts"] = [self.line(programme, part, answers) for part in finding.parts]
        return line

    def _sentence(self, condition: Condition) -> dict[str, str]:
        """The condition in both languages; remembered by identity, since a condition lives as long as its programme."""
        known = self._sentences.get(id(condition))
        if known is None:
            words = {lang: self.words[lang].sentence(condition) for lang in LANGUAGES}
            known = self._sentences[id(condition)] = (condition, words)
        return known[1]

    def _source(self, programme: Programme, key: str) -> dict[str, Any]:
        id_ = programme.document["id"]
        known = self._sources.get((id_, key))
        if known is None:
            known = self._sources[id_, key] = source_of(programme, key=key, catalogue=self.catalogue)
        return known

    def _answer(self, attribute: str, answers: Answers) -> object:
        answer = answers.get(attribute)
        known = self._answers.get(attribute)
        if known is None or known[0] is not answer:
            known = self._answers[attribute] = (answer, plain(answer))
        return known[1]


def _state(truth: Truth) -> str:
    """As ``STATES``, which would work out the hash of a truth for each line."""
    return _MET if truth is Truth.TRUE else _FAILED if truth is Truth.FALSE else _MISSING


def source_of(programme: Programme, *, key: str, catalogue: Catalogue) -> dict[str, Any]:
    """Where a fact comes from, as plain data: the source, the provider's territory, or one of the record's sources."""
    if key == PROVIDER_SOURCE:
        provider = programme.provider
        said = dict(catalogue.raw["phrases"]["sources"]["provider"])
        return {"key": key, "title": said, "publisher": dict(provider.name), "url": provider.url}
    if key == RECORD_SOURCE:
        return {"key": key, "title": dict(catalogue.raw["phrases"]["sources"]["record"])}
    return {"key": key, **programme.document["sources"][key]}


def wording(catalogue: Catalogue, *, lang: str) -> Wording:
    """The words of a catalogue in one language."""
    return Wording(vocabulary=catalogue.vocabulary, phrases=catalogue.raw["phrases"], lang=lang)


def sums(aid: Aid, *, words: Wording) -> list[str]:
    """How the amount of each part is found: its rate on its base, what is subtracted first, what caps it."""
    return [_sum(part, words) for part in aid.parts if part.base is not None and part.at_most and not part.announced]


def _sum(part: PartAid, words: Wording) -> str:
    assert part.base is not None
    assert part.rate_at_most is not None
    net = words.money(part.base)
    if part.threshold:
        whole, threshold = words.money(part.base + part.threshold), words.money(part.threshold)
        net = words.phrase("aid", "net", net=net, base=whole, threshold=threshold)
    if part.counted:
        net = words.phrase("aid", "counted", net=net)
    return words.phrase(
        "aid",
        "sum" if part.at_most == cents(part.rate_at_most * part.base) else "sum_capped",
        kind=words.phrase("instruments", part.instrument or "none"),
        rate=_between(part.rate_at_least, part.rate_at_most, words.share, words),
        base=net,
        amount=_between(part.at_least, part.at_most, words.money, words),
    )


def _between(low: Decimal | None, high: Decimal | None, say: Callable[[Decimal], str], words: Wording) -> str:
    assert high is not None
    return say(high) if low is None or low == high else words.phrase("aid", "between", low=say(low), high=say(high))
