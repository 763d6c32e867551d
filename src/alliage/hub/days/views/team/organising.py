"""Organising a day: tours, a new day, where and when it is, registrations opened and shut."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.days.actions import notices, organising
from alliage.hub.days.actions.organising import DayTold, NotPossible, TourTold
from alliage.hub.days.forms import organising as forms
from alliage.hub.days.queries import plan, team
from alliage.hub.days.queries.records import Day, day_record, tour_named
from alliage.hub.days.queries.report import open_questions
from alliage.hub.days.views.common import METHODS, day_or_404, lang, person_of, team_done, team_page
from alliage.hub.days.views.team.refusals import words_of
from alliage.hub.people.access import Role, only
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG

_USUAL = {"extra_seats": 0, "capacity": 60, "starts": "9 h", "ends": "16 h"}


@only(Role.TEAM)
@require_http_methods(METHODS)
def home(request: HttpRequest) -> HttpResponse:
    """Every tour and its days; a new tour."""
    form = forms.NewTour(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organising.create_tour(TourTold(**form.cleaned_data), by=person_of(request), at=days.now())
        return team_done(request, "saved", "team")
    status = WRONG if request.method == "POST" else 200
    return team_page(
        request, "days/team/home.html", {"page": team.team_page(now=days.now()), "form": form}, status=status
    )


@only(Role.TEAM)
@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """A new day, perhaps with the agenda of another."""
    form = forms.NewDay(
        request.POST or None, regions=plan.regions(), tours=team.tours(), templates=team.templates(),
        initial={**_USUAL, "tour": request.GET.get("tournee", "")},
    )  # fmt: skip
    wrong = ""
    if request.method == "POST" and form.is_valid():
        like = form.cleaned_data["like"]
        try:
            made = organising.create_day(
                tour_named(form.cleaned_data["tour"]), _told(form), like=day_record(like) if like else None,
                by=person_of(request), at=days.now(),
            )  # fmt: skip
        except NotPossible as refused:
            wrong = words_of(refused)
        else:
            return team_done(request, "saved", "team-day", made.slug)
    context = {"form": form, "has_tours": bool(team.tours()), "wrong": wrong}
    return team_page(request, "days/team/new.html", context, status=WRONG if request.method == "POST" else 200)


def _told(form: forms.EditDay) -> DayTold:
    said = {**form.cleaned_data, **form.moments()}
    return DayTold(**{name: said[name] for name in DayTold.__dataclass_fields__})


@only(Role.TEAM)
@require_safe
def day(request: HttpRequest, slug: str) -> HttpResponse:
    """How far a day is, and what to do next."""
    found = day_or_404(slug, drafts=True)
    board = team.board(found, now=days.now(), lang=lang(request))
    return team_page(request, "days/team/day.html", {"day": board, "waiting_questions": open_questions(found)})


@only(Role.TEAM)
@require_http_methods(METHODS)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Where and when; moving it tells everybody."""
    found = day_or_404(slug, drafts=True)
    form = forms.EditDay(request.POST or None, regions=plan.regions(), initial=_initial(found))
    wrong = ""
    if request.method == "POST" and form.is_valid():
        try:
            organising.change_day(found.pk, _told(form), by=person_of(request), at=days.now())
        except NotPossible as refused:
            wrong = words_of(refused)
        else:
            notices.send_due(at=days.now(), most=20)
            return team_done(request, "saved", "team-day", slug)
    status = WRONG if request.method == "POST" else 200
    shown = plan.head(found, now=days.now())
    context = {"day": shown, "form": form, "wrong": wrong, "people": team.concerned(found.pk)}
    return team_page(request, "days/team/edit.html", context, status=status)


def _initial(found: Day) -> dict[str, Any]:
    local = {name: getattr(found, name).astimezone(days.HERE) for name in ("starts", "ends")}
    same = ("town", "region", "place", "address", "access_fr", "access_en", "capacity", "extra_seats", "language")
    return {
        **{name: getattr(found, name) for name in same},
        "date": local["starts"].date(),
        **{name: forms.shown(moment.time()) for name, moment in local.items()},
    }


@only(Role.TEAM)
@require_http_methods(METHODS)
def open_day(request: HttpRequest, slug: str) -> HttpResponse:
    """Open or shut registrations, or call the day off."""
    found = day_or_404(slug, drafts=True)
    acts = {"open": organising.open_day, "shut": organising.shut_day, "cancel": organising.cancel_day}
    act, wrong = acts.get(request.POST.get("do", "")), ""
    if act is not None and (request.POST.get("do") != "cancel" or request.POST.get("sure")):
        try:
            act(found.pk, by=person_of(request), at=days.now())
        except NotPossible as refused:
            wrong = words_of(refused)
        else:
            notices.send_due(at=days.now(), most=20)
            return team_done(request, "saved", "team-day", slug)
    elif request.method == "POST":
        wrong = _("Cochez la case : tout le monde sera prévenu.")
    board = team.board(found, now=days.now(), lang=lang(request))
    status = WRONG if request.method == "POST" else 200
    return team_page(
        request,
        "days/team/open.html",
        {"day": board, "wrong": wrong, "people": team.concerned(found.pk)},
        status=status,
    )
