"""Alerts: what changed in the catalogue, and what closes soon, for whom it matters. Told a day, run at any time.

Each alert has a key that is unique for its person: looking again, or after a crash, makes nothing twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.intake import OPEN, intake_on
from alliage.core.catalogue.programme import Programme, build_programme
from alliage.core.matching.verdict import Verdict
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.models import Alert, Following, ProgrammeSeen, ProjectFile
from alliage.hub.finder.queries.verdicts import Verdicts, verdicts_of, verdicts_of_each
from alliage.hub.people.models import Membership
from alliage.hub.programmes.queries import Published, current_catalogue, published

SOON = timedelta(days=30)
STAGES = (7, 30)  # days left, the nearest first
MOST_LINES = 8  # changes told of one programme
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one file."""

    file: int
    before: str
    after: str


@transaction.atomic
def look(*, on: date, at: datetime) -> int:
    """Make the alerts of what changed since the last look, and of what closes soon; how many there are to tell.

    The first look of all tells no change: what was there before is no news. Deadlines are told from the first.
    """
    now = {one.id: one for one in published()}
    if not now:
        return 0
    catalogue = current_catalogue()
    seen = {row.programme: row for row in ProgrammeSeen.objects.select_for_update()}
    made: list[Alert] = []
    if seen:
        moved = [one for id_, one in now.items() if _moved(one, seen.get(id_))]
        made += _of_changes(moved, seen, catalogue, on=on, at=at)
    made += _of_deadlines(catalogue, on=on, at=at)
    known = set(Alert.objects.filter(key__in={alert.key for alert in made}).values_list("person_id", "key"))
    new = [alert for alert in made if (alert.person_id, alert.key) not in known]
    Alert.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    _remember(now, seen)
    return len(new)


def _moved(one: Published, seen: ProgrammeSeen | None) -> bool:
    return seen is None or (one.number, one.retired) != (seen.revision, seen.retired)


def _move(seen: ProgrammeSeen | None) -> int:
    """Which change of the programme this is, among those seen: it may come back, or go again, at the same revision."""
    return seen.moves + 1 if seen else 0


def _remember(now: Mapping[str, Published], seen: Mapping[str, ProgrammeSeen]) -> None:
    changed = [one for id_, one in now.items() if _moved(one, seen.get(id_))]
    ProgrammeSeen.objects.bulk_create(
        [
            ProgrammeSeen(programme=one.id, revision=one.number, retired=one.retired, moves=_move(seen.get(one.id)))
            for one in changed
        ],
        update_conflicts=True,
        unique_fields=["programme"],
        update_fields=["revision", "retired", "moves"],
        batch_size=200,
    )


# ----------------------------------------------------------------------------------------- a programme changed


@dataclass(frozen=True, slots=True)
class Move:
    """A programme that is new, changed, retired or back, as it was and as it is; nothing where it is not offered."""

    one: Published
    seen: ProgrammeSeen | None
    before: Programme | None
    after: Programme | None

    @property
    def versions(self) -> list[Programme]:
        """What is decided on each file."""
        return [programme for programme in (self.before, self.after) if programme is not None]

    @property
    def tells(self) -> bool:
        """Whether a verdict may differ: a new wording of a summary moves nobody."""
        if self.before is None or self.after is None:
            return bool(self.versions)
        return self.before.conditions != self.after.conditions


def _of_changes(
    moved: Iterable[Published], seen: Mapping[str, ProgrammeSeen], catalogue: Catalogue, *, on: date, at: datetime
) -> Iterator[Alert]:
    """The alerts of all that changed: the files are read once, however many programmes a pack has changed."""
    moves = [_move_of(one, seen.get(one.id), catalogue) for one in moved]
    effects = _effects([move for move in moves if move.tells], catalogue, on=on)
    followers: dict[str, set[int]] = defaultdict(set)
    following = Following.objects.filter(programme__in=[move.one.id for move in moves])
    for programme, person in following.values_list("programme", "person_id"):
        followers[programme].add(person)
    for move in moves:
        yield from _of_change(move, effects[move.one.id], followers[move.one.id], at=at)


def _move_of(one: Published, seen: ProgrammeSeen | None, catalogue: Catalogue) -> Move:
    known = seen is not None and not seen.retired
    before = _built(one.document_of(seen.revision), catalogue) if seen is not None and known else None
    return Move(one, seen, before, None if one.retired else catalogue.programmes.get(one.id))


def _of_change(
    move: Move, effects: Mapping[int, Sequence[Effect]], followers: Collection[int], *, at: datetime
) -> Iterator[Alert]:
    """The alerts of one of them."""
    one, seen = move.one, move.seen
    lines = one.changes_since(seen.revision if seen else 0)[:MOST_LINES]
    back = seen is not None and seen.retired and not one.retired
    for person in {*followers, *effects}:
        theirs = effects.get(person, [])
        if not (theirs or lines or one.retired or back):
            continue
        yield Alert(
            person_id=person,
            key=f"moved:{one.id}:{_move(seen)}",
            kind=_kind(one, theirs, back=back),
            programme=one.id,
            data={
                "name": one.name,
                "lines": lines,
                "files": [[effect.file, effect.before, effect.after] for effect in theirs],
            },
            created=at,
        )


def _kind(one: Published, effects: Sequence[Effect], *, back: bool) -> str:
    """What matters most of a change, for one person."""
    if one.retired:
        return Alert.Kind.GONE
    if any(effect.after == Verdict.ELIGIBLE.value for effect in effects):
        return Alert.Kind.ELIGIBLE
    if back:
        return Alert.Kind.BACK
    return Alert.Kind.WORSE if effects else Alert.Kind.CHANGED


def _built(document: Mapping[str, Any] | None, catalogue: Catalogue) -> Programme | None:
    """A programme as it was; nothing if today's vocabulary can no longer read it."""
    if document is None:
        return None
    provider = catalogue.providers.get(str(document["provider"]))
    if provider is None:
        return None
    try:
        return build_programme(document, provider=provider, vocabulary=catalogue.vocabulary)
    except (KeyError, ValueError):
        return None


def _effects(moves: Sequence[Move], catalogue: Catalogue, *, on: date) -> Mapping[str, Mapping[int, list[Effect]]]:
    """By programme, then by person, the files that its change makes eligible, or no longer so."""
    found: dict[str, dict[int, list[Effect]]] = defaultdict(lambda: defaultdict(list))
    if not moves:
        return found
    people, versions = _people(), [move.versions for move in moves]
    for batch in _batches():
        decided = verdicts_of_each(versions, [row.dossier for row in batch], catalogue=catalogue, on=on)
        for row, each in zip(batch, decided, strict=True):
            for move, verdicts in zip(moves, each, strict=True):
                effect = _effect(row.file, verdicts, move.before, move.after)
                if effect and _serves(row.dossier, move.versions[-1], catalogue):
                    for one in [row.person] if row.person else people[row.organisation]:
                        found[move.one.id][one].append(effect)
    return found


def _effect(file: int, verdicts: Verdicts, before: Programme | None, after: Programme | None) -> Effect | None:
    if verdicts is None:  # these answers disagree: the page of the file says so
        return None
    was = verdicts[0].value if before else ""
    now = verdicts[-1].value if after else ""
    eligible = Verdict.ELIGIBLE.value
    return Effect(file, was, now) if was != now and eligible in (was, now) else None


def _serves(dossier: Dossier, programme: Programme, catalogue: Catalogue) -> bool:
    """Whether a programme serves a need of the project; all do if it says none."""
    needs = dossier.answers.get(catalogue.vocabulary.roles.needs)
    return not isinstance(needs, list) or bool({*map(str, needs)} & {*programme.needs})


@dataclass(frozen=True, slots=True)
class Row:
    """A file, whose it is, and what it keeps."""

    file: int
    person: int | None
    organisation: int | None
    dossier: Dossier


def _batches() -> Iterable[Sequence[Row]]:
    """Every file, some at a time: only what is needed is read."""
    rows = ProjectFile.objects.order_by("pk").values_list("pk", "person_id", "organisation_id", "answers")
    batch: list[Row] = []
    for file, person, organisation, answers in rows.iterator(chunk_size=BATCH):
        batch.append(Row(file, person, organisation, Dossier.from_dict(answers)))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _people() -> dict[int | None, list[int]]:
    """By organisation, those who belong to it."""
    people: dict[int | None, list[int]] = defaultdict(list)
    for organisation, person in Membership.objects.values_list("organisation_id", "person_id"):
        people[organisation].append(person)
    return people


# ---------------------------------------------------------------------------------------------- closing soon


def _of_deadlines(catalogue: Catalogue, *, on: date, at: datetime) -> list[Alert]:
    """Programmes that close in 30 or 7 days, for who follows them, or has a file that is eligible or wants them."""
    closing = {}
    for programme in catalogue.programmes.values():
        intake = intake_on(programme, on=on, answers={})
        if intake.state == OPEN and intake.closes and on <= intake.closes <= on + SOON:
            closing[programme.id] = (programme, intake.closes)
    if not closing:
        return []
    files: dict[tuple[int, str], list[int]] = defaultdict(list)
    for person, programme_id in Following.objects.filter(programme__in=closing).values_list("person_id", "programme"):
        files[person, programme_id] = []
    programmes, people = [programme for programme, _ in closing.values()], _people()
    for batch in _batches():
        decided = verdicts_of(programmes, [row.dossier for row in batch], catalogue=catalogue, on=on)
        for row, verdicts in zip(batch, decided, strict=True):
            for wanted in _wanted(programmes, row.dossier, verdicts, catalogue):
                for one in [row.person] if row.person else people[row.organisation]:
                    files[one, wanted].append(row.file)
    return [
        _deadline(person, *closing[programme], files=found, on=on, at=at)
        for (person, programme), found in files.items()
    ]


def _wanted(
    programmes: Sequence[Programme], dossier: Dossier, verdicts: Verdicts, catalogue: Catalogue
) -> Iterable[str]:
    """Those that a file is eligible for, or keeps in its plan; the latter even if its answers disagree."""
    for programme, verdict in zip(programmes, verdicts or [None] * len(programmes), strict=True):
        eligible = verdict is Verdict.ELIGIBLE and _serves(dossier, programme, catalogue)
        if (eligible or programme.id in dossier.pinned) and programme.id not in dossier.banned:
            yield programme.id


def _deadline(
    person: int, programme: Programme, closes: date, *, files: Sequence[int], on: date, at: datetime
) -> Alert:
    left = (closes - on).days
    stage = next(days for days in STAGES if left <= days)
    return Alert(
        person_id=person,
        key=f"deadline:{programme.id}:{closes.isoformat()}:{stage}",
        kind=Alert.Kind.DEADLINE,
        programme=programme.id,
        data={"name": dict(programme.name), "closes": closes.isoformat(), "files": [[file, "", ""] for file in files]},
        created=at,
    )
