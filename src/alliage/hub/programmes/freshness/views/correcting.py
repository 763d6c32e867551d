"""« Quelque chose à corriger? »: the form of anyone, and the queue of the team."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.people.access import Role, only, public, who
from alliage.hub.people.actions.once import once
from alliage.hub.people.actions.registers import looked_at
from alliage.hub.people.form_key import key_of
from alliage.hub.people.mail import MailNotSent
from alliage.hub.people.models import Person
from alliage.hub.programmes import queries
from alliage.hub.programmes.freshness.actions import correcting
from alliage.hub.programmes.freshness.actions.correcting import Told, TooMany
from alliage.hub.programmes.freshness.forms import Correct, Settle
from alliage.hub.programmes.freshness.queries.corrections import correction_page, corrections_page
from alliage.hub.programmes.queries import Missing
from alliage.hub.programmes.views.common import speech_of
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import BUSY, UNAVAILABLE, WRONG, SeeOther, by_robot, row_number
from alliage.hub.ui.errors import kind_page
from alliage.hub.ui.language import language_of

METHODS = ["GET", "HEAD", "POST"]
_WAITS = {
    True: _("Nous avons reçu beaucoup de messages sur cette fiche. Envoyez le vôtre de nouveau dans une heure."),
    False: _("Nous avons reçu beaucoup de messages aujourd’hui. Envoyez le vôtre de nouveau demain."),
}


@public
@require_http_methods(METHODS)
def correct(request: HttpRequest, id_: str) -> HttpResponse:
    """What is wrong on the page of a programme, told by anyone."""
    page = queries.programme_page(id_, on=days.today(), speech=speech_of(request))
    if isinstance(page, Missing):
        if page.moved_to:
            return HttpResponsePermanentRedirect(reverse("freshness:correct", args=[page.moved_to]))
        return render(request, "programmes/missing.html", {"missing": page}, status=410 if page.retired else 404)
    form = Correct(request.POST) if request.method == "POST" else Correct()
    status, wait = WRONG if request.method == "POST" else 200, ""
    if request.method == "POST" and form.is_valid():
        try:
            return _kept(request, id_, form)
        except TooMany as too_many:
            status, wait = BUSY, str(_WAITS[too_many.hour])
    kept_days = settings.RETENTION["corrections"]
    filled = {"programme": page, "form": form, "wait": wait, "kept_days": kept_days}
    return render(request, "programmes/correct.html", filled, status=status)


def _kept(request: HttpRequest, id_: str, form: Correct) -> HttpResponse:
    """Thank you.

    Raises:
        TooMany: it was not kept.
    """
    said = form.cleaned_data
    told = Told(
        said["text"], page=said["page"], part=said["part"], email=said["email"], language=language_of(request.path_info)
    )
    try:
        if not by_robot(request.POST):
            once(key_of(request), at=days.now(), do=lambda: _told(id_, told))
    except LookupError:  # the site has no database yet: nothing could be kept
        return kind_page(request, UNAVAILABLE)
    return SeeOther(reverse("freshness:corrected"))


def _told(id_: str, told: Told) -> str:
    correcting.tell(id_, told=told, at=days.now())
    return ""


@public
@require_safe
def corrected(request: HttpRequest) -> HttpResponse:
    """Thank you."""
    return render(request, "programmes/corrected.html")


@only(Role.TEAM)
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """The queue."""
    page = corrections_page(request.GET.dict(), speech=speech_of(request))
    return render(request, "programmes/corrections.html", {"page": page})


@only(Role.TEAM)
@require_http_methods(METHODS)
def correction(request: HttpRequest, number: str) -> HttpResponse:
    """One correction: how far it is, and an answer."""
    typed = row_number(number)
    page = correction_page(typed, speech=speech_of(request))
    if page is None:
        raise Http404
    person = cast("Person", who(request).person)
    looked_at((), by=person, why="correction", at=days.now(), emails=[page["email"]])
    form = Settle(request.POST) if request.method == "POST" else Settle(initial=page)
    if request.method != "POST" or not form.is_valid():
        status = WRONG if request.method == "POST" else 200
        return render(request, "programmes/correction.html", {"page": page, "form": form}, status=status)
    said = form.cleaned_data
    try:
        correcting.settle_correction(typed, state=said["state"], answer=said["answer"], by=person, at=days.now())
    except MailNotSent:
        return kind_page(request, UNAVAILABLE)
    return SeeOther(reverse("freshness:corrections"))
