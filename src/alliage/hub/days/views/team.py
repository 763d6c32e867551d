"""Organising a day, from empty to report: the pages of the team."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.days.actions import checking_in, closing, inviting, notices, organising, registering
from alliage.hub.days.actions import live as asking
from alliage.hub.days.actions.closing import NotOver
from alliage.hub.days.actions.organising import DayTold, NotPossible, SessionTold, TourTold
from alliage.hub.days.actions.registering import NotTaken, Wish
from alliage.hub.days.forms import organising as forms
from alliage.hub.days.forms.coming import Register
from alliage.hub.days.queries import live as questions
from alliage.hub.days.queries import pages, plan, team
from alliage.hub.days.queries.needs import needs
from alliage.hub.days.queries.organisations import officers_numbered, organisation_named, organisation_of
from alliage.hub.days.queries.records import day_record, registration_in, session_in, tour_named
from alliage.hub.days.queries.report import open_questions, report, who_asks_for_help
from alliage.hub.days.views.common import METHODS, day_or_404, lang, person_of, team_done, team_page
from alliage.hub.people.access import NotYours, Role, only
from alliage.hub.people.actions.registers import looked_at
from alliage.hub.people.links import address
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG, row_number

_USUAL = {"extra_seats": 0, "capacity": 60, "starts": "9 h", "ends": "16 h"}
_WHY = {
    "over": gettext_lazy("Cette journée a déjà eu lieu, ou elle est annulée."),
    "past": gettext_lazy("Cette journée est passée."),
    "no-session": gettext_lazy("Écrivez d’abord une partie du programme."),
    "not-to-come": gettext_lazy("Une journée annoncée ne se déplace qu’à un moment à venir."),
    "outside": gettext_lazy("Cette partie sort des heures de la journée."),
    "no-hour": gettext_lazy("Cette heure n’existe pas cette nuit-là : les horloges avancent d’une heure."),
    "room-taken": gettext_lazy("Cette salle est déjà prise à cette heure-là."),
}


_WHICH = {
    "outside": gettext_lazy("Ces parties n’entrent pas dans les heures de la journée : %(parts)s."),
    "no-hour": gettext_lazy(
        "Ces parties tombent sur une heure qui n’existe pas cette nuit-là, car les horloges avancent : %(parts)s."
    ),
}


def _words(refused: NotPossible) -> str:
    """What prevents it, and which parts of the day do."""
    if not refused.parts:
        return str(_WHY[refused.why])
    return str(_WHICH[refused.why]) % {"parts": plan.parts_named(refused.parts)}


@only(Role.TEAM)
@require_http_methods(METHODS)
def home(request: HttpRequest) -> HttpResponse:
    """Every tour and its days; a new tour."""
    form = forms.NewTour(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organising.create_tour(TourTold(**form.cleaned_data), by=person_of(request), at=days.now())
        return team_done(request, "saved", "team")
    status = WRONG if request.method == "POST" else 200
    return team_page(
        request, "days/team/home.html", {"page": team.team_page(now=days.now()), "form": form}, status=status
    )


@only(Role.TEAM)
@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """A new day, perhaps with the agenda of another."""
    form = forms.NewDay(
        request.POST or None, regions=plan.regions(), tours=team.tours(), templates=team.templates(),
        initial={**_USUAL, "tour": request.GET.get("tournee", "")},
    )  # fmt: skip
    wrong = ""
    if request.method == "POST" and form.is_valid():
        like = form.cleaned_data["like"]
        try:
            made = organising.create_day(
                tour_named(form.cleaned_data["tour"]), _told(form), like=day_record(like) if like else None,
                by=person_of(request), at=days.now(),
            )  # fmt: skip
        except NotPossible as refused:
            wrong = _words(refused)
        else:
            return team_done(request, "saved", "team-day", made.slug)
    context = {"form": form, "has_tours": bool(team.tours()), "wrong": wrong}
    return team_page(request, "days/team/new.html", context, status=WRONG if request.method == "POST" else 200)


def _told(form: forms.EditDay) -> DayTold:
    said = {**form.cleaned_data, **form.moments()}
    return DayTold(**{name: said[name] for name in DayTold.__dataclass_fields__})


@only(Role.TEAM)
@require_safe
def day(request: HttpRequest, slug: str) -> HttpResponse:
    """How far a day is, and what to do next."""
    found = day_or_404(slug, drafts=True)
    board = team.board(found, now=days.now(), lang=lang(request))
    return team_page(request, "days/team/day.html", {"day": board, "waiting_questions": open_questions(found)})


@only(Role.TEAM)
@require_http_methods(METHODS)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Where and when; moving it tells everybody."""
    found = day_or_404(slug, drafts=True)
    form = forms.EditDay(request.POST or None, regions=plan.regions(), initial=_initial(found))
    wrong = ""
    if request.method == "POST" and form.is_valid():
        try:
            organising.change_day(found.pk, _told(form), by=person_of(request), at=days.now())
        except NotPossible as refused:
            wrong = _words(refused)
        else:
            notices.send_due(at=days.now(), most=20)
            return team_done(request, "saved", "team-day", slug)
    status = WRONG if request.method == "POST" else 200
    shown = plan.head(found, now=days.now())
    context = {"day": shown, "form": form, "wrong": wrong, "people": registering.concerned(found.pk)}
    return team_page(request, "days/team/edit.html", context, status=status)


def _initial(found: Any) -> dict[str, Any]:
    local = {name: getattr(found, name).astimezone(days.HERE) for name in ("starts", "ends")}
    same = ("town", "region", "place", "address", "access_fr", "access_en", "capacity", "extra_seats", "language")
    return {
        **{name: getattr(found, name) for name in same},
        "date": local["starts"].date(),
        **{name: forms.shown(moment.time()) for name, moment in local.items()},
    }


@only(Role.TEAM)
@require_http_methods(METHODS)
def open_day(request: HttpRequest, slug: str) -> HttpResponse:
    """Open or shut registrations, or call the day off."""
    found = day_or_404(slug, drafts=True)
    acts = {"open": organising.open_day, "shut": organising.shut_day, "cancel": organising.cancel_day}
    act, wrong = acts.get(request.POST.get("do", "")), ""
    if act is not None and (request.POST.get("do") != "cancel" or request.POST.get("sure")):
        try:
            act(found.pk, by=person_of(request), at=days.now())
        except NotPossible as refused:
            wrong = _words(refused)
        else:
            notices.send_due(at=days.now(), most=20)
            return team_done(request, "saved", "team-day", slug)
    elif request.method == "POST":
        wrong = _("Cochez la case : tout le monde sera prévenu.")
    board = team.board(found, now=days.now(), lang=lang(request))
    status = WRONG if request.method == "POST" else 200
    return team_page(
        request,
        "days/team/open.html",
        {"day": board, "wrong": wrong, "people": registering.concerned(found.pk)},
        status=status,
    )


# --------------------------------------------------------------------------------------------------- the agenda


@only(Role.TEAM)
@require_http_methods(METHODS)
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """The parts of a day: added, said otherwise, off, removed."""
    found = day_or_404(slug, drafts=True)
    post, wrong = request.POST, ""
    session = session_in(found, row_number(post.get("session") or request.GET.get("partie")))
    do = post.get("do", "")
    if request.method == "POST" and do in ("off", "remove"):
        if session is None:
            raise NotYours
        act = organising.cancel_session if do == "off" else organising.remove_session
        act(session.pk, by=person_of(request), at=days.now())
        notices.send_due(at=days.now(), most=20)
        return team_done(request, "saved", "team-agenda", slug)
    form = _session_form(request, session)
    if request.method == "POST" and do == "save" and form.is_valid():
        try:
            _save_session(request, found, form, session)
        except NotPossible as refused:
            wrong = _words(refused)
        else:
            return team_done(request, "saved", "team-agenda", slug)
    page = {
        "day": plan.head(found, now=days.now()),
        "agenda": plan.agenda(found, lang=lang(request)),
        "form": form,
        "session": session.pk if session else "",
        "wrong": wrong,
        "open": request.method == "POST" or session is not None or not found.sessions.exists(),
    }
    return team_page(
        request, "days/team/agenda.html", page, status=WRONG if request.method == "POST" and do == "save" else 200
    )


def _session_form(request: HttpRequest, session: Any) -> forms.EditSession:
    """The form of a part; the programmes are those of the agency that was chosen (a first press shows them)."""
    post = request.POST or None
    slug = request.POST.get("organisation") or (session.organisation.slug if session and session.organisation else "")
    options: dict[str, Any] = {
        "organisations": team.organisations(),
        "programmes": team.programmes_of(slug, lang=lang(request)) if slug else (),
        "officers": team.officers_of(slug) if slug else (),
    }
    if post is not None and request.POST.get("do") == "choose":
        return forms.EditSession(
            initial={**request.POST.dict(), "programmes": request.POST.getlist("programmes")}, **options
        )
    return forms.EditSession(post, initial=_session_initial(session), **options)


def _session_initial(session: Any) -> dict[str, Any]:
    if session is None:
        return {"kind": "agency"}
    return {
        "kind": session.kind,
        "organisation": session.organisation.slug if session.organisation else "",
        "title_fr": session.title_fr,
        "title_en": session.title_en,
        "starts": forms.shown(session.starts.astimezone(days.HERE).time()),
        "ends": forms.shown(session.ends.astimezone(days.HERE).time()),
        "room": session.room.name if session.room else "",
        "capacity": session.capacity,
        "programmes": session.programmes,
        "desks": ", ".join(officer.desk for officer in session.officers.all()),
        "officers": [str(officer.person_id) for officer in session.officers.all() if officer.person_id],
    }


def _save_session(request: HttpRequest, found: Any, form: forms.EditSession, session: Any) -> None:
    said = form.cleaned_data
    officers = [row_number(one) for one in said.get("officers", [])]
    told = SessionTold(
        kind=said["kind"], starts=said["starts"], ends=said["ends"],
        organisation=organisation_named(said["organisation"]), title_fr=said["title_fr"],
        title_en=said["title_en"] or said["title_fr"], programmes=said.get("programmes", []), room=said["room"],
        capacity=said["capacity"],
        desks=said["desks"].split(","), officers=officers_numbered(said["organisation"], officers),
    )  # fmt: skip
    organising.save_session(
        found.pk, told, session_id=session.pk if session else None, by=person_of(request), at=days.now()
    )


# ----------------------------------------------------------------------------------------------- who comes


@only(Role.TEAM)
@require_http_methods(METHODS)
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who registered; somebody who called is added as they would have done it themselves."""
    found = day_or_404(slug, drafts=True)
    do, post, wrong = request.POST.get("do", ""), request.POST, ""
    options: dict[str, Any] = {"needs": needs(lang=lang(request)), "regions": plan.regions()}
    form = Register(post if do == "add" else None, **options, initial={"region": found.region})
    if do in ("leave", "undo"):
        row = registration_in(found, row_number(post.get("person")))
        if row is None:
            raise NotYours
        if do == "leave":
            registering.withdraw(row.pk, at=days.now())
        else:
            checking_in.undo(found.pk, row.pk, by=person_of(request), at=days.now())
        notices.send_due(at=days.now(), most=20)
        return team_done(request, "saved", "team-people", slug)
    if do == "add" and form.is_valid():
        said = form.cleaned_data
        wish = Wish(
            email=said["contact"], name=said["who"], company=said["company"], region=said["region"],
            needs=said["needs"], access=said["access"], meal=said["meal"], language=lang(request),
        )  # fmt: skip
        try:
            made = registering.register(slug, wish=wish, at=days.now())
        except NotTaken as refused:
            wrong = refused.why
        else:
            notices.send_due(at=days.now(), only=made)
            return team_done(request, "saved", "team-people", slug)
    care = bool(request.GET.get("besoins"))
    page = team.people_page(found, show_care=care)
    looked_at(page["people"], by=person_of(request), why="day", at=days.now(), emails=page["emails"])
    context = {"day": plan.head(found, now=days.now()), "page": page, "form": form, "care": care, "wrong": wrong}
    return team_page(request, "days/team/people.html", context, status=WRONG if request.method == "POST" else 200)


@only(Role.TEAM)
@require_http_methods(METHODS)
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom to invite, each with why; one press writes the letters down, and the tasks send them."""
    found, now = day_or_404(slug, drafts=True), days.now()
    if request.method == "POST":
        inviting.invite(found.pk, on=now.date(), by=person_of(request), at=now)
        inviting.send_due(at=now)
        return team_done(request, "saved", "team-invite", slug)
    page = team.invitation_page(found, now=now, lang=lang(request))
    looked_at(page["people"], by=person_of(request), why="day", at=now, emails=page["emails"])
    return team_page(request, "days/team/invite.html", {"day": plan.head(found, now=now), "page": page})


@only(Role.TEAM)
@require_http_methods(METHODS)
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Links for stewards, shown once; badges to print."""
    found = day_or_404(slug, drafts=True)
    do, secret, url = request.POST.get("do", ""), "", ""
    form = forms.Door(request.POST if do == "make" else None)
    if do == "revoke":
        checking_in.revoke_door(
            row_number(request.POST.get("door")), day_id=found.pk, by=person_of(request), at=days.now()
        )
        return team_done(request, "saved", "team-door", slug)
    if do == "make" and form.is_valid():
        _row, secret = checking_in.make_door(
            found.pk, label=form.cleaned_data["label"], by=person_of(request), at=days.now()
        )
        url = address("days:door", secret, language=lang(request))
        form = forms.Door()
    context = {
        "day": plan.head(found, now=days.now()),
        **team.door_page(found),
        "form": form,
        "url": url,
        "qr": pages.qr(url, label=_("Code QR du lien d’accueil")) if url else "",
    }
    status = WRONG if request.method == "POST" and not secret else 200
    return team_page(request, "days/team/door.html", context, status=status)


# ------------------------------------------------------------------------------------------- the room, and after


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
    request: HttpRequest, found: Any, paper: forms.Paper, *, refused: _NotDone | None = None, status: int = 200
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


def _moderate(request: HttpRequest, found: Any, paper: forms.Paper) -> None:
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
    elif not asking.moderate(row, state=do, by=by, at=at):
        raise _NotDone(_("Rien n’a changé : cette question a été jointe à une autre."))


def _check_of(found: Any, question: int) -> None:
    if not found.live_questions.filter(pk=question).exists():
        raise NotYours


def _ask_on_paper(request: HttpRequest, found: Any, paper: forms.Paper) -> None:
    if not paper.is_valid():
        raise _NotDone
    organisation, _sep, programme = paper.cleaned_data["subject"].partition(":")
    asked = asking.Asked(
        text=paper.cleaned_data["text"], language=lang(request), programme=programme, origin="paper",
        organisation=organisation_of(row_number(organisation)),
    )  # fmt: skip
    made = asking.ask(found.pk, asked, at=days.now())
    asking.moderate(made.pk, state="shown", by=person_of(request), at=days.now())


def _keep_note(request: HttpRequest, found: Any, row: int) -> None:
    form = forms.Note(request.POST, agencies=questions.agencies(found), auto_id=f"note-{row}-%s")
    if not form.is_valid():
        raise _NotDone(row=row, note=form)
    said = form.cleaned_data
    asking.reword(
        row, text=said["text"], answer=said["answer"], owner=organisation_of(row_number(said["owner"])),
        due=said["due"], at=days.now(),
    )  # fmt: skip


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
