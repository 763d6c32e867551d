"""The independent checker names the rule that a plan breaks: one bad plan for each kind of rule."""

from dataclasses import replace
from fractions import Fraction

import pytest

from alliage.core.financing.checker import broken
from alliage.core.financing.plan import Amount, End, Plan, Proof, RuleKind
from alliage.core.financing.problem import Base, Cap, Ceiling, PrivateShare, Range, SharedCap, Slice, Standing
from tests.stacks import NO_CEILING, ceiling, dollars, line, offer, part, problem, share, terms

WORK = [line("work", 100_000)]
TWO = [line("work", 100_000), line("study", 50_000)]
GIVEN = [line("work", 100_000), line("time", 100_000, in_kind=True)]
PROOF = Proof(worth=0, bound=0, gap=0.0, complete=True)


def plan(amounts, *, end=End.SAFE):
    """A plan of amounts in dollars, each an offer, its part if it has several, and its line."""
    made = tuple(
        Amount(
            offer=id_,
            part=part_ or "money",
            line=line_,
            instrument=kind,
            cents=dollars(money),
            pays=kind != "guarantee",
        )
        for id_, part_, line_, kind, money in (
            row if len(row) == 5 else (row[0], None, row[1], *row[2:]) for row in amounts
        )
    )
    return Plan(end, made, tuple(sorted({one.offer for one in made})), 0, PROOF)


def a(money, **more):
    return offer("a", part(100, ["work"]), **more), ("a", "work", "grant", money)


def b(money, **more):
    return offer("b", part(100, ["work"]), **more), ("b", "work", "grant", money)


def one(*parts, lines=WORK, **more):
    return problem(lines, [offer("a", *parts, **more)])


def two(first, second, **more):
    return problem(WORK, [first[0], second[0]], **more), plan([first[1], second[1]])


BROKEN = {
    RuleKind.LINE: [
        two(a(60_000), b(50_000)),
        (one(part(100, ["time"]), lines=GIVEN), plan([("a", "time", "grant", 1_000)])),
    ],
    RuleKind.RATE: [
        (one(part(50, ["work"])), plan([("a", "work", "grant", 50_000.01)])),
        (one(part(50, ["work"]), lines=TWO), plan([("a", "study", "grant", 10)])),
        (one(part(50, ["work"])), plan([("a", "work", "grant", -10)])),
        (one(part(50, ["work"])), plan([("a", "other part", "work", "grant", 10)])),
        (one(part(50, ["work"])), plan([("nobody", "work", "grant", 10)])),
    ],
    RuleKind.PART_AT_MOST: [(one(part(50, ["work"], at_most=20_000)), plan([("a", "work", "grant", 20_000.01)]))],
    RuleKind.PART_AT_LEAST: [
        (one(part(50, ["work"], at_least=20_000)), plan([("a", "work", "grant", 19_999.99)])),
        (one(part(50, ["work"])), plan([("a", "work", "grant", 0.99)])),
        (one(part(50, ["work"])), replace(plan([]), used=("a",))),
    ],
    RuleKind.CAP: [
        (one(part(50, ["work"]), caps=(Cap(dollars(10), frozenset({"money"})),)), plan([("a", "work", "grant", 11)])),
    ],
    RuleKind.SHARED_CAP: [
        two(a(30), b(30), shared_caps=(SharedCap(dollars(50), frozenset("ab")),)),
        two(a(30), b(30), shared_caps=(SharedCap(dollars(29), frozenset("ab"), {"grant": Fraction(1, 2)}),)),
    ],
    RuleKind.CEILING: [
        two(a(30_000, ceiling=ceiling(50)), b(20_000.01)),
        two(a(30_000, ceiling=ceiling(50)), b(20_000.01, public=None)),
        two(a(30_000, ceiling=ceiling(50, weights={"grant": None})), b(20_000.01)),
        two(a(10_000, ceiling=ceiling(15, weights={"grant": Fraction(1, 2)})), b(20_000.02)),
    ],
    RuleKind.CEILING_UNKNOWN: [two(a(1_000, ceiling=Ceiling(share=None)), b(1_000))],
    RuleKind.PRIVATE_SHARE: [
        two(a(30_000, private=(PrivateShare(share(50)),)), b(20_000.01)),
        (
            problem(GIVEN, [a(1, private=(PrivateShare(share(25), base=Base.TOTAL, in_cash=True),))[0]]),
            plan([("a", "work", "grant", 50_000.01)]),
        ),
    ],
    RuleKind.CREDIT_BASE: [
        (one(part(20, ["work"], threshold=dollars(20_000))), plan([("a", "work", "grant", 16_000.01)])),
        (
            one(
                part(
                    0,
                    ["work"],
                    slices=[Slice(Fraction(1, 2), 0, dollars(10_000)), Slice(Fraction(1, 4), dollars(10_000), None)],
                )
            ),
            plan([("a", "work", "grant", 27_500.01)]),
        ),
        (
            problem(WORK, [offer("a", part(50, ["work"], less_aid=True)), b(0)[0]]),
            plan([("a", "work", "grant", 40_000.01), ("b", "work", "grant", 20_000)]),
        ),
    ],
    RuleKind.NOT_WITH: [
        two(a(1_000, not_with=frozenset("b")), b(1_000)),
        two(a(1_000), b(1_000, not_with=frozenset("a"))),
    ],
    RuleKind.NOT_ON_SAME_LINE: [two(a(1_000), b(1_000, not_on_same_line=frozenset("a")))],
    RuleKind.SAME_MONEY: [two(a(1_000, same_money="purse"), b(1_000, same_money="purse"))],
    RuleKind.CHOICE: [
        (
            one(part(50, ["work"], id="m", choice="c"), part(20, ["work"], id="n", choice="c")),
            plan([("a", "m", "work", "grant", 1_000), ("a", "n", "work", "grant", 1_000)]),
        ),
    ],
    RuleKind.REQUIRES: [(one(part(50, ["work"]), requires=frozenset("b")), plan([("a", "work", "grant", 1_000)]))],
    RuleKind.NOT_SURE: [
        (one(part(50, ["work"]), standing=Standing.TO_CONFIRM), plan([("a", "work", "grant", 1_000)])),
        (one(part(50, ["work"], safe=None)), plan([("a", "work", "grant", 1_000)])),
    ],
    RuleKind.PINNED: [
        (problem(WORK, [a(1)[0], b(1)[0]], pinned=frozenset("b")), plan([("a", "work", "grant", 1_000)]))
    ],
    RuleKind.BANNED: [(problem(WORK, [a(1)[0]], banned=frozenset("a")), plan([("a", "work", "grant", 1_000)]))],
}


def test_each_kind_of_rule_has_a_bad_plan():
    assert BROKEN.keys() == set(RuleKind)


@pytest.mark.parametrize(("kind", "case"), [(kind, case) for kind, cases in BROKEN.items() for case in cases])
def test_the_checker_names_the_broken_rule_and_no_other(kind, case):
    assert {rule.kind for rule in broken(*case)} == {kind}


def test_what_is_not_known_counts_in_a_safe_plan_only():
    for more in ({"ceiling": Ceiling(share=None)}, {"ceiling": ceiling(50, weights={"grant": None})}):
        given, made = two(a(30_000, **more), b(30_000))
        assert broken(given, made)
        assert not broken(given, replace(made, end=End.REACHABLE))


def test_a_range_gives_the_safe_plan_its_least():
    given, made = two(a(30_000, ceiling=Ceiling(Range(Fraction(1, 2), Fraction(3, 4)))), b(30_000))
    assert {rule.kind for rule in broken(given, made)} == {RuleKind.CEILING}
    assert not broken(given, replace(made, end=End.REACHABLE))


def test_private_money_is_not_aid():
    given, made = two(a(50_000, ceiling=ceiling(50), private=(PrivateShare(share(50)),)), b(50_000, public=False))
    assert not broken(given, made)


def test_a_pinned_offer_that_a_plan_says_it_cannot_hold_breaks_nothing():
    given = problem(WORK, [a(1)[0], b(1)[0]], pinned=frozenset("b"))
    assert not broken(given, replace(plan([("a", "work", "grant", 1_000)]), unfit=("b",)))


def test_a_part_may_have_other_figures_at_its_best():
    given = one(part(50, ["work"], safe=terms(20), best=terms(50)), ceiling=NO_CEILING)
    made = plan([("a", "work", "grant", 50_000)])
    assert {rule.kind for rule in broken(given, made)} == {RuleKind.RATE}
    assert not broken(given, replace(made, end=End.REACHABLE))


def beside_a_doubt(money, *, lines=TWO, **more):
    """An offer that is sure of half the work and perhaps pays the study, beside another's aid on the study."""
    perhaps = part(50, ["study", *(one.id for one in lines if one.in_kind)], id="perhaps", safe=None)
    given = problem(lines, [offer("a", part(50, ["work"]), perhaps, **more), offer("b", part(80, ["study"]))])
    theirs = [("b", "study", "grant", money)] if money else []
    return given, plan([("a", "work", "grant", 50_000), *theirs])


@pytest.mark.parametrize(
    ("more", "kind", "most"),
    [
        ({"ceiling": ceiling(50)}, RuleKind.CEILING, 25_000),
        ({"private": (PrivateShare(share(50)),)}, RuleKind.PRIVATE_SHARE, 25_000),
        ({"ceiling": Ceiling(share=None)}, RuleKind.CEILING_UNKNOWN, 0),
    ],
)
def test_aid_on_a_line_that_an_answer_may_add_is_read(more, kind, most):
    assert not broken(*beside_a_doubt(most, **more))
    assert {rule.kind for rule in broken(*beside_a_doubt(most + 1, **more))} == {kind}


def test_a_line_in_kind_that_an_answer_may_add_asks_for_more_cash():
    private = (PrivateShare(share(40), in_cash=True),)
    assert not broken(*beside_a_doubt(0, private=private, lines=[*TWO, line("time", 25_000, in_kind=True)]))
    given, made = beside_a_doubt(0, private=private, lines=[*TWO, line("time", 25_000.05, in_kind=True)])
    assert {rule.kind for rule in broken(given, made)} == {RuleKind.PRIVATE_SHARE}


def vouched(*, private=(), guaranteed=40_000, **more):
    """A grant that pays half of a line, beside a guarantee on the rest."""
    guarantee = offer("b", part(100, ["work"], instrument="guarantee", pays=False), **more)
    given = problem(WORK, [offer("a", part(100, ["work"]), private=private), guarantee])
    return given, plan([("a", "work", "grant", 50_000), ("b", "work", "guarantee", guaranteed)])


def test_what_pays_nothing_takes_nothing_of_the_private_share():
    given, made = vouched(private=(PrivateShare(share(50)),))
    assert not broken(given, made)
    assert (made.total, made.vouched) == (dollars(50_000), dollars(40_000))


def test_what_pays_nothing_vouches_only_for_what_the_rest_leaves_to_pay():
    assert not broken(*vouched(guaranteed=50_000))
    assert [rule.kind for rule in broken(*vouched(guaranteed=50_000.01))] == [RuleKind.LINE]


def test_what_pays_nothing_counts_in_ceilings():
    assert {rule.kind for rule in broken(*vouched(ceiling=ceiling(80)))} == {RuleKind.CEILING}


def test_what_pays_nothing_is_said_as_it_is():
    given, made = vouched()
    said = replace(made, amounts=(made.amounts[0], replace(made.amounts[1], pays=True)))
    assert {rule.kind for rule in broken(given, said)} == {RuleKind.RATE}


def test_what_pays_nothing_lowers_the_base_of_no_credit():
    credit = offer("a", part(30, ["work"], instrument="credit", less_aid=True))
    for pays in (True, False):
        given = problem(WORK, [credit, offer("b", part(70, ["work"], instrument="guarantee", pays=pays))])
        made = plan([("a", "work", "credit", 30_000), ("b", "work", "guarantee", 70_000)])
        made = replace(made, amounts=(made.amounts[0], replace(made.amounts[1], pays=pays)))
        assert {rule.kind for rule in broken(given, made)} == ({RuleKind.CREDIT_BASE} if pays else set())


def test_money_named_as_another_kind_is_told():
    whole, lawful = one(part(50, ["work"])), plan([("a", "work", "grant", 50_000)])
    (amount,) = lawful.amounts
    assert not broken(whole, lawful)
    assert broken(whole, replace(lawful, amounts=(replace(amount, instrument="loan"),)))
