"""The answers as a file: to keep, to send, to open again here or with the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.hub.finder.actions.files import LARGEST, as_yaml, from_yaml
from alliage.hub.finder.views.common import context, go, private
from alliage.hub.finder.visit import TooMuch, Visit, visit
from alliage.hub.people.access import public
from alliage.hub.ui.asked import WRONG
from alliage.hub.ui.problems import said

NAME = "alliage.yaml"
MOST_TOLD = 12


@public
@require_safe
@private
def save(request: HttpRequest) -> HttpResponse:
    """The answers as a YAML file."""
    here = visit(request)
    head = _("Alliage, réponses du %(day)s. Pour les rouvrir : la page « Ouvrir un fichier », ou « alliage match ».")
    text = as_yaml(
        here.dossier.profile(here.engine.vocabulary),
        engine=here.engine,
        head=head % {"day": here.voice.day(here.engine.on)},
    )
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{NAME}"'
    return response


@public
@require_http_methods(["GET", "HEAD", "POST"])
@private
def reopen(request: HttpRequest) -> HttpResponse:
    """Open a file of answers; what is wrong with it is said line by line."""
    here = visit(request)
    if request.method != "POST":
        return render(request, "finder/open.html", context(here, told=()))
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _refused(request, here, [_plain(_("Choisissez d’abord un fichier."))])
    if (file.size or 0) > LARGEST:
        return _refused(request, here, [said(Problem("file-too-large", file.name or NAME))])
    try:
        opened = from_yaml(file.read(LARGEST + 1), name=(file.name or NAME)[:80], engine=here.engine)
    except AlliageError as error:
        return _refused(request, here, [said(problem) for problem in error.problems])
    try:
        here.keep(replace(opened, in_view=here.dossier.in_view, shares=here.dossier.shares))
    except TooMuch:
        return _refused(request, here, [_plain(_("Ce fichier est trop long pour ce site."))])
    return go("results")


def _refused(request: HttpRequest, here: Visit, said: Sequence[dict[str, Any]]) -> HttpResponse:
    return render(
        request, "finder/open.html", context(here, told=said[:MOST_TOLD], more=len(said[MOST_TOLD:])), status=WRONG
    )


def _plain(says: str) -> dict[str, Any]:
    """A refusal of this site, which the core has no code for."""
    return {"says": says, "do": "", "where": "", "found": "", "expected": ""}
