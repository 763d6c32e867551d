"""The tables of the catalogue: what each programme said, when, and who said so.

A programme's document is the core's (``ProgrammeDocument`` as plain JSON). It is never changed in place: every change
is a new revision. What the site shows is named by the one row of :class:`CatalogueState`.
"""

from __future__ import annotations

from django.db import models

from alliage.hub.people.models import Person, Personal


def _someone() -> models.ForeignKey[Person | None, Person | None]:
    """The account of who did something; nothing for a command or a task, or once the account is erased."""
    return models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")


class Programme(models.Model):
    """A programme by its stable id. ``retired`` says since when it is no longer offered; it is never deleted.

    ``pack_digest`` is that of the document that the pack gave when it was last loaded; empty if it gives none.
    ``pack_document`` is the document of the pack that the current one takes account of: the base of the next merge.
    What the team retires (``retired_by_hand``) is not brought back by a pack.
    """

    id = models.SlugField(primary_key=True, max_length=120)
    current = models.ForeignKey("Revision", null=True, on_delete=models.PROTECT, related_name="+")
    retired = models.DateTimeField(null=True, blank=True)
    retired_reason = models.TextField(blank=True)
    retired_by_hand = models.BooleanField(default=False)
    pack_digest = models.CharField(max_length=64, blank=True)
    pack_document = models.JSONField(null=True)

    class Meta:
        """By id."""

        ordering = ("id",)

    def __str__(self) -> str:
        return self.id

    @property
    def edited(self) -> bool:
        """Whether what the site shows is not what the pack gave last. Reads ``current``."""
        return self.current is not None and self.current.digest != self.pack_digest


class Revision(models.Model):
    """What a programme said from a moment on: the whole document, who wrote it, why, and what it changed in words.

    ``page`` is the official page that was read, ``read`` the day on which it was. A revision that only says that the
    programme was retired or restored (``event``) has the document of the one before.

    Personal data: who wrote it (``person``), lost when they erase their account; ``author`` names what is no person (a
    command, a task), and is empty for a person. Kept as long as the programme's history.
    """

    class Source(models.TextChoices):
        """Where a revision comes from: a pack, a person, or a person's edits with what a pack changed elsewhere."""

        PACK = "pack"
        HAND = "hand"
        MERGE = "merge"

    class Event(models.TextChoices):
        """What happened."""

        WRITTEN = "written"
        RETIRED = "retired"
        RESTORED = "restored"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=8, choices=Source.choices)
    event = models.CharField(max_length=8, choices=Event.choices, default=Event.WRITTEN)
    pack_revision = models.CharField(max_length=12, blank=True)
    author = models.CharField(max_length=200, blank=True)
    person = _someone()
    reason = models.TextField(blank=True)
    page = models.CharField(max_length=1000, blank=True)
    read = models.DateField(null=True, blank=True)
    changes = models.JSONField(default=list)
    created = models.DateTimeField()

    personal = Personal(owner="person", erased="detached")

    class Meta:
        """The newest first."""

        ordering = ("-created", "-id")
        constraints = (models.UniqueConstraint(fields=("programme", "number"), name="one_revision_of_each_number"),)

    def __str__(self) -> str:
        return f"{self.programme_id} {self.number}"


class Redirect(models.Model):
    """A former id, and the programme that replaced it. It stays when a document no longer says so."""

    old = models.SlugField(primary_key=True, max_length=120)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="redirects")

    def __str__(self) -> str:
        return f"{self.old} → {self.programme_id}"


class Conflict(models.Model):
    """The pack changed, or dropped, a programme that was edited by hand: the edit stays, and the team is asked.

    ``clashes`` are the places that both changed, each in its own way; without any, the two together are wrong
    (``problems``). A programme has one open conflict at most: a newer pack takes the place of the older one.
    Personal data: who settled it, lost when they erase their account. Kept as long as the programme's history.
    """

    class Kind(models.TextChoices):
        """What the pack did."""

        CHANGED = "changed"
        REMOVED = "removed"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    kept = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    clashes = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    pack_revision = models.CharField(max_length=12)
    created = models.DateTimeField()
    settled = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)
    settled_person = _someone()

    personal = Personal(owner="settled_person", erased="detached")

    class Meta:
        """The newest first."""

        ordering = ("-created", "-id")

    def __str__(self) -> str:
        return f"{self.programme_id} ({self.kind})"


class Proposal(models.Model):
    """A change that somebody asks for: a whole document, the revision that it began from, why, and the page read.

    Of a programme that the site does not have yet, there is no ``base`` and no ``programme`` until it is published.
    It waits for the team (``open``), or for its day (``scheduled``). It is never deleted: what became of it is told.
    Personal data: who proposed and who decided, lost when they erase their account. Kept as long as the history.
    """

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open"
        SCHEDULED = "scheduled"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="proposals")
    base = models.ForeignKey(Revision, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField()
    changes = models.JSONField(default=list)
    author = models.CharField(max_length=200, blank=True)
    person = _someone()
    reason = models.TextField()
    page = models.CharField(max_length=1000)
    read = models.DateField()
    created = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    publish_on = models.DateField(null=True, blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_person = _someone()
    answer = models.TextField(blank=True)
    origin = models.CharField(max_length=40, blank=True)  # what asked for it: "correction:12"
    by_provider = models.BooleanField(default=False)  # whether its author was an officer of the provider
    revision = models.OneToOneField(Revision, null=True, on_delete=models.PROTECT, related_name="proposal")

    personal = Personal(owner="person", erased="detached")

    class Meta:
        """The newest first."""

        ordering = ("-created", "-id")

    def __str__(self) -> str:
        return f"{self.programme_id} ({self.state})"


class ProposalComment(models.Model):
    """A word about a proposal; ``replaced`` is what it proposed until then, if the word came with a correction.

    Personal data: who said it, lost when they erase their account. Kept as long as the proposal.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="comments")
    author = models.CharField(max_length=200, blank=True)
    person = _someone()
    text = models.TextField()
    replaced = models.JSONField(null=True)
    created = models.DateTimeField()

    personal = Personal(owner="person", erased="detached")

    class Meta:
        """In the order in which they were said."""

        ordering = ("created", "id")

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.text[:40]}"


class Quarantine(models.Model):
    """A document that was refused, with every problem found in it; what was good before stays on the site."""

    document_id = models.CharField(max_length=200)
    document = models.JSONField(null=True)
    problems = models.JSONField()
    pack_revision = models.CharField(max_length=12, blank=True)
    created = models.DateTimeField()
    lifted = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-created", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("document_id",), condition=models.Q(lifted=None), name="one_open_quarantine_of_each_document"
            ),
        )

    def __str__(self) -> str:
        return self.document_id


class PackLoad(models.Model):
    """One loading of a pack: what it was, who asked, and how many programmes it touched."""

    pack = models.CharField(max_length=100)
    pack_revision = models.CharField(max_length=12)
    author = models.CharField(max_length=200)
    created = models.DateTimeField()
    counts = models.JSONField()

    class Meta:
        """The newest first."""

        ordering = ("-created", "-id")

    def __str__(self) -> str:
        return f"{self.pack} {self.pack_revision}"


class PackParts(models.Model):
    """All of a pack but its programmes, as it was loaded: attributes, places, providers, words."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.JSONField()

    def __str__(self) -> str:
        return self.digest[:12]


class CatalogueState(models.Model):
    """The one row that names the exact content of the catalogue: reading it tells a process if its copy still holds."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    parts = models.ForeignKey(PackParts, on_delete=models.PROTECT, related_name="+")
    pack_revision = models.CharField(max_length=12)
    stamp = models.CharField(max_length=64)
    edited = models.BooleanField()
    changed = models.DateTimeField()

    class Meta:
        """One row."""

        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="only_one_state"),)

    def __str__(self) -> str:
        return self.stamp[:12]
