"""Whatever is sent, a kind page comes back: never an error of ours."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliage.hub.programmes.queries import Shelf
from tests.hub.answers import answers_of, give
from tests.hub.finder.test_pages import EXTRUSION

KINDLY = frozenset({200, 301, 302, 303, 400, 403, 404, 405, 410, 413, 422})
VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", "0", "-1", "1e400", "unknown", "keep", "none", "yes", "on", "\x00", "9" * 400, "<b>", "G7H 1A1"]
    ),
)
NAMES = st.sampled_from(
    [
        "do", "then", "seen", "drop", "words", "need", "instrument", "about", "secret", "p", "plus", "on",
        "line-category", "line-amount", "line-date",
    ]
)  # fmt: skip
ADDRESSES = [
    "/", "/trouver/", "/trouver/question/", "/trouver/questions/", "/trouver/resultats/", "/trouver/filtrer/",
    "/trouver/fermes/", "/trouver/refus/", "/trouver/a-portee/", "/trouver/reponses/", "/trouver/comparer/",
    "/trouver/imprimer/", "/trouver/enregistrer/", "/trouver/ouvrir/", "/trouver/partager/", "/trouver/recommencer/",
    "/p/", "/p/abc/", "/p/abc/supprimer/", "/trouver/question/project.lines/", "/trouver/resultats/c3i/",
]  # fmt: skip
anything = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@anything
@given(
    address=st.sampled_from(ADDRESSES),
    lang=st.sampled_from(["", "/en"]),
    fields=st.dictionaries(NAMES, st.lists(VALUES, max_size=3), max_size=6),
    method=st.sampled_from(["get", "post"]),
    headers=st.sampled_from([{}, {"HX-Request": "true"}]),
)
def test_any_form_to_any_page(
    visitor: Client, address: str, lang: str, fields: Any, method: str, headers: dict[str, str]
) -> None:
    response = getattr(visitor, method)(lang + address, fields, headers=headers)
    assert response.status_code in KINDLY


@anything
@given(data=st.data(), do=st.sampled_from(["answer", "skip", "drop", "confirm", "search", "add", "remove-0", "", "x"]))
def test_any_answer_to_any_question(visitor: Client, loaded: Shelf, data: Any, do: str) -> None:
    attributes = sorted(loaded.catalogue.vocabulary.attributes)
    name = data.draw(st.sampled_from(attributes))
    parts = ["", "__from", "__to", "__unknown", "__keep", "__search", "__pick-0", "__here"]
    fields = data.draw(st.dictionaries(st.sampled_from(parts), st.lists(VALUES, max_size=3), max_size=5))
    sent = {name + part: values for part, values in fields.items()} | {
        "do": do,
        "then": data.draw(st.sampled_from(["results", "next", "form-company", "form-x", "//evil.example", ""])),
        "drop": data.draw(st.lists(st.sampled_from([*attributes, "x", "project.lines"]), max_size=2)),
    }
    response = visitor.post(f"/trouver/question/{name}/", sent)
    assert response.status_code in KINDLY
    assert response.headers.get("Location", "/").startswith("/")
    assert not response.headers.get("Location", "/").startswith("//")
    assert visitor.get("/trouver/resultats/").status_code == 200


@anything
@given(data=st.data())
def test_any_page_of_the_form(visitor: Client, loaded: Shelf, data: Any) -> None:
    vocabulary = loaded.catalogue.vocabulary
    group = data.draw(st.sampled_from([group.id for group in vocabulary.groups]))
    names = [a.id for a in vocabulary.attributes.values() if a.group == group]
    chosen = data.draw(st.lists(st.sampled_from(names), unique=True))
    sent = {name: data.draw(st.lists(VALUES, max_size=2)) for name in chosen}
    sent |= {f"{name}__here": ["1"] for name in chosen}
    response = visitor.post(f"/trouver/questions/{group}/", {**sent, "do": data.draw(VALUES)})
    assert response.status_code in KINDLY


@anything
@given(session=st.text(max_size=200))
@pytest.mark.usefixtures("loaded")
def test_any_cookie(session: str) -> None:
    client = Client()
    client.cookies["answers"] = session.encode("ascii", "ignore").decode()
    assert client.get("/trouver/resultats/").status_code == 200


@anything
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_file(visitor: Client, content: bytes) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    response = visitor.post("/trouver/ouvrir/", {"file": SimpleUploadedFile("a.yaml", content)})
    assert response.status_code in (303, 422)


def test_a_hundred_thousand_signs_come_back_with_an_error(visitor: Client) -> None:
    long = "z" * 100_000
    for address, field in (
        ("/trouver/", "words"),
        ("/trouver/", "company.postal_code"),
        ("/trouver/question/company.employees/", "company.employees"),
        ("/trouver/question/company.location/", "company.location"),
        ("/trouver/question/company.naics/", "company.naics__search"),
        ("/trouver/question/project.lines/", "line-amount"),
    ):
        response = visitor.post(address, {field: long, "do": "answer"})
        assert response.status_code == 422, address
        assert answers_of(visitor) == {}


def test_unknown_questions_pages_and_programmes_are_kind(visitor: Client) -> None:
    for address in (
        "/trouver/question/x/",
        "/trouver/questions/x/",
        "/trouver/resultats/x/",
        "/en/trouver/question/../",
    ):
        assert visitor.get(address).status_code in (301, 404)


def test_half_a_profile_is_enough(opened: Callable[[Path], Client]) -> None:
    client = opened(EXTRUSION)
    answers = dict(answers_of(client)["a"])
    for name in list(answers)[::2]:
        answers.pop(name)
    give(client, {"a": answers, "l": [["equipment"], 7], "u": "x", "h": [1]})
    assert client.get("/trouver/resultats/").status_code == 200


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods(visitor: Client, method: str) -> None:
    for address in ADDRESSES:
        assert getattr(visitor, method)(address).status_code in KINDLY
