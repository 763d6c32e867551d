"""Near misses: the cheapest honest changes, at the programme's own limits; never what a company may not game."""

from collections.abc import Mapping
from typing import Any

import pytest

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.matching.near_misses import NearMiss, changed_profile, near_misses
from alliage.core.matching.results import match
from alliage.core.vocabulary.answers import plain
from tests import invented
from tests.invented import TODAY, answer

Told = list[tuple[dict[str, object], int, str]]


def misses(catalogue: Catalogue, id_: str, given: Mapping[str, Any]) -> tuple[NearMiss, ...]:
    results = match(catalogue, invented.profile(given), on=TODAY)
    return near_misses(
        results.result(id_).match,
        catalogue=catalogue,
        profile=results.profile,
        known=results.known,
        on=TODAY,
    )


def told(found: tuple[NearMiss, ...]) -> Told:
    return [({c.attribute: plain(c.then) for c in miss.changes}, miss.effort, miss.verdict.value) for miss in found]


def asking(given: Mapping[str, Any], *written: dict[str, Any]) -> Told:
    """The near misses of a programme with these conditions, for a farm of Avelle."""

    def sourced(condition: dict[str, Any]) -> dict[str, Any]:
        for word in ("all", "any", "not", "readings"):
            if word in condition:
                return {word: [sourced(part) for part in condition[word]]}
        return {"source": "page", **condition}

    catalogue = invented.with_programme(eligibility={"all": [sourced(condition) for condition in written]})
    return told(misses(catalogue, "open-hand", {"farm.sites": "av-ost", **given}))


def asks(attribute: str, **rule: Any) -> dict[str, Any]:
    return {"attribute": attribute, **rule}


@pytest.mark.parametrize(
    ("rule", "now", "then"),
    [
        (asks("plan.begun", **{"is": False}), True, False),
        (asks("plan.cost", at_least=10000), 9000, 10000),
        (asks("plan.cost", more_than=10000), 10000, 10000.01),
        (asks("plan.cost", at_most=10000), 15000, 10000),
        (asks("plan.cost", below=10000), 15000, 9999.99),
        (asks("farm.pupils", at_least=3), 2, 3),
        (asks("farm.pupils", more_than=3), 2, 4),
        (asks("farm.pupils", at_least=1), 0, 1),
        (asks("farm.pupils", below=3), 3, 2),
        (asks("plan.own_share", at_least=0.5), 0.3, 0.5),
        (asks("plan.own_share", below=0.5), 0.7, 0.49),
        (asks("plan.stage", one_of=["ready", "drawing"]), "sketch", "drawing"),
        (asks("plan.stage", none_of=["sketch", "ready"]), "sketch", "drawing"),
        (asks("farm.guilds", any_of=["weavers"]), ["millers"], ["millers", "weavers"]),
        (asks("farm.guilds", all_of=["weavers", "millers"]), ["millers"], ["millers", "weavers"]),
        (asks("farm.guilds", none_of=["millers"]), ["millers", "weavers"], "weavers"),
        (asks("farm.guilds", none_of=["millers"]), ["millers"], []),
    ],
)
def test_one_answer_changes_to_the_nearest_that_is_admitted(rule: dict[str, Any], now: Any, then: Any):
    name = rule["attribute"]
    then = [then] if name == "farm.guilds" and isinstance(then, str) else then
    ((changes, _, verdict),) = asking({name: now}, rule)
    assert verdict == "eligible"
    assert answer(name, changes[name]) == answer(name, then)


def test_an_answer_under_a_not_changes_to_its_opposite():
    rule = {"not": [asks("plan.cost", at_least=10000), asks("plan.begun", **{"is": True})]}
    given = {"plan.cost": 12000, "plan.begun": True}
    assert asking(given, rule) == [({"plan.cost": 9999.99, "plan.begun": False}, 3, "eligible")]


@pytest.mark.parametrize(
    ("rule", "now"),
    [
        (asks("plan.cost", at_least=10000), 4999),
        (asks("plan.cost", at_most=10000), 20001),
        (asks("farm.pupils", at_least=3), 1),
    ],
)
def test_beyond_twice_or_half_it_is_another_project(rule: dict[str, Any], now: Any):
    assert asking({rule["attribute"]: now}, rule) == []


@pytest.mark.parametrize(
    ("rule", "now"),
    [
        (asks("plan.cost", at_least=10000), 5000),
        (asks("plan.cost", at_most=10000), 20000),
        (asks("farm.pupils", at_least=4), 2),
    ],
)
def test_twice_or_half_is_still_near(rule: dict[str, Any], now: Any):
    assert len(asking({rule["attribute"]: now}, rule)) == 1


def test_a_wide_answer_is_near_by_one_of_its_ends():
    assert asking({"plan.cost": {"from": 1, "to": 9000}}, asks("plan.cost", at_least=10000)) == [
        ({"plan.cost": 10000}, 2, "eligible")
    ]
    assert asking({"plan.cost": {"to": 9000}}, asks("plan.cost", at_least=10000))
    assert asking({"plan.cost": {"one_of": [1, 2]}}, asks("plan.cost", at_least=10000))
    assert asking({"plan.cost": {"from": 1, "to": 3}}, asks("plan.cost", at_least=10000)) == []


@pytest.mark.parametrize(
    ("rule", "now"),
    [
        (asks("farm.form", one_of=["abbey"]), "family"),
        (asks("farm.organic", **{"is": True}), False),
        (asks("farm.sites", within=["nr"]), "av-ost"),
        (asks("farm.hands", at_least=10), 9),
        (asks("plan.first_day", at_least="2027-01-01"), "2026-12-31"),
    ],
)
def test_what_may_not_change_is_never_touched(rule: dict[str, Any], now: Any):
    assert asking({rule["attribute"]: now}, rule) == []


def test_one_refusal_that_cannot_be_lifted_is_enough():
    rules = [asks("plan.begun", **{"is": False}), asks("farm.organic", **{"is": True})]
    assert asking({"plan.begun": True, "farm.organic": False}, *rules) == []
    assert asking({"plan.begun": True, "farm.organic": True}, *rules) == [({"plan.begun": False}, 1, "eligible")]


def test_what_is_still_missing_leaves_the_programme_possible():
    rules = [asks("plan.begun", **{"is": False}), asks("farm.organic", **{"is": True})]
    assert asking({"plan.begun": True}, *rules) == [({"plan.begun": False}, 1, "possible")]


def test_the_cheapest_way_is_told_and_its_equals():
    ways = {
        "any": [
            asks("plan.begun", **{"is": False}),
            asks("farm.guilds", any_of=["weavers"]),
            asks("plan.stage", one_of=["ready"]),
        ]
    }
    given = {"plan.begun": True, "farm.guilds": [], "plan.stage": "sketch"}
    assert asking(given, ways) == [
        ({"plan.begun": False}, 1, "eligible"),
        ({"farm.guilds": ["weavers"]}, 1, "eligible"),
    ]


def test_two_easy_changes_cost_as_much_as_one_that_takes_work():
    two = {"all": [asks("plan.begun", **{"is": False}), asks("farm.guilds", any_of=["weavers"])]}
    ways = {"any": [two, asks("plan.stage", one_of=["ready"])]}
    given = {"plan.begun": True, "farm.guilds": [], "plan.stage": "sketch"}
    assert asking(given, ways) == [
        ({"plan.stage": "ready"}, 2, "eligible"),
        ({"plan.begun": False, "farm.guilds": ["weavers"]}, 2, "eligible"),
    ]


def test_a_lift_that_what_follows_undoes_is_no_near_miss():
    rules = [asks("plan.counted_cost", at_least=10000), asks("plan.cost", below=9500)]
    assert asking({"plan.counted_cost": 9000}, *rules) == []
    rules = [asks("plan.counted_cost", at_least=10000), asks("plan.cost", below=10500)]
    assert asking({"plan.counted_cost": 9000}, *rules) == [({"plan.counted_cost": 10000}, 2, "possible")]


def test_a_day_is_not_proposed():
    assert asking({"plan.last_day": "2028-01-01"}, asks("plan.last_day", below="2028-01-01")) == []


def test_a_limit_at_the_edge_of_what_is_sensible_is_proposed():
    assert asking({"plan.own_share": 0.6}, asks("plan.own_share", at_least=1)) == [
        ({"plan.own_share": 1}, 3, "eligible")
    ]
    assert asking({"plan.own_share": 0.6}, asks("plan.own_share", more_than=1)) == []


def test_the_nearest_of_two_limits_is_proposed():
    far, near = asks("plan.cost", at_least=16000), asks("plan.cost", at_least=12000)
    assert asking({"plan.cost": 10000}, {"any": [far, near]}) == [({"plan.cost": 12000}, 2, "eligible")]
    assert asking({"plan.cost": {"to": 10000}}, {"any": [far, near]}) == [({"plan.cost": 12000}, 2, "eligible")]
    low, lower = asks("plan.cost", at_most=8000), asks("plan.cost", at_most=6000)
    assert asking({"plan.cost": 10000}, {"any": [lower, low]}) == [({"plan.cost": 8000}, 2, "eligible")]


def test_rules_are_taken_as_they_hold_on_the_day():
    rule = asks("plan.cost", at_least=10000, holds={"from": "2026-11-26", "to": "2026-11-26"})
    assert asking({"plan.cost": 9000}, rule) == [({"plan.cost": 10000}, 2, "eligible")]
    also = asks("farm.organic", **{"is": True}, holds={"from": "2026-11-26"})
    assert asking({"plan.cost": 9000, "farm.organic": True}, rule, also) == [({"plan.cost": 10000}, 2, "eligible")]


def test_at_most_three_changes_are_asked():
    rules = [
        asks("plan.begun", **{"is": False}),
        asks("farm.guilds", any_of=["weavers"]),
        asks("plan.stage", one_of=["ready"]),
        asks("plan.own_share", at_least=0.5),
    ]
    given = {"plan.begun": True, "farm.guilds": [], "plan.stage": "sketch", "plan.own_share": 0.4}
    assert asking(given, *rules) == []
    changes = {"plan.begun": False, "farm.guilds": ["weavers"], "plan.stage": "ready"}
    assert asking(given, *rules[:3]) == [(changes, 4, "eligible")]


def test_two_limits_on_one_answer_are_both_met():
    rules = [asks("plan.own_share", at_least=0.5), asks("plan.own_share", below=0.51)]
    assert asking({"plan.own_share": 0.6}, *rules) == [({"plan.own_share": 0.5}, 3, "eligible")]
    apart = [asks("plan.own_share", at_least=0.6), asks("plan.own_share", below=0.5)]
    assert asking({"plan.own_share": 0.4}, *apart) == []


def test_the_present_answer_is_told_beside_the_new_one():
    (miss,) = misses(invented.catalogue(), "well-grant", {"farm.sites": "av", "plan.begun": True})
    (change,) = miss.changes
    assert (plain(change.now), plain(change.then)) == (True, False)
    assert miss.verdict.value == "possible"


def test_a_derived_answer_may_be_the_one_to_change():
    found = misses(invented.catalogue(), "barn-loan", {"farm.sites": "av", "plan.cost": 9000})
    assert told(found) == [({"plan.counted_cost": 10000}, 2, "possible")]
    assert plain(found[0].changes[0].now) == {"from": 0, "to": 9000}


def test_a_programme_that_is_not_refused_has_no_near_miss():
    assert misses(invented.catalogue(), "open-hand", {"farm.sites": "av"}) == ()
    assert misses(invented.catalogue(), "well-grant", {"farm.sites": "av"}) == ()


def test_a_change_that_contradicts_other_answers_is_no_near_miss():
    given = {"farm.sites": "av-ost", "farm.trades": ["dairy", "wool"], "farm.hands": 2, "farm.pupils": 2}
    assert misses(invented.catalogue(), "north-school", given) == ()
    assert len(misses(invented.catalogue(), "north-school", {**given, "farm.hands": 3})) == 1


def test_an_upper_answer_gives_way_to_a_lower_one_only_if_it_may_change():
    profile = invented.profile({"plan.cost": 800, "plan.counted_cost": 700, "farm.hands": 2, "farm.pupils": 2})
    changed = {"plan.counted_cost": answer("plan.counted_cost", 900), "farm.pupils": answer("farm.pupils", 3)}
    after = changed_profile(profile, changed, catalogue=invented.catalogue()).answers
    assert plain(after["plan.cost"]) == plain(after["plan.counted_cost"]) == 900
    assert (plain(after["farm.hands"]), plain(after["farm.pupils"])) == (2, 3)


@pytest.mark.parametrize(
    ("cost", "counted", "after"),
    [(900, 900, 900), (901, 900, 901), ({"from": 5}, 900, {"from": 5}), ({"to": 800}, 900, 900)],
)
def test_an_upper_answer_stays_where_it_is_not_passed(cost: Any, counted: Any, after: Any):
    profile = invented.profile({"plan.cost": cost})
    changed = {"plan.counted_cost": answer("plan.counted_cost", counted)}
    assert plain(changed_profile(profile, changed, catalogue=invented.catalogue()).answers["plan.cost"]) == after


def test_a_budget_gives_way_to_another_cost_and_stays_otherwise():
    lines = [{"category": "wells", "amount": 800}]
    profile = invented.profile({"plan.budget": lines, "plan.begun": "unknown"})
    catalogue = invented.catalogue()
    other = changed_profile(profile, {"plan.cost": answer("plan.cost", 700)}, catalogue=catalogue)
    assert (other.lines, other.unknown) == ((), {"plan.begun"})
    same = changed_profile(profile, {"plan.begun": answer("plan.begun", value=False)}, catalogue=catalogue)
    assert (same.lines, same.unknown) == (profile.lines, frozenset())


@pytest.mark.parametrize(("bought", "offered"), [("timber", 0), ("wells", 1)])
def test_nothing_is_asked_for_a_programme_that_would_cover_nothing_of_the_budget(bought: str, offered: int):
    tier = {"rate_at_most": 0.5, "source": "page"}
    wells = {"instrument": "grant", "expenses": ["wells"], "tiers": [tier], "source": "page"}
    condition = {"attribute": "plan.begun", "is": False, "source": "page"}
    catalogue = invented.with_programme(eligibility={"all": [condition]}, aid={"parts": [wells]})
    lines = [{"category": bought, "amount": 1000}]
    given = {"farm.sites": "av-ost", "plan.begun": True, catalogue.vocabulary.roles.lines: lines}
    assert len(misses(catalogue, "open-hand", given)) == offered
