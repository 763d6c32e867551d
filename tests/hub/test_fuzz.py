"""Whatever is asked of any page, in whatever way, what comes back is kind: never an error of ours.

The answers themselves are tried in ``finder/test_anything.py``; here it is every address, every method, every key.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alliage.hub.finder.actions import sharing
from alliage.hub.finder.dossier import Dossier
from alliage.hub.ui import day
from tests.hub.access_table import POST, TABLE
from tests.hub.addresses import PARTS, Place, places
from tests.hub.answers import answers_of, give
from tests.hub.people.actors import Actor, furnish

KINDLY = frozenset({200, 301, 302, 303, 304, 400, 403, 404, 405, 410, 413, 422})
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"]
MANY_PARTS = "multipart/form-data; boundary=x"
A_PART = "987654321"  # what any address takes: a number is a word too
PLACES = places()
KEYED = tuple(
    place.address("fr", A_PART).partition(A_PART)[0] for place in PLACES if place.part and TABLE[place.name].keyed
)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("things")]
NASTY = [
    "", " ", "\x00", "\ud800", "%", "%00", "%ff%fe", "../../etc/passwd", "<script>alert(1)</script>", "' OR 1=1 --",
    "{{ 7*7 }}", "{% debug %}", "-1", "0", "1e999", "9" * 500, "é" * 200, "\u202e", "//evil.example", "2026-02-30",
    "1999-12-31", "G7H 1A1", "essor-volet-2", "c3i", "equipment", "eligible", "x" * 100_000,
]  # fmt: skip
NAMES = [
    "q", "on", "need", "needs", "kind", "instrument", "state", "open", "region", "level", "provider", "page", "sort",
    "order", "plus", "p", "then", "do", "seen", "drop", "words", "about", "secret", "file", "csrfmiddlewaretoken",
    "programme", "form", "if", "company", "less_debt", "fewer_files", "sooner",
    "text", "why", "day", "into", "to", "email", "write", "key", "de", "point", "besoin", "etat",
    "project.needs", "company.postal_code", "company.employees", "line-amount", "line-category", "line-date",
    "__proto__", "a[b]", "é", "",
]  # fmt: skip
VALUES = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
FIELDS = st.dictionaries(
    st.one_of(st.sampled_from(NAMES), st.text(max_size=8)), st.lists(VALUES, max_size=3), max_size=5
)
anything = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture
def visitor() -> Client:
    return Client()


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """Any page, its part from the real ones or from anything."""
    place: Place = draw(st.sampled_from(PLACES))
    lang = draw(st.sampled_from(["fr", "en"]))
    if not place.part:
        return place.address(lang)
    known = st.sampled_from(PARTS[place.name][place.part])
    part = draw(st.one_of(known, VALUES))
    front, _, end = place.address(lang, A_PART).partition(A_PART)
    return front + quote(part.encode("utf-8", "surrogatepass"), safe="") + end


def raw(fields: dict[str, list[str]]) -> str:
    """A query string, as no browser would write it."""
    return "&".join(
        f"{quote(name.encode('utf-8', 'surrogatepass'))}={quote(value.encode('utf-8', 'surrogatepass'))}"
        for name, values in fields.items()
        for value in values
    )


def kind(response: Any) -> bool:
    """A page or a redirection within the site, that quotes nothing as code."""
    where = response.headers.get("Location", "/")
    return (
        response.status_code in KINDLY
        and where.startswith("/")
        and not where.startswith("//")
        and b"<script>alert" not in response.content
        and b"Traceback" not in response.content
    )


@anything
@given(address=addresses(), query=FIELDS)
@example(address="/programmes/", query={"q": ["\x00"], "page": ["9" * 500]})
@example(address="/", query={"a": [""] * 1_001})
@example(address="/en/trouver/resultats/", query={"plus": ["eligible"] * 5_000})
def test_any_query_string(visitor: Client, address: str, query: dict[str, list[str]]) -> None:
    response = visitor.get(address, QUERY_STRING=raw(query))
    assert kind(response), (address, query, response.status_code)


@anything
@given(
    address=addresses(),
    query=st.text(alphabet="&=%;+?#abcé\x00\udc80[]", max_size=30),
    htmx=st.sampled_from(["true", "false", ""]),
)
def test_any_broken_query_string(visitor: Client, address: str, query: str, htmx: str) -> None:
    headers = (
        {"HX-Request": htmx, "HX-Target": "live", "HX-Current-URL": query.encode("ascii", "ignore").decode()}
        if htmx
        else {}
    )
    sent = query.encode("utf-8", "surrogateescape").decode("latin-1")  # as a server hands it over
    assert kind(visitor.get(address, QUERY_STRING=sent, headers=headers))


@anything
@given(
    address=addresses(),
    fields=FIELDS,
    method=st.sampled_from(METHODS),
    sort=st.sampled_from(["form", "json", "files", "none"]),
)
def test_any_method_and_any_body(visitor: Client, address: str, fields: Any, method: str, sort: str) -> None:
    body, type_ = {
        "form": (raw(fields), "application/x-www-form-urlencoded"),
        "json": ("{" + raw(fields), "application/json"),
        "files": (f"--x\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\n{raw(fields)}", MANY_PARTS),
        "none": ("", "text/plain; charset=nowhere"),
    }[sort]
    response = visitor.generic(method, address, body.encode(), content_type=type_)
    assert kind(response), (address, method, response.status_code)
    if method in ("TRACE", "BREW"):
        assert response.status_code in (404, 405)


@anything
@given(
    address=addresses(),
    fields=FIELDS,
    token=st.one_of(VALUES, st.just("a" * 64)),
    cookie=st.text("abcXYZ019-_", max_size=70),
)
def test_any_form_with_a_forged_key_changes_nothing(address: str, fields: Any, token: str, cookie: str) -> None:
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies["csrftoken"] = cookie
    response = stranger.post(
        address, raw({**fields, "csrfmiddlewaretoken": [token]}), content_type="application/x-www-form-urlencoded"
    )
    keyed = address.removeprefix("/en").startswith(KEYED)  # its address is its key: 410 without it
    assert response.status_code in ((301, 403, 404, 405, 410) if keyed else (301, 403, 404, 405))
    assert "answers" not in response.cookies
    assert kind(response)


@anything
@given(
    address=addresses(),
    session=st.one_of(
        st.text("abcXYZ019-_:.", max_size=200),
        st.sampled_from(["", ":", ".eJw:1:x", "x" * 4_000, ".e" * 1_500, "e30:1wOsxa:forged"]),
    ),
)
def test_any_session_that_is_lost_or_forged(address: str, session: str) -> None:
    client = Client()
    client.cookies["answers"] = session
    assert kind(client.get(address))


ANSWERS = Dossier(
    answers={"project.needs": ["equipment"], "company.postal_code": "G7H 1A1", "company.employees": 42},
    lines=(("equipment", "800000", "", False),),
    words="une presse",
)


@anything
@given(
    theirs=st.booleans(),
    end=st.sampled_from(["", "supprimer/"]),
    lang=st.sampled_from(["", "/en"]),
    method=st.sampled_from(["GET", "POST"]),
    query=FIELDS,
    fields=FIELDS,
    secret=st.one_of(st.none(), VALUES),
    htmx=st.booleans(),
)
@example(theirs=False, end="", lang="", method="POST", query={}, fields={}, secret=None, htmx=False)
@example(theirs=True, end="supprimer/", lang="/en", method="POST", query={}, fields={}, secret=None, htmx=True)
def test_any_form_to_a_link_that_lives(
    *,
    theirs: bool,
    end: str,
    lang: str,
    method: str,
    query: dict[str, list[str]],
    fields: dict[str, list[str]],
    secret: str | None,
    htmx: bool,
) -> None:
    """``secret``: the key of the link if none; ``theirs``: the visitor has answers and a link of their own."""
    made = sharing.share(ANSWERS, programmes={"gone": {"fr": "X", "en": "X"}}, language="fr", now=day.now())
    client = Client()
    if theirs:
        opened(client, {**ANSWERS.as_dict(), "p": [(made.token, made.secret)]})
    key = {} if secret == "" else {"secret": [made.secret if secret is None else secret]}
    address = f"{lang}/p/{made.token}/{end}?{raw(query)}"
    headers = {"HX-Request": "true"} if htmx else {}
    body = raw({**fields, **key}).encode("utf-8", "surrogatepass")
    response = client.generic(method, address, body, "application/x-www-form-urlencoded", headers=headers)
    assert kind(response), (address, method, response.status_code)
    deleted = method == "POST" and end and secret is None
    assert (sharing.opened(made.token, now=day.now()) is None) == bool(deleted)
    if method == "POST" and not end:
        assert answers_of(client)["a"] == ANSWERS.as_dict()["a"]


@anything
@given(
    fields=FIELDS,
    address=st.sampled_from(["/trouver/partager/", "/en/trouver/partager/", "/trouver/recommencer/"]),
    links=st.integers(0, 4),
    again=st.booleans(),
)
def test_any_form_of_someone_with_links(address: str, fields: Any, links: int, *, again: bool) -> None:
    """With answers and links, some alive."""
    client = Client()
    made = [
        sharing.share(replace(ANSWERS, words=f"presse {at}"), programmes={}, language="fr", now=day.now())
        for at in range(links)
    ]
    opened(client, {**ANSWERS.as_dict(), "p": [(link.token, link.secret) for link in made] + [("x", "y"), ("", "")]})
    for _ in range(1 + again):
        response = client.post(address, raw(fields), content_type="application/x-www-form-urlencoded")
        assert kind(response), (address, response.status_code)
    assert kind(client.get(address))


def opened(client: Client, saved: dict[str, Any]) -> None:
    """Gives a visitor these answers, as their cookie holds them."""
    give(client, saved)


FIELD = re.compile(r'<(?:input|textarea|select|button)[^>]*?\sname="([^"]+)"')
OWN = frozenset({"do", "kind", "keep"})  # what a page asks: nasty words alone would never get past it
FORMS = [place for place in PLACES if POST in TABLE[place.name].methods]


@settings(anything, max_examples=80)
@given(
    place=st.sampled_from(FORMS),
    who=st.sampled_from([Actor.MANAGER, Actor.OFFICER, Actor.ADMINISTRATOR]),
    nasty=st.sampled_from([*NASTY, '{"name": {"fr": "\\u0000"}}']),
    data=st.data(),
)
def test_any_words_in_the_forms_of_those_who_sign_in(place: Place, who: Actor, nasty: str, data: st.DataObject) -> None:
    """Each form as its page shows it, with every field filled by something nasty; on PostgreSQL in ``make proof``."""
    with transaction.atomic():
        furnish()
        browser, address = who.client(), place.addresses("fr")[0]
        page = browser.get(address).content.decode()
        fields = {}
        for name in sorted(set(FIELD.findall(page)) - {"csrfmiddlewaretoken"}):
            offered = re.findall(rf'name="{re.escape(name)}"[^>]*?\svalue="([^"]+)"', page)
            own = offered and (name in OWN or data.draw(st.booleans()))
            fields[name] = [html.unescape(data.draw(st.sampled_from(offered)))] if own else [nasty]
        response = browser.post(address, raw(fields), content_type="application/x-www-form-urlencoded")
        assert kind(response), (address, who, fields, response.status_code)
        transaction.set_rollback(True)


SAVED = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=10), st.sampled_from(NASTY[:-1])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from([*NAMES, *"alushkwnibgx"]), inner, max_size=5)
    ),
    max_leaves=12,
)


@anything
@given(
    saved=SAVED,
    address=st.sampled_from(
        [
            "/trouver/resultats/",
            "/trouver/question/",
            "/",
            "/trouver/questions/",
            "/trouver/partager/",
            "/trouver/plan/",
        ]
    ),
)
def test_any_answers_of_an_older_site(visitor: Client, saved: Any, address: str) -> None:
    """A cookie that we signed long ago, whatever its form was then."""
    opened(visitor, saved)
    assert kind(visitor.get(address))
