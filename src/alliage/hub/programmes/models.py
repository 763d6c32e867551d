"""The tables of the catalogue: what each programme said, when, and who said so.

A programme's document is the core's (``ProgrammeDocument`` as plain JSON). It is never changed in place: every change
is a new revision. What the site shows is named by the one row of :class:`CatalogueState`.
"""

from __future__ import annotations

from django.db import models


class Programme(models.Model):
    """A programme by its stable id. ``retired`` says since when it is no longer offered; it is never deleted.

    ``pack_digest`` is that of the document that the pack gave when it was last loaded; empty if it gives none.
    """

    id = models.SlugField(primary_key=True, max_length=120)
    current = models.ForeignKey("Revision", null=True, on_delete=models.PROTECT, related_name="+")
    retired = models.DateTimeField(null=True, blank=True)
    pack_digest = models.CharField(
        max_length=64,
        blank=True,
    )

    class Meta:
        """By id."""

        ordering = ("id",)

    def __str__(self) -> str:
        return self.id


class Revision(models.Model):
    """What a programme said from a moment on: the whole document, who wrote it, why, and what it changed in words."""

    class Source(models.TextChoices):
        """Where a revision comes from."""

        PACK = "pack"
        HAND = "hand"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=4, choices=Source.choices)
    pack_revision = models.CharField(max_length=12, blank=True)
    author = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=list)
    created = models.DateTimeField()

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
    """The pack changed, or dropped, a programme that was edited by hand: the edit stays, and the team is told."""

    class Kind(models.TextChoices):
        """What the pack did."""

        CHANGED = "changed"
        REMOVED = "removed"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="conflicts")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    kept = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    document = models.JSONField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    pack_revision = models.CharField(max_length=12)
    created = models.DateTimeField()
    settled = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-created", "-id")

    def __str__(self) -> str:
        return f"{self.programme_id} ({self.kind})"


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
