"""A near miss does flip the verdict, and asks only for what may honestly change."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from alliage.core.matching.near_misses import NearMiss, changed_profile, near_misses
from alliage.core.matching.results import Results, match
from alliage.core.matching.verdict import Verdict
from alliage.core.vocabulary.answers import Answer, Answers
from alliage.core.vocabulary.profile import Profile
from tests import invented
from tests.properties.strategies import TODAY, answers_of, fewer, is_consistent, judged

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


@given(near_profiles())
@fewer
def test_no_smaller_part_of_a_near_miss_is_enough(drawn: tuple[str, Profile]):
    id_, profile = drawn
    catalogue = invented.catalogue()
    results = match(catalogue, profile, on=TODAY)
    for miss in misses_of(results, id_):
        for left_out in miss.changes if len(miss.changes) > 1 else ():
            asked = {change.attribute: change.then for change in miss.changes if change != left_out}
            other = changed_profile(profile, asked, catalogue=catalogue)
            if is_consistent(other.answers):
                assert match(catalogue, other, on=TODAY).result(id_).match.verdict is Verdict.INELIGIBLE
