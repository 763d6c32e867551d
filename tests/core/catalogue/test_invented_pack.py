"""A pack of another world loads, matches and speaks: the code knows nothing of the first cluster."""

import json
import subprocess
import sys

import pytest

import alliage
from alliage.core.catalogue.check import pack_problems
from alliage.core.matching.answer import results_as_dict
from alliage.core.rules.condition import OPERATORS, All, AnyOf, Leaf, NoneOf, Readings, leaves
from tests import invented

ASK_THE_PACK = f"""
import sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from datetime import date
import alliage
catalogue = alliage.load_pack({str(invented.FOLDER)!r})
profile = alliage.read_profile({{"farm": {{"sites": "Ostrel"}}}}, vocabulary=catalogue.vocabulary)
alliage.results_as_dict(alliage.match(catalogue, profile, on=date(2026, 11, 26)), every=True)
assert any("invented" in path for path in opened)
print([path for path in opened if "quebec" in path])
"""


def test_the_pack_is_without_a_mistake():
    assert pack_problems(invented.raw()) == []


def test_the_pack_holds_every_operator_and_every_group():
    conditions = [c for programme in invented.catalogue().programmes.values() for c in programme.conditions]
    assert {leaf.operator for condition in conditions for leaf in leaves(condition)} == OPERATORS
    assert {type(condition) for condition in conditions} >= {Leaf, AnyOf, NoneOf, Readings}
    assert any(isinstance(part, All) for c in conditions if isinstance(c, AnyOf) for part in c.conditions)


def test_the_cases_of_the_pack_hold():
    programme = invented.catalogue().programmes["well-grant"]
    for case in programme.document["cases"]:
        profile = alliage.read_profile(case["given"], vocabulary=invented.vocabulary())
        found = alliage.match(invented.catalogue(), profile, on=invented.TODAY).result("well-grant").match
        assert found.verdict.value == case["expect"]
        assert set(found.failed or found.missing) == set(case["because"])


def test_no_text_of_the_first_cluster_is_needed_nor_shown():
    results = invented.results({"farm.sites": "av-ost", "farm.hands": 12, "plan.cost": 90000})
    said = json.dumps(results_as_dict(results, every=True), ensure_ascii=False).lower()
    for word in ("québec", "quebec", "canad", "alumin", "qc-", "company.", "project.", "$"):
        assert word not in said
    assert "€" in said


def test_no_file_of_the_first_cluster_is_opened():
    done = subprocess.run([sys.executable, "-c", ASK_THE_PACK], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("programme", sorted(invented.catalogue().programmes))
def test_everything_in_the_pack_is_labelled_as_invented(programme: str):
    name = invented.catalogue().programmes[programme].name
    assert "invent" in name["fr"]
    assert "invented" in name["en"]
