"""Three-way merge of documents: what one side changed is kept, what both changed is asked, nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

import pytest

import alliage
from alliage.core.catalogue.differences import differences, same
from alliage.core.catalogue.merging import Side, merge, place_of, sides

Document = dict[str, Any]


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return list(alliage.load_pack().raw["programmes"].values())


BASE: Document = {
    "id": "press",
    "name": {"fr": "Presse", "en": "Press"},
    "needs": ["equipment", "growth"],
    "eligibility": {
        "all": [
            {"attribute": "company.employees", "at_most": 99, "source": "s1"},
            {"attribute": "company.location", "within": ["ca-qc"], "source": "s1"},
        ]
    },
    "confirm": [{"text": {"fr": "Un plan est demandé.", "en": "A plan is asked."}, "source": "s1"}],
    "aid": {"parts": [{"instrument": "grant", "tiers": [{"rate_at_most": 0.5, "source": "s1"}]}]},
    "steps": [{"kind": "call", "text": {"fr": "Appeler.", "en": "Call."}}],
    "sources": {"s1": {"url": "https://example.org/a", "title": "A"}},
}


def changed(change: Callable[[Document], Any]) -> Document:
    version = deepcopy(BASE)
    change(version)
    return version


def merged(ours: Document, theirs: Document, **keep: Side) -> tuple[Any, list[str]]:
    found = merge(
        base=BASE, ours=ours, theirs=theirs, keep={place.replace("__", "."): side for place, side in keep.items()}
    )
    return found.document, [clash.place for clash in found.clashes]


def test_what_each_side_changed_is_there():
    ours = changed(lambda d: d["eligibility"]["all"][0].update(at_most=249))
    theirs = changed(lambda d: d["aid"]["parts"][0]["tiers"][0].update(rate_at_most=0.4))
    both, clashes = merged(ours, theirs)
    assert clashes == []
    assert both["eligibility"]["all"][0]["at_most"] == 249
    assert both["aid"]["parts"][0]["tiers"][0]["rate_at_most"] == 0.4


def test_what_both_changed_otherwise_is_asked_and_ours_kept_until_then():
    ours = changed(lambda d: d["aid"]["parts"][0]["tiers"][0].update(rate_at_most=0.6))
    theirs = changed(lambda d: d["aid"]["parts"][0]["tiers"][0].update(rate_at_most=0.4))
    place = "aid.parts[0].tiers[0].rate_at_most"
    found = merge(base=BASE, ours=ours, theirs=theirs)
    (clash,) = found.clashes
    assert (clash.place, clash.base, clash.ours, clash.theirs) == (place, 0.5, 0.6, 0.4)
    assert found.document == ours
    assert merge(base=BASE, ours=ours, theirs=theirs, keep={place: Side.THEIRS}).document == theirs


def test_a_condition_is_never_half_of_two():
    ours = changed(lambda d: d["eligibility"]["all"][0].update(at_most=249))
    theirs = changed(
        lambda d: d["eligibility"]["all"].__setitem__(
            0, {"attribute": "company.employees", "at_least": 5, "source": "s1"}
        )
    )
    _, clashes = merged(ours, theirs)
    assert clashes == ["eligibility.all[0]"]


def test_words_are_changed_whole():
    ours = changed(lambda d: d["name"].update(fr="Presse à extrusion"))
    theirs = changed(lambda d: d["name"].update(en="Extrusion press"))
    assert merged(ours, theirs)[1] == ["name"]


def test_lists_of_plain_values_are_sets():
    ours = changed(lambda d: d.update(needs=["equipment", "export"]))
    theirs = changed(lambda d: d.update(needs=["growth", "equipment", "digital"]))
    both, clashes = merged(ours, theirs)
    assert clashes == []
    assert sorted(both["needs"]) == ["digital", "equipment", "export"]


def test_what_one_removed_and_the_other_changed_is_asked():
    ours = changed(lambda d: d["eligibility"]["all"].pop(0))
    theirs = changed(lambda d: d["eligibility"]["all"][0].update(at_most=249))
    both, (place,) = merged(ours, theirs)
    assert len(both["eligibility"]["all"]) == 1
    kept = merge(base=BASE, ours=ours, theirs=theirs, keep={place: Side.THEIRS}).document
    assert sorted(leaf["attribute"] for leaf in kept["eligibility"]["all"]) == ["company.employees", "company.location"]


def test_what_one_removed_and_the_other_left_is_removed():
    ours = changed(lambda d: d["confirm"].clear())
    both, clashes = merged(ours, changed(lambda d: d.update(needs=["growth"])))
    assert (clashes, both["confirm"], both["needs"]) == ([], [], ["growth"])


def test_both_may_add_and_the_same_addition_is_there_once():
    step = {"kind": "file", "text": {"fr": "Déposer la demande.", "en": "File the form."}}
    other = {"kind": "wait", "text": {"fr": "Attendre la réponse écrite.", "en": "Wait for a letter."}}
    both, clashes = merged(changed(lambda d: d["steps"].append(step)), changed(lambda d: d["steps"].insert(0, other)))
    assert clashes == []
    assert both["steps"] == [other, *BASE["steps"], step]
    both, clashes = merged(changed(lambda d: d["steps"].append(step)), changed(lambda d: d["steps"].append(step)))
    assert (clashes, both["steps"]) == ([], [*BASE["steps"], step])


def test_tiers_that_both_changed_in_number_are_asked_whole():
    ours = changed(lambda d: d["aid"]["parts"][0]["tiers"].insert(0, {"rate_at_most": 0.7, "source": "s1"}))
    theirs = changed(lambda d: d["aid"]["parts"][0]["tiers"].append({"rate_at_most": 0.2, "source": "s1"}))
    assert merged(ours, theirs)[1] == ["aid.parts[0].tiers"]


def test_the_same_page_under_another_key_is_the_same_source():
    def renamed(version: Document) -> None:
        text = repr(version).replace("'s1'", "'p9'")
        version.update(eval(text))  # noqa: S307  # our own data
        del version["sources"]["p9"]
        version["sources"] = {"p9": BASE["sources"]["s1"]}

    ours = changed(lambda d: d.update(needs=["growth"]))
    assert merged(ours, changed(renamed)) == (ours, [])


def test_only_sides_are_choices():
    assert sides([("a", "ours"), ("b", "theirs"), ("c", "mine")]) == {"a": Side.OURS, "b": Side.THEIRS}


# ------------------------------------------------------------------------------------------------------ laws


def edits(document: Document, random: Random, *, number: int) -> Document:
    """A version with some random changes of values, items removed, items added twice."""
    version = deepcopy(document)
    for _ in range(number):
        owner, key = random.choice(list(spots(version)))
        if isinstance(owner, list) and random.random() < 0.5:
            del owner[key]
        elif isinstance(owner[key], int | float) and not isinstance(owner[key], bool):
            owner[key] = owner[key] + random.choice((1, 2))
        elif isinstance(owner[key], str):
            owner[key] += random.choice(" abc").strip() or "z"
    return version


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a document, but its id and the pages it names."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in inside:
        if key in ("id", "file", "as_of", "sources", "source"):
            continue
        if isinstance(item, dict | list):
            yield from spots(item)
        if not isinstance(item, dict) or isinstance(value, list):
            yield value, key


@pytest.mark.parametrize("seed", range(6))
def test_merging_loses_nothing(documents: list[Document], seed: int) -> None:
    """One side alone is that side; both alike is both; and each change of theirs is there, or is asked."""
    random = Random(seed)  # noqa: S311  # a seed, no secret
    for base in documents[seed::3]:
        ours, theirs = (edits(base, random, number=random.randint(1, 3)) for _ in range(2))
        assert merge(base=base, ours=base, theirs=theirs).document == theirs
        assert merge(base=base, ours=ours, theirs=base).document == ours
        assert merge(base=base, ours=ours, theirs=ours).document == ours
        found = merge(base=base, ours=ours, theirs=theirs)
        all_ours = {clash.place: Side.OURS for clash in found.clashes}
        assert merge(base=base, ours=ours, theirs=theirs, keep=all_ours).document == found.document
        if not found.clashes:
            back = merge(base=base, ours=theirs, theirs=ours)
            assert back.clashes == ()
            assert same(back.document, found.document), base["id"]


@pytest.mark.parametrize("seed", range(3))
def test_a_change_of_theirs_elsewhere_is_never_dropped(documents: list[Document], seed: int) -> None:
    random = Random(1_000 + seed)  # noqa: S311  # a seed, no secret
    for base in documents[seed::3]:
        theirs = edits(base, random, number=1)
        ours = {**base, "as_of": "2020-01"}
        found = merge(base=base, ours=ours, theirs=theirs)
        assert found.clashes == ()
        left = [place_of(one.path) for one in differences(found.document, theirs)]
        assert left in ([], ["as_of"]), base["id"]
