"""Every page of the site stands in both languages, whoever asks; a template variable that is missing would raise."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

import pytest
from django.test import Client

import alliage
from alliage.core.vocabulary.attributes import Attribute
from alliage.hub.config import messages
from alliage.hub.people.actions import leaving
from tests.hub.access_table import PUBLIC, TABLE
from tests.hub.addresses import Place, places
from tests.hub.people.actors import OURS, Actor, furnish, give_second_factor, join, make_organisation, sign_in

PLACES = places()
NAMES = [place.name for place in PLACES]
BY_FORM_ALONE = {
    "finder:narrow", "finder:out-of-view", "finder:plan-prefer", "finder:plan-choose", "finder:plan-what-if",
    "finder:plan-paper", "people:sessions", "people:consents",
    "questions:reroute",
}  # fmt: skip
GONE = {
    "days:door",
    "days:door-list",
    "days:follow",
    "days:mine",
    "days:mine-ics",
    "days:stop",
    "days:stop-inviting",
    "finder:alerts-stop",
    "finder:file-calendar",
    "finder:file-feed",
    "finder:no-link",
    "finder:shared",
    "finder:unshare",
    "freshness:confirm",
    "freshness:stop",
    "meetings:desk",
    "meetings:desk-ics",
    "meetings:guest",
    "meetings:guest-ics",
    "people:first-link",
    "people:invitation",
    "questions:digest-stop",
    "questions:mine",
    "questions:office",
    "questions:stop",
}
EXTRUSION = Path("examples/extrusion-saguenay.yaml")
BLANK = re.compile(r"%\(\w+\)s|%%|\{\w+\}")
NO_PAGES = (":feed", ":save", ":data", "-csv", "-yaml", ":calendar", "_codes")
MOST_QUERIES, WHO_IT_IS, MOST_QUERIES_OF_SOME = 6, 3, 28
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("things")]


@pytest.fixture(params=["nothing said", "a whole company", "an administrator"])
def visitor(request: pytest.FixtureRequest) -> Client:
    client = Client()
    if request.param == "an administrator":
        furnish()
        person = Actor.ADMINISTRATOR.person()
        join(person, make_organisation(OURS), "manager")
        give_second_factor(person)
        return sign_in(person, methods=("code", "mfa"))
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
            {302, 405}
            if place.name in BY_FORM_ALONE
            else {200, 301, 302, 303}
            if address == addresses[0]
            else {200, 301, 302, 303, 404}
        )
        if place.name in GONE:
            expected = {410}
        assert response.status_code in expected, (address, response.status_code)
        if response.status_code in (301, 302, 303):
            assert response.headers["Location"].startswith("/en/") == (lang == "en")
        elif "html" in response.headers["Content-Type"]:
            page = response.content.decode()
            assert f'lang="{lang}-CA"' in page[:200], "a part of a page, without its page"
            assert "<main" in page
            assert re.search(r"<title>\s*[^\s·]", page), "a page without a title"
            assert "{{" not in page
            assert "{%" not in page
            assert response.headers["Content-Language"] == f"{lang}-CA"


@pytest.mark.parametrize("visitor", ["an administrator"], indirect=True)
@pytest.mark.parametrize("place", PLACES, ids=NAMES)
def test_it_stands_in_view_of_another_day(visitor: Client, place: Place) -> None:
    """The strip that names the day is drawn above the page, and changes nothing of what the page says itself."""
    today, then = (visitor.get(place.addresses("fr")[0], {"on": on} if on else {}) for on in ("", "2099-04-01"))
    assert then.status_code == today.status_code
    if then.status_code == 200 and "html" in then.headers["Content-Type"]:
        title = re.search(r"<title>(.*?)</title>", then.content.decode(), flags=re.DOTALL)
        assert title is not None
        assert "<" not in html.unescape(title[1]), "a part of the strip in the page"


@pytest.mark.parametrize("place", PLACES, ids=NAMES)
def test_it_asks_the_database_a_few_times_at_most(
    visitor: Client, place: Place, django_assert_max_num_queries: object
) -> None:
    address = place.addresses("fr")[0]
    visitor.get(address)
    some = place.name.partition(":")[0] not in ("finder", "programmes", "ui") or TABLE[place.name].roles != PUBLIC
    known = WHO_IT_IS if "session" in visitor.cookies else 0
    most = MOST_QUERIES_OF_SOME if some else MOST_QUERIES + known
    if place.name == "people:data":  # one for each table that names a person
        most += len(list(leaving.tables()))
    with django_assert_max_num_queries(most):  # type: ignore[operator]  # a fixture without a type
        visitor.get(address)


@pytest.mark.parametrize(
    "place",
    [p for p in PLACES if not p.name.endswith((":feed", ":save", ":data", "-csv", "-pdf", "_codes"))],
    ids=lambda p: p.name,
)
def test_its_english_is_english(visitor: Client, place: Place) -> None:
    """The whole of a page: what the pack quotes from a French source stays French, and is no text of ours."""
    page = visitor.get(place.addresses("en")[0], headers={"accept-language": "fr"}).content.decode()
    shown = words_of(page)
    assert [french for french in only_french() if french in shown] == []


def words_of(page: str) -> str:
    """What a person reads or hears of a page, on one line, with plain spaces."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    heard = re.findall(r'(?:aria-label|alt|title|placeholder|data-announce|content)="([^"]*)"', body)
    return plain(" ".join([re.sub(r"<[^>]+>", " ", body), *heard]))


def plain(text: str) -> str:
    text = html.unescape(text).replace("\N{WORD JOINER}", "").replace("\N{NARROW NO-BREAK SPACE}", " ")
    return " ".join(text.replace("'", "’").split())


@cache
def only_french() -> tuple[str, ...]:
    """French of ours of several words, of templates, code and vocabulary, that is not English too."""
    messages_of = [message for message in messages.read("en") if message.id]
    vocabulary = [text for attribute in attributes() for text in (attribute.question, attribute.help) if text]
    pairs = [pair for message in messages_of for pair in zip(forms(message.id), forms(message.string), strict=False)]
    pairs += [(text["fr"], text["en"]) for text in vocabulary]
    english = " ".join(plain(text) for _, text in pairs)
    pieces = {plain(piece) for french, _ in pairs for piece in BLANK.split(french)}
    return tuple(sorted(piece for piece in pieces if piece.count(" ") > 1 and piece not in english))


def forms(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def attributes() -> list[Attribute]:
    return list(alliage.load_pack().vocabulary.attributes.values())


def test_there_is_french_to_look_for() -> None:
    assert len(only_french()) > 500
    assert any(french in words_of(Client().get("/").content.decode()) for french in only_french())
