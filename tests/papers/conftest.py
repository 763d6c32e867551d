"""What the tests of the papers share: a sample answer, and things that people type."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from alliage.core.vocabulary.yaml_files import read_yaml

SAMPLE = Path(__file__).with_name("sample.yaml")
LANGUAGES = ("fr", "en")
# What each form could take for something else than words: markup, a formula, a field, a direction, a control.
TYPED = {
    "import": '#import "/etc/passwd": *; #panic("no") #read("plan.typ")',
    "mathematics": "$ x^2 $ *bold* _it_ `raw` <label> @ref \\ \\u{41} // /* */ [x] = - + {y}",
    "quotes": "\" ' ” \\\" \\' \\n",
    "formula": '=HYPERLINK("http://example.org","x")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "plus": "+1-1",
    "minus": "-1+1",
    "long": "Aluminium " * 1000,
    "one-word": "W" * 10_000,
    "right-to-left": "\u202eשלום עולם مرحبا بالعالم",  # noqa: RUF001 - Hebrew and Arabic, meant
    "emoji": "Fonderie 🏭🔥👩‍🏭 漢字 ✓",
    "controls": "a\x00b\x07c\x1b[31md\r\nEND:VCALENDAR\tz\u2028é\ufeff\ufffe",
    "combining": "Z̷̧̛a̵l̶g̷o̸ e\u0301",
    "folded": "BEGIN:VEVENT;X=1,2\\;3:4\\n",
}


@pytest.fixture
def answer() -> dict[str, Any]:
    """A plan as `alliage plan --json` says it, with the company's name and the project's title."""
    sample: dict[str, Any] = read_yaml(SAMPLE)
    return copy.deepcopy(sample)


def unknown(answer: dict[str, Any]) -> dict[str, Any]:
    """The same company before it told what its project costs."""
    needed = {
        "fr": "Sans budget ni coût, il n'y a pas de plan : donnez le coût.",
        "en": "Without a budget or a cost, there is no plan: give the cost.",
    }
    nothing(answer)
    answer["project"] = {"cost": 0, "lines": [], "assumed_lines": True}
    answer["assumptions"] = [{"code": "cost-needed", "text": needed}]
    answer["cash"] = {"months": [], "bridge": None, "month": None, "in_hand": None, "terms": answer["cash"]["terms"]}
    for end in ("safe", "reachable"):
        answer[end] |= {"own_funds": 0, "in_kind": 0, "sources": [], "uses": [], "uses_by_kind": []}
    return answer


def stopped(answer: dict[str, Any]) -> dict[str, Any]:
    """The same plan when the time was over before it was proved."""
    answer["safe"]["proof"] = {
        "gap": 0.02,
        "bound": answer["safe"]["worth"] + 3000.2,
        "complete": False,
        "code": "time-over",
        "text": {"fr": "Le temps est écoulé : jusqu'à 3 001 $ de plus.", "en": "Time is over: up to $3,001 more."},
    }
    return answer


def too_late(answer: dict[str, Any]) -> dict[str, Any]:
    """The same project when the time was over before any plan was found."""
    late = stopped(nothing(answer))
    text = {"fr": "Le temps est écoulé avant qu'un plan soit trouvé.", "en": "Time was over before a plan was found."}
    for end in ("safe", "reachable"):
        late[end]["proof"] = {**late["safe"]["proof"], "code": "none-found", "text": text}
    return late


def nothing(answer: dict[str, Any]) -> dict[str, Any]:
    """The same project when no programme can be had."""
    cost = answer["project"]["cost"]
    kind = sum(line["amount"] for line in answer["project"]["lines"] if line["in_kind"])
    own = [
        {"kind": "own", "name": {"fr": "Mise de fonds", "en": "Own funds"}, "amount": cost - kind, "programme": None},
        {"kind": "in-kind", "name": {"fr": "Apport en nature", "en": "In kind"}, "amount": kind, "programme": None},
    ]
    proof = {**answer["safe"]["proof"], "bound": 0}
    uses = [
        {**use, "aid": 0, "own": 0 if line["in_kind"] else use["amount"]}
        for use, line in zip(answer["safe"]["uses"], answer["project"]["lines"], strict=True)
    ]
    kinds = [{**{key: use[key] for key in use if key != "line"}, "lines": [use["line"]]} for use in uses]
    for end in ("safe", "reachable"):
        answer[end] |= {
            "uses_by_kind": kinds,
            "total": 0,
            "guaranteed": 0,
            "worth": 0,
            "own_funds": cost - kind,
            "share_of_cost": 0,
            "proof": proof,
        }
        answer[end] |= {"programmes": [], "sources": own, "uses": uses, "binding": []}
    answer["safe"]["private"] = {**answer["safe"]["private"], "missing": 320_000.5}
    answer |= {"confirmations": [], "left_out": [], "cannot_enter": [], "calendar": [], "assumptions": []}
    answer["cash"] = {"months": [], "bridge": 0, "month": None, "in_hand": None, "terms": {"fr": "", "en": ""}}
    return answer


def crowded(answer: dict[str, Any]) -> dict[str, Any]:
    """A plan of twelve programmes with long names, and as many confirmations and dates."""
    safe, model = answer["safe"], answer["safe"]["programmes"][1]
    long = {lang: f"{model['name'][lang]}, {model['name'][lang]}" for lang in LANGUAGES}
    credit = model["parts"][0]
    steps = [one for one in credit["working"]["steps"] if one["code"] == "counted"]
    most = {"code": "at-most", "text": {"fr": "au plus", "en": "at most"}, "amount": 25_000}
    rate = {**credit["working"]["steps"][-1], "amount": 124_000, "base": 620_000}
    working = {**credit["working"], "base": 620_000, "result": 25_000, "steps": [*steps, rate, most]}
    part = {**credit, "amount": 25_000, "lines": [{"line": "line-1", "amount": 25_000}], "working": working}
    safe["programmes"] = [
        {**model, "programme": f"p-{at}", "name": long, "amount": 25_000, "parts": [part]} for at in range(12)
    ]
    safe["binding"] = [{**rule, "programme": f"p-{at}"} for at in range(12) for rule in safe["binding"]]
    safe["sources"] = [
        {"kind": "tax-credit", "name": long, "amount": 25_000, "programme": f"p-{at}"} for at in range(12)
    ] + [{**row, "amount": 500_000.5} if row["kind"] == "own" else row for row in safe["sources"][-2:]]
    safe |= {"total": 300_000, "own_funds": 500_000.5, "private": {**safe["private"], "missing": 20_000.5}}
    answer["confirmations"] = answer["confirmations"] * 6
    answer["calendar"] = answer["calendar"] * 6
    answer["left_out"] = answer["left_out"] * 6
    answer["cannot_enter"] = answer["cannot_enter"] * 10
    return answer


def short_of_money(answer: dict[str, Any]) -> dict[str, Any]:
    """The same plan of a company that says it has less private money than the plan leaves it to pay."""
    text = {
        "fr": "L'entreprise dit disposer de 300 000 $ d'argent privé; il manquerait 167 700,50 $.",
        "en": "The company says it has $300,000 of private money; $167,700.50 would be missing.",
    }
    answer["safe"]["private"] = {"said": 300_000, "missing": 167_700.5, "text": text}
    answer["cash"] |= {"in_hand": 300_000, "bridge": 267_000.5}
    return answer


def guaranteed(answer: dict[str, Any]) -> dict[str, Any]:
    """The same plan with a programme that guarantees a loan of the bank, and pays nothing."""
    model = answer["safe"]["programmes"][0]
    part = {
        **model["parts"][0],
        "instrument": "loan-guarantee",
        "instrument_name": {"fr": "garantie de prêt", "en": "loan guarantee"},
        "pays": False,
        "note": {
            "fr": "garantie d'un prêt de votre banque : jusqu'à 45 000 $ garantis; ce n'est pas une somme reçue",
            "en": "guarantee of a loan from your bank: up to $45,000 guaranteed; it is not a sum received",
        },
        "amount": 45_000,
        "lines": [{"line": "line-2", "amount": 45_000}],
        "terms": [],
    }
    name = {"fr": "Fonds local d'investissement", "en": "Local investment fund"}
    one = {**model, "programme": "fli", "name": name, "amount": 0, "guaranteed": 45_000, "worth": 750, "parts": [part]}
    answer["safe"]["programmes"].append(one)
    answer["safe"] |= {"guaranteed": 45_000, "vouched": 45_000, "worth": answer["safe"]["worth"] + 750}
    return answer


def uneven(answer: dict[str, Any]) -> dict[str, Any]:
    """The same plan where two sevenths of an expense count, at a rate of a third: no round number of decimals."""
    model = answer["safe"]["programmes"][2]
    (part,) = model["parts"]
    text = {"fr": "2/7 des logiciels", "en": "2/7 of software"}
    counted = {**part["working"]["steps"][0], "text": text, "amount": 17_143, "share": 0.285714, "exact_share": [2, 7]}
    rate = {**part["working"]["steps"][1], "rate": 0.333333, "exact_rate": [1, 3], "base": 17_143, "amount": 5_714.33}
    part["working"] |= {"steps": [counted, rate], "base": 17_143, "result": 5_714.33}
    return answer
