"""The page of the plan: the core's answer (``alliage plan --json``) as what a hurried manager reads first to last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import ngettext

from alliage.hub.finder.dossier import NO_WISH, Dossier
from alliage.hub.finder.forms.plan import MOST, STEP, WISHES
from alliage.hub.finder.queries.plan_cash import CashChart, cash_chart
from alliage.hub.finder.queries.plan_chart import FAMILIES, Chart, chart
from alliage.hub.finder.queries.plan_figures import Answer, down, exact, percent, up
from alliage.hub.finder.queries.plan_rows import Row, only_reachable, rows
from alliage.hub.finder.queries.voice import Voice
from alliage.hub.ui.words import day_of

ASK, NOTHING, LATE, READY = "ask", "nothing", "late", "ready"
NONE_FOUND = "none-found"


@dataclass(frozen=True, slots=True)
class Headline:
    """The first ten seconds. Aid is rounded down to the dollar, what the company pays is rounded up."""

    aid: str
    payers: int  # how many programmes bring it
    cost: str
    own: str
    private: str  # the private money that the company says it has, and what is missing; nothing if it did not say
    share: str
    in_kind: str
    guaranteed: str  # vouched for, never received; nothing if nothing is
    lent: str  # the loans of which that is a share; nothing if they are vouched for in full
    repaid: str  # of the aid, what is to be paid back; nothing if nothing is
    more: str  # what confirming would add
    most: str  # and then the whole
    no_ceiling: int  # for how many programmes of it no ceiling is supposed
    points: int  # how many programmes there are to confirm
    proof: str  # how sure it is that no plan is worth more
    proved: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """A rule that binds, and what loosening it would give."""

    text: str
    source: Answer | None
    by: str = ""
    worth: str = ""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Whom to ask, about what, and what it is worth."""

    id: str
    name: str
    provider: str
    contact: Answer
    note: str  # whom exactly, if that is not only the provider's name
    what: tuple[str, ...]
    worth: bool  # alone; else only together with others, or there was no time to know
    no_time: bool
    money: str  # nothing: the same sum or less, that is worth more


@dataclass(frozen=True, slots=True)
class Named:
    """A programme by its name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """Programmes that cannot enter for the same reason."""

    reason: str
    programmes: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the calendar."""

    day: Any
    kind: str
    text: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Lost:
    """A programme that the person keeps and cannot have, the rules in the way, and what to undo."""

    id: str
    name: str
    rules: tuple[Limit, ...]
    undo: str
    unpin: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Unfit:
    """What the person keeps and cannot have: in no plan, or not in the safe one."""

    never: tuple[Lost, ...]
    later: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class Slider:
    """One preference as it stands."""

    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Wished:
    """The preferences, what is kept in the plan and what is put aside."""

    sliders: tuple[Slider, ...]
    step: int
    most: int
    changed: bool
    pinned: tuple[Named, ...]
    banned: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """What must be advanced until the aid comes. ``known``: whether it can be told at all.

    ``in_hand``: the private money that the company says it has, where that is less than its own funds.
    """

    amount: str
    month: str
    in_hand: str
    terms: str
    known: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The whole page as plain data.

    ``state``: to ask for the budget, nothing to plan with, no time to find a plan, or ready.
    """

    state: str
    wished: Wished
    headline: Headline | None = None
    chart: Chart | None = None
    safe: bool = True  # the drawing is of the safe plan, else of the reachable one
    rows: tuple[Row, ...] = ()
    others: tuple[Row, ...] = ()  # only in the reachable plan, or there for more
    limits: tuple[Limit, ...] = ()
    unfit: Unfit | None = None
    confirmations: tuple[Confirmation, ...] = ()
    together: tuple[Confirmation, ...] = ()
    calendar: tuple[Entry, ...] = ()
    bridge: Bridge | None = None
    cash: CashChart | None = None
    cannot: tuple[Group, ...] = ()
    empty: bool = False  # nothing is in the safe plan, and that is proved: there is nothing for a bank yet
    assumed_lines: bool = False
    assumptions: tuple[str, ...] = ()

    @property
    def first(self) -> Confirmation | None:
        """What to confirm before all else."""
        return next(iter((*self.confirmations, *self.together)), None)


def plan_page(answer: Answer | None, dossier: Dossier, *, voice: Voice) -> PlanPage:
    """The page of an answer; ``None`` if the cost of the project is not known."""
    wished = _wished(dossier, voice)
    if answer is None or not answer["project"]["lines"]:
        return PlanPage(ASK, wished)
    safe, reachable = answer["safe"], answer["reachable"]
    sure = exact(safe["total"]) > 0 or (safe["programmes"] and not exact(reachable["total"]))
    shown = safe if sure else reachable  # as `planning.shown`
    confirmations = [_confirmation(one, voice) for one in answer["confirmations"]]
    return PlanPage(
        state=_state(safe, shown),
        wished=wished,
        headline=_headline(answer, shown, voice),
        chart=chart(shown, voice=voice),
        safe=shown is safe,
        rows=rows(safe["programmes"], dossier, voice=voice),
        others=rows(only_reachable(safe, reachable), dossier, voice=voice),
        limits=tuple(limit(one, voice=voice) for one in shown["binding"]),
        unfit=_unfit(answer, voice),
        confirmations=tuple(one for one in confirmations if one.worth or one.no_time),
        together=tuple(one for one in confirmations if not (one.worth or one.no_time)),
        calendar=tuple(_entry(one, voice) for one in answer["calendar"]),
        bridge=_bridge(answer["cash"], voice),
        cash=cash_chart(answer["cash"], voice=voice),
        cannot=cannot_enter(answer["cannot_enter"], voice=voice),
        empty=not safe["programmes"] and safe["proof"]["code"] != NONE_FOUND,
        assumed_lines=bool(answer["project"]["assumed_lines"]),
        assumptions=tuple(voice.text(one["text"]) for one in answer["assumptions"]),
    )


def _state(safe: Answer, shown: Answer) -> str:
    if shown["programmes"] or exact(shown["total"]) > 0:
        return READY
    return LATE if NONE_FOUND in (safe["proof"]["code"], shown["proof"]["code"]) else NOTHING


# ------------------------------------------------------------------------------------------- ten seconds


def _headline(answer: Answer, shown: Answer, voice: Voice) -> Headline:
    safe, reachable = answer["safe"], answer["reachable"]
    total, most, cost = exact(safe["total"]), exact(reachable["total"]), exact(answer["project"]["cost"])
    repaid = sum((exact(one["amount"]) for one in safe["sources"] if FAMILIES.get(one["kind"]) == "debt"), Decimal(0))
    proof = safe["proof"] if safe["proof"]["code"] == NONE_FOUND else shown["proof"]
    return Headline(
        aid=down(total, voice=voice) if total > 0 else "",
        payers=sum(exact(one["amount"]) > 0 for one in safe["programmes"]),
        cost=up(cost, voice=voice),
        own=up(safe["own_funds"], voice=voice),
        private=voice.text(safe["private"]["text"]) if safe["private"] else "",
        share=percent(total / cost, voice=voice) if cost else "",
        in_kind=down(safe["in_kind"], voice=voice) if exact(safe["in_kind"]) > 0 else "",
        guaranteed=down(safe["guaranteed"], voice=voice) if exact(safe["guaranteed"]) > 0 else "",
        lent=down(safe["vouched"], voice=voice) if exact(safe["vouched"]) > exact(safe["guaranteed"]) else "",
        repaid=down(repaid, voice=voice) if repaid > 0 else "",
        more=down(most - total, voice=voice) if most - total >= 1 else "",
        most=down(most, voice=voice),
        no_ceiling=len(reachable["no_ceiling"]),
        points=len(answer["confirmations"]),
        proof=voice.text(proof["text"]),
        proved=bool(proof["complete"]),
    )


# --------------------------------------------------------------------------------- what binds, what to confirm


def limit(rule: Answer, *, voice: Voice) -> Limit:
    """A rule in words, with its source and what loosening it would give."""
    gain = rule.get("loosening")
    if not gain or exact(gain["worth"]) < 1:
        return Limit(voice.text(rule["text"]), rule.get("source"))
    by = _points(gain["by"], voice) if gain["unit"] == "share" else down(gain["by"], voice=voice)
    return Limit(voice.text(rule["text"]), rule.get("source"), by, down(gain["worth"], voice=voice))


def _points(share: Any, voice: Voice) -> str:
    """A difference of shares, in points."""
    points = Decimal(str(share)) * 100
    said = ngettext("%(points)s point de pourcentage", "%(points)s points de pourcentage", int(points) or 1)
    return voice.typeset(said % {"points": voice.wording.number(points)})


def _confirmation(one: Answer, voice: Voice) -> Confirmation:
    contact, provider = one.get("contact") or {}, voice.text(one["provider"]["name"])
    note = voice.text(contact["note"]) if contact.get("note") else ""
    return Confirmation(
        id=one["programme"],
        name=voice.text(one["name"]),
        provider=provider,
        contact=contact,
        note="" if note == provider else note,
        what=tuple(dict.fromkeys(voice.text(point["text"]) for point in one["what"])),
        worth=exact(one["worth"] or 0) >= 1,
        no_time=one["worth"] is None,
        money=down(one["money"], voice=voice) if exact(one["money"] or 0) >= 1 else "",
    )


def _unfit(answer: Answer, voice: Voice) -> Unfit | None:
    found = answer.get("unfit") or ()
    if not found:
        return None
    never, later = (tuple(_lost(one, voice) for one in found if one["never"] is end) for end in (True, False))
    return Unfit(never, later)


def _lost(one: Answer, voice: Voice) -> Lost:
    return Lost(
        id=one["programme"],
        name=voice.text(one["name"]),
        rules=tuple(limit(rule, voice=voice) for rule in one["reasons"]),
        undo=voice.text(one["undo"]),
        unpin=named(one["unpin"], voice=voice),
    )


def named(ids: Sequence[str], *, voice: Voice) -> tuple[Named, ...]:
    """Programmes by their names; those that the catalogue no longer has are left out."""
    return tuple(Named(one["id"], one["name"]) for one in voice.programmes(ids))


def cannot_enter(outside: Iterable[Answer], *, voice: Voice) -> tuple[Group, ...]:
    """What cannot enter, by reason: those that keep most out first."""
    by_reason: dict[str, list[Named]] = {}
    for one in outside:
        by_reason.setdefault(voice.text(one["reason"]["text"]), []).append(
            Named(one["programme"], voice.text(one["name"]))
        )
    ranked = sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Group(reason, tuple(sorted(kept, key=lambda one: one.name))) for reason, kept in ranked)


# ------------------------------------------------------------------------------------------- days and months


def _entry(one: Answer, voice: Voice) -> Entry:
    return Entry(day_of(one["day"]), one["kind"], voice.text(one["text"]), bool(one["certain"]))


def _bridge(cash: Answer, voice: Voice) -> Bridge:
    bridge, month = cash.get("bridge"), cash.get("month")
    needed = bridge is not None and exact(bridge) > 0
    return Bridge(
        up(bridge, voice=voice) if needed else "",
        voice.partial(month) if needed and month else "",
        "" if cash["in_hand"] is None else down(cash["in_hand"], voice=voice),
        voice.text(cash["terms"]),
        known=bridge is not None,
    )


# ------------------------------------------------------------------------------------------------ the wishes


def _wished(dossier: Dossier, voice: Voice) -> Wished:
    values = dossier.wishes or NO_WISH
    return Wished(
        sliders=tuple(Slider(name, value) for name, value in zip(WISHES, values, strict=True)),
        step=STEP,
        most=MOST,
        changed=bool(dossier.wishes or dossier.pinned or dossier.banned),
        pinned=named(dossier.pinned, voice=voice),
        banned=named(dossier.banned, voice=voice),
    )
