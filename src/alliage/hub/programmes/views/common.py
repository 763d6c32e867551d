"""What the pages where the catalogue is written share: who may, in which words, and what is said of a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alliage.core.catalogue.merging import Clash
from alliage.hub.people.access import NotYours, Role, who
from alliage.hub.people.actions.registers import looked_at
from alliage.hub.programmes import queries
from alliage.hub.programmes.actions import Why
from alliage.hub.programmes.actions.records import as_data
from alliage.hub.programmes.forms.page import KEEP, WhyTyped
from alliage.hub.programmes.queries import Speech
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import SeeOther
from alliage.hub.ui.day import AskedDay
from alliage.hub.ui.language import language_of


def speech_of(request: HttpRequest) -> Speech:
    """The catalogue as it is now, spoken of in the language of the address."""
    return Speech(queries.current_shelf(), lang=language_of(request.path_info))


def day_of(request: HttpRequest) -> date:
    """The day that the page is about."""
    return cast("AskedDay", cast("Any", request).day).on


def is_team(request: HttpRequest) -> bool:
    """Whether who asks is of the team."""
    return Role.TEAM in who(request).roles


def may_propose(request: HttpRequest, provider: str) -> bool:
    """Whether who asks may write a programme of this provider, to publish or to propose."""
    return is_team(request) or answers_for(request, provider)


def may_write(request: HttpRequest, provider: str) -> bool:
    """Whether who asks publishes at once; an officer of the provider only proposes.

    Raises:
        NotYours: neither.
    """
    if not may_propose(request, provider):
        raise NotYours
    return is_team(request)


def seen_by_team(request: HttpRequest, page: Mapping[str, Any], *, why: str) -> None:
    """Write down that somebody of the team saw the people that a page names (``people``)."""
    person = who(request).person
    if person is not None and is_team(request):
        looked_at(page["people"], by=person, why=why, at=days.now())


def answers_for(request: HttpRequest, provider: str) -> bool:
    """Whether who asks is an officer of this provider."""
    return provider in who(request).providers


def why_of(request: HttpRequest, typed: WhyTyped) -> Why:
    """Who changes something now, and why."""
    person = who(request).person
    assert person is not None
    return Why(by="", person=person.pk, at=days.now(), reason=typed.reason, page=typed.page, read=typed.day)


def said_why(typed: WhyTyped) -> dict[str, Any]:
    """The reason and the source as their fields show them."""
    names = ("reason", "page", "read")
    return {
        **{name: getattr(typed, name) for name in names},
        "errors": {name: typed.wrong.get(name, "") for name in names},
        "wrong": [(name, typed.wrong[name]) for name in names if name in typed.wrong],
    }


def as_rows(clashes: Iterable[Clash]) -> list[dict[str, Any]]:
    """Clashes as pages show them."""
    return [as_data(clash) for clash in clashes]


def chosen_of(keep: Mapping[str, Any]) -> dict[str, str]:
    """What was chosen so far, by place."""
    return {place: side.value for place, side in keep.items()}


def kept_of(keep: Mapping[str, Any], clashes: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The fields that hold what was chosen where the page does not ask: a choice outlives a reason that is missing."""
    asked = {clash["place"] for clash in clashes}
    return [(KEEP + place, side) for place, side in chosen_of(keep).items() if place not in asked]


def to(name: str, *args: object) -> HttpResponse:
    """The browser is sent on."""
    return SeeOther(reverse(f"programmes:{name}", args=args))
