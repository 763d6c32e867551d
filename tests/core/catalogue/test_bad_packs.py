"""Each possible mistake between the files of a pack is refused with one report: code, place, found and expected.

A file of ``tests/cases/packs/bad`` is a list of changes to the pack ``base``, which has no mistake: ``replace`` some
text ``by`` another, ``add`` some at the end, ``write`` a file, or ``remove`` it.
"""

import shutil
from pathlib import Path

import pytest

from alliage.core.catalogue.compiled import load
from alliage.core.vocabulary.errors import AlliageError
from alliage.core.vocabulary.yaml_files import read_yaml
from tests.core.catalogue.bad_files import CASES, Mistake, mistakes, name_of, speaks_of_libraries

BASE = CASES / "packs" / "bad" / "base"
WORDS = CASES / "packs" / "bad" / "words"
PACKS = mistakes("packs/bad")


def pack_with(mistake: Mistake, folder: Path) -> Path:
    """The pack without a mistake, once changed."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    for change in read_yaml(mistake.path):
        _make(change, folder / change["file"])
    return folder


def _make(change: dict[str, str], path: Path) -> None:
    if "remove" in change:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        return
    path.parent.mkdir(exist_ok=True)
    before = "" if "write" in change else path.read_text(encoding="utf-8")
    assert before.count(change.get("replace", before)) == 1
    after = before.replace(change["replace"], change["by"]) if "replace" in change else before
    path.write_text(after + change.get("add", "") + change.get("write", ""), encoding="utf-8")


def test_there_are_many_mistakes():
    assert len(PACKS) >= 60


@pytest.mark.parametrize("mistake", PACKS, ids=name_of)
def test_a_pack_with_a_mistake_is_refused_with_one_report(mistake: Mistake, tmp_path: Path):
    with pytest.raises(AlliageError) as refusal:
        load(pack_with(mistake, tmp_path), common=WORDS)
    problems = refusal.value.problems
    assert [mistake.seen_in(problem, file=str(tmp_path)) for problem in problems] == [mistake.report]
    assert not speaks_of_libraries(problems[0])


def test_a_pack_that_is_refused_is_not_compiled(tmp_path: Path):
    folder = pack_with(PACKS[0], tmp_path / "pack")
    with pytest.raises(AlliageError):
        load(folder, common=WORDS, cache=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()
