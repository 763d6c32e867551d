"""What the tests of questions share: an agency with officers, and questions about one of its programmes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from alliage.hub.people.models import MemberRole, Organisation, Person
from alliage.hub.questions.models import Beat
from alliage.hub.ui import day
from tests.hub.people.actors import join, make_organisation, make_person
from tests.hub.programmes.conftest import as_postgresql

__all__ = ["as_postgresql"]  # a fixture
PROGRAMME = "frontiere"  # of Investissement Québec
PROVIDER = "investissement-quebec"
SAGUENAY, MONTREAL = "qc-r02", "qc-r06"
NOW = datetime(2026, 11, 26, 9, 30, tzinfo=day.HERE)


def after(days: int, hour: int = 9) -> datetime:
    """A moment some days later."""
    return (NOW + timedelta(days=days)).replace(hour=hour)


def officer_of(
    organisation: Organisation, name: str, *, needs: tuple[str, ...] = (), regions: tuple[str, ...] = ()
) -> Person:
    """An officer, with what they answer for."""
    person = make_person(f"{name}@iq.example", name=name.title())
    join(person, organisation, MemberRole.OFFICER)
    Beat.objects.create(person=person, organisation=organisation, needs=list(needs), regions=list(regions))
    return person


@pytest.fixture
def agency(db: None) -> Organisation:  # noqa: ARG001 - asked for by name, or no database is made
    """Investissement Québec, without anybody yet."""
    return make_organisation("iq", provider=PROVIDER)
