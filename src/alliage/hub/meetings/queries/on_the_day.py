"""What the team sees on the day: a proposal that waits, what may have happened, and who waits for freed slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliage.core.meetings.replanning import NOTICE, Candidate, candidates
from alliage.core.meetings.timetable import Meeting as CoreMeeting
from alliage.hub.days.models import Day
from alliage.hub.days.queries.plan import head
from alliage.hub.meetings import words
from alliage.hub.meetings.models import Change, Meeting, MeetingPlan, Slot
from alliage.hub.meetings.queries.problem import Asked, held, out_of_place, problem_of, standing
from alliage.hub.meetings.queries.records import plan_of
from alliage.hub.meetings.queries.shown import Plain

SOON = timedelta(minutes=NOTICE)  # what starts by then is not touched
MOST_OFFERED = 3  # companies, for one freed slot


def changes_page(day: Day, *, now: datetime) -> Plain:
    """The proposal that waits, what to say that happened, and the freed slots with who could take them."""
    plan = plan_of(day)
    assert plan is not None
    asked = problem_of(plan)
    waits = plan.changes.filter(state=Change.State.PROPOSED).first()
    desks = list(plan.desks.select_related("organisation"))
    done = plan.changes.filter(state=Change.State.ACCEPTED).select_related("desk__organisation", "guest__registration")
    return {
        "day": head(day, now=now),
        "plan": plan,
        "notice": NOTICE,
        "proposal": _proposal(waits) if waits else None,
        "done": [{"what": _what(one), "moves": len(one.moves), "lost": len(one.lost)} for one in done[:20]],
        "decide": [] if waits else to_decide(plan, asked, now=now),
        "desks": [{"id": one.pk, "name": words.desk_name(one)} for one in desks],
        "guests": [
            {"id": one.pk, "name": words.guest_name(one)}
            for one in plan.guests.select_related("registration").order_by("registration__company")
        ],
        "slots": [{"id": one.pk, "name": words.at(one.starts)} for one in plan.slots.filter(closed=None)],
        "free": _free(plan, asked, now=now) if not waits else [],
    }


def to_decide(plan: MeetingPlan, asked: Asked, *, now: datetime) -> list[Plain]:
    """What the team has to decide about: meetings to come that the agenda leaves no place for, or a proposal."""
    if plan.state != MeetingPlan.State.PUBLISHED:
        return []
    out = [one for one in out_of_place(plan, asked) if asked.slots[one.slot].ends > now]
    out.sort(key=lambda one: (one.slot, one.officer))
    absent = Counter(one.officer for one in out if asked.desks[one.officer].pk in asked.gone)
    found = [_absent(words.desk_name(asked.desks[officer]), count) for officer, count in absent.items()]
    if others := [_said(asked, one) for one in out if one.officer not in absent]:
        found.append({"title": _("Le programme a changé : ces rencontres n’ont plus leur place"), "items": others})
    if not found and plan.changes.filter(state=Change.State.PROPOSED).exists():
        found.append({"title": _("Un changement d’horaire attend votre décision")})
    links = [{"label": _("Voir ce qui changerait"), "url": reverse("meetings:changes", args=[plan.day.slug])}]
    return [{"text": "", "items": (), "links": links, **one} for one in found]


def _absent(name: str, meetings: int) -> Plain:
    text = ngettext(
        "%(n)s rencontre est encore à l’horaire. Voyez ce qui changerait, puis acceptez.",
        "%(n)s rencontres sont encore à l’horaire. Voyez ce qui changerait, puis acceptez.",
        meetings,
    )
    return {"title": _("Cet organisme ne vient plus : %(name)s") % {"name": name}, "text": text % {"n": meetings}}


def _said(asked: Asked, one: CoreMeeting) -> str:
    """« 10 h 20 · Atelier du Fjord · Investissement Québec »."""
    who = words.guest_name(asked.guests[one.company]), words.desk_name(asked.desks[one.officer])
    return " · ".join((words.at(asked.slots[one.slot].starts), *who))


def _what(change: Change) -> str:
    """What happened, to whom, when."""
    who = words.desk_name(change.desk) if change.desk else words.guest_name(change.guest) if change.guest else ""
    kind, at = str(words.KINDS[change.kind]), words.at(change.since)
    if change.kind == Change.Kind.AGENDA:
        return kind
    said = {"kind": kind, "who": who, "at": at}
    if change.kind == Change.Kind.GUEST_LATE:
        return _("%(kind)s : %(who)s, jusqu’à %(at)s") % said
    if change.kind == Change.Kind.SLOT_LOST:
        return _("%(kind)s : %(at)s") % {**said, "at": words.at(change.slot.starts) if change.slot else at}
    return _("%(kind)s : %(who)s, à partir de %(at)s") % said


def _proposal(change: Change) -> Plain:
    """Each change of a proposal, as it would be told."""
    slots = {slot.number: slot for slot in change.plan.slots.all()}
    to = {int(meeting): slots[int(number)] for meeting, number in change.moves}
    related = ("slot", "desk__organisation", "desk__room", "guest__registration")
    rows = {row.pk: row for row in Meeting.objects.filter(pk__in=[*to, *change.lost]).select_related(*related)}
    return {
        "id": change.pk,
        "what": _what(change),
        "stale": change.revision != change.plan.revision,
        "complete": change.complete,
        "moves": [_moved(rows[pk], slot) for pk, slot in to.items() if pk in rows],
        "lost": [_moved(rows[pk], None) for pk in change.lost if pk in rows],
    }


def _moved(row: Meeting, slot: Slot | None) -> Plain:
    return {
        "guest": words.guest_name(row.guest),
        "desk": words.desk_name(row.desk),
        "was": words.at(row.slot.starts),
        "to": words.at(slot.starts) if slot else "",
    }


def _free(plan: MeetingPlan, asked: Asked, *, now: datetime) -> list[Plain]:
    """Slots that a change freed and that are still to come, with the nearest companies that wait for that desk."""
    kept = standing(plan, asked)
    return [_offered(asked, desk, slot, waits) for desk, slot, waits in _waited_for(plan, asked, kept, now=now)]


def _waited_for(
    plan: MeetingPlan, asked: Asked, kept: list[CoreMeeting], *, now: datetime
) -> Iterable[tuple[str, int, tuple[Candidate, ...]]]:
    """The freed slots that somebody waits for, in order of time."""
    place = {row.number: number for number, row in enumerate(asked.slots) if row.starts >= now + SOON}
    freed = {(str(desk), place[number]) for desk, number in plan.freed if number in place}
    taken = {(one.officer, one.slot) for one in held(plan, asked)}
    for desk, slot in sorted(freed - taken, key=lambda one: (one[1], one[0])):
        if desk in asked.desks and (waits := candidates(asked.problem, kept, officer=desk, slot=slot)[:MOST_OFFERED]):
            yield desk, slot, waits


def _offered(asked: Asked, desk: str, slot: int, waits: Iterable[Candidate]) -> Plain:
    row = asked.slots[slot]
    return {
        "desk": desk,
        "name": words.desk_name(asked.desks[desk]),
        "slot": row.pk,
        "at": words.at(row.starts),
        "waits": [{"id": one.company, "name": words.guest_name(asked.guests[one.company])} for one in waits],
    }
