"""The page for the bank as plain data: every word and figure of it, ready to be laid out by ``plan.typ``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from alliage.papers.printable import LONGEST_TYPED
from alliage.papers.words import Words

Answer = Mapping[str, Any]

LONGEST = 140  # signs of a programme's name on the page, which keeps its shape; the annex has names whole
MOST_ROWS = 8  # sources, uses
MOST_PROGRAMMES = 6
MOST_POINTS = 6  # confirmations, dates: the page takes as many of them as it can hold
# The terms without which the first page would mislead: what a loan is. The annex has all.
MAIN_TERMS = ("months", "months-at-most", "interest-free", "interest", "repaid-from")
REPAID = ("loan", "repayable-contribution")  # kinds of money that are paid back
# The family of colours of each kind of money; `plan.typ` has the colours.
FAMILIES = {
    "grant": "given",
    "wage-subsidy": "given",
    "voucher": "given",
    "tax-credit": "tax",
    "tax-deduction": "tax",
    "repayable-contribution": "owed",
    "loan": "owed",
    "loan-guarantee": "owed",
    "equity": "owed",
    "own": "own",
    "in-kind": "kind",
}


def sheet(answer: Answer, *, words: Words) -> dict[str, Any]:
    """The first page: heading, four figures, sources and uses, programmes, confirmations, dates, proof, notice."""
    plan, project = answer["safe"], answer["project"]
    return {
        "lang": words.lang,
        "to_fill": to_fill(answer, words=words),
        "heading": heading(answer, words=words),
        "figures": list(_figures(answer, words)),
        "chart": _chart(plan, project, words),
        "programmes": _programmes(plan, words),
        "confirm": _confirm(answer, words),
        "dates": _dates(answer, words),
        "proof": _proof(answer, words),
        "notice": words.notice(),
    }


def heading(answer: Answer, *, words: Words) -> dict[str, str]:
    """What the paper is, for whom, about what, and when it was made."""
    company, title = (typed(answer, key, words=words) for key in ("company", "title"))
    paper, cost = words("page.paper"), answer["project"]["cost"]
    project = words("page.project", amount=words.money(cost)) if cost else paper
    return {
        "paper": paper,
        "company": company,
        "title": title or project,
        "document": words("page.for", company=company) if company else paper,
        "description": words("page.description"),
        "day": words("page.day", day=words.day(answer["on"])),
        "mark": words("page.mark"),
        "number": words("page.number", page="#", pages="##"),
    }


def to_fill(answer: Answer, *, words: Words) -> str:
    """What is missing for a plan; nothing if the project has expenses."""
    if answer["project"]["lines"]:
        return ""
    return " ".join(words.text(one["text"]) for one in answer["assumptions"] if one["code"].endswith("-needed"))


def typed(answer: Answer, key: str, *, words: Words) -> str:
    """What a person typed, as it can be printed: whole up to the limit that the doors have."""
    return _short(words.text(answer.get(key)), longest=LONGEST_TYPED)


def _short(text: str, *, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _figures(answer: Answer, words: Words) -> Iterator[dict[str, str]]:
    plan, cash = answer["safe"], answer.get("cash") or {}
    yield {
        "label": words("figures.cost"),
        "value": words.up(answer["project"]["cost"]),
        "note": words("figures.in-kind", amount=words.money(plan["in_kind"])) if plan["in_kind"] else "",
    }
    yield {
        "label": words("figures.aid"),
        "value": words.down(plan["total"]),
        "note": _share_and_debt(plan, words),
        "strong": "yes",
    }
    yield {
        "label": words("figures.own"),
        "value": words.up(plan["own_funds"]),
        "note": words.text(plan["private"]["text"]) if plan["private"] else words("figures.own-note"),
    }
    if cash.get("months"):
        yield {
            "label": words("figures.bridge") if cash["in_hand"] is None else words("figures.to-find"),
            "value": words.up(cash.get("bridge") or 0),
            "note": _bridge_note(cash, words),
        }


def _bridge_note(cash: Answer, words: Words) -> str:
    """When the lack is deepest, and with what money in hand if that is less than own funds."""
    if not (cash.get("bridge") and cash.get("month")):
        return words("figures.bridge-none")
    month = words.day(cash["month"])
    if cash["in_hand"] is None:
        return words("figures.bridge-note", month=month)
    return words("figures.bridge-in-hand", month=month, amount=words.money(cash["in_hand"]))


def _share_and_debt(plan: Answer, words: Words) -> str:
    """The share of the cost that the aid is, and what of it is to be paid back."""
    share = words.share(plan["share_of_cost"])
    repaid = sum(row["amount"] for row in plan["sources"] if row["kind"] in REPAID)
    return (
        words("figures.repaid", share=share, amount=words.money(repaid))
        if repaid
        else words("figures.share", share=share)
    )


# -------------------------------------------------------------------------------------------- sources and uses


def _chart(plan: Answer, project: Answer, words: Words) -> dict[str, Any]:
    sources = [
        {
            "name": _short(words.text(row["name"])),
            "kind": words.phrase("instruments", row["kind"]) if row["programme"] else "",
            "family": FAMILIES.get(row["kind"], "owed"),
            "money": row["amount"],
        }
        for row in sorted(plan["sources"], key=lambda row: (row["programme"] is None, -row["amount"]))
        if row["amount"]
    ]
    uses = [
        {"name": _short(words.title(row["name"])), "family": "use", "money": row["amount"]}
        for row in plan["uses_by_kind"]
        if row["amount"]
    ]
    whole = project["cost"]
    columns = {
        "sources": _rows(_shortened(sources, words), whole, ascii_uppercase, words),
        "uses": _rows(_shortened(uses, words), whole, "123456789", words),
    }
    said = {
        side: "; ".join(words("chart.slice", name=row["name"], amount=row["amount"]) for row in rows)
        for side, rows in columns.items()
    }
    total = words.amounts([whole, *(row["money"] for row in sources + uses)])[0]
    labels = {key: words(f"chart.{key}") for key in ("title", "sources", "uses", "total", "name", "amount", "share")}
    return {**columns, "words": labels, "total": total, "alt": words("chart.alt", amount=total, **said)}


def _shortened(rows: list[dict[str, Any]], words: Words) -> list[dict[str, Any]]:
    """At most ``MOST_ROWS`` rows: the smallest of the first family, together in one, before the company's own."""
    if len(rows) <= MOST_ROWS:
        return rows
    kept = sorted((row for row in rows if row["family"] not in ("own", "kind")), key=lambda row: -row["money"])
    own = [row for row in rows if row["family"] in ("own", "kind")]
    room = MOST_ROWS - len(own) - 1
    rest = kept[room:]
    others = {
        "name": words.count("page.and-others", len(rest)),
        "family": rest[0]["family"],
        "money": sum(row["money"] for row in rest),
    }
    return [*kept[:room], others, *own]


def _rows(rows: Sequence[dict[str, Any]], whole: float, keys: str, words: Words) -> list[dict[str, Any]]:
    written = words.amounts([*(row["money"] for row in rows), whole])
    return [
        {
            "key": key,
            "name": row["name"],
            "kind": row.get("kind", ""),
            "family": row["family"],
            "shade": [other["family"] for other in rows[:position]].count(row["family"]),
            "amount": amount,
            "part": row["money"] / whole if whole else 0,
            "share": words.share(row["money"] / whole if whole else 0),
        }
        for position, (key, row, amount) in enumerate(zip(keys, rows, written, strict=False))
    ]


# ------------------------------------------------------------------------------------------- the programmes


def _programmes(plan: Answer, words: Words) -> dict[str, Any]:
    limits: dict[str | None, list[str]] = {}
    names = {one["programme"]: words.text(one["name"]) for one in plan["programmes"]}
    for rule in plan.get("binding") or ():
        name = names.get(rule.get("programme"), "")
        limits.setdefault(rule.get("programme"), []).append(sentence(binding(rule, words=words, under=name)))
    shown = by_amount(plan)
    used = {one["programme"] for one in shown}
    also = [text for programme, texts in limits.items() if programme not in used for text in texts]
    rest = len(shown) - MOST_PROGRAMMES
    labels = {key: words(f"programmes.{key}") for key in ("title", "programme", "pays", "limit", "amount")}
    return {
        "words": {**labels, "none": _none(plan, words)},
        "rows": [
            {
                "name": _short(words.text(one["name"])),
                "by": words(
                    "programmes.by", provider=words.text(one["provider"]["name"]), intake=words.intake(one["intake"])
                ),
                "pays": [pays(part, words=words) for part in one["parts"]],
                "workings": [
                    words("programmes.working", working=words.text(part["working"]["text"])) for part in one["parts"]
                ],
                "limits": limits.get(one["programme"], [])[:2],
                "amount": received(one, words=words),
            }
            for one in shown[:MOST_PROGRAMMES]
        ],
        "rest": f"{words.count('page.and-others', rest)}, {words('page.in-annex')}" if rest > 0 else "",
        "also": words("programmes.also", texts=" ".join(also[:2])) if also else "",
    }


def _none(plan: Answer, words: Words) -> str:
    """Why no programme is there: none may be, or the time was over before a plan was found."""
    late = plan["proof"]["code"] == "none-found"
    return words.text(plan["proof"]["text"]) if late else words("programmes.none")


def by_amount(plan: Answer) -> list[Answer]:
    """The programmes of a plan, the largest amount first."""
    return sorted(plan["programmes"], key=lambda one: (-one["amount"], one["programme"]))


def received(one: Answer, *, words: Words) -> str:
    """What a programme pays; a dash if it only guarantees."""
    return words.money(one["amount"]) if one["amount"] else "\N{EN DASH}"


def pays(part: Answer, *, words: Words) -> str:
    """A part in a few words: its kind of money, its rate, its main terms."""
    if not part["pays"]:
        return words.title(part["note"])
    kind = words.title(part["instrument_name"])
    paid = words("annex.rate", kind=kind, rate=words.rate(part["rate"])) if part.get("rate") else kind
    terms = "; ".join(words.text(term["text"]) for term in part["terms"] if term["code"] in MAIN_TERMS)
    return words("programmes.terms", pays=paid, terms=terms[:1].upper() + terms[1:]) if terms else paid


def binding(rule: Answer, *, words: Words, under: str = "") -> str:
    """A rule that binds, and what loosening it would give; ``under`` the name of its programme, without that name."""
    text, loosening = words.text(rule["text"]), rule.get("loosening")
    if under and text.startswith(under):
        text = text.removeprefix(under).lstrip(" :\N{NO-BREAK SPACE}")
        text = text[:1].upper() + text[1:]
    if not loosening or loosening["worth"] < 1:
        return text
    share = loosening["unit"] == "share"
    by = words.points(loosening["by"]) if share else words.money(loosening["by"])
    return words("programmes.loosening", text=sentence(text), by=by, worth=words.down(loosening["worth"]))


def sentence(text: str) -> str:
    """A text with the sign that ends it."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


# ----------------------------------------------------------------------------- confirmations, dates, proof


def _confirm(answer: Answer, words: Words) -> dict[str, Any]:
    reachable, found = answer["reachable"], answer.get("confirmations") or []
    more = reachable["total"] > answer["safe"]["total"]
    return {
        "title": words("confirm.title"),
        "none": "" if more else words("confirm.none"),
        "order": words("confirm.order") if len(found) > 1 else "",
        "rows": [confirmation(one, words=words) for one in found[:MOST_POINTS]],
        "reachable": _reachable(reachable, words) if more else "",
    }


def _reachable(plan: Answer, words: Words) -> str:
    """What the reachable plan could cover, and for how many programmes it supposes no ceiling."""
    amount, share = words.down(plan["total"]), words.share(plan["share_of_cost"])
    said = words("confirm.reachable", amount=amount, share=share)
    if not plan["proof"]["complete"]:
        said = f"{said} {words.text(plan['proof']['text'])}"
    unknown = len(plan["no_ceiling"])
    return f"{said} {words.count('confirm.no-ceiling', unknown)}" if unknown else said


def confirmation(one: Answer, *, words: Words) -> dict[str, str]:
    """What a confirmation could add, whom to ask, and what."""
    adds = _adds(one, words)
    what = " · ".join(dict.fromkeys(words.text(point["text"]) for point in one["what"]))
    return {"worth": adds[:1].upper() + adds[1:], "who": who(one, words=words), "what": what}


def _adds(one: Answer, words: Words) -> str:
    """More money; or the same or less, that is worth more; or nothing alone; or no time to know."""
    if one["worth"] is None:
        return words("confirm.no-time")
    if one["worth"] < 1:
        return words("confirm.together")
    return words("confirm.worth", amount=words.down(one["money"])) if one["money"] >= 1 else words("confirm.more")


def who(one: Answer, *, words: Words) -> str:
    """Whom to ask, about which programme."""
    programme, provider = words.text(one["name"]), words.text(one["provider"]["name"])
    contact = words.contact(one.get("contact"))
    if contact:
        return words("confirm.ask-at", programme=programme, provider=provider, contact=contact)
    return words("confirm.ask", programme=programme, provider=provider)


def _dates(answer: Answer, words: Words) -> dict[str, Any]:
    entries = [entry for entry in answer["calendar"] if entry["kind"] != "expense"]
    return {
        "title": words("dates.title"),
        "none": words("dates.none"),
        "rows": [dated(entry, words=words) for entry in entries[:MOST_POINTS]],
    }


def dated(entry: Answer, *, words: Words) -> dict[str, str]:
    """An entry of the calendar, with its day in words."""
    day = words.day(entry["day"]) if entry["day"] else words("dates.no-day")
    return {"day": day[:1].upper() + day[1:], "text": words.text(entry["text"])}


def _proof(answer: Answer, words: Words) -> str:
    """How sure the plan is; of a plan with nothing in it, that there is none yet, and what to confirm first."""
    plan = answer["safe"]
    if not plan["programmes"] and plan["proof"]["code"] != "none-found":
        asked = answer.get("confirmations") or ()
        first = [words("proof.first", who=who(one, words=words)) for one in asked[:1]]
        return " ".join((words("proof.no-plan"), *first))
    worth = words("proof.worth", worth=words.down(plan["worth"]))
    return " ".join((worth, words.text(plan["proof"]["text"]), words("proof.safe")))
