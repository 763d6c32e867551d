"""What is kept of people is told: each table, each time it is kept, and each secret link that no log may hold."""

import ast
import re

from tests.house.repository import PACKAGE, ROOT, blocks, python_files, tree_of

HUB = PACKAGE / "hub"
SECURITY, ASSESSMENT = ROOT / "docs" / "security.md", ROOT / "docs" / "efvp.md"
PRIVACY = HUB / "ui" / "templates" / "ui" / "pages" / "privacy.html"


def assigned(tree: ast.AST, name: str) -> ast.expr:
    """What a module or a class gives to a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == name for target in targets):
                return node.value
    raise LookupError(name)


def retention() -> dict[str, int]:
    return dict(ast.literal_eval(assigned(tree_of(HUB / "config" / "settings.py"), "RETENTION")))


def personal_tables() -> set[str]:
    """The tables that say ``personal``, and those of others of which we say it."""
    ours = {
        node.name
        for path in python_files("hub")
        if path.name == "models.py"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
        and any(isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "personal" for line in node.body)
    }
    theirs = assigned(tree_of(HUB / "people" / "actions" / "leaving.py"), "THEIRS")
    assert isinstance(theirs, ast.Dict)
    return ours | {ast.unparse(key) for key in theirs.keys if key}


def secret_links() -> list[str]:
    """The beginnings of the addresses whose end is a secret, as the log knows them."""
    call = assigned(tree_of(HUB / "config" / "logs.py"), "_LINK")
    assert isinstance(call, ast.Call)
    links = re.match(r"\((.+)\)", str(ast.literal_eval(call.args[0])))
    assert links
    return links[1].split("|")


def test_each_table_that_names_a_person_is_in_the_rules_of_security():
    tables = personal_tables()
    assert {"Person", "Milestone", "Correction", "ProposalComment", "Authenticator"} <= tables
    told = set(re.findall(r"`(\w+)`", SECURITY.read_text(encoding="utf-8")))
    assert sorted(tables - told) == []


def test_each_time_that_something_is_kept_is_told():
    page, assessment = PRIVACY.read_text(encoding="utf-8"), ASSESSMENT.read_text(encoding="utf-8")
    kept = retention()
    assert {"accounts", "corrections", "confirmations"} <= kept.keys()
    assert [key for key in kept if f"keep.{key} " not in page] == []
    said = {key: re.search(rf"`{key}` : ([\d ]+)", assessment) for key in kept}
    assert {key: int(found[1].replace(" ", "")) if found else 0 for key, found in said.items()} == kept


def test_each_secret_address_is_one_that_the_log_hides():
    links = secret_links()
    paths = {
        f"/{path}"
        for file in python_files("hub")
        if file.name == "urls.py"
        for path in re.findall(r'path\(\s*"([^"<]+)<str:token>', file.read_text(encoding="utf-8"))
    }
    assert "/p/" in paths
    assert paths == set(links)


def test_the_documents_hide_each_secret_address_from_the_log_of_a_proxy():
    (sample,) = blocks(ROOT / "docs" / "hub.md", "nginx")
    unlogged = re.search(r"location ~ (\S+) \{\s*access_log off;", sample)
    assert unlogged
    assert [link for link in secret_links() if not re.match(unlogged[1], f"{link}x/")] == []
    assert [link for link in secret_links() if not re.match(unlogged[1], f"/en{link}x/")] == []
    assert not re.match(unlogged[1], "/programmes/")
    assert [link for link in secret_links() if f"`{link}…`" not in SECURITY.read_text(encoding="utf-8")] == []
