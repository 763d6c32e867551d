"""What is printed: badges, and the whole offer of the region."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from alliage.hub.days.queries.printed import badges_pdf, offer_pdf, report_pdf
from alliage.hub.days.views.common import day_or_404, file, lang, person_of
from alliage.hub.people.access import Role, only, public
from alliage.hub.people.actions.registers import looked_at
from alliage.hub.ui import day as days


@public
@require_safe
def offer(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole offer of the region on the day, to print for everyone who comes."""
    found = day_or_404(slug)
    return file(offer_pdf(found, lang=lang(request)), "application/pdf", f"{slug}-offre.pdf", inline=True)


@only(Role.TEAM)
@require_safe
def badges(request: HttpRequest, slug: str) -> HttpResponse:
    """Badges of all who have a seat, to print."""
    found = day_or_404(slug, drafts=True)
    content, people = badges_pdf(found, lang=lang(request))
    looked_at(people, by=person_of(request), why="day", at=days.now())
    return file(content, "application/pdf", f"{slug}-badges.pdf", inline=True)


@only(Role.TEAM)
@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The report of the day, to send."""
    found = day_or_404(slug, drafts=True)
    content = report_pdf(found, now=days.now(), lang=lang(request))
    return file(content, "application/pdf", f"{slug}-bilan.pdf", inline=True)
