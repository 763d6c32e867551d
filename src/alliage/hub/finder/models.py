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
    # The fingerprint of the secret address of its calendar, if there is one.
    calendar = models.CharField(max_length=64, null=True, blank=True, unique=True)

    personal = Personal(owner="person", erased="deleted", secret=("calendar",))

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


class Milestone(models.Model):
    """What became of a request, as the company notes it: asked, obtained, refused, paid, a day, perhaps an amount.

    Purpose: the company's own record; nothing is decided from it. Personal data: who noted it, lost when they erase
    their account. Kept as long as its project file.
    """

    class Kind(models.TextChoices):
        """What happened."""

        ASKED = "asked"
        OBTAINED = "obtained"
        REFUSED = "refused"
        PAID = "paid"

    file = models.ForeignKey(ProjectFile, on_delete=models.CASCADE, related_name="milestones")
    programme = models.SlugField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    day = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)  # in dollars
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField()

    personal = Personal(owner="by", erased="detached")

    class Meta:
        """As they happened."""

        ordering = ("day", "id")

    def __str__(self) -> str:
        return f"{self.programme} {self.kind}"


class Following(models.Model):
    """A programme that a person wants news of.

    Purpose: to tell them when it changes or closes soon. Personal data: who follows what. Kept until they stop.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="followings")
    programme = models.SlugField(max_length=120, db_index=True)
    since = models.DateTimeField()

    personal = Personal(owner="person", erased="deleted")

    class Meta:
        """The latest first; once each."""

        ordering = ("-since", "-id")
        constraints = (models.UniqueConstraint(fields=("person", "programme"), name="a_programme_is_followed_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.programme}"


class ProgrammeSeen(models.Model):
    """The revision of a programme that alerts were last made of, and how many changes were seen before.

    No personal data. Kept while the programme is.
    """

    programme = models.SlugField(primary_key=True, max_length=120)
    revision = models.PositiveIntegerField()
    retired = models.BooleanField(default=False)
    moves = models.PositiveIntegerField(default=0)  # a programme goes and comes back at the same revision

    def __str__(self) -> str:
        return f"{self.programme} {self.revision}"


class Alert(models.Model):
    """Something that changed for a person. ``key`` says what: it is told once, however often it is looked for.

    Purpose: to tell them, on the site and by e-mail if they agreed. Personal data: whose it is, which of their files it
    is about. Kept ``RETENTION["alerts"]`` days.
    """

    class Kind(models.TextChoices):
        """The most important thing that it says."""

        ELIGIBLE = "eligible"
        WORSE = "worse"
        CHANGED = "changed"
        GONE = "gone"
        BACK = "back"
        DEADLINE = "deadline"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="alerts")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    programme = models.SlugField(max_length=120)
    data = models.JSONField(
        default=dict
    )  # changes in words, the day it closes, files with the verdicts before and after
    created = models.DateTimeField(db_index=True)
    sent = models.DateTimeField(null=True, blank=True)  # by e-mail

    personal = Personal(owner="person", erased="deleted")

    class Meta:
        """The newest first; each told once."""

        ordering = ("-created", "-id")
        constraints = (models.UniqueConstraint(fields=("person", "key"), name="an_alert_is_told_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"


class AlertRhythm(models.Model):
    """How often a person wants their alerts by e-mail, and when the last letter left.

    Purpose: to write no more often than they want. Personal data: that choice. Kept as long as their account.
    """

    class Rhythm(models.TextChoices):
        """At most once a day, once a week, or never."""

        DAILY = "daily"
        WEEKLY = "weekly"
        NEVER = "never"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="alert_rhythm")
    rhythm = models.CharField(max_length=6, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    last = models.DateTimeField(null=True, blank=True)
    writing = models.DateTimeField(null=True, blank=True)  # a process is writing to them, since then

    personal = Personal(owner="person", erased="deleted")

    def __str__(self) -> str:
        return f"{self.person_id} {self.rhythm}"
