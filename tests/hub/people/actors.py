"""The people that every address is tried with."""

from __future__ import annotations

from enum import Enum

from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpResponse
from django.test import Client

from alliage.hub.finder.models import ProjectFile
from alliage.hub.people.access import Role
from alliage.hub.people.models import Duty, Incident, MemberRole, Membership, Organisation, Person
from alliage.hub.people.sessions import DEVICE, SINCE, SessionStore
from alliage.hub.programmes.freshness.models import Correction
from alliage.hub.programmes.models import Programme
from alliage.hub.ui import day
from tests.hub.things import numbers_follow

OURS, THEIRS = "atelier-a", "atelier-b"


class Actor(Enum):
    """Who asks."""

    ANONYMOUS = "anonymous"
    MANAGER = "manager of the organisation"
    COLLEAGUE = "colleague of the organisation"
    STRANGER = "member of another organisation"
    OFFICER = "officer of the provider"
    OTHER_OFFICER = "officer of another provider"
    TEAM = "team"
    ADMINISTRATOR = "administrator"

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that they have."""
        more = {
            Actor.ANONYMOUS: {Role.VISITOR},
            Actor.OFFICER: {Role.MEMBER, Role.OFFICER},
            Actor.OTHER_OFFICER: {Role.MEMBER, Role.OFFICER},
            Actor.TEAM: {Role.MEMBER, Role.TEAM},
            Actor.ADMINISTRATOR: {Role.MEMBER, Role.TEAM, Role.ADMINISTRATOR},
        }
        return frozenset(more.get(self, {Role.MEMBER}))

    def person(self) -> Person:
        """They, in the database."""
        duty = {Actor.TEAM: Duty.TEAM, Actor.ADMINISTRATOR: Duty.ADMINISTRATOR}.get(self, Duty.NONE)
        found = make_person(f"{self.name.lower()}@example.org", duty=duty)
        tie = {
            Actor.MANAGER: (OURS, "", MemberRole.MANAGER),
            Actor.COLLEAGUE: (OURS, "", MemberRole.COLLEAGUE),
            Actor.STRANGER: (THEIRS, "", MemberRole.MANAGER),
            Actor.OFFICER: ("iq", "investissement-quebec", MemberRole.OFFICER),
            Actor.OTHER_OFFICER: ("bdc", "bdc", MemberRole.OFFICER),
        }.get(self)
        if tie:
            slug, provider, role = tie
            join(found, make_organisation(slug, provider=provider), role)
        return found

    def client(self) -> Client:
        """Their browser."""
        if self is Actor.ANONYMOUS:
            return Client()
        person = self.person()
        give_second_factor(person)
        return sign_in(person, methods=("code", "mfa"))


def furnish() -> None:
    """The things that addresses name: see ``PARTS`` in ``addresses.py``."""
    furnish_finder(make_organisation(OURS))
    Person.objects.create(pk=1, email="one@example.org", created=day.now(), last_seen=day.now())
    Incident.objects.create(
        pk=1,
        facts="f",
        data_touched="d",
        started=day.today(),
        found=day.today(),
        people=0,
        risk="none",
        created=day.now(),
    )
    programme, _ = Programme.objects.get_or_create(id="told")
    Correction.objects.create(pk=1, programme=programme, text="Le taux?", language="fr", created=day.now())
    numbers_follow()


def furnish_finder(organisation: Organisation) -> None:
    """A project file of an organisation."""
    ProjectFile.objects.create(
        pk=1,
        name="Presse",
        organisation=organisation,
        answers={},
        created=day.now(),
        changed=day.now(),
        visited=day.now(),
    )


def make_person(email: str, *, name: str = "", duty: str = "", language: str = "fr") -> Person:
    """A person whose e-mail is confirmed."""
    found, made = Person.objects.get_or_create(
        email=email,
        defaults={
            "name": name or email.partition("@")[0], "duty": duty, "language": language,
            "created": day.now(), "last_seen": day.now(), "password": "!",
        },
    )  # fmt: skip
    if made:
        EmailAddress.objects.create(user=found, email=email, verified=True, primary=True)
    return found


def give_second_factor(person: Person) -> None:
    """An application of codes, and codes of rescue."""
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)


def make_organisation(slug: str, *, provider: str = "") -> Organisation:
    """An organisation made by hand."""
    return Organisation.objects.get_or_create(
        slug=slug, defaults={"name_fr": slug, "name_en": slug, "provider": provider, "created": day.now()}
    )[0]


def join(person: Person, organisation: Organisation, role: str) -> Membership:
    """Somebody joins."""
    return Membership.objects.get_or_create(
        person=person, organisation=organisation, defaults={"role": role, "since": day.now()}
    )[0]


def sign_in(person: Person, *, device: str = "Firefox, Linux", methods: tuple[str, ...] = ("code",)) -> Client:
    """A browser of a person who has signed in, as allauth leaves it (``test_signing_in.py`` does it by the pages)."""
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store[DEVICE], store[SINCE] = device, day.now().isoformat()
    store["account_authentication_methods"] = [{"method": method, "at": day.seconds()} for method in methods]
    store["account_authentication_methods_user"] = str(person.pk)
    store.create()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    return client


def code_of(secret: str) -> str:
    """What an application of codes would show now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def shown(response: HttpResponse) -> str:
    """A page as it is read: without the signs that tie words."""
    return response.content.decode().replace("\N{WORD JOINER}", "").replace("\N{NO-BREAK SPACE}", " ")
