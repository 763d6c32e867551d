"""Why not the others, and what if: what explains a plan, once someone asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.queries.plan_changes import Trial
from alliage.hub.finder.queries.plan_figures import Answer, amounts, down, exact, up
from alliage.hub.finder.queries.plan_page import NONE_FOUND, Group, Named, cannot_enter
from alliage.hub.finder.queries.voice import Voice


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A programme that fits and is not in the plan: why, and what the plan would be with it."""

    id: str
    name: str
    reasons: tuple[tuple[str, Answer | None], ...]
    total: str  # the best plan that contains it; nothing if no plan can
    less: str  # what that plan is worth less; nothing if it is worth the same
    banned: bool
    no_time: bool  # the time was over before a plan that contains it was found


@dataclass(frozen=True, slots=True)
class WhysPage:
    """Programmes left out that a plan could contain, those that none can yet, and what cannot enter at all."""

    left_out: tuple[LeftOut, ...]
    not_yet: tuple[LeftOut, ...]
    cannot: tuple[Group, ...]


def whys_page(left_out: Iterable[Answer], cannot: Iterable[Answer], dossier: Dossier, *, voice: Voice) -> WhysPage:
    """The page of what is not in the safe plan; the plans that come nearest first."""
    told = [_left_out(one, dossier, voice) for one in sorted(left_out, key=_nearness)]
    return WhysPage(
        left_out=tuple(one for one in told if one.total or one.no_time),
        not_yet=tuple(one for one in told if not (one.total or one.no_time)),
        cannot=cannot_enter(cannot, voice=voice),
    )


def _nearness(one: Answer) -> tuple[bool, Any, str]:
    found = one["with_it"]
    return (found is None, -exact(found["worth"]) if found else 0, one["programme"])


def _left_out(one: Answer, dossier: Dossier, voice: Voice) -> LeftOut:
    found = one["with_it"]
    less = -exact(found["difference"]) if found else 0
    return LeftOut(
        id=one["programme"],
        name=voice.text(one["name"]),
        reasons=tuple({voice.text(reason["text"]): reason.get("source") for reason in one["reasons"]}.items()),
        total=down(found["total"], voice=voice) if found else "",
        less=up(less, voice=voice) if less >= 1 else "",
        banned=one["programme"] in dossier.banned,
        no_time=any(reason["code"] == "no-time" for reason in one["reasons"]),
    )


# --------------------------------------------------------------------------------------------------- what if


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of the plan of now, and of the other."""

    name: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The plan of now beside the plan of a project a little different. ``sign``: more, less, the same aid; or ``late``.

    ``late``: the time was over before both plans were found, and there is nothing to compare. ``aid`` is empty if the
    other plan is sure of none. ``begun``: an expense is dated before the day on which the company would ask.
    """

    words: str
    sign: str
    difference: str
    aid: str
    figures: tuple[Compared, ...]
    enter: tuple[Named, ...]
    leave: tuple[Named, ...]
    begun: bool


def comparison(now: Answer, trial: Trial, *, voice: Voice) -> Comparison:
    """What a change gives, in the safe plan."""
    then = trial.answer
    late = NONE_FOUND in (now["safe"]["proof"]["code"], then["safe"]["proof"]["code"])
    gained = exact(then["safe"]["total"]) - exact(now["safe"]["total"])
    return Comparison(
        words=trial.words,
        sign="late" if late else "more" if gained >= 1 else "less" if gained <= -1 else "same",
        difference=down(abs(gained), voice=voice),
        aid=down(then["safe"]["total"], voice=voice) if exact(then["safe"]["total"]) >= 1 else "",
        figures=() if late else tuple(_figures(now, then, voice)),
        enter=() if late else _only(then, now, voice),
        leave=() if late else _only(now, then, voice),
        begun=trial.begun,
    )


def _figures(now: Answer, then: Answer, voice: Voice) -> Iterable[Compared]:
    for name, where in (("cost", "project"), ("total", "safe"), ("own_funds", "safe"), ("reachable", "reachable")):
        if name == "reachable" and NONE_FOUND in (now[where]["proof"]["code"], then[where]["proof"]["code"]):
            continue
        field = "total" if name == "reachable" else name
        yield Compared(name, *amounts([now[where][field], then[where][field]], voice=voice))


def _only(one: Answer, other: Answer, voice: Voice) -> tuple[Named, ...]:
    known = {row["programme"] for row in other["safe"]["programmes"]}
    return tuple(
        Named(row["programme"], voice.text(row["name"]))
        for row in one["safe"]["programmes"]
        if row["programme"] not in known
    )
