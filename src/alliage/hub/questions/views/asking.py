"""The page where a question is asked: about a programme, a line of a receipt, a plan, a day, or nothing."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alliage.core.vocabulary.answers import Answer, plain
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.finder.visit import visit
from alliage.hub.people.access import public, who
from alliage.hub.people.actions.once import once
from alliage.hub.people.form_key import key_of
from alliage.hub.programmes.queries import Speech
from alliage.hub.programmes.queries.speaking import Plain
from alliage.hub.programmes.views.common import day_of, speech_of
from alliage.hub.questions.actions.asking import LONGEST, Origin
from alliage.hub.questions.actions.receiving import TooMany, Typed, receive
from alliage.hub.questions.forms import YES, Ask
from alliage.hub.questions.queries.about import about, choices, needs, owners_of, region_of, regions
from alliage.hub.questions.queries.following import page_of
from alliage.hub.questions.queries.places import Place, place_of
from alliage.hub.questions.queries.published import alike
from alliage.hub.questions.views.common import FORM, one
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import BUSY, WRONG, SeeOther, by_robot, row_number
from alliage.hub.ui.language import language_of

_WAITS = {
    "mine": _("Vous avez posé beaucoup de questions aujourd’hui. Envoyez celle-ci demain : elle est encore ici."),
    "hour": _("Nous recevons beaucoup de questions. Envoyez la vôtre de nouveau dans une heure : elle est encore ici."),
    "day": _("Nous avons reçu beaucoup de questions aujourd’hui. Envoyez la vôtre demain : elle est encore ici."),
}
_OPEN = "open"
_KINDS = ("programme", "receipt", "plan", "day")


@public
@require_http_methods(FORM)
def ask(request: HttpRequest) -> HttpResponse:
    """Write a question; published answers to alike ones are shown while it is typed, or before it is sent."""
    speech, posted = speech_of(request), request.method == "POST"
    sent = request.POST if posted else request.GET
    origin, programme = _origin(sent), one(sent, "programme")
    subject = about(programme=programme, kind=origin.kind, point=origin.about, need="", region="", speech=speech)
    look = posted and sent.get("do") != "send"
    filled: dict[str, Any] = {
        "form": _form(request, speech, subject, look=look),
        "about": subject,
        "kind": origin.kind,
        "point": origin.about,
        "alike": _alike(request, speech, subject) if posted else [],
        "looked": posted,
        "check": False,
        "wait": "",
    }
    if not posted or look:  # nothing is sent yet: what is missing is not an error
        return _page(request, filled)
    return _sent(request, origin, filled)


def _page(request: HttpRequest, filled: dict[str, Any], *, status: int = 200, **more: Any) -> HttpResponse:
    response = render(request, "questions/ask.html", {**filled, **more}, status=status)
    add_never_cache_headers(response)
    return response


def _alike(request: HttpRequest, speech: Speech, subject: Plain) -> list[Plain]:
    text = request.POST.get("text", "")[:LONGEST]
    return alike(text, on=day_of(request), speech=speech, programme=subject["programme"])


def _sent(request: HttpRequest, origin: Origin, filled: dict[str, Any]) -> HttpResponse:
    """Keep the question, or say what keeps it from leaving; what was typed stays."""
    form: Ask = filled["form"]
    if not form.is_valid():
        return _page(request, filled, status=WRONG)
    if filled["alike"] and request.POST.get("looked") != YES:  # they have not seen them yet
        return _page(request, filled, check=True)
    if by_robot(request.POST):
        return SeeOther(reverse("questions:search"))
    if not ratelimit.consume(request, action="questions"):
        return _page(request, filled, status=BUSY, wait=str(_WAITS["hour"]))
    try:
        row = once(key_of(request), at=days.now(), do=lambda: _received(request, origin, filled))
    except TooMany as error:
        return _page(request, filled, status=BUSY, wait=str(_WAITS[error.why]))
    return SeeOther(page_of(row_number(row)))


def _received(request: HttpRequest, origin: Origin, filled: dict[str, Any]) -> str:
    """The number of the question; the link that opens it is not kept."""
    typed = _typed(request, filled["form"], filled)
    return str(receive(typed, person=who(request).person, origin=origin, at=days.now()).pk)


def _typed(request: HttpRequest, form: Ask, filled: dict[str, Any]) -> Typed:
    said = form.cleaned_data
    return Typed(
        said["text"],
        language_of(request.path_info),
        programme=filled["about"]["programme"],
        need=said["need"],
        region=said["region"],
        email=said.get("email", ""),
        write=YES in said["write"],
        owner=said.get("owner", ""),
        to=said.get("to", ""),
    )


def _origin(sent: Any) -> Origin:
    """Where it is asked; a day that nobody may see is none."""
    kind, point = one(sent, "de"), one(sent, "point")
    known = kind in _KINDS and (kind != "day" or place_of(point) is not None)
    return Origin(kind, point) if known else Origin(_OPEN, "" if kind == "day" else point)


def _form(request: HttpRequest, speech: Speech, subject: Plain, *, look: bool) -> Ask:
    """The form: filled by what was sent, else by what the answers of the browser already say."""
    found = who(request)
    person = found.person
    owners = owners_of([one.id for one in found.belongings if not one.provider], speech=speech)
    programme = speech.catalogue.programmes.get(subject["programme"])
    subjects = [(id_, label) for id_, label in needs(speech) if programme is None or id_ in programme.needs]
    kwargs: dict[str, Any] = {
        "needs": choices(subjects or needs(speech)),
        "regions": choices(regions(speech)),
        "owners": [("", _("moi-même")), *owners],
        "agencies": choices(_agencies(subject, speech)),
        "address": person.email if person else "",
    }
    if request.method == "POST":
        return Ask(initial=_as_typed(request), **kwargs) if look else Ask(request.POST, **kwargs)
    known = _known(request, speech)
    return Ask(initial={**known, "region": known["region"] or _region(subject)}, **kwargs)


def _agencies(subject: Plain, speech: Speech) -> list[tuple[str, str]]:
    """Those of the day that a question is about."""
    place: Place | None = subject["place"]
    return owners_of([one.pk for one in place.organisations], speech=speech) if place else []


def _region(subject: Plain) -> str:
    place: Place | None = subject["place"]
    return place.region if place else ""


def _as_typed(request: HttpRequest) -> dict[str, Any]:
    short = {name: request.POST.get(name, "") for name in ("text", "need", "region", "owner", "to", "email")}
    return {**short, "write": request.POST.getlist("write")}


def _known(request: HttpRequest, speech: Speech) -> dict[str, str]:
    """What the browser's answers already say: the region of the company, its need if there is only one."""
    roles = speech.catalogue.vocabulary.roles
    try:
        known = visit(request).found.known.answers
    except AlliageError:  # they contradict each other: nothing is sure
        return {"region": "", "need": ""}
    places, wanted = (_plain(known.get(name)) for name in (roles.territory, roles.needs))
    found = {region for place in places if (region := region_of(place, speech=speech))}
    return {
        "region": found.pop() if len(found) == 1 else "",
        "need": one(request.GET, "besoin") or (wanted[0] if len(wanted) == 1 else ""),
    }


def _plain(answer: Answer | None) -> list[str]:
    said = plain(answer) if answer is not None else []
    return [one for one in (said if isinstance(said, list) else [said]) if isinstance(one, str)]
