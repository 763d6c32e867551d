"""The search on the real catalogue: what a manager types finds what the records say."""

import sqlite3
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import alliage
from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.search import tables
from alliage.core.search.results import FACETS, Correction
from alliage.core.search.search import SearchIndex
from alliage.core.vocabulary.errors import AlliageError
from alliage.core.vocabulary.yaml_files import read_yaml

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).parents[2] / "cases" / "search.yaml")
FIRST = 5


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return alliage.load_pack()


@pytest.fixture(scope="module")
def index(catalogue: Catalogue) -> SearchIndex:
    return SearchIndex.of(catalogue, lang="fr")


def ids(index: SearchIndex, words: str, **only: Any) -> list[str]:
    return [hit.programme_id for hit in index.search(words, **only).hits]


def bare(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


# ------------------------------------------------------------------------------------------------ quality


@pytest.mark.parametrize("case", CASES, ids=[case["words"] for case in CASES])
def test_words_find_the_programmes_that_the_records_say(case: dict[str, Any], index: SearchIndex):
    found = ids(index, case["words"], limit=FIRST)
    if "first" in case:
        assert found[0] == case["first"]
    assert set(case.get("all", ())) <= set(found)
    assert not case.get("any") or set(case["any"]) & set(found)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nearly_every_programme_is_found_by_its_name_without_accents(
    catalogue: Catalogue, index: SearchIndex, lang: str
):
    names = {programme.id: bare(programme.name[lang]).upper() for programme in catalogue.programmes.values()}
    missed = [id_ for id_, name in names.items() if id_ not in ids(index, name, limit=FIRST)]
    assert len(missed) <= 0.01 * len(names), missed


def test_every_programme_is_found_first_by_its_id(catalogue: Catalogue, index: SearchIndex):
    assert [id_ for id_ in catalogue.programmes if ids(index, id_, limit=1) != [id_]] == []


def test_a_former_id_finds_the_programme_that_replaced_it(catalogue: Catalogue, index: SearchIndex):
    assert catalogue.redirects
    assert [old for old, new in catalogue.redirects.items() if ids(index, old, limit=1) != [new]] == []


def test_plurals_case_and_accents_change_nothing_to_what_is_found(index: SearchIndex):
    assert set(ids(index, "Prêts équipements", limit=3)) == set(ids(index, "pret equipement", limit=3))


def test_what_means_the_same_is_found_in_either_language(index: SearchIndex):
    machines = index.search("presse", limit=FIRST, need="equipment")
    assert len(machines.hits) == FIRST
    assert machines.hits[0].matched == ("presse",)
    assert set(ids(index, "hiring", limit=200)) >= {"priime", "subvention-salariale"}


def test_a_mistyped_word_is_corrected_and_said(index: SearchIndex):
    found = index.search("canexprot")
    assert found.corrected == (Correction("canexprot", "canexport"),)
    assert found.hits[0].programme_id == "canexport-pme"


def test_the_beginning_of_a_word_is_completed_and_said(index: SearchIndex):
    assert index.search("canexp").corrected == (Correction("canexp", "canexport"),)


def test_an_unknown_word_is_put_aside_and_said(index: SearchIndex):
    found = index.search("francisation xyzzyqwk")
    assert found.unknown == ("xyzzyqwk",)
    assert ids(index, "francisation xyzzyqwk") == ids(index, "francisation")


# ------------------------------------------------------------------------------------------------ filters


def test_no_words_give_every_programme_in_the_order_of_ids(catalogue: Catalogue, index: SearchIndex):
    found = index.search("  ", limit=1000)
    assert [hit.programme_id for hit in found.hits] == sorted(catalogue.programmes)
    assert found.total == len(catalogue.programmes)


@pytest.mark.parametrize("words", ["xyzzyqwk", "🙂", "le la les", '"', "^*:", "\0", "* OR -"])
def test_words_of_which_nothing_is_known_give_none(words: str, index: SearchIndex):
    assert index.search(words).total == 0


def test_filters_narrow_and_each_facet_counts_what_its_other_choices_would_keep(
    catalogue: Catalogue, index: SearchIndex
):
    found = index.search("", limit=1000, need="export", level="federal")
    kept = [catalogue.programmes[hit.programme_id] for hit in found.hits]
    assert kept
    assert all("export" in programme.needs and programme.provider.level == "federal" for programme in kept)
    assert found.facets["need"]["export"] == found.facets["level"]["federal"] == found.total
    assert found.facets["level"]["quebec"] == index.search("", need="export", level="quebec").total
    assert set(found.facets) == set(FACETS)


def test_a_value_that_nothing_has_leaves_nothing(index: SearchIndex):
    for only in ({"need": "?"}, {"instrument": "?"}, {"provider": "?"}, {"place": "?"}, {"among": ()}):
        assert index.search("aluminium", **only).total == 0  # type: ignore[arg-type] # a key of its own each time


def test_a_place_leaves_out_what_is_surely_refused_there(index: SearchIndex):
    here = set(ids(index, "", limit=1000, place="qc-r02"))
    assert "sva-fonds-rio-tinto" in here
    assert "pme-mtl-fonds" not in here


def test_a_search_among_given_programmes_finds_no_other(index: SearchIndex):
    assert ids(index, "canexport", among={"canexport-innovation"}) == ["canexport-innovation"]


def test_the_readers_language_comes_first(catalogue: Catalogue, index: SearchIndex):
    english = SearchIndex.of(catalogue, lang="en")
    assert english.search("loan").hits[0].score > index.search("loan").hits[0].score


# ------------------------------------------------------------------------------------------------- safety


@given(st.text(max_size=300) | st.text(alphabet="\"*()^:-+'&. ORANDNEAR0é\0", max_size=60))
def test_any_text_is_searched_without_an_error_and_twice_alike(words: str):
    found = shared_index().search(words)
    assert found == shared_index().search(words)
    assert found.total >= len(found.hits)
    assert list(found.hits) == sorted(found.hits, key=lambda hit: (-hit.score, hit.programme_id))


_SHARED: list[SearchIndex] = []


def shared_index() -> SearchIndex:
    """One index for all the examples of a law."""
    if not _SHARED:
        _SHARED.append(SearchIndex.of(alliage.load_pack()))
    return _SHARED[0]


@pytest.mark.parametrize(
    "words", ["a" * 100_000, "prêt " * 20_000, '"' * 100_000, "é" * 100_000, "\ud800 prêt", "ﾞ", "prêt\0équipement"]
)
def test_long_and_odd_words_are_searched_too(words: str, index: SearchIndex):
    assert index.search(words, limit=3).total >= 0


@pytest.mark.parametrize("limit", [-5, 0])
def test_a_limit_below_one_gives_counts_and_no_hits(limit: int, index: SearchIndex):
    found = index.search("prêt", limit=limit)
    assert found.hits == ()
    assert found.total > 10


def test_results_are_plain_data_for_json(index: SearchIndex):
    plain = index.search("canexport", limit=1).as_dict()
    assert plain["hits"][0]["programme"] == "canexport-pme"
    assert plain["hits"][0]["matched"] == ["canexport"]
    assert plain["total"] == 3


def test_sqlite_without_full_text_search_is_refused_with_its_code(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
):
    class NoFts5:
        def execute(self, _statement: str) -> None:
            raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr(tables.sqlite3, "connect", lambda *_given, **_named: NoFts5())
    with pytest.raises(AlliageError) as refused:
        SearchIndex.of(catalogue)
    assert [problem.code for problem in refused.value.problems] == ["search-engine-missing"]
