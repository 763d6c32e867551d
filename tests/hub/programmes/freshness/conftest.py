"""What the tests of freshness share: the small catalogue in the database, people, and a real mail server."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from alliage.hub.people.models import Duty, MemberRole, Person
from alliage.hub.programmes.actions import Loaded
from alliage.hub.programmes.freshness.actions import asking
from alliage.hub.programmes.freshness.actions.asking import To
from alliage.hub.programmes.freshness.models import Request
from alliage.hub.ui import day
from tests.hub.people.actors import join, make_organisation, make_person, sign_in

C3I = "c3i"
DAY = timedelta(days=1)


@pytest.fixture
def catalogue(db: None, load: Callable[[], Loaded]) -> Loaded:  # noqa: ARG001 - asked for by name
    return load()


@pytest.fixture
def team(db: None) -> Person:  # noqa: ARG001 - asked for by name
    return make_person("team@example.org", duty=Duty.TEAM)


@pytest.fixture
def desk(team: Person) -> Client:
    """The browser of the team."""
    return sign_in(team)


@pytest.fixture
def officer(db: None) -> Person:  # noqa: ARG001 - asked for by name
    """An officer of the provider of the credit."""
    person = make_person("officer@example.org", language="en")
    join(person, make_organisation("mfq", provider=provider_of(C3I)), MemberRole.OFFICER)
    return person


def provider_of(programme_id: str) -> str:
    import alliage

    return alliage.load_pack().programmes[programme_id].provider.id


@pytest.fixture
def request_(catalogue: Loaded, team: Person) -> Request:  # noqa: ARG001 - asked for by name
    return asking.ask(C3I, to=To("office@example.org"), by=team, at=day.now())


def link_of(letter: Any) -> str:
    """The path of the link of a letter."""
    found = re.search(r"https?://[^/\s]+(\S*/confirmer/[^/\s]+/)\s", letter.body)
    assert found, letter.body
    return found[1]


@pytest.fixture
def link(request_: Request) -> str:  # noqa: ARG001 - asked for by name
    return link_of(outbox.outbox[0])
