"""Why a plan is as it is: binding rules, offers left out, pins that cannot fit, confirmations."""

from dataclasses import replace
from fractions import Fraction

import pytest

from alliage.core.financing.allowance import Allowance
from alliage.core.financing.conflicts import conflict
from alliage.core.financing.ends import Absence
from alliage.core.financing.plan import End, RuleKind
from alliage.core.financing.problem import Cap, Ceiling, PrivateShare, SharedCap, Standing
from alliage.core.financing.search import Best, Searcher
from alliage.core.financing.solver import SolverFailed, Status, maximise
from alliage.core.financing.solving import solve
from alliage.core.financing.why import Loosening, binding, confirmations, left_out, unfit
from alliage.core.vocabulary.errors import AlliageError
from tests.stacks import ceiling, dollars, line, offer, part, problem, share

WORK = [line("work", 100_000)]
TWO = [line("work", 100_000), line("study", 50_000)]
POINTS = Fraction(1, 20)


def grant(id_, percent=50, **more):
    bounds = {name: more.pop(name) for name in ("at_most", "at_least", "instrument") if name in more}
    return offer(id_, part(percent, ["work"], **bounds), **more)


def bound(given, end=End.SAFE):
    return {(one.rule.kind, one.rule.offer): one.loosening for one in binding(given, solve(given, end=end))}


# ---------------------------------------------------------------------------------------------- what binds


def test_a_cap_that_binds_says_what_a_tenth_more_would_add():
    given = problem(WORK, [grant("a", 50, caps=(Cap(dollars(40_000), frozenset({"money"})),))])
    assert bound(given) == {(RuleKind.CAP, "a"): Loosening(dollars(4_000), dollars(4_000))}


def test_a_share_is_not_loosened_above_the_whole():
    given = problem(WORK, [grant("a", 98)])
    two = Loosening(Fraction(2, 100), dollars(2_000))
    assert bound(given)[RuleKind.RATE, "a"] == two
    given = problem(WORK, [grant("a", 100, ceiling=ceiling(98))])
    assert bound(given) == {(RuleKind.CEILING, "a"): two}


def test_the_base_of_a_credit_that_binds_is_loosened_by_its_rate():
    credit = offer("credit", part(30, ["work"], instrument="credit", less_aid=True))
    given = problem(WORK, [credit, grant("g", 20)])
    assert bound(given)[RuleKind.CREDIT_BASE, "credit"].by == POINTS


def test_a_ceiling_and_a_private_share_that_bind_say_what_five_points_would_add():
    given = problem(WORK, [grant("a", 50, ceiling=ceiling(40))])
    assert bound(given) == {(RuleKind.CEILING, "a"): Loosening(POINTS, dollars(5_000))}
    given = problem(WORK, [grant("a", 50, private=(PrivateShare(share(60)),))])
    assert bound(given) == {(RuleKind.PRIVATE_SHARE, "a"): Loosening(POINTS, dollars(5_000))}


def test_a_rate_binds_once_for_all_its_lines():
    given = problem(TWO, [offer("a", part(50, ["work", "study"]))])
    assert bound(given) == {(RuleKind.RATE, "a"): Loosening(POINTS, dollars(7_500))}


def test_the_rule_worth_most_to_loosen_comes_first():
    shared = SharedCap(dollars(30_000), frozenset("ab"))
    given = problem(TWO, [grant("a"), grant("b"), offer("c", part(10, ["study"]))], shared_caps=(shared,))
    found = binding(given, solve(given, end=End.SAFE))
    assert [one.rule.kind for one in found] == [RuleKind.SHARED_CAP, RuleKind.RATE]
    assert [one.loosening.worth for one in found] == [dollars(3_000), dollars(2_500)]


def test_a_part_that_is_paid_its_most_says_so():
    given = problem(WORK, [grant("a", 50, at_most=20_000)])
    assert bound(given) == {(RuleKind.PART_AT_MOST, "a"): Loosening(dollars(2_000), dollars(2_000))}


def test_a_ceiling_that_is_not_known_binds_the_others_and_has_no_figure():
    given = problem(WORK, [grant("a", 50, ceiling=Ceiling(share=None)), grant("b", 20)])
    assert bound(given)[RuleKind.CEILING_UNKNOWN, "a"] is None


# ------------------------------------------------------------------------------------------------ left out


def out(given, end=End.SAFE):
    return {one.offer: one for one in left_out(given, solve(given, end=end))}


def test_an_excluded_offer_says_by_whom_and_what_it_would_cost_to_take_it():
    given = problem(WORK, [grant("a", 20, not_with=frozenset("b")), grant("b", 30)])
    found = out(given)["a"]
    assert [(rule.kind, rule.offer, rule.other) for rule in found.rules] == [(RuleKind.NOT_WITH, "a", "b")]
    assert found.with_it.used == ("a",)
    assert found.with_it.worth == dollars(20_000)


def test_an_offer_without_room_says_which_ceiling():
    given = problem(WORK, [grant("a", 50, ceiling=ceiling(50)), grant("b", 40, at_least=40_000)])
    found = out(given)["b"]
    assert [(rule.kind, rule.offer) for rule in found.rules] == [(RuleKind.CEILING, "a")]
    assert found.with_it.by_offer() == {"a": dollars(10_000), "b": dollars(40_000)}


def test_an_offer_whose_own_ceiling_is_passed_says_its_own():
    given = problem(WORK, [grant("a", 60), grant("b", 30, ceiling=ceiling(50))])
    found = out(given)["b"]
    assert [(rule.kind, rule.offer) for rule in found.rules] == [(RuleKind.CEILING, "b")]


def test_an_offer_that_needs_another_or_shares_its_purse_says_so():
    given = problem(WORK, [grant("a", 60, same_money="x"), grant("b", 30, same_money="x"), grant("c", 1)])
    assert [rule.kind for rule in out(given)["b"].rules] == [RuleKind.SAME_MONEY]
    given = problem(TWO, [grant("a", 60), grant("b", 1, requires=frozenset("c")), offer("c", part(1, ["study"]))])
    plan = solve(given, end=End.SAFE)
    assert plan.used == ("a", "b", "c")


def test_an_offer_that_may_not_share_a_line_says_with_whom():
    given = problem(WORK, [grant("a", 60), grant("b", 30, not_on_same_line=frozenset("a"))])
    assert [(rule.kind, rule.other) for rule in out(given)["b"].rules] == [(RuleKind.NOT_ON_SAME_LINE, "a")]


def test_an_offer_with_room_that_is_not_worth_its_application_names_no_rule():
    found = out(problem(WORK, [grant("a", 1)], per_application=dollars(2_000)))["a"]
    assert found.rules == ()
    assert found.with_it.worth == dollars(-1_000)


def test_an_offer_that_is_absent_says_why():
    offers = [
        grant("banned"),
        grant("doubtful", standing=Standing.TO_CONFIRM),
        grant("needy", requires=frozenset({"doubtful"})),
        offer("elsewhere", part(50, [])),
        offer("vague", part(50, ["work"], safe=None)),
    ]
    found = out(problem(WORK, offers, banned=frozenset({"banned"})))
    assert {id_: one.absence for id_, one in found.items()} == {
        "banned": Absence.BANNED,
        "doubtful": Absence.TO_CONFIRM,
        "needy": Absence.REQUIRES,
        "elsewhere": Absence.NO_LINE,
        "vague": Absence.RATE_UNKNOWN,
    }


def test_an_offer_that_no_plan_can_hold_says_which_rules_conflict():
    given = problem(WORK, [grant("a", 50, at_least=30_000, ceiling=ceiling(20))])
    found = out(given)["a"]
    assert found.with_it is None
    assert {rule.kind for rule in found.rules} == {RuleKind.PART_AT_LEAST, RuleKind.CEILING}


def test_a_plan_with_one_more_offer_holds_the_pins_that_the_plan_held():
    """With ``b``, it leaves ``a`` out unless it is pinned; no plan holds ``c`` beside the pin."""
    offers = [
        grant("a", 20, same_money="x"),
        grant("b", 30, at_most=90_000),
        grant("c", 40, same_money="x"),
        grant("d", 60, at_least=60_000, not_with=frozenset("b")),
    ]
    given = problem(WORK, offers, pinned=frozenset("a"))
    plan = solve(given, end=End.SAFE)
    assert plan.used == ("a", "d")
    found = {one.offer: one for one in left_out(given, plan)}
    assert found["b"].with_it.used == ("a", "b")
    assert found["c"].with_it is None
    assert [(rule.kind, rule.other) for rule in found["c"].rules] == [(RuleKind.SAME_MONEY, "x")]


def test_a_plan_with_one_more_offer_that_breaks_a_rule_is_never_given(monkeypatch):
    given = problem(WORK, [grant("a", 50, not_with=frozenset("b")), grant("b", 40)])
    plan = solve(given, end=End.SAFE)
    unlawful = Best(Status.PROVED, (1.0, 1.0, 1.0, 1.0), (dollars(50_000), dollars(40_000)), 900.0, 900.0)
    monkeypatch.setattr(Searcher, "best", lambda *_, **__: unlawful)
    with pytest.raises(AlliageError) as caught:
        left_out(given, plan)
    assert [(one.code, one.found) for one in caught.value.problems] == [
        ("plan-failed", "a plan that breaks not-with a b")
    ]


def test_only_the_offers_asked_for_are_explained():
    given = problem(WORK, [grant("a", same_money="x"), grant("b", 1, same_money="x"), grant("c", 1, same_money="x")])
    assert [one.offer for one in left_out(given, solve(given, end=End.SAFE), offers=["c"])] == ["c"]


# ------------------------------------------------------------------------------------------ pins in conflict


def test_a_pin_that_cannot_fit_names_the_exclusion():
    given = problem(WORK, [grant("a", 20, not_with=frozenset("b")), grant("b", 30)], pinned=frozenset("ab"))
    (found,) = unfit(given, solve(given, end=End.SAFE))
    assert found.offer == "b"
    assert [(rule.kind, rule.offer, rule.other) for rule in found.rules] == [(RuleKind.NOT_WITH, "a", "b")]


def test_a_pin_that_is_absent_says_why():
    given = problem(WORK, [grant("a", standing=Standing.TO_CONFIRM)], pinned=frozenset("a"))
    (found,) = unfit(given, solve(given, end=End.SAFE))
    assert found.absence is Absence.TO_CONFIRM


def test_two_minimums_on_one_line_are_in_conflict():
    given = problem(WORK, [grant("a", 70, at_least=60_000), grant("b", 70, at_least=60_000)])
    rules = conflict(given, end=End.SAFE, together=["a", "b"])
    assert {(rule.kind, rule.offer, rule.line) for rule in rules} == {
        (RuleKind.PART_AT_LEAST, "a", None),
        (RuleKind.PART_AT_LEAST, "b", None),
        (RuleKind.LINE, None, "work"),
    }


def test_a_minimum_that_the_rate_cannot_reach_is_in_conflict_with_it():
    rules = conflict(problem(WORK, [grant("a", 10, at_least=20_000)]), end=End.SAFE, together=["a"])
    assert {rule.kind for rule in rules} == {RuleKind.PART_AT_LEAST, RuleKind.RATE}


def test_offers_that_fit_are_in_no_conflict():
    assert conflict(problem(WORK, [grant("a"), grant("b")]), end=End.SAFE, together=["a", "b"]) == ()


def test_a_solver_that_fails_on_a_conflict_is_told_with_a_code(monkeypatch):
    def failing(*_, **__):
        raise SolverFailed("kUnknown")

    monkeypatch.setattr("alliage.core.financing.search.maximise", failing)
    with pytest.raises(AlliageError) as caught:
        conflict(problem(WORK, [grant("a", 10, at_least=20_000)]), end=End.SAFE, together=["a"])
    assert [(one.code, one.found) for one in caught.value.problems] == [("plan-failed", "kUnknown")]


# -------------------------------------------------------------------------------------------- confirmations


def confirmed(given):
    safe, reachable = solve(given, end=End.SAFE), solve(given, end=End.REACHABLE)
    return [
        (one.offer, one.worth / 100, one.money / 100) for one in confirmations(given, safe=safe, reachable=reachable)
    ]


def test_confirmations_are_sorted_by_what_they_add():
    offers = [
        grant("loan", 50, instrument="loan", standing=Standing.TO_CONFIRM),
        grant("grant", 30, standing=Standing.TO_CONFIRM),
        grant("sure", 10),
    ]
    assert confirmed(problem(WORK, offers)) == [("grant", 30_000, 30_000), ("loan", 10_000, 50_000)]


def test_a_weight_is_worth_confirming():
    plant = [line("plant", 200_000)]
    grant_ = offer("grant", part(100, ["plant"]), ceiling=ceiling(50, weights={"guarantee": None}))
    guarantee = offer("guarantee", part(100, ["plant"], instrument="guarantee", at_least=80_000, at_most=80_000))
    given = problem(plant, [grant_, guarantee], pinned=frozenset({"guarantee"}))
    assert confirmed(given) == [("grant", 80_000, 80_000)]


def test_what_adds_something_only_with_others_comes_last():
    a = grant("a", 40, ceiling=Ceiling(share=None))
    b = grant("b", 40, ceiling=Ceiling(share=None))
    c = grant("c", 5, standing=Standing.TO_CONFIRM, public=False)
    assert confirmed(problem(WORK, [a, b, c])) == [("c", 5_000, 5_000), ("a", 0, 0), ("b", 0, 0)]


def test_what_there_was_no_time_to_compute_is_not_said_to_be_worth_nothing():
    """Neither is a gain told that may only be what the safe plan had no time to find."""
    given = problem(WORK, [grant("grant", 30, standing=Standing.TO_CONFIRM), grant("sure", 10)])
    safe, reachable = solve(given, end=End.SAFE), solve(given, end=End.REACHABLE)
    late = solve(given, end=End.SAFE, seconds=0)
    (stopped,) = confirmations(given, safe=safe, reachable=reachable, seconds=0)
    assert (stopped.worth, stopped.money) == (3_000_000, 3_000_000)  # found without the solver: sure, if not the most
    full = problem(WORK, [grant("sure", 100), grant("grant", 10, standing=Standing.TO_CONFIRM)])
    (untold,) = confirmations(full, safe=solve(full, end=End.SAFE), reachable=reachable, seconds=0)
    assert (untold.worth, untold.money) == (None, None)
    (from_nothing,) = confirmations(given, safe=late, reachable=reachable)
    assert (from_nothing.worth, from_nothing.money) == (None, None)


def test_a_gain_beside_a_plan_that_time_stopped_is_what_is_sure_of_it():
    given = problem(WORK, [grant("grant", 30, standing=Standing.TO_CONFIRM), grant("sure", 10)])
    safe, reachable = solve(given, end=End.SAFE), solve(given, end=End.REACHABLE)
    proof = replace(safe.proof, complete=False, bound=safe.worth + dollars(4_000))
    (found,) = confirmations(given, safe=replace(safe, proof=proof), reachable=reachable)
    assert found.worth == dollars(26_000)


def test_nothing_in_doubt_needs_no_confirmation():
    assert confirmed(problem(WORK, [grant("a"), grant("b", 20, ceiling=ceiling(75))])) == []


# ------------------------------------------------------------------------------------------------ no time


def test_an_offer_that_there_was_no_time_to_try_is_not_said_in_conflict():
    offers = [grant(f"o{n:02}", 30, at_least=3_000 + 137 * n, ceiling=ceiling(77)) for n in range(40)]
    given = problem(WORK, offers)
    (found,) = left_out(given, solve(given, end=End.SAFE, seconds=0), offers=["o07"], seconds=0)
    assert (found.no_time, found.rules, found.with_it) == (True, (), None)


def never():
    """A minimum that no rate reaches: no plan at all holds ``c``."""
    return problem(WORK, [grant("a", 50), grant("c", 60, at_least=70_000)], pinned=frozenset("c"))


def test_a_conflict_that_there_was_no_time_to_try_is_not_said_to_be_none():
    assert conflict(never(), end=End.SAFE, together=["c"], allowance=Allowance(0)) is None
    (found,) = unfit(never(), solve(never(), end=End.SAFE), seconds=0)
    assert (found.no_time, found.rules) == (True, ())


def test_an_impossible_offer_without_time_for_its_reasons_is_not_said_possible(monkeypatch):
    """Its trial takes all the time that there is: its rules cannot be told, and it is not one that is not worth it."""
    whole = Searcher.best

    def slow(self, *, using=(), seconds=None):
        return replace(whole(self, using=using), seconds=seconds)

    given = problem(never().lines, never().offers)
    plan = solve(given, end=End.SAFE)
    assert [one.no_time for one in left_out(given, plan, seconds=6)] == [False]
    monkeypatch.setattr(Searcher, "best", slow)
    assert [(one.offer, one.no_time, one.rules) for one in left_out(given, plan, seconds=6)] == [("c", True, ())]


def test_the_trials_of_a_conflict_share_the_time(monkeypatch):
    asked = []

    def spied(model, branch=None, *, seconds=None):
        asked.append(seconds)
        return maximise(model, branch, seconds=seconds)

    monkeypatch.setattr("alliage.core.financing.search.maximise", spied)
    allowance = Allowance(60)
    conflict(problem(WORK, [grant("a", 10, at_least=20_000)]), end=End.SAFE, together=["a"], allowance=allowance)
    assert len(asked) > 2
    shares = [60 / (len(asked) - place) for place in range(len(asked))]  # what one does not need goes to the others
    assert asked == pytest.approx(shares, rel=0.02)
    assert allowance.left < 60


def test_what_binds_is_tried_within_one_time_and_nothing_is_said_of_what_was_not():
    given = problem(TWO, [grant("a", 50), offer("b", part(50, ["study"]))])
    plan = solve(given, end=End.SAFE)
    whole = {one.rule: one.loosening.worth for one in binding(given, plan, seconds=60)}
    for one in binding(given, plan, seconds=0):  # what is found without the solver is sure
        assert one.no_time if one.loosening is None else 0 < one.loosening.worth <= whole[one.rule]


def test_what_a_part_of_an_allowance_does_not_spend_stays():
    allowance = Allowance(10)
    with allowance.part(2) as own:
        assert own.left == 5
        own.spend(2)
        own.spend(1)
    assert (allowance.left, allowance.share(7)) == (7, 1)
    with Allowance().part(3) as own:
        assert own.left is None


def test_the_offers_left_out_share_the_time(monkeypatch):
    asked = []

    def spied(self, *, using=(), seconds=None):
        asked.append(seconds)
        return replace(whole(self, using=using, seconds=seconds), seconds=0.0)

    whole = Searcher.best
    given = problem(WORK, [grant("a", 50), *(grant(id_, 1, not_with=frozenset("a")) for id_ in "bcd")])
    plan = solve(given, end=End.SAFE)
    monkeypatch.setattr(Searcher, "best", spied)
    assert all(one.with_it for one in left_out(given, plan, seconds=6))
    assert asked == [2, 3, 6]
