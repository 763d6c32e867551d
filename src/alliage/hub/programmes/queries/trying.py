"""A document that is being written, tried: its conditions in words, and who would pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from alliage.core.catalogue.check_conditions import leaf_problems, leaves_of
from alliage.core.catalogue.programme import Programme, build_programme
from alliage.core.catalogue.shapes import checked
from alliage.core.matching.verdict import Match, Verdict, match_programme
from alliage.core.rules.condition import Condition, build_condition
from alliage.core.rules.derivations import derive
from alliage.core.rules.document import EligibilityDocument
from alliage.core.rules.wording import LANGUAGES
from alliage.core.vocabulary.answers import Answers
from alliage.core.vocabulary.errors import AlliageError
from alliage.core.vocabulary.profile import read_profile
from alliage.core.vocabulary.truth import Truth
from alliage.core.vocabulary.vocabulary import Vocabulary
from alliage.hub.programmes.queries.stored import Shelf
from alliage.hub.ui.words import text, typeset

Plain = dict[str, Any]
Document = Mapping[str, Any]
_ANY_INTAKE = {"kind": "unknown", "source": "record"}  # what is tried is who may ask, not when
_MOST_CASES = 60


@dataclass(frozen=True, slots=True)
class Company:
    """Answers to try a programme on, in a few words; ``expect`` is the verdict that a case wants."""

    says: Mapping[str, str]
    answers: Answers
    expect: str = ""


def sentence(condition: object, *, shelf: Shelf) -> Plain | None:
    """A written condition in both languages; ``None`` while it is not one."""
    built = _built({"all": [condition]}, shelf.catalogue.vocabulary)
    return _said(built[0], shelf) if built else None


def _said(condition: Condition, shelf: Shelf) -> Plain:
    return {lang: typeset(shelf.words[lang].sentence(condition), lang=lang) for lang in LANGUAGES}


def _built(eligibility: object, vocabulary: Vocabulary) -> list[Condition] | None:
    """The conditions of a document that may not be finished; ``None`` if one of them is wrong."""
    try:
        shaped = checked(eligibility, model=EligibilityDocument, where="")
    except (AlliageError, RecursionError):
        return None
    leaves = [leaf for _, leaf in leaves_of(shaped, "")]
    if any(problem for leaf in leaves for problem in leaf_problems(leaf, "", vocabulary)):
        return None
    return [build_condition(condition, vocabulary=vocabulary) for condition in shaped["all"]]


def tried(document: Document, *, shelf: Shelf, on: date) -> Plain | None:
    """Who would pass: the invented companies of the pack, and the document's own cases with what they expect.

    ``None`` while a condition or the provider is wrong.
    """
    programme = _programme(document, shelf)
    if programme is None:
        return None
    companies = shelf.remember(("companies", on), lambda: _companies(shelf, on))
    cases = _cases(document, shelf, on)
    return {
        "companies": [_verdict(company, programme, shelf, on) for company in companies],
        "cases": [_verdict(company, programme, shelf, on) for company in cases],
    }


def _programme(document: Document, shelf: Shelf) -> Programme | None:
    catalogue = shelf.catalogue
    provider = catalogue.providers.get(str(document.get("provider")))
    if provider is None or _built(document.get("eligibility"), catalogue.vocabulary) is None:
        return None
    shaped = checked(document["eligibility"], model=EligibilityDocument, where="")
    alone = {"id": "tried", "needs": [], "eligibility": shaped, "intake": _ANY_INTAKE}
    return build_programme(alone, provider=provider, vocabulary=catalogue.vocabulary)


def _companies(shelf: Shelf, on: date) -> list[Company]:
    known = shelf.catalogue.raw.get("companies", ())
    return [made for one in known if (made := _company(one["says"], one["given"], shelf, on)) is not None]


def _cases(document: Document, shelf: Shelf, on: date) -> list[Company]:
    """The document's own examples, of those that can be read."""
    written = document.get("cases")
    cases = [case for case in written if isinstance(case, Mapping)] if isinstance(written, list) else []
    made = (
        _company(case.get("says"), case.get("given"), shelf, on, expect=str(case.get("expect", "")))
        for case in cases[:_MOST_CASES]
    )
    return [company for company in made if company is not None]


def _company(says: object, given: object, shelf: Shelf, on: date, *, expect: str = "") -> Company | None:
    catalogue = shelf.catalogue
    if not isinstance(says, Mapping):
        return None
    try:
        profile = read_profile(given, vocabulary=catalogue.vocabulary, name="")
        known = derive(profile, derivations=catalogue.derivations, vocabulary=catalogue.vocabulary, on=on)
    except AlliageError:
        return None
    return Company(says, known.answers, expect)


def _verdict(company: Company, programme: Programme, shelf: Shelf, on: date) -> Plain:
    found = match_programme(programme, answers=company.answers, on=on)
    return {
        "says": text(company.says),
        "verdict": found.verdict.value,
        "why": _why(found, shelf),
        "expect": company.expect if company.expect in {verdict.value for verdict in Verdict} else "",
        "unexpected": bool(company.expect) and company.expect != found.verdict.value,
    }


def _why(found: Match, shelf: Shelf) -> list[Plain]:
    """The conditions that refuse, or those that wait for an answer."""
    wanted = Truth.FALSE if found.verdict is Verdict.INELIGIBLE else Truth.UNKNOWN
    return [_said(finding.condition, shelf) for finding in found.findings if finding.truth is wanted]
