"""The hub keeps what it says: one clock, settings that are documented, templates and components that are used."""

import ast
import re

from tests.house.repository import PACKAGE, ROOT, name_of, python_files, tree_of

HUB = PACKAGE / "hub"
CLOCK = HUB / "ui" / "day.py"
CLOCK_CALLS = {"today", "now", "utcnow", "localtime"}


# ------------------------------------------------------------------------------------------- the clock


def reads_the_clock(call: ast.Call) -> bool:
    """`date.today()`, `timezone.now()`, `localdate()`: all but those of our own day."""
    if isinstance(call.func, ast.Name):
        return call.func.id in CLOCK_CALLS or (call.func.id == "localdate" and not call.args)
    if isinstance(call.func, ast.Attribute) and call.func.attr in CLOCK_CALLS:
        return not (isinstance(call.func.value, ast.Name) and call.func.value.id == "days")
    return False


def test_the_day_is_read_in_one_place() -> None:
    calls = {
        f"{name_of(path)}:{node.lineno}"
        for path in python_files("hub")
        if path != CLOCK
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and reads_the_clock(node)
    }
    assert sorted(calls) == []
    assert any(isinstance(node, ast.Call) and reads_the_clock(node) for node in ast.walk(tree_of(CLOCK)))


# ---------------------------------------------------------------------------------------- the settings


def variables_read() -> set[str]:
    """The variables that the settings ask of the environment."""
    return {
        node.args[0].value
        for path in python_files("hub/config")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("text", "flag", "words", "number")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def variables_told() -> set[str]:
    """The variables of the table of docs/hub.md; `…_NAME` begins like the first of its line."""
    told = set()
    for line in (ROOT / "docs" / "hub.md").read_text(encoding="utf-8").splitlines():
        names = re.findall(r"`(…?[A-Z_]+)`", line.split("|")[1]) if line.startswith("| `") else []
        told |= {name.replace("…_", names[0].rpartition("_")[0] + "_") for name in names}
    return told


def test_each_variable_is_in_the_documents_and_none_is_left_over() -> None:
    assert "ALLIAGE_HOSTS" in variables_read()
    assert variables_told() >= {"ALLIAGE_PRIVACY_EMAIL", "DATABASE_URL"}
    assert variables_told() == variables_read()
