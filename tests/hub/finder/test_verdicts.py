"""A few programmes against many dossiers: what the core says of each, and nothing else."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

import alliage
from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.matching.verdict import Verdict, match_programme
from alliage.core.rules.derivations import derive
from alliage.core.vocabulary.profile import read_profile
from alliage.core.vocabulary.yaml_files import parse_yaml
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.queries.verdicts import verdicts_of, verdicts_of_each
from tests.hub.finder.conftest import EXAMPLES, ON
from tests.hub.finder.follow import DISAGREE

CATALOGUE = alliage.load_pack()


def dossiers(catalogue: Catalogue) -> list[Dossier]:
    """The examples, whole, and each without one of its answers."""
    whole = [
        Dossier.of(
            read_profile(parse_yaml(file.read_bytes(), name=file.name), vocabulary=catalogue.vocabulary, name="x")
        )
        for file in EXAMPLES
    ]
    return whole + [one.answered(name, None) for one in whole for name in one.answers]


DOSSIERS = dossiers(CATALOGUE)


def interpreted(programme_id: str, dossier: Dossier, *, on: date) -> str:
    """The verdict of the interpreter on all that is known of a dossier."""
    vocabulary = CATALOGUE.vocabulary
    known = derive(dossier.profile(vocabulary), derivations=CATALOGUE.derivations, vocabulary=vocabulary, on=on)
    return match_programme(CATALOGUE.programmes[programme_id], answers=known.answers, on=on).verdict.value


@settings(max_examples=60, deadline=None)
@given(
    ids=st.lists(st.sampled_from(sorted(CATALOGUE.programmes)), min_size=1, max_size=3),
    chosen=st.lists(st.sampled_from(DOSSIERS), min_size=1, max_size=4),
)
def test_it_says_what_the_interpreter_says(ids: list[str], chosen: list[Dossier]) -> None:
    programmes = [CATALOGUE.programmes[id_] for id_ in ids]
    found = verdicts_of(programmes, chosen, catalogue=CATALOGUE, on=ON)
    assert [[verdict.value for verdict in row or ()] for row in found] == [
        [interpreted(id_, dossier, on=ON) for id_ in ids] for dossier in chosen
    ]


@settings(max_examples=30, deadline=None)
@given(
    groups=st.lists(
        st.lists(st.sampled_from(sorted(CATALOGUE.programmes)), min_size=1, max_size=2), min_size=1, max_size=3
    ),
    chosen=st.lists(st.sampled_from([*DOSSIERS, Dossier(answers=DISAGREE)]), min_size=1, max_size=3),
)
def test_groups_decided_at_once_are_decided_as_each_alone(groups: list[list[str]], chosen: list[Dossier]) -> None:
    of_groups = [[CATALOGUE.programmes[id_] for id_ in group] for group in groups]
    alone = [verdicts_of(group, chosen, catalogue=CATALOGUE, on=ON) for group in of_groups]
    together = verdicts_of_each(of_groups, chosen, catalogue=CATALOGUE, on=ON)
    assert together == [list(each) for each in zip(*alone, strict=True)]


def test_answers_that_disagree_have_no_verdict() -> None:
    agree, disagree = Dossier(answers={"company.employees": 600}), Dossier(answers=DISAGREE)
    found = verdicts_of([CATALOGUE.programmes["pari-cnrc"]], [agree, disagree], catalogue=CATALOGUE, on=ON)
    assert found == [(Verdict.INELIGIBLE,), None]


def test_a_dossier_of_any_shape_is_decided() -> None:
    raw = [{}, {"a": 3}, {"a": {"company.employees": "many"}}, {"l": [["x"]]}]
    odd = [Dossier.from_dict(one) for one in raw]
    found = verdicts_of([CATALOGUE.programmes["pari-cnrc"]], odd, catalogue=CATALOGUE, on=ON)
    assert [[verdict.value for verdict in row or ()] for row in found] == [["possible"]] * 4
