"""Whom to invite to a day: those whose project file, or whose declared need, meets what the agencies bring.

Only who agreed to such letters is there, each with why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.matching.verdict import Verdict
from alliage.core.rules.derivations import derive
from alliage.core.vocabulary.answers import Listed
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.days.models import Day, DayInvitation, Registration
from alliage.hub.days.queries.plan import programmes_of
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.models import ProjectFile
from alliage.hub.finder.queries.verdicts import verdicts_of
from alliage.hub.people.actions import consents, no_more
from alliage.hub.people.models import Consent, Membership, Person
from alliage.hub.programmes.queries.stored import current_catalogue

PURPOSE = "days"
NO_MORE = "alliage.days.declined"  # the purpose of letters that some want no more; it never changes
MOST_PROGRAMMES = 5  # named in a letter


@dataclass
class Reason:
    """Why somebody is invited."""

    email: str
    language: str
    person: Person | None = None
    programmes: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    file: int | None = None

    @property
    def because(self) -> dict[str, Any]:
        """As the row keeps it."""
        found = {"programmes": self.programmes[:MOST_PROGRAMMES], "needs": self.needs, "file": self.file}
        return {key: value for key, value in found.items() if value}


def who_to_invite(day: Day, *, on: date) -> list[Reason]:
    """Those of the region who agreed, with what the day brings them; who knows of it already is not there."""
    catalogue = current_catalogue()
    brought = programmes_of(day)
    found: dict[str, Reason] = {}
    for reason in (*_by_files(day, brought, catalogue, on=on), *_by_needs(day, brought, catalogue)):
        known = found.setdefault(reason.email, reason)
        if known is not reason:
            known.programmes = list(dict.fromkeys((*known.programmes, *reason.programmes)))
            known.needs = list(dict.fromkeys((*known.needs, *reason.needs)))
    known_already = _known(day)
    return [reason for email, reason in sorted(found.items()) if email not in known_already]


def _known(day: Day) -> set[str]:
    registered = Registration.objects.filter(day=day).exclude(email="").values_list("email", flat=True)
    invited = DayInvitation.objects.filter(day=day).values_list("email", flat=True)
    known = {*registered, *invited}
    consenting = agreed().values_list("person__email", flat=True)
    past = Registration.objects.filter(agreed__has_key="next").values_list("email", flat=True)
    return known | no_more.who_wants_no_more((*consenting, *past), purpose=NO_MORE)


def agreed() -> QuerySet[Consent]:
    """The consents to invitations that hold."""
    version = consents.PURPOSES[PURPOSE].version
    return Consent.objects.filter(purpose=PURPOSE, version=version, withdrawn=None, person__is_active=True)


def _by_files(day: Day, brought: list[str], catalogue: Catalogue, *, on: date) -> Iterable[Reason]:
    """Project files of who agreed, whose place is in the region and which the programmes of the day may serve."""
    programmes = [catalogue.programmes[id_] for id_ in brought if id_ in catalogue.programmes]
    people = {consent.person_id: consent.person for consent in agreed().select_related("person")}
    owners = _owners(people)
    rows = [
        (row.pk, owners[row.pk], Dossier.from_dict(row.answers))
        for row in ProjectFile.objects.filter(pk__in=owners).order_by("-changed")
    ]
    here = [row for row in rows if _in_region(row[2], day.region, catalogue, on=on)]
    decided = verdicts_of(programmes, [dossier for _, _, dossier in here], catalogue=catalogue, on=on)
    for (file, owner_ids, dossier), verdicts in zip(here, decided, strict=True):
        needs = _needs_of(dossier, catalogue)
        fitting = [
            programme.id
            for programme, verdict in zip(programmes, verdicts or (), strict=False)
            if verdict is not Verdict.INELIGIBLE and (not needs or needs & {*programme.needs})
        ]
        for person in (people[id_] for id_ in owner_ids) if fitting else ():
            yield Reason(person.email, person.language, person, programmes=fitting, needs=sorted(needs), file=file)


def _owners(people: Mapping[int, Person]) -> dict[int, list[int]]:
    """For each project file, who of these people may open it."""
    owners: dict[int, list[int]] = {}
    for file, person in ProjectFile.objects.filter(person__in=people).values_list("pk", "person_id"):
        owners.setdefault(file, []).append(int(person or 0))
    ties = Membership.objects.filter(person__in=people).values_list("organisation_id", "person_id")
    by_organisation: dict[int, list[int]] = {}
    for organisation, person in ties:
        by_organisation.setdefault(organisation, []).append(person)
    files = ProjectFile.objects.filter(organisation__in=by_organisation).values_list("pk", "organisation_id")
    for file, organisation_id in files:
        owners.setdefault(file, []).extend(by_organisation[int(organisation_id or 0)])
    return owners


def _in_region(dossier: Dossier, region: str, catalogue: Catalogue, *, on: date) -> bool:
    """Whether an establishment of the company is surely in the region, by what it answered and what follows from it."""
    vocabulary = catalogue.vocabulary
    profile = dossier.profile(vocabulary)
    try:
        known = derive(profile, derivations=catalogue.derivations, vocabulary=vocabulary, on=on)
    except AlliageError:  # answers that disagree: the page of the file says so
        return False
    where = known.answers.get(vocabulary.roles.territory)
    items = where.items if isinstance(where, Listed) else ()
    return any(all(vocabulary.places.inside(code, region) for code in item) for item in items if item)


def _needs_of(dossier: Dossier, catalogue: Catalogue) -> set[str]:
    raw = dossier.answers.get(catalogue.vocabulary.roles.needs)
    return {str(need) for need in raw} if isinstance(raw, list) else set()


def _by_needs(day: Day, brought: list[str], catalogue: Catalogue) -> Iterable[Reason]:
    """Who registered for another day, said what they look for, and agreed to be told of the next ones."""
    served: dict[str, list[str]] = {}
    for id_ in brought:
        for need in catalogue.programmes[id_].needs if id_ in catalogue.programmes else ():
            served.setdefault(need, []).append(id_)
    rows = Registration.objects.filter(agreed__has_key="next", region=day.region, demo=False)
    rows = rows.exclude(email="").exclude(day=day)
    for row in rows.select_related("person").order_by("-created"):
        needs = [need for need in row.needs if need in served]
        if needs:
            programmes = list(dict.fromkeys(id_ for need in needs for id_ in served[need]))
            yield Reason(row.email, row.language, row.person, programmes=programmes, needs=needs)
