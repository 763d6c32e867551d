"""The order in which conditions are written never changes what is found."""

from hypothesis import given
from hypothesis import strategies as st

from alliage.core.matching.verdict import match_of
from alliage.core.rules.condition import Condition, Leaf
from alliage.core.rules.evaluate import Finding, askable, evaluate
from alliage.core.vocabulary.answers import Answers
from tests import invented
from tests.properties.strategies import TODAY, answer_sets, conditions, fewer, rules

VOCABULARY = invented.vocabulary()


@st.composite
def shuffled(draw: st.DrawFn, condition: Condition) -> Condition:
    """The same condition, its groups written in another order."""
    if isinstance(condition, Leaf):
        return condition
    parts = [draw(shuffled(part)) for part in condition.conditions]
    return type(condition)(tuple(draw(st.permutations(parts))))


def found(condition: Condition, answers: Answers) -> Finding:
    return evaluate(condition, answers=answers, places=VOCABULARY.places, on=TODAY)


@given(st.data(), conditions(VOCABULARY), answer_sets(VOCABULARY))
def test_the_order_inside_groups_is_not_heard(data: st.DataObject, condition: Condition, answers: Answers):
    one, other = found(condition, answers), found(data.draw(shuffled(condition)), answers)
    assert (one.truth, one.cause) == (other.truth, other.cause)
    assert set(askable(one)) == set(askable(other))


@given(st.data(), rules(VOCABULARY), answer_sets(VOCABULARY))
@fewer
def test_the_order_of_top_level_conditions_is_not_heard(
    data: st.DataObject, rule: tuple[Condition, ...], answers: Answers
):
    open_hand = invented.programme()
    findings = tuple(found(condition, answers) for condition in rule)
    other = tuple(data.draw(st.permutations(findings)))
    one, two = (match_of(open_hand, findings=each, answers=answers, on=TODAY) for each in (findings, other))
    assert one.verdict is two.verdict
    for names in ("failed", "missing", "unsettled"):
        assert set(getattr(one, names)) == set(getattr(two, names))
