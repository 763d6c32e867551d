"""Loading a pack: one transaction.

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
from alliage.core.catalogue.merging import Merged, merge
from alliage.core.vocabulary.errors import Problem
from alliage.core.vocabulary.vocabulary import build_vocabulary
from alliage.hub.programmes import documents
from alliage.hub.programmes.actions.records import as_data
from alliage.hub.programmes.actions.settling import keep_redirects, settle, tell_changes
from alliage.hub.programmes.documents import Document, PackRead
from alliage.hub.programmes.models import Conflict, PackLoad, PackParts, Programme, Quarantine, Revision
from alliage.hub.programmes.queries.stored import stored_catalogue


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did, by programme id.

    ``merged`` are edits made by hand that got what the pack changed elsewhere; ``kept`` those that the pack
    contradicts: the team is asked.
    """

    pack: str
    pack_revision: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    merged: tuple[str, ...]
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

    New and changed documents become revisions. What the pack changed in a programme that was edited by hand is merged
    with the edit (base: the document that the pack gave before); where both changed the same place, the edit stays and
    a conflict is recorded. A programme that is no longer in the pack is retired; one that the team retired stays so. A
    broken document is put in quarantine with its problems; its last good revision stays.

    Raises:
        AlliageError: the pack itself is wrong (its attributes, places, providers…); nothing is changed.
    """
    before = stored_catalogue()
    # held until the end: an edit made meanwhile waits, and is not written over
    rows = Programme.objects.select_related("current").select_for_update(of=("self",)).order_by("id")
    known = {programme.id: programme for programme in rows}
    pack_read = documents.read(pack, known=known)
    loading = _Loading(pack_read, known=known, by=by, at=at)
    loading.run()
    keep_redirects(pack_read.documents)
    _quarantine(pack_read, at=at)
    parts = _keep_parts(pack_read.parts)
    settle(parts=parts, pack_revision=pack_read.revision, at=at)
    tell_changes(before, stored_catalogue() if loading.revisions else None, loading.revisions)
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
        self._vocabulary = build_vocabulary({**pack_read.parts, "programmes": pack_read.documents})
        self._asked = set(Conflict.objects.filter(settled=None).values_list("programme_id", flat=True))
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
        new = {}
        for id_ in ids:
            given = self._pack.documents[id_]
            new[id_] = Programme(id=id_, pack_digest=documents.digest(given), pack_document=given, current=None)
        Programme.objects.bulk_create(new.values())
        first = [
            self._revision(
                programme,
                self._pack.documents[id_],
                number=1,
                digest=programme.pack_digest,
                source=Revision.Source.PACK,
            )
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
        back = programme.retired is not None and not programme.retired_by_hand
        if back:
            programme.retired = None
        if digest in (programme.pack_digest, current.digest):
            self._note(programme, document, self._done["restored" if back else "unchanged"])
        elif programme.retired:  # by the team: what the pack now says is only remembered
            self._note(programme, document, self._done["kept"])
        elif programme.edited:
            self._merge(programme, document)
        else:
            self._done["restored" if back else "changed"].append(programme.id)
            self._replace(programme, document, source=Revision.Source.PACK)
            programme.pack_document = document
        programme.pack_digest = digest
        programme.save()

    def _note(self, programme: Programme, document: Document, done: list[str]) -> None:
        """Nothing to write; what the pack says is remembered, unless a conflict still waits for its former base."""
        assert programme.current is not None
        done.append(programme.id)
        caught_up = documents.digest(document) == programme.current.digest
        if caught_up and programme.id in self._asked:
            self._close(programme)
        if caught_up or programme.id not in self._asked:
            programme.pack_document = document

    def _merge(self, programme: Programme, document: Document) -> None:
        """An edit made by hand meets what the pack changed: both, or a conflict and the edit as it is."""
        assert programme.current is not None
        ours = programme.current.document
        merged = merge(base=programme.pack_document or {}, ours=ours, theirs=document)
        problems = [] if merged.clashes else self._problems(merged)
        if merged.clashes or problems:
            self._conflict(programme, Conflict.Kind.CHANGED, document=document, merged=merged, problems=problems)
            return
        self._done["merged"].append(programme.id)
        self._close(programme)
        programme.pack_document = document
        if documents.digest(merged.document) != programme.current.digest:
            self._replace(programme, dict(merged.document), source=Revision.Source.MERGE)

    def _problems(self, merged: Merged) -> list[Problem]:
        """What is wrong with two good documents put together."""
        named = {**dict.fromkeys(self._known), **self._pack.documents}
        raw = {**self._pack.parts, "programmes": named}
        return documents.problems(dict(merged.document), raw=raw, vocabulary=self._vocabulary)

    def _replace(self, programme: Programme, document: Document, *, source: Revision.Source) -> None:
        assert programme.current is not None
        number, digest = programme.current.number + 1, documents.digest(document)
        programme.current = self._revision(programme, document, number=number, digest=digest, source=source)
        programme.current.save()
        self.revisions.append(programme.current)

    def _missing(self, programme: Programme) -> None:
        """A programme that the pack had, and has no more."""
        current = programme.current
        assert current is not None
        if programme.retired:
            return
        if programme.edited:
            self._conflict(programme, Conflict.Kind.REMOVED)
            programme.pack_digest = ""
        else:
            programme.retired = self._at
            self._done["retired"].append(programme.id)
        programme.save()

    def _conflict(
        self,
        programme: Programme,
        kind: Conflict.Kind,
        *,
        document: Document | None = None,
        merged: Merged | None = None,
        problems: Iterable[Problem] = (),
    ) -> None:
        assert programme.current is not None
        self._done["kept"].append(programme.id)
        self._close(programme)
        Conflict.objects.create(
            programme=programme,
            kind=kind,
            kept=programme.current,
            document=document,
            digest=documents.digest(document) if document else "",
            clashes=[as_data(clash) for clash in merged.clashes] if merged else [],
            problems=[problem.as_dict() for problem in problems],
            pack_revision=self._pack.revision,
            created=self._at,
        )

    def _close(self, programme: Programme) -> None:
        """A conflict with an older pack is over: this one takes its place, or settles it."""
        Conflict.objects.filter(programme=programme, settled=None).update(settled=self._at, settled_by=self._by)

    def _revision(
        self, programme: Programme, document: Document, *, number: int, digest: str, source: Revision.Source
    ) -> Revision:
        return Revision(
            programme=programme,
            number=number,
            document=document,
            digest=digest,
            source=source,
            pack_revision=self._pack.revision,
            author=self._by,
            created=self._at,
        )


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
