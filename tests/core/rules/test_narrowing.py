"""Two answers to one question: what both say, or nothing if they contradict."""

import pytest

from alliage.core.rules.narrowing import narrowed
from alliage.core.vocabulary.answers import Answer, Includes, Listed, Possible, Span
from tests import invented

PLACES = invented.vocabulary().places


def values(*items: object) -> Possible:
    return Possible(frozenset(items))


def sets(*worlds: str) -> Possible:
    return Possible(frozenset(frozenset(world.split()) for world in worlds))


def has(words: str) -> Includes:
    return Includes(frozenset(words.split()))


def listed(*items: str) -> Listed:
    return Listed(tuple(frozenset(item.split("|")) for item in items))


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (Span(1, 5), Span(3, 9), Span(3, 5)),
        (Span(1, 5), Span(5, 9), Span(5, 5)),
        (Span(1, 5), Span(6, 9), None),
        (Span(1, None), Span(None, 9), Span(1, 9)),
        (Span(None, None), Span(2, 3), Span(2, 3)),
        (Span(0, 0), Span(0, None), Span(0, 0)),
        (Span(2, 4), values(1, 2, 4, 5), values(2, 4)),
        (Span(2, None), values(1, 2, 3), values(2, 3)),
        (Span(None, 2), values(1, 2, 3), values(1, 2)),
        (Span(8, 9), values(1, 2), None),
        (values(1, 2), values(2, 3), values(2)),
        (values("a"), values("b"), None),
        (values("a", "b"), values("b"), values("b")),
        (sets("a", "a b", "b"), has("a"), sets("a", "a b")),
        (sets("b"), has("a"), None),
        (sets("a", "b"), sets("b", "c"), sets("b")),
        (has("a"), has("b"), has("a b")),
        (listed("av-north"), listed("av-ost"), listed("av-ost")),
        (listed("av-north"), listed("av-ost|nr"), listed("av-ost")),
        (listed("av-north"), listed("av-ost|av-brume|nr"), listed("av-ost|av-brume")),
        (listed("av-north"), listed("nr"), None),
        (listed("av-ost"), listed("av-ost"), listed("av-ost")),
        (listed("11"), listed("111"), listed("111")),
        (listed("11|2"), listed("111|12"), listed("111")),
    ],
)
def test_two_answers_together(one: Answer, other: Answer, both: Answer | None):
    assert narrowed(one, other, places=PLACES) == both
    assert narrowed(other, one, places=PLACES) == both


@pytest.mark.parametrize(
    ("known", "other", "both"),
    [
        (listed("nr", "av-north"), listed("av-ost"), listed("nr", "av-north")),
        (listed("nr", "av-north"), listed("av-seld"), None),
        (listed("nr", "av-north"), listed("av-ost", "nr-kell"), listed("nr", "av-north")),
        (listed("nr", "av-north"), listed("av-ost", "av-seld"), None),
        (listed(), listed("av-ost"), None),
        (listed("av-ost", "nr"), listed(), listed("av-ost", "nr")),
    ],
)
def test_several_establishments_stay_as_said_if_each_other_one_fits(known: Listed, other: Listed, both: Listed | None):
    assert narrowed(known, other, places=PLACES) == both
