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
from tests.hub.access_table import GET, ONE_CLICK, POST, PUBLIC, TABLE, Rule
from tests.hub.addresses import Place, places
from tests.hub.people.actors import Actor, furnish

PLACES = places()
METHODS = (GET, POST, "PUT", "PATCH", "DELETE")
NO_SUCH_METHOD = 405
# What a form must ask, where an empty one asks nothing that exists.
SENT = {
    "people:organisation": "do=leave",
    "people:team-person": "do=close",
    "people:team-organisation": "do=invite",
}
pytestmark = pytest.mark.django_db


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
    if not rule.roles & who.roles or not owns(rule, who):
        return {"none"}
    return {"open"} if method in rule.methods else {"no such method"}


def owns(rule: Rule, who: Actor) -> bool:
    """Whether they have the tie that the address asks for."""
    ties = {"": set(Actor), "member": {Actor.MANAGER, Actor.COLLEAGUE}, "manager": {Actor.MANAGER}}
    return who in ties[rule.own]


@pytest.mark.parametrize(
    "name", [name for name, rule in TABLE.items() if POST in rule.methods and name not in ONE_CLICK]
)
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
        client.get("/temoins/")
