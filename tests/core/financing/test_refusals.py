"""A problem that makes no sense is refused, with a code and a place for each mistake."""

from dataclasses import replace
from fractions import Fraction

import pytest

from alliage.core.financing.plan import End
from alliage.core.financing.problem import Cap, Ceiling, PrivateShare, Range, SharedCap, Slice
from alliage.core.financing.refusals import refuse_bad
from alliage.core.financing.solving import solve
from alliage.core.vocabulary.errors import AlliageError
from tests.stacks import WORTH, ceiling, dollars, line, offer, part, problem, share

WORK = line("work", 1_000)
GRANT = offer("grant", part(50, ["work"]))
UP = [Slice(Fraction(1, 5), 0, 100), Slice(Fraction(2, 5), 100, None)]
HOLE = [Slice(Fraction(2, 5), 0, 100), Slice(Fraction(1, 5), 200, None)]


def grant(**more):
    return problem([WORK], [replace(GRANT, **more)])


BAD = {
    "negative": (problem([line("work", -5)], []), "plan-amount", "lines.work.cost"),
    "zero": (problem([line("work", 0)], []), "plan-amount", "lines.work.cost"),
    "absurd": (problem([line("work", 10**12)], []), "plan-amount", "lines.work.cost"),
    "not cents": (problem([replace(WORK, cost=10.5)], []), "plan-amount", "lines.work.cost"),
    "missing": (problem([replace(WORK, cost=None)], []), "plan-amount", "lines.work.cost"),
    "no category": (problem([replace(WORK, category=" ")], []), "plan-category", "lines.work.category"),
    "line twice": (problem([WORK, WORK], []), "plan-duplicate", "lines"),
    "offer twice": (problem([WORK], [GRANT, GRANT]), "plan-duplicate", "offers"),
    "part twice": (problem([WORK], [offer("a", *GRANT.parts, *GRANT.parts)]), "plan-duplicate", "offers.a.parts"),
    "no such line": (problem([WORK], [offer("a", part(5, ["x"]))]), "plan-unknown", "offers.a.parts.money.lines"),
    "cap of no part": (grant(caps=(Cap(1, frozenset("x")),)), "plan-unknown", "offers.grant.caps[0].parts"),
    "negative cap": (grant(caps=(Cap(-1, frozenset()),)), "plan-amount", "offers.grant.caps[0].at_most"),
    "rate of 50": (problem([WORK], [offer("a", part(5000, ["work"]))]), "plan-share", "offers.a.parts.money.safe.rate"),
    "minimum above maximum": (
        problem([WORK], [offer("a", part(5, ["work"], at_least=6, at_most=5))]),
        "plan-minimum",
        "offers.a.parts.money.safe",
    ),
    "ceiling above 1": (
        grant(ceiling=Ceiling(Range(Fraction(101, 100), None))),
        "plan-share",
        "offers.grant.ceiling.share",
    ),
    "ceiling reversed": (
        grant(ceiling=Ceiling(Range(Fraction(1), Fraction(1, 2)))),
        "plan-range",
        "offers.grant.ceiling.share",
    ),
    "private share reversed": (
        grant(private=(PrivateShare(Range(Fraction(1, 5), Fraction(1, 2))),)),
        "plan-range",
        "offers.grant.private[0].at_least",
    ),
    "negative weight": (
        grant(ceiling=ceiling(50, weights={"loan": Fraction(-1)})),
        "plan-share",
        "offers.grant.ceiling.weights",
    ),
    "slices with a hole": (
        problem([WORK], [offer("a", part(0, ["work"], slices=HOLE))]),
        "plan-slices",
        "offers.a.parts.money.safe.slices",
    ),
    "slices that rise under aid": (
        problem([WORK], [offer("a", part(0, ["work"], slices=UP, less_aid=True))]),
        "plan-slices-rise",
        "offers.a.parts.money.safe.slices",
    ),
    "without itself": (grant(not_with=frozenset({"grant"})), "plan-contradiction", "offers.grant.not_with"),
    "with and without": (
        grant(not_with=frozenset("b"), requires=frozenset("b")),
        "plan-contradiction",
        "offers.grant.requires",
    ),
    "pinned, not there": (problem([WORK], [], pinned=frozenset("x")), "plan-unknown", "preferences.pinned"),
    "pinned and banned": (
        problem([WORK], [GRANT], pinned=frozenset({"grant"}), banned=frozenset({"grant"})),
        "plan-pinned-banned",
        "preferences.pinned",
    ),
    "no worth": (
        problem([WORK], [offer("a", part(5, ["work"], instrument="equity"))]),
        "plan-worth",
        "preferences.worth",
    ),
    "negative worth": (problem([WORK], [], worth={"grant": Fraction(-1)}), "plan-share", "preferences.worth"),
    "negative effort": (problem([WORK], [], per_application=-1), "plan-amount", "preferences.per_application"),
    "negative effort of one": (
        problem([WORK], [GRANT], effort={"grant": -1}),
        "plan-amount",
        "preferences.effort.grant",
    ),
    "negative shared cap": (
        problem([WORK], [], shared_caps=(SharedCap(-1, frozenset()),)),
        "plan-amount",
        "shared_caps[0].at_most",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_problem_is_refused_with_a_code_and_a_place(name):
    bad, code, where = BAD[name]
    with pytest.raises(AlliageError) as refused:
        solve(bad, end=End.SAFE)
    assert [(one.code, one.where) for one in refused.value.problems] == [(code, where)]


def test_all_mistakes_are_told_together():
    with pytest.raises(AlliageError) as refused:
        refuse_bad(problem([line("work", -1), line("work", 0)], [offer("a", part(5, ["x"]))]))
    assert len(refused.value.problems) == 4


def test_what_was_found_is_shown_in_dollars():
    with pytest.raises(AlliageError) as refused:
        refuse_bad(problem([line("work", -12.5)], []))
    assert refused.value.problems[0].found == "-12.50"


def test_rising_slices_are_fine_when_aid_does_not_lower_the_base():
    edge = dollars(400)
    slices = [Slice(Fraction(1, 5), 0, edge), Slice(Fraction(2, 5), edge, None)]
    plan = solve(problem([WORK], [offer("a", part(0, ["work"], slices=slices))]), end=End.SAFE)
    assert plan.total == dollars(80 + 240)


def test_rules_may_name_offers_that_are_not_there():
    absent = frozenset({"closed"})
    caps = (SharedCap(dollars(100), absent | {"grant"}),)
    apart = replace(GRANT, not_with=absent, not_on_same_line=absent)
    given = problem([WORK], [apart], shared_caps=caps, banned=absent, effort={"closed": 100})
    assert solve(given, end=End.SAFE).by_offer() == {"grant": dollars(100)}
    assert solve(problem([WORK], [replace(GRANT, requires=absent)]), end=End.SAFE).used == ()


def test_worth_and_shares_at_their_ends_are_fine():
    refuse_bad(problem([WORK], [replace(GRANT, ceiling=ceiling(0), private=(PrivateShare(share(100)),))], worth=WORTH))
