"""The questions of the room, as the team reads, shows and answers them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliage.hub.days.actions import live as asking
from alliage.hub.days.forms import organising as forms
from alliage.hub.days.queries import live as questions
from alliage.hub.days.queries import plan
from alliage.hub.days.queries.organisations import organisation_of
from alliage.hub.days.queries.records import Day
from alliage.hub.days.views.common import METHODS, day_or_404, lang, person_of, team_done, team_page
from alliage.hub.people.access import NotYours, Role, only
from alliage.hub.people.actions.registers import looked_at
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG, row_number


@only(Role.TEAM)
@require_http_methods(METHODS)
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """Questions of the room: read before they are shown, merged, answered, typed in from paper."""
    found = day_or_404(slug, drafts=True)
    subjects = questions.subjects(found, lang=lang(request))
    paper = forms.Paper(request.POST if request.POST.get("do") == "paper" else None, subjects=subjects)
    if request.method != "POST":
        return _live_page(request, found, paper)
    try:
        _moderate(request, found, paper)
    except _NotDone as refused:
        return _live_page(request, found, paper, refused=refused, status=WRONG)
    return team_done(request, "saved", "team-live", slug)


class _NotDone(Exception):
    """Nothing was changed: why, in words, or the form of the question ``row`` that says it."""

    def __init__(self, words: object = "", *, row: int = 0, note: forms.Note | None = None) -> None:
        super().__init__(str(words))
        self.words, self.row, self.note = str(words), row, note


def _live_page(
    request: HttpRequest, found: Day, paper: forms.Paper, *, refused: _NotDone | None = None, status: int = 200
) -> HttpResponse:
    moderation, agencies = questions.moderation(found), questions.agencies(found)
    for one in (*moderation["new"], *moderation["shown"], *moderation["done"]):
        kept = refused is not None and refused.row == one["id"]
        one["wrong"] = kept
        one["note"] = refused.note if kept and refused else _note(one, agencies)
    context = {
        "day": plan.head(found, now=days.now()),
        **moderation,
        "paper": paper,
        "wrong": refused.words if refused else "",
        "screen_url": reverse("days:screen", args=[found.slug]),
        "version": found.live_version,
        "feed_url": reverse("days:feed", args=[found.slug]),
    }
    looked_at(moderation["people"], by=person_of(request), why="day", at=days.now(), emails=moderation["emails"])
    return team_page(request, "days/team/live.html", context, status=status)


def _note(one: dict[str, Any], agencies: Any) -> forms.Note:
    """What the team wrote of a question, to be written otherwise."""
    initial = {"text": one["text"], "answer": one["answer"], "owner": str(one["owner"]), "due": one["due"]}
    return forms.Note(initial=initial, agencies=agencies, auto_id=f"note-{one['id']}-%s")


def _moderate(request: HttpRequest, found: Day, paper: forms.Paper) -> None:
    """Do what was pressed.

    Raises:
        _NotDone: it could not be.
        NotYours: it is about a question of another day.
    """
    post, by, at = request.POST, person_of(request), days.now()
    do, row = post.get("do", ""), row_number(post.get("question"))
    if do in ("on", "off"):
        asking.switch(found.pk, on=do == "on", by=by, at=at)
        return
    if do == "paper":
        _ask_on_paper(request, found, paper)
        return
    _check_of(found, row)
    if do == "merge":
        _check_of(found, into := row_number(post.get("into")))
        if not asking.merge(row, into=into, by=by, at=at):
            raise _NotDone(_("Rien n’a changé : l’une de ces questions a déjà été jointe à une autre."))
    elif do == "note":
        _keep_note(request, found, row)
    elif do not in ("shown", "on-floor", "answered", "refused", "new"):
        raise _NotDone
    else:
        _say_where_it_stands(request, row, do)


def _say_where_it_stands(request: HttpRequest, row: int, state: str) -> None:
    try:
        done = asking.moderate(row, state=state, by=person_of(request), at=days.now())
    except asking.NoAnswer as refused:
        raise _NotDone(
            _("Cette question a un responsable. Notez d’abord la réponse qui a été donnée : qui l’a posée la recevra.")
        ) from refused
    if not done:
        raise _NotDone(_("Rien n’a changé : cette question a été jointe à une autre."))


def _check_of(found: Day, question: int) -> None:
    if not found.live_questions.filter(pk=question).exists():
        raise NotYours


def _ask_on_paper(request: HttpRequest, found: Day, paper: forms.Paper) -> None:
    if not paper.is_valid():
        raise _NotDone
    organisation, _sep, programme = paper.cleaned_data["subject"].partition(":")
    asked = asking.Asked(
        text=paper.cleaned_data["text"], language=lang(request), programme=programme, origin="paper",
        organisation=organisation_of(row_number(organisation)),
    )  # fmt: skip
    made = asking.ask(found.pk, asked, at=days.now())
    asking.moderate(made.pk, state="shown", by=person_of(request), at=days.now())


def _keep_note(request: HttpRequest, found: Day, row: int) -> None:
    form = forms.Note(request.POST, agencies=questions.agencies(found), auto_id=f"note-{row}-%s")
    if not form.is_valid():
        raise _NotDone(row=row, note=form)
    said = form.cleaned_data
    asking.reword(
        row, text=said["text"], answer=said["answer"], owner=organisation_of(row_number(said["owner"])),
        due=said["due"], at=days.now(),
    )  # fmt: skip
