"""The end of a day, and its report."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliage.hub.days.actions import closing, notices
from alliage.hub.days.actions.closing import NotOver
from alliage.hub.days.queries.report import report, who_asks_for_help
from alliage.hub.days.views.common import METHODS, day_or_404, lang, person_of, team_done, team_page
from alliage.hub.people.access import Role, only
from alliage.hub.people.actions.registers import looked_at
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG


@only(Role.TEAM)
@require_http_methods(METHODS)
def day_report(request: HttpRequest, slug: str) -> HttpResponse:
    """End the day, then its report."""
    found, wrong = day_or_404(slug, drafts=True), ""
    if request.method == "POST":
        try:
            closing.close_day(found.pk, by=person_of(request), at=days.now())
        except NotOver:
            wrong = _("La journée n’est pas finie : revenez après sa dernière heure.")
        else:
            notices.send_due(at=days.now(), most=20)
            return team_done(request, "saved", "team-report", slug)
    page = report(found, now=days.now(), lang=lang(request))
    help_ = who_asks_for_help(found, lang=lang(request))
    looked_at(help_["people"], by=person_of(request), why="day", at=days.now(), emails=help_["emails"])
    context = {"day": page, "help": help_["rows"], "wrong": wrong}
    return team_page(request, "days/team/report.html", context, status=WRONG if wrong else 200)
