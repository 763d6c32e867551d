"""The next question: its answer can change something, and there is none exactly when no answer can."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.freshness import Freshness
from alliage.core.catalogue.programme import Programme
from alliage.core.matching.aid import Aid
from alliage.core.matching.next_question import next_question
from alliage.core.matching.results import Result, Results, match
from alliage.core.matching.verdict import match_of
from alliage.core.rules.condition import Condition, Leaf, leaves
from alliage.core.rules.derivations import Known
from alliage.core.rules.evaluate import Reach, evaluate, reach
from alliage.core.vocabulary.answers import Answers, Possible
from alliage.core.vocabulary.profile import Profile
from alliage.core.vocabulary.truth import Truth, every
from tests import invented
from tests.properties.strategies import TODAY, conditions, fewer, narrow_and_wide_profiles

VOCABULARY = invented.vocabulary()
FLAGS = tuple(f"farm.flag_{letter}" for letter in "abcde")
FLAG = VOCABULARY.attributes["farm.organic"]
FLAG_VOCABULARY = replace(VOCABULARY, attributes={name: replace(FLAG, id=name) for name in FLAGS}, derivations={})
YES, NO = Possible(frozenset({True})), Possible(frozenset({False}))


@st.composite
def flag_rules(draw: st.DrawFn) -> tuple[Condition, ...]:
    """Conditions that ask each question once: two that ask the same could cancel out, which no table of Kleene sees."""
    rule = draw(st.lists(conditions(FLAG_VOCABULARY), min_size=1, max_size=3))
    asked = [leaf for condition in rule for leaf in leaves(condition)]
    assume(len(asked) <= len(FLAGS))
    names = iter(FLAGS)
    return tuple(renamed(condition, names) for condition in rule)


def renamed(condition: Condition, names: Iterator[str]) -> Condition:
    if isinstance(condition, Leaf):
        return replace(condition, attribute=next(names))
    return type(condition)(tuple(renamed(part, names) for part in condition.conditions))


@st.composite
def flag_answers(draw: st.DrawFn) -> Answers:
    return {name: draw(st.sampled_from([YES, NO])) for name in draw(st.sets(st.sampled_from(FLAGS)))}


def catalogue_asking(rule: tuple[Condition, ...]) -> Catalogue:
    """A catalogue of one open programme with these conditions."""
    catalogue = invented.with_programme()
    (open_hand,) = catalogue.programmes.values()
    asking = Programme(open_hand.document, open_hand.provider, rule, FLAG_VOCABULARY)
    return replace(catalogue, programmes={asking.id: asking}, vocabulary=FLAG_VOCABULARY)


def verdict(rule: tuple[Condition, ...], answers: Answers) -> Truth:
    return every(evaluate(c, answers=answers, places=VOCABULARY.places, on=TODAY).truth for c in rule)


def can_matter(name: str, rule: tuple[Condition, ...], answers: Answers) -> bool:
    """Whether, some way that the rest may turn out, an answer to this question changes the verdict."""
    others = [other for other in FLAGS if other != name and other not in answers]
    for rest in product([None, YES, NO], repeat=len(others)):
        known = {**answers, **{other: answer for other, answer in zip(others, rest, strict=True) if answer}}
        if len({verdict(rule, {**known, **mine}) for mine in ({}, {name: YES}, {name: NO})}) > 1:
            return True
    return False


def ask(rule: tuple[Condition, ...], profile: Profile, *, skip: frozenset[str] = frozenset()) -> str | None:
    results = Results(catalogue_asking(rule), profile, Known(profile.answers, {}), TODAY, ())
    (programme,) = results.catalogue.programmes.values()
    findings = tuple(evaluate(c, answers=profile.answers, places=VOCABULARY.places, on=TODAY) for c in rule)
    found = match_of(programme, findings=findings, answers=profile.answers, on=TODAY)
    result = Result(found, Aid(None, Decimal(0), ()), Freshness(None), serves_needs=True)
    question = next_question(replace(results, results=(result,)), skip=skip)
    return question.attribute if question else None


@given(flag_rules(), flag_answers())
def test_a_question_is_asked_if_and_only_if_an_answer_can_change_something(
    rule: tuple[Condition, ...], answers: Answers
):
    asked = ask(rule, Profile(answers))
    open_ = verdict(rule, answers) is Truth.UNKNOWN
    matters = [name for name in FLAGS if open_ and name not in answers and can_matter(name, rule, answers)]
    assert (asked in matters) if matters else asked is None


@given(flag_rules(), flag_answers())
def test_what_better_answers_could_make_of_a_condition(rule: tuple[Condition, ...], answers: Answers):
    """True, respectively false, is within reach if and only if some answers to the open questions give it."""
    for condition in rule:
        finding = evaluate(condition, answers=answers, places=VOCABULARY.places, on=TODAY)
        open_ = [leaf.attribute for leaf in leaves(condition) if leaf.attribute not in answers]
        worlds = [dict(zip(open_, world, strict=True)) for world in product([YES, NO], repeat=len(open_))]
        truths = {verdict((condition,), {**answers, **world}) for world in worlds}
        assert reach(finding) == Reach(true=Truth.TRUE in truths, false=Truth.FALSE in truths)


@given(flag_rules(), st.sampled_from(FLAGS))
def test_who_does_not_know_is_not_asked_again(rule: tuple[Condition, ...], name: str):
    asked = ask(rule, Profile({}, unknown=frozenset({name})))
    assert asked != name
    assert asked == ask(rule, Profile({}), skip=frozenset({name}))


@given(narrow_and_wide_profiles())
@fewer
def test_a_question_belongs_to_a_programme_in_play(pair: tuple[Profile, Profile]):
    for profile in pair:
        results = match(invented.catalogue(), profile, on=TODAY)
        in_play = [r for r in results.shown if r.match.verdict.value == "possible" and not r.closed]
        question = next_question(results)
        missing = {name for r in in_play for name in r.match.missing if name not in r.match.unsettled}
        if question is None:
            assert missing == set()
        else:
            through = {"farm.grid"} if "farm.sites" in missing else set()
            assert question.attribute in missing | through
            assert set(question.programmes) <= {r.match.programme.id for r in in_play}
            assert question.settles == len(question.programmes)
