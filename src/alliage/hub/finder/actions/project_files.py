"""Project files: answers and wishes that a person keeps on the site, alone or with their organisation.

Nothing is kept by itself: each of these is asked. Two who edit at once lose nothing: whoever saves second is told.
"""

from __future__ import annotations

import secrets  # noqa: TID251 - an address is made from chance; the core never is
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from alliage.hub.finder.actions.sharing import LONGEST_TOKEN
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.models import ProjectFile
from alliage.hub.people import mail
from alliage.hub.people.access import NotYours, Who
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.links import address
from alliage.hub.people.models import MemberRole, Person
from alliage.hub.ui.asked import fingerprint
from alliage.hub.ui.day import local_day

LONGEST_NAME = 80
MOST_FILES = 100  # of one owner
NOTICE = timedelta(days=settings.NOTICE_DAYS)  # between the letter and the end of a file that nobody opens
MOST_LETTERS = 200  # of one night


class FileMoved(Exception):
    """Somebody saved the file since it was opened: nothing is written."""


class TooManyFiles(Exception):
    """The owner has as many files as one may."""


def kept_of(dossier: Dossier) -> Dossier:
    """What a file keeps of a dossier: answers and wishes; no filter, no link, no programme in view."""
    return Dossier(
        answers=dossier.answers,
        lines=dossier.lines,
        unknown=dossier.unknown,
        skipped=tuple(sorted(dossier.skipped)),  # in which order they were passed over is no difference
        words=dossier.words,
        wishes=dossier.wishes,
        pinned=dossier.pinned,
        banned=dossier.banned,
    )


def theirs(who: Who) -> QuerySet[ProjectFile]:
    """The files that somebody may read and edit."""
    places = [belonging.id for belonging in who.belongings]
    return ProjectFile.objects.filter(Q(person=who.person) | Q(organisation__in=places)).select_related("organisation")


def file_of(who: Who, id_: int) -> ProjectFile:
    """One of these files.

    Raises:
        NotYours: it is not theirs, or does not exist.
    """
    found = theirs(who).select_related("saved_by").filter(pk=id_).first() if who.person else None
    if found is None:
        raise NotYours
    return found


def files_of(organisations: Collection[int]) -> int:
    """How many files organisations have."""
    return ProjectFile.objects.filter(organisation__in=organisations).count()


def own_files_of(person: Person) -> int:
    """How many files are of a person alone."""
    return ProjectFile.objects.filter(person=person).count()


def may_delete(who: Who, file: ProjectFile) -> bool:
    """Whether it is their own, or that of an organisation which they manage."""
    if who.person is not None and file.person_id == who.person.pk:
        return True
    return any(b.id == file.organisation_id and b.role == MemberRole.MANAGER for b in who.belongings)


@transaction.atomic
def create(dossier: Dossier, *, name: str, organisation: str, who: Who, at: datetime) -> ProjectFile:
    """A new file of these answers: of an organisation (its slug) or, without one, of the person alone.

    Raises:
        NotYours: they do not belong to that organisation.
        TooManyFiles: it has ``MOST_FILES`` of them.
    """
    owner = {"organisation_id": who.belongs(organisation).id} if organisation else {"person": who.person}
    if ProjectFile.objects.filter(**owner).count() >= MOST_FILES:
        raise TooManyFiles
    made = ProjectFile.objects.create(
        name=name[:LONGEST_NAME],
        answers=kept_of(dossier).as_dict(),
        saved_by=who.person,
        created=at,
        changed=at,
        visited=at,
        **owner,
    )
    audit("file-created", by=who.person, at=at, on=f"project-file:{made.pk}")
    return made


@transaction.atomic
def save(dossier: Dossier, *, file: ProjectFile, revision: int, by: Person | None, at: datetime) -> int:
    """Write these answers in a file that was last seen at a revision; the new revision. The same ones change nothing.

    Raises:
        FileMoved: it is at another revision now.
    """
    answers = kept_of(dossier).as_dict()
    if file.revision == revision and kept_of(Dossier.from_dict(file.answers)) == kept_of(dossier):
        return revision
    written = ProjectFile.objects.filter(pk=file.pk, revision=revision).update(
        answers=answers, revision=revision + 1, saved_by=by, changed=at, visited=at, warned=None
    )
    if not written:
        raise FileMoved
    audit("file-saved", by=by, at=at, on=f"project-file:{file.pk}")
    return revision + 1


def visited(who: Who, id_: int, *, at: datetime) -> ProjectFile:
    """One of these files, that somebody looks at: it is kept for as long again.

    Raises:
        NotYours: as :func:`file_of`.
    """
    file = file_of(who, id_)
    if file.warned or at - file.visited >= timedelta(days=1):
        file.visited, file.warned = at, None
        ProjectFile.objects.filter(pk=file.pk).update(visited=at, warned=None)  # it may have just been deleted
    return file


@transaction.atomic
def rename(file: ProjectFile, *, name: str) -> None:
    """Another name."""
    ProjectFile.objects.filter(pk=file.pk).update(name=name[:LONGEST_NAME])


@transaction.atomic
def delete(file: ProjectFile, *, who: Who, at: datetime) -> None:
    """Delete a file, with all that hangs on it.

    Raises:
        NotYours: they may not.
    """
    if not may_delete(who, file):
        raise NotYours
    audit("file-deleted", by=who.person, at=at, on=f"project-file:{file.pk}")
    file.delete()


# --------------------------------------------------------------------------------------------------- its calendar


@transaction.atomic
def open_calendar(file: ProjectFile) -> str:
    """A new secret address for the calendar of a file: shown once, never stored. The former one opens nothing more."""
    token = secrets.token_urlsafe(24)
    ProjectFile.objects.filter(pk=file.pk).update(calendar=fingerprint(token))
    return token


def close_calendar(file: ProjectFile) -> None:
    """The address of its calendar opens nothing more."""
    ProjectFile.objects.filter(pk=file.pk).update(calendar=None)


def file_of_calendar(token: str) -> ProjectFile | None:
    """The file whose calendar an address opens; nothing if there is none."""
    return ProjectFile.objects.filter(calendar=fingerprint(token)).first() if 0 < len(token) <= LONGEST_TOKEN else None


# ------------------------------------------------------------------------------------------------ for a time


def forget_unvisited(*, now: datetime) -> int:
    """Tell those of files that nobody opens, then delete the files that still nobody opened 30 days later."""
    last = now - timedelta(days=settings.RETENTION["project_files"])
    unvisited = ProjectFile.objects.select_related("person", "organisation")
    for file in unvisited.filter(visited__lte=last + NOTICE, warned=None)[:MOST_LETTERS]:
        if _told(file, day=now + NOTICE):
            ProjectFile.objects.filter(pk=file.pk).update(warned=now)
    return (
        ProjectFile.objects.filter(visited__lte=last, warned__lte=now - NOTICE)
        .delete()[1]
        .get(
            ProjectFile._meta.label,  # noqa: SLF001 - what Django documents for the name of a table
            0,
        )
    )


def _told(file: ProjectFile, *, day: datetime) -> bool:
    """Whether those who may keep a file could be told; true too if nobody is left to tell."""
    try:
        for person in _keepers(file):
            mail.send(
                "file_unused",
                to=person.email,
                language=person.language,
                context={
                    "file": file,
                    "day": local_day(day),
                    "address": address("finder:project-file", file.pk, language=person.language),
                },
            )
    except mail.MailNotSent:  # they are told tomorrow, and it stays until then
        return False
    return True


def _keepers(file: ProjectFile) -> Sequence[Person]:
    """Its person, or the managers of its organisation."""
    if file.person:
        return [file.person]
    managed = Q(memberships__organisation=file.organisation_id, memberships__role=MemberRole.MANAGER)
    return list(Person.objects.filter(managed, is_active=True).distinct())
