"""A vocabulary is built whole, or refused with every mistake."""

import copy
from typing import Any

import pytest

from alliage.core.vocabulary.errors import AlliageError
from alliage.core.vocabulary.vocabulary import build_vocabulary
from tests import invented

VOCABULARY = invented.vocabulary()


def codes_of(change: Any) -> list[tuple[str, str]]:
    raw = copy.deepcopy(invented.raw())
    change(raw)
    with pytest.raises(AlliageError) as caught:
        build_vocabulary(raw)
    return [(problem.code, problem.where) for problem in caught.value.problems]


def test_values_places_and_codes_have_names():
    attributes = VOCABULARY.attributes
    assert VOCABULARY.attribute("farm.form") is attributes["farm.form"]
    assert VOCABULARY.value_name(attributes["farm.form"], "abbey", "fr") == "abbaye"
    assert VOCABULARY.value_name(attributes["farm.sites"], "salt-towns", "en") == "salt towns"
    assert VOCABULARY.value_name(attributes["farm.crops"], "211", "en") == "211 (Cider apples)"
    assert VOCABULARY.value_name(attributes["farm.crops"], "99", "en") == "99"
    assert VOCABULARY.value_name(attributes["farm.grid"], "OS12", "en") == "OS12"


def test_groups_expenses_and_roles_are_there():
    assert [group.id for group in VOCABULARY.groups] == ["farm", "plan"]
    assert VOCABULARY.expenses["wells"]["en"] == "wells"
    assert (VOCABULARY.roles.needs, VOCABULARY.roles.lines) == ("plan.aims", "plan.budget")
    assert VOCABULARY.currency == "EUR"


def test_a_repeated_attribute_is_refused():
    found = codes_of(lambda raw: raw["attributes"]["attributes"].append(raw["attributes"]["attributes"][0]))
    assert found == [("attribute-duplicate", "attributes.yaml::farm.grid")]


def test_an_attribute_of_no_group_is_refused():
    found = codes_of(lambda raw: raw["attributes"]["attributes"][2].update(group="moon"))
    assert found == [("attribute-group", "attributes.yaml::farm.form")]


def test_a_role_that_nobody_plays_is_refused_except_lines():
    found = codes_of(lambda raw: raw["manifest"]["roles"].update(cost="plan.price", lines="plan.anything"))
    assert found == [("manifest-role", "pack.yaml::roles.cost")]


def test_a_bad_attribute_does_not_hide_the_next():
    def spoil(raw: dict[str, Any]) -> None:
        raw["attributes"]["attributes"][0]["type"] = "colour"
        raw["attributes"]["attributes"][2]["group"] = "moon"

    assert codes_of(spoil) == [
        ("attribute-type", "attributes.yaml::farm.grid"),
        ("attribute-group", "attributes.yaml::farm.form"),
    ]
