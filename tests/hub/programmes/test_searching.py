"""The search page: its counts are the core's, its links keep their promise, and no address breaks it."""

from __future__ import annotations

import string
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliage.hub.programmes import queries
from alliage.hub.programmes.queries import Speech, current_shelf
from alliage.hub.programmes.queries.searching import FACETS, SORTS
from tests.hub.programmes.conftest import ON

pytestmark = pytest.mark.django_db


@pytest.fixture
def speech() -> Speech:
    return Speech(current_shelf(), lang="fr")


def found(typed: dict[str, str], speech: Speech) -> dict[str, Any]:
    return queries.search_page(queries.read_search(typed, speech=speech), on=ON, speech=speech)


CHOICES: tuple[dict[str, str], ...] = (
    {},
    {"q": "presse"},
    {"q": "robots soudage", "besoin": "equipment"},
    {"besoin": "export", "forme": "grant"},
    {"palier": "federal", "lieu": "qc-r02"},
    {"q": "stage", "ouverture": "open", "lieu": "qc-r06", "organisme": "mitacs"},
)


@pytest.mark.parametrize("typed", CHOICES)
def test_counts_are_those_of_the_core(typed: dict[str, str], speech: Speech) -> None:
    page = found(typed, speech)
    state = typed.get("ouverture")
    among = {id_ for id_, intake in speech.shelf.intakes(ON).items() if intake.state == state} if state else None
    core = speech.shelf.indexes["fr"].search(
        typed.get("q", ""),
        limit=500,
        need=typed.get("besoin"),
        instrument=typed.get("forme"),
        level=typed.get("palier"),
        provider=typed.get("organisme"),
        place=typed.get("lieu"),
        among=among,
    )
    assert page["total"] == core.total
    for facet in page["facets"]:
        name = FACETS[facet["name"]]
        if name:
            counts = {option["value"]: option["count"] for option in facet["options"] if option["count"]}
            assert counts == dict(core.facets[name]), facet["name"]


@pytest.mark.parametrize("typed", CHOICES)
def test_a_choice_gives_as_many_as_it_said(typed: dict[str, str], speech: Speech) -> None:
    for facet in found(typed, speech)["facets"]:
        for option in facet["options"][:6]:
            if not option["chosen"]:
                narrowed = {**typed, facet["name"]: option["value"]}
                assert found(narrowed, speech)["total"] == option["count"], narrowed


def test_words_are_found_without_accents_in_the_plural_and_in_either_language(speech: Speech) -> None:
    usual = {card["id"] for card in found({"q": "équipement"}, speech)["cards"]}
    for typed in ("equipements", "ÉQUIPEMENT", "equipment"):
        assert usual & {card["id"] for card in found({"q": typed}, speech)["cards"]}


def test_what_was_understood_is_said(client: Client) -> None:
    page = client.get("/programmes/?q=canexprot+qqqqzzzz+robot").content.decode()
    assert "nous avons cherché «\N{NO-BREAK SPACE}canexport\N{NO-BREAK SPACE}»" in page
    assert "ce mot a été mis de côté" in page
    assert "Nous avons aussi cherché" in page


def test_what_is_not_understood_is_said_and_left_out(client: Client) -> None:
    page = client.get("/programmes/?besoin=lune&tri=hasard&page=zéro")
    assert page.context["found"]["total"] == len(current_shelf().catalogue.programmes)
    assert len(page.context["found"]["notices"]) == 2


def test_nothing_found_is_never_a_bare_zero(client: Client) -> None:
    page = client.get("/programmes/?q=canexport&forme=loan&palier=municipal")
    shown = page.context["found"]
    assert shown["total"] == 0
    assert shown["suggestions"] or "Voir tous les programmes" in page.content.decode()
    for item in shown["suggestions"]:
        assert client.get(item["url"]).context["found"]["total"] == item["count"]


def test_pages_show_each_programme_once(client: Client) -> None:
    seen: list[str] = []
    address = "/programmes/?tri=nom"
    while address:
        shown = client.get(address).context["found"]
        seen += [card["id"] for card in shown["cards"]]
        address = shown["pager"]["next_url"]
    assert sorted(seen) == sorted(current_shelf().catalogue.programmes)


def test_the_page_asked_by_htmx_is_the_page_itself(client: Client) -> None:
    plain = client.get("/programmes/?q=presse").content
    assert client.get("/programmes/?q=presse", headers={"HX-Request": "true"}).content == plain


def test_a_very_long_text_is_read_in_part_and_said(client: Client) -> None:
    page = client.get("/programmes/", {"q": "presse " * 15_000})
    assert page.status_code == 200
    assert len(page.context["found"]["words"]) <= 2_000
    assert page.context["found"]["notices"]


_values = st.one_of(
    st.text(max_size=60),
    st.sampled_from([*SORTS, "open", "grant", "qc-r02", "federal", "-1", "99999999999", "\x00", "2026-02-30"]),
    st.text(alphabet=string.printable, min_size=200, max_size=2_500),
)
_names = st.one_of(st.sampled_from(["q", "tri", "page", "on", "ouverts", "programme", *FACETS]), st.text(max_size=8))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    path=st.sampled_from(
        ["/programmes/", "/programmes/c3i/", "/offre/", "/organismes/", "/nouveautes/", "/organismes/bdc/"]
    ),
    lang=st.sampled_from(["", "/en"]),
    typed=st.lists(st.tuples(_names, _values), max_size=6),
)
def test_no_address_breaks_a_page(client: Client, path: str, lang: str, typed: list[tuple[str, str]]) -> None:
    query = urlencode([(name, value) for name, value in typed], errors="surrogatepass")
    assert client.get(f"{lang}{path}?{query}").status_code == 200


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(id_=st.text(min_size=1, max_size=80).filter(lambda text: "/" not in text and text not in (".", "..")))
def test_no_id_breaks_a_page(client: Client, id_: str) -> None:
    from urllib.parse import quote

    written = quote(id_, safe="", errors="surrogatepass")
    for room in ("programmes", "organismes"):
        assert client.get(f"/{room}/{written}/").status_code in (200, 301, 404)
