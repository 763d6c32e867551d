"""What follows from an answer: implications, bounds, tables, budgets; a contradiction is an error."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from alliage.core.rules.derivations import MOST_ROUNDS, Known, build_derivations, derive
from alliage.core.vocabulary.answers import Answer, Includes, Listed, Possible, Span
from alliage.core.vocabulary.errors import AlliageError
from alliage.core.vocabulary.profile import Profile
from tests import invented
from tests.invented import TODAY

VOCABULARY = invented.vocabulary()


def known(given: dict[str, Any], *, rules: dict[str, Any] | None = None, on: date = TODAY) -> Known:
    vocabulary = replace(VOCABULARY, derivations=rules) if rules is not None else VOCABULARY
    profile = invented.profile(given)
    return derive(profile, derivations=build_derivations(vocabulary), vocabulary=vocabulary, on=on)


def learned(given: dict[str, Any], name: str) -> Answer | None:
    return known(given).answers.get(name)


def contradiction(given: dict[str, Any]) -> tuple[str, str, str]:
    with pytest.raises(AlliageError) as caught:
        known(given)
    (problem,) = caught.value.problems
    assert problem.code == "profile-contradiction"
    name, _, where = problem.where.partition("::")
    assert name == "profile"
    return where, problem.found, problem.expected


def one(*codes: str) -> Listed:
    return Listed(tuple(frozenset({code}) for code in codes))


YES, NO = Possible(frozenset({True})), Possible(frozenset({False}))


def test_nothing_follows_from_nothing():
    assert known({}) == Known({}, {})


def test_a_condition_that_surely_holds_brings_its_answer_with_its_origin():
    found = known({"farm.form": "abbey"})
    assert found.answers["farm.profit"] == NO
    assert found.derived_from == {"farm.profit": "farm.form"}
    assert learned({"farm.form": {"one_of": ["family", "company"]}}, "farm.profit") == YES


def test_a_condition_that_may_not_hold_brings_nothing():
    assert learned({"farm.form": {"one_of": ["family", "abbey"]}}, "farm.profit") is None
    assert known({"farm.form": {"one_of": ["family", "abbey"]}}).derived_from == {}


def test_an_answer_that_agrees_is_kept_and_owes_nothing():
    found = known({"farm.form": "abbey", "farm.profit": False})
    assert found.answers["farm.profit"] == NO
    assert found.derived_from == {}


def test_an_answer_that_disagrees_is_a_contradiction():
    assert contradiction({"farm.form": "abbey", "farm.profit": True}) == (
        "farm.profit",
        "true",
        "false (farm.form)",
    )


def test_a_wide_answer_is_narrowed():
    found = known({"farm.hands": 600, "farm.turnover": {"from": 5, "to": 900000}})
    assert found.answers["farm.turnover"] == Span(Decimal(100000), Decimal(900000))
    assert found.derived_from["farm.turnover"] == "farm.hands"
    assert learned({"farm.hands": 499}, "farm.turnover") is None


def test_a_sure_choice_is_learned_and_completed():
    assert learned({"farm.crops": ["211", "11"]}, "farm.trades") == Includes(frozenset({"cider"}))
    assert learned({"farm.crops": ["211"], "farm.trades": ["cider", "wool"]}, "farm.trades") == Possible(
        frozenset({frozenset({"cider", "wool"})})
    )
    assert contradiction({"farm.crops": ["211"], "farm.trades": ["wool"]})[0] == "farm.trades"


def test_a_choice_that_brings_another_is_completed_before_anything_else():
    assert learned({"plan.markets": ["norrie"]}, "plan.markets") == Possible(
        frozenset({frozenset({"norrie", "mainland"})})
    )
    assert learned({"plan.markets": ["isle"]}, "plan.markets") == Possible(frozenset({frozenset({"isle"})}))
    assert learned({"plan.markets": {"includes": ["norrie"]}}, "plan.markets") == Includes(
        frozenset({"norrie", "mainland"})
    )
    assert learned({"plan.markets": {"includes": ["isle"]}}, "plan.markets") == Includes(frozenset({"isle"}))
    assert learned({"plan.markets": {"one_of": [["norrie"], ["isle"]]}}, "plan.markets") == Possible(
        frozenset({frozenset({"norrie", "mainland"}), frozenset({"isle"})})
    )
    assert known({"plan.markets": ["norrie"]}).derived_from == {}


# ------------------------------------------------------------------------------------------------- bounds


@pytest.mark.parametrize(
    ("given", "name", "answer"),
    [
        ({"plan.cost": 800}, "plan.counted_cost", Span(Decimal(0), Decimal(800))),
        ({"plan.cost": {"from": 5, "to": 800}}, "plan.counted_cost", Span(Decimal(0), Decimal(800))),
        ({"plan.cost": {"one_of": [5, 800]}}, "plan.counted_cost", Span(Decimal(0), Decimal(800))),
        ({"plan.cost": {"from": 5}}, "plan.counted_cost", None),
        ({"plan.counted_cost": 300}, "plan.cost", Span(Decimal(300), None)),
        ({"plan.counted_cost": {"one_of": [300, 900]}}, "plan.cost", Span(Decimal(300), None)),
        ({"plan.counted_cost": 0}, "plan.cost", None),
        ({"plan.counted_cost": {"to": 300}}, "plan.cost", None),
        ({"plan.counted_cost": {"from": 1}, "plan.cost": 800}, "plan.counted_cost", Span(Decimal(1), Decimal(800))),
        ({"plan.last_day": "2027-01-01"}, "plan.first_day", Span(None, date(2027, 1, 1))),
        ({"plan.first_day": "2027-01-01"}, "plan.last_day", Span(date(2027, 1, 1), None)),
        ({"farm.hands": 7}, "farm.pupils", Span(0, 7)),
    ],
)  # fmt: skip
def test_a_lower_answer_is_never_above_an_upper_one(given: dict[str, Any], name: str, answer: Answer | None):
    assert learned(given, name) == answer


def test_what_a_bound_gives_owes_it_to_the_other_answer():
    assert known({"plan.cost": 800}).derived_from == {"plan.counted_cost": "plan.cost"}
    assert known({"plan.counted_cost": 300}).derived_from == {"plan.cost": "plan.counted_cost"}


def test_a_lower_answer_above_an_upper_one_is_a_contradiction():
    where, found, expected = contradiction({"plan.cost": 800, "plan.counted_cost": 900})
    assert (where, found) == ("plan.counted_cost", "900")
    assert expected.endswith("(plan.cost)")
    assert contradiction({"plan.first_day": "2027-01-02", "plan.last_day": "2027-01-01"})[0] == "plan.first_day"


def test_an_upper_answer_under_the_least_of_a_lower_one_is_a_contradiction():
    raised = replace(VOCABULARY.attributes["farm.pupils"], limits=(1, 10))
    vocabulary = replace(VOCABULARY, attributes={**VOCABULARY.attributes, "farm.pupils": raised})
    derivations = build_derivations(vocabulary)

    def pupils(hands: int) -> Answer:
        profile = invented.profile({"farm.hands": hands})
        return derive(profile, derivations=derivations, vocabulary=vocabulary, on=TODAY).answers["farm.pupils"]

    assert pupils(1) == Span(1, 1)
    with pytest.raises(AlliageError) as caught:
        pupils(0)
    (problem,) = caught.value.problems
    assert (problem.where, problem.found) == ("profile::farm.pupils", '{"from": 1}')
    assert problem.expected == '{"to": 0} (farm.hands)'


def test_without_limits_a_number_starts_at_nothing():
    free = replace(VOCABULARY.attributes["plan.counted_cost"], limits=None)
    vocabulary = replace(VOCABULARY, attributes={**VOCABULARY.attributes, "plan.counted_cost": free})
    profile = invented.profile({"plan.cost": 800})
    found = derive(profile, derivations=build_derivations(vocabulary), vocabulary=vocabulary, on=TODAY)
    assert found.answers["plan.counted_cost"] == Span(Decimal(0), Decimal(800))


# ------------------------------------------------------------------------------------------------- tables


@pytest.mark.parametrize(
    ("grid", "sites"),
    [
        ("OS12", one("av-ost")),
        ("OS1", one("av-ost")),
        ("OS", Listed((frozenset({"av-ost", "av-brume"}),))),
        ("OS2", Listed((frozenset({"av-ost", "av-brume"}),))),
        ("LU", one("av-south")),
        ("ZZ", None),
        ({"one_of": ["OS1", "SE"]}, Listed((frozenset({"av-ost", "av-seld"}),))),
        ({"one_of": ["OS1", "ZZ"]}, None),
    ],
)
def test_a_code_gives_the_places_of_its_longest_known_prefix(grid: Any, sites: Answer | None):
    found = known({"farm.grid": grid})
    assert found.answers.get("farm.sites") == sites
    assert found.derived_from == ({"farm.sites": "farm.grid"} if sites else {})


@pytest.mark.parametrize(
    ("grid", "said", "sites"),
    [
        ("OS", "av-brume", one("av-brume")),
        ("OS", "av-north", Listed((frozenset({"av-ost", "av-brume"}),))),
        ("LU", "av-lune", one("av-lune")),
        ("OS1", ["nr", "av-north"], one("nr", "av-north")),
    ],
)
def test_a_place_that_was_said_and_one_that_follows_are_put_together(grid: str, said: Any, sites: Answer):
    assert learned({"farm.grid": grid, "farm.sites": said}, "farm.sites") == sites


def test_a_contradiction_names_places_with_their_codes_and_the_profile():
    assert contradiction({"farm.grid": "OS", "farm.sites": "nr"}) == (
        "farm.sites",
        "Norrie (nr)",
        "Brume (av-brume), Ostrelle (av-ost) (farm.grid)",
    )
    profile = replace(invented.profile({"farm.form": "abbey", "farm.profit": True}), name="mine.yaml")
    with pytest.raises(AlliageError, match=r"mine\.yaml::farm\.profit"):
        derive(profile, derivations=build_derivations(VOCABULARY), vocabulary=VOCABULARY, on=TODAY)


@pytest.mark.parametrize("said", ["nr", ["nr", "av-seld"], []])
def test_places_that_cannot_both_be_are_a_contradiction(said: Any):
    assert contradiction({"farm.grid": "OS1", "farm.sites": said})[0] == "farm.sites"


# -------------------------------------------------------------------------------------------------- others


def test_the_lines_of_a_budget_give_its_cost():
    lines = [{"category": "wells", "amount": 1000.5}, {"category": "wages", "amount": 500}]
    found = known({"plan.budget": lines})
    assert found.answers["plan.cost"] == Span(Decimal("1500.5"), Decimal("1500.5"))
    assert found.derived_from["plan.cost"] == "plan.budget"
    assert found.derived_from["plan.counted_cost"] == "plan.cost"
    assert contradiction({"plan.budget": lines, "plan.cost": 1000})[0] == "plan.cost"
    assert learned({"plan.budget": lines, "plan.cost": {"to": 2000}}, "plan.cost") == found.answers["plan.cost"]


def test_an_implication_holds_only_while_its_rule_does():
    rule = {"attribute": "farm.organic", "is": True, "holds": {"to": "2026-11-25"}}
    rules = {"implications": [{"if": rule, "then": {"farm.form": "abbey"}}]}
    assert "farm.form" not in known({"farm.organic": True}, rules=rules).answers
    assert "farm.form" in known({"farm.organic": True}, rules=rules, on=date(2026, 11, 25)).answers


def test_a_choice_brings_another_only_while_its_rule_holds():
    rule = {"attribute": "plan.markets", "any_of": ["norrie"], "holds": {"to": "2026-11-25"}}
    rules = {"implications": [{"if": rule, "then": {"plan.markets": {"includes": ["mainland"]}}}]}
    for given in (["norrie"], {"includes": ["norrie"]}):
        wide = known({"plan.markets": given}, rules=rules, on=date(2026, 11, 25)).answers["plan.markets"]
        assert wide in (Possible(frozenset({frozenset({"norrie", "mainland"})})), Includes(wide.values))
        assert wide != known({"plan.markets": given}, rules=rules).answers["plan.markets"]


def test_a_place_may_bring_another_place():
    rule = {"attribute": "farm.sites", "within": ["av-north"]}
    rules = {"implications": [{"if": rule, "then": {"plan.site": "Mistham", "farm.crops": ["11"]}}]}
    found = known({"farm.sites": "av-ost"}, rules=rules)
    assert (found.answers["plan.site"], found.answers["farm.crops"]) == (one("av-brume"), one("11"))
    assert known({"farm.sites": "av"}, rules=rules).derived_from == {}


def test_one_character_may_be_enough_of_a_code():
    table = {"from": "farm.grid", "to": "farm.sites", "rows": [{"prefix": "O", "places": "av-north"}]}
    assert known({"farm.grid": "OS1"}, rules={"tables": [table]}).answers["farm.sites"] == one("av-north")


def test_what_follows_is_followed_further_whatever_the_order_written():
    rules = {
        "implications": [
            {"if": {"attribute": "farm.form", "one_of": ["abbey"]}, "then": {"plan.begun": True}},
            {"if": {"attribute": "farm.organic", "is": True}, "then": {"farm.form": "abbey", "farm.profit": False}},
        ]
    }
    found = known({"farm.organic": True}, rules=rules)
    assert found.answers["plan.begun"] == YES
    assert found.derived_from == {"farm.form": "farm.organic", "farm.profit": "farm.organic", "plan.begun": "farm.form"}


def test_answers_given_are_not_changed():
    profile = invented.profile({"farm.form": "abbey"})
    derive(profile, derivations=invented.catalogue().derivations, vocabulary=VOCABULARY, on=TODAY)
    assert set(profile.answers) == {"farm.form"}


def test_a_pack_may_derive_nothing():
    assert known({"farm.form": "abbey"}, rules={}).derived_from == {}
    empty = {"implications": None, "bounds": None, "tables": None}
    assert known({"farm.form": "abbey"}, rules=empty).derived_from == {}


def steps(length: int) -> Known:
    """What follows in this many steps, written so that each round finds one only."""
    names = [f"farm.step_{at}" for at in range(length + 1)]
    flags = {name: replace(VOCABULARY.attributes["farm.organic"], id=name) for name in names}
    rules = [{"if": {"attribute": one, "is": True}, "then": {next_: True}} for one, next_ in pairwise(names)]
    vocabulary = replace(
        VOCABULARY, attributes={**VOCABULARY.attributes, **flags}, derivations={"implications": rules[::-1]}
    )
    derivations = build_derivations(vocabulary)
    return derive(Profile({names[0]: YES}), derivations=derivations, vocabulary=vocabulary, on=TODAY)


def test_what_does_not_settle_is_an_error_of_the_pack_and_never_half_an_answer():
    assert steps(MOST_ROUNDS - 1).answers[f"farm.step_{MOST_ROUNDS - 1}"] == YES
    with pytest.raises(RuntimeError, match="never settle"):
        steps(MOST_ROUNDS)
