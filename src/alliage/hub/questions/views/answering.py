"""Where questions are answered: the inbox of officers, one question, and the same by the link of a shared box."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.people.access import NotYours, Role, only, public
from alliage.hub.people.actions.registers import looked_at
from alliage.hub.people.telling import told
from alliage.hub.people.views.common import me
from alliage.hub.programmes.views.common import day_of, is_team, speech_of
from alliage.hub.questions.actions import moving, offices, records
from alliage.hub.questions.actions.moving import LONGEST_PROMISE, Said
from alliage.hub.questions.actions.records import By, Question, Refused
from alliage.hub.questions.forms import Because, Merge, Promise, Reply
from alliage.hub.questions.links import question_of_office
from alliage.hub.questions.queries import inbox as queries
from alliage.hub.questions.views.common import FORM, REFUSED
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import GONE, WRONG, SeeOther, row_number


@only(Role.OFFICER, Role.TEAM)
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for me, for my colleagues, and what ended lately."""
    page = queries.inbox(me(request), on=day_of(request), speech=speech_of(request))
    return render(request, "questions/inbox.html", {"page": page, **told(request)})


@only(Role.OFFICER, Role.TEAM)
@require_http_methods(FORM)
def question(request: HttpRequest, number: str) -> HttpResponse:
    """One question: an officer of its office answers it, or the team does."""
    team = is_team(request)
    found = queries.visible(row_number(number), person=me(request), team=team)
    if found is None:
        raise NotYours
    if team:
        looked_at([found.person, found.officer], by=me(request), why="question", at=days.now(), emails=[found.email])
    mine = found.organisation_asked_id is not None and found.organisation_asked_id in queries.offices_of(me(request))
    by = (records.officer if mine else records.team)(days.now(), me(request))
    return _page(request, found, by=by, back=reverse("questions:inbox" if mine else "questions:team"))


@public
@require_http_methods(FORM)
def office(request: HttpRequest, token: str) -> HttpResponse:
    """The same for an organisation, by the link of a letter to its shared box: it has no account."""
    found = question_of_office(token)
    if found is None or found.forgotten:
        response = render(request, "questions/gone.html", {"office": True}, status=GONE)
    elif request.method == "POST" and request.POST.get("do") == "stop" and found.organisation_asked is not None:
        offices.stop_box(found.organisation_asked, at=days.now())
        response = render(request, "questions/stop.html", {"done": True, "gone": False, "back": ""})
    else:
        response = _page(request, found, by=records.office(days.now()), back="")
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@dataclass
class _Sent:
    """The forms of a page where a question is answered; the one that was sent has what was typed."""

    reply: Form
    because: Form
    promise: Form
    merge: Form
    do: str = ""
    wrong: str = ""
    typed: str = ""  # what was written, if it could not be kept


def _forms(request: HttpRequest, found: Question) -> _Sent:
    do = request.POST.get("do", "") if request.method == "POST" else ""

    def filled(name: str) -> Any:
        return request.POST if do in _USES[name] else None

    promise = Promise(filled("promise"), on=days.today(), most=LONGEST_PROMISE)
    merge = Merge(filled("merge"), others=queries.others(found))
    return _Sent(Reply(filled("reply")), Because(filled("because")), promise, merge, do)


_USES = {
    "reply": ("answer",),
    "because": ("decline", "helpless", "unreachable"),
    "promise": ("promise",),
    "merge": ("merge",),
}


def _page(request: HttpRequest, found: Question, *, by: By, back: str) -> HttpResponse:
    sent = _forms(request, found)
    if request.method == "POST":
        try:
            act = _ACTS.get(sent.do)
            if act is not None and act(found, sent, by):
                return SeeOther(back or request.path)
        except Refused as refused:
            sent.wrong = str(REFUSED[refused.why])
            sent.typed = request.POST.get("text") or request.POST.get("why", "")
        found.refresh_from_db()
    page = queries.question_page(found, on=day_of(request), speech=speech_of(request))
    filled = {
        "page": page,
        "owners": _owners(request, found) if by.role == "team" else None,
        **(told(request) if by.person else {"told": ""}),
        "sent": sent,
        "back": back,
        "role": by.role,
        "endings": [
            ("decline", _("Pas pour moi"), _("La question repart vers quelqu’un d’autre.")),
            ("helpless", _("Aucune aide possible"), _("L’entreprise lira pourquoi, et qui appeler d’autre.")),
            (
                "unreachable",
                _("Impossible à joindre"),
                _("L’entreprise pourra ajouter un mot, et rouvrir."),
            ),
        ],
    }
    return render(request, "questions/question.html", filled, status=WRONG if request.method == "POST" else 200)


def _owners(request: HttpRequest, found: Question) -> dict[str, Any]:
    """To whom the team may give it, as a field."""
    known = queries.owners(found, on=days.today(), speech=speech_of(request))
    options = [("", _("Quelqu’un d’autre, au choix du site")), *known, ("team", _("L’équipe"))]
    return {
        "id": "to",
        "name": "to",
        "kind": "select",
        "label": _("À qui"),
        "options": [{"value": value, "label": label, "on": False} for value, label in options],
    }


def _take(found: Question, _sent: _Sent, by: By) -> bool:
    moving.take(found.pk, by=by)
    return True


def _answer(found: Question, sent: _Sent, by: By) -> bool:
    if not sent.reply.is_valid():
        return False
    said = sent.reply.cleaned_data
    moving.answer(found.pk, by=by, said=Said(said["text"], said["channel"]))
    return True


def _promise(found: Question, sent: _Sent, by: By) -> bool:
    if not sent.promise.is_valid():
        return False
    said = sent.promise.cleaned_data
    moving.promise(found.pk, by=by, day=said["day"], why=said["why"])
    return True


def _decline(found: Question, sent: _Sent, by: By) -> bool:
    if not sent.because.is_valid():
        return False
    moving.decline(found.pk, by=by, why=sent.because.cleaned_data["why"])
    return True


def _give_up(found: Question, sent: _Sent, by: By) -> bool:
    if not sent.because.is_valid():
        return False
    moving.give_up(found.pk, by=by, what=sent.do, why=sent.because.cleaned_data["why"])
    return True


def _merge(found: Question, sent: _Sent, by: By) -> bool:
    if not sent.merge.is_valid():
        return False
    moving.merge(found.pk, by=by, into=int(sent.merge.cleaned_data["into"]))
    return True


_ACTS: dict[str, Callable[[Question, _Sent, By], bool]] = {
    "take": _take,
    "answer": _answer,
    "promise": _promise,
    "decline": _decline,
    "helpless": _give_up,
    "unreachable": _give_up,
    "merge": _merge,
}
