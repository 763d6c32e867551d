"""The worked examples of the rules of stacking, their arithmetic done by hand. Figures only: nothing is named."""

from fractions import Fraction

from alliage.core.financing.plan import End
from alliage.core.financing.problem import Base, PrivateShare
from alliage.core.financing.solving import solve
from tests.stacks import ceiling, dollars, line, offer, part, problem, share

HALF = Fraction(1, 2)


def money(given, end=End.SAFE):
    """Dollars by offer."""
    return {id_: cents / 100 for id_, cents in solve(given, end=end).by_offer().items()}


def test_a_grant_that_reaches_its_ceiling_alone_leaves_no_room_for_another():
    grant = offer("grant", part(50, ["work"], at_most=50_000), ceiling=ceiling(50))
    other = offer("other", part(50, ["work"]), ceiling=ceiling(50))
    pinned = frozenset({"grant"})
    assert money(problem([line("work", 100_000)], [grant])) == {"grant": 50_000}
    assert sum(money(problem([line("work", 100_000)], [grant, other], pinned=pinned)).values()) == 50_000


def test_a_loan_that_counts_for_half_lowers_the_grant_by_half_of_it():
    grant = offer("grant", part(50, ["work"]), ceiling=ceiling(50, weights={"grant": Fraction(1), "loan": HALF}))
    loan = offer("loan", part(100, ["work"], instrument="loan", at_least=30_000, at_most=30_000))
    given = problem([line("work", 90_000)], [grant, loan], pinned=frozenset({"loan"}))
    assert money(given) == {"grant": 30_000, "loan": 30_000}
    assert money(problem([line("work", 90_000)], [grant])) == {"grant": 45_000}


def test_a_ceiling_above_a_rate_leaves_the_difference_to_another_grant():
    quarter = (PrivateShare(share(25), base=Base.TOTAL),)
    first = offer("first", part(50, ["fair"], at_most=100_000), ceiling=ceiling(65), private=quarter)
    second = offer("second", part(50, ["fair"]), ceiling=ceiling(75))
    plan = solve(problem([line("fair", 120_000)], [first, second], pinned=frozenset({"first"})), end=End.SAFE)
    assert plan.total == dollars(78_000)
    assert plan.by_offer().keys() == {"first", "second"}


def test_credits_count_in_the_ceiling_of_a_grant():
    grant = offer("grant", part(30, ["r-and-d"], at_least=90_000, at_most=100_000), ceiling=ceiling(50))
    credit = offer("credit", part(40, ["r-and-d"], instrument="credit"))
    given = problem([line("r-and-d", 300_000)], [grant, credit], pinned=frozenset({"grant"}))
    assert money(given) == {"grant": 90_000, "credit": 60_000}


def test_a_grant_lowers_the_base_of_a_credit():
    credit = offer("credit", part(30, ["wages"], instrument="credit", less_aid=True, threshold=dollars(50_000)))
    grant = offer("grant", part(100, ["wages"], at_most=60_000))
    assert money(problem([line("wages", 300_000)], [grant, credit])) == {"grant": 60_000, "credit": 57_000}
    assert money(problem([line("wages", 300_000)], [credit])) == {"credit": 75_000}


def test_a_threshold_is_taken_off_the_base_first():
    credit = offer("credit", part(20, ["press"], instrument="credit", threshold=dollars(12_500)))
    assert money(problem([line("press", 400_000)], [credit])) == {"credit": 77_500}


def test_a_weight_that_is_not_known_gives_two_plans():
    grant = offer("grant", part(100, ["plant"]), ceiling=ceiling(50, weights={"guarantee": None}))
    bounds = {"at_least": 80_000, "at_most": 80_000}
    guarantee = offer("guarantee", part(100, ["plant"], instrument="guarantee", pays=False, **bounds))
    given = problem([line("plant", 200_000)], [grant, guarantee], pinned=frozenset({"guarantee"}))
    assert money(given, End.SAFE) == {"grant": 20_000, "guarantee": 80_000}
    assert money(given, End.REACHABLE) == {"grant": 100_000, "guarantee": 80_000}
    assert solve(given, end=End.SAFE).total == dollars(20_000)
    assert solve(given, end=End.SAFE).vouched == dollars(80_000)
