"""The tables of the days: tours, stops, what happens there, who comes, what they asked, and what followed.

A stop is a :class:`Day`. What names a person is kept apart from what is counted: the first goes after its time
(``RETENTION``), the second stays for the report.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from alliage.hub.people.models import Organisation, Person, Personal


class Tour(models.Model):
    """A series of days in several regions, made from one template: the sessions of its first day.

    No personal data. Kept while it has days.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    summary_fr = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    demo = models.BooleanField(default=False)  # its companies are invented, and every page says so
    created = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering = ("-created", "-id")

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> dict[str, str]:
        """The name in both languages."""
        return {"fr": self.name_fr, "en": self.name_en}

    @property
    def summary(self) -> dict[str, str]:
        """What it is, in both languages."""
        return {"fr": self.summary_fr, "en": self.summary_en}


class Day(models.Model):
    """One stop of a tour: a region, a place, a time, so many seats.

    ``sequence`` grows each time that the time or the place changes, or that it is cancelled: calendars follow it (RFC
    5545). ``live_version`` grows with each change of its live questions: a page that has seen it asks nothing more.
    No personal data. Kept.
    """

    class Status(models.TextChoices):
        """How far it is."""

        DRAFT = "draft"
        OPEN = "open"  # shown, and registrations are taken
        SHUT = "closed"  # shown, and registrations are no longer taken
        DONE = "done"  # it took place: the questions have owners, the digest has left
        CANCELLED = "cancelled"

    class Language(models.TextChoices):
        """The language spoken in the room."""

        FRENCH = "fr"
        ENGLISH = "en"
        BOTH = "both"

    tour = models.ForeignKey(Tour, on_delete=models.PROTECT, related_name="days")
    slug = models.SlugField(max_length=80, unique=True)
    region = models.CharField(max_length=40)  # the code of a place of the pack
    town = models.CharField(max_length=80)
    place = models.CharField(max_length=120)  # the building
    address = models.CharField(max_length=200, blank=True)
    access_fr = models.TextField(blank=True)  # how to come, doors without steps, parking
    access_en = models.TextField(blank=True)
    starts = models.DateTimeField(db_index=True)
    ends = models.DateTimeField()
    capacity = models.PositiveIntegerField()
    extra_seats = models.PositiveIntegerField(default=0)  # given beyond the capacity, for those who will not come
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
    language = models.CharField(max_length=4, choices=Language.choices, default=Language.FRENCH)
    sequence = models.PositiveIntegerField(default=0)
    moved_from = models.DateTimeField(null=True, blank=True)  # the time that it had before it was moved last
    live = models.BooleanField(default=False)  # the room may ask and vote now
    live_version = models.PositiveIntegerField(default=0)
    closed = models.DateTimeField(null=True, blank=True)  # when what follows the day was started
    created = models.DateTimeField()
    changed = models.DateTimeField()

    class Meta:
        """As they come."""

        ordering = ("starts", "id")
        constraints = (models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="a_day_ends_after_it_starts"),)

    def __str__(self) -> str:
        return self.slug

    @property
    def access(self) -> dict[str, str]:
        """How to come, in both languages."""
        return {"fr": self.access_fr, "en": self.access_en}

    @property
    def seats(self) -> int:
        """How many people may hold a seat at once."""
        return self.capacity + self.extra_seats


class Room(models.Model):
    """A room, or a table, of the building of a day. No personal data. Kept with the day."""

    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="rooms")
    name = models.CharField(max_length=80)
    capacity = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        """By name; each once."""

        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=("day", "name"), name="one_room_of_each_name"),)

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """A part of the day: the block of an agency with the programmes that it presents, a talk, a break, meetings.

    No personal data: officers are in :class:`SessionOfficer`. Kept with the day.
    """

    class Kind(models.TextChoices):
        """What happens."""

        AGENCY = "agency"
        TALK = "talk"
        MEETINGS = "meetings"  # one to one, timetabled elsewhere
        BREAK = "break"

    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.AGENCY)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="day_sessions"
    )
    title_fr = models.CharField(max_length=160, blank=True)  # nothing: the name of the agency
    title_en = models.CharField(max_length=160, blank=True)
    programmes = models.JSONField(default=list)  # ids of the catalogue
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    capacity = models.PositiveIntegerField(null=True, blank=True)  # nothing: that of the room, or of the day
    cancelled = models.DateTimeField(null=True, blank=True)  # when the agency said that it does not come

    class Meta:
        """As they come."""

        ordering = ("starts", "room__name", "id")
        constraints = (
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="a_session_ends_after_it_starts"),
        )

    def __str__(self) -> str:
        return f"{self.day_id} {self.kind} {self.pk}"

    @property
    def title(self) -> dict[str, str]:
        """The title in both languages."""
        return {"fr": self.title_fr, "en": self.title_en}


class SessionOfficer(models.Model):
    """Who speaks for the agency in a session. ``desk`` is what visitors read (« Bureau de Chicoutimi »), never a name.

    Purpose: to send questions and meetings to who was there. Personal data: who, lost when they erase their account.
    Kept with the day.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="officers")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    desk = models.CharField(max_length=80)

    personal = Personal(owner="person", erased="detached")

    class Meta:
        """In the order in which they were written; each desk once in a session."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("session", "desk"), name="one_desk_of_each_name"),)

    def __str__(self) -> str:
        return self.desk


class Registration(models.Model):
    """Somebody who wants to come to a day.

    ``seat`` is a number from 1 to the seats of the day, held by one registration at a time: the database refuses a
    second one, whoever asks at once. ``ranked`` is when they first asked: the rank on a waiting list, kept when they
    go to another town. Purpose: to keep a seat, to write about this day, and to prepare what is brought there.
    Personal data: who, e-mail, name, organisation, needs. After ``RETENTION["day_people"]`` days what names them
    goes; needs, region, and whether they came stay for the report.
    """

    class State(models.TextChoices):
        """Where they stand."""

        OFFERED = "offered"  # a seat waits for their answer until `offer_ends`
        CONFIRMED = "confirmed"
        WAITING = "waiting"
        CANCELLED = "cancelled"
        CAME = "came"

    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="day_registrations"
    )
    email = models.EmailField(max_length=254, blank=True)  # nothing: came without registering, or forgotten
    name = models.CharField(max_length=120, blank=True)
    company = models.CharField(max_length=160, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="day_registrations"
    )
    language = models.CharField(max_length=2, default="fr")
    needs = models.JSONField(default=list)  # needs of the pack
    region = models.CharField(max_length=40, blank=True)  # where the company is
    size = models.CharField(max_length=12, blank=True)  # "1-9", "10-49", "50-249", "250+"
    stage = models.CharField(max_length=12, blank=True)  # "idea", "ready", "started"
    neq = models.CharField(max_length=10, blank=True)
    wants_meetings = models.BooleanField(default=False)
    agreed = models.JSONField(default=dict)  # purpose → version of the words: "after", "next", "answer"
    state = models.CharField(max_length=9, choices=State.choices)
    seat = models.PositiveIntegerField(null=True, blank=True)
    offer_ends = models.DateTimeField(null=True, blank=True)
    offers_missed = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=12)  # of the badge
    nonce = models.CharField(max_length=40)  # of the links of its letters
    ranked = models.DateTimeField()
    came = models.DateTimeField(null=True, blank=True)
    from_day = models.ForeignKey(Day, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    demo = models.BooleanField(default=False)  # an invented example
    created = models.DateTimeField()
    changed = models.DateTimeField()

    personal = Personal(owner="person", erased="deleted", secret=("nonce", "code"), email="email")

    class Meta:
        """By rank; one seat for one person, one registration for one address."""

        ordering = ("ranked", "id")
        constraints = (
            models.UniqueConstraint(fields=("day", "seat"), name="one_person_in_a_seat"),
            models.UniqueConstraint(
                fields=("day", "email"),
                condition=~Q(state="cancelled") & ~Q(email=""),
                name="one_registration_of_each_address",
            ),
            models.UniqueConstraint(fields=("day", "code"), name="one_badge_of_each_code"),
            models.CheckConstraint(
                condition=Q(state__in=("offered", "confirmed"), seat__isnull=False)
                | Q(state__in=("waiting", "cancelled"), seat__isnull=True)
                | Q(state="came"),
                name="a_seat_is_held_by_who_has_one",
            ),
        )

    def __str__(self) -> str:
        return f"{self.day_id} {self.pk} {self.state}"


class Care(models.Model):
    """What somebody needs to take part: access, meals. Kept apart, seen by few, and only as long as it is of use.

    Purpose: to welcome them. Personal data, some of it sensitive. Kept ``RETENTION["day_care"]`` days after the day.
    """

    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="care")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    access = models.TextField(blank=True)
    meal = models.TextField(blank=True)

    personal = Personal(owner="person", erased="deleted")

    def __str__(self) -> str:
        return str(self.registration_id)


class DayInvitation(models.Model):
    """An invitation to a day, with what told us to send it.

    ``because`` holds ids of programmes and needs: the letter says them. Purpose: to tell a company of a day that brings
    what it looks for, with its consent. Personal data: who, e-mail. Kept ``RETENTION["day_invitations"]`` days.
    """

    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="day_invitations")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2)
    because = models.JSONField(default=dict)  # "programmes", "needs", "file" (the project file) or "registration"
    nonce = models.CharField(max_length=40)
    created = models.DateTimeField()
    sent = models.DateTimeField(null=True, blank=True)
    reminded = models.DateTimeField(null=True, blank=True)

    personal = Personal(owner="person", erased="deleted", secret=("nonce",), email="email")

    class Meta:
        """The newest first; one for each address."""

        ordering = ("-created", "-id")
        constraints = (models.UniqueConstraint(fields=("day", "email"), name="one_invitation_of_each_address"),)

    def __str__(self) -> str:
        return f"{self.day_id} {self.pk}"


class Notice(models.Model):
    """A letter about a registration: written down with what causes it, sent afterwards, once.

    ``key`` tells two letters of one kind apart (the sequence of the day, the end of an offer). Purpose: that nobody is
    told nothing, nor twice. Personal data: the registration. Kept with it.
    """

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=40, blank=True)
    said = models.JSONField(default=dict)  # what was true at that moment: ISO days, codes
    created = models.DateTimeField()
    sending = models.DateTimeField(null=True, blank=True)  # a process is sending it, since then
    sent = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        """As they were caused; each once."""

        ordering = ("created", "id")
        constraints = (
            models.UniqueConstraint(fields=("registration", "kind", "key"), name="a_notice_is_written_once"),
        )

    def __str__(self) -> str:
        return f"{self.registration_id} {self.kind}"


class Door(models.Model):
    """A secret link of who welcomes people at a day. Of the link, only a fingerprint is kept.

    Purpose: to let a steward check people in without an account. Personal data: who made it, lost when they erase their
    account. It opens nothing after the day; kept with it.
    """

    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="doors")
    label = models.CharField(max_length=60)
    token = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)
    used = models.DateTimeField(null=True, blank=True)

    personal = Personal(owner="by", erased="detached", secret=("token",))

    class Meta:
        """The newest first."""

        ordering = ("-created", "-id")

    def __str__(self) -> str:
        return f"{self.day_id} {self.label}"


class Attendance(models.Model):
    """One check-in as a phone saw it. ``scan`` is made by that phone: sent twice, it is kept once.

    A second check-in of the same person is a second row: nothing is lost, and the first one counts. Purpose: to know
    who came. Personal data: the registration. Kept with it.
    """

    class How(models.TextChoices):
        """How the person was recognised."""

        BADGE = "badge"
        CODE = "code"
        NAME = "name"
        AT_DOOR = "at-door"  # not registered before

    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="attendances")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="attendances")
    scan = models.CharField(max_length=40)
    at = models.DateTimeField()  # on the clock of the phone
    received = models.DateTimeField()
    how = models.CharField(max_length=7, choices=How.choices)
    door = models.ForeignKey(Door, null=True, on_delete=models.SET_NULL, related_name="+")
    was = models.CharField(max_length=9, blank=True)  # the state of the registration before it
    was_until = models.DateTimeField(null=True, blank=True)  # the end of the offer that they had

    class Meta:
        """As people came; each scan once."""

        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=("day", "scan"), name="a_scan_is_kept_once"),)

    def __str__(self) -> str:
        return f"{self.registration_id} {self.at:%H:%M}"


class LiveQuestion(models.Model):
    """A question asked about a day: before it, in the room, or on paper and typed in by the team.

    Anonymous to the room. ``votes`` counts :class:`Vote`; those of a merged question are counted once with the one that
    stays. ``question`` is the id of what it became after the day. Purpose: to have it answered. Personal data: who
    asked, if they said so; both go with ``RETENTION["day_people"]``.
    """

    class State(models.TextChoices):
        """Where it stands."""

        NEW = "new"  # waits for a moderator
        SHOWN = "shown"
        ON_FLOOR = "on-floor"  # being answered now
        ANSWERED = "answered"  # in the room
        REFUSED = "refused"
        MERGED = "merged"

    class Origin(models.TextChoices):
        """How it came."""

        BEFORE = "before"
        ROOM = "room"
        PAPER = "paper"

    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="live_questions")
    text = models.TextField()
    language = models.CharField(max_length=2)
    programme = models.SlugField(max_length=120, blank=True)
    need = models.SlugField(max_length=60, blank=True)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.ROOM)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")
    asker = models.CharField(max_length=40, blank=True)  # the fingerprint of the browser or badge that asked
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(max_length=254, blank=True)  # left for the answer, and for nothing else
    votes = models.PositiveIntegerField(default=0)
    answer = models.TextField(blank=True)  # what was said in the room, as the team noted it
    owner = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    due = models.DateField(null=True, blank=True)
    question = models.PositiveBigIntegerField(null=True, blank=True)
    created = models.DateTimeField()
    changed = models.DateTimeField()

    personal = Personal(owner="person", erased="detached", email="email")

    class Meta:
        """The most wanted first, then the oldest."""

        ordering = ("-votes", "created", "id")

    def __str__(self) -> str:
        return f"{self.day_id} {self.pk} {self.state}"


class Vote(models.Model):
    """One voice for a question. ``voter`` is a fingerprint of a badge or of a browser, for this day alone.

    Purpose: one vote each. Personal data: none that can be read back. Kept ``RETENTION["day_votes"]`` days after the
    day; the count stays.
    """

    question = models.ForeignKey(LiveQuestion, on_delete=models.CASCADE, related_name="voices")
    voter = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        """Each voter once for a question."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("question", "voter"), name="one_vote_of_each_voter"),)

    def __str__(self) -> str:
        return f"{self.question_id}"


class FollowUp(models.Model):
    """« What did you apply for? », 30, 90 and 180 days after the day: the letter, and the answer of one press.

    Purpose: to know whether the day was of use. Personal data: whose it is, until what names them goes
    (``RETENTION["day_people"]``); the answer stays, for the count. Who wants to be called is named to the team.
    """

    AGES = (30, 90, 180)  # days after the day

    class Answer(models.TextChoices):
        """How far they are."""

        APPLIED = "applied"
        OBTAINED = "obtained"
        PREPARING = "preparing"
        NOTHING = "nothing"
        HELP = "help"  # they want to be called

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="follow_ups")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    after = models.PositiveSmallIntegerField()  # days
    answer = models.CharField(max_length=9, choices=Answer.choices, blank=True)
    programmes = models.JSONField(default=list)
    answered = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField()

    personal = Personal(owner="person", erased="deleted")

    class Meta:
        """The first first; each once."""

        ordering = ("after", "id")
        constraints = (models.UniqueConstraint(fields=("registration", "after"), name="one_follow_up_of_each_age"),)

    def __str__(self) -> str:
        return f"{self.registration_id} {self.after}"
