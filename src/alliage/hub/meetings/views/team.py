"""The meetings of a day, for the team: prepare, ask, work out, publish; then what happens on the day."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.days.queries.records import Day
from alliage.hub.days.views.common import METHODS, day_or_404, person_of
from alliage.hub.meetings import tasks
from alliage.hub.meetings.actions import changing, notices, preparing, timetabling
from alliage.hub.meetings.actions.changing import Happened
from alliage.hub.meetings.actions.preparing import NotPossible, WishesGo
from alliage.hub.meetings.forms import HappenedForm, SettingsForm
from alliage.hub.meetings.queries import on_the_day
from alliage.hub.meetings.queries import team as pages
from alliage.hub.meetings.queries.records import MeetingPlan, plan_of, proposal_in
from alliage.hub.meetings.words import WHY_NOT, wishes_go
from alliage.hub.people.access import Role, only
from alliage.hub.people.actions.registers import looked_at
from alliage.hub.people.telling import tell, told
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG, SeeOther, row_number
from alliage.hub.ui.day import HERE

AT_ONCE = 20  # letters that a request sends; the task sends the rest
KINDS = {
    ("desk", "off"): "desk-off",
    ("guest", "off"): "guest-off",
    ("guest", "late"): "guest-late",
    ("slot", "off"): "slot-lost",
}
WRONG_FORM = gettext_lazy("Dites qui, et une heure comme 10 h 30.")


@only(Role.TEAM)
@require_http_methods(METHODS)
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """How far it is, and the next step."""
    day = day_or_404(slug, drafts=True)
    plan = plan_of(day)
    form = SettingsForm(request.POST if request.POST.get("do") == "prepare" else None, initial=_settings(plan))
    why, losing = "", 0
    if request.method == "POST":
        try:
            if _did(request, day, plan, form):
                tell(request, "saved")
                return _to("board", slug)
        except WishesGo as refused:
            why, losing = wishes_go(refused.count), refused.count
        except NotPossible as refused:
            why = str(WHY_NOT[refused.why])
    _written_down(request, day)
    context = {"page": pages.board(day, now=days.now()), "form": form, "why": why, "losing": losing, **told(request)}
    return render(request, "meetings/board.html", context, status=WRONG if request.method == "POST" else 200)


def _did(request: HttpRequest, day: Day, plan: MeetingPlan | None, form: SettingsForm) -> bool:
    """Do what was asked, if it makes sense."""
    do, by, now = request.POST.get("do"), person_of(request), days.now()
    if do == "prepare":
        if not form.is_valid():
            return False
        losing = row_number(request.POST.get("losing"))
        preparing.prepare(day.pk, told=form.told(), by=by, at=now, losing=losing)
        return True
    if plan is None:
        return False
    if do == "ask":
        preparing.ask(plan.pk, by=by, at=now)
    elif do == "work-out":
        _work_out(plan.pk, now)
    elif do == "publish":
        timetabling.publish(plan.pk, by=by, at=now)
    else:
        return False
    notices.send_due(at=now, most=AT_ONCE)
    return True


def _work_out(plan: int, now: datetime) -> None:
    """Unless somebody else has started it."""
    if timetabling.start(plan, at=now):
        tasks.soon(tasks.work_out, plan, plan)


def _settings(plan: MeetingPlan | None) -> dict[str, int]:
    """The settings of a plan, or those of a new one."""
    names = ("minutes", "change", "in_a_row", "walk")
    return {name: getattr(plan or preparing.Told(), name) for name in names}


@only(Role.TEAM)
@require_safe
def timetable(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole timetable, to print."""
    day = day_or_404(slug, drafts=True)
    _written_down(request, day)
    return render(request, "meetings/timetable.html", {"page": pages.timetable(day, now=days.now())})


@only(Role.TEAM)
@require_http_methods(METHODS)
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """What happened, the proposal that it makes, and the freed slots."""
    day = day_or_404(slug, drafts=True)
    plan = plan_of(day)
    if plan is None:
        return _to("board", slug)
    why = ""
    if request.method == "POST":
        try:
            _changed(request, day, plan)
        except NotPossible as refused:
            why = str(WHY_NOT.get(refused.why, refused.why))
        else:
            notices.send_due(at=days.now(), most=AT_ONCE)
            return _to("changes", slug)
    _written_down(request, day)
    context = {"page": on_the_day.changes_page(day, now=days.now()), "why": why}
    return render(request, "meetings/changes.html", context, status=WRONG if why else 200)


def _changed(request: HttpRequest, day: Day, plan: MeetingPlan) -> None:
    posted, by, now = request.POST, person_of(request), days.now()
    do = posted.get("do")
    if do == "propose":
        changing.propose(plan.pk, _happened(request, day), by=by, at=now)
    elif do == "agenda":
        changing.propose(plan.pk, Happened("agenda", now), by=by, at=now)
    elif do == "accept":
        changing.accept(_proposal(plan, posted.get("change")), by=by, at=now)
    elif do == "drop":
        changing.drop(_proposal(plan, posted.get("change")))
    elif do == "give":
        desk, slot, guest = (row_number(posted.get(name)) for name in ("desk", "slot", "guest"))
        changing.give(plan.pk, desk=desk, slot=slot, guest=guest, by=by, at=now)
    else:
        raise NotPossible("who")


def _proposal(plan: MeetingPlan, typed: object) -> int:
    """A proposal of this plan."""
    found = proposal_in(plan, row_number(typed))
    if found is None:
        raise NotPossible("decided")
    return found


def _happened(request: HttpRequest, day: Day) -> Happened:
    form = HappenedForm(request.POST)
    if not form.is_valid():
        raise NotPossible(str(WRONG_FORM))
    side, _, row = form.cleaned_data["who"].partition("-")
    kind = KINDS.get((side, form.cleaned_data["what"]))
    if kind is None or (kind == "guest-late" and form.cleaned_data["at"] is None):
        raise NotPossible(str(WRONG_FORM))
    since = form.since(day.starts.astimezone(HERE))
    return Happened(kind, since, **{side: int(row)})


def _written_down(request: HttpRequest, day: Day) -> None:
    """That somebody of the team saw who comes."""
    people, emails = pages.seen(plan_of(day))
    looked_at(people, by=person_of(request), why="meetings", at=days.now(), emails=emails)


def _to(name: str, slug: str) -> HttpResponse:
    return SeeOther(reverse(f"meetings:{name}", args=[slug]))
