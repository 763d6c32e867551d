"""Invited are those of the region who agreed, and for whom the day brings something; each is told what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from alliage.hub.days import links
from alliage.hub.days.actions import inviting
from alliage.hub.days.models import Day, DayInvitation, Registration
from alliage.hub.days.queries.inviting import NO_MORE, who_to_invite
from alliage.hub.finder.models import ProjectFile
from alliage.hub.people.actions import consents, no_more
from alliage.hub.people.models import Consent, MemberRole, NoMore, Person
from alliage.hub.ui import day as days
from tests.hub.days.conftest import Comes
from tests.hub.people.actors import join, make_organisation, make_person, shown
from tests.hub.things import AT, ID, make_day

pytestmark = pytest.mark.django_db
HERE_IT_IS = {"company.location": "Saguenay", "project.needs": ["tariffs"]}


def somebody(name: str, *, agrees: bool = True, answers: dict[str, Any] | None = None, **owner: Any) -> Person:
    """Somebody with a project file, who agreed to be invited or not."""
    person = make_person(f"{name}@example.org")
    if agrees:
        consents.choose(person, frozenset({"days"}), language="fr", at=days.now(), how="account")
    ProjectFile.objects.create(
        name="f", answers={"a": HERE_IT_IS if answers is None else answers}, created=AT, changed=AT, visited=AT,
        **(owner or {"person": person}),
    )  # fmt: skip
    return person


def invited(day: Day) -> dict[str, Any]:
    return {reason.email: reason.because for reason in who_to_invite(day, on=days.today())}


def test_a_project_file_of_the_region_that_a_programme_may_serve_is_a_reason(coming: Day) -> None:
    person = somebody("a")
    somebody("b", agrees=False)
    somebody("c", answers={**HERE_IT_IS, "company.location": "Rimouski"})
    somebody("d", answers={"project.needs": ["tariffs"]})
    somebody("e", answers={**HERE_IT_IS, "project.needs": ["ip"]})
    found = invited(coming)
    assert set(found) == {person.email}
    assert found[person.email]["programmes"] == [ID]


def test_the_members_of_an_organisation_are_invited_for_its_file_if_they_agreed(coming: Day) -> None:
    office = make_organisation("atelier-a")
    person = somebody("a", organisation=office)
    join(person, office, MemberRole.COLLEAGUE)
    join(make_person("quiet@example.org"), office, MemberRole.MANAGER)
    assert set(invited(coming)) == {person.email}


def test_answers_that_disagree_invite_nobody_and_break_nothing(coming: Day) -> None:
    somebody("a", answers={**HERE_IT_IS, "company.postal_code": "G5L 1A1"})
    assert invited(coming) == {}


def test_a_need_declared_at_an_earlier_day_is_a_reason_with_its_own_consent(comes: Comes, coming: Day) -> None:
    before = make_day(slug="avant", seats=9)
    comes("a", day=before, needs=["tariffs"], agreed=frozenset({"next"}))
    comes("b", day=before, needs=["tariffs"])
    comes("c", day=before, needs=["ip"], agreed=frozenset({"next"}))
    comes("d", day=before, needs=["tariffs"], agreed=frozenset({"next"}))
    comes("d")
    comes("e", day=before, needs=["tariffs"], agreed=frozenset({"next"}), demo=True)
    assert invited(coming) == {"a@example.org": {"programmes": [ID], "needs": ["tariffs"]}}, (
        "d knows of it already, e is invented"
    )


def test_the_letter_says_why_once_and_one_press_stops_all_of_them_for_good(team: Client, coming: Day) -> None:
    person = somebody("a")
    page = "/equipe/journees/saguenay/invitations/"
    assert person.email in shown(team.get(page))
    team.post(page)
    inviting.send_due(at=days.now())
    (letter,) = mail.outbox
    assert "Pourquoi vous" in letter.body
    assert "FRONTIERE" in letter.body.upper()
    assert invited(coming) == {}
    stop = f"/journees/ne-plus-inviter/{links.token_of(DayInvitation.objects.get(), links.STOP_INVITING)}/"
    assert stop in letter.extra_headers["List-Unsubscribe"]
    robot = Client(enforce_csrf_checks=True)
    robot.get(stop)
    assert not NoMore.objects.exists()
    assert robot.post(stop).status_code == 200
    assert Consent.objects.filter(withdrawn=None).count() == 0
    consents.choose(person, frozenset({"days"}), language="fr", at=days.now(), how="account")
    assert invited(make_day(slug="apres")) == {}, "they said never"
    assert person.email not in NoMore.objects.get().key


def test_who_stays_silent_is_reminded_once_a_week_before_if_they_still_agree(comes: Comes, coming: Day) -> None:
    people = [somebody(name) for name in "abcd"]
    inviting.invite(coming.pk, on=days.today(), by=None, at=days.now())
    inviting.send_due(at=days.now())
    comes("b")
    consents.choose(people[2], frozenset(), language="fr", at=days.now(), how="account")
    inviting.decline(DayInvitation.objects.get(person=people[3]), at=days.now())
    mail.outbox.clear()
    left = {before: inviting.remind(at=coming.starts - timedelta(days=before)) for before in (8, 7, 6, 1)}
    assert left == {8: 0, 7: 1, 6: 0, 1: 0}
    (letter,) = mail.outbox
    assert (letter.to, letter.subject[:6]) == (["a@example.org"], "Rappel")


def test_who_is_not_to_be_reminded_takes_the_place_of_nobody(
    comes: Comes, coming: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inviting, "MOST_AT_ONCE", 1)
    for name in "abc":
        somebody(name)
    inviting.invite(coming.pk, on=days.today(), by=None, at=days.now())
    DayInvitation.objects.update(sent=days.now())
    first, second, third = DayInvitation.objects.all()
    comes(first.email[0])
    no_more.write_no_more(second.email, purpose=NO_MORE, at=days.now())
    mail.outbox.clear()
    assert inviting.remind(at=coming.starts - timedelta(days=7)) == 1
    assert [letter.to for letter in mail.outbox] == [[third.email]]


def test_a_day_that_is_not_open_invites_nobody(coming: Day) -> None:
    somebody("a")
    for change in ({"status": "draft"}, {"status": "open", "starts": AT}):
        Day.objects.filter(pk=coming.pk).update(**change)
        assert inviting.invite(coming.pk, on=days.today(), by=None, at=days.now()) == 0
    assert not Registration.objects.exists()


def test_who_no_longer_agrees_when_invitations_leave_is_not_written_to(coming: Day) -> None:
    person = somebody("a")
    assert inviting.invite(coming.pk, on=days.today(), by=None, at=days.now()) == 1
    Consent.objects.filter(person=person).update(withdrawn=days.now())
    assert inviting.send_due(at=days.now()) == 0
    assert mail.outbox == []
    assert not DayInvitation.objects.exists()
