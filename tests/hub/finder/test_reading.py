"""What was typed in answer to a question."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from alliage.core.vocabulary.profile import UNKNOWN, read_answer
from alliage.hub.finder.forms.budget import read_budget, shown_budget, with_room, without
from alliage.hub.finder.forms.question import question_of, typed_question
from alliage.hub.finder.forms.reading import Reading, Tools, read_question
from alliage.hub.finder.queries.voice import Voice
from tests.hub.finder.conftest import EXAMPLES


def read(tools: Tools, name: str, current: Any = None, **fields: str | list[str]) -> Reading:
    sent = {
        name if key == "value" else f"{name}__{key}": [value] if isinstance(value, str) else value
        for key, value in fields.items()
    }
    return read_question(
        MultiValueDict(sent), tools.catalogue.vocabulary.attributes[name], tools=tools, current=current
    )


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


@pytest.mark.parametrize(
    ("name", "fields", "value"),
    [
        ("company.for_profit", {"value": "yes"}, True),
        ("company.for_profit", {"value": "no"}, False),
        ("company.for_profit", {"value": "unknown"}, UNKNOWN),
        ("company.for_profit", {}, None),
        ("company.legal_form", {"value": "cooperative"}, "cooperative"),
        ("project.needs", {"value": ["equipment", "growth"]}, ["equipment", "growth"]),
        ("project.needs", {"value": ["none"]}, []),
        ("project.needs", {"unknown": "unknown"}, UNKNOWN),
        ("company.employees", {"value": "42"}, 42),
        ("company.employees", {"from": "50", "to": "249"}, {"from": 50, "to": 249}),
        ("company.employees", {"from": "50"}, {"from": 50}),
        ("company.employees", {"unknown": "unknown"}, UNKNOWN),
        ("company.export_share", {"value": "30 %"}, 0.3),
        ("project.cost", {"value": "800 000 $"}, 800_000),
        ("company.postal_code", {"value": "g7h 1a1"}, "G7H1A1"),
        ("company.location", {"value": ["Saguenay", ""]}, ["qc-mun-94068"]),
        ("company.location", {"value": ["saguenay", "Alma"]}, ["qc-mun-94068", "qc-mun-93042"]),
        ("company.location", {"value": ["Mauricie"]}, ["qc-r04"]),
        ("company.naics", {"value": ["331317"]}, ["331317"]),
        ("company.naics", {"search": "portes fenêtres"}, ["332321"]),
    ],
)
def test_an_answer_is_read_as_a_profile_would_write_it(
    tools: Tools, name: str, fields: dict[str, Any], value: Any
) -> None:
    reading = read(tools, name, **fields)
    assert reading.problems == ()
    assert reading.value == value


@pytest.mark.parametrize(
    ("name", "fields", "code"),
    [
        ("company.for_profit", {"value": "maybe"}, "value"),
        ("company.legal_form", {"value": "club"}, "value"),
        ("project.needs", {"value": ["none", "growth"]}, "none-and"),
        ("project.needs", {"value": ["fun"]}, "value"),
        ("company.employees", {"value": "beaucoup"}, "number"),
        ("company.employees", {"value": "4,5"}, "whole"),
        ("company.employees", {"value": "99999999999"}, "limits"),
        ("company.employees", {"from": "249", "to": "50"}, "interval"),
        ("company.employees", {"value": "5", "from": "1"}, "both"),
        ("company.employees", {"value": "5", "unknown": "unknown"}, "unknown-and"),
        ("company.employees", {"value": "9" * 1000}, "long"),
        ("company.export_share", {"value": "130 %"}, "limits"),
        ("company.postal_code", {"value": "12345"}, "postal"),
        ("company.location", {"value": ["Saguenai"]}, "place-like"),
        ("company.location", {"value": ["Xyzzy-les-Bains"]}, "place"),
        ("company.location", {"value": ["Saint-Augustin"]}, "place-several"),
        ("company.naics", {"value": ["999999"]}, "code"),
        ("company.naics", {"search": "aluminium"}, "code-pick"),
        ("company.naics", {"search": "xyzzy"}, "code-none"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(tools: Tools, name: str, fields: dict[str, Any], code: str) -> None:
    reading = read(tools, name, **fields)
    assert codes(reading) == [code]
    assert reading.problems[0].message
    assert "%(" not in reading.problems[0].message


def test_places_that_bear_one_name_are_offered_and_one_is_picked(tools: Tools) -> None:
    offered = read(tools, "company.location", value=["Saint-Augustin"]).picks
    assert offered is not None
    code, name = offered[0][1]
    assert "Saint-Augustin (" in name
    picked = read(tools, "company.location", value=["Saint-Augustin"], **{"pick-0": code})
    assert picked.value == [code]


def test_a_postal_code_may_stand_for_a_place(tools: Tools) -> None:
    assert read(tools, "company.location", value=["G7H 1A1"]).value == ["qc-r02"]


def test_i_do_not_know_beside_an_answer_left_as_it_was_is_no_contradiction(tools: Tools) -> None:
    assert read(tools, "company.employees", current=42, value="42", unknown="unknown").value == UNKNOWN


def test_an_answer_that_no_control_can_draw_is_kept_if_asked(tools: Tools) -> None:
    doubt = {"one_of": ["sole-proprietorship", "corporation"]}
    attribute = tools.catalogue.vocabulary.attributes["company.legal_form"]
    shown = question_of(attribute, doubt, tools=tools)
    assert shown.keep == "société par actions ou entreprise individuelle"
    assert shown.keep_checked
    assert read(tools, "company.legal_form", current=doubt, value="keep").value == doubt


def test_every_question_is_drawn_in_both_languages(said: Voice) -> None:
    for attribute in said.attributes.values():
        drawn = question_of(attribute, None, tools=said.tools)
        assert drawn.label == attribute.question[said.lang]
        assert drawn.kind in {"flag", "choice", "choices", "number", "date", "postal", "activity", "place"}
        unsure = question_of(attribute, UNKNOWN, tools=said.tools)
        assert unsure.unknown


def as_sent(name: str, shown: Any) -> dict[str, list[str]]:
    """What a browser sends of a question left as it is shown."""
    checked = [option.value for option in shown.options if option.checked]
    typed = [shown.text] if shown.text else [entry.text for entry in shown.entries]
    sent = {name: [*checked, *typed], f"{name}__from": [shown.low], f"{name}__to": [shown.high]}
    if shown.unknown:
        sent[f"{name}__unknown"] = ["unknown"]
    if shown.keep_checked:
        sent[f"{name}__keep"] = ["keep"]
    return sent


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_a_question_sent_as_it_is_shown_gives_the_same_answer(said: Voice, file: Path) -> None:
    for scope, part in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        for short, value in part.items():
            attribute = said.attributes.get(f"{scope}.{short}")
            if attribute is None:
                continue
            sent = MultiValueDict(as_sent(attribute.id, question_of(attribute, value, tools=said.tools)))
            reading = read_question(sent, attribute, tools=said.tools, current=value)
            vocabulary = said.catalogue.vocabulary
            assert reading.problems == ()
            if value == UNKNOWN:
                assert reading.value == UNKNOWN
                continue
            again = read_answer(reading.value, attribute=attribute, vocabulary=vocabulary)
            assert again == read_answer(value, attribute=attribute, vocabulary=vocabulary), attribute.id


FORM = st.dictionaries(
    st.sampled_from(["", "__from", "__to", "__unknown", "__keep", "__search", "__pick-0", "__here"]),
    st.lists(
        st.one_of(st.text(max_size=40), st.sampled_from(["unknown", "keep", "none", "yes", "1e9", "0"])), max_size=4
    ),
    max_size=6,
)


@given(FORM, st.data())
def test_any_form_is_read_or_refused_and_can_be_shown_again(tools: Tools, form: Any, data: Any) -> None:
    attributes = tools.catalogue.vocabulary.attributes
    attribute = attributes[data.draw(st.sampled_from(sorted(attributes)))]
    sent = MultiValueDict({attribute.id + part: values for part, values in form.items()})
    reading = read_question(sent, attribute, tools=tools)
    if reading.value is not None and reading.value != UNKNOWN:
        assert read_answer(reading.value, attribute=attribute, vocabulary=tools.catalogue.vocabulary)
    shown = typed_question(attribute, sent, reading, current=None, tools=tools)
    assert shown.problems == reading.problems
    assert all(problem.message for problem in shown.problems)


# ------------------------------------------------------------------------------------------------ budget


def budget(tools: Tools, *rows: tuple[str, str, str], ticked: Sequence[int] = ()) -> Any:
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    names = ("line-category", "line-amount", "line-date")
    return read_budget(
        MultiValueDict(
            {name: list(column) for name, column in zip(names, columns, strict=True)}
            | {"line-in-kind": [str(at) for at in ticked]}
        ),
        wording=tools.wording,
    )


def test_a_budget_is_read_row_by_row_and_empty_rows_do_not_count(tools: Tools) -> None:
    read_ = budget(tools, ("equipment", "620 000 $", "2027-05-03"), ("", "", ""), ("training", "30 000", ""))
    assert read_.problems == ()
    assert read_.lines == (("equipment", "620000", "2027-05-03", False), ("training", "30000", "", False))
    assert read_.total == 650_000


def test_a_ticked_box_is_of_its_row_whatever_rows_are_left_empty_or_wrong(tools: Tools) -> None:
    typed = (("equipment", "10", ""), ("", "", ""), ("wages", "beaucoup", ""), ("wages", "20", ""))
    read_ = budget(tools, *typed, ticked=(1, 2, 3, 99))
    assert read_.lines == (("equipment", "10", "", False), ("wages", "20", "", True))
    assert [row.in_kind for row in read_.rows[:3]] == [False, True, True], "what was ticked stays beside a mistake"
    assert [row.in_kind for row in without(read_, 0).rows[:2]] == [True, True]


def test_each_mistake_of_a_budget_is_beside_its_row_and_what_was_typed_stays(tools: Tools) -> None:
    read_ = budget(tools, ("", "beaucoup", ""), ("equipment", "10", "demain"))
    assert {problem.field for problem in read_.problems} == {"line-0-category", "line-0-amount", "line-1-date"}
    assert read_.rows[0].amount == "beaucoup"
    assert read_.rows[1].day == "demain"


def test_rows_are_added_and_taken_away(tools: Tools) -> None:
    read_ = budget(tools, ("equipment", "10", ""), ("training", "20", ""))
    assert [row.category for row in without(read_, 0).rows][:1] == ["training"]
    assert len(with_room(read_).rows) == len(read_.rows) + 1


def test_a_budget_is_shown_as_it_is_read(tools: Tools) -> None:
    shown = shown_budget(
        [("equipment", "620000", "2027-05-03", False), ("wages", "9", "", True)], wording=tools.wording
    )
    ticked = [row.at for row in shown.rows if row.in_kind]
    again = budget(tools, *[(row.category, row.amount, row.day) for row in shown.rows], ticked=ticked)
    assert again.lines == shown.lines
