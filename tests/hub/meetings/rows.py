"""Rows of meetings for tests of other rooms."""

from __future__ import annotations

from alliage.hub.days.models import Day, Registration
from alliage.hub.meetings.models import Change, Desk, Guest, Meeting, MeetingPlan, Slot, Wish
from alliage.hub.people.models import Person
from tests.hub.things import AT


def known_by_meetings(person: Person) -> None:
    """Every table of the meetings knows somebody: as an officer, as a company, as who decided."""
    mine = Registration.objects.filter(person=person).first()
    assert mine is not None
    day = Day.objects.get(pk=mine.day_id)
    plan = MeetingPlan.objects.create(day=day, day_starts=day.starts, created=AT)
    slot = Slot.objects.create(plan=plan, number=0, starts=day.starts, ends=day.ends)
    desk = Desk.objects.create(plan=plan, person=person, label="Bureau", nonce="n")
    guest = Guest.objects.create(plan=plan, registration=mine)
    Wish.objects.create(guest=guest, desk=desk, rank=0)
    Meeting.objects.create(guest=guest, desk=desk, slot=slot, changed=AT)
    Change.objects.create(plan=plan, kind="guest-off", guest=guest, since=AT, revision=0, by=person, created=AT)
