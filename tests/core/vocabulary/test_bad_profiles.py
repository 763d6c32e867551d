"""Each possible mistake in a profile is refused with one report: code, place, what was found and what was expected."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.compiled import load
from alliage.core.rules.derivations import Known, derive
from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.core.vocabulary.profile import LONGEST_LIST, MOST_LINES, read_profile
from alliage.core.vocabulary.yaml_files import DEEPEST, LARGEST_BYTES, parse_yaml, read_yaml
from tests.core.catalogue.bad_files import CASES, Mistake, mistakes, name_of, speaks_of_libraries

PROFILES = mistakes("profiles/bad")
FOLDER = CASES / "packs" / "bad"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(FOLDER / "base", common=FOLDER / "words")


def known_from(raw: object, catalogue: Catalogue, name: str = "profile.yaml") -> Known:
    profile = read_profile(raw, vocabulary=catalogue.vocabulary, name=name)
    derivations = catalogue.derivations
    return derive(profile, derivations=derivations, vocabulary=catalogue.vocabulary, on=date(2026, 11, 26))


def problems_of(read: Callable[[], object]) -> tuple[Problem, ...]:
    """What is reported, and nothing if all is well; any other exception is a failure."""
    try:
        read()
    except AlliageError as refusal:
        return refusal.problems
    return ()


def test_there_are_many_mistakes():
    assert len(PROFILES) >= 80


@pytest.mark.parametrize("mistake", PROFILES, ids=name_of)
def test_a_profile_with_a_mistake_is_refused_with_one_report(mistake: Mistake, catalogue: Catalogue):
    file = mistake.path.name
    problems = problems_of(lambda: known_from(parse_yaml(mistake.content, name=file), catalogue, file))
    assert [mistake.seen_in(problem, file=file) for problem in problems] == [mistake.report]
    assert not speaks_of_libraries(problems[0])


def test_all_mistakes_of_a_profile_are_reported_together(catalogue: Catalogue):
    raw = {"company": {"employees": -1, "listed": "yes", "legal_form": "club"}, "project": {"cost": 5, "costs": 5}}
    found = {(p.code, p.where) for p in problems_of(lambda: known_from(raw, catalogue))}
    assert found == {
        ("profile-limits", "profile.yaml::company.employees"),
        ("profile-flag", "profile.yaml::company.listed"),
        ("profile-value", "profile.yaml::company.legal_form"),
        ("profile-attribute", "profile.yaml::project.costs"),
    }


@pytest.mark.parametrize(
    "company",
    [
        {"location": ["n-east"] * (LONGEST_LIST + 1)},
        {"location": {"one_of": ["n-east"] * (LONGEST_LIST + 1)}},
        {"employees": {"one_of": list(range(LONGEST_LIST + 1))}},
    ],
)
def test_a_list_that_is_too_long_is_refused(company: dict[str, object], catalogue: Catalogue):
    (problem,) = problems_of(lambda: known_from({"company": company}, catalogue))
    assert (problem.code, problem.found, problem.expected) == ("profile-list", "201", "≤ 200")


def test_too_many_budget_lines_are_refused(catalogue: Catalogue):
    lines = [{"category": "equipment", "amount": 1}] * (MOST_LINES + 1)
    (problem,) = problems_of(lambda: known_from({"project": {"lines": lines}}, catalogue))
    assert (problem.code, problem.expected) == ("profile-lines-many", "≤ 40")


@pytest.mark.parametrize("amount", [10**40, 1e300, -(10**40)], ids=["long", "float", "negative"])
def test_a_number_beyond_measure_is_read_or_refused_never_a_crash(amount: float, catalogue: Catalogue):
    raw = {"project": {"cost": amount}, "company": {"employees": amount}}
    assert {problem.code for problem in problems_of(lambda: known_from(raw, catalogue))} == {"profile-limits"}


@pytest.mark.parametrize("size", [LARGEST_BYTES // 2, 10_000_000])
def test_megabytes_of_nesting_are_refused_at_once(size: int, tmp_path: Path):
    path = tmp_path / "nested.yaml"
    path.write_bytes(b"company: " + b"[" * size)
    (problem,) = problems_of(lambda: read_yaml(path))
    wanted = "yaml-too-deep" if size < LARGEST_BYTES else "file-too-large"
    assert (problem.code, problem.where.partition("::")[0]) == (wanted, "nested.yaml")


def test_megabytes_given_as_bytes_are_refused_as_in_a_file():
    (problem,) = problems_of(lambda: parse_yaml(b" " * 10_000_000, name="standard input"))
    assert (problem.code, problem.where) == ("file-too-large", "standard input")


def test_the_deepest_that_is_read_is_read():
    parse_yaml(b"[" * (DEEPEST - 1) + b"1" + b"]" * (DEEPEST - 1), name="deep.yaml")
    (problem,) = problems_of(lambda: parse_yaml(b"[" * DEEPEST + b"1" + b"]" * DEEPEST, name="deep.yaml"))
    assert problem.code == "yaml-too-deep"


@pytest.mark.parametrize("name", ["missing.yaml", ""], ids=["a file that is not there", "a folder"])
def test_what_is_not_a_file_is_refused(name: str, tmp_path: Path):
    (problem,) = problems_of(lambda: read_yaml(tmp_path / name))
    assert problem.code == "file-missing"


PIECES = ["company", "project", "employees", "42", "2026-13-45", ".inf", "0b_", "1:2", "é", "~", "&a", "*a", "!!int"]
PIECES += ["<<", "? ", ": ", "{", "}", "[", "]", ", ", "- ", "\n", " ", "\t", "'", '"', "#", "|", ">", "%", "@", "`"]
PIECES += ["\x00", "---\n"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=30))
def test_no_text_makes_anything_but_data_or_a_refusal(text: str):
    problems = problems_of(lambda: parse_yaml(text.encode("utf-8", "surrogatepass"), name="any.yaml"))
    assert len(problems) <= 1
    assert all(problem.code.startswith(("yaml-", "file-")) for problem in problems)


@given(st.binary(max_size=40))
def test_no_bytes_make_anything_but_data_or_a_refusal(content: bytes):
    assert len(problems_of(lambda: parse_yaml(content, name="any.yaml"))) <= 1


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["unknown", "n-east"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["from", "to", "one_of", "includes", "category", "amount", "date"]), inner)
    ),
    max_leaves=6,
)
NAMES = ["location", "postal_code", "activity", "legal_form", "listed", "employees", "export_share", "founded", "other"]
NAMES += ["needs", "markets", "cost", "eligible_cost", "lines"]


@given(st.dictionaries(st.sampled_from(["company", "project"]), st.dictionaries(st.sampled_from(NAMES), ANYTHING)))
def test_no_profile_makes_anything_but_answers_or_a_refusal(catalogue: Catalogue, raw: object):
    problems = problems_of(lambda: known_from(raw, catalogue))
    assert all(problem.code.startswith("profile-") for problem in problems)
