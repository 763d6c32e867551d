"""The clock and the routing, on a year of days drawn at random: who owns, who is told, how it ends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliage.hub.questions.clock import Ages, Held, Step, steps
from alliage.hub.questions.models import WAITING, Notice, State
from alliage.hub.questions.routing import TEAM, Asked, Officer, Owner, route

AGES = Ages(grace=3, reminder=9, risk=21, closed=45, archived=183)
START = date(2026, 1, 5)
YEAR = 366
KIND = {
    Step.TRANSMIT: Notice.Kind.TRANSMITTED,
    Step.REMIND: Notice.Kind.REMINDER,
    Step.SILENCE: Notice.Kind.SILENCE,
    Step.TELL_END: Notice.Kind.ENDED,
}


def waiting(state: State = State.ROUTED, **more: object) -> Held:
    return replace(Held(state, START, START, sent=frozenset({"transmitted"})), **more)  # type: ignore[arg-type]


def due(held: Held, days: int) -> list[Step]:
    return steps(held, on=START + timedelta(days=days), ages=AGES)


@pytest.mark.parametrize(
    ("held", "days", "wanted"),
    [
        (waiting(), 8, []),
        (waiting(sent=frozenset()), 0, [Step.TRANSMIT]),
        (waiting(), 9, [Step.REMIND]),
        (waiting(reachable=True), 9, [Step.REMIND, Step.SILENCE]),
        (waiting(sent=frozenset({"transmitted", "reminder"})), 20, []),
        (waiting(sent=frozenset({"transmitted", "reminder"})), 21, [Step.ESCALATE]),
        (waiting(at_risk=True, sent=frozenset({"transmitted", "reminder"})), 22, [Step.ESCALATE]),  # its letter is due
        (waiting(at_risk=True, sent=frozenset({"transmitted", "reminder", "escalation"})), 22, []),
        (waiting(at_risk=True), 45, [Step.ABANDON]),
        (waiting(State.TAKEN, at_risk=True), 45, [Step.TO_THE_TEAM]),
        (waiting(State.TAKEN, team=True), 45, [Step.ABANDON]),
        (waiting(State.PROMISED, due=START + timedelta(days=30)), 30, []),
        (waiting(State.PROMISED, due=START + timedelta(days=30)), 31, [Step.REMIND]),
        (waiting(State.PROMISED, due=START + timedelta(days=2)), 8, []),
        (waiting(able=False), 0, [Step.REROUTE]),
        (waiting(present=False), 0, [Step.REROUTE]),
        (waiting(State.TAKEN, present=False), 9, []),
        (waiting(State.ANSWERED, reachable=True), 0, [Step.TELL_END]),
        (waiting(State.WITHDRAWN, reachable=True, ended=START), 182, []),
        (waiting(State.ABANDONED, ended=START), 183, [Step.ARCHIVE]),
    ],
)
def test_what_is_due_at_each_age(held: Held, days: int, wanted: list[Step]) -> None:
    assert due(held, days) == wanted


@dataclass
class World:
    """Officers who go and come back, and questions that the clock and chance move, day after day."""

    officers: list[Officer]
    boxes: frozenset[int]
    held: dict[int, Held] = field(default_factory=dict)
    owner: dict[int, Owner] = field(default_factory=dict)
    rounds: dict[int, int] = field(default_factory=dict)
    told: list[tuple[int, int, Step]] = field(default_factory=list)  # question, round, letter

    def ask(self, number: int, asked: Asked, on: date, *, reachable: bool) -> None:
        self.held[number] = Held(State.ROUTED, on, on, reachable=reachable)
        self.give(number, asked, on)

    def give(self, number: int, asked: Asked, on: date, owner: Owner | None = None) -> None:
        owner = owner or route(asked, officers=self.officers, boxes=self.boxes, on=on)
        self.owner[number], self.rounds[number] = owner, self.rounds.get(number, 0) + 1
        sent = self.held[number].sent & {Notice.Kind.SILENCE}
        self.held[number] = replace(self.held[number], state=State.ROUTED, transmitted=on, at_risk=False, sent=sent)

    def seen(self, number: int, on: date) -> Held:
        owner = self.owner[number]
        officer = next((one for one in self.officers if one.person == owner.officer), None)
        able = officer is not None or (
            owner.officer is None and (owner.organisation is None or owner.organisation in self.boxes)
        )
        present = officer is None or officer.present(on)
        return replace(self.held[number], team=owner == TEAM, able=able, present=present)

    def do(self, number: int, asked: Asked, step: Step, on: date) -> None:
        held = self.held[number]
        if step in KIND:
            assert step in (Step.SILENCE, Step.TELL_END) or self.seen(number, on).present, "nobody away is written to"
            self.told.append((number, self.rounds[number], step))
            self.held[number] = replace(held, sent=held.sent | {KIND[step]})
        elif step in (Step.REROUTE, Step.TO_THE_TEAM):
            self.give(number, asked, on, TEAM if step is Step.TO_THE_TEAM else None)
        elif step is Step.ESCALATE:
            self.held[number] = replace(held, at_risk=True, sent=held.sent | {Notice.Kind.ESCALATION})
        elif step is Step.ABANDON:
            self.held[number] = replace(held, state=State.ABANDONED, ended=on)
        else:
            self.held[number] = replace(held, state=State.ARCHIVED)


absences = st.lists(st.tuples(st.integers(0, YEAR), st.integers(0, 30)), max_size=4).map(
    lambda rows: tuple((START + timedelta(first), START + timedelta(first + length)) for first, length in rows)
)
officers = st.builds(
    Officer,
    person=st.integers(1, 6),
    organisation=st.integers(1, 2),
    needs=st.frozensets(st.sampled_from(("rd", "export")), max_size=1),
    regions=st.frozensets(st.sampled_from(("r1", "r2")), max_size=1),
    away=absences,
)
asked = st.builds(
    Asked,
    organisation=st.sampled_from((None, 1, 2)),
    need=st.sampled_from(("", "rd", "export")),
    areas=st.sampled_from((frozenset(), frozenset({"r1", "qc"}), frozenset({"r2", "qc"}))),
)


def live_a_day(world: World, on: date, questions: dict[int, Asked], chance: Random) -> None:
    """What the clock does, run four times that day; then what must be true; then perhaps somebody takes a question."""
    for number, what in questions.items():
        for _ in range(4):
            for step in steps(world.seen(number, on), on=on, ages=AGES):
                world.do(number, what, step, on)
        owner, held = world.owner[number], world.seen(number, on)
        assert steps(held, on=on, ages=AGES) == [], "done once, nothing is due that day"
        if held.state in WAITING:
            assert owner == TEAM or owner.organisation is not None
            assert held.able, "whoever owns it may answer it"
            assert held.state != State.ROUTED or held.present, "nothing waits for somebody who is away"
        if held.state == State.ROUTED and chance.random() < 0.05:
            world.held[number] = replace(world.held[number], state=State.TAKEN)


@given(
    people=st.lists(officers, max_size=6, unique_by=lambda one: one.person),
    boxes=st.frozensets(st.integers(1, 2)),
    questions=st.lists(st.tuples(st.integers(0, 150), asked, st.booleans()), min_size=1, max_size=8),
    chance=st.randoms(use_true_random=False),
)
@settings(max_examples=25, deadline=None)
def test_a_year_of_days_leaves_no_question_without_an_owner_and_tells_nobody_twice(
    people: list[Officer], boxes: frozenset[int], questions: list[tuple[int, Asked, bool]], chance: Random
) -> None:
    world = World(people, boxes)
    for day in range(YEAR):
        on = START + timedelta(days=day)
        for number, (begins, what, reachable) in enumerate(questions):
            if begins == day:
                world.ask(number, what, on, reachable=reachable)
        live_a_day(world, on, {number: questions[number][1] for number in world.held}, chance)
    assert len(set(world.told)) == len(world.told), "no letter twice in a round"
    for number, (_, _, reachable) in enumerate(questions):
        assert world.held[number].state not in WAITING, "all of them ended in the year"
        ends = [told for told in world.told if told[0] == number and told[2] is Step.TELL_END]
        assert len(ends) == reachable, "how it ended is told, to who agreed"
        if not reachable:
            assert not [told for told in world.told if told[0] == number and told[2] is Step.SILENCE]


@given(
    people=st.lists(officers, max_size=6), what=asked, boxes=st.frozensets(st.integers(1, 2)), day=st.integers(0, YEAR)
)
def test_routing_chooses_somebody_who_may_or_the_next_one_never_nobody(
    people: list[Officer], what: Asked, boxes: frozenset[int], day: int
) -> None:
    on = START + timedelta(days=day)
    owner = route(what, officers=people, boxes=boxes, on=on)
    assert owner == route(what, officers=list(reversed(people)), boxes=boxes, on=on), "order is not heard"
    if owner.officer is None:
        assert owner in (TEAM, Owner(what.organisation))
        assert owner == TEAM or owner.organisation in boxes
        return
    chosen = [one for one in people if (one.person, one.organisation) == (owner.officer, owner.organisation)]
    assert any(one.present(on) for one in chosen)
    assert what.organisation is None or owner.organisation == what.organisation
    assert what.organisation is not None or any(what.need in one.needs for one in chosen)
