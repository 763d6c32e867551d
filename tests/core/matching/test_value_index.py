"""The value index on rules of every shape and length, beside the interpreter."""

from typing import Any

import pytest

from alliage.core.matching.answer_table import AnswerTable
from alliage.core.matching.value_index import ValueIndex
from alliage.core.rules.condition import Condition
from alliage.core.rules.evaluate import evaluate
from alliage.core.vocabulary.answers import Answers
from alliage.core.vocabulary.truth import Truth, every
from tests import invented
from tests.core.matching.shapes import GIVEN, HANDS, LAPSED, OPEN_FIRST, WRITTEN, rules
from tests.invented import TODAY

PLACES = invented.vocabulary().places


def truths(rule: tuple[Condition, ...], answers: Answers) -> list[Truth]:
    return [evaluate(condition, answers=answers, places=PLACES, on=TODAY).truth for condition in rule]


def bits_of(found: list[Truth], wanted: Truth) -> int:
    return sum(1 << at for at, truth in enumerate(found) if truth is wanted)


@pytest.mark.parametrize("written", [WRITTEN[:11], WRITTEN[:12], WRITTEN[:13], WRITTEN[:14], WRITTEN, OPEN_FIRST, []])
def test_it_decides_explains_and_finds_as_the_interpreter(written: list[list[dict[str, Any]]]):
    several = rules(written)
    index = ValueIndex(several, vocabulary=invented.vocabulary(), on=TODAY)
    for given in [*GIVEN, *GIVEN]:
        answers = invented.profile(given).answers
        found = [truths(rule, answers) for rule in several]
        decisions = index.decide(answers)
        verdicts = [every(one) for one in found]
        assert index.programmes(decisions.ineligible) == [at for at, v in enumerate(verdicts) if v is Truth.FALSE]
        assert index.programmes(decisions.possible) == [at for at, v in enumerate(verdicts) if v is Truth.UNKNOWN]
        explained = index.explain(answers)
        assert list(explained.failed) == [bits_of(one, Truth.FALSE) for one in found]
        assert list(explained.missing) == [bits_of(one, Truth.UNKNOWN) for one in found]
        assert index.findings(answers) == [
            tuple(evaluate(c, answers=answers, places=PLACES, on=TODAY) for c in rule) for rule in several
        ]


def test_programmes_are_marked_and_found_by_their_place():
    index = ValueIndex(rules(WRITTEN), vocabulary=invented.vocabulary(), on=TODAY)
    for places in ([], [0], [3, 14], list(range(len(WRITTEN)))):
        assert index.programmes(index.marks(places)) == places


def test_the_index_of_a_pack_follows_its_order():
    programmes = list(invented.catalogue().programmes.values())
    index = ValueIndex.of(programmes, vocabulary=invented.vocabulary(), on=TODAY)
    assert index.rules == [programme.conditions for programme in programmes]
    ineligible = index.programmes(index.decide(invented.profile({"farm.sites": "nr"}).answers).ineligible)
    assert {programmes[at].id for at in ineligible} == set(invented.catalogue().programmes) - {
        "wool-prize",
        "open-hand",
    }


def test_numbers_between_the_same_limits_share_what_is_remembered(monkeypatch: pytest.MonkeyPatch):
    index = ValueIndex(rules([[HANDS], [LAPSED]]), vocabulary=invented.vocabulary(), on=TODAY)
    table = index.tables["farm.hands"]
    looked: list[object] = []
    look = AnswerTable._look
    monkeypatch.setattr(AnswerTable, "_look", lambda self, answer: looked.append(answer) or look(self, answer))
    for value in (1, 5, 19, 20, 21, 99, 20, 3):
        index.decide(invented.profile({"farm.hands": value}).answers)
    assert len(looked) == 3
    wide = invented.answer("farm.hands", {"from": 1, "to": 5})
    assert table.effect(wide) is table.effect(invented.answer("farm.hands", {"from": 1, "to": 5}))
