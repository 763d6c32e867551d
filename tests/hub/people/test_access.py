"""Every address, every method, everyone: what the table says is what happens."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from alliage.hub.people.access import ACCESS, Role
from tests.hub.access_table import GET, POST, PUBLIC, TABLE, Rule
from tests.hub.addresses import Place, places
from tests.hub.people.actors import Actor, furnish

PLACES = places()
METHODS = (GET, POST, "PUT", "PATCH", "DELETE")
NO_SUCH_METHOD = 405
# What a form must ask, where an empty one asks nothing that exists.
SENT = {
    "days:team-live": "do=on",
    "people:organisation": "do=leave",
    "people:team-person": "do=close",
    "people:team-organisation": "do=invite",
}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("things")]


def views() -> Iterator[tuple[str, Any]]:
    """The name and the view of every address."""

    def walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, Any]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, pattern.namespace or space)
            else:
                yield (f"{space}:{pattern.name}" if space else str(pattern.name)), pattern.callback

    return walk(get_resolver().url_patterns, "")


def test_every_address_is_in_the_table_and_no_other() -> None:
    assert set(TABLE) == {place.name for place in PLACES}


def test_every_view_says_who_may_open_it_as_the_table_does() -> None:
    said = {name: getattr(view, ACCESS, None) for name, view in views()}
    assert said == {name: rule.roles for name, rule in TABLE.items()}


@pytest.mark.parametrize("who", Actor, ids=lambda actor: actor.name)
def test_everyone_gets_what_the_table_says(who: Actor) -> None:
    furnish()
    browser = who.client()
    for place in PLACES:
        if TABLE[place.name].roles == PUBLIC and who not in (Actor.ANONYMOUS, Actor.MANAGER):
            continue  # open to all: two are enough, one who signed in and one who did not
        for method in METHODS:
            found = outcome(browser, place, method)
            assert found in expected(TABLE[place.name], who, method), (place.name, method, found)


def outcome(browser: Client, place: Place, method: str) -> str:
    """What an address answers: "open", "sign in", "none" or "no such method"."""
    cache.clear()  # nobody is made to wait for what was tried before, nor signed out by it
    address, cookies = place.addresses("fr")[0], copy(browser.cookies)
    with transaction.atomic():
        response = browser.generic(method, address, SENT.get(place.name, ""), "application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    browser.cookies = cookies
    if response.status_code == NO_SUCH_METHOD:
        return "no such method"
    if response.status_code == 404:
        return "none"
    where = response.headers.get("Location", "")
    if unquote(where) == f"/compte/connexion/?next={address}":
        return "sign in"
    if response.status_code == 403 and f"/compte/connexion/?next={address}" in unquote(response.content.decode()):
        return "sign in"
    assert response.status_code in (200, 301, 302, 303, 410, 422), (address, method, response.status_code)
    return "open"


def expected(rule: Rule, who: Actor, method: str) -> set[str]:
    """What the table says of it. A method that an address does not have may be refused before or after the person."""
    if method not in rule.methods and (rule.roles == PUBLIC or method not in (GET, POST)):
        return {"no such method"}
    if rule.roles == PUBLIC:
        return {"open"}
    assert isinstance(rule.roles, frozenset)
    if who is Actor.ANONYMOUS:
        return {"sign in"}
    if not rule.roles & who.roles:
        return {"none"}
    if not owns(rule, who):  # the address has no such method, whatever thing it names
        return {"none"} if method in rule.methods else {"none", "no such method"}
    return {"open"} if method in rule.methods else {"no such method"}


def owns(rule: Rule, who: Actor) -> bool:
    """Whether they have the tie that the address asks for."""
    ties = {
        "": set(Actor),
        "member": {Actor.MANAGER, Actor.COLLEAGUE},
        "manager": {Actor.MANAGER},
        "provider": {Actor.OFFICER, Actor.TEAM, Actor.ADMINISTRATOR},
    }
    return who in ties[rule.own]


@pytest.mark.parametrize("name", [name for name, rule in TABLE.items() if POST in rule.methods and not rule.keyed])
def test_no_form_without_its_key(name: str) -> None:
    """Whoever sends it, and whatever it asks: nothing is done."""
    place = next(place for place in PLACES if place.name == name)
    roles = TABLE[name].roles
    who = Actor.ADMINISTRATOR if roles != PUBLIC and Role.MEMBER not in roles else Actor.MANAGER
    browser = who.client()
    browser.handler.enforce_csrf_checks = True
    assert browser.post(place.addresses("fr")[0], {"x": "y"}).status_code == 403


def test_a_visitor_without_a_session_asks_the_database_nothing_about_people(
    client: Client, django_assert_num_queries: Any
) -> None:
    client.get("/temoins/")
    with django_assert_num_queries(1):  # the shelf of the catalogue
        assert client.get("/temoins/").status_code == 200


def test_a_form_sent_after_the_session_ended_is_kept_and_can_be_sent_again(signed: Client) -> None:
    typed = {"name": "Une heure de travail", "language": "fr", "password": "secret-of-nobody"}
    lost = Client().post("/compte/?on=2027-01-01", typed)
    page = lost.content.decode()
    assert lost.status_code == 403
    assert 'name="name" value="Une heure de travail"' in page
    assert 'action="/compte/?on=2027-01-01"' in page
    assert "/compte/connexion/?next=%2Fcompte%2F" in page
    assert "secret-of-nobody" not in page
    assert "no-store" in lost.headers["Cache-Control"]
    assert signed.post("/compte/", typed).status_code == 303


@pytest.mark.parametrize(("part", "where"), [("en-direct", "#en-direct"), ("a, body", "main"), ("", "main")])
def test_a_page_that_checks_as_one_types_stays_and_says_that_the_session_ended(part: str, where: str) -> None:
    answer = Client().post("/compte/", {"name": "x"}, headers={"HX-Request": "true", "HX-Target": part})
    assert answer.headers["HX-Retarget"] == where
    assert "Votre session est terminée" in answer.content.decode()
    assert "<main" not in answer.content.decode()
