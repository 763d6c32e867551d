"""The plan of one profile with one person's wishes: asked of the core once, then remembered for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from threading import Lock
from typing import Any, TypeAlias, TypeVar

from alliage.core.financing.allowance import Countdown
from alliage.core.financing.answer import explained_as_dict, plans_as_dict
from alliage.core.financing.answer_why import WhyAnswer
from alliage.core.financing.financing import Financing, plan_project
from alliage.core.financing.plan import End
from alliage.core.financing.wishes import Wishes
from alliage.core.financing.wording import PlanWords
from alliage.core.matching.results import match
from alliage.hub.finder.dossier import NO_WISH, Dossier
from alliage.hub.finder.forms.plan import MOST
from alliage.hub.finder.queries.engine import Engine, Found
from alliage.hub.ui.day import passing

Answer: TypeAlias = Mapping[str, Any]
Told = TypeVar("Told")

SECONDS = 4.0  # for all the plans of one request; one that is not proved in its share of them says so
MOST_PLANS = 32
AGAIN = 600.0  # seconds after which a plan that is not proved is looked for again


def allowance() -> Countdown:
    """The time that one request may take to plan and to explain."""
    return Countdown(SECONDS, clock=passing)


@dataclass(frozen=True)
class Planned:
    """A plan, and what is said of it: at once, once someone asks why, or whole on paper. Each is worked out once.

    Each request brings the ``time`` that it has; what is known already takes none. What lacked time is not kept: the
    next request may have more. A plan that is not proved is too hard for that: what is said of it is kept as it is, and
    the plan itself is made again after ``AGAIN`` seconds.
    """

    found: Found
    financing: Financing
    known: dict[str, Any] = field(default_factory=dict)
    made: float = field(default_factory=lambda: passing())  # noqa: PLW0108  # looked up when a plan is made

    @property
    def proved(self) -> bool:
        """Whether both plans are proved: with more time, they would be the same."""
        return self.financing.safe.proof.complete and self.financing.reachable.proof.complete

    @property
    def stands(self) -> bool:
        """Whether it may be shown again: one that is not proved, for a while."""
        return self.proved or passing() - self.made < AGAIN

    def plans(self) -> Answer:
        """The plans, without their reasons: nothing is solved again."""
        return self._once("plans", lambda: (plans_as_dict(self.financing), True))

    def answer(self, *, time: Countdown) -> Answer:
        """The plans, what limits the one that is shown, what to confirm, what cannot be kept."""
        return self._once("answer", lambda: self._answer(time))

    def left_out(self, *, time: Countdown) -> list[dict[str, Any]]:
        """The programmes that could enter and are not in the safe plan, and why."""
        why = self._why(time)
        return self._once("left_out", lambda: (why.left_out(), why.in_time))

    def whole(self, *, time: Countdown) -> Answer:
        """The whole answer, as ``alliage plan --json`` gives it."""
        why = self._why(time)
        return self._once("whole", lambda: (explained_as_dict(why), why.in_time))

    def _answer(self, time: Countdown) -> tuple[Answer, bool]:
        plans, end, why = self.plans(), shown(self.financing), self._why(time)
        answer = {
            **plans,
            end.value: {**plans[end.value], "binding": why.binding(end)},
            "confirmations": why.confirmations(),
            "unfit": why.unfit(),
        }
        return answer, why.in_time

    def _why(self, time: Countdown) -> WhyAnswer:
        return WhyAnswer(self.financing, PlanWords(self.financing), seconds=time)

    def _once(self, name: str, make: Callable[[], tuple[Told, bool]]) -> Told:
        """What is known by a name; else what is made, kept unless it lacked time that a next request may have."""
        if name in self.known:
            known: Told = self.known[name]
            return known
        told, in_time = make()
        if in_time or not self.proved:
            self.known[name] = told
        return told


def shown(financing: Financing) -> End:
    """The plan that a page draws: the first that brings money, the safe one before; else one that guarantees."""
    safe, reachable = financing.safe, financing.reachable
    return End.SAFE if safe.total or (safe.used and not reachable.total) else End.REACHABLE


_plans: OrderedDict[tuple[int, Wishes], Planned] = OrderedDict()
_lock = Lock()


def planned(found: Found, dossier: Dossier, *, time: Countdown) -> Planned | None:
    """The plan; ``None`` if there is nothing to finance yet. The latest few are kept, if a plan was found in time."""
    wishes = wishes_of(dossier, found.engine)
    key = (id(found), wishes)
    with _lock:
        known = _plans.get(key)
        if known is not None and known.found is found and known.stands:
            _plans.move_to_end(key)
            return known if known.financing.known else None
    engine = found.engine
    results = match(engine.catalogue, found.profile, on=engine.on, finder=engine.index.findings)
    made = Planned(found, plan_project(results, wishes=wishes, seconds=time))
    if _in_time(made.financing):
        with _lock:
            _plans[key] = made
            while len(_plans) > MOST_PLANS:
                _plans.popitem(last=False)
    return made if made.financing.known else None


def _in_time(financing: Financing) -> bool:
    """Whether each plan is proved, or at least there."""
    return financing.safe.found and financing.reachable.found


def wishes_of(dossier: Dossier, engine: Engine) -> Wishes:
    """The wishes as the core reads them; a programme that the catalogue no longer has is left out."""
    less_debt, fewer_files, sooner = (Fraction(value, MOST) for value in dossier.wishes or NO_WISH)
    return Wishes(less_debt, fewer_files, sooner, _known(dossier.pinned, engine), _known(dossier.banned, engine))


def _known(ids: Iterable[str], engine: Engine) -> frozenset[str]:
    current = (engine.catalogue.redirects.get(id_, id_) for id_ in ids)
    return frozenset(id_ for id_ in current if id_ in engine.at)
