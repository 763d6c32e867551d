"""Writing a programme by hand: each action is one transaction, and each change a new revision that says why.

Two who write at once lose nothing: who writes names the revision that they saw (``base``); what was written since is
merged with it, or a person is asked (:class:`Moved`).
"""

from __future__ import annotations

from django.db import transaction

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.vocabulary.errors import AlliageError, Problem, shown
from alliage.hub.programmes import documents, origins
from alliage.hub.programmes.actions.records import (
    RETIRED,
    TAKEN,
    Change,
    Closed,
    Document,
    Keep,
    Unchanged,
    Why,
    Written,
)
from alliage.hub.programmes.actions.settling import keep_redirects, settle
from alliage.hub.programmes.models import Programme, Redirect, Revision
from alliage.hub.programmes.origins import Outcome
from alliage.hub.programmes.queries.checking import accepted, loaded_catalogue
from alliage.hub.programmes.queries.telling import told_of_one


@transaction.atomic
def edit_programme(*, document: Document, why: Why, base: int | None = None, keep: Keep | None = None) -> Written:
    """Write a whole document by hand, as a new revision of its programme; a new id makes a new programme.

    A document that says what the current one says writes nothing: the current revision is what is answered. ``base`` is
    the number of the revision that the writer saw; without it, the document takes the place of whatever is there.
    ``keep`` says whose version to take (``ours`` is what stands now), by the place of a clash.

    Raises:
        AlliageError: every problem of the document, or ``pack-missing`` if no pack was ever loaded.
        Moved: somebody wrote at the same places since ``base``.
        Closed: the programme is retired (perhaps since it was read): only :func:`restore` puts it back.
        Unchanged: it answers what asked for it (``why.origin``), and says what the programme says already.
    """
    catalogue = loaded_catalogue()
    written = accepted(document, catalogue=catalogue)
    programme = held(str(written["id"]), new=True)
    if programme.retired is not None:
        raise Closed(RETIRED)
    before = programme.current_id
    done = _edited(programme, written, catalogue=catalogue, why=why, base=base, keep=keep)
    if why.origin and done.revision.pk == before:
        raise Unchanged  # who asked is not told that it is corrected
    origins.closed(why.origin, Outcome(done=True, words=why.reason, by=why.person, at=why.at))
    return done


@transaction.atomic
def add_programme(*, document: Document, why: Why) -> Revision:
    """Write a programme that the site does not have yet.

    Raises:
        AlliageError: every problem of the document, or ``pack-missing`` if no pack was ever loaded.
        Closed: ``taken``: there is a programme of this id already, or one that replaced it.
    """
    catalogue = loaded_catalogue()
    written = accepted(document, catalogue=catalogue)
    programme = held(str(written["id"]), new=True)
    if programme.current is not None or Redirect.objects.filter(old=programme.id).exists():
        raise Closed(TAKEN)
    return write(programme, written, why=why, catalogue=catalogue)


def _edited(
    programme: Programme,
    written: documents.Document,
    *,
    catalogue: Catalogue,
    why: Why,
    base: int | None = None,
    keep: Keep | None = None,
) -> Written:
    """A document that was checked, as a revision of its programme; merged with what was written since ``base``."""
    rebased = False
    if base is not None and programme.current is not None and base != programme.current.number:
        seen = Revision.objects.get(programme=programme, number=base)
        merged = Change(written, seen, keep).onto(programme.current)
        rebased = merged != written
        written = accepted(merged, catalogue=catalogue)
    return Written(_written(programme, written, why=why, catalogue=catalogue), rebased=rebased)


@transaction.atomic
def undo(*, programme_id: str, number: int, why: Why, keep: Keep | None = None) -> Written:
    """Take back what one revision changed, by a new revision; what was written after it stays.

    Raises:
        Moved: a later revision changed the same places.
        Closed: there is no such revision, or nothing before it; or the programme is retired: it is put back first.
        AlliageError: the former document is no longer right, with today's attributes and places.
    """
    catalogue = loaded_catalogue()
    programme = held(programme_id)
    if programme.retired is not None:
        raise Closed(RETIRED)
    undone = programme.revisions.filter(number=number).first()
    before = programme.revisions.filter(number__lt=number).order_by("-number").first()
    if programme.current is None or undone is None or before is None:
        raise Closed("unknown")
    former = Change(before.document, undone, keep).onto(programme.current)
    written = accepted(former, catalogue=catalogue)
    rebased = undone.pk != programme.current_id
    return Written(_written(programme, written, why=why, catalogue=catalogue), rebased=rebased)


@transaction.atomic
def retire(*, programme_id: str, why: Why, moved_to: str | None = None) -> Revision:
    """Take a programme off the site, with the reason; with ``moved_to``, its address leads to another programme.

    The other programme's document says it (``replaces``), so that an export holds it too.

    Raises:
        Closed: it is retired already.
        AlliageError: ``programme-reference``: the other one is not in the catalogue, or is this one.
    """
    hold(programme_id, moved_to)
    programme = held(programme_id)
    if programme.retired is not None or programme.current is None:
        raise Closed(RETIRED)
    programme.retired, programme.retired_by_hand, programme.retired_reason = why.at, True, why.reason
    revision = happened(programme, Revision.Event.RETIRED, why)
    if moved_to:
        redirect(old=programme_id, to=moved_to, why=why)
    settle(at=why.at)
    return revision


@transaction.atomic
def redirect(*, old: str, to: str, why: Why) -> Written:
    """Make the address of a retired programme lead to another one, which says so in its own document.

    Raises:
        AlliageError: ``programme-reference``: there is no such programme on the site; ``redirect-living``: the old
            one still lives.
    """
    target = Programme.objects.filter(id=to[:120], retired=None).exclude(id=old).select_related("current").first()
    if target is None or target.current is None:
        raise AlliageError([Problem("programme-reference", to[:120], shown(to))])
    if Programme.objects.filter(id=old, retired=None).exists():
        raise AlliageError([Problem("redirect-living", to, old)])
    former = [*target.current.document.get("replaces", ())]
    document = {**target.current.document, "replaces": [*former, *([] if old in former else [old])]}
    return edit_programme(document=document, why=why, base=target.current.number)


@transaction.atomic
def restore(*, programme_id: str, why: Why) -> Revision:
    """Put a retired programme back on the site, as it was; its address is its own again.

    Raises:
        Closed: it is not retired.
    """
    hold(programme_id, Redirect.objects.filter(old=programme_id).values_list("programme_id", flat=True).first())
    programme = held(programme_id)
    if programme.retired is None or programme.current is None:
        raise Closed("living")
    programme.retired, programme.retired_by_hand, programme.retired_reason = None, False, ""
    revision = happened(programme, Revision.Event.RESTORED, why)
    _forget_redirect(programme.id, why=why)
    settle(at=why.at)
    return revision


def _forget_redirect(id_: str, *, why: Why) -> None:
    """No document may say any more that it replaces a programme that lives."""
    told = Redirect.objects.filter(old=id_).select_related("programme__current").first()
    if told is None:
        return
    told.delete()
    target = told.programme
    if target.current is not None and id_ in target.current.document.get("replaces", ()):
        others = [old for old in target.current.document["replaces"] if old != id_]
        rest = {key: value for key, value in target.current.document.items() if key != "replaces"}
        catalogue = loaded_catalogue()
        document = accepted({**rest, **({"replaces": others} if others else {})}, catalogue=catalogue)
        # It may be retired itself, and stays so.
        _edited(held(target.id), document, catalogue=catalogue, why=why, base=target.current.number)


def hold(*ids: str | None) -> None:
    """Hold the rows of several programmes, by id, as a load does: of two who need the same, none waits for ever."""
    wanted = [id_[:120] for id_ in ids if id_]
    list(Programme.objects.select_for_update().filter(id__in=wanted).order_by("id").values_list("id"))


def held(id_: str, *, new: bool = False) -> Programme:
    """A programme, its row held: of two who write at once, the second waits, and each revision has its own number.

    Raises:
        Closed: there is none, and none is to be made.
    """
    rows = Programme.objects.select_related("current").select_for_update(of=("self",))
    if new:
        return rows.get_or_create(id=id_, defaults={"current": None})[0]
    found = rows.filter(id=id_[:120]).first()
    if found is None:
        raise Closed("unknown")
    return found


def _written(programme: Programme, document: documents.Document, *, why: Why, catalogue: Catalogue) -> Revision:
    """The current revision if it says the same; else a new one."""
    current = programme.current
    if current is not None and documents.digest(document) == current.digest:
        return current
    return write(programme, document, why=why, catalogue=catalogue)


def write(
    programme: Programme,
    document: documents.Document,
    *,
    why: Why,
    catalogue: Catalogue,
    source: Revision.Source = Revision.Source.HAND,
) -> Revision:
    """Make a checked document the current one of a programme that is held, and tell every process.

    One that is retired stays so.
    """
    before = programme.current
    programme.current = Revision.objects.create(
        programme=programme,
        number=before.number + 1 if before else 1,
        document=document,
        digest=documents.digest(document),
        source=source,
        author=why.by,
        person_id=why.person,
        reason=why.reason,
        page=why.page,
        read=why.read,
        changes=told_of_one(catalogue, before.document if before else None, document),
        created=why.at,
    )
    programme.save()
    keep_redirects({programme.id: document})
    settle(at=why.at)
    return programme.current


def happened(programme: Programme, event: Revision.Event, why: Why) -> Revision:
    """What happened to a programme whose document stays, as a line of its history."""
    before = programme.current
    assert before is not None
    programme.current = Revision.objects.create(
        programme=programme,
        number=before.number + 1,
        document=before.document,
        digest=before.digest,
        source=Revision.Source.HAND,
        event=event,
        author=why.by,
        person_id=why.person,
        reason=why.reason,
        page=why.page,
        read=why.read,
        created=why.at,
    )
    programme.save()
    return programme.current
