"""Every page of the site stands in both languages, whoever asks; a template variable that is missing would raise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.hub.addresses import Place, places

PLACES = places()
NAMES = [place.name for place in PLACES]
BY_FORM_ALONE = {
    "finder:narrow", "finder:out-of-view", "finder:plan-prefer", "finder:plan-choose", "finder:plan-what-if",
    "finder:plan-paper",
}  # fmt: skip
EXTRUSION = Path("examples/extrusion-saguenay.yaml")
FRENCH = re.compile(r"\b(vous|votre|vos|les|des|pour|avec|cette|est)\b", re.IGNORECASE)
MOST_QUERIES = 6
pytestmark = pytest.mark.django_db


@pytest.fixture(params=["nothing said", "a whole company"])
def visitor(request: pytest.FixtureRequest) -> Client:
    client = Client()
    if request.param == "a whole company":
        with EXTRUSION.open("rb") as file:
            assert client.post("/trouver/ouvrir/", {"file": file}).status_code == 303
    return client


def test_there_are_pages_and_their_names_differ() -> None:
    assert len(NAMES) == len(set(NAMES)) >= 30


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("place", PLACES, ids=NAMES)
def test_it_stands(visitor: Client, place: Place, lang: str) -> None:
    addresses = place.addresses(lang)
    for address in addresses:
        assert address.startswith("/en/") == (lang == "en")
        response = visitor.get(address)
        expected = (
            {405}
            if place.name in BY_FORM_ALONE
            else {200, 301, 302, 303}
            if address == addresses[0]
            else {200, 301, 404}
        )
        if place.name in ("finder:no-link", "finder:shared", "finder:unshare"):
            expected = {410}
        assert response.status_code in expected, (address, response.status_code)
        if response.status_code in (301, 302, 303):
            assert response.headers["Location"].startswith("/en/") == (lang == "en")
        elif "html" in response.headers["Content-Type"]:
            html = response.content.decode()
            assert f'lang="{lang}-CA"' in html[:200], "a part of a page, without its page"
            assert "<main" in html
            assert re.search(r"<title>\s*[^\s·]", html), "a page without a title"
            assert "{{" not in html
            assert "{%" not in html
            assert response.headers["Content-Language"] == f"{lang}-CA"


@pytest.mark.parametrize("place", PLACES, ids=NAMES)
def test_it_asks_the_database_a_few_times_at_most(
    visitor: Client, place: Place, django_assert_max_num_queries: object
) -> None:
    address = place.addresses("fr")[0]
    visitor.get(address)
    with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]  # a fixture without a type
        visitor.get(address)


@pytest.mark.parametrize("place", [p for p in PLACES if not p.name.endswith((":feed", ":save"))], ids=lambda p: p.name)
def test_its_english_is_english(place: Place) -> None:
    """The frame of a page, at least: what the pack quotes from a French source stays French, and says so."""
    html = Client().get(place.addresses("en")[0], headers={"accept-language": "fr"}).content.decode()
    titles = re.findall(r"<title>(.*?)</title>|<h1[^>]*>(.*?)</h1>|<button[^>]*>(.*?)</button>", html, re.DOTALL)
    for words in filter(None, (part for title in titles for part in title)):
        assert not FRENCH.search(re.sub(r"<[^>]+>", " ", words)), words
