"""Laws of the timetable: nobody twice in a slot, only free slots, breaks, the best of all on small days."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliage.core.meetings.checker import broken
from alliage.core.meetings.grid import Grid
from alliage.core.meetings.problem import Company
from alliage.core.meetings.receipts import Reason, Receipts
from alliage.core.meetings.replanning import candidates, replan
from alliage.core.meetings.solving import solve
from alliage.core.meetings.squeeze import squeeze, waiting
from alliage.core.meetings.timetable import Meeting
from alliage.core.meetings.when import place
from alliage.core.meetings.who import choose
from tests.meeting_days import at_random, best_worth, every_timetable, late, without, worth

seeds = st.integers(0, 2**32)
SIZES = {"companies": 8, "officers": 4, "count": 7, "wishes": 4}


@given(seeds)
def test_on_small_days_no_timetable_is_worth_more_than_the_bound_and_a_proved_one_is_the_best(seed: int):
    problem = at_random(seed)
    found = solve(problem, tries=100)
    best = best_worth(problem)
    assert worth(problem, found.pairs) == found.proof.worth <= best <= found.proof.bound
    assert found.proof.complete


@given(seeds)
def test_every_stage_keeps_every_rule_and_the_weight(seed: int):
    problem = at_random(seed, **SIZES)
    grid = Grid(problem)
    choice = choose(grid)
    placed = place(grid, choice.pairs).meetings
    squeezed = squeeze(grid, placed, seed=seed, tries=300)
    assert broken(problem, placed) == broken(problem, squeezed) == ()
    assert {one.pair for one in squeezed} == {one.pair for one in placed} <= choice.pairs
    assert waiting(squeezed) <= waiting(placed)


@given(seeds)
def test_the_order_of_what_is_given_changes_nothing(seed: int):
    problem = at_random(seed, **SIZES)
    random = Random(seed)  # noqa: S311  # a day to test, not a secret
    shuffled = replace(
        problem,
        companies=tuple(random.sample(problem.companies, len(problem.companies))),
        officers=tuple(random.sample(problem.officers, len(problem.officers))),
    )
    assert solve(problem, seed=seed, tries=50) == solve(shuffled, seed=seed, tries=50)


@given(seeds)
def test_each_wish_is_met_or_missed_with_a_reason_that_holds(seed: int):
    problem = at_random(seed, **SIZES)
    timetable = solve(problem, tries=0)
    grid, receipts = Grid(problem), Receipts(problem, timetable)
    for receipt in receipts.companies():
        wishes = set(grid.companies[receipt.company].wishes)
        met = {one.officer for one in receipt.meetings}
        missed = {miss.officer for miss in receipt.misses}
        assert met | missed == wishes
        assert not met & missed
        for miss in receipt.misses:
            held = [one for one in timetable.meetings if one.officer == miss.officer]
            if miss.reason in (Reason.OFFICER_FULL, Reason.GAVE_WAY):
                assert len(held) == miss.taken == miss.most
                assert (miss.reason is Reason.GAVE_WAY) == bool(miss.less)
                assert miss.fair <= miss.less
            elif miss.reason is Reason.OWN_LIMIT:
                assert len(receipt.meetings) == miss.most
            elif miss.reason in (Reason.ROOM_FULL, Reason.NO_PLACE_LEFT):
                assert (receipt.company, miss.officer) in grid.free
            else:
                assert (receipt.company, miss.officer) not in grid.free


@given(seeds)
def test_most_meetings_of_an_officer_are_those_of_the_best_of_all_ways_to_leave_breaks(seed: int):
    problem = at_random(seed, companies=0, officers=1, count=6)
    officer = problem.officers[0]
    free = Grid(problem).of_officer[officer.id]
    alone = replace(problem, companies=tuple(Company(f"c{n}", (officer.id,)) for n in range(6)))
    alone = replace(alone, rooms=(), walks=(), officers=(replace(officer, room=None),))
    ways = [[Meeting(f"c{n}", officer.id, slot) for n, slot in enumerate(taken)] for taken in _subsets(free)]
    assert Grid(problem).most_of_officer(officer.id) == max(len(way) for way in ways if not broken(alone, way))


def _subsets(free: tuple[int, ...]) -> list[list[int]]:
    return [[slot for n, slot in enumerate(free) if bits >> n & 1] for bits in range(1 << len(free))]


@given(seeds, st.integers(0, 8))
def test_a_day_planned_again_keeps_what_it_can_and_changes_nothing_soon(seed: int, after: int):
    problem = at_random(seed, **SIZES)
    planned = solve(problem, tries=0).meetings
    random = Random(seed)  # noqa: S311  # a day to test, not a secret
    now = problem.slots[0].starts + 20 * after
    gone = random.choice(problem.officers).id
    tardy = random.choice(problem.companies).id
    changed = late(without(problem, officer=gone, since=now), company=tardy, arrives=now + 40)
    again = replan(changed, planned, now=now, notice=30)
    assert again.complete
    assert broken(changed, again.meetings) == ()
    assert {one.pair for one in again.meetings} <= {one.pair for one in planned}
    slots, grid = problem.slots, Grid(changed)
    for one in planned:
        if one.slot in grid.free.get(one.pair, ()):  # it can still be held: it is not lost
            assert one.pair in {other.pair for other in again.meetings}
            if slots[one.slot].starts < now + 30:
                assert one in again.meetings
    for move in again.moved:
        assert slots[move.to].starts >= now + 30


@given(seeds)
def test_on_small_days_no_other_way_saves_as_much_with_fewer_changes(seed: int):
    problem = at_random(seed, companies=3, officers=2, count=3)
    planned = solve(problem, tries=0).meetings
    changed = without(problem, officer="o0", since=problem.slots[1].starts)
    again = replan(changed, planned, now=0, notice=0)
    grid, old = Grid(changed), {one.pair: one for one in planned}
    standing = {one for one in planned if one.slot in grid.free.get(one.pair, ())}

    def saved(held: list[Meeting]) -> tuple[int, int]:
        moved = sum(one in standing and one not in held for one in planned)
        return sum(grid.weight(one.pair) for one in held) - 3 * moved, sum(old[one.pair] == one for one in held)

    ways = [
        held
        for held in every_timetable(changed)
        if {one.pair for one in held} <= old.keys() and {one.pair for one in standing} <= {one.pair for one in held}
    ]
    assert saved(list(again.meetings)) == max(saved(held) for held in ways)


@given(seeds)
def test_who_is_offered_a_freed_slot_could_take_it(seed: int):
    _offered(seed)


def test_freed_slots_are_offered_to_somebody():
    assert sum(_offered(seed) for seed in range(20)) >= 5


def _offered(seed: int) -> int:
    """To how many a slot of a company that does not come is offered: each could take it, as the whole checker says."""
    problem = at_random(seed, **SIZES)
    planned = solve(problem, tries=0).meetings
    if not planned:
        return 0
    gone = planned[0].company
    changed = without(problem, company=gone)
    again = replan(changed, planned, now=0, notice=0)
    left = {(one.officer, one.slot) for one in planned} - {(one.officer, one.slot) for one in again.meetings}
    count = 0
    for officer, slot in sorted(left):
        able = {one.company for one in candidates(changed, again.meetings, officer=officer, slot=slot)}
        count += len(able)
        wished = {one.id for one in changed.companies if officer in one.wishes}
        assert able == {
            company for company in wished if not broken(changed, [*again.meetings, Meeting(company, officer, slot)])
        }
    return count


@pytest.mark.long
@given(seeds)
def test_larger_days_are_lawful_and_within_their_bound(seed: int):
    problem = at_random(seed, companies=20, officers=6, count=12, wishes=6)
    found = solve(problem, seed=seed, tries=2000)
    assert broken(problem, found.meetings) == ()
    assert worth(problem, found.pairs) == found.proof.worth <= found.proof.bound
