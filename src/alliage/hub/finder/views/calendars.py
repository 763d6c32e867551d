"""Deadlines and changes, as calendars and feeds: public, and of one file behind a secret address that may be closed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alliage.hub.finder.actions.project_files import file_of_calendar
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.queries import calendars as queries
from alliage.hub.finder.views.common import context, private
from alliage.hub.finder.visit import visit
from alliage.hub.people.access import public
from alliage.hub.programmes.views.feeds import atom
from alliage.hub.ui.asked import GONE

CALENDAR = "text/calendar; charset=utf-8"


@public
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The days on which programmes open and close."""
    here = visit(request)
    return HttpResponse(queries.calendar(on=here.engine.on, voice=here.voice), content_type=CALENDAR)


@public
@require_safe
@private
def file_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The same for one file, for whoever has its address."""
    here, file = visit(request), file_of_calendar(token)
    if file is None:
        return render(request, "finder/shared_gone.html", context(here), status=GONE)
    written = queries.calendar_of(Dossier.from_dict(file.answers), engine=here.engine, voice=here.voice)
    return HttpResponse(written, content_type=CALENDAR)


@public
@require_safe
@private
def file_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What changes and what closes for one file, as Atom, for whoever has its address: that of its calendar."""
    here, file = visit(request), file_of_calendar(token)
    if file is None:
        return render(request, "finder/shared_gone.html", context(here), status=GONE)
    return atom(
        request,
        title=_("Alliage : ce qui change pour un dossier"),
        about=_("Les programmes d’un dossier qui changent, ou qui ferment dans 30 jours."),
        link=reverse("programmes:news"),
        key=f"dossier-{file.pk}",
        only=queries.programmes_of(Dossier.from_dict(file.answers), engine=here.engine),
    )
