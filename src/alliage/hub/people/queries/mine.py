"""What a person sees of themselves: sessions, consents, organisations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from alliage.hub.people.access import Belonging
from alliage.hub.people.actions.account import session_id
from alliage.hub.people.actions.consents import PURPOSES
from alliage.hub.people.actions.organisations import files_of, goes_with_the_last
from alliage.hub.people.models import (
    AccessEntry,
    Consent,
    Duty,
    Invitation,
    MemberRole,
    Membership,
    Organisation,
    Person,
    SignedIn,
)


def sessions(person: Person, *, here: str) -> list[dict[str, Any]]:
    """Their living sessions, this one first. A session is named by a part of its fingerprint, never by its key."""
    rows = SignedIn.objects.filter(person=person).order_by("-since")
    said = [
        {"id": session_id(row), "device": row.device, "since": row.since, "here": row.session_key == here}
        for row in rows
    ]
    return sorted(said, key=lambda row: not row["here"])


def consents(person: Person) -> list[dict[str, Any]]:
    """Each purpose that may serve them, and since when they agree to it."""
    officer = Membership.objects.filter(person=person, role=MemberRole.OFFICER).exists()
    held = {c.purpose: c for c in Consent.objects.filter(person=person, withdrawn=None)}
    return [
        {
            "id": id_,
            "title": purpose.title,
            "text": purpose.text,
            "since": held[id_].given if id_ in held and held[id_].version == purpose.version else None,
        }
        for id_, purpose in PURPOSES.items()
        if officer or not purpose.officers
    ]


def lookers(person: Person) -> int:
    """How many times the team looked at what is kept of them."""
    return AccessEntry.objects.filter(about=person).count()


def my_organisations(person: Person) -> list[dict[str, Any]]:
    """What they belong to."""
    rows = Membership.objects.filter(person=person).select_related("organisation")
    counted = rows.annotate(members=Count("organisation__memberships"))
    return [
        {"slug": m.organisation.slug, "name": m.organisation.name, "role": m.role, "members": m.members}
        for m in counted
    ]


def organisation_of(belonging: Belonging) -> Organisation:
    """The organisation of a tie."""
    return Organisation.objects.get(pk=belonging.id)


def organisation_page(belonging: Belonging, *, person: Person, at: datetime) -> dict[str, Any]:
    """One of their organisations: who is there, who is invited; what they may do follows from their role."""
    return {**_organisation(belonging.id, at=at), "me": person.pk, "manages": belonging.role == MemberRole.MANAGER}


def _organisation(organisation_id: int, *, at: datetime) -> dict[str, Any]:
    organisation = Organisation.objects.get(pk=organisation_id)
    return {
        "organisation": organisation,
        "members": list(organisation.memberships.select_related("person")),
        "invitations": list(organisation.invitations.filter(accepted=None, revoked=None, expires__gt=at)),
        "roles": roles(organisation),
    }


def roles(organisation: Organisation) -> list[str]:
    """The roles that a member of it may have."""
    every = [MemberRole.COLLEAGUE, MemberRole.MANAGER]
    return [role.value for role in ([*every, MemberRole.OFFICER] if organisation.provider else every)]


def invitation_page(found: Invitation, *, person: Person | None) -> dict[str, Any]:
    """An invitation as its receiver sees it."""
    return {
        "organisation": found.organisation,
        "by": found.by,
        "role": found.role,
        "expires": found.expires,
        "mine": person is not None and person.email.lower() == found.email,
    }


def handed_over(person: Person) -> list[dict[str, str]]:
    """The organisations that they alone manage, which will pass to somebody else."""
    mine = Membership.objects.filter(person=person, role=MemberRole.MANAGER).values("organisation")
    managing = Q(memberships__role=MemberRole.MANAGER, memberships__person__is_active=True)
    managers = Organisation.objects.filter(pk__in=mine).annotate(
        managers=Count("memberships", filter=managing), members=Count("memberships")
    )
    return [organisation.name for organisation in managers.filter(managers=1, members__gt=1)]


def gone_with(person: Person) -> dict[str, Any]:
    """The organisations that nobody else belongs to, which will go with them, and how many files these have."""
    mine = Membership.objects.filter(person=person).values("organisation")
    alone = Organisation.objects.filter(pk__in=mine).annotate(members=Count("memberships")).filter(members=1)
    gone = [organisation for organisation in alone if goes_with_the_last(organisation)]
    return {"names": [one.name for one in gone], "files": files_of([one.pk for one in gone])}


def last_administrator(person: Person) -> bool:
    """Whether nobody would be left to give duties."""
    administrators = Person.objects.filter(duty=Duty.ADMINISTRATOR, is_active=True)
    return person.duty == Duty.ADMINISTRATOR and not administrators.exclude(pk=person.pk).exists()
