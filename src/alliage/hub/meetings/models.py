"""The tables of the meetings: one plan for a day, its slots, its desks, its guests, their wishes, their meetings.

The database refuses a second meeting of anybody in one slot, whoever writes at once.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alliage.hub.days.models import Day, Registration, Room
from alliage.hub.people.models import Organisation, Person, Personal


class MeetingPlan(models.Model):
    """The meetings of a day, and the settings of its organiser.

    ``revision`` grows each time that a meeting changes: what was worked out from an older one is refused. Times of the
    day are those of the place. No personal data. Kept with the day.
    """

    class State(models.TextChoices):
        """How far it is."""

        PREPARING = "preparing"  # only the team sees it
        ASKING = "asking"  # companies say whom they wish to meet
        PUBLISHED = "published"  # everyone has their timetable; from now on it only changes by proposals

    day = models.OneToOneField(Day, on_delete=models.CASCADE, related_name="meeting_plan")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARING)
    minutes = models.PositiveSmallIntegerField(default=17)
    change = models.PositiveSmallIntegerField(default=3)
    in_a_row = models.PositiveSmallIntegerField(default=5)
    walk = models.PositiveSmallIntegerField(default=3)  # minutes between two rooms
    seed = models.PositiveIntegerField(default=1)
    revision = models.PositiveIntegerField(default=0)
    working = models.DateTimeField(null=True, blank=True)  # since when a task works it out
    failed = models.CharField(max_length=40, blank=True)  # the code of why the last try failed
    worked_out = models.DateTimeField(null=True, blank=True)
    proof = models.JSONField(default=dict)  # "worth", "bound", "complete"
    doubling = models.JSONField(default=list)  # [{"desk": id, "meetings": n, "worth": n}]
    freed = models.JSONField(default=list)  # [[desk, slot number]]: a meeting was to be held there once
    day_starts = models.DateTimeField()  # of the day, when the slots were cut: a day that is moved takes them along
    created = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day_id} {self.state}"


class Slot(models.Model):
    """When a meeting may be held. No personal data. Kept with the plan."""

    plan = models.ForeignKey(MeetingPlan, on_delete=models.CASCADE, related_name="slots")
    number = models.PositiveSmallIntegerField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    closed = models.DateTimeField(null=True, blank=True)  # when it was lost

    class Meta:
        """In order."""

        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="one_slot_of_each_number"),)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"


class Desk(models.Model):
    """A table where an agency meets companies: an officer, or whoever the agency sends.

    Purpose: to timetable meetings, and to tell the officer of them. Personal data: the officer, if they have an
    account, lost when they erase it. Kept with the plan.
    """

    plan = models.ForeignKey(MeetingPlan, on_delete=models.CASCADE, related_name="desks")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    label = models.CharField(max_length=80, blank=True)  # « Bureau de Chicoutimi »; nothing: the agency itself
    programmes = models.JSONField(default=list)
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    not_before = models.TimeField(null=True, blank=True)
    not_after = models.TimeField(null=True, blank=True)
    at_most = models.PositiveSmallIntegerField(null=True, blank=True)
    off_since = models.DateTimeField(null=True, blank=True)  # from when on it is not there
    nonce = models.CharField(max_length=40)

    personal = Personal(owner="person", erased="detached", secret=("nonce",))

    class Meta:
        """As they were written; each once."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "organisation", "label"), name="one_desk_of_each_label"),
        )

    def __str__(self) -> str:
        return f"{self.plan_id} {self.pk}"


class Guest(models.Model):
    """Somebody registered to the day who wants meetings: when they can, and why a wish was not met.

    ``misses`` is the receipt: desk, rank, reason and numbers, never another company. Personal data: the registration.
    Kept with it.
    """

    plan = models.ForeignKey(MeetingPlan, on_delete=models.CASCADE, related_name="guests")
    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="meeting_guest")
    not_before = models.TimeField(null=True, blank=True)
    not_after = models.TimeField(null=True, blank=True)
    at_most = models.PositiveSmallIntegerField(null=True, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    late_until = models.DateTimeField(null=True, blank=True)
    off_since = models.DateTimeField(null=True, blank=True)
    misses = models.JSONField(default=list)

    personal = Personal(owner="registration__person", erased="deleted")

    class Meta:
        """As they came."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.plan_id} {self.pk}"


class Wish(models.Model):
    """A desk that a guest wishes to meet; rank from 0. Personal data: the guest. Kept with it."""

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="wishes")
    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="wishes")
    rank = models.PositiveSmallIntegerField()

    personal = Personal(owner="guest__registration__person", erased="deleted")

    class Meta:
        """The dearest first; each desk once, each rank once."""

        ordering = ("rank",)
        constraints = (
            models.UniqueConstraint(fields=("guest", "desk"), name="a_desk_is_wished_once"),
            models.UniqueConstraint(fields=("guest", "rank"), name="one_wish_of_each_rank"),
        )

    def __str__(self) -> str:
        return f"{self.guest_id} {self.rank}"


class Meeting(models.Model):
    """A guest at a desk in a slot. One that is off keeps its row: calendars take it off by its sequence (RFC 5545).

    Personal data: the guest. Kept with it.
    """

    class State(models.TextChoices):
        """Whether it is held."""

        HELD = "held"
        OFF = "off"

    guest = models.ForeignKey(Guest, on_delete=models.CASCADE, related_name="meetings")
    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="meetings")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="meetings")
    state = models.CharField(max_length=4, choices=State.choices, default=State.HELD)
    sequence = models.PositiveIntegerField(default=0)
    changed = models.DateTimeField()

    personal = Personal(owner="guest__registration__person", erased="deleted")

    class Meta:
        """In order of time; nobody is in two places at once."""

        ordering = ("slot__number", "id")
        constraints = (
            models.UniqueConstraint(fields=("guest", "desk"), name="a_guest_meets_a_desk_once"),
            models.UniqueConstraint(fields=("guest", "slot"), condition=Q(state="held"), name="a_guest_in_one_place"),
            models.UniqueConstraint(fields=("desk", "slot"), condition=Q(state="held"), name="a_desk_in_one_place"),
        )

    def __str__(self) -> str:
        return f"{self.guest_id} {self.desk_id} {self.state}"


class Change(models.Model):
    """Something that happened on the day, and the new timetable that is proposed for it: seen before it is accepted.

    ``moves`` are meetings and the numbers of their new slots, ``lost`` meetings that can no longer be held. Purpose: to
    change a timetable only by a decision. Personal data: who proposed it, lost when they erase their account. Kept
    with the plan.
    """

    class Kind(models.TextChoices):
        """What happened."""

        DESK_OFF = "desk-off"
        GUEST_OFF = "guest-off"
        GUEST_LATE = "guest-late"
        SLOT_LOST = "slot-lost"
        AGENDA = "agenda"  # the hours, the parts or the agencies of the day are others

    class State(models.TextChoices):
        """What was decided."""

        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        DROPPED = "dropped"

    plan = models.ForeignKey(MeetingPlan, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    desk = models.ForeignKey(Desk, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    slot = models.ForeignKey(Slot, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()  # from when on, or until when for who is late
    revision = models.PositiveIntegerField()  # of the plan that it was worked out from
    moves = models.JSONField(default=list)
    lost = models.JSONField(default=list)
    complete = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField()

    personal = Personal(owner="by", erased="detached")

    class Meta:
        """The newest first."""

        ordering = ("-created", "-id")

    def __str__(self) -> str:
        return f"{self.plan_id} {self.kind} {self.state}"


class MeetingNotice(models.Model):
    """A letter to a guest or to a desk: written down with what causes it, sent afterwards, once.

    Purpose: that nobody is told nothing, nor twice. Personal data: the guest. Kept with it.
    """

    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    desk = models.ForeignKey(Desk, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12)  # "wishes", "timetable", "changed", "off"
    revision = models.PositiveIntegerField()
    created = models.DateTimeField()
    sending = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        """As they were caused; each once."""

        ordering = ("created", "id")
        constraints = (
            models.UniqueConstraint(fields=("guest", "kind", "revision"), name="a_guest_is_told_once"),
            models.UniqueConstraint(fields=("desk", "kind", "revision"), name="a_desk_is_told_once"),
            models.CheckConstraint(
                condition=Q(guest=None, desk__isnull=False) | Q(guest__isnull=False, desk=None),
                name="a_notice_is_for_one",
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"
