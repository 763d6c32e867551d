"""Receipts: for each condition, met, failed or missing, the answers used, the rule in words, and its source.

The same inputs, day and catalogue revision give the same receipt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.programme import PROVIDER_SOURCE, RECORD_SOURCE, Programme
from alliage.core.matching.near_misses import NearMiss, near_misses
from alliage.core.matching.next_question import as_dict as question_as_dict
from alliage.core.matching.next_question import next_question
from alliage.core.matching.results import Result, Results
from alliage.core.matching.verdict import unique
from alliage.core.rules.condition import Condition, Leaf, leaves
from alliage.core.rules.evaluate import Finding
from alliage.core.rules.wording import LANGUAGES, Wording
from alliage.core.vocabulary.answers import Answer, Answers, plain
from alliage.core.vocabulary.attributes import Attribute
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
            known = self._sources[id_, key] = source_of(programme, key, self.catalogue)
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


def source_of(programme: Programme, key: str, catalogue: Catalogue) -> dict[str, Any]:
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


def result_as_dict(result: Result, results: Results, receipts: Receipts) -> dict[str, Any]:
    """One result as plain data, whole."""
    found, programme = result.match, result.match.programme
    near = near_misses(found, catalogue=results.catalogue, profile=results.profile, known=results.known, on=results.on)
    return {
        "programme": programme.id,
        "name": dict(programme.name),
        "kind": programme.kind,
        "provider": {
            "id": programme.provider.id,
            "name": dict(programme.provider.name),
            "level": programme.provider.level,
        },
        "instrument": programme.instrument,
        "needs": list(programme.needs),
        "verdict": found.verdict.value,
        "intake": found.intake.as_dict(),
        "failed": list(found.failed),
        "missing": list(found.missing),
        "unsettled": list(found.unsettled),
        "conditions": receipts.lines(programme, found.findings, results.known.answers),
        "no_condition_read": programme.nothing_read,
        "to_confirm": [
            {"text": dict(item["text"]), "source": source_of(programme, item["source"], results.catalogue)}
            for item in programme.document.get("confirm", ())
        ],
        "near_misses": [near_miss_as_dict(miss, receipts) for miss in near],
        "aid": result.aid.as_dict(),
        "freshness": {"state": result.freshness.state, "months": result.freshness.months},
        "confidence": programme.confidence,
        "as_of": programme.document.get("as_of"),
        "replaces": list(programme.document.get("replaces", ())),
        "url": dict(programme.document["url"]),
    }


def near_miss_as_dict(miss: NearMiss, receipts: Receipts) -> dict[str, Any]:
    """A near miss as plain data, with what to do in both languages."""
    attributes = receipts.catalogue.vocabulary.attributes
    return {
        "effort": miss.effort,
        "verdict": miss.verdict.value,
        "changes": [
            {
                "attribute": change.attribute,
                "now": plain(change.now),
                "then": plain(change.then),
                "how": _how(attributes[change.attribute]),
                "words": {
                    lang: receipts.words[lang].answer(attributes[change.attribute], change.then) for lang in LANGUAGES
                },
            }
            for change in miss.changes
        ],
    }


def _how(attribute: Attribute) -> dict[str, str] | None:
    return dict(attribute.change.how) if attribute.change else None


def results_as_dict(results: Results, *, every: bool = False) -> dict[str, Any]:
    """All results as plain data: those of the chosen needs, or every programme."""
    receipts = Receipts(results.catalogue)
    question = next_question(results)
    shown = results.results if every else results.shown
    return {
        "on": results.on.isoformat(),
        "catalogue": {
            "id": results.catalogue.id,
            "revision": results.catalogue.revision,
            "programmes": len(results.catalogue.programmes),
        },
        "hidden_by_needs": 0 if every else results.hidden,
        "derived": {
            name: {"answer": plain(results.known.answers[name]), "from": origin}
            for name, origin in results.known.derived_from.items()
        },
        "results": [result_as_dict(result, results, receipts) for result in shown],
        "redirects": dict(results.catalogue.redirects),
        "next_question": question_as_dict(question, vocabulary=results.catalogue.vocabulary) if question else None,
    }


def attributes_of(condition: Condition) -> Iterator[str]:
    """The attributes that a condition asks about, once each."""
    yield from unique(leaf.attribute for leaf in leaves(condition))
