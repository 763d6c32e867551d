"""More answers never turn a decided verdict, and a decided verdict holds in every world of an answer."""

from decimal import Decimal
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from alliage.core.matching.verdict import Verdict, match_programme
from alliage.core.rules.condition import Condition, Leaf
from alliage.core.rules.evaluate import evaluate, leaf_outcome
from alliage.core.vocabulary.answers import Answer, Answers, Includes, Listed, Possible, Span, plain
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.profile import Profile, read_answer
from alliage.core.vocabulary.truth import Truth
from tests import invented
from tests.properties.strategies import (
    STEPS,
    TODAY,
    answers_of,
    conditions,
    fewer,
    judged,
    known_from,
    leaves_on,
    narrow_and_wide,
    narrow_and_wide_profiles,
    powerset,
)

VOCABULARY = invented.vocabulary()
PLACES = VOCABULARY.places


def truth(condition: Condition, answers: Answers) -> Truth:
    return evaluate(condition, answers=answers, places=PLACES, on=TODAY).truth


def leaf_truth(leaf: Leaf, answer: Answer) -> Truth:
    return leaf_outcome(leaf, answer=answer, places=PLACES, on=TODAY)[0]


@given(conditions(VOCABULARY), narrow_and_wide(VOCABULARY))
def test_more_answers_never_turn_a_decided_condition(condition: Condition, pair: tuple[Answers, Answers]):
    narrow, wide = pair
    known = truth(condition, wide)
    assert known is Truth.UNKNOWN or truth(condition, narrow) is known


@given(narrow_and_wide_profiles())
def test_more_answers_never_turn_a_decided_verdict(pair: tuple[Profile, Profile]):
    """Through all that follows from the answers, and on every programme of the pack."""
    narrow, wide = (known_from(profile) for profile in pair)
    for programme in invented.catalogue().programmes.values():
        before = match_programme(programme, answers=wide, on=TODAY).verdict
        after = match_programme(programme, answers=narrow, on=TODAY).verdict
        assert before in (Verdict.POSSIBLE, after)


@given(narrow_and_wide_profiles(), st.lists(conditions(VOCABULARY), min_size=1, max_size=3))
@fewer
def test_what_follows_from_more_answers_never_turns_a_decided_condition(
    pair: tuple[Profile, Profile], asked: list[Condition]
):
    narrow, wide = (known_from(profile) for profile in pair)
    for condition in asked:
        known = truth(condition, wide)
        assert known is Truth.UNKNOWN or truth(condition, narrow) is known


@given(narrow_and_wide_profiles())
@fewer
def test_what_follows_from_answers_follows_once_and_for_all(pair: tuple[Profile, Profile]):
    known = known_from(pair[0])
    assert known_from(Profile(known)) == known


# ------------------------------------------------------------------------------- a condition and its points


def points_of(answer: Answer, leaf: Leaf, attribute: Attribute) -> list[Answer]:
    """The exact answers that tell a condition apart within an answer."""
    if isinstance(answer, Span):
        return [Span(value, value) for value in around(answer, leaf.operand, attribute)]
    if isinstance(answer, Listed):
        return [Listed(tuple(frozenset({code}) for code in codes)) for codes in product(*answer.items)]
    if isinstance(answer, Includes):
        worlds = [frozenset(world) for world in powerset(attribute.values or ())]
        return [Possible(frozenset({world})) for world in worlds if answer.values <= world]
    return [Possible(frozenset({value})) for value in answer.values]


def around(span: Span, limit: Any, attribute: Attribute) -> list[Any]:
    """The ends of an interval and the values beside the limit that lie inside it."""
    if attribute.type == "date":
        near = [limit, limit.replace(year=limit.year - 1), limit.replace(year=limit.year + 1)]
    else:
        step = STEPS[attribute.type]
        near = [limit - step, limit, limit + step]
    ends = [end for end in (span.low, span.high) if end is not None]
    inside = [v for v in near if (span.low is None or span.low <= v) and (span.high is None or v <= span.high)]
    return [*ends, *inside]


@given(st.data())
def test_a_single_condition_is_decided_exactly_where_all_its_points_agree(data: st.DataObject):
    attribute = data.draw(st.sampled_from(judged(VOCABULARY)))
    leaf = data.draw(leaves_on(attribute, VOCABULARY))
    answer = data.draw(answers_of(attribute, VOCABULARY))
    seen = {leaf_truth(leaf, point) for point in points_of(answer, leaf, attribute)}
    whole = leaf_truth(leaf, answer)
    assert (whole is Truth.TRUE) == (seen == {Truth.TRUE})
    assert (whole is Truth.FALSE) == (seen == {Truth.FALSE})


@given(st.data())
def test_a_decided_place_holds_for_every_place_inside_it(data: st.DataObject):
    attribute = VOCABULARY.attributes["farm.sites"]
    leaf = data.draw(leaves_on(attribute, VOCABULARY))
    county = data.draw(st.sampled_from(list(PLACES.places)))
    whole = leaf_truth(leaf, Listed((frozenset({county}),)))
    for town in (code for code in PLACES.places if PLACES.inside(code, county)):
        assert whole in (Truth.UNKNOWN, leaf_truth(leaf, Listed((frozenset({town}),))))


@given(st.data())
def test_an_answer_as_plain_data_reads_back_as_itself(data: st.DataObject):
    attribute = data.draw(st.sampled_from(list(VOCABULARY.attributes.values())))
    answer = data.draw(answers_of(attribute, VOCABULARY))
    written = plain(answer)
    if written == "unknown":
        assert answer == Span(None, None)
    elif attribute.type == "choices" and written == {"includes": []}:
        assert answer == Includes(frozenset())
    else:
        read = read_answer(written, attribute=attribute, vocabulary=VOCABULARY)
        assert read == as_read(answer)


def as_read(answer: Answer) -> Answer:
    """One possible number is written, and so read, as that number."""
    if isinstance(answer, Possible) and len(answer.values) == 1:
        (value,) = answer.values
        if not isinstance(value, bool | str | frozenset):
            return Span(value, value)
    return answer


@given(st.decimals(min_value=0, max_value=1, places=4), st.sampled_from(["at_least", "below"]))
def test_a_limit_and_its_opposite_always_disagree(value: Decimal, operator: str):
    other = {"at_least": "below", "below": "at_least"}[operator]
    answer = Span(value, value)
    seen = {leaf_truth(Leaf("farm.pasture", name, Decimal("0.25"), "page"), answer) for name in (operator, other)}
    assert seen == {Truth.TRUE, Truth.FALSE}
