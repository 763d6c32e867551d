"""The plan of one profile with one person's wishes: asked of the core once, then remembered for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from threading import Lock
from typing import Any, TypeAlias

from alliage.core.financing.answer import financing_as_dict, plans_as_dict
from alliage.core.financing.answer_why import WhyAnswer
from alliage.core.financing.financing import Financing, plan_project
from alliage.core.financing.plan import End
from alliage.core.financing.wishes import Wishes
from alliage.core.financing.wording import PlanWords
from alliage.core.matching.results import match
from alliage.hub.finder.dossier import NO_WISH, Dossier
from alliage.hub.finder.forms.plan import MOST
from alliage.hub.finder.queries.engine import Engine, Found
from alliage.hub.finder.queries.plan_unfit import unfit_of

Answer: TypeAlias = Mapping[str, Any]

SECONDS = 2.0  # for each solving; a plan that is not proved by then says so
MOST_PLANS = 32


@dataclass(frozen=True)
class Planned:
    """A plan, and what is said of it: at once, once someone asks why, or whole on paper. Each is worked out once."""

    found: Found
    financing: Financing

    @cached_property
    def answer(self) -> Answer:
        """The plans, what limits the one that is shown, what to confirm, what cannot be kept."""
        answer = plans_as_dict(self.financing)
        end = shown(self.financing)
        answer[end.value]["binding"] = self._why.binding(end)
        return {
            **answer,
            "confirmations": self._why.confirmations(),
            "unfit": unfit_of(self.financing, words=self._words),
        }

    @cached_property
    def left_out(self) -> list[dict[str, Any]]:
        """The programmes that could enter and are not in the safe plan, and why."""
        return self._why.left_out()

    @cached_property
    def whole(self) -> Answer:
        """The whole answer, as ``alliage plan --json`` gives it."""
        return financing_as_dict(self.financing, seconds=SECONDS)

    @cached_property
    def _why(self) -> WhyAnswer:
        return WhyAnswer(self.financing, self._words, seconds=SECONDS)

    @cached_property
    def _words(self) -> PlanWords:
        return PlanWords(self.financing)


def shown(financing: Financing) -> End:
    """The plan that a page draws: the first that brings money, the safe one before; else one that guarantees."""
    safe, reachable = financing.safe, financing.reachable
    return End.SAFE if safe.total or (safe.used and not reachable.total) else End.REACHABLE


_plans: OrderedDict[tuple[int, Wishes], Planned] = OrderedDict()
_lock = Lock()


def planned(found: Found, dossier: Dossier) -> Planned | None:
    """The plan; ``None`` if there is nothing to finance yet. The latest few are kept."""
    wishes = wishes_of(dossier, found.engine)
    key = (id(found), wishes)
    with _lock:
        known = _plans.get(key)
        if known is not None and known.found is found:
            _plans.move_to_end(key)
            return known if known.financing.known else None
    engine = found.engine
    results = match(engine.catalogue, found.profile, on=engine.on, finder=engine.index.findings)
    made = Planned(found, plan_project(results, wishes=wishes, seconds=SECONDS))
    with _lock:
        _plans[key] = made
        while len(_plans) > MOST_PLANS:
            _plans.popitem(last=False)
    return made if made.financing.known else None


def wishes_of(dossier: Dossier, engine: Engine) -> Wishes:
    """The wishes as the core reads them; a programme that the catalogue no longer has is left out."""
    less_debt, fewer_files, sooner = (Fraction(value, MOST) for value in dossier.wishes or NO_WISH)
    return Wishes(less_debt, fewer_files, sooner, _known(dossier.pinned, engine), _known(dossier.banned, engine))


def _known(ids: Iterable[str], engine: Engine) -> frozenset[str]:
    current = (engine.catalogue.redirects.get(id_, id_) for id_ in ids)
    return frozenset(id_ for id_ in current if id_ in engine.at)
