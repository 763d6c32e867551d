"""The history of a programme: each revision, who wrote it, why, the page that says so, and what it changed in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from alliage.hub.people.models import Person
from alliage.hub.programmes.models import Programme, Revision
from alliage.hub.programmes.queries.speaking import Plain, Speech
from alliage.hub.ui.words import text

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Known:
    """A programme of the database by its id: what it says now, and whether it is retired."""

    id: str
    name: Mapping[str, str]
    provider: str
    number: int
    document: Mapping[str, Any]
    retired: datetime | None
    retired_reason: str


def known(id_: str) -> Known | None:
    """A programme as the database has it, retired or not."""
    row = Programme.objects.filter(id=id_[:120]).select_related("current").defer("pack_document").first()
    if row is None or row.current is None:
        return None
    document = row.current.document
    return Known(
        id=row.id,
        name=document["name"],
        provider=str(document["provider"]),
        number=row.current.number,
        document=document,
        retired=row.retired,
        retired_reason=row.retired_reason,
    )


def history_page(programme: Known, *, page: int, speech: Speech, named: bool) -> Plain:
    """The revisions of a programme, the newest first. ``named``: whether people are named (never to visitors).

    ``people`` are those that it names.
    """
    rows = Revision.objects.filter(programme=programme.id).select_related("proposal", "person").order_by("-number")
    rows = rows.defer("document", "proposal__document", "proposal__changes")
    first = (max(1, page) - 1) * PER_PAGE
    shown = list(rows[first : first + PER_PAGE + 1])
    return {
        "revisions": [_revision(row, speech, named=named) for row in shown[:PER_PAGE]],
        "people": [row.person for row in shown[:PER_PAGE]] if named else [],
        "older": page + 1 if len(shown) > PER_PAGE else None,
        "newer": page - 1 if page > 1 else None,
        "retired": programme.retired,
        "retired_reason": programme.retired_reason,
    }


def _revision(row: Revision, speech: Speech, *, named: bool) -> Plain:
    return {
        "number": row.number,
        "at": row.created,
        "event": row.event,
        "by": signed(row.author, row.person, team=True) if named else role_of(row),
        "reason": row.reason,
        "page": row.page,
        "read": row.read,
        "changes": told(row.changes, speech),
        "first": row.number == 1,
        "may_undo": row.number > 1 and row.event == Revision.Event.WRITTEN,
    }


def told(changes: Iterable[Mapping[str, Any]], speech: Speech) -> list[str]:
    """Changes in words, in the language of the page."""
    return [speech.text(change["text"]) for change in changes]


def signed(author: str, person: Person | None, *, team: bool) -> str:
    """Who did something: a person by the name of their account, never by an address; a command by its own name.

    ``team``: whether the team reads it; to officers, whoever is of the team is the team.
    """
    if person is None:
        return author or _("compte effacé")
    if person.duty and not team:
        return _("l’équipe")
    return person.name or _("compte sans nom, nº %(number)s") % {"number": person.pk}


def role_of(row: Revision) -> str:
    """Who wrote a revision, for everyone: no person is named."""
    if row.source == Revision.Source.PACK:
        return _("l’ensemble de données")
    proposal = getattr(row, "proposal", None)
    if proposal is not None and proposal.by_provider:
        return _("l’organisme, relu par l’équipe")
    return _("l’équipe")


def retired_page(*, speech: Speech) -> list[Plain]:
    """The programmes that are retired, the latest first, for the team."""
    rows = Programme.objects.exclude(retired=None).annotate(name=F("current__document__name"))
    moved = speech.catalogue.redirects
    return [
        {
            "id": row.id,
            "name": text(row.name),
            "at": row.retired,
            "reason": row.retired_reason,
            "moved_to": moved.get(row.id),
        }
        for row in rows.defer("pack_document").order_by("-retired", "id")
    ]


def other_programmes(id_: str, *, speech: Speech) -> list[Plain]:
    """The programmes that may replace one, by name."""
    others = [
        {"id": one.id, "name": speech.text(one.name)} for one in speech.catalogue.programmes.values() if one.id != id_
    ]
    return sorted(others, key=lambda one: one["name"].casefold())
