"""What changes the catalogue: loading a pack, and editing a programme by hand. Each is one transaction.

Nothing is lost: a change is a new revision, a programme that a pack no longer has is retired, an edit made by hand
outlives every load, and a document that is refused leaves what was good before on the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

import alliage
from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.document import ProgrammeDocument
from alliage.core.catalogue.shapes import checked
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.programmes import documents
from alliage.hub.programmes.documents import Document, PackRead
from alliage.hub.programmes.freshness import overlay
from alliage.hub.programmes.models import (
    CatalogueState,
    Conflict,
    PackLoad,
    PackParts,
    Programme,
    Quarantine,
    Redirect,
    Revision,
)
from alliage.hub.programmes.queries.stored import end_page, stored_catalogue


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, by programme id. ``kept`` are edits made by hand that the pack would have replaced."""

    pack: str
    pack_revision: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[str, ...]
    retired: tuple[str, ...]
    restored: tuple[str, ...]
    quarantined: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many programmes of each."""
        named = (field.name for field in fields(self) if not field.name.startswith("pack"))
        return {name: len(getattr(self, name)) for name in named}

    @property
    def touched(self) -> bool:
        """Whether the load changed anything."""
        return any(count for name, count in self.counts.items() if name not in ("unchanged", "quarantined"))


@transaction.atomic
def load_pack(*, pack: str | Path = alliage.DEFAULT_PACK, by: str, at: datetime) -> Loaded:
    """Bring the catalogue to what a pack says. Loading the same pack again changes nothing.

    New and changed documents become revisions. A programme whose last revision was made by hand is left as it is, and
    the conflict is recorded. A programme that is no longer in the pack is retired. A broken document is put in
    quarantine with its problems; its last good revision stays.

    Raises:
        AlliageError: the pack itself is wrong (its attributes, places, providers…); nothing is changed.
    """
    before = stored_catalogue()
    known = {programme.id: programme for programme in Programme.objects.select_related("current")}
    pack_read = documents.read(pack, known=known)
    loading = _Loading(pack_read, known=known, by=by, at=at)
    loading.run()
    _keep_redirects(pack_read.documents)
    _quarantine(pack_read, at=at)
    parts = _keep_parts(pack_read.parts)
    settle(parts=parts, pack_revision=pack_read.revision, at=at)
    _tell_changes(before, loading.revisions)
    loaded = loading.loaded()
    last = PackLoad.objects.order_by("-created", "-id").first()
    if loaded.touched or last is None or last.pack_revision != pack_read.revision:
        PackLoad.objects.create(
            pack=pack_read.id, pack_revision=pack_read.revision, author=by, created=at, counts=loaded.counts
        )
    return loaded


class _Loading:
    """Decides for each programme of a pack and of the database, then writes the lot."""

    def __init__(self, pack_read: PackRead, *, known: Mapping[str, Programme], by: str, at: datetime) -> None:
        self._pack, self._known, self._by, self._at = pack_read, known, by, at
        self.revisions: list[Revision] = []
        self._done: dict[str, list[str]] = {field.name: [] for field in fields(Loaded)[2:]}

    def loaded(self) -> Loaded:
        done = {name: tuple(ids) for name, ids in self._done.items()}
        return Loaded(pack=self._pack.id, pack_revision=self._pack.revision, **done)

    def run(self) -> None:
        refused = {document.id for document in self._pack.refused}
        self._done["quarantined"] = sorted(refused)
        self._add([id_ for id_ in self._pack.documents if id_ not in self._known])
        for id_, document in self._pack.documents.items():
            if id_ in self._known:
                self._meet(self._known[id_], document)
        for id_, programme in self._known.items():
            if id_ not in self._pack.documents and id_ not in refused and programme.pack_digest:
                self._missing(programme)

    def _add(self, ids: Iterable[str]) -> None:
        """New programmes, all at once: a first load has hundreds."""
        new = {
            id_: Programme(id=id_, pack_digest=documents.digest(self._pack.documents[id_]), current=None) for id_ in ids
        }
        Programme.objects.bulk_create(new.values())
        first = [
            self._revision(programme, self._pack.documents[id_], number=1, digest=programme.pack_digest)
            for id_, programme in new.items()
        ]
        for revision in Revision.objects.bulk_create(first):
            new[revision.programme_id].current = revision
        Programme.objects.bulk_update(new.values(), ["current"], batch_size=200)
        self.revisions += first
        self._done["added"] += new

    def _meet(self, programme: Programme, document: Document) -> None:
        """A programme that the pack has, and that we have."""
        digest, current = documents.digest(document), programme.current
        assert current is not None
        if programme.retired:
            programme.retired = None
            self._done["restored"].append(programme.id)
        elif digest in (programme.pack_digest, current.digest):
            self._done["unchanged"].append(programme.id)
        elif current.source == Revision.Source.HAND:
            self._conflict(programme, Conflict.Kind.CHANGED, document=document, digest=digest)
        else:
            self._done["changed"].append(programme.id)
        by_hand = current.source == Revision.Source.HAND
        if digest not in (programme.pack_digest, current.digest) and not by_hand:
            programme.current = self._revision(programme, document, number=current.number + 1, digest=digest)
            programme.current.save()
            self.revisions.append(programme.current)
        programme.pack_digest = digest
        programme.save()

    def _missing(self, programme: Programme) -> None:
        """A programme that the pack had, and has no more."""
        current = programme.current
        assert current is not None
        if programme.retired:
            return
        if current.source == Revision.Source.HAND:
            self._conflict(programme, Conflict.Kind.REMOVED)
            programme.pack_digest = ""
        else:
            programme.retired = self._at
            self._done["retired"].append(programme.id)
        programme.save()

    def _conflict(
        self, programme: Programme, kind: Conflict.Kind, *, document: Document | None = None, digest: str = ""
    ) -> None:
        assert programme.current is not None
        self._done["kept"].append(programme.id)
        Conflict.objects.create(
            programme=programme,
            kind=kind,
            kept=programme.current,
            document=document,
            digest=digest,
            pack_revision=self._pack.revision,
            created=self._at,
        )

    def _revision(self, programme: Programme, document: Document, *, number: int, digest: str) -> Revision:
        return Revision(
            programme=programme,
            number=number,
            document=document,
            digest=digest,
            source=Revision.Source.PACK,
            pack_revision=self._pack.revision,
            author=self._by,
            created=self._at,
        )


@transaction.atomic
def edit_programme(*, document: Mapping[str, Any], by: str, reason: str, at: datetime) -> Revision:
    """Write a whole document by hand, as a new revision of its programme; a new id makes a new programme.

    Raises:
        AlliageError: every problem of the document, or ``pack-missing`` if no pack was ever loaded.
    """
    before = stored_catalogue()
    if before is None:
        raise AlliageError([alliage.Problem("pack-missing", "database")])
    where = str(document.get("id", ""))
    written: Document = checked(document, model=ProgrammeDocument, where=where)
    found = documents.problems(written, raw=before.raw, vocabulary=before.vocabulary)
    if found:
        raise AlliageError(found)
    # Of two who write at once, the second waits: each revision has a number of its own.
    held = Programme.objects.select_related("current").select_for_update(of=("self",))
    programme, _ = held.get_or_create(id=written["id"], defaults={"current": None})
    number = programme.current.number + 1 if programme.current else 1
    programme.current = Revision.objects.create(
        programme=programme,
        number=number,
        document=written,
        digest=documents.digest(written),
        source=Revision.Source.HAND,
        author=by,
        reason=reason,
        created=at,
    )
    programme.retired = None
    programme.save()
    _keep_redirects({programme.id: written})
    state = CatalogueState.objects.select_related("parts").get()
    settle(parts=state.parts, pack_revision=state.pack_revision, at=at)
    _tell_changes(before, [programme.current])
    return programme.current


# ---------------------------------------------------------------------------------------------- what both do


def _keep_redirects(written: Mapping[str, Document]) -> None:
    """Former ids lead to their programme for ever, even once no document says so any more."""
    told = {old: id_ for id_, document in written.items() for old in document.get("replaces", ())}
    kept = Redirect.objects.in_bulk(list(told))
    for old, id_ in told.items():
        if old not in kept or kept[old].programme_id != id_:
            Redirect.objects.update_or_create(old=old, defaults={"programme_id": id_})


def _quarantine(pack_read: PackRead, *, at: datetime) -> None:
    """Open a quarantine for each refused document, and lift those of documents that are good again or gone."""
    opened = {row.document_id: row for row in Quarantine.objects.filter(lifted=None)}
    refused = {document.id: document for document in pack_read.refused}
    for id_, row in opened.items():
        now = refused.get(id_)
        if now is None or [problem.as_dict() for problem in now.problems] != row.problems:
            row.lifted = at
            row.save(update_fields=["lifted"])
        else:
            del refused[id_]
    Quarantine.objects.bulk_create(
        Quarantine(
            document_id=document.id,
            document=document.document,
            problems=[problem.as_dict() for problem in document.problems],
            pack_revision=pack_read.revision,
            created=at,
        )
        for document in refused.values()
    )


def _keep_parts(parts: Mapping[str, Any]) -> PackParts:
    found, _ = PackParts.objects.get_or_create(digest=documents.digest(parts), defaults={"content": parts})
    return found


def settle(*, parts: PackParts, pack_revision: str, at: datetime) -> None:
    """Name the exact content that the site now shows; every process sees it at its next page."""
    living = list(
        Programme.objects.filter(retired=None).order_by("id").values_list("id", "current__digest", "pack_digest")
    )
    redirects = list(Redirect.objects.order_by("old").values_list("old", "programme_id"))
    stamp = documents.digest([parts.digest, pack_revision, [row[:2] for row in living], redirects, *overlay.marks()])
    edited = any(digest != in_pack for _, digest, in_pack in living)
    values = {"parts": parts, "pack_revision": pack_revision, "stamp": stamp, "edited": edited}
    state = CatalogueState.objects.filter(id=CatalogueState.ONLY).first()
    if state is None or state.stamp != stamp:
        CatalogueState.objects.update_or_create(id=CatalogueState.ONLY, defaults={**values, "changed": at})
        end_page()


def _tell_changes(before: Catalogue | None, revisions: Iterable[Revision]) -> None:
    """Write beside each new revision what it changes, in words. The first load of all tells nothing: all is new."""
    after = stored_catalogue()
    told: dict[str, list[dict[str, Any]]] = {}
    if before is None or after is None:
        return
    wanted = {revision.programme_id: revision for revision in revisions}
    for change in alliage.diff(before, after) if wanted else ():
        if change.subject == "programme" and change.id in wanted:
            told.setdefault(change.id, []).append({"kind": change.kind, "path": change.path, "text": dict(change.text)})
    for id_, changes in told.items():
        wanted[id_].changes = changes
    Revision.objects.bulk_update([wanted[id_] for id_ in told], ["changes"], batch_size=200)
