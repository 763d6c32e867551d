"""The questions of the room: phones without an account, the projector, and what both ask for every second."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.days import quick
from alliage.hub.days.actions import live as asking
from alliage.hub.days.actions.live import Asked, NotAsked
from alliage.hub.days.forms.coming import AskLive
from alliage.hub.days.queries import live as questions
from alliage.hub.days.queries import pages
from alliage.hub.days.queries.organisations import organisation_of
from alliage.hub.days.queries.plan import head
from alliage.hub.days.queries.records import Day, Registration
from alliage.hub.days.views.common import METHODS, day_or_404, lang, person_of, to
from alliage.hub.people.access import public
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import BUSY, WRONG, by_robot, row_number

EASY_TO_TYPE = 36  # signs of an address that a room copies from the wall; a longer one is read by the camera alone


@public
@require_http_methods(METHODS)
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, and vote for what others asked."""
    found = day_or_404(slug)
    if found.status == "cancelled":
        raise Http404
    if request.method == "POST" and "vote" in request.POST:
        return _voted(request, found)
    form = AskLive(request.POST or None, subjects=questions.subjects(found, lang=lang(request)))
    if request.method != "POST":
        return _page(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=WRONG)
    if by_robot(request.POST):
        return to("live", slug)
    try:
        asking.ask(found.pk, _asked(request, found, form), at=days.now())
    except NotAsked as refused:
        return _page(request, found, form, why=refused.why, status=WRONG if refused.why == "shut" else BUSY)
    return to("live", slug, after=_badge_part(request, found) + "#demandees")


def _badge(request: HttpRequest) -> str:
    """The link of somebody's own page to the room, if it has one: it says whose voice it is, and opens no door."""
    return request.POST.get("badge") or request.GET.get("badge") or ""


def _badge_part(request: HttpRequest, found: Day) -> str:
    return f"?badge={_badge(request)}" if questions.seat_of(found.pk, _badge(request)) else ""


def voter_of(request: HttpRequest, seat: Registration | None, day_id: int) -> str:
    """Who votes: who comes, or the browser by the key that protects its forms. No other cookie is made for it."""
    return questions.voter_of(day_id, seat=seat, browser=request.META.get("CSRF_COOKIE", "") or "")


def _voted(request: HttpRequest, found: Day) -> HttpResponse:
    typed = str(request.POST["vote"])
    seat = questions.seat_of(found.pk, _badge(request))
    voter, back = voter_of(request, seat, found.pk), typed.startswith("-")
    question = row_number(typed.removeprefix("-"))
    if back:
        count = asking.unvote(found.pk, question, voter=voter)
    elif seat is None and _too_many_voters(request, found.pk, voter):
        return _busy(request, found)
    else:
        count = asking.vote(found.pk, question, voter=voter, at=days.now())
    if _by_script(request):
        return JsonResponse({"votes": count, "voted": questions.voted(found.pk, voter)})
    return to("live", found.slug, after=_badge_part(request, found))


def _too_many_voters(request: HttpRequest, day_id: int, voter: str) -> bool:
    """A browser is new as often as it likes: so many new ones an hour vote from one network address."""
    return questions.votes_first(day_id, voter) and not ratelimit.consume(request, action="day-voters")


def _busy(request: HttpRequest, found: Day) -> HttpResponse:
    if _by_script(request):
        return JsonResponse({"error": "too-many-voters"}, status=BUSY)
    form = AskLive(subjects=questions.subjects(found, lang=lang(request)))
    return _page(request, found, form, why="too-many-voters", status=BUSY)


def _by_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _asked(request: HttpRequest, found: Day, form: AskLive) -> Asked:
    said = form.cleaned_data
    organisation, _, programme = said["subject"].partition(":")
    seat = questions.seat_of(found.pk, _badge(request))
    return Asked(
        text=said["text"], language=lang(request), asker=voter_of(request, seat, found.pk),
        organisation=organisation_of(row_number(organisation)), programme=programme, email=said["contact"],
        person=person_of(request),
    )  # fmt: skip


def _page(request: HttpRequest, found: Day, form: AskLive, *, why: str = "", status: int = 200) -> HttpResponse:
    seat = questions.seat_of(found.pk, _badge(request))
    voter = voter_of(request, seat, found.pk)
    context = {
        "day": head(found, now=days.now()),
        "version": found.live_version,
        "live": found.live,
        **questions.questions(found.pk),
        "voted": questions.voted(found.pk, voter),
        "own": questions.own(found.pk, voter),
        "form": form,
        "badge": _badge(request) if seat else "",
        "why": why,
    }
    return render(request, "days/live.html", context, status=status)


@public
@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed since the version that a phone has; the first middleware answers it (``quick``)."""
    return quick.answer(request, slug=slug, part="feed", lang=lang(request))


@public
@require_safe
def screen(request: HttpRequest, slug: str) -> HttpResponse:
    """The projector: the question on the floor, the most wanted ones, and how to ask."""
    found = day_or_404(slug)
    url = pages.live_url(found)
    context = {
        "day": head(found, now=days.now()),
        "version": found.live_version,
        "live": found.live,
        **questions.questions(found.pk),
        "url": short if len(short := url.split("://", 1)[1].rstrip("/")) <= EASY_TO_TYPE else "",
        **({} if found.live else questions.wall(found, now=days.now())),
        "qr": pages.qr(url, label=url),
    }
    return render(request, "days/screen.html", context)


@public
@require_safe
def screen_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for the projector."""
    return quick.answer(request, slug=slug, part="screen", lang=lang(request))
