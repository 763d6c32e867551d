"""The team's queues: proposals, and what a pack and an edit both changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from alliage.core.vocabulary.errors import Problem
from alliage.hub.programmes.documents import digest
from alliage.hub.programmes.models import Conflict, Proposal
from alliage.hub.programmes.queries.clashes import clash_rows
from alliage.hub.programmes.queries.history import signed, told
from alliage.hub.programmes.queries.speaking import Plain, Speech
from alliage.hub.ui.problems import said

MOST = 100
STATES = tuple(Proposal.State.values)
WAITING = ("open", "scheduled")


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal of the database: its programme and provider, what it wants, from which revision, by whom.

    Of a new programme, ``base`` is 0.
    """

    id: int
    programme_id: str
    provider: str
    document: Mapping[str, Any]
    base: int
    state: str
    person: int | None
    page: str
    read: str
    version: str  # the fingerprint of what it says now

    @property
    def waits(self) -> bool:
        """Whether it is still to be decided, or published."""
        return self.state in WAITING


def asked(id_: int) -> Asked | None:
    """A proposal by its number."""
    row = Proposal.objects.filter(id=id_).select_related("base").first()
    if row is None:
        return None
    return Asked(
        id=row.id,
        programme_id=row.programme_id or str(row.document["id"]),
        provider=str((row.base or row).document["provider"]),
        document=row.document,
        base=row.base.number if row.base else 0,
        state=row.state,
        person=row.person_id,
        page=row.page,
        read=row.read.isoformat(),
        version=digest(row.document),
    )


def proposals_page(*, speech: Speech, providers: frozenset[str] | None = None) -> Plain:
    """What waits, the oldest first; then what was decided lately. ``providers``: only those of these providers.

    ``people`` are those that it names.
    """
    team = providers is None
    rows: QuerySet[Any] = (
        Proposal.objects.annotate(name=F("base__document__name"), new_name=F("document__name"), said=Count("comments"))
        .select_related("person")
        .defer("document")
    )
    if providers is not None:
        own = sorted(providers)
        rows = rows.filter(Q(base__document__provider__in=own) | Q(base=None, document__provider__in=own))
    waiting = list(rows.filter(state__in=WAITING).order_by("created", "id")[:MOST])
    decided = list(rows.exclude(state__in=WAITING).order_by("-decided", "-id")[:MOST])
    return {
        "people": [row.person for row in (*waiting, *decided)],
        "waiting": [_line(row, speech, team=team) for row in waiting],
        "decided": [_line(row, speech, team=team) for row in decided],
    }


def waiting() -> Mapping[str, int]:
    """How many proposals and conflicts are to be decided, by the page where they are."""
    return {
        "programmes:proposals": Proposal.objects.filter(state=Proposal.State.OPEN).count(),
        "programmes:conflicts": Conflict.objects.filter(settled=None).count(),
    }


def _line(row: Any, speech: Speech, *, team: bool) -> Plain:
    return {
        "id": row.id,
        "programme": row.programme_id,
        "new": row.base_id is None,
        "name": speech.text(row.name or row.new_name),
        "by": signed(row.author, row.person, team=team),
        "reason": row.reason,
        "at": row.created,
        "state": row.state,
        "publish_on": row.publish_on,
        "comments": row.said,
    }


def proposal_page(id_: int, *, speech: Speech, team: bool) -> Plain:
    """A proposal whole: what it changes in words, the page read, what was said of it, what became of it.

    ``team``: whether the team reads it. ``people`` are those that it names.
    """
    rows = Proposal.objects.select_related("base", "programme__current", "revision", "person", "decided_person")
    row = rows.defer("programme__pack_document").get(id=id_)
    current = row.programme.current if row.programme else None
    comments = list(row.comments.select_related("person"))
    return {
        "people": [row.person, row.decided_person, *(one.person for one in comments)],
        "id": row.id,
        "version": digest(row.document),
        "programme": row.programme_id,
        "new": row.base is None,
        "name": (row.base or row).document["name"],
        "by": signed(row.author, row.person, team=team),
        "at": row.created,
        "reason": row.reason,
        "page": row.page,
        "read": row.read,
        "changes": told(row.changes, speech),
        "base": row.base.number if row.base else 0,
        "current": current.number if current else None,
        "moved": current is not None and row.base is not None and current.number != row.base.number,
        "state": row.state,
        "waits": row.state in WAITING,
        "publish_on": row.publish_on,
        "decided": row.decided,
        "decided_by": signed(row.decided_by, row.decided_person, team=team) if row.decided else "",
        "answer": row.answer,
        "revision": row.revision.number if row.revision else None,
        "comments": [
            {
                "by": signed(one.author, one.person, team=team),
                "at": one.created,
                "text": one.text,
                "corrected": one.replaced is not None,
            }
            for one in comments
        ],
    }


def conflicts_page(*, speech: Speech) -> list[Plain]:
    """What a pack and an edit made by hand both changed, and nobody has settled, the oldest first."""
    rows = Conflict.objects.filter(settled=None).annotate(name=F("kept__document__name"))
    return [
        {
            "id": row.id,
            "programme": row.programme_id,
            "name": speech.text(row.name),
            "kind": row.kind,
            "places": len(row.clashes),
            "at": row.created,
            "pack": row.pack_revision,
        }
        for row in rows.defer("document").order_by("created", "id")[:MOST]
    ]


def conflict_page(id_: int, *, speech: Speech, chosen: Mapping[str, str], clashes: Any = None) -> Plain | None:
    """An open conflict: each place with its three values. ``clashes`` are those of now, if the programme moved."""
    row = Conflict.objects.filter(id=id_, settled=None).select_related("kept").first()
    if row is None:
        return None
    return {
        "id": row.id,
        "programme": row.programme_id,
        "name": row.kept.document["name"],
        "kind": row.kind,
        "at": row.created,
        "pack": row.pack_revision,
        "clashes": clash_rows(row.clashes if clashes is None else clashes, shelf=speech.shelf, chosen=chosen),
        "problems": [said(Problem(**{**one, "severity": "error"})) for one in row.problems],
    }
