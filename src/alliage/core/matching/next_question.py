"""The next question: the one whose answer is expected to settle the most programmes, ties by the aid in play.

A programme is in play if it is possible, takes applications as far as is known, and serves the project's needs. An
answer settles it by completing it (nothing else is missing) or by failing a top-level condition. Answers are taken as
equally likely among the classes that the open conditions tell apart: the count is exact, the likelihood a convention.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from alliage.core.matching.results import Result, Results
from alliage.core.matching.verdict import Verdict
from alliage.core.rules.condition import Leaf
from alliage.core.rules.derivations import Derivations
from alliage.core.rules.evaluate import ANYWHERE, ONLY_FALSE, askable_names, leaf_outcome, reach
from alliage.core.vocabulary.answers import Answer, Answers, Listed, Possible, Span
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.places import Places
from alliage.core.vocabulary.truth import Cause, Truth
from alliage.core.vocabulary.vocabulary import Vocabulary

_STEPS: Mapping[str, Any] = {
    "count": 1,
    "money": Decimal("0.01"),
    "share": Decimal("0.01"),
    "date": timedelta(days=1),
}


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The attribute to ask. ``settles``: how many programmes some answer would decide; ``aid``: what they are worth.

    ``closer`` says that an answer exists and that a more precise one is wanted. ``programmes`` are those that would be
    decided, the largest aid first.
    """

    attribute: str
    settles: int
    expected: Fraction
    aid: Decimal
    closer: bool
    programmes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenProgramme:
    """One programme in play: what is missing, and the single conditions that an answer could fail."""

    id: str
    aid: Decimal
    missing: frozenset[str]
    leaves: tuple[Leaf, ...]


def next_question(results: Results, *, skip: frozenset[str] = frozenset()) -> NextQuestion | None:
    """The best question to ask now, or ``None`` if no answer can change anything.

    ``skip`` names attributes not to ask; what the person already answered "I don't know" to is never asked again.
    """
    skipped = skip | results.profile.unknown
    catalogue, answers = results.catalogue, results.known.answers
    later = told_elsewhere(answers, derivations=catalogue.derivations)
    best = _best(results, skipped | later) or _best(results, skipped)
    if best is None:
        return None
    return asked_through(
        best, derivations=catalogue.derivations, vocabulary=catalogue.vocabulary, answers=answers, skipped=skipped
    )


def _best(results: Results, skipped: frozenset[str]) -> NextQuestion | None:
    """The question that is expected to settle the most; then the largest aid, then the first of the vocabulary."""
    in_play = [open_ for result in results.shown if (open_ := open_programme(result, skipped=skipped))]
    vocabulary = results.catalogue.vocabulary
    askable = [name for name in vocabulary.attributes if any(name in open_.missing for open_ in in_play)]
    scored = [
        score(name, in_play=in_play, answers=results.known.answers, vocabulary=vocabulary, on=results.on)
        for name in askable
    ]
    return max(scored, key=lambda question: (question.expected, question.aid), default=None)


def first_questions(answers: Answers, *, derivations: Derivations, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What is asked before anything is counted: the needs, the place by the easiest way (a postal code), the cost.

    The needs choose what is in play, almost every programme has a territory, and no amount is about this project
    before its cost is known.
    """
    roles = vocabulary.roles
    easier = [table.given for table in derivations.tables if table.attribute == roles.territory]
    place = [] if roles.territory in answers else [*easier, roles.territory]
    return (roles.needs, *place, roles.cost)


def told_elsewhere(answers: Answers, *, derivations: Derivations) -> frozenset[str]:
    """What another answer already told (a place, by its postal code): asked closer only when nothing else is left."""
    return frozenset(table.attribute for table in derivations.tables if table.given in answers)


def asked_through(
    question: NextQuestion,
    *,
    derivations: Derivations,
    vocabulary: Vocabulary,
    answers: Answers,
    skipped: frozenset[str],
) -> NextQuestion:
    """The same question, put through one to ask before it, if not asked yet.

    An easier one that answers it comes first (a postal code for a place), and the whole before its part: nobody knows
    how much of a cost is eligible before the cost.
    """
    roles = vocabulary.roles
    easier = [table.given for table in derivations.tables if table.attribute == question.attribute]
    whole = [roles.cost] if question.attribute == roles.eligible_cost else []
    if question.attribute in answers:
        return question
    before = next((name for name in (*easier, *whole) if name not in answers and name not in skipped), None)
    return question if before is None else replace(question, attribute=before)


def open_programme(result: Result, *, skipped: frozenset[str]) -> OpenProgramme | None:
    """A programme whose verdict an answer could change; ``None`` if decided, closed, or waiting for its provider."""
    found = result.match
    if found.verdict is not Verdict.POSSIBLE or result.closed:
        return None
    unknown = [finding for finding in found.findings if finding.truth is Truth.UNKNOWN]
    wanted = ANYWHERE if all(reach(finding).true for finding in unknown) else ONLY_FALSE
    asked = [set(askable_names(finding, wanted=wanted)) - skipped for finding in unknown]
    missing = {name for names in asked for name in names}
    if not missing:
        return None
    settled_elsewhere = not all(asked)
    single = tuple(f.condition for f in unknown if isinstance(f.condition, Leaf) and f.cause is not Cause.UNSETTLED)
    everything = missing | ({""} if settled_elsewhere else set())  # "" : no answer can complete this programme
    return OpenProgramme(found.programme.id, result.aid.advantage, frozenset(everything), single)


def score(
    name: str, *, in_play: Iterable[OpenProgramme], answers: Answers, vocabulary: Vocabulary, on: date
) -> NextQuestion:
    """How much the answer to one attribute is expected to settle."""
    concerned = [open_ for open_ in in_play if name in open_.missing]
    completed = [open_ for open_ in concerned if open_.missing == {name}]
    others = [(open_, leaves) for open_ in concerned if open_.missing != {name} and (leaves := _on(name, open_))]
    told_apart = [leaf for _, leaves in others for leaf in leaves]
    classes = answer_classes(name, leaves=told_apart, now=answers.get(name), vocabulary=vocabulary)
    failed = {
        answer: [open_ for open_, leaves in others if _fails(leaves, answer, vocabulary.places, on)]
        for answer in classes
    }
    expected = len(completed) + (Fraction(sum(map(len, failed.values())), len(classes)) if classes else Fraction(0))
    decided = {open_.id: open_ for open_ in (*completed, *(o for group in failed.values() for o in group))}
    return NextQuestion(
        attribute=name,
        settles=len(decided),
        expected=Fraction(expected),
        aid=sum((open_.aid for open_ in decided.values()), Decimal(0)),
        closer=name in answers,
        programmes=tuple(open_.id for open_ in sorted(decided.values(), key=lambda open_: (-open_.aid, open_.id))),
    )


def _on(name: str, open_: OpenProgramme) -> list[Leaf]:
    return [leaf for leaf in open_.leaves if leaf.attribute == name]


def _fails(leaves: list[Leaf], answer: Answer, places: Places, on: date) -> bool:
    return any(leaf_outcome(leaf, answer=answer, places=places, on=on)[0] is Truth.FALSE for leaf in leaves)


def answer_classes(name: str, *, leaves: list[Leaf], now: Answer | None, vocabulary: Vocabulary) -> list[Answer]:
    """One answer for each way in which these conditions can turn out, within what is already known."""
    attribute = vocabulary.attributes[name]
    if not leaves:
        return []
    if attribute.ordered:
        return _stretches(leaves, attribute, now)
    if attribute.type == "flag":
        return [Possible(frozenset({value})) for value in (True, False)]
    if attribute.type == "choice":
        return [Possible(frozenset({value})) for value in attribute.values or ()]
    named = sorted({value for leaf in leaves for value in leaf.operand})
    if attribute.type == "choices":
        sets: list[frozenset[str]] = [frozenset({value}) for value in named]
        return [Possible(frozenset({chosen})) for chosen in (*sets, frozenset())]
    if attribute.type == "place":
        named = [code for value in named for code in vocabulary.places.expand([value])[0][:1]]
    return [*(Listed((frozenset({code}),)) for code in dict.fromkeys(named)), Listed(())]


def _stretches(leaves: list[Leaf], attribute: Attribute, now: Answer | None) -> list[Answer]:
    """The first value of each stretch on which these conditions turn out alike, inside the present interval."""
    step = _STEPS[attribute.type]
    after = ("more_than", "at_most")  # these turn just after their limit, the others on it
    turns = sorted({leaf.operand + step if leaf.operator in after else leaf.operand for leaf in leaves})
    low, high = (now.low, now.high) if isinstance(now, Span) else (None, None)
    first = turns[0] - step if low is None else low
    points = [first, *(turn for turn in turns if turn > first)]
    return [Span(point, point) for point in points if high is None or point <= high]


def as_dict(question: NextQuestion, *, vocabulary: Vocabulary) -> Mapping[str, Any]:
    """The question as plain data, with its words."""
    attribute = vocabulary.attributes[question.attribute]
    return {
        "attribute": question.attribute,
        "question": dict(attribute.question),
        "help": dict(attribute.help) if attribute.help else None,
        "settles": question.settles,
        "expected": round(float(question.expected), 2),
        "aid": float(question.aid),
        "closer": question.closer,
        "programmes": list(question.programmes),
    }
