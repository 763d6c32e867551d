"""The page where a programme is written: its form, checked as often as one likes, then published or proposed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliage.hub.people.access import NotYours, Role, number_of, only, who
from alliage.hub.people.telling import tell
from alliage.hub.programmes import actions, queries
from alliage.hub.programmes.actions import RETIRED, Why
from alliage.hub.programmes.forms.page import Typed, WhyTyped
from alliage.hub.programmes.forms.values import one
from alliage.hub.programmes.origins import Origin, asked_by, offered, used
from alliage.hub.programmes.views.common import answers_for, may_write, to
from alliage.hub.programmes.views.desk import MOST_FIELDS, PROPOSE, SAVE, VERSION, Desk, Save, answer
from alliage.hub.ui import day as days
from alliage.hub.ui.large_form import large_form

ORIGIN = "origine"  # of an address and of a form: what asked for the change, such as a correction


@large_form(fields=MOST_FIELDS)
@only(Role.OFFICER, Role.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, id_: str) -> HttpResponse:
    """Write a programme: the team publishes, or proposes to one another; an officer of its provider proposes."""
    programme = queries.known(id_)
    if programme is None:
        raise NotYours
    publishes = may_write(request, programme.provider)
    if programme.retired is not None and request.method != "POST":
        return to("history", programme.id)
    origin = (request.POST.get(ORIGIN) or request.GET.get(ORIGIN, "")) if publishes else ""
    asks_for = asked_by(origin, programme=programme.id)
    saves = _saves(request, programme, asks_for)
    return answer(
        request,
        Desk(
            id=programme.id,
            name=programme.name,
            document=offered(programme.document, asks_for),
            published=programme.document,
            base=programme.number,
            number=programme.number,
            action=reverse("programmes:edit", args=[programme.id]),
            back=asks_for.url if asks_for else reverse("programmes:detail", args=[programme.id]),
            saves=saves if publishes else {PROPOSE: saves[PROPOSE]},
            why=_why_asked(request, asks_for),
            closes=lambda _state: _("La fiche a été retirée du catalogue pendant que vous écriviez"),
            closed=RETIRED if programme.retired is not None else "",
            origin=origin if asks_for else "",
            asks_for=asks_for,
            part=asks_for.part if asks_for else "",
        ),
    )


def _why_asked(request: HttpRequest, asks_for: Origin | None) -> WhyTyped:
    """Why one comes to write: a page that leads here may say it, with the page that was read."""
    reason, page = (request.GET.get(name, "")[:1_000] for name in ("reason", "page"))
    if asks_for:
        reason, page = asks_for.reason, asks_for.page
    return WhyTyped(reason=reason, page=page, read=days.today().isoformat())


def _saves(request: HttpRequest, programme: queries.Known, asks_for: Origin | None) -> Mapping[str, tuple[Save, str]]:
    """What each button does of a programme, and the page that shows it."""

    def publish(document: Mapping[str, Any], base: int, typed: Typed, why: Why) -> str:
        if actions.edit_programme(document=used(document, asks_for), why=why, base=base, keep=typed.keep).rebased:
            tell(request, "edits-joined")
        return programme.id

    def propose(document: Mapping[str, Any], base: int, _typed: Typed, why: Why) -> str:
        own = replace(why, by_provider=answers_for(request, programme.provider))
        return str(actions.propose(document=used(document, asks_for), base=base, why=own).pk)

    return {SAVE: (publish, "history"), PROPOSE: (propose, "proposal")}


@large_form(fields=MOST_FIELDS)
@only(Role.OFFICER, Role.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_proposal(request: HttpRequest, number: str) -> HttpResponse:
    """Write a proposal again before it is decided; what it said before stays beside it."""
    asked = queries.asked(number_of(number))
    if asked is None:
        raise NotYours
    publishes = may_write(request, asked.provider)
    programme = queries.known(asked.programme_id) if asked.base else None
    if not asked.waits and request.method != "POST":
        return to("proposal", number)

    version = one(request.POST, VERSION) if request.method == "POST" else asked.version

    def save(document: Mapping[str, Any], base: int, typed: Typed, why: Why) -> str:
        actions.correct_proposal(
            proposal=asked.id, document=document, base=base, why=why, version=version, keep=typed.keep
        )
        return number

    return answer(
        request,
        Desk(
            id=asked.programme_id,
            name=asked.document["name"],
            document=asked.document,
            published=programme.document if programme else None,
            base=asked.base,
            number=programme.number if programme else 0,
            action=reverse("programmes:proposal-correct", args=[number]),
            back=reverse("programmes:proposal", args=[number]),
            saves={PROPOSE: (save, "proposal")},
            why=WhyTyped(page=asked.page, read=asked.read),
            closes=lambda _state: _("La proposition a été décidée pendant que vous écriviez"),
            closed="" if asked.waits else asked.state,
            version=version,
            # A new programme is proposed of one's own provider; of the others, the provider may have changed.
            providers=None if publishes or asked.base else who(request).providers,
        ),
    )
