"""The fast forms say what the slow ones say: the value index decides as the interpreter, and asks the same question."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from alliage.core.catalogue.freshness import Freshness
from alliage.core.catalogue.intake import CLOSED, OPEN, Intake
from alliage.core.catalogue.programme import Programme
from alliage.core.matching.aid import Aid
from alliage.core.matching.next_question import next_question
from alliage.core.matching.question_index import Play, QuestionIndex
from alliage.core.matching.results import Result, Results
from alliage.core.matching.value_index import ValueIndex
from alliage.core.matching.verdict import Match, Verdict
from alliage.core.rules.condition import Condition, Leaf
from alliage.core.rules.derivations import Known
from alliage.core.rules.evaluate import evaluate
from alliage.core.vocabulary.answers import Answers, Span
from alliage.core.vocabulary.profile import Profile
from alliage.core.vocabulary.truth import Truth, every
from tests import invented
from tests.properties import strategies

VOCABULARY = invented.vocabulary()
PROVIDER = next(iter(invented.catalogue().providers.values()))
TODAY = invented.TODAY
VERDICTS = {Truth.TRUE: Verdict.ELIGIBLE, Truth.UNKNOWN: Verdict.POSSIBLE, Truth.FALSE: Verdict.INELIGIBLE}
SMALL_AIDS = [Decimal(text) for text in ("0", "5000", "5000.50", "20000")]

Rule = tuple[Condition, ...]
answers = strategies.answer_sets(VOCABULARY)


@dataclass(frozen=True)
class Case:
    """A programme to be, and what stands beside its conditions."""

    rule: Rule
    aid: Decimal
    closed: bool
    serves: bool


def busy_rules() -> st.SearchStrategy[Rule]:
    """Rules on few attributes, so that programmes meet on them; some too long for one byte."""
    few = st.sampled_from(strategies.judged(VOCABULARY)[:4])
    leaf = few.flatmap(lambda attribute: strategies.leaves_on(attribute, VOCABULARY))
    return strategies.rules(VOCABULARY) | st.lists(leaf, max_size=3).map(tuple) | st.lists(leaf, max_size=11).map(tuple)


often, seldom = st.sampled_from([True] * 9 + [False]), st.sampled_from([False] * 9 + [True])
cases = st.builds(Case, busy_rules(), st.sampled_from(SMALL_AIDS), seldom, often)


def outcomes(rule: Rule, known: Answers, on: date = TODAY) -> list[Truth]:
    places = VOCABULARY.places
    return [evaluate(condition, answers=known, places=places, on=on).truth for condition in rule]


def result_of(at: int, case: Case, known: Answers) -> Result:
    found = tuple(evaluate(c, answers=known, places=VOCABULARY.places, on=TODAY) for c in case.rule)
    programme = Programme({"id": f"programme-{at}"}, PROVIDER, case.rule, VOCABULARY)
    verdict = VERDICTS[every(finding.truth for finding in found)]
    match = Match(programme, verdict, Intake(CLOSED if case.closed else OPEN), found, (), (), ())
    return Result(match, Aid(None, case.aid, ()), Freshness(None), case.serves)


@given(st.lists(busy_rules(), max_size=6), answers)
def test_the_value_index_decides_and_explains_as_the_interpreter(rules: list[Rule], known: Answers):
    index = ValueIndex(rules, vocabulary=VOCABULARY, on=TODAY)
    truths = [outcomes(rule, known) for rule in rules]
    verdicts = [every(rule) for rule in truths]
    decisions, explained = index.decide(known), index.explain(known)
    assert index.programmes(decisions.ineligible) == [at for at, truth in enumerate(verdicts) if truth is Truth.FALSE]
    assert index.programmes(decisions.possible) == [at for at, truth in enumerate(verdicts) if truth is Truth.UNKNOWN]
    assert list(explained.failed) == [field_of(rule, Truth.FALSE) for rule in truths]
    assert list(explained.missing) == [field_of(rule, Truth.UNKNOWN) for rule in truths]


def field_of(rule: list[Truth], wanted: Truth) -> int:
    return sum(1 << at for at, truth in enumerate(rule) if truth is wanted)


@given(st.lists(busy_rules(), max_size=6), st.lists(answers, min_size=1, max_size=3))
def test_the_value_index_finds_what_the_interpreter_finds_whatever_it_was_asked_before(
    rules: list[Rule], profiles: list[Answers]
):
    index = ValueIndex(rules, vocabulary=VOCABULARY, on=TODAY)
    for known in profiles:
        assert index.findings(known) == [
            tuple(evaluate(c, answers=known, places=VOCABULARY.places, on=TODAY) for c in rule) for rule in rules
        ]


@given(
    st.lists(cases, max_size=8),
    answers,
    strategies.subsets(frozenset(VOCABULARY.attributes)) | st.just(frozenset()),
    st.randoms(use_true_random=False),
)
def test_the_question_found_on_bits_is_the_next_question(programmes, known, skip, random):
    results = [result_of(at, case, known) for at, case in enumerate(programmes)]
    shuffled = random.sample(results, len(results))
    slow = Results(invented.catalogue(), Profile(known), Known(known, {}), TODAY, tuple(shuffled))
    index = ValueIndex([case.rule for case in programmes], vocabulary=VOCABULARY, on=TODAY)
    fast = QuestionIndex(
        index,
        ids=[result.match.programme.id for result in results],
        vocabulary=VOCABULARY,
        derivations=invented.catalogue().derivations,
    )
    in_play = index.marks(at for at, case in enumerate(programmes) if case.serves and not case.closed)
    play = Play(in_play, aid=lambda at: programmes[at].aid)
    assert fast.ask(index.see(known), play, skip=skip) == next_question(slow, skip=skip)


def test_a_rule_of_more_conditions_than_a_machine_number_has_bits():
    names = [attribute.id for attribute in VOCABULARY.attributes.values() if attribute.type == "count"]
    rule = tuple(Leaf(names[0], "at_least", limit, "page") for limit in range(70))
    index = ValueIndex([rule, ()], vocabulary=VOCABULARY, on=TODAY)
    known: Answers = {names[0]: Span(42, 42)}
    assert index.programmes(index.decide(known).ineligible) == [0]
    assert index.explain(known).failed == (field_of(outcomes(rule, known), Truth.FALSE), 0)
    assert index.explain({}).missing == (2**70 - 1, 0)
