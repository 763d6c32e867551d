"""A day that makes no sense is refused whole, with every mistake in its place."""

import pytest

from alliage.core.meetings.problem import Company, Officer, Room, Settings, Slot, Walk
from alliage.core.meetings.refusals import refuse_bad
from alliage.core.meetings.replanning import replan
from alliage.core.meetings.solving import solve
from alliage.core.vocabulary.errors import AlliageError
from tests.meeting_days import day, slots

COMPANIES = (Company("c", ("a",)),)
BAD = [
    ("meetings-no-slot", "slots", {"slots": ()}),
    ("meetings-too-many", "slots", {"slots": slots(97, minutes=9)}),
    ("meetings-too-many", "officers", {"officers": tuple(Officer(f"o{n}" if n else "a") for n in range(201))}),
    ("meetings-too-many", "companies", {"companies": tuple(Company(f"c{n}", ()) for n in range(1001))}),
    ("meetings-hours", "slots[0]", {"slots": (Slot(540, 540),)}),
    ("meetings-hours", "slots[0]", {"slots": (Slot(-1, 10),)}),
    ("meetings-hours", "slots[0]", {"slots": (Slot(0, 2881),)}),
    ("meetings-slots", "slots[1]", {"slots": (Slot(540, 560), Slot(559, 580))}),
    ("meetings-unknown", "closed", {"closed": frozenset({3})}),
    ("meetings-weights", "settings.weights", {"settings": Settings(weights=())}),
    ("meetings-weights", "settings.weights", {"settings": Settings(weights=(1, 2))}),
    ("meetings-weights", "settings.weights", {"settings": Settings(weights=(0,))}),
    ("meetings-prices", "settings.prices", {"settings": Settings(prices=(30, 20))}),
    ("meetings-prices", "settings.prices", {"settings": Settings(prices=(-1, 20))}),
    ("meetings-number", "settings.in_a_row", {"settings": Settings(in_a_row=0)}),
    ("meetings-number", "settings.rest", {"settings": Settings(rest=-1)}),
    ("meetings-number", "settings.best", {"settings": Settings(best=1)}),
    ("meetings-duplicate", "rooms", {"rooms": (Room("x"), Room("x"))}),
    ("meetings-number", "rooms.x.tables", {"rooms": (Room("x", -1),)}),
    (
        "meetings-duplicate",
        "walks",
        {"rooms": (Room("x"), Room("y")), "walks": (Walk(("x", "y"), 1), Walk(("y", "x"), 2))},
    ),
    ("meetings-duplicate", "walks[0]", {"rooms": (Room("x"),), "walks": (Walk(("x", "x"), 1),)}),
    ("meetings-unknown", "walks[0]", {"rooms": (Room("x"),), "walks": (Walk(("x", "y"), 1),)}),
    ("meetings-number", "walks[0].minutes", {"rooms": (Room("x"), Room("y")), "walks": (Walk(("x", "y"), -1),)}),
    ("meetings-unknown", "officers.a.room", {"officers": (Officer("a", "x"),)}),
    ("meetings-duplicate", "officers", {"officers": (Officer("a"), Officer("a"))}),
    ("meetings-number", "officers.a.at_most", {"officers": (Officer("a", at_most=-1),)}),
    ("meetings-hours", "officers.a", {"officers": (Officer("a", arrives=600, leaves=600),)}),
    ("meetings-unknown", "officers.a.away", {"officers": (Officer("a", away=frozenset({3})),)}),
    ("meetings-duplicate", "companies", {"companies": COMPANIES * 2}),
    ("meetings-duplicate", "companies.c.wishes", {"companies": (Company("c", ("a", "a")),)}),
    ("meetings-unknown", "companies.c.wishes", {"companies": (Company("c", ("a", "nobody")),)}),
    ("meetings-number", "companies.c.at_most", {"companies": (Company("c", ("a",), at_most=True),)}),
    ("meetings-unknown", "companies.c.away", {"companies": (Company("c", ("a",), away=frozenset({-1})),)}),
]


@pytest.mark.parametrize(("code", "where", "more"), BAD)
def test_a_mistake_is_refused_with_its_code_and_its_place(code: str, where: str, more: dict[str, object]):
    problem = day({}, **{"officers": (Officer("a"),), "companies": COMPANIES, **more})
    for refuse in (lambda: refuse_bad(problem), lambda: solve(problem), lambda: replan(problem, (), now=0)):
        with pytest.raises(AlliageError) as refused:
            refuse()
        assert [(one.code, one.where) for one in refused.value.problems] == [(code, where)]


def test_all_the_mistakes_are_told_together():
    problem = day({}, officers=(Officer("a", "x"),), companies=(Company("c", ("z",), at_most=-1),))
    with pytest.raises(AlliageError) as refused:
        refuse_bad(problem)
    assert [one.code for one in refused.value.problems] == ["meetings-number", "meetings-unknown", "meetings-unknown"]


def test_limits_that_are_just_right_are_taken():
    refuse_bad(day({"c": "a"}, slots=slots(96, minutes=9)))
    refuse_bad(day({"c": "a"}, slots=(Slot(0, 2880),), settings=Settings(weights=(1, 1), prices=(), best=0, rest=0)))
