"""What the tests of people share: someone of each role, signed in as the site signs them in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alliage.hub.people.models import MemberRole, Organisation, Person
from tests.hub.people.actors import Actor, join, make_organisation, make_person, sign_in


@pytest.fixture
def person(db: None) -> Person:  # noqa: ARG001 - asked for by name, or no database is made
    return make_person("ana@example.org", name="Ana Tremblay")


@pytest.fixture
def signed(person: Person) -> Client:
    """Ana, signed in."""
    return sign_in(person)


@pytest.fixture
def ours(person: Person) -> Organisation:
    """An organisation that Ana manages."""
    organisation = make_organisation("atelier-a")
    join(person, organisation, MemberRole.MANAGER)
    return organisation


@pytest.fixture
def actor(db: None) -> Callable[[Actor], Client]:  # noqa: ARG001 - asked for by name
    """A browser of somebody of a role."""
    return lambda wanted: wanted.client()
