"""What every change of the catalogue ends with: redirects kept, the exact content named, the changes told in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from alliage.core.catalogue.catalogue import Catalogue
from alliage.hub.programmes import documents, overlays
from alliage.hub.programmes.actions.records import Document
from alliage.hub.programmes.models import CatalogueState, PackParts, Programme, Redirect, Revision
from alliage.hub.programmes.queries.stored import end_page
from alliage.hub.programmes.queries.telling import told


def keep_redirects(written: Mapping[str, Document]) -> None:
    """Former ids lead to their programme for ever, even once no document says so any more."""
    told = {old: id_ for id_, document in written.items() for old in document.get("replaces", ())}
    kept = Redirect.objects.in_bulk(list(told))
    for old, id_ in told.items():
        if old not in kept or kept[old].programme_id != id_:
            Redirect.objects.update_or_create(old=old, defaults={"programme_id": id_})


def settle(*, at: datetime, parts: PackParts | None = None, pack_revision: str | None = None) -> None:
    """Name the exact content that the site now shows; every process sees it at its next page.

    Without ``parts`` and ``pack_revision``, those of the last load stay. The one row is held first: of two changes at
    once, the second one names the content with both.
    """
    states = CatalogueState.objects.select_related("parts").select_for_update(of=("self",))
    state = states.filter(id=CatalogueState.ONLY).first()
    if state is not None:
        parts, pack_revision = parts or state.parts, pack_revision or state.pack_revision
    assert parts is not None
    living = list(
        Programme.objects.filter(retired=None).order_by("id").values_list("id", "current__digest", "pack_digest")
    )
    redirects = list(Redirect.objects.order_by("old").values_list("old", "programme_id"))
    stamp = documents.digest([parts.digest, pack_revision, [row[:2] for row in living], redirects, *overlays.marks()])
    edited = any(digest != in_pack for _, digest, in_pack in living)
    values = {"parts": parts, "pack_revision": pack_revision, "stamp": stamp, "edited": edited}
    if state is None or state.stamp != stamp:
        CatalogueState.objects.update_or_create(id=CatalogueState.ONLY, defaults={**values, "changed": at})
        end_page()


def tell_changes(before: Catalogue | None, after: Catalogue | None, revisions: Iterable[Revision]) -> None:
    """Write beside each new revision what it changes, in words. The first load of all tells nothing: all is new."""
    if before is None or after is None:
        return
    wanted = {revision.programme_id: revision for revision in revisions}
    found = told(before, after, wanted)
    for id_, changes in found.items():
        wanted[id_].changes = changes
    Revision.objects.bulk_update([wanted[id_] for id_ in found], ["changes"], batch_size=200)
