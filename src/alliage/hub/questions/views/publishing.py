"""An answer for everyone: written by who answered, decided by the team."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.people.access import NotYours, Role, only
from alliage.hub.people.telling import tell, told
from alliage.hub.people.views.common import me
from alliage.hub.programmes.actions import Closed
from alliage.hub.programmes.views.common import day_of, is_team, speech_of
from alliage.hub.questions.actions import publishing, records
from alliage.hub.questions.actions.publishing import Answer, Draft
from alliage.hub.questions.actions.records import Question, Refused
from alliage.hub.questions.forms import Decide, Publish
from alliage.hub.questions.queries import answers as queries
from alliage.hub.questions.queries.following import last_answer
from alliage.hub.questions.queries.inbox import offices_of, question_page, visible
from alliage.hub.questions.queries.settling import settled_by
from alliage.hub.questions.views.common import FORM, REFUSED
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG, SeeOther, row_number

REVIEW = timedelta(days=365)  # after which an answer is to be read again, unless another day is chosen


@only(Role.OFFICER, Role.TEAM)
@require_http_methods(FORM)
def publish(request: HttpRequest, number: str) -> HttpResponse:
    """Write for everyone a question that was answered."""
    found = visible(row_number(number), person=me(request), team=is_team(request))
    if found is None:
        raise NotYours
    speech = speech_of(request)
    page = question_page(found, on=day_of(request), speech=speech)
    places = settled_by(found.programme, speech=speech)
    row = queries.living(found)
    initial = queries.as_typed(row) if row else _first(found)
    form = Publish(request.POST if request.method == "POST" else None, initial=initial, places=places, on=days.today())
    wrong = ""
    if request.method == "POST" and form.is_valid():
        mine = found.organisation_asked_id in offices_of(me(request))
        by = (records.officer if mine else records.team)(days.now(), me(request))
        try:
            publishing.propose_answer(found.pk, draft=_draft(form, programmes=_cited(found)), by=by)
        except Refused as refused:
            wrong = str(REFUSED[refused.why])
        else:
            tell(request, "saved")
            return SeeOther(reverse("questions:question", args=[found.pk]))
    filled = {"page": page, "form": form, "wrong": wrong}
    return render(request, "questions/publish.html", filled, status=WRONG if request.method == "POST" else 200)


def _first(found: Question) -> dict[str, Any]:
    """What the form begins with: the answer as it was given; the question is for the officer to rewrite."""
    on = days.today()
    return {
        "original": found.language,
        f"answer_{found.language}": last_answer(found),
        "translation": "none",
        "valid_on": on,
        "review_by": on + REVIEW,
    }


def _cited(found: Question) -> tuple[str, ...]:
    return (found.programme,) if found.programme else ()


def _draft(form: Publish, *, programmes: tuple[str, ...]) -> Draft:
    said = form.cleaned_data
    return Draft(
        question={lang: said[f"question_{lang}"] for lang in ("fr", "en")},
        answer={lang: said[f"answer_{lang}"] for lang in ("fr", "en")},
        original=said["original"],
        translation=said["translation"],
        programmes=programmes,
        sources=tuple(said["sources"]),
        valid_on=said["valid_on"],
        review_by=said["review_by"],
        settles=said.get("settles", ""),
    )


@only(Role.TEAM)
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    """Answers that wait for the team, those to read again, and those that are published."""
    page = queries.answers_page(request.GET.get("etat", ""), on=day_of(request), speech=speech_of(request))
    labels = {
        "proposed": _("À décider"),
        "review": _("À relire"),
        "translate": _("À traduire"),
        "published": _("Publiées"),
    }
    chips = [{"label": f"{label} ({page['counts'][kind]})", "url": f"?etat={kind}"} for kind, label in labels.items()]
    filled = {"page": page, "chips": chips, "title": labels[page["chosen"]], **told(request)}
    return render(request, "questions/answers.html", filled)


@only(Role.TEAM)
@require_http_methods(FORM)
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Accept an answer, corrected if need be; refuse it; withdraw it; propose it as the source of a condition."""
    row = queries.answer(row_number(number))
    if row is None:
        raise NotYours
    speech = speech_of(request)
    places = settled_by(row.programmes[0], speech=speech) if row.programmes else []
    posted = request.method == "POST"
    form = Publish(request.POST if posted else None, initial=queries.as_typed(row), places=places, on=days.today())
    decided = Decide(request.POST if posted else None, initial={"why": row.why})
    wrong = ""
    if posted:
        try:
            done = _done(request, row, form, decided)
        except Refused as refused:
            wrong = str(REFUSED[refused.why])
        except (Closed, AlliageError):
            wrong = _("La fiche a changé depuis : proposez le changement à la main, par « Modifier la fiche ».")
        else:
            if done:
                return SeeOther(done)
    page = queries.answer_page(row, on=day_of(request), speech=speech)
    filled = {"page": page, "form": form, "decide": decided, "wrong": wrong}
    return render(request, "questions/decide.html", filled, status=WRONG if posted else 200)


def _done(request: HttpRequest, row: Answer, form: Publish, decided: Decide) -> str:
    """Do what the button says; where to go then, or nothing if the form is wrong."""
    do = request.POST.get("do", "")
    if do == "settle":
        proposal = publishing.settle(row.pk, by=me(request), at=days.now())
        return reverse("programmes:proposal", args=[proposal.pk])
    if do not in ("published", "refused", "withdrawn") or not form.is_valid() or not decided.is_valid():
        return ""
    by = records.team(days.now(), me(request))
    draft = _draft(form, programmes=tuple(row.programmes))
    publishing.decide(row.pk, state=do, draft=draft, why=decided.cleaned_data["why"], by=by)
    tell(request, "saved")
    return reverse("questions:decide", args=[row.pk]) if do == "published" else reverse("questions:answers")
