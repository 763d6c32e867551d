"""The tables of people: who they are, what they belong to, what they agreed to, and who did what.

Every table that names a person says so in ``personal``: whose data it holds, and what their erasure does to it.
A house test refuses a table with a person and no ``personal``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower


@dataclass(frozen=True, slots=True)
class Personal:
    """Where a table names a person. ``owner`` leads to them; ``erased`` says what is left after an erasure.

    ``deleted``: the row goes with the person. ``detached``: the row stays, and no longer says who. ``secret`` fields
    are left out of what the person takes with them: they would open the account to whoever reads the file.

    ``email`` is a column that may hold their address, written before they had an account: such rows are theirs too.
    ``others`` are fields that name somebody else, in rows that are theirs by ``owner`` alone: they are left out.
    """

    owner: str
    erased: str
    secret: tuple[str, ...] = ()
    email: str = ""
    others: tuple[str, ...] = ()


class Duty(models.TextChoices):
    """What a person does for the whole site."""

    NONE = ""
    TEAM = "team"
    ADMINISTRATOR = "administrator"


class PersonManager(BaseUserManager["Person"]):
    """People by their e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person of an e-mail."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone with an account.

    Purpose: to know them when they come back, and to write to them. Personal data: e-mail, name, language, when they
    came first and last. Kept until they erase their
    account, or ``RETENTION["accounts"]`` days after their last visit.
    """

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="fr")
    duty = models.CharField(max_length=13, choices=Duty.choices, blank=True, default=Duty.NONE)
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField()
    last_seen = models.DateTimeField()
    warned = models.DateTimeField(null=True, blank=True)  # when they were told that the account will be forgotten

    last_login = None  # `last_seen` says it
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    personal = Personal(owner="id", erased="deleted", secret=("password",))
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        """By e-mail, one account for each."""

        ordering = ("email",)
        constraints = (models.UniqueConstraint(Lower("email"), name="one_person_of_each_email"),)

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        """An e-mail is kept in lower case."""
        self.email = self.email.lower()


class SignedIn(AbstractBaseSession):
    """A session of somebody who signs in: server-side, so that it can be ended from elsewhere.

    Purpose: to stay signed in. Personal data: who, on what kind of device, since when. Kept until they sign out, or
    ``SESSION_COOKIE_AGE`` at most.
    """

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=60, blank=True)
    since = models.DateTimeField(null=True)

    personal = Personal(owner="person", erased="deleted", secret=("session_key", "session_data"))

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that keeps these rows."""
        from alliage.hub.people.sessions import SessionStore  # noqa: PLC0415 - the store names this table

        return SessionStore


class Organisation(models.Model):
    """The one table of organisations: providers of aid, members, companies of the directory.

    Purpose: to know who does what, where. No personal data: a person is tied to it by :class:`Membership` alone. What
    comes from the pack stays as the pack says (``from_pack``), unless it was changed by hand. Kept while it exists.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name_fr = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    provider = models.SlugField(max_length=80, blank=True, db_index=True)  # the id of a provider of the pack
    kinds = models.JSONField(default=list)
    city = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=40, blank=True)  # the code of a place of the pack
    website = models.URLField(max_length=300, blank=True)
    capabilities = models.JSONField(default=list)
    markets = models.JSONField(default=list)
    summary_fr = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    sources = models.JSONField(default=list)  # addresses
    as_of = models.CharField(max_length=10, blank=True)  # a day or a year, as the source says
    confidence = models.CharField(max_length=10, blank=True)
    demo = models.BooleanField(default=False)
    from_pack = models.JSONField(null=True, blank=True)  # each field as the pack last gave it; null: made by hand
    created = models.DateTimeField()

    class Meta:
        """By their French name."""

        ordering = ("name_fr", "slug")

    def __str__(self) -> str:
        return self.slug

    @property
    def name(self) -> dict[str, str]:
        """The name in both languages."""
        return {"fr": self.name_fr, "en": self.name_en}


class MemberRole(models.TextChoices):
    """What a person may do in an organisation. An officer answers for the programmes of a provider."""

    MANAGER = "manager"
    COLLEAGUE = "colleague"
    OFFICER = "officer"


class Membership(models.Model):
    """A person in an organisation.

    Purpose: to open to them what belongs to it. Personal data: the tie. Kept until they leave.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=9, choices=MemberRole.choices)
    since = models.DateTimeField()

    personal = Personal(owner="person", erased="deleted")

    class Meta:
        """The first come first; once in each."""

        ordering = ("since", "id")
        constraints = (
            models.UniqueConstraint(fields=("person", "organisation"), name="one_membership_in_each_organisation"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.organisation_id}"


class Invitation(models.Model):
    """A link sent to somebody to join an organisation. Of the link, only a fingerprint is kept.

    Purpose: to let them in, and only them. Personal data: the e-mail of the person invited, who invited. Kept
    ``RETENTION["invitations"]`` days after its end.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=9, choices=MemberRole.choices)
    token = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="invitations_sent")
    created = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)
    accepted = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    personal = Personal(owner="by", erased="detached", secret=("token",), email="email")

    class Meta:
        """The newest first."""

        ordering = ("-created", "-id")

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.role}"


class Consent(models.Model):
    """What a person agreed to, once, and when they no longer did.

    Purpose: to prove it (Law 25, art. 14; anti-spam law). Personal data: who, to what, in which words and language,
    when and how. Kept while it holds, then ``RETENTION["consents"]`` days.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=30)
    version = models.CharField(max_length=10)
    language = models.CharField(max_length=2)
    given = models.DateTimeField()
    withdrawn = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=30)

    personal = Personal(owner="person", erased="deleted")

    class Meta:
        """The newest first; one that holds for each purpose."""

        ordering = ("-given", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "purpose"),
                condition=models.Q(withdrawn__isnull=True),
                name="one_consent_that_holds_for_each_purpose",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose}"


class AuditEntry(models.Model):
    """Who did what to what. ``what`` is a neutral code; ``data`` never holds a name, an e-mail or a text of a person.

    Purpose: to answer for what was done. Personal data: the id of who did it, lost when they erase their account. Kept
    ``RETENTION["audit"]`` days.
    """

    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    what = models.CharField(max_length=60)
    on = models.CharField(max_length=60, blank=True)  # the kind of thing and its id: "organisation:12"
    data = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)

    personal = Personal(owner="by", erased="detached")

    class Meta:
        """The newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.what} {self.on}"


class AccessEntry(models.Model):
    """Who looked at whose personal data, and why.

    Purpose: to answer to the person. Personal data: the two ids. Kept ``RETENTION["access"]`` days; goes with the
    person looked at, and no longer says who looked when that one erases their account.
    """

    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    about = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="looked_at")
    why = models.CharField(max_length=30)
    at = models.DateTimeField(db_index=True)

    personal = Personal(owner="about", erased="deleted")

    class Meta:
        """The newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.by_id} {self.why} {self.about_id}"


class Incident(models.Model):
    """An incident with personal information, in the register that the law wants (P-39.1, art. 3.8; A-2.1, r. 3.1).

    Purpose: that register. Personal data: who wrote it down; the team writes no name in it. Kept
    ``RETENTION["incidents"]`` days.
    """

    class Risk(models.TextChoices):
        """Whether serious injury is to be feared."""

        NONE = "none"
        SERIOUS = "serious"
        UNKNOWN = "unknown"

    facts = models.TextField()
    data_touched = models.TextField()
    started = models.DateField()
    ended = models.DateField(null=True, blank=True)
    found = models.DateField()
    people = models.PositiveIntegerField()
    people_in_quebec = models.PositiveIntegerField(null=True, blank=True)
    risk = models.CharField(max_length=7, choices=Risk.choices)
    why_this_risk = models.TextField(blank=True)
    cai_told = models.DateField(null=True, blank=True)
    people_told = models.DateField(null=True, blank=True)
    measures = models.TextField(blank=True)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created = models.DateTimeField()

    personal = Personal(owner="by", erased="detached")

    class Meta:
        """The newest first."""

        ordering = ("-found", "-id")

    def __str__(self) -> str:
        return f"{self.found} {self.risk}"


class Attempt(models.Model):
    """An attempt to sign in, as Django's cache of the database writes it: how often somebody tried lately.

    Purpose: to slow down who guesses. Personal data: none that can be read back (the key, with the IP address or the
    e-mail, is a keyed fingerprint). Kept until its minutes are over, deleted each night.
    """

    cache_key = models.CharField(primary_key=True, max_length=255)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key[:8]


class SentForm(models.Model):
    """A form that was sent, by a fingerprint of its key and of what was typed, and in a few signs what came of it.

    Purpose: that two presses do one thing. Personal data: none that can be read back from it. Kept two days.
    """

    key = models.CharField(primary_key=True, max_length=64)
    answer = models.CharField(max_length=1_000, blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key[:8]


class NoMore(models.Model):
    """An address that wants no more letters of a purpose, by its keyed fingerprint alone: it outlives accounts.

    Purpose: never to write there again. Personal data: none that can be read back from it, nor guessed without the
    key of the site. Kept for good.
    """

    key = models.CharField(primary_key=True, max_length=64)  # the fingerprint of the e-mail, keyed with the purpose
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.key[:8]


class LastRun(models.Model):
    """When a periodic task was last asked."""

    name = models.CharField(primary_key=True, max_length=80)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
