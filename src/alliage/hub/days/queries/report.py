"""The report of a day: who came, what they look for, what they asked, what followed. Small numbers are not shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from alliage.hub.days import words as said
from alliage.hub.days.actions.closing import about
from alliage.hub.days.models import Day, FollowUp, LiveQuestion, Registration
from alliage.hub.days.queries.plan import head, region_name, speech
from alliage.hub.programmes.queries import Speech
from alliage.hub.questions.models import Question
from alliage.hub.questions.queries.waiting import of_day, open_of_day, open_of_region
from alliage.hub.ui import words

Plain = dict[str, Any]
SMALL = 5  # fewer people than this could be recognised
State = Registration.State


def report(day: Day, *, now: datetime, lang: str) -> Plain:
    """The whole report, as a page or a paper shows it."""
    speaks = speech(lang)
    came = list(day.registrations.filter(state=State.CAME))
    everyone = day.registrations.count()
    return {
        **head(day, now=now),
        "registered": everyone,
        "confirmed": day.registrations.filter(state=State.CONFIRMED).count() + sum(1 for one in came if one.seat),
        "came": len(came),
        "no_show": day.registrations.filter(state=State.CONFIRMED).count() if now >= day.ends else None,
        "withdrawn": day.registrations.filter(state=State.CANCELLED).count(),
        "at_door": sum(1 for one in came if one.seat is None),
        "invited": day.invitations.filter(sent__isnull=False).count(),
        "small": SMALL,
        "needs": _counted((need for one in came for need in one.needs), speaks.need),
        "sizes": _counted((one.size for one in came if one.size), lambda code: str(said.SIZES.get(code, code))),
        "regions": _counted((one.region for one in came if one.region), region_name),
        "programmes": _programmes(day, speaks),
        "agencies": _agencies(day),
        "questions": _questions(day),
        "next": _next_agenda(day),
        "funnel": _funnel(day),
    }


def _counted(codes: Iterable[str], name: Any) -> list[Plain]:
    """How many of each, the most first; what is small is one line together, or nothing."""
    counts = Counter(codes)
    shown = [{"name": name(code), "n": n} for code, n in counts.most_common() if n >= SMALL]
    return [*shown, *([{"name": "", "n": 0}] if len(shown) < len(counts) else [])]


def _programmes(day: Day, speaks: Speech) -> list[Plain]:
    """Programmes that questions were about. A question is public in the room: its number hides nobody."""
    rows = day.live_questions.exclude(state=LiveQuestion.State.REFUSED).exclude(programme="")
    counts = Counter(rows.values_list("programme", flat=True))
    names = {one["id"]: one["name"] for one in speaks.programmes(counts)}
    return [{"name": names[id_], "n": n} for id_, n in counts.most_common() if id_ in names]


def _agencies(day: Day) -> list[Plain]:
    sessions = day.sessions.filter(kind="agency").select_related("organisation")
    return [
        {
            "name": words.text(one.organisation.name),
            "cancelled": one.cancelled is not None,
            "programmes": len(one.programmes),
        }
        for one in sessions
        if one.organisation
    ]


def _questions(day: Day) -> Plain:
    rows = list(day.live_questions.exclude(state__in=(LiveQuestion.State.REFUSED, LiveQuestion.State.MERGED)))
    later = of_day(about(day))
    written = later.exclude(pk__in=[row.question for row in rows if row.question])  # on the site, about this day
    waiting = open_of_day(about(day))
    return {
        "all": len(rows) + written.count(),
        "in_room": sum(1 for row in rows if row.state == LiveQuestion.State.ANSWERED),
        "handed": later.count(),
        "answered_since": later.filter(answered__isnull=False).count(),
        "waiting": [_waiting_line(one) for one in waiting],
    }


def _waiting_line(one: Question) -> Plain:
    return {
        "text": one.text,
        "lang": one.language,
        "desk": words.text(one.organisation_asked.name) if one.organisation_asked else "",
        "due": one.due,
        "since": one.created,
    }


def _next_agenda(day: Day) -> Plain:
    """What is still open in the region goes on the agenda of its next stop."""
    following = (
        Day.objects.filter(region=day.region, starts__gt=day.starts).exclude(status=Day.Status.CANCELLED).first()
    )
    return {
        "count": open_of_region(day.region).count(),
        "title": said.title_of(following) if following else "",
        "when": said.day_words(following.starts) if following else "",
    }


def open_questions(day: Day) -> list[Plain]:
    """The questions of the region that were asked before this day, and still wait: its agenda begins with them."""
    return [_waiting_line(one) for one in open_of_region(day.region).filter(created__lt=day.starts)[:40]]


def _funnel(day: Day) -> list[Plain]:
    """What followed after 30, 90 and 180 days. Fewer than five answers are not shown."""
    found = []
    for after in (30, 90, 180):
        rows = FollowUp.objects.filter(registration__day=day, after=after)
        answers = Counter(rows.exclude(answer="").values_list("answer", flat=True))
        total = sum(answers.values())
        if not rows.exists():
            continue
        shown = total >= SMALL
        found.append(
            {
                "after": after,
                "asked": rows.count(),
                "answered": total if shown else 0,
                "hidden": not shown,
                "lines": _counted(answers.elements(), said.FOLLOWED.__getitem__) if shown else [],
            }
        )
    return found
