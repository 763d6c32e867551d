"""Attempts to sign in are counted in the database, by all processes together, and no page pays for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alliage.hub.config import settings as site
from alliage.hub.people.actions.forgetting import FORGETS
from alliage.hub.people.models import Attempt
from alliage.hub.ui import day
from tests.hub.people.actors import make_person, shown, sign_in

pytestmark = pytest.mark.django_db
LOGIN = "/compte/connexion/mot-de-passe/"
WRONG = {"login": "ana@example.org", "password": "not the password"}


@pytest.fixture(autouse=True)
def counted(settings: Any) -> None:
    """The cache of the site itself."""
    settings.CACHES = site.CACHES


def test_who_guesses_waits_whichever_process_answers(settings: Any) -> None:
    make_person("ana@example.org")
    tries = []
    for _try in range(12):
        settings.CACHES = {**site.CACHES}  # every cache is made anew, as in another process
        tries.append(Client().post(LOGIN, WRONG))
    assert tries[0].status_code != 429
    assert "Trop" in shown(tries[-1]) or tries[-1].status_code == 429
    assert Attempt.objects.exists()


def test_nothing_kept_of_an_attempt_says_whose_it_is() -> None:
    Client(REMOTE_ADDR="203.0.113.7").post(LOGIN, WRONG)
    kept = str(list(Attempt.objects.values_list()))
    assert Attempt.objects.exists()
    for secret in ("203.0.113.7", "ana@example.org", "allauth"):
        assert secret not in kept


def test_ordinary_pages_ask_it_nothing(django_assert_num_queries: Any) -> None:
    visitor, member = Client(), sign_in(make_person("ana@example.org"))
    visitor.get("/temoins/")
    with django_assert_num_queries(1):  # the shelf of the catalogue
        visitor.get("/temoins/")
    with CaptureQueriesContext(connection) as asked:
        member.get("/compte/")
        visitor.get("/programmes/")
    assert not [query for query in asked.captured_queries if "people_attempt" in query["sql"]]


def test_what_is_over_is_forgotten() -> None:
    Attempt.objects.create(cache_key="old", value="x", expires=day.now() - timedelta(minutes=1))
    Attempt.objects.create(cache_key="new", value="x", expires=day.now() + timedelta(minutes=1))
    assert FORGETS["attempts"](now=day.now()) == 1
    assert Attempt.objects.get().cache_key == "new"
