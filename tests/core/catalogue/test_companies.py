"""The invented companies of the pack give the same answers as the files of examples/."""

import json
from pathlib import Path

import alliage
from alliage.core.vocabulary.yaml_files import read_yaml


def test_the_companies_of_the_pack_are_those_of_the_examples() -> None:
    companies = {company["id"]: company["given"] for company in alliage.load_pack().raw["companies"]}
    examples = {
        path.stem: json.loads(json.dumps(read_yaml(path), default=str)) for path in Path("examples").glob("*.yaml")
    }
    assert len(companies) == 8
    assert companies == examples
