"""Settling what a pack and an edit made by hand both changed: the team chooses, place by place or whole."""

from __future__ import annotations

from django.db import transaction

from alliage.core.catalogue.merging import Side
from alliage.hub.programmes.actions.editing import happened, held, write
from alliage.hub.programmes.actions.records import Change, Closed, Document, Keep, Moved, Why
from alliage.hub.programmes.actions.settling import settle
from alliage.hub.programmes.models import Conflict, Programme, Revision
from alliage.hub.programmes.queries.checking import accepted, loaded_catalogue


@transaction.atomic
def settle_conflict(*, conflict: int, keep: Keep, why: Why, whole: Side | None = None) -> Revision | None:
    """Write what was chosen, and close a conflict; ``None`` if the programme stays as it is.

    ``keep`` says, by the place of each clash, whose version to take: ``ours`` is what the site shows, ``theirs`` the
    pack's. ``whole`` takes one side everywhere; of a programme that the pack dropped, ``theirs`` retires it.

    Raises:
        Closed: it was settled already, or is not there.
        Moved: places are left without a choice (the programme may have changed since); of a programme that the pack
            dropped, no side is chosen.
        AlliageError: what was chosen makes a document that is wrong.
    """
    known = Conflict.objects.filter(id=conflict).first()
    if known is None:
        raise Closed("settled")
    programme = held(known.programme_id)  # first, as a load does: neither waits for the other
    row = Conflict.objects.select_for_update().get(id=conflict)
    if row.settled is not None:
        raise Closed("settled")
    row.settled, row.settled_by, row.settled_person_id = why.at, why.by, why.person
    row.save(update_fields=["settled", "settled_by", "settled_person"])
    if row.kind == Conflict.Kind.REMOVED:
        _dropped(programme, why=why, whole=whole)
        return None
    chosen = _chosen(programme, row, keep=keep, whole=whole)
    programme.pack_document = row.document
    assert programme.current is not None
    if chosen == programme.current.document:
        programme.save()
        return None
    catalogue = loaded_catalogue()
    written = accepted(chosen, catalogue=catalogue)
    return write(programme, written, why=why, catalogue=catalogue, source=Revision.Source.MERGE)


def _chosen(programme: Programme, row: Conflict, *, keep: Keep, whole: Side | None) -> Document:
    """The document that the choices make."""
    assert programme.current is not None
    ours: Document = programme.current.document
    theirs: Document = row.document or {}
    if whole is Side.OURS:
        return ours
    if whole is Side.THEIRS:
        return theirs
    base = Revision(document=programme.pack_document or {})
    return Change(theirs, base, keep).onto(programme.current)


def _dropped(programme: Programme, *, why: Why, whole: Side | None) -> None:
    """The pack no longer has it: it is retired as the pack says, or stays."""
    assert programme.current is not None
    if whole is None:
        raise Moved(document=programme.current.document, clashes=())
    if whole is Side.THEIRS and programme.retired is None:
        programme.retired, programme.retired_reason = why.at, why.reason
        happened(programme, Revision.Event.RETIRED, why)
        settle(at=why.at)
