"""The tables of the finder: what a person asked us to keep, behind a link or in a project file."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from alliage.hub.people.models import Organisation, Person, Personal


class SharedProfile(models.Model):
    """Answers shared by link. Of the link and of the key that deletes it, only fingerprints are kept."""

    token = models.CharField(_("empreinte du lien"), max_length=64, unique=True)
    secret = models.CharField(_("empreinte de la clé"), max_length=64)
    answers = models.JSONField(_("réponses"))
    programmes = models.JSONField(
        _("programmes montrés"), help_text=_("Leur nom, pour dire ce qui a été retiré depuis.")
    )
    language = models.CharField(_("langue"), max_length=2)
    created = models.DateTimeField(_("créé le"))
    expires = models.DateTimeField(_("expire le"), db_index=True)

    class Meta:
        verbose_name = _("partage")
        verbose_name_plural = _("partages")
        ordering = ("-created",)

    def __str__(self) -> str:
        return self.token[:8]


class ProjectFile(models.Model):
    """The answers of a company on a project, and its wishes for the plan, kept because somebody asked.

    Purpose: to open them again, alone or with the members of an organisation. Personal data: whose it is if it is no
    organisation's, who saved it last, the answers (a place, words on a project). An organisation's file is
    read and edited by every member; a manager deletes it. Kept until deleted, or ``RETENTION["project_files"]``
    days after the last visit.
    """

    name = models.CharField(max_length=80)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="project_files")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="project_files"
    )
    answers = models.JSONField()  # as `Dossier.as_dict` writes them
    revision = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField()
    changed = models.DateTimeField()
    visited = models.DateTimeField(db_index=True)
    warned = models.DateTimeField(null=True, blank=True)  # when they were told that it will be deleted

    personal = Personal(owner="person", erased="deleted")

    class Meta:
        """The latest first; each is a person's or an organisation's."""

        ordering = ("-changed", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(person=None) ^ models.Q(organisation=None), name="a_project_file_has_one_owner"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
