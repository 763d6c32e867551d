"""The page of ``alliage plan``: the safe plan, sources and uses, what limits it, what confirming adds, what to do next.

It is drawn from the answer as plain data, the same that ``--json`` gives and that the papers print.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from typing import Any

from alliage.cli.page import Page, Span
from alliage.cli.voice import Voice

Answer = Mapping[str, Any]

MOST_LIMITS = 6
MOST_CONFIRMATIONS = 5
MOST_LEFT_OUT = 5
MOST_DATES = 8
MOST_REASONS = 4


def plan_page(answer: Answer, *, voice: Voice, profile: str, written: Sequence[str]) -> Page:
    """The whole page; ``written`` are the files that the papers went to."""
    page, words = Page(), voice.words
    day = voice.day(date.fromisoformat(answer["on"]))
    name = answer.get("company")
    page.title(words("plan.title.of", name=name, day=day) if name else words("plan.title", day=day))
    if answer["project"]["lines"]:
        _plan(page, answer, voice)
    else:
        _to_fill(page, answer, voice)
    page.blank()
    for path in written:
        page.item("met", words("plan.written", path=path), indent=0)
    if not written and answer["project"]["lines"]:
        page.quiet(words("plan.papers", profile=profile))
    page.line(voice.wording.phrases["nothing_promised"][voice.lang])
    return page


def _plan(page: Page, answer: Answer, voice: Voice) -> None:
    _summary(page, answer, voice)
    _unheeded(page, answer, voice)
    _safe(page, answer, voice)
    _funds(page, answer, voice)
    _binding(page, answer["safe"].get("binding") or [], voice)
    _confirmations(page, answer.get("confirmations") or [], voice)
    _left_out(page, answer, voice)
    _what_if(page, answer.get("what_if") or [], voice)
    _dates(page, answer["calendar"], voice)
    _assumed(page, answer, voice)


def _to_fill(page: Page, answer: Answer, voice: Voice) -> None:
    """Without expenses there is nothing to share out: what to add to the profile, and how."""
    needed = [one for one in answer["assumptions"] if one["code"].endswith("-needed")]
    for one in needed:
        page.line(Span(voice.text(one["text"]), "strong"))
    costed = any(one["code"] == "expense-needed" for one in needed)
    for key in ("plan.fill.lines", "plan.fill.need" if costed else "plan.fill.cost"):
        page.item("bullet", voice.words(key))


# ------------------------------------------------------------------------------------------------ the head


def _headline(page: Page, answer: Answer, voice: Voice) -> None:
    """How much of how much; or that there is no plan yet, and what to confirm first."""
    plan, words = answer["safe"], voice.words
    late = plan["proof"]["code"] == "none-found"
    if plan["total"]:
        aid, cost = _down(plan["total"], voice), _up(answer["project"]["cost"], voice)
        said = words("plan.sum", aid=aid, cost=cost, share=_share(plan["share_of_cost"], voice))
    elif late:
        said = voice.text(plan["proof"]["text"])
    else:
        said = words("plan.sum.no-money" if plan["programmes"] else "plan.sum.none")
    page.line(Span(said, "strong"))
    if not (plan["programmes"] or late):
        page.line(_no_plan(answer, voice))


def _summary(page: Page, answer: Answer, voice: Voice) -> None:
    plan, words, cash = answer["safe"], voice.words, answer.get("cash") or {}
    _headline(page, answer, voice)
    facts = [words("plan.sum.own", own=_up(plan["own_funds"], voice))]
    if plan["guaranteed"]:
        key = "plan.sum.guaranteed" if plan["guaranteed"] == plan["vouched"] else "plan.sum.guaranteed-in-part"
        facts.append(words(key, guaranteed=_money(plan["guaranteed"], voice), loan=_money(plan["vouched"], voice)))
    if plan["in_kind"]:
        facts.append(words("plan.sum.kind", kind=_money(plan["in_kind"], voice)))
    if cash.get("bridge") and cash.get("month"):
        bridge, month = _up(cash["bridge"], voice), voice.partial(cash["month"])
        key = "plan.sum.bridge" if cash["in_hand"] is None else "plan.sum.to-find"
        facts.append(words(key, bridge=bridge, month=month) + _in_hand(cash, voice))
    elif cash.get("months"):
        facts.append(words("plan.sum.no-bridge"))
    page.line(" · ".join(facts))
    if plan["private"]:
        page.line(voice.text(plan["private"]["text"]))
    reachable = answer["reachable"]
    if reachable["total"] > plan["total"]:
        aid, share = _down(reachable["total"], voice), _share(reachable["share_of_cost"], voice)
        page.line(words("plan.reachable", aid=aid, share=share))
        if not reachable["proof"]["complete"]:
            page.line(voice.text(reachable["proof"]["text"]))
        if unknown := len(reachable["no_ceiling"]):
            page.line(words.count("plan.no-ceiling", unknown))


def _no_plan(answer: Answer, voice: Voice) -> str:
    """That there is no plan for a bank yet, and what to confirm first."""
    said = [voice.words("plan.sum.no-plan")]
    for one in (answer.get("confirmations") or [])[:1]:
        name, provider = voice.text(one["name"]), voice.text(one["provider"]["name"])
        said.append(voice.words("plan.sum.first", name=name, provider=provider))
    return " ".join(said)


def _in_hand(cash: Answer, voice: Voice) -> str:
    """The money from which the bridge was worked out, where the company says it has less than its own funds."""
    if cash["in_hand"] is None:
        return ""
    return voice.words("plan.sum.in-hand", in_hand=_money(cash["in_hand"], voice))


def _unheeded(page: Page, answer: Answer, voice: Voice) -> None:
    """Programmes that the person keeps and that the safe plan cannot hold, and why: said first, for it was asked."""
    for one in answer.get("unfit") or ():
        key = "plan.unfit.never" if one["never"] else "plan.unfit.later"
        page.item("missing", Span(voice.words(key, name=voice.text(one["name"])), "strong"), indent=0)
        for reason in one["reasons"]:
            page.item("bullet", _sentence(voice.text(reason["text"])), indent=2)
            if url := (reason.get("source") or {}).get("url"):
                page.quiet(url, indent=4)
        page.line(voice.text(one["undo"]), indent=2)


def _safe(page: Page, answer: Answer, voice: Voice) -> None:
    plan, words = answer["safe"], voice.words
    if not plan["programmes"]:
        return
    page.section(words("plan.safe"), note=words("plan.safe.means"))
    found = sorted(plan["programmes"], key=lambda one: -one["amount"])
    amounts = _received(_column([one["amount"] for one in found], voice, head=words("plan.table.amount")), found)
    worths = _column([one["worth"] for one in found], voice, head=words("plan.table.worth"))
    head, *rows = zip(amounts, worths, strict=True)
    wide = len(head[0]) + len(head[1]) + 4
    page.line(Span(f"{head[0]}  {head[1]}  {words('plan.table.programme')}", "quiet"), indent=1)
    for (amount, worth), one in zip(rows, found, strict=True):
        name, id_ = Span(voice.text(one["name"]), "strong"), Span(f"  {one['programme']}", "quiet")
        page.line(Span(amount, "strong"), f"  {worth}  ", name, id_, indent=1, hang=wide)
        for part in one["parts"]:
            page.line(" " * wide + _part(part, voice), indent=1, hang=wide)
            page.line(" " * wide, Span(_working(part, voice), "quiet"), indent=1, hang=wide)
            terms = "; ".join(voice.text(term["text"]) for term in part["terms"])
            if terms:
                page.line(" " * wide, Span(capital(terms), "quiet"), indent=1, hang=wide)
        about = f"{voice.text(one['provider']['name'])} · {_intake(one['intake'], voice)}"
        page.line(" " * wide, Span(about, "quiet"), indent=1, hang=wide)
    page.blank()
    page.quiet(words("plan.worth", worth=_down(plan["worth"], voice)), indent=1)
    page.quiet(voice.text(plan["proof"]["text"]), indent=1)


def _part(part: Answer, voice: Voice) -> str:
    kind, lines = voice.text(part["instrument_name"]), voice.text(part["expenses"])
    if not part["pays"]:
        return voice.words("plan.part.unpaid", note=voice.text(part["note"]), lines=lines)
    if not part.get("rate"):
        return voice.words("plan.part.no-rate", kind=kind, lines=lines)
    return voice.words("plan.part", kind=kind, rate=_rate(part["rate"], voice), lines=lines)


def _working(part: Answer, voice: Voice) -> str:
    """The arithmetic of an amount: what counts, what is taken off, the rate, the result."""
    return voice.words("plan.part.working", working=voice.text(part["working"]["text"]))


def _intake(intake: Answer, voice: Voice) -> str:
    """The state of an intake with the day that matters."""
    opens, closes = (voice.partial(intake[key]) if intake.get(key) else None for key in ("opens", "closes"))
    if opens and closes:
        return voice.words("intake.opens-until", day=opens, last=closes)
    if opens:
        return voice.words("intake.opens", day=opens)
    state = voice.phrase("intakes", intake["state"])
    return voice.words("intake.until", state=state, day=closes) if closes else state


# ------------------------------------------------------------------------------------------ sources and uses


def _funds(page: Page, answer: Answer, voice: Voice) -> None:
    plan, words, cost = answer["safe"], voice.words, answer["project"]["cost"]
    page.section(words("plan.funds"))
    given = sorted(plan["sources"], key=lambda row: (row["programme"] is None, -row["amount"]))
    sources = [(voice.text(row["name"]), row["amount"], _kind(row, voice)) for row in given if row["amount"]]
    uses = [
        (
            capital(voice.text(row["name"])),
            row["amount"],
            words("plan.uses.aid", aid=_money(row["aid"], voice)) if row["aid"] else "",
        )
        for row in plan["uses_by_kind"]
    ]
    for key, rows in (("plan.sources", sources), ("plan.uses", uses)):
        page.blank()
        page.line(Span(words(key), "strong"), indent=1)
        *amounts, total = _column([*(amount for _, amount, _ in rows), cost], voice)
        for (name, amount, note), written in zip(rows, amounts, strict=True):
            share = _share(amount / cost if cost else 0, voice).rjust(5)
            told = Span(f"  {note}" if note else "", "quiet")
            page.line(f"{written}  {share}  {name}", told, indent=1, hang=len(written) + 9)
        page.line(Span(f"{total}  {_share(1, voice):>5}  {words('plan.total')}", "strong"), indent=1)


def _kind(source: Answer, voice: Voice) -> str:
    """The kind of money of a programme: a loan is not a grant."""
    return voice.phrase("instruments", source["kind"]) if source["programme"] else ""


# --------------------------------------------------------------------------------- limits, confirmations, rest


def _binding(page: Page, rules: Sequence[Answer], voice: Voice) -> None:
    if not rules:
        return
    page.section(voice.words("plan.binding"))
    for rule in rules[:MOST_LIMITS]:
        said = (voice.text(rule["text"]), _loosening(rule.get("loosening"), voice))
        page.item("bullet", " ".join(_sentence(text) for text in said if text))
    _more(page, len(rules) - MOST_LIMITS, voice)


def _loosening(loosening: Answer | None, voice: Voice) -> str:
    if not loosening or loosening["worth"] < 1:
        return ""
    by = _points(loosening["by"], voice) if loosening["unit"] == "share" else _money(loosening["by"], voice)
    return voice.words("plan.loosening", by=by, worth=_down(loosening["worth"], voice))


def _confirmations(page: Page, found: Sequence[Answer], voice: Voice) -> None:
    if not found:
        return
    words = voice.words
    page.section(words("plan.confirm"))
    for one in found[:MOST_CONFIRMATIONS]:
        page.item("todo", Span(voice.text(one["name"]), "strong"), f" · {_adds(one, voice)}")
        for text in dict.fromkeys(voice.text(point["text"]) for point in one["what"]):
            page.line(text, indent=3)
        contact = one.get("contact") or {}
        reach = " · ".join(str(contact[key]) for key in ("phone", "email") if contact.get(key))
        provider = words("plan.confirm.ask", provider=voice.text(one["provider"]["name"]))
        page.quiet(" · ".join(filter(None, (provider, reach))), indent=3)
    _more(page, len(found) - MOST_CONFIRMATIONS, voice)


def _adds(one: Answer, voice: Voice) -> str:
    """More money; or the same or less, that is worth more; or nothing alone; or no time to know."""
    if one["worth"] is None:
        return voice.words("plan.confirm.no-time")
    if one["worth"] < 1:
        return voice.words("plan.confirm.together")
    if one["money"] < 1:
        return voice.words("plan.confirm.more")
    return voice.words("plan.confirm.worth", worth=_down(one["money"], voice))


def _left_out(page: Page, answer: Answer, voice: Voice) -> None:
    """Those that could enter, one by one, then those that could not, counted by reason."""
    found, cannot = answer.get("left_out") or [], answer["cannot_enter"]
    if found:
        page.section(voice.words("plan.left-out"))
    for one in found[:MOST_LEFT_OUT]:
        reasons = " ".join(_sentence(voice.text(reason["text"])) for reason in one["reasons"])
        page.item("bullet", Span(voice.text(one["name"]), "strong"), f" · {reasons}", indent=1)
        if one.get("with_it"):
            page.quiet(_with_it(one["with_it"], voice), indent=3)
    _more(page, len(found) - MOST_LEFT_OUT, voice)
    shut = Counter(voice.text(one["reason"]["text"]).rstrip(".") for one in cannot).most_common(MOST_REASONS)
    if shut:
        page.section(voice.words("plan.cannot"))
    for text, count in shut:
        page.item("bullet", voice.words.count("plan.cannot", count, reason=text), style="quiet")


def _with_it(best: Answer, voice: Voice) -> str:
    less = abs(best["difference"])
    if less < 1:
        return voice.words("plan.left-out.same")
    return voice.words("plan.left-out.less", worth=_up(less, voice))


def _what_if(page: Page, supposed: Sequence[Answer], voice: Voice) -> None:
    if not supposed:
        return
    words = voice.words
    page.section(words("plan.what-if"))
    for one in supposed:
        page.item("bullet", Span(one["asked"], "strong"))
        for end in ("safe", "reachable"):
            page.line(words(f"plan.what-if.{end}", change=_change(one[end], voice)), indent=3, hang=2)
        if one["begun"]:
            page.line(words("plan.what-if.begun"), indent=3, hang=2)


def _change(change: Answer | None, voice: Voice) -> str:
    """More or less money, and the programmes that come and go; or no time to know."""
    if change is None:
        return voice.words("plan.what-if.no-time")
    words, money = voice.words, change["money"]
    key = "plan.what-if.more" if money > 0 else "plan.what-if.less" if money else "plan.what-if.same"
    said = [words(key, money=_money(abs(money), voice))]
    if change["worth"]:
        way = "up" if change["worth"] > 0 else "down"
        said.append(words(f"plan.what-if.worth-{way}", worth=_money(abs(change["worth"]), voice)))
    names = {way: ", ".join(voice.text(one["name"]) for one in change[way]) for way in ("enter", "leave")}
    said += [words(f"plan.what-if.{way}", names=listed) for way, listed in names.items() if listed]
    return "; ".join(said)


def _dates(page: Page, entries: Sequence[Answer], voice: Voice) -> None:
    words = voice.words
    page.section(words("plan.dates"))
    if not entries:
        page.line(words("plan.dates.none"), indent=1)
    for entry in entries[:MOST_DATES]:
        day = voice.partial(entry["day"]) if entry["day"] else words("plan.dates.no-day")
        page.item("todo", Span(day, "strong"), f" · {voice.text(entry['text'])}")
    _more(page, len(entries) - MOST_DATES, voice)


def _sentence(text: str) -> str:
    """A text with the sign that ends it."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _assumed(page: Page, answer: Answer, voice: Voice) -> None:
    assumed = [voice.words("plan.assumed.lines")] if answer["project"]["assumed_lines"] else []
    said = dict.fromkeys([*assumed, *(voice.text(one["text"]) for one in answer["assumptions"])])
    if said:
        page.section(voice.words("plan.assumed"))
    for text in said:
        page.item("bullet", Span(text, "quiet"), style="quiet")


def _more(page: Page, rest: int, voice: Voice) -> None:
    if rest > 0:
        page.quiet(voice.words.count("plan.more", rest), indent=1)


# --------------------------------------------------------------------------------------------------- figures


def capital(text: str) -> str:
    """The same words with a capital."""
    return text[:1].upper() + text[1:]


def _money(value: float, voice: Voice) -> str:
    return voice.wording.money(Decimal(str(value)))


def _down(value: float, voice: Voice) -> str:
    """Aid, or what it is worth, in whole dollars: never said larger than it is."""
    return voice.wording.money(Decimal(str(value)).to_integral_value(ROUND_DOWN))


def _up(value: float, voice: Voice) -> str:
    """What the company pays or advances, in whole dollars: never said smaller than it is."""
    return voice.wording.money(Decimal(str(value)).to_integral_value(ROUND_UP))


def _points(share: float, voice: Voice) -> str:
    """A difference of shares, in points."""
    points = Decimal(str(share)) * 100
    one = abs(points) < 2 if voice.lang == "fr" else points == 1
    return voice.words("plan.point" if one else "plan.points", n=voice.wording.number(points))


def _received(amounts: Sequence[str], found: Sequence[Answer]) -> list[str]:
    """The amounts of programmes under their head; a dash for one that only guarantees."""
    head, *rows = amounts
    wide = len(head)
    return [head, *(row if one["amount"] else "–".rjust(wide) for row, one in zip(rows, found, strict=True))]


def _column(values: Sequence[float], voice: Voice, *, head: str | None = None) -> list[str]:
    """Amounts of one width, all with cents if one has some; under a head if there is one."""
    exact = [Decimal(str(value)) for value in values]
    whole = all(value == value.to_integral_value() for value in exact)
    write = voice.wording.money if whole else voice.wording.money_with_cents
    rows = [*([] if head is None else [head]), *(write(value) for value in exact)]
    wide = max(map(len, rows), default=0)
    return [row.rjust(wide) for row in rows]


def _share(value: float, voice: Voice) -> str:
    return voice.wording.share(Decimal(str(value)).quantize(Decimal("0.01")))


def _rate(value: float, voice: Voice) -> str:
    return voice.wording.share(Decimal(str(value)).quantize(Decimal("0.0001")).normalize())
