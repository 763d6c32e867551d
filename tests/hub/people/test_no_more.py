"""Who wants no more letters: known for good, of one purpose, without an e-mail that anybody finds again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext

from alliage.hub.days.queries import inviting
from alliage.hub.people.actions.no_more import wants_no_more, who_wants_no_more, write_no_more
from alliage.hub.people.models import NoMore
from alliage.hub.programmes.freshness.actions import asking
from alliage.hub.questions.actions import offices
from alliage.hub.ui import day
from alliage.hub.ui.asked import fingerprint, keyed_fingerprint

EMAIL = "office@example.org"
ONE, OTHER = "test.one", "test.other"


@pytest.fixture
def said(db: None) -> datetime:  # noqa: ARG001 - asked for by name, or no database is made
    """When they said it."""
    write_no_more(EMAIL, purpose=ONE, at=day.now())
    return day.now()


def test_an_address_is_known_however_it_is_written(said: datetime) -> None:
    write_no_more(" Office@Example.org ", purpose=ONE, at=said + timedelta(days=1))
    assert NoMore.objects.get().since == said
    assert wants_no_more("OFFICE@example.org", purpose=ONE)
    assert who_wants_no_more([EMAIL, "Office@example.org"], purpose=ONE) == {EMAIL, "Office@example.org"}


def test_of_many_those_who_said_it_are_told(said: datetime) -> None:  # noqa: ARG001 - a fixture
    assert who_wants_no_more([EMAIL, "b@example.org"], purpose=ONE) == {EMAIL}
    assert who_wants_no_more([], purpose=ONE) == set()
    crowd = [f"{number}@example.org" for number in range(1_200)]
    with CaptureQueriesContext(connection) as asked:
        assert who_wants_no_more([*crowd, EMAIL], purpose=ONE) == {EMAIL}
    assert len(asked) == 3, "no list without an end"


def test_what_is_said_of_one_purpose_is_said_of_no_other(said: datetime) -> None:  # noqa: ARG001 - a fixture
    assert not wants_no_more(EMAIL, purpose=OTHER)
    assert who_wants_no_more([EMAIL], purpose=OTHER) == set()


def test_a_list_of_e_mails_finds_nobody_without_the_key(said: datetime) -> None:  # noqa: ARG001 - a fixture
    assert NoMore.objects.get().key not in {EMAIL, fingerprint(EMAIL)}


def test_it_stays_known_when_the_key_of_the_site_changes(said: datetime, settings: Any) -> None:
    first = NoMore.objects.get().key
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the site"  # noqa: S105 - of this test
    assert who_wants_no_more([EMAIL], purpose=ONE) == {EMAIL}
    assert wants_no_more(EMAIL, purpose=ONE)
    settings.SECRET_KEY_FALLBACKS = []  # it was met once: it is kept under the key of today
    assert wants_no_more(EMAIL, purpose=ONE)
    assert NoMore.objects.get().key != first
    assert NoMore.objects.get().since == said


BEFORE = {"days": "0001_the_days", "questions": "0004_when_a_notice_left", "freshness": "0005_a_key_for_who_declined"}


@pytest.mark.django_db(transaction=True)
def test_those_who_said_it_before_there_was_one_table_stay_known() -> None:
    executor = MigrationExecutor(connection)
    now = executor.loader.graph.leaf_nodes()
    executor.migrate([*BEFORE.items()])
    apps = executor.loader.project_state([*BEFORE.items()]).apps
    for room, model, key in (
        ("days", "Declined", fingerprint(EMAIL)),
        ("questions", "Stopped", fingerprint(EMAIL)),
        ("freshness", "Declined", keyed_fingerprint(EMAIL, purpose=asking.NO_MORE)),
    ):
        apps.get_model(room, model).objects.create(key=key, since=day.now())
    MigrationExecutor(connection).migrate(now)
    for purpose in (inviting.NO_MORE, offices.NO_MORE, asking.NO_MORE):
        assert wants_no_more(EMAIL, purpose=purpose), purpose
    assert NoMore.objects.count() == 3
