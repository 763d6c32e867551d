import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliage.core.search.analysis import LANGUAGES, Nearest, edits, folded, stems, terms
from alliage.core.search.synonyms import Synonyms, content_words


@pytest.mark.parametrize(
    ("one", "other", "lang"),
    [
        ("prêts", "PRET", "fr"),
        ("l'équipement", "équipements", "fr"),
        ("d’embauche", "embauches", "fr"),
        ("Main-d'œuvre", "main-d'oeuvre", "fr"),
        ("R-D", "rd", "fr"),
        ("R&D", "r-d", "en"),
        ("SR&ED", "sred", "en"),
        ("worksharing", "work-sharing", "en"),
        ("50 000 $", "50,000", "fr"),
        ("50\N{NO-BREAK SPACE}000", "50000", "en"),
        ("the company's loans", "company loan", "en"),
        ("e\N{COMBINING ACUTE ACCENT}tude", "étude", "fr"),
    ],
)
def test_two_ways_to_write_the_same_word_share_a_term(one: str, other: str, lang: str):
    assert set(terms(one, lang=lang)) & set(terms(other, lang=lang))


@pytest.mark.parametrize("text", ["", " ", "de la", "the of", "!?", "🙂", "\0", '"', "a b c"])
def test_small_words_and_signs_give_no_term(text: str):
    assert [term for lang in LANGUAGES for term in terms(text, lang=lang)] == []


def test_a_compound_gives_its_parts_and_itself_in_one_piece():
    assert terms("PARI-CNRC 4.0", lang="fr") == ["pari", "cnrc", "paricnrc", "4", "0", "40"]


def test_a_word_gives_the_stems_of_its_accented_and_of_its_bare_form():
    assert set(stems("employés", "fr")) == {"employ", "emploi"}
    assert set(stems("employés", "fr")) & set(stems("employes", "fr"))


def test_an_unknown_word_is_read_as_the_nearest_then_the_commonest_known_one():
    nearest = Nearest({"formation": 5, "fondation": 9, "canexport": 1, "prets": 2, "prete": 8})
    assert nearest.of("canexprot") == "canexport"
    assert nearest.of("fromation") == "formation"
    assert nearest.of("preta") == "prete"
    assert nearest.of("zzzz") is None
    assert nearest.of("300001") is None


@given(st.text(max_size=12), st.text(max_size=12))
def test_edits_are_a_distance_without_direction(one: str, other: str):
    assert edits(one, other) == edits(other, one)
    assert (edits(one, other) == 0) == (one == other)
    assert edits(one, other) <= max(len(one), len(other))


@given(st.text())
def test_analysis_takes_any_text_and_gives_terms_that_a_query_may_quote(text: str):
    for lang in LANGUAGES:
        assert all(term and '"' not in term and "\0" not in term for term in terms(text, lang=lang))


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once_for_ascii(text: str):
    assert folded(folded(text)) == folded(text) or not text.isascii()


def test_a_query_meets_the_synonyms_of_several_words_and_the_longest_hides_the_shorter():
    synonyms = Synonyms([["prêt", "loan"], ["garantie de prêt", "loan guarantee"], ["presse", "machine"]])
    (meaning,) = synonyms.of(content_words("garanties de prets"))
    assert (meaning.first, meaning.last, meaning.others) == (0, 2, (("loan", "guarantee"),))
    (meaning,) = synonyms.of(content_words("une presse"))
    assert meaning.others == (("machine",),)
    assert list(synonyms.of(content_words("chaise"))) == []
