"""A near miss does flip the verdict, and asks only for what may honestly change."""

from dataclasses import replace
from typing import Any

from hypothesis import assume, event, given
from hypothesis import strategies as st

from alliage.core.catalogue.programme import Programme
from alliage.core.matching.near_misses import NearMiss, changed_profile, near_misses
from alliage.core.matching.results import Results, match
from alliage.core.matching.verdict import Verdict, match_programme
from alliage.core.rules.condition import AnyOf, Condition, Leaf
from alliage.core.rules.derivations import Known, derive
from alliage.core.rules.evaluate import leaf_outcome
from alliage.core.vocabulary.answers import Answer, Answers
from alliage.core.vocabulary.profile import Profile
from alliage.core.vocabulary.truth import Truth
from tests import invented
from tests.properties.strategies import TODAY, answers_of, any_leaf, is_consistent, judged, leaves_on, world_values

VOCABULARY = invented.vocabulary()
CHANGEABLE = {attribute.id for attribute in VOCABULARY.attributes.values() if attribute.change}
ELIGIBLE: dict[str, dict[str, Any]] = {
    "well-grant": {"farm.sites": "av-ost", "farm.form": "family", "farm.hands": 12, "plan.begun": False},
    "barn-loan": {
        "farm.sites": "av", "farm.turnover": 100000, "plan.counted_cost": 10000, "plan.cost": 50000,
        "farm.organic": True, "farm.crops": ["11"], "plan.site": "av-ost",
    },
    "north-school": {"farm.sites": "av-north", "farm.hands": 20, "farm.pupils": 3, "farm.trades": ["dairy", "wool"]},
    "seed-chest": {"farm.sites": "av", "plan.cost": 50000, "farm.turnover": 50000},
    "wool-prize": {
        "farm.sites": "nr", "farm.guilds": ["weavers"], "farm.trades": ["wool"], "plan.markets": ["mainland"],
        "plan.own_share": 0.5, "plan.stage": "ready",
    },
}  # fmt: skip


@st.composite
def near_profiles(draw: st.DrawFn) -> tuple[str, Profile]:
    """A profile that meets a programme but for a few answers, most of which may change."""
    id_ = draw(st.sampled_from(sorted(ELIGIBLE)))
    answers: Answers = dict(invented.profile(ELIGIBLE[id_]).answers)
    honest = st.sampled_from(sorted(CHANGEABLE & answers.keys()) or sorted(CHANGEABLE))
    some = st.sampled_from([attribute.id for attribute in judged(VOCABULARY)])
    for name in draw(st.lists(honest | honest | honest | some, min_size=1, max_size=3)):
        other = {**answers, name: draw(answers_of(VOCABULARY.attributes[name], VOCABULARY))}
        answers = other if is_consistent(other) else answers
    return id_, Profile(answers)


def misses_of(results: Results, id_: str) -> tuple[NearMiss, ...]:
    return near_misses(
        results.result(id_).match,
        catalogue=results.catalogue,
        profile=results.profile,
        known=results.known,
        on=results.on,
    )


@given(near_profiles())
def test_near_misses_flip_the_verdict_by_honest_changes_only(drawn: tuple[str, Profile]):
    id_, profile = drawn
    catalogue = invented.catalogue()
    results = match(catalogue, profile, on=TODAY)
    misses = misses_of(results, id_)
    assert misses == () or results.result(id_).match.verdict is Verdict.INELIGIBLE
    assert len({miss.effort for miss in misses}) <= 1
    for miss in misses:
        asked: dict[str, Answer] = {change.attribute: change.then for change in miss.changes}
        other = changed_profile(profile, asked, catalogue=catalogue)
        assert match(catalogue, other, on=TODAY).result(id_).match.verdict is miss.verdict
        assert miss.verdict is not Verdict.INELIGIBLE
        moved = {name for name in other.answers if other.answers[name] != profile.answers.get(name)}
        assert set(asked) <= CHANGEABLE
        assert moved <= CHANGEABLE
        assert [change.now for change in miss.changes] == [results.known.answers.get(name) for name in asked]
        efforts = [change.effort for name in asked if (change := VOCABULARY.attributes[name].change)]
        assert miss.effort == sum(efforts)


NO_DAY = sorted(name for name in CHANGEABLE if VOCABULARY.attributes[name].type != "date")


def refusals(name: str) -> st.SearchStrategy[tuple[Leaf, Answer]]:
    """A condition on something that may change, and an exact answer that fails it."""
    attribute = VOCABULARY.attributes[name]
    return st.tuples(leaves_on(attribute, VOCABULARY), world_values(attribute, VOCABULARY)).filter(fails)


def fails(pair: tuple[Leaf, Answer]) -> bool:
    return leaf_outcome(pair[0], answer=pair[1], places=VOCABULARY.places, on=TODAY)[0] is Truth.FALSE


@st.composite
def refused_twice(draw: st.DrawFn) -> tuple[Programme, Profile]:
    """A programme that refuses a profile twice or more for things that may honestly change, and what else it asks.

    Sometimes one of the refusals is that of an ``any``: to change one of its two answers is enough.
    """
    chosen = draw(st.lists(st.sampled_from(NO_DAY), min_size=2, max_size=4, unique=True))
    pairs = [draw(refusals(name)) for name in chosen]
    beside = draw(st.lists(any_leaf(VOCABULARY), max_size=1))
    answers: Answers = {leaf.attribute: answer for leaf, answer in pairs}
    assume(is_consistent(answers))
    refused: list[Condition] = [leaf for leaf, _ in pairs]
    if len(refused) > 2 and draw(st.booleans()):
        refused[:2] = [AnyOf(tuple(refused[:2]))]
    return replace(invented.programme(), conditions=(*refused, *beside)), Profile(answers)


@given(refused_twice())
def test_no_smaller_part_of_a_near_miss_is_enough(drawn: tuple[Programme, Profile]):
    programme, profile = drawn
    catalogue = invented.catalogue()
    known = known_of(profile)
    found = match_programme(programme, answers=known.answers, on=TODAY)
    misses = near_misses(found, catalogue=catalogue, profile=profile, known=known, on=TODAY)
    event(f"near misses of {max((len(miss.changes) for miss in misses), default=0)} changes")
    for miss in misses:
        asked = {change.attribute: change.then for change in miss.changes}
        whole = changed_profile(profile, asked, catalogue=catalogue)
        assert match_programme(programme, answers=known_of(whole).answers, on=TODAY).verdict is miss.verdict
        for left_out in asked:
            part = {name: then for name, then in asked.items() if name != left_out}
            other = {**profile.answers, **part}  # nothing else moves: a cost that gives way is a change too
            if is_consistent(other):
                after = match_programme(programme, answers=known_of(Profile(other)).answers, on=TODAY)
                assert after.verdict is Verdict.INELIGIBLE


def known_of(profile: Profile) -> Known:
    catalogue = invented.catalogue()
    return derive(profile, derivations=catalogue.derivations, vocabulary=VOCABULARY, on=TODAY)
