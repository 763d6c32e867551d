"""What officers say of themselves: their subjects, their regions, their absences, whether they want a digest."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alliage.hub.people.access import NotYours, Role, only
from alliage.hub.people.actions import consents
from alliage.hub.people.telling import tell, told
from alliage.hub.people.views.common import me
from alliage.hub.programmes.views.common import speech_of
from alliage.hub.questions.actions import presence as actions
from alliage.hub.questions.actions.digests import PURPOSE
from alliage.hub.questions.actions.records import Refused
from alliage.hub.questions.forms import YES, AnswersFor, Away
from alliage.hub.questions.queries import inbox as queries
from alliage.hub.questions.queries.about import needs, regions
from alliage.hub.questions.views.common import FORM, REFUSED
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG, SeeOther, row_number
from alliage.hub.ui.language import language_of


@only(Role.OFFICER, Role.TEAM)
@require_http_methods(FORM)
def presence(request: HttpRequest) -> HttpResponse:
    """One page, a form for each thing."""
    away, wrong = Away(), ""
    if request.method == "POST":
        do = request.POST.get("do", "")
        away = Away(request.POST) if do == "away" else away
        try:
            if do in _DOES and _DOES[do](request, away):
                tell(request, "saved")
                return SeeOther(reverse("questions:presence"))
        except Refused as refused:
            wrong = str(REFUSED[refused.why])
    person, speech = me(request), speech_of(request)
    filled = {
        "offices": [{**row, "form": _beat(request, row["needs"], row["regions"])} for row in queries.beats_of(person)],
        "absences": queries.absences(person, on=days.today()),
        "away": away,
        "wrong": wrong,
        "digest": consents.holds(person, PURPOSE),
        "words": consents.PURPOSES[PURPOSE],
        "speech": speech,
        **told(request),
    }
    return render(request, "questions/presence.html", filled, status=WRONG if request.method == "POST" else 200)


def _beat(request: HttpRequest, chosen: list[str], places: list[str]) -> AnswersFor:
    speech = speech_of(request)
    return AnswersFor(initial={"needs": chosen, "regions": places}, needs=needs(speech), regions=regions(speech))


def _answers_for(request: HttpRequest, _away: Away) -> bool:
    speech = speech_of(request)
    form = AnswersFor(request.POST, needs=needs(speech), regions=regions(speech))
    if not form.is_valid():
        raise NotYours  # only a forged form says what is not in the lists
    said: Any = form.cleaned_data
    organisation = row_number(request.POST.get("organisation", ""))
    actions.set_beat(me(request), organisation=organisation, needs=said["needs"], regions=said["regions"])
    return True


def _add_absence(request: HttpRequest, away: Away) -> bool:
    if not away.is_valid():
        return False
    said = away.cleaned_data
    actions.add_absence(me(request), first=said["first"], last=said["last"], on=days.today())
    return True


def _drop_absence(request: HttpRequest, _away: Away) -> bool:
    actions.drop_absence(me(request), row_number(request.POST.get("absence", "")))
    return True


def _digest(request: HttpRequest, _away: Away) -> bool:
    wanted = request.POST.get("digest") == YES
    language = language_of(request.path_info)
    consents.change(me(request), PURPOSE, wanted=wanted, language=language, at=days.now(), how="questions")
    return True


_DOES = {"beat": _answers_for, "away": _add_absence, "back": _drop_absence, "digest": _digest}
