"""The question found on bits is the next question, on rules of every shape, whatever is skipped, closed or hidden."""

from decimal import Decimal
from typing import Any

import pytest

from alliage.core.catalogue.freshness import Freshness
from alliage.core.catalogue.intake import Intake
from alliage.core.catalogue.programme import Programme
from alliage.core.matching.aid import Aid
from alliage.core.matching.next_question import NextQuestion, next_question
from alliage.core.matching.question_index import Play, QuestionIndex
from alliage.core.matching.results import Result, Results
from alliage.core.matching.value_index import ValueIndex
from alliage.core.matching.verdict import match_of
from alliage.core.rules.condition import Condition
from alliage.core.rules.derivations import Known
from alliage.core.rules.evaluate import evaluate
from alliage.core.vocabulary.profile import Profile
from tests import invented
from tests.core.matching.shapes import BEGUN, GIVEN, HANDS, LAPSED, ORGANIC, WRITTEN, rules
from tests.invented import TODAY

CATALOGUE = invented.catalogue()
VOCABULARY = CATALOGUE.vocabulary
PROVIDER = CATALOGUE.providers["weavers-guild"]
TURNOVER = {"attribute": "farm.turnover", "at_least": 1}
TWO_LIMITS = [{"attribute": "farm.hands", "at_least": 5}, {"attribute": "farm.hands", "at_most": 40}]
PAST = {"attribute": "farm.turnover", "at_least": 9, "holds": {"to": "2000-01-01"}}
HOPELESS: list[list[dict[str, Any]]] = [  # no answer can make them true; some can still refuse
    [LAPSED, {"any": [ORGANIC, BEGUN]}],
    [PAST, {"any": [ORGANIC, BEGUN]}, HANDS],
    [LAPSED, PAST, HANDS],
    [{"any": [LAPSED, PAST]}, ORGANIC],
    [{"any": [LAPSED, ORGANIC]}, BEGUN],
    [{"all": [LAPSED, ORGANIC]}, BEGUN],
    [{"all": [ORGANIC, PAST]}, {"any": [BEGUN, HANDS]}],
    [{"not": [LAPSED, ORGANIC]}, BEGUN],
    [{"not": [PAST, HANDS]}, {"any": [ORGANIC, TURNOVER]}],
    [{"readings": [LAPSED, HANDS]}, ORGANIC],
    [{"readings": [ORGANIC, HANDS]}, {"any": [BEGUN, PAST]}],
    [{"any": [{"all": [LAPSED, ORGANIC]}, PAST]}, BEGUN],
    [{"not": [{"any": [LAPSED, ORGANIC]}, PAST]}, {"any": [BEGUN, HANDS]}],
    [PAST, {"readings": [ORGANIC, BEGUN]}],
    [PAST, {"any": [{"all": [ORGANIC, HANDS]}, BEGUN]}],
    [PAST, {"not": [{"all": [ORGANIC, HANDS]}, BEGUN]}],
]
WORLDS: dict[str, list[list[dict[str, Any]]]] = {
    "every shape": WRITTEN,
    "one question completes, another may refuse": [[ORGANIC], [BEGUN, ORGANIC], [BEGUN, HANDS]],
    "a leaf beside one that is answered": [[{"any": [ORGANIC, BEGUN]}], [{"all": [HANDS, TURNOVER]}], [HANDS]],
    "a group and a leaf on the same question": [[{"any": [HANDS, ORGANIC]}, HANDS], [{"not": [HANDS, BEGUN]}, ORGANIC]],
    "waiting for the provider": [[LAPSED, ORGANIC], [LAPSED], [{"readings": [ORGANIC, BEGUN]}, HANDS]],
    "walked groups": [[{"readings": [HANDS, ORGANIC]}], [{"any": [{"all": [HANDS, ORGANIC]}, BEGUN]}], [TURNOVER]],
    "several limits": [TWO_LIMITS, [TWO_LIMITS[0], ORGANIC], [TWO_LIMITS[1], BEGUN], [HANDS, TURNOVER]],
    "limits on one question, of which an interval leaves some open": [
        [HANDS, BEGUN],
        [{"attribute": "farm.hands", "at_least": 12}, ORGANIC],
        [{"attribute": "farm.hands", "at_most": 50}, TURNOVER],
        [{"attribute": "farm.hands", "at_most": 25}, TURNOVER],
    ],
    "hopeless": HOPELESS,
    **{f"hopeless alone, {at}": [rule] for at, rule in enumerate(HOPELESS)},
    "equals": [[ORGANIC], [BEGUN], [HANDS], [TURNOVER]],
    "nothing": [],
}
MORE: list[dict[str, Any]] = [
    {"farm.hands": {"from": 15, "to": 30}},
    {"farm.hands": {"from": 15, "to": 30}, "farm.organic": True, "farm.turnover": 5},
    {"farm.organic": True},
    {"farm.organic": False, "farm.turnover": 5},
    {"plan.begun": False, "farm.hands": {"from": 20, "to": 30}},
    {"plan.begun": True},
]
AIDS = (5, 0, 7, 7, 2)


def slow(several: list[tuple[Condition, ...]], given: dict[str, Any], in_play: set[int], skip: frozenset[str]) -> Any:
    answers = invented.profile(given).answers
    results = []
    for at, rule in enumerate(several):
        findings = tuple(evaluate(c, answers=answers, places=VOCABULARY.places, on=TODAY) for c in rule)
        document = {"id": f"p{at:02}", "intake": {"kind": "continuous", "source": "page"}}
        found = match_of(Programme(document, PROVIDER, rule, VOCABULARY), findings=findings, answers=answers, on=TODAY)
        assert found.intake == Intake("open", source="page")
        aid = Aid(None, Decimal(AIDS[at % len(AIDS)]), ())
        results.append(Result(found, aid, Freshness(None), serves_needs=at in in_play))
    return next_question(Results(CATALOGUE, Profile(answers), Known(answers, {}), TODAY, tuple(results)), skip=skip)


def fast(
    several: list[tuple[Condition, ...]], given: dict[str, Any], in_play: set[int], skip: frozenset[str]
) -> NextQuestion | None:
    index = ValueIndex(several, vocabulary=VOCABULARY, on=TODAY)
    ids = [f"p{at:02}" for at in range(len(several))]
    asker = QuestionIndex(index, ids=ids, vocabulary=VOCABULARY, derivations=CATALOGUE.derivations)
    play = Play(index.marks(sorted(in_play)), aid=lambda at: Decimal(AIDS[at % len(AIDS)]))
    return asker.ask(index.see(invented.profile(given).answers), play, skip=skip)


@pytest.mark.parametrize("world", WORLDS)
def test_both_ask_the_same(world: str):
    several = rules(WORLDS[world])
    everyone = set(range(len(several)))
    for given in [*GIVEN, *MORE]:
        for skip in (frozenset[str](), frozenset({"farm.organic"}), frozenset({"farm.hands", "plan.begun"})):
            for in_play in (everyone, everyone - {0}, everyone - {1, 2}):
                assert fast(several, given, in_play, skip) == slow(several, given, in_play, skip)


def test_a_place_is_asked_through_its_code():
    several = rules([[{"attribute": "farm.sites", "within": ["av-ost"]}]])
    question = fast(several, {}, {0}, frozenset())
    assert question is not None
    assert question.attribute == "farm.grid"
    assert question == slow(several, {}, {0}, frozenset())
