"""What a programme could cover of one project: an upper bound, worked out by hand here for each form of aid."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from alliage.core.matching.aid import Aid, PartAid, Weights, aid_of, cents, highest, plain_money, told_instruments
from alliage.core.rules.derivations import derive
from alliage.core.vocabulary.answers import Possible, Span
from tests import invented
from tests.invented import TODAY

VOCABULARY = invented.vocabulary()
WEIGHTS = Weights(
    {"grant": 1, "tax-credit": 0.8, "loan": 0.1},
    paid_to_others=0.5,
    main_expenses={"water": frozenset({"wells"}), "barns": frozenset({"timber"})},
)
ORGANIC = {"all": [{"attribute": "farm.organic", "is": True, "source": "page"}]}


def part(*tiers: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {
        "instrument": "grant",
        "source": "page",
        **facts,
        "tiers": [{"source": "page", **tier} for tier in tiers],
    }


def aid(parts: list[dict[str, Any]], given: dict[str, Any] | None = None, **facts: Any) -> Aid:
    programme = invented.programme(aid={"parts": parts, **facts})
    profile = invented.profile({"plan.cost": 10000} if given is None else given)
    catalogue = invented.catalogue()
    known = derive(profile, derivations=catalogue.derivations, vocabulary=catalogue.vocabulary, on=TODAY)
    return aid_of(programme, answers=known.answers, lines=profile.lines, weights=WEIGHTS, on=TODAY)


def most(*tiers: dict[str, Any], given: dict[str, Any] | None = None, **facts: Any) -> Decimal | None:
    """The most of a programme with one part."""
    return aid([part(*tiers, **facts)], given).at_most


def upto(amount: float, **facts: Any) -> dict[str, Any]:
    return {"amount": {"at_most": amount, **facts}}


@pytest.mark.parametrize(
    ("tier", "expected"),
    [
        ({"rate_at_most": 0.5}, "5000"),
        ({"rate_at_most": 0.5, **upto(3000)}, "3000"),
        ({"rate_at_most": 0.5, **upto(7000)}, "5000"),
        ({"rate_at_most": 0.3333}, "3333"),
        (upto(3000), "3000"),
        (upto(20000), "10000"),
        ({"rate_at_most": 1.5}, "10000"),
        ({"rate_at_most": 0.5, **upto(1000, per="person")}, None),
        ({"rate_at_most": 0.5, **upto(1000, per=["person", "year"])}, None),
        ({"rate_at_most": 0.5, "amount": {"per": "person"}}, None),
        ({"rate_at_most": 0.5, **upto(1000, per=["project", "year"])}, "1000"),
        ({"rate_at_most": 0.5, **upto(1000, unit="charger")}, None),
        ({"rate_at_most": 0.5, "base": "minimum-wage"}, None),
        ({"rate_at_most": 0.5, **upto(1000, unit="site")}, "1000"),
        (upto(1000, per="person"), None),
        ({"rate_at_most": 0.5, "amount": {"at_least": 5000}}, "5000"),
        ({"rate_at_most": 0.5, "amount": {"at_least": 5001}}, "0"),
        ({"rate_at_most": 0.5, **upto(9000, at_least=6000)}, "0"),
        ({"rate_at_most": 0.5, "base": "total"}, "5000"),
        ({"rate_at_most": 0.5, "base": "sales"}, None),
        ({"rate_at_most": 0.5, "base": "sales", **upto(700)}, "700"),
        ({}, None),
    ],
)
def test_one_tier_on_a_project_of_10_000(tier: dict[str, Any], expected: str | None):
    assert most(tier) == (Decimal(expected) if expected else None)


def test_the_cost_may_be_an_interval_or_unknown():
    half = {"rate_at_most": 0.5}
    assert most(half, given={"plan.cost": {"from": 1, "to": 8000}}) == 4000
    assert most(half, given={"plan.cost": {"one_of": [2000, 6000]}}) == 3000
    assert most(half, given={"plan.cost": {"from": 8000}}) is None
    assert most(half, given={}) is None
    assert most({**half, **upto(700)}, given={}) == 700
    assert most(upto(700), given={}) == 700


def test_the_first_tier_that_surely_holds_applies():
    tiers = [{"when": ORGANIC, "rate_at_most": 0.6}, {"rate_at_most": 0.4}]
    cost = {"plan.cost": 10000}
    assert most(*tiers, given={**cost, "farm.organic": True}) == 6000
    assert most(*tiers, given={**cost, "farm.organic": False}) == 4000
    assert most(*tiers, given=cost) == 6000
    low_first = [{"when": ORGANIC, "rate_at_most": 0.2}, {"rate_at_most": 0.4}]
    assert most(*low_first, given={**cost, "farm.organic": True}) == 2000
    assert most(*low_first, given=cost) == 4000


def test_a_tier_in_words_leaves_a_range_over_the_tiers_except_the_last():
    words = {"fr": "Semences rares", "en": "Rare seeds"}
    assert most({"case": words, "rate_at_most": 0.2}, {"rate_at_most": 0.4}) == 4000
    assert most({"case": words, "rate_at_most": 0.6}, {"rate_at_most": 0.4}) == 6000
    assert most({"when": ORGANIC, "rate_at_most": 0.6}, {"case": words, "rate_at_most": 0.4}) == 6000
    both = {"when": ORGANIC, "case": words, "rate_at_most": 0.2}
    organic = {"plan.cost": 10000, "farm.organic": True}
    assert most(both, {"rate_at_most": 0.4}, given=organic) == 2000
    three = [{"rate_at_most": 0.2, "when": ORGANIC}, {"case": words, "rate_at_most": 0.5}, {"rate_at_most": 0.6}]
    assert most(*three, given=organic) == 2000
    assert most(*three) == 6000


def test_a_condition_that_is_needed_but_not_enough_decides_no_tier():
    tiers = [{"when": ORGANIC, "when_is": "needed", "rate_at_most": 0.2}, {"rate_at_most": 0.4}]
    given = {"plan.cost": 10000, "farm.organic": True}
    assert most(*tiers, given=given) == 4000
    enough = [{**tiers[0], "when_is": "enough"}, tiers[1]]
    assert most(*enough, given=given) == 2000


def test_an_expense_of_which_a_share_counts_enters_the_base_for_that_share():
    """A credit on half of the subcontracts was told as if it were on all of them."""
    rules = {"counted": [{"expenses": ["timber"], "share": 0.5, "source": "page"}], "source": "page"}
    lines = [{"category": "wells", "amount": 6000}, {"category": "timber", "amount": 4000}]
    budget = {"plan.budget": lines}
    assert most({"rate_at_most": 0.5}, given=budget, expenses=["wells", "timber"]) == 5000
    found = aid([part({"rate_at_most": 0.5}, expenses=["wells", "timber"], base_rules=rules)], budget)
    assert (found.at_most, found.parts[0].base, found.parts[0].counted) == (4000, 8000, True)
    alone = {"plan.cost": 10000, "plan.aims": ["barns"]}
    assert most({"rate_at_most": 0.5}, given=alone, expenses=["timber"], base_rules=rules) == 2500
    assert most({"rate_at_most": 0.5}, given=alone, expenses=["timber", "wells"], base_rules=rules) == 5000


def test_a_tier_of_unknown_amount_leaves_the_whole_unknown():
    assert most({"when": ORGANIC}, {"rate_at_most": 0.4}) is None
    found = aid([part({"when": ORGANIC}, {"rate_at_most": 0.4})])
    assert found.parts[0].rate_at_most == Decimal("0.4")
    assert found.advantage == 0


def test_an_announced_tier_is_left_out():
    tiers = [{"status": "announced", "rate_at_most": 0.9}, {"rate_at_most": 0.4}]
    assert most(*tiers) == 4000
    assert aid([part({"status": "announced", "rate_at_most": 0.9})]).parts == ()


def test_slices_of_the_base_add_up():
    slices = [
        {"slice": {"to": 4000}, "rate_at_most": 0.5},
        {"slice": {"from": 4000, "to": 8000}, "rate_at_most": 0.25},
        {"slice": {"from": 8000}, "rate_at_most": 0.1},
    ]
    assert most(*slices) == 2000 + 1000 + 200
    assert most(*slices, given={"plan.cost": 6000}) == 2000 + 500
    assert most(*slices, given={"plan.cost": 4000}) == 2000
    assert most(*slices, given={}) is None
    assert most(*slices[:2]) == 2000 + 1000
    assert most({"slice": {"to": 4000}}, slices[1]) == 1000
    assert most({"rate_at_most": 0.1}, slices[1]) == 1000
    assert most(slices[0], {"rate_at_most": 0.1}) == 2000 + 1000


def test_parts_add_up_except_those_that_share_a_choice():
    one, two, three = part(upto(100)), part(upto(30)), part(upto(7))
    assert aid([one, two, three]).at_most == 137
    assert aid([{**one, "choice": "way"}, {**two, "choice": "way"}, three]).at_most == 107
    assert aid([{**one, "choice": "a"}, {**two, "choice": "b"}, three]).at_most == 137
    found = aid([{**one, "choice": "way", "instrument": "loan"}, {**two, "choice": "way"}])
    assert (found.at_most, found.advantage) == (30, 30)  # a loan of 100 is worth 10


def test_money_paid_to_others_orders_and_is_not_the_companys():
    school = {"fr": "À l'école", "en": "To the school"}
    found = aid([part(upto(1000), paid_to=school)])
    assert (found.at_most, found.advantage, found.parts[0].paid_to_others) == (None, 500, True)
    found = aid([part(upto(1000), paid_to=school), part(upto(300))])
    assert (found.at_most, found.advantage) == (300, 800)


def test_an_amount_for_each_person_waits_for_their_number():
    each = upto(1000, per="person")
    assert most(each, given={"plan.cost": 10000, "farm.pupils": 3}) == 3000
    assert most(each, given={"plan.cost": 10000, "farm.pupils": {"from": 2, "to": 4}}) == 4000
    assert most(each, given={"plan.cost": 10000, "farm.pupils": {"from": 2}}) is None
    assert most({**each, "rate_at_most": 0.2}, given={"plan.cost": 10000, "farm.pupils": 3}) == 2000
    assert most({**each, "rate_at_most": 0.5}, given={"plan.cost": 10000, "farm.pupils": 3}) == 3000
    charger = upto(1000, unit="charger")
    assert most(charger, given={"plan.cost": 10000, "farm.pupils": 3}) is None


def test_the_counted_cost_is_the_base_unless_another_is_said():
    half, given = {"rate_at_most": 0.5}, {"plan.cost": 10000, "plan.counted_cost": 6000}
    assert most(half, given=given) == 3000
    assert most(half, given=given, base="total-cost") == 5000


def test_a_part_exists_only_if_its_condition_may_hold():
    parts = [part(upto(100), when=ORGANIC), part(upto(30))]
    cost = {"plan.cost": 10000}
    assert aid(parts, {**cost, "farm.organic": True}).at_most == 130
    assert aid(parts, cost).at_most == 130
    without = aid(parts, {**cost, "farm.organic": False})
    assert (without.at_most, len(without.parts)) == (30, 1)


def test_an_announced_part_is_shown_and_never_counted():
    found = aid([part(upto(100), status="announced"), part(upto(30))])
    assert found.at_most == 30
    assert [(p.at_most, p.announced) for p in found.parts] == [(100, True), (30, False)]
    assert aid([part(upto(100), status="announced")]).at_most is None


def test_ceilings_bind_a_part_and_the_programme():
    def ceiling(amount: float, **facts: Any) -> dict[str, Any]:
        return {"at_most": amount, "source": "page", **facts}

    half = {"rate_at_most": 0.5}
    assert most(half, ceilings=[ceiling(900), ceiling(800)]) == 800
    assert most(half, ceilings=[ceiling(900, per="person")]) == 5000
    assert most(half, ceilings=[ceiling(900, unit="charger")]) == 5000
    assert most(half, ceilings=[ceiling(900, case={"fr": "a", "en": "b"})]) == 5000
    assert aid([part(half)], ceilings=[ceiling(700)]).at_most == 700
    assert aid([part(half, id="a"), part(half)], ceilings=[ceiling(700, parts=["a"])]).at_most == 10000
    capped = aid([part(half, instrument="loan"), part(half)], ceilings=[ceiling(5000)])
    assert capped.advantage == (500 + 5000) / 2


def test_aid_never_exceeds_the_cost():
    found = aid([part({"rate_at_most": 0.8}), part({"rate_at_most": 0.8})])
    assert (found.at_most, found.advantage) == (10000, 10000)


def test_the_advantage_weighs_each_form_of_money():
    found = aid([part(upto(1000), instrument="loan"), part(upto(1000), instrument="tax-credit")])
    assert (found.at_most, found.advantage) == (2000, 900)
    assert aid([part(upto(1000), instrument="equity")]).advantage == 0
    nameless = part(upto(1000))
    del nameless["instrument"]
    assert aid([nameless]).advantage == 0
    assert aid([nameless]).parts[0].instrument is None


@pytest.mark.parametrize("instrument", ["tax-deduction", "insurance", "advice"])
def test_what_is_not_money_has_no_amount(instrument: str):
    found = aid([part({"rate_at_most": 0.5}, instrument=instrument)])
    assert (found.at_most, found.advantage) == (None, 0)
    assert found.parts[0].rate_at_most == Decimal("0.5")


BUDGET = [
    {"category": "wells", "amount": 6000},
    {"category": "wells", "amount": 1000},
    {"category": "timber", "amount": 3000},
]


@pytest.mark.parametrize(
    ("expenses", "expected"),
    [(["wells"], 3500), (["wells", "timber"], 5000), (["wages"], 0), (None, 5000), ([], None)],
)
def test_only_admitted_expenses_count_once_the_budget_is_known(expenses: list[str] | None, expected: int | None):
    facts = {} if expenses is None else {"expenses": expenses}
    assert most({"rate_at_most": 0.5}, given={"plan.budget": BUDGET}, **facts) == expected


def test_what_is_given_in_kind_is_not_paid_back():
    budget = [{"category": "wells", "amount": 1000}, {"category": "wells", "amount": 500, "in_kind": True}]
    assert most({"rate_at_most": 0.5}, given={"plan.budget": budget}, expenses=["wells"]) == 500
    assert most(upto(3000), given={"plan.budget": budget[1:]}, expenses=["wells"]) == 0


def test_without_a_budget_a_part_beside_the_projects_needs_has_no_known_base():
    half = {"rate_at_most": 0.5}
    cost = {"plan.cost": 10000}
    assert most(half, given={**cost, "plan.aims": ["water"]}, expenses=["wells"]) == 5000
    assert most(half, given={**cost, "plan.aims": ["barns"]}, expenses=["wells"]) is None
    assert most(half, given={**cost, "plan.aims": ["barns", "water"]}, expenses=["wells"]) == 5000
    assert most(half, given={**cost, "plan.aims": ["barns", "seeds"]}, expenses=["wells"]) == 5000
    assert most(half, given={**cost, "plan.aims": {"includes": ["barns"]}}, expenses=["wells"]) == 5000
    assert most(half, given={**cost, "plan.aims": []}, expenses=["wells"]) == 5000
    assert most(half, given={**cost, "plan.aims": ["barns"]}) == 5000


def test_a_base_that_is_not_the_project_gives_no_amount_by_rate():
    assert most({"rate_at_most": 0.5}, base="payroll") is None
    assert most({"rate_at_most": 0.5}, base="total-cost") == 5000


def test_a_part_says_its_best_rate_and_amount_and_what_it_is_counted_for():
    tiers = [
        {"when": ORGANIC, "rate_at_most": 0.6, **upto(1000, per="year")},
        {"rate_at_most": 0.4, **upto(3000, per=["project", "year"])},
    ]
    (found,) = aid([part(*tiers)]).parts
    told = (found.instrument, found.rate_at_most, found.amount_at_most, found.per, found.at_most)
    assert told == ("grant", Decimal("0.6"), Decimal(3000), "project, year", Decimal(3000))
    assert (found.rate_at_least, found.at_least, found.decided_by) == (Decimal("0.4"), Decimal(1000), ("farm.organic",))
    (found,) = aid([part(upto(50, unit="charger", per="project"))]).parts
    assert found.per == "charger"
    (found,) = aid([part({"rate_at_most": 0.5})]).parts
    assert (found.amount_at_most, found.per) == (None, None)


def test_a_programme_without_figures_has_no_aid_known():
    assert aid([]) == Aid(None, Decimal(0), ())


def test_a_tier_may_depend_on_a_place():
    north = {"all": [{"attribute": "farm.sites", "within": ["av-north"], "source": "page"}]}
    tiers = [{"when": north, "rate_at_most": 0.6}, {"rate_at_most": 0.4}]
    for sites, expected in (("av-ost", 6000), ("nr", 4000), ("av", 6000)):
        assert most(*tiers, given={"plan.cost": 10000, "farm.sites": sites}) == expected


def test_an_amount_without_a_rate_is_at_most_the_admitted_expenses():
    assert most(upto(3000), given={"plan.budget": BUDGET}, expenses=["timber", "wages"]) == 3000
    assert most(upto(9000), given={"plan.budget": BUDGET}, expenses=["wells"]) == 7000


def test_the_budget_bounds_every_part_whose_expenses_are_known():
    given = {"plan.budget": BUDGET, "farm.pupils": 9}
    assert most({"rate_at_most": 0.5, "base": "sales", **upto(9000)}, given=given, expenses=["wells"]) == 7000
    assert most(upto(1000, per="person"), given=given, expenses=["timber"]) == 3000
    slices = [{"slice": {"to": 9000}, "rate_at_most": 0.5}, {"slice": {"from": 9000}, "rate_at_most": 0.1}]
    assert most(*slices, given=given, expenses=["wells"]) == 3500
    assert most(upto(9000), given=given) == 9000
    assert most(upto(9000), given=given, expenses=["wages"]) == 0


def test_of_a_choice_money_paid_to_others_counts_for_what_is_left_of_it():
    school = {"fr": "À l'école", "en": "To the school"}
    others, own = part(upto(1000), paid_to=school, choice="way"), part(upto(600), choice="way")
    found = aid([others, own, part(upto(50))])
    assert (found.at_most, found.advantage) == (650, 650)
    assert [one.paid_to_others for one in found.parts] == [True, False, False]


def test_where_all_that_is_known_is_paid_to_others_the_companys_share_is_not_known():
    school = {"fr": "À l'école", "en": "To the school"}
    to_school = part(upto(1000), paid_to=school)
    found = aid([to_school, part({"when": ORGANIC}, {"rate_at_most": 0.4})])
    assert (found.at_most, found.advantage) == (None, 500)
    found = aid([{**to_school, "choice": "way"}, part(upto(400), choice="way")])
    assert (found.at_most, found.advantage) == (None, 500)


def test_a_pack_may_know_neither_persons_nor_a_counted_cost():
    bare = replace(VOCABULARY, roles=replace(VOCABULARY.roles, eligible_cost=None, persons=None))
    given = invented.profile({"plan.cost": 10000, "plan.counted_cost": 6000, "farm.pupils": 3}).answers
    for tier, expected in (({"rate_at_most": 0.5}, 5000), (upto(1000, per="person"), None)):
        programme = replace(invented.programme(aid={"parts": [part(tier)]}), vocabulary=bare)
        assert aid_of(programme, answers=given, lines=(), weights=WEIGHTS, on=TODAY).at_most == expected


def test_amounts_are_rounded_down_to_the_cent():
    assert cents(Decimal("1.999")) == Decimal("1.99")
    assert most({"rate_at_most": 0.3333}, given={"plan.cost": 1.01}) == Decimal("0.33")


def test_the_highest_value_of_an_answer():
    assert highest(None) is None
    assert highest(Span(1, None)) is None
    assert highest(Span(None, 5)) == 5
    assert highest(Possible(frozenset({Decimal(3), Decimal(7)}))) == 7


def test_aid_as_plain_data():
    loan = PartAid("loan", Decimal("0.5"), Decimal(900), "year", Decimal(800), announced=True)
    found = Aid(Decimal("5000.00"), Decimal("0.50"), (loan,))
    assert found.as_dict() == {
        "at_least": None,
        "at_most": 5000,
        "decided_by": [],
        "for_project": True,
        "advantage": 0.5,
        "parts": [
            {
                "instrument": "loan",
                "rate_at_least": None,
                "rate_at_most": 0.5,
                "amount_at_most": 900,
                "per": "year",
                "base": None,
                "threshold": None,
                "at_least": None,
                "at_most": 800,
                "announced": True,
                "paid_to_others": False,
            }
        ],
    }
    nothing = {"at_least": None, "at_most": None, "decided_by": [], "for_project": True, "advantage": 0, "parts": []}
    assert Aid(None, Decimal(0), ()).as_dict() == nothing
    nothing_known = PartAid(None, None, None, None, None)
    assert Aid(None, Decimal(0), (nothing_known,)).as_dict()["parts"][0]["rate_at_most"] is None
    assert type(plain_money(Decimal("5.00"))) is int
    assert plain_money(None) is None


# ---------------------------------------------------------------------------------------------- both ends

BY_PLACE = [
    {"when": {"all": [{"attribute": "plan.site", "within": ["av-north"], "source": "page"}]}, "rate_at_most": 0.25},
    {"rate_at_most": 0.2},
]


def test_tiers_that_are_not_decided_give_two_ends_and_what_decides():
    found = aid([part(*BY_PLACE)])
    assert (found.at_least, found.at_most, found.decided_by) == (2000, 2500, ("plan.site",))
    assert found.between == (2000, 2500)
    decided = aid([part(*BY_PLACE)], {"plan.cost": 10000, "plan.site": "av-ost"})
    assert (decided.at_least, decided.at_most, decided.decided_by) == (2500, 2500, ())
    assert decided.between is None


def test_a_case_in_words_gives_two_ends_and_names_no_answer():
    case = {"fr": "cas", "en": "case"}
    found = aid([part({"case": case, "rate_at_most": 0.5}, {"case": case, "rate_at_most": 0.3})])
    assert (found.between, found.decided_by) == ((3000, 5000), ())


def test_both_ends_stay_under_every_ceiling():
    capped = aid([part(*BY_PLACE), part(upto(1000))], ceilings=[{"at_most": 2200, "source": "page"}])
    assert (capped.at_least, capped.at_most, capped.decided_by) == (2200, 2200, ())
    within = aid([part(*BY_PLACE, ceilings=[{"at_most": 2300, "source": "page"}])])
    assert within.between == (2000, 2300)


def test_a_safe_end_of_nothing_is_no_range():
    case = {"fr": "cas", "en": "case"}
    least = {"case": case, "rate_at_most": 0.1, "amount": {"at_least": 3000}}
    found = aid([part({"case": case, "rate_at_most": 0.5}, least)])
    assert (found.at_least, found.at_most, found.between) == (0, 5000, None)


def test_a_threshold_is_subtracted_once_before_the_rate():
    rules = {"less_aid": "unknown", "threshold": {"amount": 1000, "unit": "each", "source": "page"}, "source": "page"}
    found = aid([part({"rate_at_most": 0.5}, base_rules=rules)])
    assert found.at_most == 4500
    (one,) = found.parts
    assert (one.base, one.threshold) == (9000, 1000)
    small = aid([part({"rate_at_most": 0.5}, base_rules=rules)], {"plan.cost": 900})
    assert small.at_most == 0


@pytest.mark.parametrize("given", [{"plan.cost": 10000}, {"farm.pupils": 2}])
def test_an_amount_that_nothing_of_the_project_bounds_is_the_programmes_ceiling(given: dict[str, Any]):
    for parts in ([part(upto(10_000_000))], []):
        assert aid(parts, given).for_project
        assert not aid(parts, {}).for_project


# ------------------------------------------------------------------------------- the forms said beside the amount


def money(instrument: str | None, amount: int | None, **facts: Any) -> PartAid:
    return PartAid(instrument, None, None, None, None if amount is None else Decimal(amount), **facts)


def told(*parts: PartAid, choices: dict[str, str] | None = None) -> tuple[str, ...]:
    """The forms told of a programme whose own form is a grant, and of which some parts are one choice."""
    written = [part(upto(1000), instrument=one, choice=group) for one, group in (choices or {}).items()]
    programme = invented.programme(aid={"parts": written}, instrument="grant")
    return told_instruments(programme, Aid(None, Decimal(0), parts), weights=WEIGHTS)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((), ("grant",)),
        ((money("loan", 10),), ("loan",)),
        ((money("loan", 10), money("tax-credit", 5)), ("loan", "tax-credit")),
        ((money("loan", 10), money("loan", 5)), ("loan",)),
        ((money("loan", 10), money("tax-credit", 5), money("guarantee", 1)), ("grant",)),
        ((money("loan", 0), money("tax-credit", 5)), ("tax-credit",)),
        ((money("loan", None), money("tax-credit", 5)), ("tax-credit",)),
        ((money(None, 10),), ("grant",)),
        ((money("loan", 10, announced=True), money("tax-credit", 5)), ("tax-credit",)),
        ((money("loan", 10, paid_to_others=True), money("tax-credit", 5)), ("tax-credit",)),
    ],
)
def test_the_forms_that_make_the_amount_are_said_two_at_most(parts: tuple[PartAid, ...], expected: tuple[str, ...]):
    assert told(*parts) == expected


def test_of_forms_to_choose_from_the_one_worth_most_is_said_whatever_its_place():
    one = {"loan": "form", "tax-credit": "form"}
    assert told(money("loan", 90), money("tax-credit", 10), choices=one) == ("loan",)  # 9 against 8
    assert told(money("tax-credit", 10), money("loan", 70), choices=one) == ("tax-credit",)  # 8 against 7
    assert told(money("loan", 80), money("tax-credit", 10), choices=one) == ("tax-credit",)  # 8 each: by name


def test_at_equal_worth_the_form_of_the_programme_is_said():
    one = {"grant": "form", "tax-credit": "form"}
    assert told(money("grant", 8), money("tax-credit", 10), choices=one) == ("grant",)
    assert told(money("grant", 8), money("tax-credit", 11), choices=one) == ("tax-credit",)


def test_a_form_without_a_known_worth_comes_after_any_other():
    one = {"advice": "form", "loan": "form"}
    assert told(money("advice", 1000), money("loan", 1), choices=one) == ("loan",)
