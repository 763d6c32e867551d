"""Proposals: somebody asks for a change, the team discusses, corrects, accepts (now or for a day) or refuses it.

A proposal for a day becomes a revision on that day, by the task of each hour (:func:`publish_due`), not before: what
the site shows is what is decided and true now, and a page asked for a coming day (``?on=``) never shows what may still
be taken back. If by then the programme is retired, or has changed at the same places, the proposal opens again.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.merging import merge
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.programmes import origins
from alliage.hub.programmes.actions.editing import add_programme, held, write
from alliage.hub.programmes.actions.records import (
    RETIRED,
    TAKEN,
    Change,
    Closed,
    Document,
    Keep,
    Moved,
    Rewritten,
    Unchanged,
    Why,
)
from alliage.hub.programmes.documents import digest
from alliage.hub.programmes.models import Programme, Proposal, ProposalComment, Revision
from alliage.hub.programmes.origins import Outcome
from alliage.hub.programmes.queries.checking import accepted, loaded_catalogue
from alliage.hub.programmes.queries.likenesses import free_id, is_taken
from alliage.hub.programmes.queries.telling import told_of_one

WAITING = (Proposal.State.OPEN, Proposal.State.SCHEDULED)


@transaction.atomic
def propose(*, document: Document, base: int, why: Why) -> Proposal:
    """Ask for a document in place of the revision ``base`` of its programme; the site does not change.

    Raises:
        AlliageError: every problem of the document.
        Unchanged: it says what that revision says.
        Closed: there is no such programme or revision, or the programme is retired (perhaps since it was read).
    """
    catalogue = loaded_catalogue()
    written = accepted(document, catalogue=catalogue)
    seen = Revision.objects.filter(programme=str(written["id"]), number=base).first()
    if seen is None:
        raise Closed("unknown")
    if held(seen.programme_id).retired is not None:
        raise Closed(RETIRED)
    if written == seen.document:
        raise Unchanged
    return _asked(written, seen=seen, catalogue=catalogue, why=why)


@transaction.atomic
def propose_new(*, document: Document, why: Why) -> Proposal:
    """Ask for a programme that the site does not have yet; the site does not change.

    Raises:
        AlliageError: every problem of the document.
        Closed: ``taken``: a programme has this id already, had it, or is proposed under it.
    """
    catalogue = loaded_catalogue()
    written = accepted(document, catalogue=catalogue)
    if is_taken(str(written["id"])):
        raise Closed(TAKEN)
    return _asked(written, seen=None, catalogue=catalogue, why=why)


def _asked(written: Document, *, seen: Revision | None, catalogue: Catalogue, why: Why) -> Proposal:
    assert why.read is not None, "a proposal says when its page was read"
    row = Proposal.objects.create(
        programme_id=seen.programme_id if seen else None,
        base=seen,
        document=written,
        changes=told_of_one(catalogue, seen.document if seen else None, written),
        author=why.by,
        person_id=why.person,
        reason=why.reason,
        page=why.page,
        read=why.read,
        origin=why.origin,
        by_provider=why.by_provider,
        created=why.at,
    )
    origins.taken(why.origin, by=why.person, proposal=row.pk)
    return row


@transaction.atomic
def correct_proposal(
    *, proposal: int, document: Document, base: int, why: Why, version: str | None = None, keep: Keep | None = None
) -> Proposal:
    """Put a corrected document in place of the one proposed; the former one stays beside a comment.

    ``version`` is the fingerprint of the proposal that was seen: what somebody else corrected since is joined.

    One that was accepted for a day waits for the team again: it is another text than the one accepted. A new programme
    whose id was taken meanwhile gets a free one.

    Raises:
        Closed: it is already decided.
        Moved: somebody else corrected the same places since; ``keep`` says whose version to take.
        Unchanged: it says what the programme says.
        AlliageError: every problem of the document.
    """
    row = _waiting(proposal)
    catalogue = loaded_catalogue()
    joined = document if version is None else _joined(row, document, version=version, keep=keep or {})
    written = accepted({**joined, "id": _own_id(row)}, catalogue=catalogue)
    seen = Revision.objects.filter(programme=row.programme_id, number=base).first() if row.programme_id else None
    if row.programme_id and seen is None:
        raise Closed("unknown")
    if seen is not None and written == seen.document:
        raise Unchanged
    _say(row, why, replaced=row.document)
    row.document, row.base = written, seen
    row.state, row.publish_on = Proposal.State.OPEN, None
    row.changes = told_of_one(catalogue, seen.document if seen else None, written)
    row.save()
    return row


def _joined(row: Proposal, document: Document, *, version: str, keep: Keep) -> Document:
    """What was written from a version of a proposal, with what others corrected since."""
    seen = _version(row, version)
    if seen == row.document:
        return document
    same = {"id": row.document["id"]}
    merged = merge(base={**seen, **same}, ours=row.document, theirs={**document, **same}, keep=keep)
    if any(clash.place not in keep for clash in merged.clashes):
        raise Moved(document=merged.document, clashes=merged.clashes)
    return merged.document


def _version(row: Proposal, fingerprint: str) -> Document:
    """What a proposal said, by its fingerprint; the first that it said, if that is none of them."""
    former = [comment.replaced for comment in row.comments.exclude(replaced=None)]
    said: list[Document] = [row.document, *reversed(former)]
    return next((document for document in said if digest(document) == fingerprint), said[-1])


def _own_id(row: Proposal) -> str:
    """The id of what is proposed; of a new programme, a free one if its own was taken meanwhile."""
    own = str(row.document["id"])
    return own if row.programme_id or not is_taken(own, besides=row.pk) else free_id(own)


@transaction.atomic
def accept_proposal(
    *, proposal: int, why: Why, keep: Keep | None = None, publish_on: date | None = None, version: str | None = None
) -> Proposal:
    """Make a proposal the programme's new revision, now, or on a coming day. Its author is the revision's author.

    ``version`` is the fingerprint of the proposal that was seen.

    Raises:
        Closed: it is already decided, or the programme is retired; of a new one, ``taken``: its id is in use by now.
        Rewritten: it was corrected since it was seen.
        Moved: the programme changed at the same places since; ``keep`` says whose version to take.
        AlliageError: together with what was written since, it is wrong.
    """
    row = _waiting(proposal)
    if version is not None and version != digest(row.document):
        raise Rewritten
    if publish_on is not None and publish_on > localdate(why.at):
        if row.programme is not None and row.programme.retired is not None:
            raise Closed(RETIRED)
        return _decided(row, Proposal.State.SCHEDULED, why, publish_on=publish_on)
    return _publish(row, why, keep=keep)


@transaction.atomic
def refuse_proposal(*, proposal: int, why: Why) -> Proposal:
    """Say no, and why.

    Raises:
        Closed: it is already decided.
    """
    return _decided(_waiting(proposal), Proposal.State.REFUSED, why)


@transaction.atomic
def withdraw_proposal(*, proposal: int, why: Why) -> Proposal:
    """Take back what one proposed.

    Raises:
        Closed: it is already decided.
    """
    return _decided(_waiting(proposal), Proposal.State.WITHDRAWN, why)


@transaction.atomic
def comment_proposal(*, proposal: int, why: Why) -> ProposalComment:
    """Say something about a proposal, decided or not.

    Raises:
        Closed: there is no such proposal.
    """
    row = Proposal.objects.filter(id=proposal).first()
    if row is None:
        raise Closed("unknown")
    return _say(row, why)


@dataclass(frozen=True, slots=True)
class PublishedDue:
    """What one run of the task did, by the number of the proposal."""

    written: tuple[int, ...]
    opened_again: tuple[int, ...]


def publish_due(*, on: date, at: datetime) -> PublishedDue:
    """Publish the proposals whose day has come; one that no longer can be opens again, and says why. Safe to repeat."""
    written: list[int] = []
    opened_again: list[int] = []
    for proposal in _due(on).order_by("publish_on", "id").values_list("id", flat=True):
        with suppress(Closed):  # decided, corrected or put off meanwhile: it is not due any more
            (written if _publish_or_open(proposal, on=on, at=at) else opened_again).append(proposal)
    return PublishedDue(tuple(written), tuple(opened_again))


def _due(on: date) -> QuerySet[Proposal]:
    return Proposal.objects.filter(state=Proposal.State.SCHEDULED, publish_on__lte=on)


def _publish_or_open(proposal: int, *, on: date, at: datetime) -> bool:
    """Whether a scheduled proposal was published; if it cannot be, it opens again.

    Raises:
        Closed: it is not due any more.
    """
    try:
        with transaction.atomic():
            row = _still_due(proposal, on=on)
            _publish(row, Why(by=row.decided_by, person=row.decided_person_id, at=at, reason=row.answer))
            return True
    except Moved as moved:
        said = [clash.place for clash in moved.clashes]
    except AlliageError as refused:
        said = [f"{problem.code} ({problem.where})" for problem in refused.problems]
    except Closed as closed:
        if closed.state not in (RETIRED, TAKEN):
            raise
        said = [f"programme-{closed.state}"]
    _open_again(proposal, on=on, why=Why(by="publish_due", at=at, reason=", ".join(said)))
    return False


def _still_due(proposal: int, *, on: date) -> Proposal:
    """A proposal, held, whose day has come: it may have been decided, corrected or put off since it was read."""
    row = _waiting(proposal)
    if row.state != Proposal.State.SCHEDULED or row.publish_on is None or row.publish_on > on:
        raise Closed(row.state)
    return row


@transaction.atomic
def _open_again(proposal: int, *, on: date, why: Why) -> None:
    row = _still_due(proposal, on=on)
    row.state, row.publish_on = Proposal.State.OPEN, None
    row.save(update_fields=["state", "publish_on"])
    _say(row, why)


def _publish(row: Proposal, why: Why, *, keep: Keep | None = None) -> Proposal:
    """The proposal as a revision of its programme, merged with what was written since."""
    own = replace(why, by=row.author, person=row.person_id, reason=row.reason, page=row.page, read=row.read)
    if row.programme_id is None or row.base is None:
        row.revision = add_programme(document=row.document, why=own)
        row.programme_id = row.revision.programme_id
    else:
        row.revision = _merged(row.programme_id, Change(row.document, row.base, keep), why=own)
    return _decided(row, Proposal.State.ACCEPTED, why, publish_on=row.publish_on)


def _merged(programme_id: str, change: Change, *, why: Why) -> Revision:
    catalogue = loaded_catalogue()
    programme: Programme = held(programme_id)
    if programme.retired is not None or programme.current is None:
        raise Closed(RETIRED)
    written = accepted(change.onto(programme.current), catalogue=catalogue)
    return write(programme, written, why=why, catalogue=catalogue)


def _decided(row: Proposal, state: Proposal.State, why: Why, *, publish_on: date | None = None) -> Proposal:
    row.state, row.publish_on = state, publish_on
    row.decided, row.decided_by, row.decided_person_id = why.at, why.by, why.person
    row.answer = why.reason
    row.save()
    _tell_origin(row, why)
    return row


def _tell_origin(row: Proposal, why: Why) -> None:
    """What asked for the change is answered once it is published, or refused; it waits again if it is taken back."""
    if row.state == Proposal.State.WITHDRAWN:
        origins.left(row.origin)
    elif row.state in (Proposal.State.ACCEPTED, Proposal.State.REFUSED):
        done = row.state == Proposal.State.ACCEPTED
        words = why.reason or (row.reason if done else "")
        origins.closed(row.origin, Outcome(done=done, words=words, by=why.person, at=why.at))


def _waiting(proposal: int) -> Proposal:
    row = (
        Proposal.objects.select_for_update(of=("self",)).select_related("base", "programme").filter(id=proposal).first()
    )
    if row is None:
        raise Closed("unknown")
    if row.state not in WAITING:
        raise Closed(row.state)
    return row


def _say(row: Proposal, why: Why, *, replaced: Document | None = None) -> ProposalComment:
    return ProposalComment.objects.create(
        proposal=row, author=why.by, person_id=why.person, text=why.reason, replaced=replaced, created=why.at
    )
