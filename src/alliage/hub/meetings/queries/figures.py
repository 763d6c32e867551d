"""A timetable in numbers: on the team's board, and in the report of the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliage.core.meetings.receipts import Receipts
from alliage.core.meetings.squeeze import waiting
from alliage.core.meetings.timetable import Proof, Timetable
from alliage.hub.days.models import Day, Registration
from alliage.hub.days.queries.above import Section
from alliage.hub.days.queries.report import SMALL
from alliage.hub.meetings import words
from alliage.hub.meetings.models import Desk, MeetingPlan
from alliage.hub.meetings.queries.problem import Asked, problem_of, standing
from alliage.hub.meetings.queries.records import plan_of
from alliage.hub.meetings.queries.shown import Plain


@dataclass(frozen=True, slots=True)
class Figures:
    """Of those who come: ``wishing`` companies have ``wishes``; ``short`` have less than their fair share of the best.

    ``waits``: empty slots between two meetings. ``came``: who had meetings and was there; ``met``: who had meetings.
    """

    wishes: int
    meetings: int
    wishing: int
    firsts: int
    without: int
    short: int
    waits: int
    met: int
    came: int


def figures(plan: MeetingPlan, asked: Asked) -> Figures:
    """Those of the timetable as it stands."""
    kept = standing(plan, asked)
    wishing = [one for one in asked.problem.companies if one.wishes]
    pairs, met = {one.pair for one in kept}, {one.company for one in kept}
    receipts = Receipts(asked.problem, Timetable(tuple(kept), Proof(0, 0, complete=False))).companies()
    return Figures(
        wishes=sum(len(one.wishes) for one in wishing),
        meetings=len(kept),
        wishing=len(wishing),
        firsts=sum((one.id, one.wishes[0]) in pairs for one in wishing),
        without=sum(one.id not in met for one in wishing),
        short=sum(receipt.short > 0 for receipt in receipts),
        waits=waiting(kept),
        met=len(met),
        came=sum(asked.guests[id_].registration.state == Registration.State.CAME for id_ in met),
    )


def doubled(plan: MeetingPlan, desks: dict[int, Desk]) -> list[Plain]:
    """The desks to double next time, with what one more person there would add."""
    return [{**one, "name": words.desk_name(desks[one["desk"]])} for one in plan.doubling if one["desk"] in desks]


def day_report(day: Day, *, now: datetime) -> list[Section]:
    """Meetings in the report of a day: none before they are published. Groups of a few companies are not told."""
    plan = plan_of(day)
    if plan is None or plan.state != MeetingPlan.State.PUBLISHED or day.status == Day.Status.CANCELLED:
        return []
    asked = problem_of(plan)
    found = figures(plan, asked)
    if found.wishing < SMALL:
        note = _("Moins de cinq entreprises ont choisi : leurs rencontres ne sont pas montrées.")
        return [Section(_("Rencontres individuelles"), note)]
    note = ngettext("%(n)s entreprise a choisi.", "%(n)s entreprises ont choisi.", found.wishing) % {"n": found.wishing}
    sections = [Section(_("Rencontres individuelles"), note, list(_rows(found, over=now >= day.ends)))]
    if again := doubled(plan, {desk.pk: desk for desk in asked.desks.values()}):
        note = _("Avec une personne de plus, autant de rencontres de plus :")
        rows = [(one["name"], str(one["meetings"])) for one in again if one["meetings"] > 0]
        sections.append(Section(_("Bureaux à doubler la prochaine fois"), note, rows))
    return sections


def _rows(found: Figures, *, over: bool) -> Iterator[tuple[str, str]]:
    """A number of companies is told if neither they nor the others are so few that they could be recognised."""
    yield _("Choix des entreprises"), str(found.wishes)
    yield _("Choix comblés, à l’horaire"), str(found.meetings)
    if over and _hides(found.came, found.met):
        yield _("Entreprises attendues qui sont venues"), _("%(n)s sur %(all)s") % {"n": found.came, "all": found.met}
    if _hides(found.firsts, found.wishing):
        yield _("Entreprises qui ont eu leur premier choix"), str(found.firsts)
    if _hides(found.without, found.wishing):
        yield _("Entreprises sans rencontre"), str(found.without)


def _hides(some: int, of: int) -> bool:
    """Whether nobody can be recognised in a number of companies among others."""
    return all(number == 0 or number >= SMALL for number in (some, of - some))
