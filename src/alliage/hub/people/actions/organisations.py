"""Organisations and who belongs to them: created, joined by invitation, left. A manager always remains."""

from __future__ import annotations

import secrets  # noqa: TID251 - a link is made from chance; the core never is
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils.text import slugify

from alliage.hub.people.access import NotYours
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.actions.sessions import end_sessions
from alliage.hub.people.models import Invitation, MemberRole, Membership, Organisation, Person
from alliage.hub.ui.asked import fingerprint

BYTES = 24  # of chance: 192 bits
LIFE = timedelta(days=settings.INVITATION_DAYS)  # of an invitation
MOST_OPEN = 50  # invitations of an organisation that wait for an answer
MOST_MANAGED = 20  # organisations of one person
LONGEST_TOKEN = 64
MOST_TO_ONE, MOST_BY_ONE = 3, 50  # invitations of a day, to one address and from one person: nobody is flooded
OFFICERS_LAST = models.Case(models.When(role=MemberRole.OFFICER, then=1), default=0)


class LastManager(Exception):
    """They are the last manager, and others remain: somebody is to be named first."""


class LastMember(Exception):
    """They are the last member: the organisation would go with them, and its ``files``. It is asked first."""

    def __init__(self, files: int) -> None:
        super().__init__(files)
        self.files = files


class TooMany(Exception):
    """Too many invitations wait for an answer, or too many organisations are managed."""


class AlreadyThere(Exception):
    """They belong to it already."""


class ForAnother(Exception):
    """The invitation was sent to another e-mail than theirs."""


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation as it is sent: its link is shown to nobody else, and never stored."""

    invitation: Invitation
    token: str


@transaction.atomic
def create(*, name: str, by: Person, at: datetime) -> Organisation:
    """A new organisation, managed by who makes it.

    Raises:
        TooMany: they manage as many as one person may.
    """
    if Membership.objects.filter(person=by, role=MemberRole.MANAGER).count() >= MOST_MANAGED:
        raise TooMany
    organisation = Organisation.objects.create(slug=_free_slug(name), name_fr=name, name_en=name, created=at)
    Membership.objects.create(person=by, organisation=organisation, role=MemberRole.MANAGER, since=at)
    audit("organisation-created", by=by, at=at, on=f"organisation:{organisation.pk}")
    return organisation


def _free_slug(name: str) -> str:
    """An address of its own, that tells nothing more than the name."""
    base = slugify(name)[:60] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


@transaction.atomic
def invite(organisation_id: int, *, email: str, role: str, by: Person, at: datetime, by_team: bool = False) -> Invited:
    """An invitation to join, for one e-mail. A former one to the same e-mail stops working.

    Raises:
        AlreadyThere: the person of this e-mail belongs to it.
        TooMany: too many invitations wait for an answer, or left today for this address or from this person.
        NotYours: there is no such organisation, or this role is not theirs to give.
    """
    organisation = _locked(organisation_id)
    _may_give(role, organisation, by_team=by_team)
    email = email.strip().lower()
    if organisation.memberships.filter(person__email__iexact=email).exists():
        raise AlreadyThere
    waiting = _waiting(organisation, at)
    if waiting.count() >= MOST_OPEN or _written_enough(email, by=by, at=at):
        raise TooMany
    waiting.filter(email=email).update(revoked=at)
    token = secrets.token_urlsafe(BYTES)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        role=role,
        token=fingerprint(token),
        by=by,
        created=at,
        expires=at + LIFE,
    )
    audit("invited", by=by, at=at, on=f"organisation:{organisation.pk}", role=role, invitation=invitation.pk)
    return Invited(invitation, token)


@transaction.atomic
def revoke(organisation_id: int, invitation_id: int, *, by: Person, at: datetime) -> None:
    """An invitation that waits for an answer stops working.

    Raises:
        NotYours: this organisation has no such invitation.
    """
    waiting = _waiting(_locked(organisation_id), at)
    if not waiting.filter(pk=invitation_id).update(revoked=at):
        raise NotYours
    audit("invitation-revoked", by=by, at=at, on=f"organisation:{organisation_id}", invitation=invitation_id)


def opened(token: str, *, at: datetime) -> Invitation | None:
    """The invitation of a link; ``None`` if it was never made, was accepted, revoked, or has expired."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    waiting = Invitation.objects.filter(accepted=None, revoked=None, expires__gt=at).select_related(
        "organisation", "by"
    )
    return waiting.filter(token=fingerprint(token)).first()


@transaction.atomic
def accept(token: str, *, person: Person, at: datetime) -> Organisation:
    """Join by a link, once.

    Raises:
        NotYours: the link opens nothing any more.
        ForAnother: it was sent to another e-mail.
    """
    found = opened(token, at=at)
    if found is None:
        raise NotYours
    if found.email != person.email.lower():
        raise ForAnother
    organisation = _locked(found.organisation_id)
    if not _waiting(organisation, at).filter(pk=found.pk).update(accepted=at):  # it may have ended a moment ago
        raise NotYours
    Membership.objects.get_or_create(
        person=person, organisation=organisation, defaults={"role": found.role, "since": at}
    )
    audit("joined", by=person, at=at, on=f"organisation:{organisation.pk}", role=found.role)
    return organisation


@transaction.atomic
def set_role(
    organisation_id: int, person_id: int, *, role: str, by: Person, at: datetime, by_team: bool = False
) -> None:
    """Another role for a member.

    Raises:
        NotYours: they are no member of it, or this role is not theirs to give.
        LastManager: nobody would manage it.
    """
    organisation = _locked(organisation_id)
    membership = _member(organisation, person_id)
    _may_give(role, organisation, by_team=by_team)
    if role != MemberRole.MANAGER:
        _another_manager(organisation, membership)
    before, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    _less_than_before(membership.person, before, role)
    on = f"organisation:{organisation.pk}"
    audit("role-changed", by=by, at=at, on=on, person=person_id, role=role)


@transaction.atomic
def take_out(organisation_id: int, person_id: int, *, by: Person, at: datetime, sure: bool = False) -> None:
    """A member leaves, or is made to leave: their sessions end, so that nothing stays open elsewhere.

    Raises:
        NotYours: they are no member of it.
        LastManager: others remain, and nobody would manage it.
        LastMember: it would go with them, and it is not ``sure`` that this is wanted.
    """
    organisation = _locked(organisation_id)
    membership = _member(organisation, person_id)
    if organisation.memberships.count() > 1:
        _another_manager(organisation, membership)
    elif goes_with_the_last(organisation) and not sure:
        raise LastMember(files_of([organisation.pk]))
    person = membership.person
    membership.delete()
    if person.pk != by.pk:
        end_sessions(person)
    audit("member-removed", by=by, at=at, on=f"organisation:{organisation.pk}", person=person_id)
    _forget_if_empty(organisation, by=by, at=at)


def goes_with_the_last(organisation: Organisation) -> bool:
    """Whether it goes with its last member: one that they made does, one of the pack stays."""
    return organisation.from_pack is None and not organisation.provider


def files_of(organisations: Collection[int]) -> int:
    """How many files the rooms above keep for organisations, as their ``AppConfig`` tells."""
    rooms = (getattr(config, "files_of", None) for config in apps.get_app_configs())
    return sum(count(organisations) for count in rooms if count is not None)


def own_files_of(person: Person) -> int:
    """How many files the rooms above keep for a person alone, as their ``AppConfig`` tells."""
    rooms = (getattr(config, "own_files_of", None) for config in apps.get_app_configs())
    return sum(count(person) for count in rooms if count is not None)


def _forget_if_empty(organisation: Organisation, *, by: Person | None, at: datetime) -> None:
    if goes_with_the_last(organisation) and not organisation.memberships.exists():
        on, files = f"organisation:{organisation.pk}", files_of([organisation.pk])
        organisation.delete()
        audit("organisation-deleted", by=by, at=at, on=on, files=files)


def hand_over(person: Person, *, at: datetime) -> None:
    """Before a person goes: whoever came first manages what they alone managed, and what has nobody else goes too.

    A closed account comes last, and counts as nobody who manages; an officer, who would be one no more, before it.
    """
    for membership in person.memberships.order_by("organisation"):  # held in one order, whoever goes at the same time
        organisation = _locked(membership.organisation_id)
        others = organisation.memberships.exclude(person=person).order_by(
            "-person__is_active", OFFICERS_LAST, "since", "id"
        )
        managed = others.filter(role=MemberRole.MANAGER, person__is_active=True).exists()
        if membership.role == MemberRole.MANAGER and not managed:
            following = others.first()
            if following and following.role != MemberRole.MANAGER:
                following.role = MemberRole.MANAGER
                following.save(update_fields=["role"])
                audit("role-changed", by=None, at=at, on=f"organisation:{organisation.pk}", person=following.person_id)
        membership.delete()
        _forget_if_empty(organisation, by=None, at=at)


def _locked(organisation_id: int) -> Organisation:
    """The organisation, held until the end of the transaction: two managers who leave at once leave one."""
    try:
        return Organisation.objects.select_for_update().get(pk=organisation_id)
    except Organisation.DoesNotExist:
        raise NotYours from None


def _written_enough(email: str, *, by: Person, at: datetime) -> bool:
    """Whether today's letters are enough, revoked invitations too: to one address, or from one person."""
    today = Invitation.objects.filter(created__gt=at - timedelta(days=1))
    return today.filter(email=email).count() >= MOST_TO_ONE or today.filter(by=by).count() >= MOST_BY_ONE


def _waiting(organisation: Organisation, at: datetime) -> models.QuerySet[Invitation]:
    return organisation.invitations.filter(accepted=None, revoked=None, expires__gt=at)


def _member(organisation: Organisation, person_id: int) -> Membership:
    found = organisation.memberships.select_related("person").filter(person_id=person_id).first()
    if found is None:
        raise NotYours
    return found


def _may_give(role: str, organisation: Organisation, *, by_team: bool) -> None:
    """That a role exists and may be given: an officer is of a provider, and made on the pages of the team alone.

    Raises:
        NotYours: it may not.
    """
    if role not in MemberRole.values:
        raise NotYours
    if role == MemberRole.OFFICER and not (by_team and organisation.provider):
        raise NotYours


def _another_manager(organisation: Organisation, membership: Membership) -> None:
    """That somebody else manages it, if this one does; a closed account manages nothing."""
    if membership.role != MemberRole.MANAGER:
        return
    others = organisation.memberships.filter(role=MemberRole.MANAGER, person__is_active=True)
    if not others.exclude(pk=membership.pk).exists():
        raise LastManager


def _less_than_before(person: Person, before: str, role: str) -> None:
    """Who loses a role signs in again: nothing that it opened stays open."""
    if before != role and before in (MemberRole.MANAGER, MemberRole.OFFICER):
        end_sessions(person)
