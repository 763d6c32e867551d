"""Tasks: what is due is asked once, what was asked is done, and nothing is kept longer than said."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from alliage.hub.people.actions import forgetting
from alliage.hub.people.models import AuditEntry, Consent, Invitation, LastRun, MemberRole, Person, SignedIn
from alliage.hub.people.tasks import enqueue_due, periodic
from alliage.hub.ui import day
from tests.hub.people.actors import make_organisation, make_person, sign_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_what_is_due_is_asked_once_then_again_when_it_is_due_again() -> None:
    names = [one.name for one in periodic()]
    assert "people.forget" in names
    assert enqueue_due(now=day.now()) == names
    assert enqueue_due(now=day.now() + timedelta(hours=1)) == []
    assert enqueue_due(now=day.now() + DAY) == [one.name for one in periodic() if one.every <= DAY]


def test_what_another_process_has_just_asked_is_not_asked_again() -> None:
    enqueue_due(now=day.now())
    later = day.now() + DAY
    assert LastRun.objects.filter(name="people.forget", at__lte=later - DAY).update(at=later) == 1
    assert "people.forget" not in enqueue_due(now=later)


@pytest.mark.django_db(transaction=True)
def test_the_command_does_what_is_due_and_ends(capsys: Any) -> None:
    call_command("run_tasks")
    assert "people.forget" in capsys.readouterr().out
    assert [row.status for row in DBTaskResult.objects.all()] == ["SUCCESSFUL"] * DBTaskResult.objects.count()
    call_command("run_tasks")
    assert capsys.readouterr().out == "nothing due\n"


def test_every_purpose_of_the_retention_table_is_forgotten_by_somebody() -> None:
    forgotten = {purpose for config in apps.get_app_configs() for purpose in getattr(config, "forgets", {})}
    assert set(settings.RETENTION) <= forgotten
    assert {"shared", "sessions"} <= forgotten


def test_what_is_too_old_goes_and_what_is_not_stays(person: Person) -> None:
    sign_in(person)
    old = day.now()
    keep_for = settings.RETENTION
    organisation = make_organisation("atelier-a")
    Invitation.objects.create(
        organisation=organisation, email="x@example.org", role=MemberRole.COLLEAGUE, created=old, expires=old
    )
    Consent.objects.create(
        person=person, purpose="alerts", version="1", language="fr", given=old, withdrawn=old, how="account"
    )
    AuditEntry.objects.create(by=person, what="signed-in", at=old)
    stale = make_person("stale@example.org")
    stale.emailaddress_set.update(verified=False)
    left: dict[str, Any] = {
        "sessions": (SignedIn, settings.SESSION_COOKIE_AGE / 86_400),
        "invitations": (Invitation, keep_for["invitations"]),
        "consents": (Consent, keep_for["consents"]),
        "audit": (AuditEntry.objects.exclude(what="forgotten"), keep_for["audit"]),
        "unconfirmed": (Person.objects.filter(pk=stale.pk), keep_for["unconfirmed"]),
    }
    for purpose, (rows, days) in left.items():
        found = getattr(rows, "objects", rows)
        forgetting.FORGETS[purpose](now=real(purpose, old, days) - timedelta(hours=1))
        assert found.count() >= 1, purpose
        assert forgetting.FORGETS[purpose](now=real(purpose, old, days) + timedelta(hours=1)) >= 1
        assert found.count() == 0, purpose


def real(purpose: str, old: datetime, days: float) -> datetime:
    """When it is to go. A session says itself when it ends (Django reads the clock for it)."""
    return SignedIn.objects.get().expire_date if purpose == "sessions" else old + timedelta(days=days)


def test_what_was_forgotten_is_written_down_without_saying_whose(person: Person) -> None:
    Consent.objects.create(
        person=person, purpose="alerts", version="1", language="fr", given=day.now(), withdrawn=day.now(), how="account"
    )
    done = forgetting.forget(now=day.now() + timedelta(days=1_100))
    assert done["consents"] == 1
    entry = AuditEntry.objects.get(what="forgotten", data__purpose="consents")
    assert entry.by is None
    assert entry.data == {"purpose": "consents", "count": 1}
