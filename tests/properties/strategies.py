"""What the laws draw: worlds, answers wider than a world, conditions, whole profiles; for one vocabulary at a time.

A *world* answers every question exactly. An *answer* stands for all the worlds in which it is true. Values come from
small pools that hold the limits of the drawn conditions too, so that edges are met all the time.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import chain, combinations
from typing import Any

from hypothesis import assume, settings
from hypothesis import strategies as st

from alliage.core.rules.condition import All, AnyOf, Condition, Leaf, NoneOf, Period, Readings
from alliage.core.rules.derivations import derive
from alliage.core.vocabulary.answers import Answer, Answers, Includes, Listed, Possible, Span
from alliage.core.vocabulary.attributes import OPERATORS_BY_TYPE, Attribute
from alliage.core.vocabulary.errors import AlliageError
from alliage.core.vocabulary.profile import Profile
from alliage.core.vocabulary.vocabulary import Vocabulary
from tests import invented

TODAY = invented.TODAY
fewer = settings(max_examples=max(10, settings.default.max_examples // 3))  # for laws on whole catalogues
POOLS: dict[str, list[Any]] = {
    "count": [0, 1, 2, 3, 19, 20, 21, 30, 31, 50, 51, 500],
    "money": [Decimal(text) for text in ("0", "0.01", "9999.99", "10000", "10000.01", "50000", "100000", "500000")],
    "share": [Decimal(text) for text in ("0", "0.01", "0.25", "0.5", "0.89", "0.9", "1")],
    "date": [date(1900, 1, 1), date(2020, 12, 31), date(2026, 6, 1), date(2026, 11, 26), date(2028, 1, 1)],
}
STEPS: dict[str, Any] = {"count": 1, "money": Decimal("0.01"), "share": Decimal("0.01")}
GRIDS = ["OS", "OS1", "OS12", "OS2", "SE", "LU", "KE9", "ZZ"]
PERIODS = [
    Period(None, TODAY),
    Period(TODAY, None),
    Period(date(2026, 1, 1), date(2026, 12, 31)),
    Period(None, date(2026, 11, 25)),
    Period(date(2026, 11, 27), None),
]


def judged(vocabulary: Vocabulary) -> list[Attribute]:
    """The attributes that conditions may ask about."""
    return [attribute for attribute in vocabulary.attributes.values() if not attribute.filter]


def codes_of(attribute: Attribute, vocabulary: Vocabulary) -> list[str]:
    """The codes or places that an answer may name."""
    if attribute.type == "place":
        return list(vocabulary.places.places)
    return list(vocabulary.codes[attribute.codes]) if attribute.codes else GRIDS


def pool_of(attribute: Attribute) -> list[Any]:
    """The values of an ordered attribute, within its limits."""
    low, high = attribute.limits or (None, None)
    return [v for v in POOLS[attribute.type] if low is None or low <= v <= high]


# ------------------------------------------------------------------------------------------------ worlds


def world_values(attribute: Attribute, vocabulary: Vocabulary) -> st.SearchStrategy[Answer]:
    """Exact answers."""
    if attribute.ordered:
        return st.sampled_from(pool_of(attribute)).map(lambda value: Span(value, value))
    if attribute.type in ("code", "place"):
        codes = st.sampled_from(codes_of(attribute, vocabulary))
        lists = st.lists(codes, max_size=3, unique=True) if attribute.several else codes.map(lambda code: [code])
        return lists.map(lambda found: Listed(tuple(frozenset({code}) for code in found)))
    if attribute.type == "flag":
        return st.booleans().map(lambda value: Possible(frozenset({value})))
    values = st.sampled_from(list(attribute.values or ()))
    if attribute.type == "choice":
        return values.map(lambda value: Possible(frozenset({value})))
    return st.frozensets(values).map(lambda chosen: Possible(frozenset({chosen})))


# ------------------------------------------------------------------------------------------------- wider


def wider(answer: Answer, attribute: Attribute, vocabulary: Vocabulary) -> st.SearchStrategy[Answer]:
    """Answers true in every world of this one, and perhaps in more."""
    if isinstance(answer, Span):
        return _wider_span(answer, attribute)
    if isinstance(answer, Listed):
        items = [_wider_item(item, attribute, vocabulary) for item in answer.items]
        return st.tuples(*items).map(Listed)
    if isinstance(answer, Includes):
        return subsets(answer.values).map(Includes)
    if attribute.ordered:
        return _wider_values(answer, attribute)
    every = {"flag": [False, True], "choice": list(attribute.values or ())}.get(attribute.type)
    if every is None:
        return _wider_choices(answer, attribute)
    return subsets(frozenset(every)).map(lambda more: Possible(answer.values | more))


def subsets(values: frozenset[Any]) -> st.SearchStrategy[frozenset[Any]]:
    """Any part of a set."""
    listed = sorted(values, key=str)
    return st.lists(st.booleans(), min_size=len(listed), max_size=len(listed)).map(
        lambda kept: frozenset(value for value, keep in zip(listed, kept, strict=True) if keep)
    )


def _wider_span(span: Span, attribute: Attribute) -> st.SearchStrategy[Answer]:
    pool = pool_of(attribute)
    lows = [None, *(v for v in pool if span.low is not None and v <= span.low)]
    highs = [None, *(v for v in pool if span.high is not None and v >= span.high)]
    ends = st.builds(Span, st.sampled_from(lows), st.sampled_from(highs))
    if not span.exact:
        return ends
    return ends | subsets(frozenset(pool)).map(lambda more: Possible(more | {span.low}))


def _wider_values(answer: Possible, attribute: Attribute) -> st.SearchStrategy[Answer]:
    span = Span(min(answer.values), max(answer.values))
    more = subsets(frozenset(pool_of(attribute))).map(lambda values: Possible(values | answer.values))
    return more | _wider_span(span, attribute).filter(lambda wide: isinstance(wide, Span))


def _wider_choices(answer: Possible, attribute: Attribute) -> st.SearchStrategy[Answer]:
    worlds = frozenset(map(frozenset, powerset(attribute.values or ())))
    sure = frozenset.intersection(*answer.values)
    return subsets(worlds).map(lambda more: Possible(answer.values | more)) | subsets(sure).map(Includes)


def powerset(values: Any) -> list[tuple[Any, ...]]:
    """Every part of a set."""
    listed = list(values)
    return list(chain.from_iterable(combinations(listed, size) for size in range(len(listed) + 1)))


def _wider_item(
    item: frozenset[str], attribute: Attribute, vocabulary: Vocabulary
) -> st.SearchStrategy[frozenset[str]]:
    """More possibilities, and some of them coarser: a county for a town, a shorter code."""
    known = codes_of(attribute, vocabulary)
    coarser = [st.sampled_from(_above(code, attribute, vocabulary)) for code in sorted(item)]
    more = st.frozensets(st.sampled_from(known), max_size=2)
    return st.tuples(st.tuples(*coarser).map(frozenset), more).map(lambda pair: pair[0] | pair[1])


def _above(code: str, attribute: Attribute, vocabulary: Vocabulary) -> list[str]:
    if attribute.type == "place":
        return list(vocabulary.places.ancestors(code))
    known = codes_of(attribute, vocabulary)
    return [code[:length] for length in range(1, len(code) + 1) if code[:length] in known]


@st.composite
def answers_of(draw: st.DrawFn, attribute: Attribute, vocabulary: Vocabulary) -> Answer:
    """Any answer, exact or wide."""
    answer = draw(world_values(attribute, vocabulary))
    return draw(st.just(answer) | wider(answer, attribute, vocabulary))


# -------------------------------------------------------------------------------------------- conditions


@st.composite
def leaves_on(draw: st.DrawFn, attribute: Attribute, vocabulary: Vocabulary) -> Leaf:
    """One operator on one attribute, mostly always in force."""
    operator = draw(st.sampled_from(sorted(OPERATORS_BY_TYPE[attribute.type])))
    operand = draw(_operands(attribute, vocabulary))
    holds = draw(st.sampled_from([None] * 12 + PERIODS))
    return Leaf(attribute.id, operator, operand, "page", holds)


def _operands(attribute: Attribute, vocabulary: Vocabulary) -> st.SearchStrategy[Any]:
    if attribute.ordered:
        return st.sampled_from(pool_of(attribute))
    if attribute.type == "flag":
        return st.booleans()
    if attribute.type in ("code", "place"):
        named = codes_of(attribute, vocabulary)
        named += list(vocabulary.places.sets) if attribute.type == "place" else []
    else:
        named = list(attribute.values or ())
    return st.lists(st.sampled_from(named), min_size=1, max_size=3, unique=True).map(tuple)


def any_leaf(vocabulary: Vocabulary) -> st.SearchStrategy[Leaf]:
    """A leaf on any attribute."""
    return st.sampled_from(judged(vocabulary)).flatmap(lambda attribute: leaves_on(attribute, vocabulary))


def conditions(vocabulary: Vocabulary) -> st.SearchStrategy[Condition]:
    """Leaves and groups of groups."""

    def grouped(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        some = st.lists(parts, min_size=1, max_size=3).map(tuple)
        none = st.lists(parts, max_size=3).map(tuple)
        two = st.lists(parts, min_size=2, max_size=3).map(tuple)
        return none.map(All) | some.map(AnyOf) | some.map(NoneOf) | two.map(Readings)

    return st.recursive(any_leaf(vocabulary), grouped, max_leaves=6)


def rules(vocabulary: Vocabulary) -> st.SearchStrategy[tuple[Condition, ...]]:
    """The top-level conditions of one programme."""
    return st.lists(conditions(vocabulary), max_size=4).map(tuple)


# ---------------------------------------------------------------------------------------------- profiles


@st.composite
def answer_sets(draw: st.DrawFn, vocabulary: Vocabulary) -> Answers:
    """Answers to some questions, each exact or wide, without regard to each other."""
    names = draw(subsets(frozenset(attribute.id for attribute in judged(vocabulary))))
    return {name: draw(answers_of(vocabulary.attributes[name], vocabulary)) for name in sorted(names)}


@st.composite
def narrow_and_wide(draw: st.DrawFn, vocabulary: Vocabulary) -> tuple[Answers, Answers]:
    """Two sets of answers, the second less precise: some are missing, some are wider."""
    narrow = draw(answer_sets(vocabulary))
    return narrow, draw(_widened(narrow, vocabulary))


@st.composite
def _widened(draw: st.DrawFn, narrow: Answers, vocabulary: Vocabulary) -> Answers:
    kept = draw(subsets(frozenset(narrow)))
    return {
        name: draw(st.just(narrow[name]) | wider(narrow[name], vocabulary.attributes[name], vocabulary))
        for name in sorted(kept)
    }


@st.composite
def narrow_and_wide_profiles(draw: st.DrawFn) -> tuple[Profile, Profile]:
    """The same for whole profiles that do not contradict themselves, but for :func:`lists_more_than_its_square`."""
    narrow, wide = draw(narrow_and_wide(invented.vocabulary()))
    assume(not lists_more_than_its_square(narrow))
    agreed: Answers = {}
    for name, answer in narrow.items():
        if is_consistent({**agreed, name: answer}):
            agreed[name] = answer
    return Profile(agreed), Profile({name: answer for name, answer in wide.items() if name in agreed})


def lists_more_than_its_square(answers: Answers) -> bool:
    """The one exception to "more answers never turn a verdict" (see docs/testing.md).

    A grid square, as a postal code, stands for all the places of a farm until they are listed: a list of several, or of
    none, is a new answer to the same question, not a more precise one.
    """
    sites = answers.get("farm.sites")
    return "farm.grid" in answers and isinstance(sites, Listed) and len(sites.items) != 1


def is_consistent(answers: Answers) -> bool:
    """Whether nothing that follows from the answers contradicts them."""
    try:
        known_from(Profile(answers))
    except AlliageError:
        return False
    return True


def known_from(profile: Profile) -> Answers:
    """Everything that follows from a profile of the invented pack."""
    catalogue = invented.catalogue()
    vocabulary = catalogue.vocabulary
    return derive(profile, derivations=catalogue.derivations, vocabulary=vocabulary, on=TODAY).answers
