"""zen-engine: a rule engine in Rust, called from Python. Two-valued: a comparison with nothing is an error.

The same rules in three forms: a decision graph with an expression for each rule, made as its documentation shows; the
same graph given to the engine as a static loader, which keeps it compiled; and one expression that is a list of all the
rules, the quickest form that we found.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

import zen

from benchmarks.lowered import Compare, Every, Flag, Not, OneOf, Test
from benchmarks.peers import FALSE, TRUE, Run

Evaluate = Callable[[dict[str, Any]], Any]
Read = Callable[[Any], Sequence[bool]]


class Zen:
    """One form of the rules in zen-engine: how to ask it, which is timed, and how to read its answer, which is not."""

    def __init__(self, name: str, evaluate: Evaluate, read: Read) -> None:
        self.name, self.version = name, version("zen-engine")
        self._evaluate, self._read = evaluate, read

    def decide(self, companies: Sequence[Mapping[str, Any]]) -> Run:
        given = [dict(company) for company in companies]
        start = time.process_time()
        found = [self._evaluate(company) for company in given]
        seconds = time.process_time() - start
        return Run(["".join(TRUE if truth else FALSE for truth in self._read(said)) for said in found], seconds)


def zen_peers(tests: Sequence[Test]) -> list[Zen]:
    """All forms."""
    written = [expression(test) for test in tests]
    graph, keys = _graph(written), [f"r{at}" for at in range(len(written))]
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"rules": graph}}})
    listed = zen.compile_expression(f"[{', '.join(written)}]")

    def in_order(said: Mapping[str, Any]) -> list[bool]:
        return [said["result"][key] for key in keys]

    return [
        Zen("zen-engine, a graph", decision.evaluate, in_order),
        Zen("zen-engine, a graph kept compiled", lambda company: engine.evaluate("rules", company), in_order),
        Zen("zen-engine, one list expression", listed.evaluate, list),
    ]


def expression(test: Test) -> str:
    """A test in the language of ZEN."""
    if isinstance(test, Compare):
        return f"{test.field} {test.sign} {test.limit}"
    if isinstance(test, OneOf):
        return f"{test.field} in {json.dumps(test.texts)}"
    if isinstance(test, Flag):
        return test.field
    if isinstance(test, Not):
        return f"not ({expression(test.part)})"
    word = " and " if isinstance(test, Every) else " or "
    return f"({word.join(map(expression, test.parts))})"


def _graph(written: Sequence[str]) -> dict[str, Any]:
    expressions = [{"id": f"r{at}", "key": f"r{at}", "value": text} for at, text in enumerate(written)]
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode"},
            {"id": "rules", "name": "rules", "type": "expressionNode", "content": {"expressions": expressions}},
            {"id": "out", "name": "out", "type": "outputNode"},
        ],
        "edges": [
            {"id": "to-rules", "type": "edge", "sourceId": "in", "targetId": "rules"},
            {"id": "to-out", "type": "edge", "sourceId": "rules", "targetId": "out"},
        ],
    }
