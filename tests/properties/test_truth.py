"""Kleene's tables and laws, over all three values."""

from itertools import permutations, product

import pytest

from alliage.core.vocabulary.truth import Truth, agreed, every, opposite, some

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
PAIRS = list(product(Truth, repeat=2))
TRIPLES = list(product(Truth, repeat=3))
CERTAINTY = {F: {F}, T: {T}, U: {T, F}}  # the worlds that a value leaves open


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [(T, T, T, T), (T, F, F, T), (T, U, U, T), (F, F, F, F), (F, U, F, U), (U, U, U, U)],
)
def test_the_tables_of_and_and_or(a: Truth, b: Truth, both: Truth, either: Truth):
    assert every([a, b]) is every([b, a]) is both
    assert some([a, b]) is some([b, a]) is either


def test_not_turns_yes_and_no_around_and_leaves_unknown():
    assert [opposite(value) for value in (T, F, U)] == [F, T, U]


def test_nothing_asked_is_true_of_all_and_false_of_any():
    assert every([]) is T
    assert some([]) is F
    assert agreed([]) is U


@pytest.mark.parametrize("values", TRIPLES)
def test_de_morgan(values: tuple[Truth, ...]):
    turned = [opposite(value) for value in values]
    assert opposite(every(values)) is some(turned)
    assert opposite(some(values)) is every(turned)


@pytest.mark.parametrize("values", TRIPLES)
def test_grouping_and_order_do_not_matter(values: tuple[Truth, ...]):
    a, b, c = values
    for join in (every, some):
        assert join([join([a, b]), c]) is join([a, join([b, c])]) is join(values)
        assert {join(order) for order in permutations(values)} == {join(values)}


@pytest.mark.parametrize("values", TRIPLES)
def test_each_distributes_over_the_other(values: tuple[Truth, ...]):
    a, b, c = values
    assert every([a, some([b, c])]) is some([every([a, b]), every([a, c])])
    assert some([a, every([b, c])]) is every([some([a, b]), some([a, c])])


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_a_group_is_known_only_if_every_way_of_settling_it_agrees(a: Truth, b: Truth):
    """Kleene's logic never says more than the worlds that it stands for."""
    for join in (every, some):
        settled = {join([x, y]) for x in CERTAINTY[a] for y in CERTAINTY[b]}
        assert CERTAINTY[join([a, b])] == settled


@pytest.mark.parametrize("values", TRIPLES)
def test_readings_are_decided_only_when_all_say_the_same(values: tuple[Truth, ...]):
    decided = set(values) in ({T}, {F})
    assert (agreed(values) is not U) == decided


@pytest.mark.parametrize("value", list(Truth))
def test_a_truth_is_never_a_boolean(value: Truth):
    with pytest.raises(TypeError, match="three values"):
        bool(value)
