"""What the pages of meetings show, as plain data in the language of the page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alliage.core.meetings.replanning import NOTICE, Candidate, candidates
from alliage.core.meetings.squeeze import waiting
from alliage.core.meetings.timetable import Meeting as CoreMeeting
from alliage.hub.days.models import Day, Registration
from alliage.hub.days.queries.plan import head, speech
from alliage.hub.days.words import title_of, when
from alliage.hub.meetings import links, words
from alliage.hub.meetings.models import Change, Desk, Guest, Meeting, MeetingPlan, Slot, Wish
from alliage.hub.meetings.queries.problem import COMING, Asked, held, not_coming, outside, problem_of, standing
from alliage.hub.meetings.queries.proposing import Proposed, proposed
from alliage.hub.people.models import Person
from alliage.hub.ui import words as ui

Plain = dict[str, Any]
Absent = Mapping[int, datetime]  # desks whose agency does not come any more, and since when
MOST_NAMED = 3  # programmes, in a reason
SOON = timedelta(minutes=NOTICE)  # what starts by then is not touched
MOST_OFFERED = 3  # companies, for one freed slot


def plan_of(day: Day) -> MeetingPlan | None:
    """The plan of a day."""
    return MeetingPlan.objects.filter(day=day).select_related("day__tour").first()


def waits_for(registration: Registration) -> bool:
    """Whether somebody who comes has something to choose or to read here."""
    shown = MeetingPlan.objects.filter(day=registration.day_id).exclude(state=MeetingPlan.State.PREPARING)
    return registration.state in COMING and shown.exists()


def seen(plan: MeetingPlan | None) -> tuple[list[Person | None], list[str]]:
    """Whose data the pages of the team show: accounts, and addresses of those who have none."""
    rows = [] if plan is None else [guest.registration for guest in plan.guests.select_related("registration__person")]
    return [row.person for row in rows if row.person], [row.email for row in rows if row.email and not row.person]


# --------------------------------------------------------------------------------------------- a company


def guest_of(registration: Registration) -> Guest | None:
    """The guest of somebody who opens their link, not kept yet if they chose nothing; nothing if they do not come."""
    plan = MeetingPlan.objects.filter(day=registration.day_id).select_related("day__tour").first()
    if plan is None or registration.state not in COMING:
        return None
    return Guest.objects.filter(registration=registration).first() or Guest(plan=plan, registration=registration)


def guest_page(guest: Guest, *, on: date, now: datetime, lang: str) -> Plain:
    """What a company sees: what to choose, or its timetable and its receipt."""
    plan = guest.plan
    published = plan.state == MeetingPlan.State.PUBLISHED
    page: Plain = {
        "day": head(plan.day, now=now),
        "name": words.guest_name(guest),
        "published": published,
        "open": plan.state == MeetingPlan.State.ASKING,
        "coming": guest.registration.state in COMING,
        "minutes": plan.minutes,
        "answered": guest.answered is not None,
    }
    desks = {desk.pk: desk for desk in plan.desks.select_related("organisation")}
    absent = not_coming(plan, desks.values())
    chosen = {wish.desk_id: wish.rank for wish in Wish.objects.filter(guest_id=guest.pk)}
    if published:
        own = [row for row in _held(plan) if row.guest_id == guest.pk]
        return page | {
            "meetings": _times(own, side="guest", absent=absent),
            "misses": _misses(guest, desks, absent),
            "asked": bool(chosen),
            "proved": proved(plan),
        }
    choices = [_choice(one, chosen, lang) for one in proposed(plan, guest.registration, on=on)]
    by_rank = sorted((one for one in choices if one["rank"]), key=lambda one: one["rank"])
    return page | {
        "chosen": by_rank,
        "choices": [one for one in choices if not one["rank"]],
        "absent": [words.desk_name(desks[pk]) for pk in sorted(absent & chosen.keys())],
    }


def proved(plan: MeetingPlan) -> bool:
    """Whether no timetable meets wishes better: it was proved, and nothing has changed since."""
    return bool(plan.proof) and plan.proof["complete"] and plan.proof["bound"] <= plan.proof["worth"]


def _choice(one: Proposed, chosen: dict[int, int], lang: str) -> Plain:
    named = speech(lang).programmes(list(one.programmes[:MOST_NAMED]))
    return {
        "id": one.desk.pk,
        "name": words.desk_name(one.desk),
        "room": ui.typeset(one.desk.room.name, lang="fr") if one.desk.room else "",
        "programmes": named,
        "more": max(0, len(one.programmes) - MOST_NAMED),
        "eligible": one.eligible,
        "rank": chosen[one.desk.pk] + 1 if one.desk.pk in chosen else 0,
    }


def _misses(guest: Guest, desks: dict[int, Desk], absent: Absent) -> list[Plain]:
    return [
        {
            "name": words.desk_name(desks[miss["desk"]]),
            "rank": miss["rank"] + 1,
            "why": words.reason(miss, shut=_shut(desks[miss["desk"]], absent), starts=guest.plan.day_starts),
        }
        for miss in guest.misses
        if miss["desk"] in desks
    ]


def _shut(desk: Desk, absent: Absent) -> datetime | None:
    """From when on a desk is not there, whoever said so."""
    return absent.get(desk.pk, desk.off_since)


# ------------------------------------------------------------------------------------------------ a desk


def desk_page(desk: Desk, *, now: datetime) -> Plain:
    """What the officer of a desk sees."""
    plan = desk.plan
    doubled = next((one for one in plan.doubling if one["desk"] == desk.pk), None)
    published = plan.state == MeetingPlan.State.PUBLISHED
    return {
        "day": head(plan.day, now=now),
        "name": words.desk_name(desk),
        "room": desk.room.name if desk.room else "",
        "published": published,
        "asked": desk.wishes.count(),
        "in_a_row": plan.in_a_row,
        "meetings": _times([row for row in _held(plan) if row.desk_id == desk.pk], side="desk") if published else [],
        "doubled": doubled["meetings"] if doubled and published else 0,
        "off": words.closed(_shut(desk, not_coming(plan, [desk])), plan.day_starts),
    }


def _held(plan: MeetingPlan) -> list[Meeting]:
    """All the meetings that are held, in order of time."""
    rows = Meeting.objects.filter(guest__plan=plan, state=Meeting.State.HELD)
    return list(rows.select_related("slot", "desk__organisation", "desk__room", "guest__registration"))


def _times(rows: Iterable[Meeting], *, side: str, absent: Absent = MappingProxyType({})) -> list[Plain]:
    """Meetings as a company, or a desk, reads them. ``absent``: desks whose agency does not come any more."""
    return [
        {
            "at": words.at(row.slot.starts),
            "name": words.desk_name(row.desk) if side == "guest" else words.guest_name(row.guest),
            "room": ui.typeset(row.desk.room.name, lang="fr") if side == "guest" and row.desk.room else "",
            "absent": _lost(row, absent),
        }
        for row in rows
    ]


def _lost(row: Meeting, absent: Absent) -> bool:
    """Whether a meeting that is still in the timetable has nobody to meet. What was held before was held."""
    return row.desk_id in absent and row.slot.ends > absent[row.desk_id]


def account_page(person: Person | None, *, now: datetime) -> list[Plain]:
    """The days at which somebody has meetings, to choose or to read; those that are over are left out."""
    plans = MeetingPlan.objects.exclude(state=MeetingPlan.State.PREPARING).filter(day__ends__gt=now)
    guests = Guest.objects.filter(registration__person=person, registration__state__in=COMING, plan__in=plans)
    desks = Desk.objects.filter(person=person, plan__in=plans)
    found = [
        (one.plan, words.guest_name(one), reverse("meetings:guest", args=[links.guest_token(one)]))
        for one in guests.select_related("registration", "plan__day__tour")
    ] + [
        (one.plan, words.desk_name(one), reverse("meetings:desk", args=[links.desk_token(one)]))
        for one in desks.select_related("organisation", "plan__day__tour")
    ]
    return [
        {"title": title_of(plan.day), "when": when(plan.day), "name": name, "url": url}
        for plan, name, url in sorted(found, key=lambda one: (one[0].day.starts, one[1]))
    ]


# ------------------------------------------------------------------------------------------------ the team


def board(day: Day, *, now: datetime) -> Plain:
    """How far the meetings of a day are, and what to do next."""
    plan = plan_of(day)
    page: Plain = {"day": head(day, now=now), "plan": None}
    if plan is None:
        return page
    guests = list(plan.guests.select_related("registration").prefetch_related("wishes"))
    coming = [guest for guest in guests if guest.registration.state in COMING]
    desks = list(plan.desks.select_related("organisation", "room", "person").prefetch_related("wishes"))
    rows, absent, changes = _held(plan), not_coming(plan, desks), reverse("meetings:changes", args=[day.slug])
    at_desk, of_guest = Counter(row.desk_id for row in rows), Counter(row.guest_id for row in rows)
    return page | {
        "plan": plan,
        "state": plan.state,
        "slots": plan.slots.count(),
        "desks": [_desk_line(desk, at_desk[desk.pk] if plan.worked_out else None, absent) for desk in desks],
        "absent": [
            {**one, "links": [{"label": _("Voir le changement proposé"), "url": changes}]}
            for one in _absent(desks, absent, rows)
        ],
        "guests": [_guest_line(guest, of_guest[guest.pk]) for guest in coming],
        "gone": [one for one in guests if one.registration.state not in COMING and of_guest[one.pk]],
        "silent": sum(not guest.wishes.all() for guest in coming),
        "counts": _counts(plan, coming, rows),
        "proved": proved(plan),
        "failed": words.why_failed(plan.failed),
        "shut_out": _shut_out(plan, [*desks, *coming]),
        "doubling": _doubling(plan, desks),
        "working": plan.working is not None,
    }


def _absent(desks: Iterable[Desk], absent: Absent, rows: Iterable[Meeting]) -> list[Plain]:
    """The desks that do not come any more and still have meetings, that somebody must decide about."""
    meetings = Counter(row.desk_id for row in rows if _lost(row, absent))
    return [
        {"id": desk.pk, "name": words.desk_name(desk), "meetings": meetings[desk.pk]}
        for desk in desks
        if meetings[desk.pk]
    ]


def _desk_line(desk: Desk, meetings: int | None, absent: Absent) -> Plain:
    return {
        "id": desk.pk,
        "name": words.desk_name(desk),
        "room": desk.room.name if desk.room else "",
        "asked": len(desk.wishes.all()),
        "meetings": meetings,
        "off": words.closed(_shut(desk, absent), desk.plan.day_starts),
        "hours": _hours(desk),
        "url": reverse("meetings:desk", args=[links.desk_token(desk)]),
        "account": desk.person_id is not None,
    }


def _guest_line(guest: Guest, meetings: int) -> Plain:
    return {
        "id": guest.pk,
        "name": words.guest_name(guest),
        "wishes": len(guest.wishes.all()),
        "meetings": meetings,
        "hours": _hours(guest),
        "off": guest.off_since is not None,
        "late": words.at(guest.late_until) if guest.late_until else "",
    }


def _hours(one: Desk | Guest) -> str:
    """When somebody said that they can."""
    said = []
    if one.not_before:
        said.append(_("à partir de %(hour)s") % {"hour": ui.clock(one.not_before)})
    if one.not_after:
        said.append(_("jusqu’à %(hour)s") % {"hour": ui.clock(one.not_after)})
    if one.at_most is not None:
        said.append(_("au plus %(n)s") % {"n": one.at_most})
    return ", ".join(said)


def _shut_out(plan: MeetingPlan, everyone: Iterable[Desk | Guest]) -> list[str]:
    """Those whose own hours leave no slot: they meet nobody, and only they can know whether they meant it."""
    slots = list(plan.slots.all())
    return [
        words.desk_name(one) if isinstance(one, Desk) else words.guest_name(one)
        for one in everyone
        if (one.not_before or one.not_after) and len(outside(plan, slots, one)) == len(slots)
    ]


def _counts(plan: MeetingPlan, coming: list[Guest], rows: list[Meeting]) -> Plain:
    """The timetable in numbers."""
    met = {(row.guest_id, row.desk_id) for row in rows}
    wishes = [(guest.pk, wish.desk_id, wish.rank) for guest in coming for wish in guest.wishes.all()]
    wishing = {guest for guest, _desk, _rank in wishes}
    short = 0
    for guest in coming:
        best = [wish.desk_id for wish in guest.wishes.all() if wish.rank < 3]
        short += sum((guest.pk, desk) in met for desk in best) < min(2, len(best))
    asked = problem_of(plan)
    return {
        "wishes": len(wishes),
        "meetings": len(rows),
        "firsts": sum((guest, desk) in met for guest, desk, rank in wishes if rank == 0),
        "wishing": len(wishing),
        "without": len(wishing - {row.guest_id for row in rows}),
        "short": short,
        "waits": waiting(held(plan, asked)),
    }


def _doubling(plan: MeetingPlan, desks: Iterable[Desk]) -> list[Plain]:
    names = {desk.pk: words.desk_name(desk) for desk in desks}
    return [{**one, "name": names[one["desk"]]} for one in plan.doubling if one["desk"] in names]


def timetable(day: Day, *, now: datetime) -> Plain:
    """The whole timetable, by desk and by company, to print."""
    plan = plan_of(day)
    if plan is None:
        return {"day": head(day, now=now), "desks": [], "guests": []}
    desks = {desk.pk: desk for desk in plan.desks.select_related("organisation", "room")}
    guests = [guest for guest in plan.guests.select_related("registration") if guest.registration.state in COMING]
    at_desk: dict[int, list[Meeting]] = defaultdict(list)
    of_guest: dict[int, list[Meeting]] = defaultdict(list)
    absent = not_coming(plan, desks.values())
    for row in _held(plan):
        at_desk[row.desk_id].append(row)
        of_guest[row.guest_id].append(row)
    return {
        "day": head(day, now=now),
        "published": plan.state == MeetingPlan.State.PUBLISHED,
        "desks": [
            {
                "name": words.desk_name(desk),
                "room": desk.room.name if desk.room else "",
                "meetings": _times(at_desk[desk.pk], side="desk"),
            }
            for desk in desks.values()
            if at_desk[desk.pk]
        ],
        "guests": [
            {
                "name": words.guest_name(guest),
                "meetings": _times(of_guest[guest.pk], side="guest", absent=absent),
                "misses": _misses(guest, desks, absent),
            }
            for guest in sorted(guests, key=lambda one: words.guest_name(one).casefold())
        ],
    }


# ------------------------------------------------------------------------------------------------- on the day


def changes_page(day: Day, *, now: datetime) -> Plain:
    """The proposal that waits, what to say that happened, and the freed slots with who could take them."""
    plan = plan_of(day)
    assert plan is not None
    waits = plan.changes.filter(state=Change.State.PROPOSED).first()
    desks = list(plan.desks.select_related("organisation"))
    done = plan.changes.filter(state=Change.State.ACCEPTED).select_related("desk__organisation", "guest__registration")
    return {
        "day": head(day, now=now),
        "plan": plan,
        "notice": NOTICE,
        "proposal": _proposal(waits) if waits else None,
        "done": [{"what": _what(one), "moves": len(one.moves), "lost": len(one.lost)} for one in done[:20]],
        "absent": [] if waits else _absent(desks, not_coming(plan, desks), _held(plan)),
        "desks": [{"id": one.pk, "name": words.desk_name(one)} for one in desks],
        "guests": [
            {"id": one.pk, "name": words.guest_name(one)}
            for one in plan.guests.select_related("registration").order_by("registration__company")
        ],
        "slots": [{"id": one.pk, "name": words.at(one.starts)} for one in plan.slots.filter(closed=None)],
        "free": _free(plan, now=now) if not waits else [],
    }


def proposal_in(plan: MeetingPlan, number: int) -> int | None:
    """A proposal of this plan, by its number."""
    return plan.changes.filter(pk=number).values_list("pk", flat=True).first()


def _what(change: Change) -> str:
    """What happened, to whom, when."""
    who = words.desk_name(change.desk) if change.desk else words.guest_name(change.guest) if change.guest else ""
    kind, at = str(words.KINDS[change.kind]), words.at(change.since)
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


def _free(plan: MeetingPlan, *, now: datetime) -> list[Plain]:
    """Slots that a change freed and that are still to come, with the nearest companies that wait for that desk."""
    asked = problem_of(plan)
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
