"""The peers that run on Node, each in a process of its own: json-logic-js (two-valued), publicodes (three-valued)."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.lowered import Compare, Every, Flag, Not, OneOf, Test, fields_by_kind
from benchmarks.peers import Run
from benchmarks.workload import Workload

HERE = Path(__file__).parent


class NodePeer:
    """An engine in a Node process, asked line by line. Its CPU time is measured there."""

    def __init__(self, name: str, package: str, rules: object) -> None:
        self.name = name
        installed = HERE.parent / "node_modules" / package / "package.json"
        self.version = json.loads(installed.read_text(encoding="utf-8"))["version"]
        command = ["node", str(HERE / "node_peer.mjs"), package]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._ask({"rules": rules})

    def decide(self, companies: Sequence[Mapping[str, Any]]) -> Run:
        said = self._ask({"companies": companies})
        return Run(said["verdicts"], said["seconds"])

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _ask(self, message: Mapping[str, Any]) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(message) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} stopped; see its message above")
        said: dict[str, Any] = json.loads(line)
        return said


def node_peers(tests: Sequence[Test], workload: Workload) -> list[NodePeer]:
    """Both of them."""
    return [
        NodePeer("json-logic-js", "json-logic-js", [json_logic(test) for test in tests]),
        NodePeer("publicodes", "publicodes", publicodes_document(tests, workload)),
    ]


def json_logic(test: Test) -> dict[str, Any]:
    """A test as JsonLogic."""
    if isinstance(test, Compare):
        return {test.sign: [{"var": test.field}, test.limit]}
    if isinstance(test, OneOf):
        return {"in": [{"var": test.field}, list(test.texts)]}
    if isinstance(test, Flag):
        return {"var": test.field}
    if isinstance(test, Not):
        return {"!": [json_logic(test.part)]}
    return {"and" if isinstance(test, Every) else "or": [json_logic(part) for part in test.parts]}


def publicodes_document(tests: Sequence[Test], workload: Workload) -> dict[str, Any]:
    """All rules as one publicodes document: each field without a value, then each rule."""
    fields = [field for fields in fields_by_kind(workload.vocabulary).values() for field in fields]
    return dict.fromkeys(fields) | {f"r{at}": _publicodes_rule(test) for at, test in enumerate(tests)}


def _publicodes_rule(test: Test) -> object:
    written = publicodes(test)
    return {"valeur": written} if isinstance(written, str) else written


def publicodes(test: Test) -> Any:
    """A test in the words of publicodes."""
    if isinstance(test, Compare):
        return f"{test.field} {test.sign} {test.limit}"
    if isinstance(test, OneOf):
        return {"une de ces conditions": [f"{test.field} = '{text}'" for text in test.texts]}
    if isinstance(test, Flag):
        return test.field
    if isinstance(test, Not):
        return _denied(test.part)
    word = "toutes ces conditions" if isinstance(test, Every) else "une de ces conditions"
    return {word: [publicodes(part) for part in test.parts]}


_OPPOSITE = {">=": "<", "<": ">=", "<=": ">", ">": "<="}


def _denied(test: Test) -> Any:
    """What denies a test: publicodes has no `not` around a group, so it goes down to the comparisons."""
    if isinstance(test, Compare):
        return f"{test.field} {_OPPOSITE[test.sign]} {test.limit}"
    if isinstance(test, OneOf):
        return {"toutes ces conditions": [f"{test.field} != '{text}'" for text in test.texts]}
    if isinstance(test, Flag):
        return f"{test.field} = non"
    if isinstance(test, Not):
        return publicodes(test.part)
    word = "une de ces conditions" if isinstance(test, Every) else "toutes ces conditions"
    return {word: [_denied(part) for part in test.parts]}
