"""The next question settles the most, ties by the aid in play; what cannot help is never asked."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from alliage.core.catalogue.catalogue import Catalogue, build_catalogue
from alliage.core.matching.next_question import NextQuestion, answer_classes, as_dict, first_questions, next_question
from alliage.core.matching.results import match
from alliage.core.rules.condition import Leaf
from alliage.core.vocabulary.answers import Answer, plain
from tests import invented
from tests.invented import TODAY


def world(**programmes: dict[str, Any]) -> Catalogue:
    """A catalogue of small programmes: ``conditions`` as written, ``grant`` an amount, and other facts."""
    documents = {}
    for name, given in programmes.items():
        facts = dict(given)
        conditions = [{"source": "page", **c} if "attribute" in c else c for c in facts.pop("conditions")]
        grant = facts.pop("grant", 0)
        tier = {"amount": {"at_most": grant}, "source": "page"}
        aid = {"parts": [{"instrument": "grant", "tiers": [tier], "source": "page"}]} if grant else {}
        id_ = facts.setdefault("id", name.replace("_", "-"))
        changed = {"eligibility": {"all": conditions}, "aid": aid, **facts}
        documents[id_] = invented.with_programme(**changed).programmes[id_].document
    return build_catalogue({**invented.raw(), "programmes": documents}, revision="small")


def ask(
    catalogue: Catalogue, given: dict[str, Any] | None = None, *, skip: tuple[str, ...] = ()
) -> NextQuestion | None:
    profile = invented.profile({"farm.sites": "av-ost", **(given or {})})
    return next_question(match(catalogue, profile, on=TODAY), skip=frozenset(skip))


def asked(catalogue: Catalogue, given: dict[str, Any] | None = None, *, skip: tuple[str, ...] = ()) -> str | None:
    question = ask(catalogue, given, skip=skip)
    return question.attribute if question else None


HANDS = {"attribute": "farm.hands", "at_least": 10}
ORGANIC = {"attribute": "farm.organic", "is": True}
BEGUN = {"attribute": "plan.begun", "is": False}


def test_the_question_that_completes_the_most_programmes_is_asked():
    catalogue = world(
        one={"conditions": [ORGANIC], "grant": 9000}, two={"conditions": [BEGUN]}, three={"conditions": [BEGUN]}
    )
    assert ask(catalogue) == NextQuestion(
        attribute="plan.begun",
        settles=2,
        expected=Fraction(2),
        aid=Decimal(0),
        closer=False,
        programmes=("three", "two"),
    )


def test_among_equals_the_aid_in_play_decides_then_the_order_of_the_vocabulary():
    catalogue = world(one={"conditions": [ORGANIC], "grant": 10}, two={"conditions": [BEGUN], "grant": 11})
    question = ask(catalogue)
    assert question is not None
    assert (question.attribute, question.aid) == ("plan.begun", 11)
    equal = world(one={"conditions": [ORGANIC], "grant": 10}, two={"conditions": [BEGUN], "grant": 10})
    assert asked(equal) == "farm.organic"


def test_the_programmes_to_settle_are_told_the_largest_first():
    catalogue = world(
        aa={"conditions": [BEGUN], "grant": 5},
        bb={"conditions": [BEGUN], "grant": 9},
        cc={"conditions": [BEGUN], "grant": 5},
    )
    question = ask(catalogue)
    assert question is not None
    assert (question.programmes, question.aid, question.settles) == (("bb", "aa", "cc"), 19, 3)


def test_an_answer_that_may_only_refuse_counts_for_its_chances():
    question = ask(world(one={"conditions": [ORGANIC, BEGUN]}))
    assert question is not None
    assert (question.attribute, question.settles, question.expected) == ("farm.organic", 1, Fraction(1, 2))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (HANDS, Fraction(1, 2)),  # 9 fails, 10 does not
        ({"attribute": "farm.form", "one_of": ["abbey"]}, Fraction(2, 3)),
        ({"attribute": "farm.trades", "any_of": ["wool", "dairy"]}, Fraction(1, 3)),  # none of them fails
        ({"attribute": "farm.crops", "starts_with": ["1", "2"]}, Fraction(1, 3)),
        ({"attribute": "plan.site", "within": ["salt-towns"]}, Fraction(1, 2)),
        ({"attribute": "farm.founded", "more_than": "2020-12-31"}, Fraction(1, 2)),
    ],
)
def test_the_chances_are_those_of_the_answers_that_the_conditions_tell_apart(
    condition: dict[str, Any], expected: Fraction
):
    two = {"attribute": "farm.turnover", "at_least": 1, "holds": {"to": "2000-01-01"}}
    question = ask(world(one={"conditions": [condition, two]}))
    assert question is not None
    assert (question.attribute, question.expected) == (condition["attribute"], expected)


def test_only_what_is_still_possible_is_counted():
    catalogue = world(one={"conditions": [HANDS, BEGUN]})
    question = ask(catalogue, {"farm.hands": {"from": 9, "to": 10}, "plan.begun": "unknown"})
    assert question is not None
    assert (question.expected, question.closer) == (Fraction(1, 2), True)
    question = ask(world(one={"conditions": [HANDS, ORGANIC]}), {"farm.hands": {"from": 10, "to": 12}})
    assert question is not None
    assert question.attribute == "farm.organic"


def test_a_programme_that_waits_for_its_provider_is_never_completed():
    lapsed = {"attribute": "farm.turnover", "at_least": 1, "holds": {"to": "2000-01-01"}}
    question = ask(world(one={"conditions": [ORGANIC, lapsed]}))
    assert question is not None
    assert question.expected == Fraction(1, 2)
    assert asked(world(one={"conditions": [lapsed]})) is None


def test_what_is_decided_closed_or_hidden_is_not_in_play():
    closed = {"conditions": [ORGANIC], "intake": {"kind": "closed", "source": "page"}}
    suspended = {"conditions": [ORGANIC], "intake": {"kind": "suspended", "source": "page"}}
    assert asked(world(one=closed, two=suspended)) is None
    assert asked(world(one={"conditions": [ORGANIC]}), {"farm.organic": False}) is None
    assert asked(world(one={"conditions": [ORGANIC]}), {"farm.organic": True}) is None
    water = {"conditions": [ORGANIC], "needs": ["water"]}
    assert asked(world(one=water), {"plan.aims": ["barns"]}) is None
    assert asked(world(one=water), {"plan.aims": ["water"]}) == "farm.organic"
    soon = {
        "conditions": [ORGANIC],
        "intake": {"kind": "window", "windows": [{"from": "2027-01-01"}], "source": "page"},
    }
    assert asked(world(one=soon)) == "farm.organic"


def test_a_question_skipped_or_answered_i_do_not_know_is_not_asked():
    catalogue = world(one={"conditions": [ORGANIC, BEGUN]})
    assert asked(catalogue, skip=("farm.organic",)) == "plan.begun"
    assert asked(catalogue, {"farm.organic": "unknown"}) == "plan.begun"
    assert asked(catalogue, skip=("farm.organic", "plan.begun")) is None
    question = ask(catalogue, skip=("farm.organic",))
    assert question is not None
    assert question.expected == Fraction(1, 2)  # what is skipped stays missing


def test_a_question_beside_one_that_already_decides_is_not_asked():
    either = {"any": [{**ORGANIC, "source": "page"}, {**HANDS, "source": "page"}]}
    assert asked(world(one={"conditions": [{"all": [either, {**BEGUN, "source": "page"}]}]}), {"farm.hands": 12}) == (
        "plan.begun"
    )


def test_what_could_only_help_to_say_yes_is_not_asked_where_no_answer_can():
    former = {"attribute": "farm.profit", "is": True, "source": "page", "holds": {"to": "2025-12-31"}}
    either = {"any": [{**ORGANIC, "source": "page"}, former]}  # a yes if organic, never a no
    assert asked(world(one={"conditions": [either]}), {}) == "farm.organic"
    assert asked(world(one={"conditions": [former, either]}), {}) is None
    assert asked(world(one={"conditions": [former, either, BEGUN]}), {}) == "plan.begun"
    assert asked(world(one={"conditions": [former, {"not": [{"not": [either]}]}]}), {}) is None


def test_readings_that_disagree_are_not_asked_about():
    readings = {"readings": [{**ORGANIC, "source": "page"}, {**BEGUN, "source": "page"}]}
    assert asked(world(one={"conditions": [readings]}), {"farm.organic": True, "plan.begun": True}) is None
    assert asked(world(one={"conditions": [readings]}), {"farm.organic": True}) == "plan.begun"


def test_a_place_is_asked_through_its_code_unless_it_was_asked_before():
    catalogue = world(one={"conditions": []})
    profile = invented.profile({})
    question = next_question(match(catalogue, profile, on=TODAY))
    assert question is not None
    assert (question.attribute, question.settles, question.closer) == ("farm.grid", 1, False)
    for given in ({"farm.grid": "unknown"}, {"farm.grid": "ZZ"}):
        again = next_question(match(catalogue, invented.profile(given), on=TODAY))
        assert again is not None
        assert again.attribute == "farm.sites"
    skipped = next_question(match(catalogue, profile, on=TODAY), skip=frozenset({"farm.grid"}))
    assert skipped is not None
    assert skipped.attribute == "farm.sites"
    north = world(one={"conditions": [{"attribute": "farm.sites", "within": ["av-ost"]}]})
    closer = next_question(match(north, invented.profile({"farm.sites": "av-north"}), on=TODAY))
    assert closer is not None
    assert (closer.attribute, closer.closer) == ("farm.sites", True)


def classes(name: str, *rules: tuple[str, Any], now: Answer | None = None) -> list[object]:
    leaves = [Leaf(name, operator, operand, "page") for operator, operand in rules]
    return [plain(found) for found in answer_classes(name, leaves=leaves, now=now, vocabulary=invented.vocabulary())]


def test_the_answers_that_conditions_tell_apart():
    assert classes("farm.organic", ("is", True)) == [True, False]
    assert classes("farm.form", ("one_of", ("abbey",))) == ["family", "company", "abbey"]
    assert classes("farm.hands", ("at_least", 10), ("below", 11)) == [9, 10, 11]
    assert classes("farm.trades", ("any_of", ("wool", "dairy"))) == [["dairy"], ["wool"], []]
    assert classes("farm.crops", ("starts_with", ("21", "1")), ("starts_with", ("1",))) == ["1", "21", []]
    assert classes("farm.sites", ("within", ("salt-towns", "nr"))) == ["nr", "av-ost", []]
    assert classes("farm.hands") == []
    now = invented.answer("farm.hands", {"from": 10, "to": 10})
    assert classes("farm.hands", ("at_least", 10), now=now) == [10]
    assert classes("farm.hands", ("at_least", 10), now=invented.answer("farm.hands", {"to": 9})) == [9]


@pytest.mark.parametrize(
    ("name", "rules", "now", "points"),
    [
        ("farm.hands", [("at_least", 10)], None, [9, 10]),
        ("farm.hands", [("more_than", 10)], None, [10, 11]),
        ("farm.hands", [("at_most", 10)], None, [10, 11]),
        ("farm.hands", [("below", 10)], None, [9, 10]),
        ("farm.hands", [("at_least", 10), ("at_most", 20)], None, [9, 10, 21]),
        ("farm.hands", [("at_least", 10), ("at_most", 20)], {"from": 12}, [12, 21]),
        ("farm.hands", [("at_least", 10), ("at_most", 20)], {"to": 20}, [9, 10]),
        ("farm.hands", [("at_least", 10), ("at_most", 20)], {"from": 10, "to": 20}, [10]),
        ("plan.cost", [("more_than", Decimal(5))], None, [5, 5.01]),
        ("plan.own_share", [("at_least", Decimal("0.5"))], None, [0.49, 0.5]),
    ],
)
def test_numbers_are_told_apart_where_a_condition_turns(name: str, rules: Any, now: Any, points: list[object]):
    present = None if now is None else invented.answer(name, now)
    assert classes(name, *rules, now=present) == points


def test_days_are_told_apart_where_a_condition_turns():
    limit = invented.answer("farm.founded", "2020-12-31").low
    assert classes("farm.founded", ("at_most", limit)) == ["2020-12-31", "2021-01-01"]
    assert classes("farm.founded", ("at_least", limit)) == ["2020-12-30", "2020-12-31"]


def test_a_question_as_plain_data():
    question = ask(world(one={"conditions": [{"attribute": "plan.cost", "at_most": 5}], "grant": 7}))
    assert question is not None
    told = as_dict(question, vocabulary=invented.vocabulary())
    assert told == {
        "attribute": "plan.cost",
        "question": {"fr": "Combien coûtera le chantier?", "en": "How much will the plan cost?"},
        "help": {"fr": "Tout compris.", "en": "All in."},
        "settles": 1,
        "expected": 1.0,
        "aid": 7.0,
        "closer": False,
        "programmes": ["one"],
    }
    third = NextQuestion("farm.organic", 1, Fraction(1, 3), Decimal(0), False, ())  # noqa: FBT003
    told = as_dict(third, vocabulary=invented.vocabulary())
    assert (told["expected"], told["help"]) == (0.33, None)


def test_the_needs_the_place_by_its_easiest_way_and_the_cost_come_first():
    def first(**given: Any) -> tuple[str, ...]:
        known = match(invented.catalogue(), invented.profile(given), on=TODAY).known.answers
        whole = invented.catalogue()
        return first_questions(known, derivations=whole.derivations, vocabulary=whole.vocabulary)

    assert first() == ("plan.aims", "farm.grid", "farm.sites", "plan.cost")
    assert first(**{"farm.sites": "av-ost"}) == ("plan.aims", "plan.cost")


def test_the_whole_cost_is_asked_before_its_part():
    counted = {"attribute": "plan.counted_cost", "at_least": 1000}
    catalogue = world(one={"conditions": [counted]})
    assert asked(catalogue) == "plan.cost"
    assert asked(catalogue, {"plan.cost": 5000}) == "plan.counted_cost"
    assert asked(catalogue, {"plan.cost": "unknown"}) == "plan.counted_cost"
    assert asked(catalogue, skip=("plan.cost",)) == "plan.counted_cost"
    question = ask(catalogue)
    assert question is not None
    assert question.programmes == ("one",)


def test_a_place_that_its_code_told_is_asked_closer_only_when_nothing_else_is_left():
    inside = {"attribute": "farm.sites", "within": ["av-ost"]}
    catalogue = world(**{f"place-{n}": {"conditions": [inside]} for n in range(3)}, other={"conditions": [ORGANIC]})

    def told(**given: Any) -> str | None:
        profile = invented.profile({"farm.grid": "OS99", **given})
        question = next_question(match(catalogue, profile, on=TODAY))
        return question.attribute if question else None

    assert told() == "farm.organic"
    assert told(**{"farm.organic": True}) == "farm.sites"
