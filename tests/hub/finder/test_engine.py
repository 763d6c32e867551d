"""The engine gives what the core gives, without making what no page shows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

import alliage
from alliage.core.matching.next_question import next_question
from alliage.core.vocabulary.answers import Possible, Span, plain
from alliage.core.vocabulary.profile import Profile
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.queries.contradictions import agrees, disagreeing
from alliage.hub.finder.queries.engine import Engine
from alliage.hub.finder.queries.engine import engine as engine_of
from alliage.hub.programmes.queries import Shelf
from tests.hub.finder.conftest import EXAMPLES, ON


def profile_of(file: Path, engine: Engine) -> Profile:
    return alliage.read_profile(yaml.safe_load(file.read_text(encoding="utf-8")), vocabulary=engine.vocabulary)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_results_their_order_and_the_question_are_those_of_the_core(engine: Engine, file: Path) -> None:
    profile = profile_of(file, engine)
    results, found = alliage.match(engine.catalogue, profile, on=ON), engine.found(profile)
    refused = alliage.Verdict.INELIGIBLE
    live = [r.match.programme.id for r in results.shown if r.match.verdict is not refused and not r.closed]
    ordered = [r for r in results.shown if r.match.programme.id in set(live)]
    assert found.first(found.live) == ordered
    assert found.first(found.live, most=5) == ordered[:5]
    assert list(found.ineligible) == [r for r in results.shown if r.match.verdict is refused]
    assert list(found.closed) == [r for r in results.shown if r.closed and r.match.verdict is not refused]
    assert found.hidden.bit_count() == results.hidden
    assert engine.ask(found, skip=frozenset()) == next_question(results)


@pytest.mark.parametrize("role", ["cost", "eligible_cost", "persons"])
def test_an_estimate_is_made_again_when_an_answer_that_it_depends_on_changes(engine: Engine, role: str) -> None:
    name = getattr(engine.vocabulary.roles, role)
    base = Profile({engine.vocabulary.roles.needs: Possible(frozenset({frozenset({"hr", "growth"})}))})
    worth = []
    for value in (2, 2_000, 2):
        amount = value if engine.vocabulary.attributes[name].type == "count" else Decimal(value)
        profile = replace(base, answers={**base.answers, name: Span(amount, amount)})
        results, found = alliage.match(engine.catalogue, profile, on=ON), engine.found(profile)
        aids = {r.match.programme.id: r.aid for r in results.results}
        assert {r.match.programme.id: r.aid for r in found.first(found.live)}.items() <= aids.items()
        worth.append(sum(found.advantage(at) for at in engine.index.programmes(found.live)))
    assert worth[0] == worth[2] != worth[1]


def test_the_same_profile_is_worked_out_once(engine: Engine) -> None:
    profile = profile_of(EXAMPLES[0], engine)
    assert engine.found(profile) is engine.found(profile_of(EXAMPLES[0], engine))


def test_only_the_latest_profiles_are_remembered(engine: Engine, settings: Settings) -> None:
    settings.PROFILES_IN_MEMORY = 2
    profiles = [Profile({"company.employees": Span(count, count)}) for count in (1, 2, 3)]
    first, _, third = [engine.found(profile) for profile in profiles]
    assert engine.found(profiles[2]) is third
    assert engine.found(profiles[0]) is not first


def test_only_the_latest_days_are_remembered(shelf: Shelf, settings: Settings) -> None:
    settings.DAYS_IN_MEMORY = 1
    first = engine_of(shelf, on=ON)
    assert engine_of(shelf, on=ON) is first
    engine_of(shelf, on=date(2027, 1, 1))
    assert engine_of(shelf, on=ON) is not first


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_a_dossier_gives_back_its_profile(engine: Engine, file: Path) -> None:
    profile = profile_of(file, engine)
    again = Dossier.from_dict(Dossier.of(profile).as_dict()).profile(engine.vocabulary)
    assert again == profile


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(list("alushwnibvp")), JSON) | JSON)
def test_any_cookie_makes_a_dossier_and_a_profile(engine: Engine, raw: Any) -> None:
    dossier = Dossier.from_dict(raw)
    profile = dossier.profile(engine.vocabulary)
    assert set(profile.answers) <= set(engine.vocabulary.attributes)


def test_answers_that_disagree_are_named(engine: Engine) -> None:
    raw = {
        "company": {"legal_form": "sole-proprietorship", "ccpc": True, "employees": 42},
        "project": {"needs": ["growth"]},
    }
    profile = alliage.read_profile(raw, vocabulary=engine.vocabulary)
    assert not agrees(profile, engine)
    assert set(disagreeing(profile, engine)) == {"company.legal_form", "company.ccpc"}


def test_plain_answers_are_what_a_dossier_keeps(engine: Engine) -> None:
    profile = profile_of(EXAMPLES[0], engine)
    assert Dossier.of(profile).answers == {name: plain(answer) for name, answer in profile.answers.items()}
