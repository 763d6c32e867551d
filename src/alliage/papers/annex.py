"""The pages after the first, as plain data: for each programme its rules and sources, then the cash and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from alliage.papers.sheet import Answer, binding, by_amount, confirmation, dated, sentence
from alliage.papers.words import Words

MOST_LEFT_OUT = 8
MOST_CANNOT_ENTER = 12


def annex(answer: Answer, *, words: Words) -> dict[str, Any]:
    """What the figures of the first page come from."""
    names = {line["id"]: line["name"] for line in answer["project"]["lines"]}
    keys = ("title", "part", "lines", "source", "working", "terms", "limits", "steps", "to-confirm")
    return {
        "words": {key: words(f"annex.{key}") for key in keys},
        "programmes": [_receipt(one, answer["safe"], names, words) for one in by_amount(answer["safe"])],
        "confirm": {
            "title": words("confirm.title"),
            "rows": [confirmation(one, words=words) for one in answer.get("confirmations") or ()],
        },
        "dates": {
            "title": words("annex.dates"),
            "rows": [dated(entry, words=words) for entry in answer["calendar"]],
        },
        "cash": _cash(answer.get("cash") or {}, words),
        "left_out": _left_out(answer.get("left_out") or [], words),
        "cannot": _cannot(answer["cannot_enter"], words),
        "assumptions": _assumptions(answer, words),
    }


def _receipt(one: Answer, plan: Answer, names: Mapping[str, Any], words: Words) -> dict[str, Any]:
    rules = [rule for rule in plan.get("binding") or () if rule.get("programme") == one["programme"]]
    facts = words("annex.facts", date=words.day(one["as_of"])) if one.get("as_of") else words("annex.undated")
    about = [
        words.text(one["provider"]["name"]),
        words.intake(one["intake"]),
        words.phrase("confidence", one["confidence"]),
        facts,
    ]
    return {
        "name": words.text(one["name"]),
        "amount": words("annex.amount", amount=words.money(one["amount"])) if one["amount"] else "",
        "worth": words("annex.worth", worth=words.down(one["worth"])),
        "about": " · ".join(about),
        "url": words.url(one.get("url")),
        "terms": words.text(one.get("terms")),
        "parts": [_part(part, names, words) for part in one["parts"]],
        "workings": [words.title(part["working"]["text"]) for part in one["parts"]],
        "limits": [
            {
                "text": binding(rule, words=words, under=words.text(one["name"])),
                "source": words.source(rule["source"]) if rule.get("source") else "",
            }
            for rule in rules
        ],
        "steps": [words.text(step) for step in one["steps"]],
        "to_confirm": [words.text(point) for point in one["to_confirm"]],
    }


def _part(part: Answer, names: Mapping[str, Any], words: Words) -> dict[str, Any]:
    kind = words.title(part["instrument_name"] if part["pays"] else part["note"])
    source = part.get("source") or {}
    return {
        "kind": words("annex.rate", kind=kind, rate=words.rate(part["rate"])) if part.get("rate") else kind,
        "lines": [
            words(
                "annex.line",
                name=words.title(names.get(line["line"], line["line"])),
                amount=words.money(line["amount"]),
            )
            for line in part["lines"]
        ],
        "terms": [words.title(term["text"]) for term in part["terms"]],
        "source": words.source(source),
        "url": words.url(source.get("url")),
    }


def _cash(cash: Answer, words: Words) -> dict[str, Any]:
    months = cash.get("months") or []
    columns = ("out", "in", "balance")
    written = iter(words.amounts([month[key] for month in months for key in columns]))
    note = "cash-note" if cash.get("in_hand") is None else "cash-short"
    labels = {key: words(f"annex.{key}") for key in ("cash", "month", "out", "in", "balance")}
    return {
        "words": {**labels, "cash-note": words(f"annex.{note}")},
        "terms": words.text(cash.get("terms")),
        "rows": [
            {
                "month": words.day(month["month"]),
                **{key: next(written) for key in columns},
                "short": month["balance"] < 0,
            }
            for month in months
        ],
    }


def _left_out(found: list[Answer], words: Words) -> dict[str, Any]:
    rest = len(found) - MOST_LEFT_OUT
    return {
        "title": words("annex.left-out"),
        "rows": [
            {
                "name": words.text(one["name"]),
                "text": " ".join(
                    filter(None, (*(sentence(words.text(why["text"])) for why in one["reasons"]), _with_it(one, words)))
                ),
            }
            for one in found[:MOST_LEFT_OUT]
        ],
        "rest": words.count("annex.others", rest) if rest > 0 else "",
    }


def _with_it(one: Answer, words: Words) -> str:
    best = one.get("with_it")
    if not best or abs(best["difference"]) < 1:
        return ""
    said = words("annex.difference", amount=words.up(abs(best["difference"])))
    return f"{said[:1].upper()}{said[1:]}."


def _cannot(found: list[Answer], words: Words) -> dict[str, Any]:
    rest = len(found) - MOST_CANNOT_ENTER
    return {
        "title": words("annex.cannot"),
        "rows": [
            {"name": words.text(one["name"]), "text": words.text(one["reason"]["text"])}
            for one in found[:MOST_CANNOT_ENTER]
        ],
        "rest": words.count("annex.others", rest) if rest > 0 else "",
    }


def _assumptions(answer: Answer, words: Words) -> dict[str, Any]:
    assumed = [words("annex.assumed-lines")] if answer["project"].get("assumed_lines") else []
    said = dict.fromkeys([*assumed, *(words.text(one["text"]) for one in answer["assumptions"])])
    return {"title": words("annex.assumptions"), "rows": list(said)}
