"""The plan worth most: pins, bans, minimums, choices, requirements, ties, time, and what is not known."""

from dataclasses import replace
from fractions import Fraction
from math import inf

import pytest

from alliage.core.financing.checker import broken
from alliage.core.financing.ends import settle
from alliage.core.financing.financing import plan_project
from alliage.core.financing.model import build
from alliage.core.financing.plan import End
from alliage.core.financing.problem import Cap, Ceiling, PrivateShare, Range, Slice, Standing
from alliage.core.financing.search import Best
from alliage.core.financing.solver import Branch, Relaxation, SolverFailed, Status, maximise
from alliage.core.financing.solving import solve
from alliage.core.vocabulary.errors import AlliageError
from tests.core.test_examples import RESULTS
from tests.stacks import ceiling, dollars, line, offer, part, problem, share

WORK = [line("work", 100_000)]
TWO = [line("work", 100_000), line("study", 50_000)]


def money(given, end=End.SAFE):
    return {id_: cents / 100 for id_, cents in solve(given, end=end).by_offer().items()}


def grant(id_, percent=50, **more):
    bounds = {name: more.pop(name) for name in ("at_most", "at_least", "instrument", "less_aid") if name in more}
    return offer(id_, part(percent, ["work"], **bounds), **more)


# ------------------------------------------------------------------------------------------- the ordinary


def test_nothing_eligible_gives_an_empty_plan_that_is_proved():
    plan = solve(problem(WORK, []), end=End.SAFE)
    assert (plan.amounts, plan.used, plan.worth, plan.proof.gap, plan.proof.complete) == ((), (), 0, 0.0, True)


def test_a_problem_without_lines_gives_an_empty_plan():
    assert solve(problem([], [offer("a", part(50, []))]), end=End.SAFE).total == 0


def test_a_line_is_not_paid_twice():
    assert solve(problem(WORK, [grant("a", 80), grant("b", 80)]), end=End.SAFE).total == dollars(100_000)


def test_a_line_in_kind_is_never_paid_but_is_in_the_base_of_a_ceiling():
    lines = [line("work", 100_000), line("time", 100_000, in_kind=True)]
    given = problem(lines, [offer("a", part(100, ["work", "time"]), ceiling=ceiling(40))])
    assert money(given) == {"a": 80_000}


def test_cash_that_must_be_private_leaves_out_what_is_given():
    lines = [line("work", 100_000), line("time", 100_000, in_kind=True)]
    private = PrivateShare(share(30), in_cash=True)
    assert money(problem(lines, [offer("a", part(100, ["work", "time"]), private=(private,))])) == {"a": 40_000}


def test_a_minimum_is_all_or_nothing():
    assert money(problem(WORK, [grant("a", at_least=50_000.01)])) == {}
    assert money(problem(WORK, [grant("a", at_least=50_000)])) == {"a": 50_000}


def test_a_year_has_a_cap_of_its_own():
    caps = (Cap(dollars(10_000), frozenset({"money"}), frozenset({"study"})),)
    assert money(problem(TWO, [offer("a", part(50, ["work", "study"]), caps=caps)])) == {"a": 60_000}


def test_only_one_part_of_a_choice_is_used():
    parts = part(50, ["work"], id="m", choice="c"), part(100, ["study"], id="n", choice="c")
    plan = solve(problem(TWO, [offer("a", *parts)]), end=End.SAFE)
    assert plan.total == dollars(50_000)
    assert len({amount.part for amount in plan.amounts}) == 1


def test_rates_may_follow_slices_of_the_base():
    slices = [Slice(Fraction(30, 100), 0, dollars(40_000)), Slice(Fraction(20, 100), dollars(40_000), None)]
    assert money(problem(WORK, [offer("a", part(0, ["work"], slices=slices))])) == {"a": 24_000}


def test_aid_lowers_the_base_of_slices_too():
    slices = [Slice(Fraction(30, 100), 0, dollars(40_000)), Slice(Fraction(20, 100), dollars(40_000), None)]
    credit = offer("credit", part(0, ["work"], slices=slices, less_aid=True, instrument="credit"))
    given = problem(WORK, [credit, grant("g", 100, at_most=50_000)])
    assert money(given) == {"credit": 14_000, "g": 50_000}


@pytest.mark.parametrize("less_aid", [True, False])
def test_nothing_more_is_paid_above_the_end_of_the_last_slice(less_aid):
    slices = [Slice(Fraction(30, 100), 0, dollars(40_000)), Slice(Fraction(20, 100), dollars(40_000), dollars(60_000))]
    credit = offer("credit", part(0, ["work"], slices=slices, less_aid=less_aid))
    assert money(problem(WORK, [credit])) == {"credit": 16_000}


def test_an_offer_may_need_another():
    given = problem(WORK, [grant("a", 60, requires=frozenset("b")), grant("b", 10)])
    assert money(given) == {"a": 60_000, "b": 10_000}
    assert money(problem(WORK, [grant("a", 60, requires=frozenset("x"))])) == {}


def test_offers_that_exclude_each_other_are_not_both_used():
    assert money(problem(WORK, [grant("a", 20, not_with=frozenset("b")), grant("b", 30)])) == {"b": 30_000}
    assert money(problem(WORK, [grant("a", 20, same_money="x"), grant("b", 30, same_money="x")])) == {"b": 30_000}


def test_offers_that_may_not_share_a_line_share_the_project():
    a = offer("a", part(20, ["work", "study"]), not_on_same_line=frozenset("b"))
    b = offer("b", part(40, ["study"]))
    assert money(problem(TWO, [a, b])) == {"a": 20_000, "b": 20_000}


def test_of_equal_plans_the_one_with_the_fewest_applications_is_taken():
    offers = [grant("a", 25), grant("b", 25), grant("c", 50)]
    plan = solve(problem(WORK, [replace(one, ceiling=ceiling(50)) for one in offers]), end=End.SAFE)
    assert plan.used == ("c",)
    assert plan.worth == dollars(50_000)


def test_an_application_that_costs_more_than_it_brings_is_not_made():
    assert money(problem(WORK, [grant("a", 1)], per_application=dollars(1_000))) == {}
    assert money(problem(WORK, [grant("a", 1)], per_application=dollars(999))) == {"a": 1_000}
    assert money(problem(WORK, [grant("a", 1)], effort={"a": dollars(2_000)})) == {}


# -------------------------------------------------------------------------------------- pinned and banned


def test_a_pinned_offer_is_used_and_a_banned_one_is_not():
    offers = [grant("a", 20, same_money="x"), grant("b", 30, same_money="x")]
    assert money(problem(WORK, offers, pinned=frozenset("a"))) == {"a": 20_000}
    assert money(problem(WORK, offers, banned=frozenset("b"))) == {"a": 20_000}


def test_a_pinned_offer_that_cannot_fit_is_said_and_the_rest_is_planned():
    offers = [grant("a", 20, not_with=frozenset("b")), grant("b", 30), grant("c", 10)]
    plan = solve(problem(WORK, offers, pinned=frozenset("abc")), end=End.SAFE)
    assert plan.unfit == ("b",)
    assert plan.used == ("a", "c")


def test_an_ordinary_problem_that_the_presolve_of_the_solver_calls_impossible():
    """HiGHS 1.16 with its presolve finds no plan here, not even the empty one. o1 cannot reach its minimum."""
    lines = [line("l0", 4_000), line("l1", 9_000)]
    edge = dollars(1_548.48)
    slices = [Slice(Fraction(1), 0, edge), Slice(Fraction(3, 10), edge, None)]
    caps = (Cap(dollars(1_497.78), frozenset({"money"})),)
    offers = [
        offer("o0", part(50, ["l0"])),
        offer(
            "o1",
            part(20, ["l0", "l1"], at_least=1_920.99),
            caps=caps,
            not_with=frozenset({"o0"}),
            not_on_same_line=frozenset({"o3"}),
        ),
        offer("o2", part(30, ["l0"]), not_with=frozenset({"o1"})),
        offer("o3", part(50, ["l0", "l1"], slices=slices), not_on_same_line=frozenset({"o2"})),
        offer("o5", part(20, ["l0"]), not_on_same_line=frozenset({"o2"}), requires=frozenset({"o8"})),
        offer("o8", part(40, ["l0"]), requires=frozenset({"o1"})),
    ]
    assert money(problem(lines, offers)) == {"o0": 2_000, "o2": 1_200, "o3": 4_983.93}


def test_a_pinned_offer_that_is_not_sure_cannot_be_in_a_safe_plan():
    given = problem(WORK, [grant("a", standing=Standing.TO_CONFIRM)], pinned=frozenset("a"))
    assert solve(given, end=End.SAFE).unfit == ("a",)
    assert solve(given, end=End.REACHABLE).used == ("a",)


# --------------------------------------------------------------------------------------- what is not known


def test_a_ceiling_that_is_not_known_leaves_no_room_for_other_aid():
    alone = grant("alone", 40, ceiling=Ceiling(share=None))
    given = problem(WORK, [alone, grant("b", 30), grant("c", 20, public=False)])
    assert money(given) == {"alone": 40_000, "c": 20_000}
    assert money(given, End.REACHABLE) == {"alone": 40_000, "b": 30_000, "c": 20_000}


def test_two_ceilings_that_are_not_known_exclude_each_other_on_the_lines_they_share():
    a = offer("a", part(40, ["work", "study"]), ceiling=Ceiling(share=None))
    b = offer("b", part(50, ["study"]), ceiling=Ceiling(share=None))
    assert money(problem(TWO, [a, b])) == {"a": 60_000}
    apart = [grant("a", ceiling=Ceiling(share=None)), offer("b", part(50, ["study"]), ceiling=Ceiling(share=None))]
    assert money(problem(TWO, apart)) == {"a": 50_000, "b": 25_000}


def test_a_part_that_is_not_sure_is_only_in_the_reachable_plan():
    given = problem(WORK, [grant("a", 10), offer("b", part(20, ["work"], safe=None))])
    assert money(given) == {"a": 10_000}
    assert money(given, End.REACHABLE) == {"a": 10_000, "b": 20_000}


def test_a_base_that_aid_may_or_may_not_lower_is_lowered_in_the_safe_plan():
    credit = grant("credit", 50, instrument="credit", less_aid=None)
    given = problem(WORK, [credit, grant("g", 20)])
    assert money(given) == {"credit": 40_000, "g": 20_000}
    assert money(given, End.REACHABLE) == {"credit": 50_000, "g": 20_000}


def test_a_private_share_may_have_two_ends():
    private = PrivateShare(Range(Fraction(60, 100), None))
    given = problem(WORK, [grant("a", 50, private=(private,))])
    assert money(given) == {"a": 40_000}
    assert money(given, End.REACHABLE) == {"a": 50_000}


# ------------------------------------------------------------------------------------------- time and size


def hard():
    """Forty offers on one ceiling, none of which divides it."""
    offers = [grant(f"o{n:02}", 30, at_least=3_000 + 137 * n, at_most=3_100 + 137 * n) for n in range(40)]
    return problem(WORK, [replace(one, ceiling=ceiling(77)) for one in offers], per_application=dollars(31))


def test_when_the_time_is_over_the_plan_says_its_gap():
    plan = solve(hard(), end=End.SAFE, seconds=0.0)
    assert not plan.proof.complete
    assert plan.proof.gap > 0
    assert plan.proof.bound >= solve(hard(), end=End.SAFE).worth


@pytest.mark.parametrize("end", list(End))
@pytest.mark.parametrize("name", RESULTS)
def test_a_project_whose_time_is_over_still_has_a_lawful_plan_and_its_gap(name: str, end: End):
    """An empty plan told a company that had aid waiting for it that nothing was found."""
    found = plan_project(RESULTS[name])
    late, whole = solve(found.problem(end), end=end, seconds=0.0), found.plan(end)
    assert broken(found.problem(end), late) == ()
    assert bool(late.used) == bool(whole.used)
    assert late.worth <= whole.worth <= late.proof.bound
    assert late.proof.complete == (not late.used)
    assert late.worth >= 0.85 * whole.worth


def test_the_time_is_over_and_the_pins_are_held_all_the_same():
    given = hard()
    for pin in ("o00", "o07"):
        wanted = replace(given, preferences=replace(given.preferences, pinned=frozenset({pin})))
        assert pin in solve(wanted, end=End.SAFE, seconds=0.0).used


def test_without_the_solver_what_excludes_requires_and_is_one_purse_is_kept():
    needs = [grant("a", 30, requires=frozenset({"b"})), grant("b", 10), grant("c", 5, not_with=frozenset({"b"}))]
    purse = [grant("d", 5, same_money="purse"), grant("e", 4, same_money="purse")]
    assert solve(problem(WORK, needs + purse), end=End.SAFE, seconds=0.0).used == ("a", "b", "d")
    apart = [grant("a", 30), grant("b", 10, not_on_same_line=frozenset({"a"}))]
    assert solve(problem(WORK, apart), end=End.SAFE, seconds=0.0).used == ("a",)
    least = offer("a", part(10, ["work"], at_least=20_000))
    assert solve(problem(WORK, [least]), end=End.SAFE, seconds=0.0).used == ()


def test_a_lawful_pin_is_not_said_unfit_when_the_time_is_over():
    given = hard()
    plan = solve(
        replace(given, preferences=replace(given.preferences, pinned=frozenset({"o07"}))), end=End.SAFE, seconds=0
    )
    assert (plan.unfit, plan.proof.complete) == ((), False)


def large():
    """More offers than the solver takes alone."""
    many = [grant(f"p{n:02}", 20, at_most=500 + n, ceiling=ceiling(50 + n % 3)) for n in range(30)]
    return replace(hard(), offers=(*hard().offers, *many))


def test_more_offers_than_the_solver_takes_alone_are_searched_by_level_and_proved():
    few, given = hard(), large()
    plan = solve(given, end=End.SAFE)
    assert (plan.proof.gap, plan.proof.complete) == (0.0, True)
    assert plan.worth >= solve(few, end=End.SAFE).worth
    stopped = solve(given, end=End.SAFE, seconds=0.0)
    assert not stopped.proof.complete
    assert stopped.proof.bound >= plan.worth


def relaxed(monkeypatch, seconds):
    """The seconds that each relaxation of a large problem was given."""
    given, whole = [], Relaxation.best

    def spied(self, branch, *, seconds=None):
        given.append(seconds)
        return whole(self, branch, seconds=seconds)

    monkeypatch.setattr(Relaxation, "best", spied)
    solve(large(), end=End.SAFE, seconds=seconds)
    return given


def test_without_time_nothing_is_begun_and_what_is_begun_knows_what_is_left(monkeypatch):
    assert relaxed(monkeypatch, 0.0) == []
    asked = relaxed(monkeypatch, 60.0)
    assert asked[0] == 60.0
    assert asked == sorted(asked, reverse=True)
    assert asked[-1] < 60.0
    assert set(relaxed(monkeypatch, None)) == {None}


def test_a_relaxation_whose_time_is_over_says_nothing_and_the_next_one_is_whole():
    relaxation = Relaxation(build(settle(large(), end=End.SAFE)))
    over, whole = relaxation.best(Branch(), seconds=0.0), relaxation.best(Branch(), seconds=60.0)
    assert (over.status, over.values, over.bound) == (Status.TIME_OVER, (), inf)
    assert (whole.status, whole.bound) == (Status.PROVED, relaxation.best(Branch()).bound)


def test_a_plan_that_was_found_when_the_time_is_over_is_given(monkeypatch):
    """The solver that stops on its time gives what it has; it is refined, though nothing is left."""

    def stopped(model, branch=None, *, seconds=None):
        return replace(maximise(model, branch), status=Status.TIME_OVER, bound=100.0, seconds=seconds)

    monkeypatch.setattr("alliage.core.financing.search.maximise", stopped)
    plan = solve(hard(), end=End.SAFE, seconds=1.0)
    assert (plan.worth, plan.proof.complete) == (dollars(76_690), False)
    assert plan.proof.gap > 0


def test_a_plan_that_is_proved_has_no_gap():
    plan = solve(hard(), end=End.SAFE, seconds=60)
    assert (plan.proof.gap, plan.proof.complete, plan.proof.bound) == (0.0, True, plan.worth)


@pytest.mark.parametrize("thousands", [1, 10_000_000])
def test_amounts_are_exact_from_a_thousand_to_ten_billion(thousands):
    lines = [line("work", thousands * 1_000)]
    given = problem(lines, [grant("a", 33, ceiling=ceiling(50)), grant("b", 33)])
    assert solve(given, end=End.SAFE).total == dollars(thousands * 500)


def test_a_no_of_ten_billion_dollars_pays_nothing():
    """A millionth of the first is more than all of the second: it may not be had without being used."""
    lines = [line("huge", 10_000_000_000), line("tiny", 50)]
    huge = offer("huge", part(100, ["huge"]), not_with=frozenset({"tiny"}))
    given = problem(lines, [huge, offer("tiny", part(100, ["tiny"]))], pinned=frozenset({"tiny"}))
    plan = solve(given, end=End.SAFE)
    assert (plan.by_offer(), plan.unfit, plan.proof.gap) == ({"tiny": dollars(50)}, (), 0.0)


def fails(monkeypatch, found):
    monkeypatch.setattr("alliage.core.financing.solving.best", found)
    with pytest.raises(AlliageError) as caught:
        solve(problem(WORK, [grant("a", 50)]), end=End.SAFE)
    (one,) = caught.value.problems
    return one


def test_a_solver_that_fails_is_told_with_a_code_and_never_as_a_plan(monkeypatch):
    def failing(*_, **__):
        raise SolverFailed("kUnknown")

    one = fails(monkeypatch, failing)
    assert (one.code, one.where, one.found) == ("plan-failed", "plan", "kUnknown")
    one = fails(monkeypatch, lambda *_, **__: Best(Status.IMPOSSIBLE))
    assert one.found == "no plan at all, though an empty one breaks no rule"


def test_a_plan_that_breaks_a_rule_is_told_with_its_rule_and_never_given(monkeypatch):
    one = fails(monkeypatch, lambda *_, **__: Best(Status.PROVED, (1.0, 1.0), (50_000_01,), 50.0, 50.0))
    assert (one.code, one.found) == ("plan-failed", "a plan that breaks rate a money work")


def test_nothing_is_written_on_the_terminal(capfd):
    solve(problem(WORK, [grant("a")]), end=End.SAFE)
    assert capfd.readouterr() == ("", "")


# ------------------------------------------------------------------------------- a line that an answer may add


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"ceiling": ceiling(50)}, {"a": 50_000, "b": 50_000}),
        ({"private": (PrivateShare(share(50)),)}, {"a": 50_000, "b": 50_000}),
        ({"ceiling": Ceiling(share=None)}, {"b": 80_000}),
    ],
)
def test_a_safe_plan_is_ready_for_the_lines_of_a_doubtful_part(more, expected):
    """Were the aid on them forgotten, a yes to the doubt would make the plan unlawful: 130,000 on 200,000."""
    lines = [line("work", 100_000), line("tools", 100_000)]
    perhaps = part(50, ["tools"], id="perhaps", safe=None)
    given = problem(lines, [offer("a", part(50, ["work"]), perhaps, **more), offer("b", part(80, ["tools"]))])
    assert money(given) == expected


def test_a_line_in_kind_of_a_doubtful_part_asks_for_more_cash():
    lines = [line("work", 100_000), line("time", 50_000, in_kind=True)]
    perhaps = part(50, ["time"], id="perhaps", safe=None)
    private = (PrivateShare(share(40), in_cash=True),)
    given = problem(lines, [offer("a", part(50, ["work"]), perhaps, private=private)])
    assert money(given) == {"a": 40_000}  # 60,000 of cash is 40 % of 150,000


# ---------------------------------------------------------------------------------- what pays nothing


def guarantee(id_, percent=40, **more):
    return part(percent, ["work"], id=id_, instrument="guarantee", pays=False, **more)


def test_what_pays_nothing_vouches_only_for_what_the_rest_leaves_to_pay():
    plan = solve(problem(WORK, [grant("a", 80), offer("b", guarantee("g"))]), end=End.SAFE)
    assert (plan.total, plan.vouched, plan.used) == (dollars(80_000), dollars(20_000), ("a", "b"))
    assert money(problem(WORK, [grant("a", 100), offer("b", guarantee("g"))])) == {"a": 100_000}


def test_two_guarantees_do_not_vouch_for_the_same_dollar():
    plan = solve(problem(WORK, [offer("a", guarantee("g", 80)), offer("b", guarantee("g", 80))]), end=End.SAFE)
    assert (plan.used, plan.vouched) == (("a", "b"), dollars(100_000))


def test_a_part_whose_base_other_aid_takes_whole_gets_no_cent_back():
    """The base of h is the cost less the grant, less the threshold: nothing, while g still has room on the line."""
    vouched = offer("b", guarantee("g"), guarantee("h", less_aid=True, at_most=30_000, threshold=dollars(40_000)))
    plan = solve(problem(WORK, [grant("a", 60), vouched]), end=End.SAFE)
    assert {one.part: one.cents for one in plan.amounts} == {"money": dollars(60_000), "g": dollars(40_000)}


def test_what_pays_nothing_takes_room_in_a_ceiling_and_none_of_the_private_share():
    vouched = offer("b", guarantee("g", at_least=40_000))
    counted = problem(WORK, [grant("a", 100, ceiling=ceiling(75)), vouched], pinned=frozenset("b"))
    assert money(counted) == {"a": 35_000, "b": 40_000}
    private = problem(WORK, [grant("a", 100, private=(PrivateShare(share(50)),)), vouched], pinned=frozenset("b"))
    assert money(private) == {"a": 50_000, "b": 40_000}
