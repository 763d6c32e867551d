"""A receipt can be drawn again: the same inputs give it, and each of its lines stands alone."""

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import alliage
from alliage.core.matching.answer import results_as_dict
from alliage.core.matching.receipt import STATES, Receipts
from alliage.core.matching.results import match
from alliage.core.rules.condition import Condition, Leaf
from alliage.core.rules.evaluate import evaluate
from alliage.core.vocabulary.answers import Answers, plain
from alliage.core.vocabulary.profile import Profile
from tests import invented
from tests.properties.strategies import TODAY, answer_sets, conditions, fewer, narrow_and_wide_profiles

VOCABULARY = invented.vocabulary()
AGAIN = alliage.load_pack(invented.FOLDER)
RECEIPTS = Receipts(invented.catalogue())


@given(narrow_and_wide_profiles(), st.sampled_from([TODAY, date(2027, 3, 1)]))
@fewer
def test_the_same_inputs_give_the_same_receipts(pair: tuple[Profile, Profile], on: date):
    for profile in pair:
        one = results_as_dict(match(invented.catalogue(), profile, on=on), every=True)
        other = results_as_dict(match(AGAIN, profile, on=on), every=True)
        assert json.dumps(one) == json.dumps(other)


@given(conditions(VOCABULARY), answer_sets(VOCABULARY))
def test_each_line_of_a_receipt_stands_alone(condition: Condition, answers: Answers):
    finding = evaluate(condition, answers=answers, places=VOCABULARY.places, on=TODAY)
    line = RECEIPTS.line(invented.catalogue().programmes["well-grant"], finding, answers)
    check_line(line, condition, answers)


def check_line(line: dict[str, Any], condition: Condition, answers: Answers) -> None:
    alone = evaluate(condition, answers=answers, places=VOCABULARY.places, on=TODAY)
    assert line["state"] == STATES[alone.truth]
    assert line.get("cause") == (alone.cause.value if alone.cause else None)
    assert set(line["words"]) == {"fr", "en"}
    if isinstance(condition, Leaf):
        assert line["attribute"] == condition.attribute
        assert line["answer"] == plain(answers.get(condition.attribute))
        assert line["source"]["key"] == condition.source
    else:
        assert line["group"] == type(condition).__name__
        for part, inner in zip(line["parts"], condition.conditions, strict=True):
            check_line(part, inner, answers)
