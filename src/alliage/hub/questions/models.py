"""The tables of questions: who asked what of whom, each move of it, who answers for what, and what was published.

A question always has an owner: an officer (``officer`` of ``organisation_asked``), else the shared box of that one,
else the team (neither). Taking an officer or an organisation away leaves it to the next of these, never to nobody.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from alliage.hub.people.models import Organisation, Person, Personal


class State(models.TextChoices):
    """How far a question is. The first three wait for somebody; the others are ends, until the asker follows up."""

    ROUTED = "routed"  # it has an owner, who has not said anything yet
    TAKEN = "taken"
    PROMISED = "promised"  # an answer for a day
    ANSWERED = "answered"
    HELPLESS = "helpless"  # no help possible
    UNREACHABLE = "unreachable"  # the company could not be reached
    ABANDONED = "abandoned"  # nobody took it in time
    MERGED = "merged"  # into a question that asks the same
    WITHDRAWN = "withdrawn"  # by who asked
    ARCHIVED = "archived"


WAITING = (State.ROUTED, State.TAKEN, State.PROMISED)
ENDED = (State.ANSWERED, State.HELPLESS, State.UNREACHABLE, State.ABANDONED, State.MERGED, State.WITHDRAWN)


class Question(models.Model):
    """A question of a company, its owner and its clock.

    Purpose: to have it answered, and to tell who asked how far it is. Personal data: who asked (an account, or an
    address given for this alone), what they wrote. Kept ``RETENTION["questions"]`` days after its end; then the row
    alone stays, for the counts, without words and without anybody.
    """

    class Kind(models.TextChoices):
        """Where it was asked."""

        PROGRAMME = "programme"
        RECEIPT = "receipt"
        PLAN = "plan"
        DAY = "day"
        OPEN = "open"  # from the page of questions itself

    class Channel(models.TextChoices):
        """How it was answered."""

        WRITTEN = "written"
        LIVE = "live"
        MEETING = "meeting"

    text = models.TextField()
    language = models.CharField(max_length=2)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="questions")
    email = models.EmailField(max_length=254, blank=True)
    agreed = models.DateTimeField(null=True, blank=True)  # when they agreed to be written to about this question
    # The organisation for which they ask, if they said so.
    asked_for = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    programme = models.CharField(max_length=120, blank=True, db_index=True)  # the id of one of the catalogue
    need = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=40, blank=True, db_index=True)  # the code of a place of the pack
    kind = models.CharField(max_length=9, choices=Kind.choices)
    about = models.CharField(max_length=200, blank=True)  # which line of a receipt, which day

    state = models.CharField(max_length=11, choices=State.choices, default=State.ROUTED)
    officer = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # The one that answers for it; `asked_for` is that of who asks.
    organisation_asked = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="questions"
    )
    round = models.PositiveSmallIntegerField(default=0)  # how many times it was given to an owner
    transmitted = models.DateTimeField()  # when it was given to its owner: the clock begins
    due = models.DateField(null=True, blank=True)
    channel = models.CharField(max_length=7, choices=Channel.choices, blank=True)
    at_risk = models.BooleanField(default=False)
    satisfied = models.BooleanField(null=True, blank=True)  # "did this answer your question?"
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged")

    created = models.DateTimeField(db_index=True)
    since = models.DateTimeField()  # when who asked began to wait: the day of the question, or of what they added
    first_taken = models.DateTimeField(null=True, blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True, db_index=True)
    nonce = models.CharField(max_length=64)
    key = models.CharField(max_length=64, null=True, blank=True, unique=True)  # of what it comes from, kept once

    personal = Personal(owner="person", erased="deleted", secret=("nonce", "key"), email="email", others=("officer",))

    class Meta:
        """The newest first."""

        ordering = ("-created", "-id")
        indexes = (
            models.Index(fields=("state", "transmitted"), name="questions_by_clock"),
            models.Index(fields=("organisation_asked", "state"), name="questions_by_organisation"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(email="") | Q(agreed__isnull=False), name="an_address_comes_with_a_consent"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="no_question_is_merged_into_itself"),
        )

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def waiting(self) -> bool:
        """Whether somebody is still to answer it."""
        return self.state in WAITING

    @property
    def forgotten(self) -> bool:
        """Whether its words were erased, after their time."""
        return not self.text


class Move(models.Model):
    """One thing that happened to a question: what, by whom, when, and why in their words.

    ``role`` stays when the account goes. Purpose: to answer for what was done, and to show it to who asked. Personal
    data: who did it, lost when they erase their account; their words, as long as those of the question.
    """

    class What(models.TextChoices):
        """What happened."""

        ASKED = "asked"
        ROUTED = "routed"
        TAKEN = "taken"
        DECLINED = "declined"  # not for me
        PROMISED = "promised"
        ANSWERED = "answered"
        HELPLESS = "helpless"
        UNREACHABLE = "unreachable"
        FOLLOWED_UP = "followed-up"
        CATALOGUED = "catalogued"  # the answer is in the programme
        SATISFIED = "satisfied"
        UNSATISFIED = "unsatisfied"
        ESCALATED = "escalated"
        ABANDONED = "abandoned"
        MERGED = "merged"
        WITHDRAWN = "withdrawn"
        ARCHIVED = "archived"

    class Role(models.TextChoices):
        """As whom."""

        ASKER = "asker"
        OFFICER = "officer"
        OFFICE = "office"  # by the link of the letter to a shared box
        TEAM = "team"
        SITE = "site"

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="moves")
    what = models.CharField(max_length=11, choices=What.choices)
    role = models.CharField(max_length=7, choices=Role.choices)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    organisation_asked = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    why = models.TextField(blank=True)
    at = models.DateTimeField()

    personal = Personal(owner="by", erased="detached")

    class Meta:
        """As they happened."""

        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.question_id} {self.what}"


class Notice(models.Model):
    """A letter of the clock about a question: written down, then sent, once.

    ``round`` is that of the question. ``to``: the manager for whom it is; else it is for the owner, for who asked, or
    for the shared box. Purpose: that nobody is told nothing, nor twice. Personal data: its question's, and that
    manager. Kept with it.
    """

    class Kind(models.TextChoices):
        """Which."""

        TRANSMITTED = "transmitted"  # to the owner
        REMINDER = "reminder"  # to the owner
        ESCALATION = "escalation"  # to the owner's organisation
        SILENCE = "silence"  # to who asked: nobody has answered yet
        ENDED = "ended"  # to who asked: answered, or not
        CATALOGUED = "catalogued"  # to who asked: the answer is in the programme

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    round = models.PositiveSmallIntegerField()
    to = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    created = models.DateTimeField()
    sending = models.DateTimeField(null=True, blank=True)  # a process is sending it, since then
    sent = models.DateTimeField(null=True, blank=True)

    personal = Personal(owner="to", erased="deleted")

    class Meta:
        """As they were caused; one of each kind in a round, for each who is written to."""

        ordering = ("created", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("question", "kind", "round"), condition=Q(to=None), name="no_notice_of_a_question_twice"
            ),
            models.UniqueConstraint(fields=("question", "kind", "round", "to"), name="no_manager_is_told_twice"),
        )

    def __str__(self) -> str:
        return f"{self.question_id} {self.kind} {self.round}"


class Beat(models.Model):
    """What an officer answers for: subjects and regions; none means all of them.

    Purpose: to send them the right questions. Personal data: who answers for what. Kept while they are an officer.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="beats")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="beats")
    needs = models.JSONField(default=list)
    regions = models.JSONField(default=list)

    personal = Personal(owner="person", erased="deleted")

    class Meta:
        """One for each office."""

        ordering = ("organisation", "person")
        constraints = (models.UniqueConstraint(fields=("person", "organisation"), name="one_beat_in_each_office"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.organisation_id}"


class Absence(models.Model):
    """Days on which an officer is away, the first and the last included.

    Purpose: that no question and no reminder goes to somebody who is away. Personal data: these days; no reason is
    asked. Kept ``RETENTION["absences"]`` days after the last.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    first = models.DateField()
    last = models.DateField()

    personal = Personal(owner="person", erased="deleted")

    class Meta:
        """As they come."""

        ordering = ("first", "id")
        constraints = (
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="an_absence_begins_before_it_ends"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.first} {self.last}"


class Office(models.Model):
    """The shared box of an organisation that answers: never a person's own address.

    Purpose: to write there when no officer may answer. Personal data: who set it, lost when they erase their account.
    Kept with the organisation.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="office")
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, default="fr")
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    personal = Personal(owner="by", erased="detached", email="email")

    def __str__(self) -> str:
        return str(self.organisation_id)


class Digest(models.Model):
    """The digest of a week to an officer, sent once.

    Personal data: the tie. Kept ``RETENTION["absences"]`` days.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    week = models.DateField()  # its Tuesday
    sending = models.DateTimeField(null=True, blank=True)  # a process is sending it, since then
    sent = models.DateTimeField(null=True, blank=True)

    personal = Personal(owner="person", erased="deleted")

    class Meta:
        """One a week."""

        constraints = (models.UniqueConstraint(fields=("person", "week"), name="one_digest_a_week"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.week}"


class Answer(models.Model):
    """A question and its answer as a document for everyone: rewritten without names, dated, in two languages.

    An officer (or the team) writes it, the team accepts it. Purpose: that the same question is asked once. Personal
    data: who wrote and who decided, lost when they erase their account; no page shows them. Kept until withdrawn.
    """

    class State(models.TextChoices):
        """What became of it."""

        PROPOSED = "proposed"
        PUBLISHED = "published"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    class Translation(models.TextChoices):
        """How the other language came to be."""

        NONE = "none"  # not translated yet
        DRAFT = "draft"  # translated, not read again
        READ = "read"  # translated and read again

    asked = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="answers")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    question = models.JSONField()  # {fr, en}: what is not translated is empty
    answer = models.JSONField()
    original = models.CharField(max_length=2)
    translation = models.CharField(max_length=5, choices=Translation.choices)
    programmes = models.JSONField(default=list)
    need = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=40, blank=True)
    sources = models.JSONField(default=list)  # addresses
    valid_on = models.DateField()
    review_by = models.DateField(db_index=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PROPOSED, db_index=True)
    created = models.DateTimeField()
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.TextField(blank=True)  # of the team's decision
    settles = models.CharField(max_length=200, blank=True)  # the condition of a programme, as it was chosen
    proposal = models.ForeignKey("programmes.Proposal", null=True, on_delete=models.SET_NULL, related_name="+")

    personal = Personal(owner="by", erased="detached")

    class Meta:
        """The newest first; one that waits or is published for each question."""

        ordering = ("-valid_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("asked",),
                condition=Q(state__in=("proposed", "published")),
                name="one_living_answer_of_each_question",
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
