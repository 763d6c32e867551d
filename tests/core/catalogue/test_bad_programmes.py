"""Each possible mistake in a programme file is refused with one report: code, place, what was found and expected."""

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.check import programme_problems
from alliage.core.catalogue.compiled import load
from alliage.core.catalogue.document import ProgrammeDocument
from alliage.core.catalogue.shapes import checked
from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.core.vocabulary.yaml_files import read_yaml
from tests.core.catalogue.bad_files import CASES, Mistake, mistakes, name_of, speaks_of_libraries

BASE = CASES / "packs" / "bad" / "base"
WORDS = CASES / "packs" / "bad" / "words"
PROGRAMMES = mistakes("catalogue/bad")


def pack_with(folder: Path, *some: Mistake) -> Path:
    """The pack without a mistake, and the programmes that have one."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    for mistake in some:
        (folder / "programmes" / mistake.path.name).write_bytes(mistake.content)
    return folder


def test_the_pack_that_the_mistakes_are_put_in_has_none():
    assert list(load(BASE, common=WORDS).programmes) == ["machine-grant"]


def test_there_are_many_mistakes():
    assert len(PROGRAMMES) >= 100


@pytest.mark.parametrize("mistake", PROGRAMMES, ids=name_of)
def test_a_programme_with_a_mistake_is_refused_with_one_report(mistake: Mistake, tmp_path: Path):
    with pytest.raises(AlliageError) as refusal:
        load(pack_with(tmp_path, mistake), common=WORDS)
    file = f"programmes/{mistake.path.name}"
    assert [mistake.seen_in(problem, file=file) for problem in refusal.value.problems] == [mistake.report]
    assert not speaks_of_libraries(refusal.value.problems[0])


def test_the_mistakes_of_several_programmes_are_reported_together(tmp_path: Path):
    together = [mistake for mistake in PROGRAMMES if mistake.code in ("text-markup", "need-unknown", "window-reversed")]
    with pytest.raises(AlliageError) as refusal:
        load(pack_with(tmp_path, *together), common=WORDS)
    assert sorted(problem.code for problem in refusal.value.problems) == sorted(m.code for m in together)


# --------------------------------------------------------------------------- any change to a programme

ODD = [None, True, 0, -1, 3.5, float("nan"), 10**40, "", "x", "2026-13", "2026-01-01", [], ["a"], [[["x"]]], {}]
ODD += [{"a": 1}, {"fr": "a"}, {"all": []}, {"any": [1]}]
ODD += [{"attribute": "company.employees", "at_least": "x", "source": "page"}]


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything that a document holds."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key)
        yield from places_in(inner, (*path, key))


def rich_programme() -> dict[str, Any]:
    """A programme with a bit of everything, and no mistake."""
    programme: dict[str, Any] = read_yaml(CASES / "catalogue" / "rich.yaml")
    return programme


def changed(programme: dict[str, Any], path: tuple[Any, ...], value: object) -> dict[str, Any]:
    """The programme with another value in one place."""
    holder: Any = programme
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return programme


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(BASE, common=WORDS)


def problems_of(programme: dict[str, Any], catalogue: Catalogue) -> list[Problem]:
    try:
        document = checked(programme, model=ProgrammeDocument, where="rich.yaml")
    except AlliageError as refusal:
        return list(refusal.problems)
    return programme_problems({**document, "file": "rich.yaml"}, raw=catalogue.raw, vocabulary=catalogue.vocabulary)


def test_only_a_programme_may_ask_nothing(catalogue: Catalogue):
    nothing: dict[str, Any] = {"all": []}
    assert problems_of({**rich_programme(), "eligibility": nothing}, catalogue) == []
    tier = {"when": nothing, "rate_at_most": 0.5, "source": "page"}
    aid = {
        "parts": [{"id": part, "instrument": "grant", "tiers": [tier], "source": "page"} for part in ("main", "later")]
    }
    found = problems_of({**rich_programme(), "aid": aid}, catalogue)
    assert {problem.code for problem in found} == {"list-too-short"}


def test_a_programme_with_a_bit_of_everything_has_no_mistake(catalogue: Catalogue):
    assert problems_of(rich_programme(), catalogue) == []


@given(st.sampled_from(sorted(places_in(rich_programme()), key=str)), st.sampled_from(ODD))
def test_no_value_anywhere_makes_anything_but_a_programme_or_a_refusal(catalogue, path, value):
    problems = problems_of(changed(rich_programme(), path, copy.deepcopy(value)), catalogue)
    assert [problem for problem in problems if not problem.where.startswith("rich.yaml")] == []
    assert [problem for problem in problems if speaks_of_libraries(problem)] == []
