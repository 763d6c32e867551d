"""Each example company gets the answers that were read by hand in the programmes' records."""

from datetime import date
from pathlib import Path

import pytest

import alliage
from alliage.core.vocabulary.yaml_files import read_yaml

HOUSE = Path(__file__).parents[2]
EXAMPLES = sorted((HOUSE / "examples").glob("*.yaml"))
BY_HAND = read_yaml(HOUSE / "tests" / "cases" / "examples.yaml")
TODAY = date(2026, 11, 26)

CATALOGUE = alliage.load_pack()


def results_of(name: str) -> alliage.Results:
    """What the engine answers to an example, today."""
    raw = read_yaml(HOUSE / "examples" / f"{name}.yaml")
    profile = alliage.read_profile(raw, vocabulary=CATALOGUE.vocabulary, name=name)
    return alliage.match(CATALOGUE, profile, on=TODAY)


RESULTS = {path.stem: results_of(path.stem) for path in EXAMPLES}


def cases() -> list[object]:
    """Each answer read by hand, named after its example and its programme."""
    return [
        pytest.param(name, case, id=f"{name}: {case['programme']}")
        for name, answers in BY_HAND.items()
        for case in answers
    ]


@pytest.mark.parametrize(("name", "case"), cases())
def test_the_engine_answers_as_the_record_read_by_hand(name: str, case: dict[str, object]):
    found = RESULTS[name].result(str(case["programme"])).match
    reasons = {"ineligible": found.failed, "possible": found.missing}.get(found.verdict.value, ())
    assert found.verdict.value == case["expect"], (found.failed, found.missing)
    assert set(reasons) == set(case.get("because", ()))
    assert found.intake.state == case.get("intake", found.intake.state)


def test_each_example_was_compared_with_at_least_ten_programmes_none_of_them_twice():
    programmes = [case["programme"] for answers in BY_HAND.values() for case in answers]
    assert BY_HAND.keys() == RESULTS.keys()
    assert all(len(answers) >= 10 for answers in BY_HAND.values())
    assert len(programmes) == len(set(programmes))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_example_says_first_that_it_is_invented(path: Path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# Entreprise inventée / Invented company")


@pytest.mark.parametrize("name", RESULTS)
def test_each_example_has_something_to_ask_for_now_and_a_question_to_go_further(name: str):
    results = RESULTS[name]
    within_reach = [r for r in results.shown if r.match.verdict is not alliage.Verdict.INELIGIBLE and not r.closed]
    assert any(result.match.verdict is alliage.Verdict.ELIGIBLE for result in within_reach)
    assert alliage.next_question(results) is not None
