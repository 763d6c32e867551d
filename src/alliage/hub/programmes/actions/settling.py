"""What every change of the catalogue ends with: redirects kept, the exact content named, the changes told in words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import alliage
from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.document import ProgrammeDocument
from alliage.core.catalogue.programme import build_programme
from alliage.core.catalogue.shapes import checked
from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.hub.programmes import documents
from alliage.hub.programmes.actions.records import Document
from alliage.hub.programmes.models import CatalogueState, PackParts, Programme, Redirect, Revision
from alliage.hub.programmes.queries.stored import current_catalogue, end_page

Changes = list[dict[str, Any]]


def loaded_catalogue() -> Catalogue:
    """The catalogue of the database.

    Raises:
        AlliageError: ``pack-missing`` if no pack was ever loaded.
    """
    if not CatalogueState.objects.exists():
        raise AlliageError([Problem("pack-missing", "database")])
    return current_catalogue()


def accepted(document: Document, *, catalogue: Catalogue) -> documents.Document:
    """A document as the database keeps it. It may name any programme that was ever known.

    Raises:
        AlliageError: every problem of the document.
    """
    where = str(document.get("id", ""))
    written: documents.Document = checked(document, model=ProgrammeDocument, where=where)
    known = dict.fromkeys(Programme.objects.values_list("id", flat=True))
    raw = {**catalogue.raw, "programmes": {**known, **catalogue.raw["programmes"]}}
    found = documents.problems(written, raw=raw, vocabulary=catalogue.vocabulary)
    if found:
        raise AlliageError(found)
    return written


def keep_redirects(written: Mapping[str, Document]) -> None:
    """Former ids lead to their programme for ever, even once no document says so any more."""
    told = {old: id_ for id_, document in written.items() for old in document.get("replaces", ())}
    kept = Redirect.objects.in_bulk(list(told))
    for old, id_ in told.items():
        if old not in kept or kept[old].programme_id != id_:
            Redirect.objects.update_or_create(old=old, defaults={"programme_id": id_})


def settle(*, at: datetime, parts: PackParts | None = None, pack_revision: str | None = None) -> None:
    """Name the exact content that the site now shows; every process sees it at its next page.

    Without ``parts`` and ``pack_revision``, those of the last load stay.
    """
    state = CatalogueState.objects.select_related("parts").filter(id=CatalogueState.ONLY).first()
    if state is not None:
        parts, pack_revision = parts or state.parts, pack_revision or state.pack_revision
    assert parts is not None
    living = list(
        Programme.objects.filter(retired=None).order_by("id").values_list("id", "current__digest", "pack_digest")
    )
    redirects = list(Redirect.objects.order_by("old").values_list("old", "programme_id"))
    stamp = documents.digest([parts.digest, pack_revision, [row[:2] for row in living], redirects])
    edited = any(digest != in_pack for _, digest, in_pack in living)
    values = {"parts": parts, "pack_revision": pack_revision, "stamp": stamp, "edited": edited}
    if state is None or state.stamp != stamp:
        CatalogueState.objects.update_or_create(id=CatalogueState.ONLY, defaults={**values, "changed": at})
        end_page()


def told(before: Catalogue, after: Catalogue, ids: Iterable[str]) -> Mapping[str, Changes]:
    """What changed in some programmes, in words, as revisions keep it."""
    wanted, found = set(ids), dict[str, Changes]()
    for change in alliage.diff(before, after) if wanted else ():
        if change.subject == "programme" and change.id in wanted:
            kept = {"kind": change.kind, "path": change.path, "text": dict(change.text)}
            found.setdefault(change.id, []).append(kept)
    return found


def told_of_one(catalogue: Catalogue, before: Document | None, after: Document) -> Changes:
    """What one document changes of another, in words: nothing else of the catalogue is looked at."""
    sides = [_alone(catalogue, document) for document in (before, after)]
    return list(told(sides[0], sides[1], [str(after["id"])]).get(str(after["id"]), ()))


def _alone(catalogue: Catalogue, document: Document | None) -> Catalogue:
    if document is None or document.get("provider") not in catalogue.providers:
        return dataclasses.replace(catalogue, programmes={}, redirects={})
    provider = catalogue.providers[document["provider"]]
    try:
        programme = build_programme(document, provider=provider, vocabulary=catalogue.vocabulary)
    except LookupError:  # written with an older vocabulary
        return dataclasses.replace(catalogue, programmes={}, redirects={})
    return dataclasses.replace(catalogue, programmes={programme.id: programme}, redirects={})


def tell_changes(before: Catalogue | None, after: Catalogue | None, revisions: Iterable[Revision]) -> None:
    """Write beside each new revision what it changes, in words. The first load of all tells nothing: all is new."""
    if before is None or after is None:
        return
    wanted = {revision.programme_id: revision for revision in revisions}
    found = told(before, after, wanted)
    for id_, changes in found.items():
        wanted[id_].changes = changes
    Revision.objects.bulk_update([wanted[id_] for id_ in found], ["changes"], batch_size=200)
