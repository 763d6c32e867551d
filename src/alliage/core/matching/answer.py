"""All that a match says, as plain data: verdicts, receipts, near misses, aid, and the next question."""

from __future__ import annotations

from typing import Any

from alliage.core.matching.near_misses import NearMiss, near_misses
from alliage.core.matching.next_question import as_dict as question_as_dict
from alliage.core.matching.next_question import next_question
from alliage.core.matching.receipt import Receipts, source_of
from alliage.core.matching.results import Result, Results
from alliage.core.rules.wording import LANGUAGES
from alliage.core.vocabulary.answers import plain
from alliage.core.vocabulary.attributes import Attribute


def result_as_dict(result: Result, results: Results, receipts: Receipts) -> dict[str, Any]:
    """One result as plain data, whole."""
    found, programme, catalogue = result.match, result.match.programme, results.catalogue
    near = near_misses(found, catalogue=catalogue, profile=results.profile, known=results.known, on=results.on)
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
            {"text": dict(item["text"]), "source": source_of(programme, key=item["source"], catalogue=catalogue)}
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
