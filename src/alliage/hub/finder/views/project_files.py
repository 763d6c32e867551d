"""Project files: keep the answers on the site, open them again, share them. Always asked, never by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.finder.actions import project_files as actions
from alliage.hub.finder.actions.files import as_yaml
from alliage.hub.finder.actions.project_files import LONGEST_NAME, FileMoved, TooManyFiles
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.forms.data import one
from alliage.hub.finder.forms.problems import FieldProblem
from alliage.hub.finder.queries import milestones as noted
from alliage.hub.finder.queries import project_files as queries
from alliage.hub.finder.queries.contradictions import disagreeing, said
from alliage.hub.finder.queries.understood import stated
from alliage.hub.finder.views.common import context, go, private
from alliage.hub.finder.visit import Visit, visit
from alliage.hub.people.access import NotYours, Role, number_of, only, who
from alliage.hub.people.actions.once import once
from alliage.hub.people.form_key import key_of
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG

MOVED = 409
NAME, OWNER = "name", "owner"


@only(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
@private
def project_files(request: HttpRequest) -> HttpResponse:
    """My files and those of my organisations; a form keeps the answers of this browser in a new one."""
    here = visit(request)
    if request.method != "POST" or here.dossier.empty:
        return _list(request, here)
    name = _name(request)
    if not name or len(name) > LONGEST_NAME:
        return _list(request, here, problem="file-name" if not name else "long")
    asking = who(request)

    def create() -> str:
        owner = one(request.POST, OWNER)
        return str(actions.create(here.dossier, name=name, organisation=owner, who=asking, at=days.now()).pk)

    try:
        made = actions.file_of(asking, int(once(key_of(request), at=days.now(), do=create)))
    except TooManyFiles:
        return _list(request, here, problem="file-many")
    here.keep(replace(here.dossier, file=(made.pk, made.revision)))
    return go("project-file", str(made.pk))


def _name(request: HttpRequest) -> str:
    """A name on one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in one(request.POST, NAME)).split())


def _list(request: HttpRequest, here: Visit, *, problem: str = "") -> HttpResponse:
    asking = who(request)
    filled = context(
        here,
        files=queries.files_of(asking, voice=here.voice),
        fields=_fields(request, queries.owners(asking, voice=here.voice), problem),
        kept_days=settings.RETENTION["project_files"],
    )
    return render(request, "finder/project_files.html", filled, status=WRONG if problem else 200)


def _fields(request: HttpRequest, owners: list[queries.Owner], problem: str) -> list[dict[str, Any]]:
    """The fields of a new file, as they were typed."""
    chosen = one(request.POST, OWNER)
    error = FieldProblem(NAME, problem, {"most": str(actions.MOST_FILES)}).message if problem else ""
    name = {
        "id": "file-name", "name": NAME, "kind": "text", "label": _("Nom du dossier"), "value": one(request.POST, NAME),
        "help": _("Par exemple : « Presse de 2027 ». Sans nom de personne."), "error": error, "maxlength": LONGEST_NAME,
    }  # fmt: skip
    options = [{"value": "", "label": _("Moi seulement"), "on": not chosen}]
    options += [{"value": o.slug, "label": o.name, "on": chosen == o.slug} for o in owners]
    whose = {"id": "file-owner", "name": OWNER, "kind": "choice", "label": _("Qui peut l’ouvrir"), "options": options}
    return [name, whose] if owners else [name]


@only(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
@private
def project_file(request: HttpRequest, id_: str) -> HttpResponse:
    """One file: what is in it, and what to do with it."""
    file = actions.visited(who(request), number_of(id_), at=days.now())
    if request.method != "POST":
        return _page(request, visit(request), file)
    done = _DOES.get(one(request.POST, "do"))
    return done(request, visit(request), file) if done else _page(request, visit(request), file)


def _page(request: HttpRequest, here: Visit, file: Any, *, problem: str = "", secret: str = "") -> HttpResponse:
    kept = Dossier.from_dict(file.answers)
    profile = kept.profile(here.engine.vocabulary)
    field = {
        "id": "file-name", "name": NAME, "kind": "text", "label": _("Nom du dossier"),
        "value": one(request.POST, NAME) if problem else file.name, "maxlength": LONGEST_NAME,
        "error": FieldProblem(NAME, problem).message if problem else "",
    }  # fmt: skip
    filled = context(
        here,
        file=queries.shown(file, voice=here.voice),
        understood=stated(profile, kept, voice=here.voice),
        said=said(disagreeing(profile, here.engine), profile, voice=here.voice),
        field=field,
        noted=noted.milestones(file.pk, voice=here.voice),
        calendar=bool(file.calendar),
        calendar_url=request.build_absolute_uri(reverse("finder:file-calendar", args=[secret])) if secret else "",
        feed_url=request.build_absolute_uri(reverse("finder:file-feed", args=[secret])) if secret else "",
        deletable=actions.may_delete(who(request), file),
        open=here.dossier.file[:1] == (file.pk,),
        kept_days=settings.RETENTION["project_files"],
    )
    return render(request, "finder/project_file.html", filled, status=WRONG if problem else 200)


def _open(request: HttpRequest, here: Visit, file: Any) -> HttpResponse:
    """Put the answers of the file in this browser; what it held that is kept nowhere is not lost without a word."""
    if not one(request.POST, "sure") and _unsaved(request, here, file):
        filled = context(here, file=queries.shown(file, voice=here.voice))
        return render(request, "finder/project_file_open.html", filled, status=WRONG)
    kept = Dossier.from_dict(file.answers)
    here.keep(replace(kept, in_view=here.dossier.in_view, shares=here.dossier.shares, file=(file.pk, file.revision)))
    return go("results")


def _unsaved(request: HttpRequest, here: Visit, file: Any) -> bool:
    """Whether opening a file would lose answers that are in no file."""
    if here.dossier.empty or not queries.differ(here.dossier, file):
        return False
    other = queries.open_file(here.dossier, who(request), voice=here.voice)
    return other is None or other.unsaved


def _save(request: HttpRequest, here: Visit, file: Any) -> HttpResponse:
    """Write the answers of this browser in the file, if nobody did since it was opened or since both were shown."""
    if here.dossier.empty:
        return go("project-file", str(file.pk))
    opened = here.dossier.file[1] if here.dossier.file[:1] == (file.pk,) else 0
    seen = one(request.POST, "revision")
    revision = number_of(seen) if seen else opened
    try:
        saved = actions.save(here.dossier, file=file, revision=revision, by=who(request).person, at=days.now())
    except FileMoved:
        return _moved(request, here, actions.file_of(who(request), file.pk))
    here.keep(replace(here.dossier, file=(file.pk, saved)))
    return go("results")


def _moved(request: HttpRequest, here: Visit, file: Any) -> HttpResponse:
    """Somebody saved before: both versions side by side, and what to do with them."""
    theirs = Dossier.from_dict(file.answers)
    filled = context(
        here,
        file=queries.shown(file, voice=here.voice),
        revision=file.revision,
        rows=queries.differences(here.dossier, theirs, engine=here.engine, voice=here.voice),
    )
    return render(request, "finder/project_file_moved.html", filled, status=MOVED)


def _rename(request: HttpRequest, here: Visit, file: Any) -> HttpResponse:
    name = _name(request)
    if not name or len(name) > LONGEST_NAME:
        return _page(request, here, file, problem="file-name" if not name else "long")
    actions.rename(file, name=name)
    return go("project-file", str(file.pk))


def _close(_request: HttpRequest, here: Visit, _file: Any) -> HttpResponse:
    """Take the answers of the file off this browser; the file stays."""
    here.keep(Dossier(shares=here.dossier.shares))
    return go("project-files")


def _delete(request: HttpRequest, here: Visit, file: Any) -> HttpResponse:
    """Delete the file, once confirmed. The answers of this browser stay."""
    if not actions.may_delete(who(request), file):
        raise NotYours
    if one(request.POST, "sure") != "yes":
        filled = context(here, file=queries.shown(file, voice=here.voice))
        return render(request, "finder/project_file_delete.html", filled, status=WRONG)
    was_open = here.dossier.file[:1] == (file.pk,)
    actions.delete(file, who=who(request), at=days.now())
    if was_open:
        here.keep(replace(here.dossier, file=()))
    return go("project-files")


def _calendar(request: HttpRequest, here: Visit, file: Any) -> HttpResponse:
    """A new secret address for the calendar, shown this once."""
    secret = actions.open_calendar(file)
    return _page(request, here, actions.file_of(who(request), file.pk), secret=secret)


def _no_calendar(_request: HttpRequest, _here: Visit, file: Any) -> HttpResponse:
    actions.close_calendar(file)
    return go("project-file", str(file.pk))


_DOES: dict[str, Callable[[HttpRequest, Visit, Any], HttpResponse]] = {
    "open": _open,
    "save": _save,
    "rename": _rename,
    "close": _close,
    "delete": _delete,
    "calendar": _calendar,
    "no-calendar": _no_calendar,
}


@only(Role.MEMBER)
@require_safe
@private
def project_file_yaml(request: HttpRequest, id_: str) -> HttpResponse:
    """The answers of a file, as the file that the command line reads."""
    file, here = actions.visited(who(request), number_of(id_), at=days.now()), visit(request)
    dossier = Dossier.from_dict(cast("Any", file.answers))
    head = _("Alliage, dossier enregistré le %(day)s.") % {"day": here.voice.day(days.local_day(file.changed))}
    text = as_yaml(dossier.profile(here.engine.vocabulary), engine=here.engine, head=head)
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="alliage-{file.pk}.yaml"'
    return response
