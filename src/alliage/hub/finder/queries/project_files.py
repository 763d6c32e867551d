"""Project files as pages show them: whose they are, what is in them, and where two versions differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from alliage.hub.finder.actions.project_files import file_of, kept_of, theirs
from alliage.hub.finder.dossier import Dossier, total_of
from alliage.hub.finder.models import ProjectFile
from alliage.hub.finder.queries.engine import Engine
from alliage.hub.finder.queries.voice import Voice
from alliage.hub.people.access import NotYours, Who
from alliage.hub.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Shown:
    """A file in a list, and at the top of the pages where it is open."""

    id: int
    name: str
    owner: str  # the organisation; nothing if it is one's own
    changed: datetime
    by: str  # who saved it last, if they are still known
    unsaved: bool = False  # the browser holds answers that the file does not


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a new file may be."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What two versions of the answers say of one thing; nothing where one says nothing."""

    label: str
    mine: str
    theirs: str


def files_of(who: Who, *, voice: Voice) -> list[Shown]:
    """The files that somebody may open, the latest first."""
    return [shown(file, voice=voice) for file in theirs(who).select_related("saved_by")]


def shown(file: ProjectFile, *, voice: Voice, unsaved: bool = False) -> Shown:
    """A file as pages show it."""
    owner = voice.text(file.organisation.name) if file.organisation else ""
    by = file.saved_by.name if file.saved_by else ""
    return Shown(file.pk, file.name, owner, file.changed, by, unsaved)


def open_file(dossier: Dossier, who: Who, *, voice: Voice) -> Shown | None:
    """The file that is open in this browser, if whoever asks may read it."""
    if len(dossier.file) != 2 or who.person is None:
        return None
    try:
        file = file_of(who, dossier.file[0])
    except NotYours:  # deleted since, or they no longer belong there
        return None
    return shown(file, voice=voice, unsaved=differ(dossier, file))


def differ(dossier: Dossier, file: ProjectFile) -> bool:
    """Whether the browser holds other answers than a file."""
    return kept_of(dossier) != kept_of(Dossier.from_dict(file.answers))


def owners(who: Who, *, voice: Voice) -> list[Owner]:
    """The organisations whose a new file may be."""
    rows = Organisation.objects.filter(pk__in=[belonging.id for belonging in who.belongings])
    return [Owner(row.slug, voice.text(row.name)) for row in rows]


def differences(mine: Dossier, others: Dossier, *, engine: Engine, voice: Voice) -> list[Difference]:
    """Where two versions of the answers differ, in the order of the questions."""
    a, b = dict(_said(mine, engine, voice)), dict(_said(others, engine, voice))
    return [
        Difference(label, a.get(label, ""), b.get(label, "")) for label in {**a, **b} if a.get(label) != b.get(label)
    ]


def _said(dossier: Dossier, engine: Engine, voice: Voice) -> Iterator[tuple[str, str]]:
    """Everything that a file keeps, in words."""
    profile = dossier.profile(engine.vocabulary)
    for name in voice.attributes:
        if name in profile.answers:
            yield voice.label(name), voice.answer(name, profile.answers[name])
        elif name in profile.unknown:
            yield voice.label(name), _("Je ne sais pas")
    passed = [voice.label(name) for name in voice.attributes if name in dossier.skipped]
    if passed:
        yield _("Questions passées"), voice.listing(passed)
    if dossier.words:
        yield _("Votre projet"), dossier.words
    if dossier.lines:
        yield voice.label(engine.vocabulary.roles.lines), _lines(dossier, voice)
    wished = ", ".join(str(wish) for wish in dossier.wishes)
    if wished:
        yield _("Préférences du plan"), wished
    names = {id_: voice.text(programme.name) for id_, programme in engine.catalogue.programmes.items()}
    for label, ids in ((_("Gardés dans le plan"), dossier.pinned), (_("Écartés du plan"), dossier.banned)):
        if ids:
            yield label, voice.listing(names.get(id_, id_) for id_ in ids)


def _lines(dossier: Dossier, voice: Voice) -> str:
    """Each line of the budget: two budgets of the same total are not the same."""
    expenses, given = voice.catalogue.vocabulary.expenses, {True: _("en nature"), False: ""}
    told = [
        " ".join(filter(None, (voice.text(expenses[kind]) if kind in expenses else kind, amount, day, given[in_kind])))
        for kind, amount, day, in_kind in dossier.lines
    ]
    return f"{voice.money(total_of(dossier.lines))} ({'; '.join(told)})"
