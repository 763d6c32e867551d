"""The report of a day: who came, what they look for, what they asked, what followed. Small numbers are not shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliage.hub.days import words as said
from alliage.hub.days.models import Attendance, Day, FollowUp, LiveQuestion, Notice, Registration
from alliage.hub.days.queries import above
from alliage.hub.days.queries.asked import about
from alliage.hub.days.queries.plan import head, region_name, speech
from alliage.hub.programmes.queries import Speech
from alliage.hub.questions.models import Question
from alliage.hub.questions.queries.waiting import of_day, open_of_day, open_of_region
from alliage.hub.ui import words

Plain = dict[str, Any]
WENT = (FollowUp.Answer.APPLIED, FollowUp.Answer.OBTAINED)
SMALL = 5  # fewer people than this could be recognised
State = Registration.State


def report(day: Day, *, now: datetime, lang: str) -> Plain:
    """The whole report, as a page or a paper shows it."""
    speaks = speech(lang)
    everyone = list(day.registrations.all())
    came = [one for one in everyone if one.state == State.CAME]
    at_door = _walked_in(day).count()
    absent = sum(one.state == State.CONFIRMED for one in everyone)
    seated = sum(1 for one in came if one.seat)
    questions, funnel = _questions(day), _funnel(day)
    return {
        **head(day, now=now),
        "summary": _summary(len(came), questions, funnel) if now >= day.ends else "",
        "registered": len(everyone) - at_door,
        "confirmed": absent + seated,
        "came": len(came),
        "share": round(seated / (absent + seated), 2) if absent + seated else None,
        "no_show": absent if now >= day.ends else None,
        "withdrawn": _withdrawn(day, everyone),
        "at_door": at_door,
        "invited": day.invitations.filter(sent__isnull=False).count(),
        "small": SMALL,
        "needs": _counted((need for one in came for need in one.needs), speaks.need),
        "sizes": _counted((one.size for one in came if one.size), lambda code: str(said.SIZES.get(code, code))),
        "regions": _counted((one.region for one in came if one.region), region_name),
        "programmes": _programmes(day, speaks),
        "agencies": _agencies(day),
        "questions": questions,
        "next": _next_agenda(day),
        "funnel": funnel,
        "above": above.report_sections(day, now=now, lang=lang),
    }


def _walked_in(day: Day) -> QuerySet[Registration]:
    """Who had not registered: the door that saw them come made their row, at that moment."""
    seen = Attendance.objects.filter(registration=OuterRef("pk"), how=Attendance.How.AT_DOOR)
    return day.registrations.filter(Exists(seen.filter(received=OuterRef("created"))))


def _withdrawn(day: Day, everyone: list[Registration]) -> int | None:
    """Who gave up by themselves, as the letter that told them so says; nothing once those letters are forgotten.

    Others are cancelled too: who went to another town, let offers pass, or still waited at the end.
    """
    notices = Notice.objects.filter(registration__day=day)
    gave_up = notices.filter(kind="withdrawn", key="").count()
    forgotten = any(one.state == State.CANCELLED and not one.name for one in everyone)
    return None if forgotten and not notices.exists() else gave_up


def who_asks_for_help(day: Day, *, lang: str) -> Plain:
    """Who answered « J’aimerais qu’on m’aide », if it is their last answer, for the team alone: no paper has it."""
    rows = FollowUp.objects.filter(registration__day=day, answered__isnull=False).exclude(registration__name="")
    rows = rows.select_related("registration__person").order_by("answered", "after", "id")
    asking = [one for one in {row.registration_id: row for row in rows}.values() if one.answer == FollowUp.Answer.HELP]
    people = [one.registration for one in asking]
    return {
        "rows": [_asks(one, speech(lang)) for one in asking],
        "people": [one.person for one in people],
        "emails": [one.email for one in people],
    }


def _asks(one: FollowUp, speaks: Speech) -> Plain:
    who = one.registration
    return {
        "name": who.name,
        "company": who.company,
        "email": who.email,
        "programmes": speaks.programmes(one.programmes),
        "answered": one.answered,
        "after": one.after,
        "demo": who.demo,
    }


def _summary(came: int, questions: Plain, funnel: list[Plain]) -> str:
    """What came of the day: who came, what was answered, and what followed at the latest count."""
    lines = [ngettext("%(n)s personne est venue.", "%(n)s personnes sont venues.", came) % {"n": came}]
    if questions["all"]:
        answered = {"answered": questions["in_room"] + questions["answered_since"], "all": questions["all"]}
        lines.append(_("Questions qui ont leur réponse : %(answered)s sur %(all)s.") % answered)
    for step in reversed(funnel):
        went = sum(line["n"] for line in step["lines"] if line["code"] in WENT)
        if went:
            followed = {"after": step["after"], "n": went}
            lines.append(
                _("Après %(after)s jours, au moins %(n)s ont déposé une demande ou obtenu une aide.") % followed
            )
            break
    return " ".join(lines)


def _counted(codes: Iterable[str], name: Any) -> list[Plain]:
    """How many of each, the most first; what is small is one line together, or nothing.

    A small number alone would be the total less the others: the next ones are hidden with it, until what is hidden is
    of two groups and of ``SMALL`` people at least.
    """
    shown = Counter(codes).most_common()
    hidden: list[int] = []
    while shown and (shown[-1][1] < SMALL or (hidden and (len(hidden) < 2 or sum(hidden) < SMALL))):
        hidden.append(shown.pop()[1])
    lines: list[Plain] = [{"name": name(code), "code": code, "n": n} for code, n in shown]
    return [*lines, *([{"name": "", "code": "", "n": 0}] if hidden else [])]


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
    in_room = [row.question for row in rows if row.state == LiveQuestion.State.ANSWERED]
    since = later.filter(answered__isnull=False).exclude(pk__in=[number for number in in_room if number])
    return {
        "all": len(rows) + written.count(),
        "in_room": len(in_room),
        "handed": later.count(),
        "answered_since": since.count(),
        "waiting": [_waiting_line(one) for one in open_of_day(about(day))],
    }


def _waiting_line(one: Question) -> Plain:
    return {
        "text": one.text,
        "lang": one.language,
        "desk": words.text(one.organisation_asked.name) if one.organisation_asked else "",
        "due": one.due if one.waiting else None,
        "given_up": not one.waiting,
        "since": one.created,
    }


def _open(day: Day) -> QuerySet[Question]:
    """The open questions of its region; a day of real companies has none of an example."""
    return open_of_region(day.region, with_invented=day.tour.demo)


def _next_agenda(day: Day) -> Plain:
    """What is still open in the region goes on the agenda of its next stop."""
    following = (
        Day.objects.filter(region=day.region, starts__gt=day.starts).exclude(status=Day.Status.CANCELLED).first()
    )
    return {
        "count": _open(day).count(),
        "title": said.title_of(following) if following else "",
        "when": said.day_words(following.starts) if following else "",
    }


def open_questions(day: Day) -> list[Plain]:
    """The questions of the region that were asked before this day, and still wait: its agenda begins with them."""
    return [_waiting_line(one) for one in _open(day).filter(created__lt=day.starts)[:40]]


def _funnel(day: Day) -> list[Plain]:
    """What followed after 30, 90 and 180 days. Fewer than five answers are not shown."""
    found = []
    for after in FollowUp.AGES:
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
