"""The hub keeps what it says: one clock, settings that are documented, templates and components that are used."""

import ast
import re
from pathlib import Path

import allauth

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


# ----------------------------------------------------------------------------------------- the rooms


def test_people_names_no_address_of_a_room_above() -> None:
    """They say their pages in their ``AppConfig``: addresses are text, which the import contracts do not see."""
    above = re.compile(r"[\"'](?:finder|programmes|freshness|questions|days|meetings):[\w-]+[\"']")
    files = [path for path in (HUB / "people").rglob("*") if path.suffix in (".py", ".html")]
    assert len(files) > 60
    assert [name_of(path) for path in files if above.search(path.read_text(encoding="utf-8"))] == []


# --------------------------------------------------------------------------------------- the templates

NAMED = re.compile(r"\b((?:ui|finder|people|programmes|questions|days|meetings|mail)/[\w/]+\.(?:html|txt))\b")
LETTER = re.compile(r"\bsend\(\s*\"(\w+)\"")
STILL = re.compile(r'{% draw_still "(\w+)" %}')  # parts of the finder that are drawn once
SPECIMENS = "ui/pages/specimens"


def templates() -> dict[str, str]:
    """Every template of the hub, by the name that asks for it."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for folder in HUB.glob("*/templates")
        for path in sorted(folder.rglob("*.html"))
    }


def asked_in(text: str) -> set[str]:
    letters = {f"mail/{name}.html" for name in LETTER.findall(text)}
    return set(NAMED.findall(text)) | {f"finder/_{name}.html" for name in STILL.findall(text)} | letters


def asked_by_allauth() -> set[str]:
    """The templates of ours that take the place of one of allauth: its pages, and its letters in our form."""
    theirs = Path(allauth.__file__).parent / "templates"
    pages = {file.relative_to(theirs).as_posix() for room in ("account", "mfa") for file in theirs.glob(f"{room}/**/*")}
    letters = {Path(name).name.removesuffix("_message.txt") for name in pages if name.endswith("_message.txt")}
    return pages | {f"mail/{name}.html" for name in letters}


def asked_for(*, but: str) -> set[str]:
    """The templates that a module or another template asks for, those whose name begins with ``but`` left aside."""
    code = [path.read_text(encoding="utf-8") for path in python_files("hub")]
    pages = {name: text for name, text in templates().items() if not name.startswith(but)}
    return set().union(*map(asked_in, code), *(asked_in(text) - {name} for name, text in pages.items()))


def test_no_page_hides_its_address_from_its_own_forms() -> None:
    """With ``no-referrer`` a browser sends ``Origin: null``, and the form is refused as that of another site.

    The header of every page (``same-origin``) already tells other sites nothing.
    """
    assert [name for name, text in templates().items() if "no-referrer" in text] == []


def test_each_template_is_used_by_a_page_of_the_site() -> None:
    assert len(templates()) > 60
    unused = (
        set(templates())
        - asked_for(but=SPECIMENS)
        - asked_by_allauth()
        - {name for name in templates() if name.startswith(SPECIMENS)}
    )
    assert sorted(unused) == []


def test_each_template_that_is_asked_for_exists() -> None:
    assert sorted(asked_for(but="nothing") - set(templates())) == []


def test_the_page_of_components_shows_each_of_them() -> None:
    """A component is a template of the ground floor whose first line says what it takes."""
    every = templates()
    components = {name for name, text in every.items() if name.startswith("ui/") and text.startswith("{% comment")}
    shown: set[str] = set()
    more = {name for name in every if name.startswith(SPECIMENS)}
    while more:
        shown |= more
        more = set().union(*(asked_in(every[name]) for name in more)) - shown
    assert len(components) > 8
    assert sorted(components - shown) == []
