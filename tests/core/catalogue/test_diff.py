"""What changed between two revisions, in words."""

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

import alliage
from alliage.core.catalogue import document as written_form
from alliage.core.catalogue.catalogue import Catalogue, build_catalogue
from alliage.core.catalogue.diff import KINDS, Change, diff
from tests import invented

Document = dict[str, Any]
Place = tuple[str | int, ...]


def edited(edit: Callable[[Document], object], *, id_: str = "barn-loan") -> Catalogue:
    """The invented catalogue after an edit of one programme."""
    before = invented.catalogue()
    programme = before.programmes[id_]
    changed = copy.deepcopy(dict(programme.document))
    edit(changed)
    return replace(before, programmes={**before.programmes, id_: replace(programme, document=changed)})


def changes(edit: Callable[[Document], object], *, id_: str = "barn-loan") -> list[Change]:
    return list(diff(invented.catalogue(), edited(edit, id_=id_)))


def rebuilt(edit: Callable[[Document], object]) -> Catalogue:
    """The invented catalogue after an edit of the whole pack."""
    raw = copy.deepcopy(invented.raw())
    edit(raw)
    return build_catalogue(raw, revision="edited")


def conditions(programme: Document) -> list[Any]:
    return programme["eligibility"]["all"]


def tier(programme: Document) -> Document:
    return programme["aid"]["parts"][0]["tiers"][0]


def put(where: Any, key: Any, value: Any) -> None:
    where[key] = value


# --------------------------------------------------------------------------------------------------- sentences

TOLD: list[tuple[str, Callable[[Document], object], str, str, str]] = [
    (
        "a limit that moved",
        lambda p: put(conditions(p)[1], "below", 2_500_000),
        "condition-changed",
        "eligibility.all[1]",
        "(au lieu de 2",
    ),
    (
        "a limit that moved inside a group",
        lambda p: put(conditions(p)[3]["any"][0], "at_least", 0.5),
        "condition-changed",
        "eligibility.all[3].any[0]",
        "(au lieu de 25",
    ),
    (
        "a group that lost a condition",
        lambda p: conditions(p)[3]["any"].pop(),
        "condition-changed",
        "eligibility.all[3]",
        "(au lieu de : Au moins une",
    ),
    (
        "a condition less",
        lambda p: conditions(p).pop(0),
        "condition-removed",
        "eligibility.all[0]",
        "Condition, retrait",
    ),
    (
        "a condition more",
        lambda p: conditions(p).append({"attribute": "farm.hands", "at_most": 9, "source": "page"}),
        "condition-added",
        "eligibility.all[5]",
        "Condition, ajout : «",
    ),
    (
        "another source for a condition",
        lambda p: put(conditions(p)[0], "source", "record"),
        "source",
        "eligibility.all[0].source",
        "Source de : «",
    ),
    ("a rate", lambda p: put(tier(p), "rate_at_most", 0.9), "rate", "aid.parts[0].tiers[0].rate_at_most", "90"),
    (
        "an amount",
        lambda p: put(tier(p)["amount"], "at_most", 300_000),
        "amount",
        "aid.parts[0].tiers[0].amount.at_most",
        "300 000",
    ),
    (
        "a ceiling more",
        lambda p: put(p["aid"], "ceilings", [{"at_most": 5000, "source": "page"}]),
        "ceiling",
        "aid.ceilings[0]",
        "plafond 5 000",
    ),
    (
        "an intake",
        lambda p: put(p["intake"], "kind", "closed"),
        "intake",
        "intake.kind",
        "fermé (au lieu de : en continu)",
    ),
    ("a need", lambda p: p["needs"].append("schooling"), "need", "needs", "Besoins, ajout :"),
    (
        "a provider",
        lambda p: put(p, "provider", "north-moot"),
        "provider",
        "provider",
        "Assemblée du Nord (au lieu de :",
    ),
    (
        "words",
        lambda p: put(p, "summary", {"fr": "Court.", "en": "Short."}),
        "text",
        "summary",
        "« Court. » (au lieu de : «",
    ),
    (
        "a confidence",
        lambda p: put(p, "confidence", "high"),
        "confidence",
        "confidence",
        "élevée (au lieu de : moyenne)",
    ),
    (
        "the date of a source",
        lambda p: put(p["sources"]["page"], "read", "2026-12-01"),
        "source",
        "sources.page.read",
        "1er décembre 2026",
    ),
]


@pytest.mark.parametrize(("edit", "kind", "path", "said"), [row[1:] for row in TOLD], ids=[row[0] for row in TOLD])
def test_a_change_is_told_once_with_its_kind_its_place_and_its_words(
    edit: Callable[[Document], object], kind: str, path: str, said: str
):
    (change,) = changes(edit)
    assert (change.subject, change.id, change.kind, change.path) == ("programme", "barn-loan", kind, path)
    assert said.replace("\N{NO-BREAK SPACE}", " ") in change.text["fr"].replace("\N{NO-BREAK SPACE}", " ")
    assert change.text["en"] != change.text["fr"]


def test_a_moved_limit_reads_as_a_person_would_say_it():
    before = alliage.load_pack()
    programme = before.programmes["canexport-pme"]
    moved = copy.deepcopy(dict(programme.document))
    limit = next(leaf for leaf in conditions(moved) if leaf["attribute"] == "company.employees" and "at_most" in leaf)
    limit["at_most"] = 499
    after = replace(before, programmes={**before.programmes, programme.id: replace(programme, document=moved)})
    (change,) = diff(before, after)
    assert change.text["fr"].replace("\N{NO-BREAK SPACE}", " ") == (
        "Nombre d'employés : au plus 499 employés (au lieu de 500 employés)"
    )
    assert change.text["en"] == "Number of employees: at most 499 employees (instead of 500 employees)"
    assert (change.before["at_most"], change.after["at_most"]) == (500, 499)


def test_a_reworded_line_is_one_change_and_a_new_line_is_another():
    def before(programme: Document) -> None:
        programme["confirm"] = [
            {"text": {"fr": "Cinq granges au plus par ferme", "en": "Five barns"}, "source": "page"}
        ]

    def after(programme: Document) -> None:
        before(programme)
        programme["confirm"][0]["text"] = {"fr": "Dix granges au plus par ferme", "en": "Ten barns"}
        programme["confirm"].insert(0, {"text": {"fr": "Autre chose", "en": "Something else"}, "source": "page"})

    told = diff(edited(before), edited(after))
    assert [(change.kind, change.path) for change in told] == [
        ("confirm", "confirm[1].text"),
        ("confirm", "confirm[0]"),
    ]


def test_words_changed_in_one_language_are_not_repeated_in_the_other():
    (change,) = changes(lambda p: put(p, "summary", {**p["summary"], "en": "Short."}))
    assert change.text["fr"] == "Résumé\N{NO-BREAK SPACE}: texte anglais modifié"
    assert change.text["en"].startswith("Summary: “Short.” (instead of")


def test_the_order_of_tiers_is_a_change():
    def two(programme: Document) -> None:
        programme["aid"]["parts"][0]["tiers"].append({"rate_at_most": 0.1, "source": "page"})

    def turned(programme: Document) -> None:
        two(programme)
        programme["aid"]["parts"][0]["tiers"].reverse()

    assert [change.text["en"] for change in diff(edited(two), edited(turned))] == ["Tier (loan): the order has changed"]


# ---------------------------------------------------------------------------------------------- the whole pack


def test_programmes_that_go_come_and_are_replaced_are_told_first():
    def edit(raw: Document) -> None:
        del raw["programmes"]["salt-fund"]
        del raw["programmes"]["wool-prize"]
        raw["programmes"]["barn-loan"]["replaces"] = ["wool-prize"]
        raw["programmes"]["new-one"] = {**raw["programmes"]["seed-chest"], "id": "new-one", "replaces": None}
        raw["programmes"]["new-one"].pop("replaces")
        raw["programmes"]["seed-chest"]["confidence"] = "low"

    told = [(change.kind, change.id, change.after) for change in diff(invented.catalogue(), rebuilt(edit))]
    assert told[:3] == [
        ("programme-removed", "salt-fund", None),
        ("programme-redirected", "wool-prize", "barn-loan"),
        ("programme-added", "new-one", "new-one"),
    ]
    assert {id_ for _, id_, _ in told[3:]} <= {"seed-chest"}


def test_providers_attributes_and_the_other_parts_are_told_after_programmes():
    def edit(raw: Document) -> None:
        raw["providers"][0]["serves"] = ["av-north"]
        raw["attributes"]["attributes"][0]["question"] = {"fr": "Et?", "en": "And?"}
        raw["synonyms"].append(["one", "two"])
        raw["programmes"]["barn-loan"]["confidence"] = "high"

    told = diff(invented.catalogue(), rebuilt(edit))
    assert [(change.subject, change.kind) for change in told] == [
        ("programme", "confidence"),
        ("provider", "item-changed"),
        ("attribute", "item-changed"),
        ("part", "part-changed"),
    ]
    assert told[1].path == "serves"
    assert "territory served" in told[1].text["en"].lower()


def test_an_item_that_comes_is_told_and_its_going_too():
    def edit(raw: Document) -> None:
        raw["providers"].append({**raw["providers"][0], "id": "new-purse"})

    before, after = invented.catalogue(), rebuilt(edit)
    assert [(change.kind, change.id) for change in diff(before, after)] == [("item-added", "new-purse")]
    assert [(change.kind, change.id) for change in diff(after, before)] == [("item-removed", "new-purse")]


def test_changes_come_by_importance():
    told = changes(lambda p: (put(p, "confidence", "high"), put(tier(p), "rate_at_most", 0.2), conditions(p).pop(0)))
    assert [change.kind for change in told] == ["condition-removed", "rate", "confidence"]
    assert sorted(told, key=lambda change: KINDS.index(change.kind)) == told


def test_a_change_is_plain_data_for_json():
    (change,) = changes(lambda p: put(p, "confidence", "high"))
    plain = change.as_dict()
    assert plain["kind"] == plain["path"] == "confidence"
    assert (plain["before"], plain["after"]) == ("medium", "high")
    assert set(plain["text"]) == set(plain["name"]) == {"fr", "en"}


# ------------------------------------------------------------------------------------------------------- laws


def turned(value: Any) -> Any:
    """The same data, its keys in the other order."""
    if isinstance(value, Mapping):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(item) for item in value] if isinstance(value, list) else value


def test_a_catalogue_does_not_differ_from_itself_read_twice():
    for catalogue in (invented.catalogue(), alliage.load_pack()):
        again = build_catalogue(copy.deepcopy(dict(catalogue.raw)), revision="again")
        assert diff(catalogue, catalogue) == diff(catalogue, again) == ()


def test_the_order_of_keys_is_deaf():
    again = build_catalogue(turned(invented.raw()), revision="turned")
    assert diff(invented.catalogue(), again) == diff(again, invented.catalogue()) == ()


def test_the_order_of_conditions_and_the_names_of_sources_are_deaf():
    def edit(programme: Document) -> None:
        conditions(programme).reverse()
        programme["needs"].reverse()
        programme["sources"] = {f"my-{key}": source for key, source in reversed(programme["sources"].items())}
        for record in records(programme):
            if f"my-{record.get('source')}" in programme["sources"]:
                record["source"] = f"my-{record['source']}"

    for id_ in invented.catalogue().programmes:
        assert changes(edit, id_=id_) == []


def records(value: Any) -> Iterator[Document]:
    """Every mapping inside a value."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from records(item)


def places(value: Any, at: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every place of a document that holds a number, a flag, a day or words in a language."""
    if isinstance(value, dict):
        for key in sorted(value):
            yield from places(value[key], (*at, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, (*at, index))
    elif isinstance(value, bool | int | float) or at[-1] in ("fr", "en") or is_day(value):
        yield at, value


def is_day(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-"


def other(value: Any) -> Any:
    """Another value of the same sort."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return (date.fromisoformat(value) + timedelta(1)).isoformat() if is_day(value) else f"{value} (bis)"


def lists_of_records(value: Any, at: Place = ()) -> Iterator[Place]:
    if isinstance(value, dict):
        for key in sorted(value):
            yield from lists_of_records(value[key], (*at, key))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield at
        for index, item in enumerate(value):
            yield from lists_of_records(item, (*at, index))


def inside(document: Any, at: Place) -> Any:
    for key in at:
        document = document[key]
    return document


def editable() -> list[tuple[str, Place]]:
    """Each place of each programme whose value may be another one."""
    return [
        (id_, place)
        for id_, programme in sorted(invented.catalogue().programmes.items())
        for place, _ in places(programme.document)
        if place[0] not in ("id", "file", "cases")
    ]


def shortenable() -> list[tuple[str, Place]]:
    """Each list of each programme that may lose an item."""
    return [
        (id_, place)
        for id_, programme in sorted(invented.catalogue().programmes.items())
        for place in lists_of_records(programme.document)
        if place[0] != "cases" and place[-1] not in ("any", "not", "readings")
    ]


@given(st.deferred(lambda: st.sampled_from(editable())))
def test_every_real_change_is_told_in_both_languages_and_both_ways(chosen: tuple[str, Place]):
    id_, place = chosen
    after = edited(lambda p: put(inside(p, place[:-1]), place[-1], other(inside(p, place))), id_=id_)
    for told in (diff(invented.catalogue(), after), diff(after, invented.catalogue())):
        assert told
        assert {change.id for change in told} == {id_}
        assert all(text and "{" not in text for change in told for text in change.text.values())


@given(st.deferred(lambda: st.sampled_from(shortenable())), st.data())
def test_an_item_that_goes_is_told_and_its_coming_too(chosen: tuple[str, Place], data: st.DataObject):
    id_, place = chosen
    size = len(inside(invented.catalogue().programmes[id_].document, place))
    index = data.draw(st.integers(0, size - 1))
    after = edited(lambda p: inside(p, place).pop(index), id_=id_)
    assert diff(invented.catalogue(), after)
    assert diff(after, invented.catalogue())


def test_every_field_of_the_written_form_has_words():
    fields = alliage.load_pack().raw["phrases"]["change_fields"]
    models = [
        model for model in vars(written_form).values() if isinstance(model, type) and issubclass(model, BaseModel)
    ]
    names = {
        field.alias or name
        for model in models
        if model.__module__ == written_form.__name__
        for name, field in model.model_fields.items()
    }
    assert sorted(names - fields.keys() - {"fr", "en", "given"}) == []


def test_every_time_of_payment_and_every_delay_has_a_name():
    phrases = alliage.load_pack().raw["phrases"]
    kinds = get_args(written_form.Delay.model_fields["kind"].annotation)
    units = get_args(written_form.Duration.model_fields["unit"].annotation)
    assert set(get_args(written_form.Moment)) <= phrases["terms"].keys()
    assert {*kinds, *units} <= phrases["change_values"].keys()
