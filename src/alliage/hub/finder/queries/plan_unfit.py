"""What the person keeps and cannot have: in no plan at all, with the rules in the way by name; or not yet sure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from alliage.core.allowance import Countdown
from alliage.core.financing.ends import Absence
from alliage.core.financing.financing import Financing
from alliage.core.financing.plan import End
from alliage.core.financing.why import LeftOut, unfit
from alliage.core.financing.wording import PlanWords

Reason = dict[str, Any]


def unfit_of(financing: Financing, *, words: PlanWords, time: Countdown) -> Mapping[str, Any]:
    """``never``: programmes that no plan holds; ``rules``: why; ``later``: those of the reachable plan alone.

    ``in_time``: the time was long enough to say why.
    """
    lost = (
        unfit(financing.problem(End.REACHABLE), financing.reachable, seconds=time) if financing.reachable.unfit else ()
    )
    rules = [*_outside(financing, words), *(reason for one in lost for reason in _reasons(one, words))]
    never = financing.unfit | set(financing.reachable.unfit)
    return {
        "never": sorted(never),
        "rules": list({reason["text"]["fr"]: reason for reason in rules}.values()),
        "in_time": not any(one.no_time for one in lost),
        "later": sorted(set(financing.safe.unfit) - never),
    }


def _outside(financing: Financing, words: PlanWords) -> Iterator[Reason]:
    """Why those that cannot enter at all cannot."""
    for one in financing.offered.outside:
        if one.result.match.programme.id in financing.unfit:
            yield {"text": words.reason(one.code), "source": None}


def _reasons(one: LeftOut, words: PlanWords) -> Iterator[Reason]:
    if one.absence is Absence.NO_LINE:
        yield {"text": words.reason("no-line"), "source": None}
    if one.no_time:
        programme = words.programme(one.offer)
        yield {"text": words.phrase("plan_rules", "no-reason", programme=programme), "source": None}
    for rule in one.rules:
        yield {"text": words.rule(rule, end=End.REACHABLE), "source": words.source_of_rule(rule)}
