"""An organisation that a form names."""

from __future__ import annotations

from alliage.hub.people.models import Organisation, Person


def organisation_of(number: int) -> Organisation | None:
    """The organisation of a number, if there is one."""
    return Organisation.objects.filter(pk=number).first() if number else None


def organisation_named(slug: str) -> Organisation | None:
    """The organisation of an id, if there is one."""
    return Organisation.objects.filter(slug=slug).first() if slug else None


def officers_numbered(slug: str, numbers: list[int]) -> list[Person]:
    """Those of these people who are officers of an organisation."""
    return list(
        Person.objects.filter(
            pk__in=numbers, memberships__organisation__slug=slug, memberships__role="officer", is_active=True
        )
    )
