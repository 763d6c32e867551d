"""Which desks could really help somebody, and why: by their project files if they agreed, else by their needs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from alliage.core.catalogue.programme import Programme
from alliage.core.matching.verdict import Verdict
from alliage.hub.days.models import Registration
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.models import ProjectFile
from alliage.hub.finder.queries.verdicts import verdicts_of
from alliage.hub.meetings.models import Desk, MeetingPlan
from alliage.hub.meetings.queries.agenda import not_coming
from alliage.hub.people.actions.consents import holds
from alliage.hub.programmes.queries.stored import current_catalogue

PURPOSE = "days"
_FIT = {Verdict.ELIGIBLE: 2, Verdict.POSSIBLE: 1}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A desk, the programmes of it that could serve, and whether an answer of the company already meets all it asks.

    ``score`` orders: how well each programme fits, for less where several desks of the day present it.
    """

    desk: Desk
    programmes: tuple[str, ...]
    eligible: bool
    score: float


def proposed(plan: MeetingPlan, registration: Registration, *, on: date) -> list[Proposed]:
    """Every desk that comes to a day, those that could help most first; the others have no programmes."""
    desks = list(plan.desks.filter(off_since=None).select_related("organisation", "room"))
    absent = not_coming(plan, desks)
    desks = [desk for desk in desks if desk.pk not in absent]
    catalogue = current_catalogue()
    ids = list(dict.fromkeys(id_ for desk in desks for id_ in desk.programmes if id_ in catalogue.programmes))
    programmes = [catalogue.programmes[id_] for id_ in ids]
    fits = _fits(registration, programmes, on=on)
    presented = Counter(id_ for desk in desks for id_ in desk.programmes)
    found = []
    for desk in desks:
        good = [id_ for id_ in desk.programmes if fits.get(id_)]
        good.sort(key=lambda id_: -fits[id_])
        score = sum(fits[id_] / presented[id_] for id_ in good)
        found.append(Proposed(desk, tuple(good), any(fits[id_] == _FIT[Verdict.ELIGIBLE] for id_ in good), score))
    return sorted(found, key=lambda one: (-one.score, one.desk.pk))


def _fits(registration: Registration, programmes: list[Programme], *, on: date) -> dict[str, int]:
    """How well each programme fits: 2 if nothing is missing, 1 if it may, absent if it does not or serves no need."""
    catalogue, found = current_catalogue(), dict[str, int]()
    dossiers = _dossiers(registration)
    for dossier, verdicts in zip(dossiers, verdicts_of(programmes, dossiers, catalogue=catalogue, on=on), strict=True):
        needs = dossier.answers.get(catalogue.vocabulary.roles.needs)
        wanted = {str(need) for need in needs} if isinstance(needs, list) else set[str]()
        for programme, verdict in zip(programmes, verdicts or (), strict=False):
            if verdict in _FIT and (not wanted or wanted & {*programme.needs}):
                found[programme.id] = max(found.get(programme.id, 0), _FIT[verdict])
    return found


def _dossiers(registration: Registration) -> list[Dossier]:
    """The project files of who agreed that days look at them; else what was said when registering."""
    person = registration.person
    if person is not None and holds(person, PURPOSE):
        files = [Dossier.from_dict(row.answers) for row in ProjectFile.objects.filter(person=person)]
        if files:
            return files
    roles = current_catalogue().vocabulary.roles
    answers: dict[str, object] = {}
    if registration.needs:
        answers[roles.needs] = list(registration.needs)
    if registration.region:
        answers[roles.territory] = [registration.region]
    return [Dossier(answers=answers)] if registration.needs else []
