"""The answers that a visitor's browser holds, read and given as their cookie holds them."""

from typing import Any

from django.core import signing
from django.test import Client

from alliage.hub.finder.visit import SALT, signed

COOKIE = "answers"


def answers_of(client: Client) -> Any:
    """What the cookie holds; nothing if there is none."""
    cookie = client.cookies.get(COOKIE)
    return signing.loads(cookie.value, salt=SALT) if cookie and cookie.value else {}


def give(client: Client, saved: Any) -> None:
    """Gives a visitor these answers."""
    client.cookies[COOKIE] = signed(saved)
