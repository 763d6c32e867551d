"""A question as who asked follows it: by its secret link, or from their account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.people.access import Role, only, public
from alliage.hub.people.actions import consents
from alliage.hub.people.mail import whole_url
from alliage.hub.people.views.common import me
from alliage.hub.programmes.views.common import day_of, speech_of
from alliage.hub.questions.actions import moving
from alliage.hub.questions.actions.digests import PURPOSE
from alliage.hub.questions.actions.records import Question, Refused
from alliage.hub.questions.forms import More
from alliage.hub.questions.links import person_of_digest, question_of
from alliage.hub.questions.queries.following import mine as mine_page
from alliage.hub.questions.queries.following import my_questions
from alliage.hub.questions.views.common import FORM, REFUSED, by_asker
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import GONE, WRONG, SeeOther
from alliage.hub.ui.language import language_of


def _private(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@public
@require_http_methods(FORM)
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """The state and the clock of a question; add something, say whether it is answered, take it back."""
    question = question_of(token)
    if question is None or question.forgotten:
        return _private(render(request, "questions/gone.html", {"office": False}, status=GONE))
    form = More()
    wrong = ""
    if request.method == "POST":
        form = More(request.POST)
        act = _DOES.get(request.POST.get("do", ""))
        try:
            if act is not None and act(request, question, form):
                return SeeOther(reverse("questions:mine", args=[token]))
        except Refused as refused:
            wrong = str(REFUSED[refused.why])
        question.refresh_from_db()
    filled = {
        "page": mine_page(question, on=day_of(request), speech=speech_of(request)),
        "form": form,
        "wrong": wrong,
        "token": token,
        "address": whole_url(reverse("questions:mine", args=[token])),
    }
    return _private(render(request, "questions/mine.html", filled, status=WRONG if request.method == "POST" else 200))


def _add(request: HttpRequest, question: Question, form: More) -> bool:
    if not form.is_valid():
        return False
    moving.follow_up(question.pk, by=by_asker(request), text=form.cleaned_data["text"])
    return True


def _judge(request: HttpRequest, question: Question, form: More) -> bool:
    """« Yes »; « no », with what is missing if it is said: what cannot be kept is shown again."""
    satisfied = request.POST.get("do") == "yes"
    adds = not satisfied and bool(request.POST.get("text", "").strip())
    if adds and not form.is_valid():
        return False
    moving.judge(question.pk, by=by_asker(request), satisfied=satisfied)
    if adds:
        moving.follow_up(question.pk, by=by_asker(request), text=form.cleaned_data["text"])
    return True


def _withdraw(request: HttpRequest, question: Question, _form: More) -> bool:
    moving.withdraw(question.pk, by=by_asker(request))
    return True


def _quiet(_request: HttpRequest, question: Question, _form: More) -> bool:
    moving.stop_letters(question)
    return True


_DOES: dict[str, Callable[[HttpRequest, Question, More], bool]] = {
    "add": _add,
    "yes": _judge,
    "no": _judge,
    "withdraw": _withdraw,
    "quiet": _quiet,
}


@csrf_exempt
@public
@require_http_methods(FORM)
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more letters about a question: by a button, or by the mail program itself (RFC 8058).

    The link is the key: a form of another site that knew it could only stop letters.
    """
    question = question_of(token)
    if question is not None and request.method == "POST":
        moving.stop_letters(question)
    return _stopped(request, known=question is not None, back=reverse("questions:mine", args=[token]))


@csrf_exempt
@public
@require_http_methods(FORM)
def digest_stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more digest for an officer, in the same way."""
    person = person_of_digest(token)
    if person is not None and request.method == "POST":
        language = language_of(request.path_info)
        consents.change(person, PURPOSE, wanted=False, language=language, at=days.now(), how="letter")
    return _stopped(request, known=person is not None, back="")


def _stopped(request: HttpRequest, *, known: bool, back: str) -> HttpResponse:
    filled: dict[str, Any] = {"gone": not known, "done": known and request.method == "POST", "back": back}
    return _private(render(request, "questions/stop.html", filled, status=200 if known else GONE))


@only(Role.MEMBER)
@require_safe
def my(request: HttpRequest) -> HttpResponse:
    """The questions of an account."""
    return render(request, "questions/my.html", {"rows": my_questions(me(request), speech=speech_of(request))})
