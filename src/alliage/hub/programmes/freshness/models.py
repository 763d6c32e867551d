"""The tables of freshness: what was asked of whom, what was confirmed, what is to be looked at, links, corrections."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from alliage.hub.people.models import Personal


class Request(models.Model):
    """A request to confirm what we say of a programme, sent to one address.

    The link of its letter is signed from the id and the ``nonce`` of this row: the row alone makes no link. Purpose: to
    write to who answers for a programme, and to know that it was they. Personal data: the e-mail, the person if they
    have an account, who asked. Kept ``RETENTION["confirmations"]`` days.
    """

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="requests")
    revision = models.ForeignKey("programmes.Revision", on_delete=models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=64)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=2)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="requests")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField(db_index=True)
    expires = models.DateTimeField(db_index=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    answered = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    personal = Personal(owner="person", erased="deleted", secret=("nonce",), email="email")

    class Meta:
        """The newest first; one at a time for each programme and address."""

        ordering = ("-created", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("programme", "email"),
                condition=models.Q(answered=None, revoked=None),
                name="one_open_request_of_each_address",
            ),
        )

    def __str__(self) -> str:
        return f"{self.programme_id} {self.pk}"


class Confirmation(models.Model):
    """A revision was said to be right on a day: by its provider, or by the team from a source.

    ``body`` says who in both languages, by their role and their office, never by a name. Purpose: the badge. Personal
    data: the id of who did it, lost when they erase their account. Kept with the programme.
    """

    class Kind(models.TextChoices):
        """Who said so."""

        PROVIDER = "provider"
        TEAM = "team"

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="confirmations")
    revision = models.ForeignKey("programmes.Revision", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    body = models.JSONField(default=dict)
    source = models.CharField(max_length=80, blank=True)  # the key of the source that the team read
    day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    personal = Personal(owner="by", erased="detached")

    class Meta:
        """The newest first."""

        ordering = ("-day", "-id")

    def __str__(self) -> str:
        return f"{self.programme_id} {self.day}"


class Review(models.Model):
    """Something that the team is to look at. One is open at a time for each programme, reason and ``key``.

    ``seen`` is what was found: codes, days, and what an officer wrote of the programme. Purpose: to keep facts true.
    Personal data: the id of who closed it, lost when they erase their account. Kept with the programme.
    """

    class Reason(models.TextChoices):
        """Why."""

        WRONG = "wrong"  # the provider says that something is wrong
        GONE = "gone"  # the provider says that it is no longer offered
        SILENT = "silent"  # nobody answered two reminders
        DEAD = "dead"  # a page that does not answer
        SOFT_404 = "soft-404"  # a page that says that it is not there
        HOME = "home"  # a page that became the first page of its site
        CHANGED = "changed"  # a page whose words are others

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="reviews")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    key = models.CharField(max_length=64, blank=True)  # the id of a request, or the fingerprint of an address
    seen = models.JSONField(default=dict)
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=9, blank=True)  # "done", "nothing", "recovered", "replaced"
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    personal = Personal(owner="by", erased="detached")

    class Meta:
        """The oldest first: it waits the longest."""

        ordering = ("opened", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("programme", "reason", "key"),
                condition=models.Q(closed=None),
                name="one_open_review_of_each_thing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.programme_id} {self.reason}"


class Correction(models.Model):
    """Something wrong, told by anyone on the page of a programme.

    Purpose: to correct the page, and to answer whoever left an address for that. Personal data: that address and what
    they wrote; both are erased after ``RETENTION["corrections"]`` days. Who handled it is lost when they erase their
    account.
    """

    class State(models.TextChoices):
        """How far it is."""

        NEW = "new"
        TAKEN = "taken"
        DONE = "done"
        REFUSED = "refused"

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField()
    page = models.TextField(blank=True)  # the official page that shows it, if they gave one
    part = models.CharField(max_length=20, blank=True)  # the part of the form where it is corrected, if they said it
    email = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=7, choices=State.choices, default=State.NEW)
    answer = models.TextField(blank=True)
    created = models.DateTimeField(db_index=True)
    answered = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    personal = Personal(owner="by", erased="detached", email="email", others=("text", "page", "email"))

    class Meta:
        """The newest first."""

        ordering = ("-created", "-id")

    def __str__(self) -> str:
        return f"{self.programme_id} {self.pk}"

    @property
    def anonymous(self) -> bool:
        """Whether what named a person was erased, after its time."""
        return not self.text


class Link(models.Model):
    """An address that programmes cite, as it answered last. Of the page, only a fingerprint of its words is kept."""

    class State(models.TextChoices):
        """How it answered. ``refused``: to robots, perhaps not to people; nothing is said of it."""

        NEW = "new"
        OK = "ok"
        REFUSED = "refused"
        DEAD = "dead"
        SOFT_404 = "soft-404"
        HOME = "home"

    key = models.CharField(primary_key=True, max_length=64)  # the fingerprint of the address
    url = models.TextField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    said = models.CharField(max_length=60, blank=True)  # the status, or what kept it from answering
    words = models.CharField(max_length=64, blank=True)
    failing_since = models.DateField(null=True, blank=True)
    checked = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.url
