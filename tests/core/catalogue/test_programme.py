"""A programme ready to use: its own conditions, after the territory of its provider."""

from typing import Any

import pytest

from alliage.core.rules.condition import Leaf
from alliage.core.vocabulary.errors import AlliageError
from tests import invented

TERRITORY = Leaf("farm.sites", "within", ("av", "nr"), "provider")


def conditions(*written: dict[str, Any]) -> tuple[Any, ...]:
    return invented.programme(eligibility={"all": list(written)}).conditions


def sites(operator: str, *areas: str) -> dict[str, Any]:
    return {"attribute": "farm.sites", operator: list(areas), "source": "page"}


def test_the_territory_of_the_provider_comes_first():
    assert invented.programme().conditions == (TERRITORY,)
    own = {"attribute": "farm.organic", "is": True, "source": "page"}
    assert conditions(own)[0] == TERRITORY
    assert len(conditions(own)) == 2


@pytest.mark.parametrize(
    "written",
    [
        sites("within", "av-north"),
        sites("within", "av", "nr-kell"),
        sites("within", "salt-towns"),
        {"all": [sites("within", "av-north")]},
    ],
)
def test_a_programme_that_asks_for_a_place_inside_says_it_all(written: dict[str, Any]):
    assert len(conditions(written)) == 1


@pytest.mark.parametrize(
    "written",
    [
        sites("not_within", "av-north"),
        {"attribute": "plan.site", "within": ["av-north"], "source": "page"},
        {"any": [sites("within", "av-north")]},
        {"all": [{"attribute": "farm.organic", "is": True, "source": "page"}]},
    ],
)
def test_any_other_place_leaves_the_territory_to_ask(written: dict[str, Any]):
    assert conditions(written)[0] == TERRITORY


def test_a_set_that_may_go_beyond_the_territory_leaves_it_to_ask():
    north = invented.catalogue().programmes["north-school"]
    assert north.conditions[0] == Leaf("farm.sites", "within", ("av-north",), "provider")
    wider = invented.programme(provider="north-moot", eligibility={"all": [sites("within", "salt-towns")]})
    assert len(wider.conditions) == 2


def test_a_programme_says_what_it_is():
    catalogue = invented.catalogue()
    well, tithe, hand = (catalogue.programmes[id_] for id_ in ("well-grant", "tithe-rule", "open-hand"))
    assert (well.id, well.name["en"], well.kind, well.instrument) == (
        "well-grant",
        "Well Grant (invented)",
        "programme",
        "grant",
    )
    assert (tithe.kind, tithe.instrument, tithe.confidence) == ("obligation", None, "low")
    assert (hand.nothing_read, tithe.nothing_read) == (True, False)
    assert hand.needs == ("water", "barns", "seeds", "schooling")


def test_a_former_id_finds_the_programme_that_replaced_it():
    catalogue = invented.catalogue()
    assert catalogue.programme("old-wool-prize").id == "wool-prize"
    assert catalogue.redirects == {"old-wool-prize": "wool-prize"}


def test_an_unknown_id_is_refused_with_those_that_look_like_it():
    with pytest.raises(AlliageError) as caught:
        invented.catalogue().programme("wool-prise")
    (problem,) = caught.value.problems
    assert (problem.code, problem.found) == ("programme-unknown", "wool-prise")
    assert problem.expected.split(", ")[0] == "wool-prize"


def test_a_catalogue_knows_its_levels_and_synonyms():
    catalogue = invented.catalogue()
    assert list(catalogue.levels) == ["crown", "county", "guild"]
    assert catalogue.synonyms == [["grange", "abri"], ["barn", "shed"]]
