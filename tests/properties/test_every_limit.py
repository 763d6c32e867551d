"""Each limit of every real programme, on both sides; each place, code and choice, inside, outside and coarser.

What is expected is worked out here from the written documents and the operator's meaning, never by the interpreter.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.check_conditions import conditions_of, leaves_of
from alliage.core.matching.verdict import Verdict, match_programme
from alliage.core.rules.condition import OPERATORS, build_condition
from alliage.core.rules.evaluate import evaluate
from alliage.core.vocabulary.answers import Answer, Listed, Possible, Span, plain
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.profile import read_answer
from alliage.core.vocabulary.truth import Truth
from alliage.core.vocabulary.vocabulary import Vocabulary

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
ANY_DAY = date(2026, 11, 26)
ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "more_than": operator.gt,
    "below": operator.lt,
}
STEP: Mapping[str, Any] = {
    "count": 1,
    "money": Decimal("0.01"),
    "share": Decimal("0.0001"),
    "date": timedelta(days=1),
}
Written = Mapping[str, Any]


class Asked:
    """One written leaf of a programme, and how to try an answer on it."""

    def __init__(self, where: str, written: Written, vocabulary: Vocabulary) -> None:
        self.where, self.vocabulary = where, vocabulary
        self.attribute: Attribute = vocabulary.attributes[written["attribute"]]
        (self.operator,) = OPERATORS & written.keys()
        self.operand = written[self.operator]
        self._leaf = build_condition({k: v for k, v in written.items() if k != "holds"}, vocabulary=vocabulary)

    def truth(self, answer: Answer) -> Truth:
        answers = {self.attribute.id: answer}
        return evaluate(self._leaf, answers=answers, places=self.vocabulary.places, on=ANY_DAY).truth

    def check(self, answer: Answer, expected: Truth) -> None:
        assert self.truth(answer) is expected, f"{self.where}: {plain(answer)}"


@pytest.fixture(scope="module")
def asked(real: Catalogue) -> list[Asked]:
    """Every leaf of every condition of every programme: who may have it, and each case of its aid."""
    return [
        Asked(f"{programme.id}::{place}", leaf, real.vocabulary)
        for programme in real.programmes.values()
        for path, condition in conditions_of(programme.document)
        for place, leaf in leaves_of(condition, path)
    ]


def of_type(asked: list[Asked], *types: str) -> list[Asked]:
    chosen = [one for one in asked if one.attribute.type in types]
    assert chosen, f"the pack has no condition on a {types}"
    return chosen


def exact(value: Any) -> Span:
    return Span(value, value)


def one(*codes: str) -> Listed:
    return Listed(tuple(frozenset({code}) for code in codes))


def test_every_limit_on_both_sides(asked: list[Asked]):
    for one_ in of_type(asked, "count", "money", "share", "date"):
        limit, step = exact_limit(one_), STEP[one_.attribute.type]
        for value in (limit - step, limit, limit + step):
            holds = ORDER[one_.operator](value, limit)
            one_.check(exact(value), T if holds else F)
        upward = one_.operator in ("at_least", "more_than")
        one_.check(Span(limit - step, limit + step), U)
        one_.check(Span(limit + step, None), T if upward else F)
        one_.check(Span(None, limit - step), F if upward else T)


def test_every_flag_yes_and_no(asked: list[Asked]):
    for one_ in of_type(asked, "flag"):
        for value in (True, False):
            one_.check(Possible(frozenset({value})), T if value is one_.operand else F)
        one_.check(Possible(frozenset({True, False})), U)


def test_every_choice_inside_and_outside(asked: list[Asked]):
    for one_ in of_type(asked, "choice"):
        named = set(one_.operand)
        seen = set()
        for value in one_.attribute.values or ():
            inside = (value in named) == (one_.operator == "one_of")
            one_.check(Possible(frozenset({value})), T if inside else F)
            seen.add(inside)
        every = Possible(frozenset(one_.attribute.values or ()))
        one_.check(every, U if len(seen) == 2 else T if seen == {True} else F)


def test_every_multiple_choice_with_none_one_and_all(asked: list[Asked]):
    for one_ in of_type(asked, "choices"):
        named, values = set(one_.operand), set(one_.attribute.values or ())
        worlds = [set(), values - named, named, values, *({value} for value in values)]
        for world in worlds:
            has = {"any_of": world & named, "all_of": named <= world, "none_of": not world & named}[one_.operator]
            one_.check(Possible(frozenset({frozenset(world)})), T if has else F)


def test_every_code_inside_outside_and_coarser(asked: list[Asked], real: Catalogue):
    for one_ in of_type(asked, "code"):
        yes, no = (T, F) if one_.operator == "starts_with" else (F, T)
        table = real.vocabulary.codes[one_.attribute.codes]
        tried = set()
        for code in table:
            inside = any(code.startswith(prefix) for prefix in one_.operand)
            coarser = any(prefix.startswith(code) for prefix in one_.operand)
            one_.check(one(code), yes if inside else U if coarser else no)
            tried.add((inside, coarser))
        assert len(tried) >= 2, f"{one_.where}: every code of the table is inside"


def test_every_place_inside_outside_and_coarser(asked: list[Asked], real: Catalogue):
    """Every place of the tree against every distinct place condition: the tree is walked here from the rows alone."""
    rows = {row["code"]: row["parent"] for row in real.raw["places"]}
    sets = {group["id"]: group for group in real.raw["place_sets"]}

    def line(code: str) -> list[str]:
        return [code, *line(rows[code])] if rows.get(code) else [code]

    lines = {code: frozenset(line(code)) for code in rows}
    distinct = {(one_.operator, tuple(one_.operand)): one_ for one_ in of_type(asked, "place")}
    for one_ in distinct.values():
        yes, no = (T, F) if one_.operator == "within" else (F, T)
        areas = {code for area in one_.operand for code in sets.get(area, {}).get("places", [area])}
        doubts = {code for area in one_.operand for code in sets.get(area, {}).get("perhaps", ())}
        above = frozenset().union(*(lines[area] for area in areas | doubts)) - areas
        for code, up in lines.items():
            inside = bool(up & areas)
            open_ = bool(up & doubts) or code in above
            one_.check(one(code), yes if inside else U if open_ else no)


def test_every_answer_at_a_limit_reads_back_as_itself(asked: list[Asked]):
    vocabulary = asked[0].vocabulary
    for one_ in asked:
        attribute = one_.attribute
        for answer in answers_at(one_):
            assert read_answer(plain(answer), attribute=attribute, vocabulary=vocabulary) == answer, one_.where


def answers_at(asked: Asked) -> Iterator[Answer]:
    attribute, operand = asked.attribute, asked.operand
    if attribute.ordered:
        limit = exact_limit(asked)
        yield from (exact(limit), Span(limit, None), Span(None, limit))
    elif attribute.type == "flag":
        yield from (Possible(frozenset({operand})), Possible(frozenset({True, False})))
    elif attribute.type == "choices":
        yield Possible(frozenset({frozenset(operand)}))
        yield Possible(frozenset({frozenset(), frozenset(operand)}))
    elif attribute.type == "choice":
        yield Possible(frozenset(operand))
    else:
        codes = [code for code in operand if code not in asked.vocabulary.places.sets]
        yield one(*codes)
        yield Listed((frozenset(codes),) if codes else ())


def test_prefixes_of_codes_give_smaller_places_the_longer_they_are(real: Catalogue):
    """Else a longer postal code could turn a verdict that a shorter one decided."""
    places = real.vocabulary.places
    for table in real.derivations.tables:
        for prefix, given in table.rows.items():
            shorter = [prefix[:length] for length in range(1, len(prefix)) if prefix[:length] in table.rows]
            for wide in shorter:
                for place in given:
                    assert any(places.inside(place, area) for area in table.rows[wide]), (prefix, wide, place)


def test_just_outside_a_limit_a_programme_says_no_and_names_it(real: Catalogue):
    for programme in real.programmes.values():
        for written in programme.document["eligibility"]["all"]:
            if "attribute" not in written or "holds" in written:
                continue
            one_ = Asked(programme.id, written, real.vocabulary)
            if not one_.attribute.ordered:
                continue
            limit, step = exact_limit(one_), STEP[one_.attribute.type]
            outside = next(v for v in (limit - step, limit, limit + step) if not ORDER[one_.operator](v, limit))
            found = match_programme(programme, answers={one_.attribute.id: exact(outside)}, on=ANY_DAY)
            assert found.verdict is Verdict.INELIGIBLE, one_.where
            assert one_.attribute.id in found.failed, one_.where


def exact_limit(asked: Asked) -> Any:
    if asked.attribute.type == "date":
        return date.fromisoformat(asked.operand)
    return asked.operand if asked.attribute.type == "count" else Decimal(str(asked.operand))
