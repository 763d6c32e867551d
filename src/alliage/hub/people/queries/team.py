"""What the team sees of people: found by a part of their e-mail or name, twenty at a time; the registers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet

from alliage.hub.people.access import NotYours
from alliage.hub.people.models import AccessEntry, AuditEntry, Duty, Incident, Organisation, Person
from alliage.hub.people.queries.mine import roles

PAGE = 20


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a long list."""

    rows: list[Any]
    number: int
    pages: int
    total: int


def _page(rows: QuerySet[Any], number: str) -> Page:
    found = Paginator(rows, PAGE).get_page(number)
    return Page(list(found.object_list), found.number, found.paginator.num_pages, found.paginator.count)


def people(words: str, *, page: str) -> Page:
    """People whose e-mail or name holds these words."""
    rows = Person.objects.annotate(organisations=Count("memberships"))
    if words:
        rows = rows.filter(Q(email__icontains=words) | Q(name__icontains=words))
    return _page(rows.order_by("email"), page)


def person_page(person_id: int) -> dict[str, Any]:
    """One person, as the team may see them.

    Raises:
        NotYours: there is no such person.
    """
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise NotYours
    return {
        "person": found,
        "memberships": list(found.memberships.select_related("organisation")),
        "sessions": found.sessions.count(),
        "duties": Duty.values,
    }


def organisations(words: str, *, page: str) -> Page:
    """Organisations whose name holds these words."""
    rows = Organisation.objects.annotate(members=Count("memberships"))
    if words:
        rows = rows.filter(Q(name_fr__icontains=words) | Q(name_en__icontains=words) | Q(slug__icontains=words))
    return _page(rows.order_by("name_fr", "slug"), page)


def organisation_page(slug: str, *, at: datetime) -> dict[str, Any]:
    """One organisation, whoever belongs to it.

    Raises:
        NotYours: there is no such organisation.
    """
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise NotYours
    return {
        "organisation": organisation,
        "members": list(organisation.memberships.select_related("person")),
        "invitations": list(organisation.invitations.filter(accepted=None, revoked=None, expires__gt=at)),
        "roles": roles(organisation),
    }


def audit_page(what: str, *, page: str) -> Page:
    """The register of what was done."""
    rows = AuditEntry.objects.select_related("by")
    return _page(rows.filter(what=what) if what else rows, page)


def access_page(*, page: str) -> Page:
    """The register of who looked at whose personal data."""
    return _page(AccessEntry.objects.select_related("by", "about"), page)


def incidents() -> list[Incident]:
    """The register of incidents."""
    return list(Incident.objects.all())


def incident(incident_id: int) -> Incident:
    """One of them.

    Raises:
        NotYours: there is no such incident.
    """
    found = Incident.objects.filter(pk=incident_id).first()
    if found is None:
        raise NotYours
    return found
