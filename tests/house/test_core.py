"""The core is plain: no web, no network, no clock, no chance, and it says nothing on its own."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.repository import name_of, python_files, tree_of

HEAVY = {"django", "requests", "httpx", "numpy", "pandas", "pyarrow", "highspy", "rich", "typer"}
CLOCK_AND_CHANCE = {"time", "random", "secrets", "uuid"}
NETWORK = {"asyncio", "http", "smtplib", "socket", "ssl", "urllib.request", "webbrowser"}
CALLS = {"today", "now", "utcnow", "fromtimestamp", "urandom", "getrandbits"}
FIRST_CLUSTER = ("québec", "quebec", "canada", "aluminium", "qc-")
IMPORT_ALL = """
import importlib, json, pkgutil, sys
import alliage.core
names = [found.name for found in pkgutil.walk_packages(alliage.core.__path__, "alliage.core.")]
for name in names:
    importlib.import_module(name)
print(json.dumps({"imported": names, "loaded": sorted(sys.modules)}))
"""


def in_a_fresh_process(program: str) -> dict[str, list[str]]:
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def imported_names(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def called_names(tree: ast.Module) -> set[str]:
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    attributes = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    return attributes | {call.id for call in calls if isinstance(call, ast.Name)}


def test_the_core_imports_without_web_database_or_arrays():
    seen = in_a_fresh_process(IMPORT_ALL)
    assert len(seen["imported"]) > 10, "the walk over the core found next to nothing"
    assert HEAVY & {name.partition(".")[0] for name in seen["loaded"]} == set()


def test_importing_alliage_loads_nothing_heavy():
    seen = in_a_fresh_process("import json, sys, alliage; print(json.dumps({'loaded': sorted(sys.modules)}))")
    assert (HEAVY | {"pydantic", "yaml"}) & set(seen["loaded"]) == set()


def test_there_is_a_core_to_look_at():
    assert len(python_files("core")) > 10


@pytest.mark.parametrize("path", python_files("core"), ids=name_of)
def test_the_core_has_no_clock_chance_or_network_of_its_own(path: Path):
    tree = tree_of(path)
    assert imported_names(tree) & (CLOCK_AND_CHANCE | NETWORK) == set()
    assert called_names(tree) & CALLS == set()


@pytest.mark.parametrize("path", python_files("core"), ids=name_of)
def test_the_core_prints_nothing_and_asks_nothing(path: Path):
    assert called_names(tree_of(path)) & {"print", "input", "breakpoint"} == set()


@pytest.mark.parametrize("path", python_files("core"), ids=name_of)
def test_the_core_knows_nothing_of_the_first_cluster(path: Path):
    tree = tree_of(path)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    said = [node.value.lower() for node in strings if id(node) not in prose]
    assert [text for text in said if any(word in text for word in FIRST_CLUSTER)] == []
