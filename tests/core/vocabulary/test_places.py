"""Places are a tree: inside is yes, apart is no, wider is not precise enough; a set may be left open by its source."""

import pytest

from alliage.core.vocabulary.errors import AlliageError
from alliage.core.vocabulary.places import build_places, folded
from alliage.core.vocabulary.truth import Cause, Truth
from tests import invented

PLACES = invented.vocabulary().places
YES, NO = (Truth.TRUE, None), (Truth.FALSE, None)
IMPRECISE, UNSETTLED = (Truth.UNKNOWN, Cause.IMPRECISE), (Truth.UNKNOWN, Cause.UNSETTLED)


def row(code: str, parent: str = "", name_en: str = "") -> dict[str, str]:
    return {"code": code, "parent": parent, "level": "town", "name_fr": f"Lieu {code}", "name_en": name_en}


@pytest.mark.parametrize(
    ("place", "areas", "outcome"),
    [
        ("av-ost", ["av-ost"], YES),
        ("av-ost", ["av-north"], YES),
        ("av-ost", ["av"], YES),
        ("av-ost", ["av-south", "av-north"], YES),
        ("av-ost", ["av-south"], NO),
        ("av-ost", ["av-brume"], NO),
        ("nr", ["av"], NO),
        ("av", ["av-north"], IMPRECISE),
        ("av-north", ["av-ost"], IMPRECISE),
        ("av-ost", ["salt-towns"], YES),
        ("av-north", ["salt-towns"], IMPRECISE),
        ("av-lune", ["salt-towns"], UNSETTLED),
        ("av-lune-west", ["salt-towns"], UNSETTLED),
        ("av-brume", ["salt-towns"], NO),
        ("av-south", ["salt-towns"], IMPRECISE),
        ("av-lune", ["salt-towns", "av-south"], YES),
        ("av", ["salt-towns"], IMPRECISE),
        ("av-ost", [], NO),
    ],
)
def test_a_place_against_areas(place: str, areas: list[str], outcome: tuple[Truth, Cause | None]):
    assert PLACES.relation(place, areas) == outcome


def test_the_line_of_a_place_goes_up_to_its_root():
    assert PLACES.ancestors("av-ost") == ("av-ost", "av-north", "av")
    assert PLACES.ancestors("nr") == ("nr",)
    assert PLACES.inside("av-ost", "av")
    assert not PLACES.inside("av", "av-ost")
    assert "av-ost" in PLACES
    assert "salt-towns" not in PLACES


def test_a_set_gives_its_places_and_those_where_it_may_be_incomplete():
    assert PLACES.expand(["salt-towns", "nr"]) == (("av-ost", "av-seld", "nr"), ("av-lune", "av-west"))


def test_names_are_found_whatever_the_accents_dashes_and_case():
    assert PLACES.named("comte du nord") == ["av-north"]
    assert PLACES.named("NORTH COUNTY") == ["av-north"]
    assert PLACES.named("Comté de l’Ouest") == ["av-west"]
    assert sorted(PLACES.named("Lune")) == ["av-lune", "av-lune-west"]
    assert PLACES.named("Atlantis") == []
    assert folded("  Saint–Étienne-d’Œuf ") == "saint etienne d œuf"


def test_places_and_sets_have_names_in_both_languages():
    assert PLACES.name("av-brume", "fr") == "Brume"
    assert PLACES.name("av-brume", "en") == "Mistham"
    assert PLACES.name("salt-towns", "en") == "salt towns"
    assert PLACES.name("nowhere", "en") == "nowhere"
    assert build_places([row("a")]).name("a", "en") == "Lieu a"
    assert build_places([row("a", name_en="Place A")]).name("a", "en") == "Place A"


def test_a_set_without_a_name_is_called_by_its_id():
    places = build_places([row("a")], [{"id": "set", "places": ["a"]}])
    assert places.name("set", "fr") == "set"
    assert places.expand(["set"]) == (("a",), ())


@pytest.mark.parametrize(
    ("rows", "sets", "code", "where", "found"),
    [
        ([row("a"), row("a")], [], "place-duplicate", "places.csv::a", "a"),
        ([row("a", parent="lost")], [], "place-parent", "places.csv::a", "lost"),
        ([row("a", parent="b"), row("b", parent="lost")], [], "place-parent", "places.csv::b", "lost"),
        ([row("a", parent="b"), row("b", parent="a")], [], "place-parent", "places.csv::a", "b"),
        ([row("a", parent="a")], [], "place-parent", "places.csv::a", "a"),
        ([row("a")], [{"id": "s", "places": ["lost"]}], "place-set", "place_sets.yaml::s", "lost"),
        ([row("a")], [{"id": "s", "places": ["a"], "perhaps": ["lost"]}], "place-set", "place_sets.yaml::s", "lost"),
    ],
)
def test_a_broken_tree_is_refused(rows: list, sets: list, code: str, where: str, found: str):
    with pytest.raises(AlliageError) as caught:
        build_places(rows, sets)
    problem = caught.value.problems[0]
    assert (problem.code, problem.where, problem.found) == (code, where, found)


def test_a_break_in_the_tree_is_told_where_it_is_and_not_again_for_all_below():
    lost = [row("a", parent="lost"), row("b", parent="a"), row("c", parent="b"), row("d", parent="lost")]
    circle = [row("e", parent="f"), row("f", parent="g"), row("g", parent="e"), row("h", parent="e")]
    with pytest.raises(AlliageError) as caught:
        build_places([*lost, *circle, row("root"), row("leaf", parent="root")])
    assert [(problem.where, problem.found) for problem in caught.value.problems] == [
        ("places.csv::a", "lost"),
        ("places.csv::d", "lost"),
        ("places.csv::e", "f"),
        ("places.csv::f", "g"),
        ("places.csv::g", "e"),
    ]
