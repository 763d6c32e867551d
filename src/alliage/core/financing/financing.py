"""The financing of a project: the safe plan, the reachable plan, and what each rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from alliage.core.allowance import Seconds
from alliage.core.financing.offers import Offered, offered
from alliage.core.financing.plan import End, Plan
from alliage.core.financing.problem import Problem
from alliage.core.financing.solving import solve
from alliage.core.financing.wishes import Wishes, preferences_of
from alliage.core.matching.results import Results


@dataclass(frozen=True, slots=True)
class Financing:
    """The two plans of a project on a day. ``unfit``: pinned programmes that cannot enter any plan.

    ``seconds`` is what the plans were asked with: a number of seconds for each of the two, or a :class:`.Countdown` for
    all; what is supposed of these plans is asked with the same.
    """

    results: Results
    wishes: Wishes
    held: frozenset[str]
    offered: Offered
    safe: Plan
    reachable: Plan
    unfit: frozenset[str]
    seconds: Seconds = None

    @property
    def known(self) -> bool:
        """Whether there was a cost to finance; without one, both plans are empty."""
        return bool(self.offered.problem.lines)

    def plan(self, end: End) -> Plan:
        """The plan of one end."""
        return self.safe if end is End.SAFE else self.reachable

    def problem(self, end: End) -> Problem:
        """The problem that the plan of one end solves."""
        return self.offered.safe_problem if end is End.SAFE else self.offered.problem


def plan_project(
    results: Results, *, wishes: Wishes | None = None, held: frozenset[str] = frozenset(), seconds: Seconds = None
) -> Financing:
    """The lawful mix of aid that is worth most to a matched project, at both ends of what is not known.

    ``held`` names programmes that the company has already, so that what requires them is met. ``seconds`` bounds each
    plan, a :class:`.Countdown` all of them: the best plan found is then given, with its gap. A pinned programme that
    cannot enter is in ``unfit``.

    Raises:
        AlliageError: ``programme-unknown``, a pin or a ban that is no programme; ``plan-…``, an amount that makes none.
    """
    wishes = wishes or Wishes()
    asked = offers_of(results, wishes=wishes, held=held)
    return Financing(
        results=results,
        wishes=wishes,
        held=held,
        offered=asked.offered,
        safe=solve(asked.offered.safe_problem, end=End.SAFE, seconds=seconds),
        reachable=solve(asked.offered.problem, end=End.REACHABLE, seconds=seconds),
        unfit=asked.unfit,
        seconds=seconds,
    )


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What is asked of a plan: the offers with the pins that may enter, and those that cannot enter any plan."""

    offered: Offered
    unfit: frozenset[str]


def offers_of(results: Results, *, wishes: Wishes, held: frozenset[str]) -> AskedOf:
    """The problem of a matched project with what the person prefers.

    Raises:
        AlliageError: ``programme-unknown``.
    """
    preferences = preferences_of(results.catalogue, wishes)
    found = offered(results, preferences=preferences, held=held)
    unfit = preferences.pinned - found.entries.keys()
    kept = replace(preferences, pinned=preferences.pinned - unfit)
    return AskedOf(replace(found, problem=replace(found.problem, preferences=kept)), unfit)
