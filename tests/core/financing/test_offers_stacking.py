"""How a programme combines: its ceiling, its private share, its caps, and what it excludes, shares or requires."""

from fractions import Fraction
from typing import Any

import pytest

from alliage.core.financing.offers import Offered
from alliage.core.financing.plan import End
from alliage.core.financing.problem import Base, Cap, Ceiling, Offer, PrivateShare, Range
from alliage.core.financing.solving import solve
from tests.core.financing.test_financing import financing
from tests.core.financing.world import entry, offers, part, programme, reason

HALF, TENTH = Fraction(1, 2), Fraction(1, 10)
WORDS = {"fr": "un cas", "en": "a case"}
MAYBE = {"all": [{"attribute": "farm.profit", "is": True, "source": "page"}]}
FALSE = {"all": [{"attribute": "farm.organic", "is": False, "source": "page"}]}


def stacked(**stacking: Any) -> Offer:
    return entry(part(), stacking={"source": "page", **stacking}).offer


def most(*tiers: dict[str, Any], **stacking: Any) -> Ceiling:
    return stacked(government_at_most=[{"source": "page", **tier} for tier in tiers], **stacking).ceiling


def least(*tiers: dict[str, Any], **stacking: Any) -> tuple[PrivateShare, ...]:
    return stacked(private_at_least=[{"source": "page", **tier} for tier in tiers], **stacking).private


def test_a_ceiling_is_of_the_eligible_cost_unless_it_is_of_the_whole():
    assert most({"at_most": 0.5}).share == Range(HALF, HALF)
    assert most({"at_most": 0.5}).base is Base.ELIGIBLE
    assert most({"at_most": 0.5}, of="total-cost").base is Base.TOTAL
    assert most({"at_most": 0.5, "of": "total-cost"}, of="eligible").base is Base.TOTAL


def bases(*tiers: dict[str, Any], **stacking: Any) -> tuple[Base, ...]:
    """What a ceiling is a share of in a safe plan."""
    written = [{"source": "page", **tier} for tier in tiers]
    return stacked(government_at_most=written, **stacking).ceiling.bases(safe=True)


BOTH = (Base.ELIGIBLE, Base.TOTAL)


def test_a_ceiling_whose_base_is_not_said_holds_on_both_in_a_safe_plan_only():
    assert bases({"at_most": 0.8}) == BOTH
    assert bases({"case": WORDS, "at_most": 0.8}, {"at_most": 0.5}) == BOTH
    mixed = ({"case": WORDS, "at_most": 0.8, "of": "total-cost"}, {"at_most": 0.5, "of": "eligible"})
    assert bases(*mixed) == (Base.TOTAL, Base.ELIGIBLE)
    unsaid = stacked(government_at_most=[{"at_most": 0.8, "source": "page"}])
    assert unsaid.ceiling.bases(safe=False) == (Base.ELIGIBLE,)
    assert "ceiling-base" in unsaid.to_confirm


def test_a_ceiling_whose_base_is_said_asks_for_nothing_more():
    assert bases({"at_most": 0.8}, of="eligible") == (Base.ELIGIBLE,)
    assert bases({"at_most": 0.8, "of": "total-cost"}) == (Base.TOTAL,)
    assert stacked(government_at_most=[{"when": MAYBE, "at_most": 0.8, "source": "page"}]).ceiling.share is None
    said = stacked(government_at_most=[{"at_most": 0.8, "source": "page"}], of="eligible")
    assert "ceiling-base" not in said.to_confirm


def test_a_guarantee_counts_in_the_second_base_of_a_ceiling_as_in_the_first():
    """As a private share of the whole, the second base let a guarantee through, for nothing is received of one."""
    stacking = {"government_at_most": [{"at_most": 0.5, "source": "page"}], "source": "page"}
    vouched = part({"rate_at_most": 1}, instrument="loan-guarantee", expenses=["timber"])
    ceiled = programme("ceiled", part({"rate_at_most": 0.5}, expenses=["wells"]), stacking=stacking)
    free = {"no_ceiling": True, "source": "page"}
    found = offers(ceiled, programme("bank", vouched, stacking=free))
    plan = solve(found.safe_problem, end=End.SAFE)
    assert plan.by_offer() == {"bank": 5_000_00, "ceiled": 6_000_00}  # half of 22,000; the bank alone would be 6,000


def test_aid_on_lines_that_a_ceiling_does_not_hold_may_break_it_on_the_whole():
    stacking = {"government_at_most": [{"at_most": 0.5, "source": "page"}], "source": "page"}
    beside = programme("beside", part({"rate_at_most": 1.0}, expenses=["timber", "wages"]))
    for of, most in ({}, 11000), ({"of": "eligible"}, 16000):
        found = financing(programme("hand", part({"rate_at_most": 0.5}), stacking={**stacking, **of}), beside)
        assert found.safe.total == most * 100
        assert found.reachable.total == 1600000


@pytest.mark.parametrize(
    ("tiers", "expected"),
    [
        ([{"when": FALSE, "at_most": 0.8}, {"at_most": 0.5}], Range(HALF, HALF)),
        ([{"when": MAYBE, "at_most": 0.8}, {"at_most": 0.5}], Range(HALF, Fraction(4, 5))),
        ([{"case": WORDS, "at_most": 0.8}, {"case": WORDS, "at_most": 0.5}], Range(HALF, Fraction(4, 5))),
        ([{"when": MAYBE, "at_most": 0.8}], None),
    ],
)
def test_a_ceiling_that_depends_on_the_case_is_a_range(tiers: list[dict[str, Any]], expected: Range | None):
    assert most(*tiers).share == expected


def test_a_ceiling_of_low_confidence_is_not_known_in_a_safe_plan():
    stacking = {"government_at_most": [{"at_most": 0.5, "source": "page"}], "confidence": "low", "source": "page"}
    found = offers(programme("hand", part(), stacking=stacking))
    assert found.problem.offers[0].ceiling.share == Range(HALF, HALF)
    assert found.safe_problem.offers[0].ceiling.share is None
    assert found.entries["hand"].offer.to_confirm == ("ceiling-not-relied-on",)


def test_a_ceiling_that_is_relied_on_is_the_same_in_a_safe_plan():
    stacking = {"government_at_most": [{"at_most": 0.5, "source": "page"}], "source": "page"}
    found = offers(programme("hand", part(), stacking=stacking))
    assert found.safe_problem == found.problem


def test_a_programme_that_says_nothing_has_a_ceiling_that_is_not_known():
    assert entry(part()).offer.ceiling == Ceiling(share=None, reference="hand#page")
    assert entry(part()).offer.to_confirm == ("ceiling-unknown",)


def test_a_tax_measure_that_says_nothing_has_no_ceiling():
    assert entry(part(instrument="tax-credit")).offer.ceiling.none
    assert not entry(part(instrument="tax-credit"), part()).offer.ceiling.none


def test_weights_are_those_that_the_programme_says():
    found = most({"at_most": 0.5}, weights={"repayable-contribution": 0.5})
    assert found.weights == {"repayable-contribution": HALF}


def test_where_no_programme_says_grants_count_in_full_and_loans_are_not_known():
    problem = offers(programme("one"), programme("two", part(instrument="loan"))).problem
    assert problem.default_weights == {"grant": Fraction(1), "loan": None}


def test_a_private_share_is_strict_where_its_base_is_not_said():
    assert least({"at_least": 0.1}, of="eligible") == (
        PrivateShare(Range(TENTH, TENTH), Base.ELIGIBLE, reference="hand#page"),
    )
    assert [(one.at_least, one.base) for one in least({"at_least": 0.1})] == [
        (Range(TENTH, TENTH), Base.ELIGIBLE),
        (Range(TENTH, None), Base.TOTAL),
    ]


def test_a_share_of_which_a_part_may_be_in_kind_asks_for_the_rest_in_cash():
    whole, cash = least({"at_least": 0.2, "of": "eligible", "in_kind_at_most": 0.5})
    assert (whole.at_least.safe, whole.in_cash) == (Fraction(1, 5), False)
    assert (cash.at_least.safe, cash.in_cash) == (TENTH, True)
    assert least({"at_least": 0.2, "of": "eligible", "in_cash": True})[0].in_cash


def test_a_private_share_that_depends_on_the_case_binds_the_safe_end_only():
    found = least({"when": MAYBE, "at_least": 0.2}, {"at_least": 0.1}, of="eligible")
    assert [(one.at_least.safe, one.at_least.best) for one in found] == [(Fraction(1, 5), None), (TENTH, None)]


def test_whether_money_is_public_follows_its_providers_level_and_what_the_programme_says():
    assert entry(part()).offer.public is True
    guild = entry(part(), provider="weavers-guild").offer
    assert (guild.public, guild.to_confirm) == (None, ("ceiling-unknown", "public-unknown"))
    assert stacked(counts_as="private").public is False


# ---------------------------------------------------------------------------------------------------- caps


def caps(*ceilings: dict[str, Any], given: dict[str, Any] | None = None) -> tuple[Cap, ...]:
    written = [{"source": "page", **ceiling} for ceiling in ceilings]
    return entry(part(id="a"), part(id="b", expenses=["timber"]), aid={"ceilings": written}, given=given).offer.caps


def test_a_ceiling_caps_the_parts_that_it_names_or_all():
    assert caps({"at_most": 900, "parts": ["a"]}) == (Cap(90000, frozenset("a"), None, "project", "hand#page"),)
    assert caps({"at_most": 900, "per": "company"})[0].parts == frozenset("ab")


def test_a_ceiling_for_each_year_caps_each_year():
    assert [sorted(cap.lines or ()) for cap in caps({"at_most": 900, "per": "year"})] == [
        ["line-1", "line-3"],
        ["line-2", "line-3"],
    ]
    assert len(caps({"at_most": 900, "per": "year", "years": 2})) == 1


def test_a_ceiling_for_each_person_is_for_one_at_least():
    assert caps({"at_most": 900, "per": "person"})[0].at_most == 90000
    assert caps({"at_most": 900, "per": "person"}, given={"farm.pupils": 3})[0].at_most == 90000


def test_a_ceiling_of_one_part_holds_both_of_its_forms():
    found = entry(part(alternatives=["loan"], ceilings=[{"at_most": 900, "source": "page"}])).offer
    assert found.caps[0].parts == frozenset({"part-1", "part-1-best"})


def test_a_ceiling_over_all_the_programmes_of_a_provider_is_shared_once():
    across = {"ceilings": [{"at_most": 900, "across": "crown-purse", "weights": {"loan": 0.5}, "source": "page"}]}
    found = offers(programme("one", aid=across), programme("two", aid=across)).problem
    (shared,) = found.shared_caps
    assert (shared.at_most, shared.offers, shared.weights) == (90000, frozenset({"one", "two"}), {"loan": HALF})
    assert all(offer.caps == () for offer in found.offers)


# ------------------------------------------------------------------------------------------------ together


def related(**facts: Any) -> dict[str, Offer]:
    found = offers(programme("one", **facts), programme("two"), programme("three", part(instrument="tax-credit")))
    return {id_: entry.offer for id_, entry in found.entries.items()}


def test_exclusions_name_offers_and_whole_providers():
    assert related(stacking={"not_with": ["two"], "source": "page"})["one"].not_with == {"two"}
    assert related(stacking={"not_with_providers": ["crown-purse"], "source": "page"})["one"].not_with == {
        "two",
        "three",
    }


def test_the_same_expense_is_refused_to_programmes_with_every_trait_named():
    by_id = {"not_on_same_expense": {"programmes": ["two"], "source": "page"}, "source": "page"}
    by_kind = {
        "not_on_same_expense": {"instruments": ["tax-credit"], "level": "crown", "source": "page"},
        "source": "page",
    }
    elsewhere = {"not_on_same_expense": {"level": "guild", "source": "page"}, "source": "page"}
    assert related(stacking=by_id)["one"].not_on_same_line == {"two"}
    assert related(stacking=by_kind)["one"].not_on_same_line == {"three"}
    assert related(stacking=elsewhere)["one"].not_on_same_line == frozenset()


def test_doors_to_one_purse_share_its_name():
    found = related(aid={"same_money_as": ["two"]})
    assert {id_: offer.same_money for id_, offer in found.items()} == {"one": "one", "two": "one", "three": None}


def test_a_door_to_two_purses_excludes_each_and_leaves_them_together():
    found = related(aid={"same_money_as": ["two", "three"]})
    assert {offer.same_money for offer in found.values()} == {None}
    assert found["one"].not_with == {"two", "three"}
    assert found["two"].not_with == {"one"}


STEP = {"text": WORDS, "requires": "two", "source": "page"}


def test_what_is_required_first_must_be_used_too():
    assert related(steps=[STEP])["one"].requires == {"two"}


def test_what_requires_a_programme_that_cannot_enter_cannot_enter():
    assert reason(part(), steps=[{**STEP, "requires": "gone"}]) == "requires"
    found = offers(programme("one", steps=[STEP]), programme("two", confidence="high", intake=CLOSED))
    assert {one.result.match.programme.id: one.code for one in found.outside} == {"one": "requires", "two": "closed"}


def test_a_chain_of_requirements_falls_from_its_end():
    chain = [programme("one", steps=[STEP]), programme("two", steps=[{**STEP, "requires": "gone"}])]
    assert offers(*chain).entries == {}


def test_a_requirement_that_is_held_or_answered_is_met():
    held = offers(programme("one", steps=[STEP]), held=frozenset({"two"}))
    assert held.entries["one"].offer.requires == frozenset()
    answered = offers(programme("one", steps=[{**STEP, "met_by": "farm.organic"}]))
    assert answered.entries["one"].offer.requires == frozenset()


CLOSED = {"kind": "closed", "source": "page"}


def standing(**facts: Any) -> tuple[str, tuple[str, ...]]:
    found = entry(part(instrument="tax-credit", base_rules={"less_aid": True, "source": "page"}), **facts).offer
    return found.standing.value, found.to_confirm


def test_an_eligible_programme_that_is_open_or_not_known_to_be_shut_is_sure():
    assert standing() == ("sure", ())
    assert standing(intake={"kind": "unknown", "source": "page"}) == ("sure", ("intake-unknown",))


SEEN = {"state": "closed", "day": "2026-01", "source": "page"}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"eligibility": {"all": [{"attribute": "farm.profit", "is": True, "source": "page"}]}}, "possible"),
        ({"eligibility": {"all": []}}, "no-condition"),
        ({"confidence": "low"}, "low-confidence"),
        (
            {"intake": {"kind": "window", "windows": [{"from": "2027-03-01", "to": "2027-08-31"}], "source": "page"}},
            "opens-later",
        ),
        ({"intake": {"kind": "unknown", "last_seen": SEEN, "source": "page"}}, "last-seen-shut"),
    ],
)
def test_what_must_be_confirmed_or_waited_for_is_not_sure(facts: dict[str, Any], code: str):
    state, codes = standing(**facts)
    assert (state, codes[0]) == ("to-confirm", code)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"kind": "obligation"}, "not-a-programme"),
        ({"eligibility": {"all": [{"attribute": "farm.organic", "is": False, "source": "page"}]}}, "ineligible"),
        ({"intake": CLOSED}, "closed"),
        ({"intake": {"kind": "suspended", "source": "page"}}, "suspended"),
        ({"needs": ["seeds"]}, "other-need"),
        ({"aid": {"parts": []}}, "money-unknown"),
    ],
)
def test_a_programme_that_cannot_enter_says_why(facts: dict[str, Any], code: str):
    assert reason(**facts) == code


def test_several_reasons_leave_the_one_that_says_most():
    assert reason(part(base="payroll"), part(instrument="advice")) == "base"


def test_what_is_taken_for_granted_is_said():
    nobody_said = {"plan.single": "unknown", "farm.helped": "unknown"}
    codes = [one.code for one in given_for_granted(nobody_said).assumptions]
    assert codes == ["undated", "nothing-received", "one-per-line"]
    assert [one.code for one in given_for_granted({}).assumptions] == ["undated"]


def given_for_granted(given: dict[str, Any]) -> Offered:
    rules = {"threshold": {"amount": 500, "unit": "property", "source": "page"}, "source": "page"}
    per_company = {"rate_at_most": 0.5, "amount": {"at_most": 1000, "per": "company"}}
    return offers(programme("one", part(per_company)), programme("two", part(base_rules=rules)), given=given)
