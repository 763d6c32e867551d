"""The page that adds a programme: first its name and its page, to see whether it is there already, then the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliage.hub.people.access import Role, only, who
from alliage.hub.programmes import actions
from alliage.hub.programmes.actions import TAKEN, Why
from alliage.hub.programmes.forms.page import Typed, WhyTyped, is_address
from alliage.hub.programmes.forms.values import one
from alliage.hub.programmes.queries.likenesses import alike, free_id, started
from alliage.hub.programmes.views.common import answers_for, is_team, speech_of
from alliage.hub.programmes.views.desk import MOST_FIELDS, PROPOSE, SAVE, Desk, Save, answer
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG
from alliage.hub.ui.large_form import large_form
from alliage.hub.ui.words import text

NAME, PAGE, PROVIDER, OTHER = "nom", "adresse", "organisme", "autre"
_LONGEST = 200


@large_form(fields=MOST_FIELDS)
@only(Role.OFFICER, Role.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a programme: the team publishes it, an officer proposes one of their provider."""
    providers = _providers(request)
    if request.method == "POST":
        return answer(request, _desk(request, {"id": free_id(one(request.POST, "id")), "name": {}}))
    typed = {name: request.GET.get(name, "").strip()[:_LONGEST] for name in (NAME, PAGE, PROVIDER)}
    if not any(typed.values()):
        return _first(request, typed, providers)
    wrong = _wrong(typed, providers)
    found = [] if wrong else alike(typed[NAME], typed[PAGE], speech=speech_of(request))
    if wrong or (found and OTHER not in request.GET):
        return _first(request, typed, providers, wrong=wrong, found=found)
    document = started(
        name=typed[NAME],
        address=typed[PAGE],
        provider=typed[PROVIDER],
        publisher=providers[typed[PROVIDER]],
        today=days.today().isoformat(),
    )
    return answer(request, _desk(request, document))


def _providers(request: HttpRequest) -> Mapping[str, str]:
    """The providers of which the person may add a programme, by name."""
    known = speech_of(request).catalogue.providers
    own = known if is_team(request) else [id_ for id_ in known if id_ in who(request).providers]
    named = {id_: text(known[id_].name) for id_ in own}
    return dict(sorted(named.items(), key=lambda item: item[1].casefold()))


def _wrong(typed: Mapping[str, str], providers: Mapping[str, str]) -> dict[str, str]:
    wrong = {
        NAME: "" if typed[NAME] else _("Écrivez le nom du programme."),
        PAGE: "" if is_address(typed[PAGE]) else _("Donnez l’adresse de la page officielle : https://…"),
        PROVIDER: "" if typed[PROVIDER] in providers else _("Choisissez l’organisme."),
    }
    return {name: said for name, said in wrong.items() if said}


def _first(
    request: HttpRequest,
    typed: Mapping[str, str],
    providers: Mapping[str, str],
    *,
    wrong: Mapping[str, str] | None = None,
    found: list[dict[str, Any]] | None = None,
) -> HttpResponse:
    """What it is called and where it is told; then what looks like it."""
    errors, chosen = wrong or {}, typed[PROVIDER]
    options = [{"value": "", "label": _("Choisir un organisme"), "on": not chosen}]
    options += [{"value": id_, "label": name, "on": id_ == chosen} for id_, name in providers.items()]
    fields = [
        {"id": "n-name", "name": NAME, "kind": "text", "label": _("Nom du programme, en français"),
         "value": typed[NAME], "error": errors.get(NAME, "")},
        {"id": "n-page", "name": PAGE, "kind": "text", "label": _("Page officielle"), "placeholder": "https://…",
         "value": typed[PAGE], "error": errors.get(PAGE, "")},
        {"id": "n-provider", "name": PROVIDER, "kind": "select", "label": _("Organisme"), "options": options,
         "error": errors.get(PROVIDER, "")},
    ]  # fmt: skip
    context = {
        "fields": fields,
        "wrong": bool(wrong),
        "found": found or [],
        "anyway": f"?{urlencode({**typed, OTHER: 1})}",
        "proposes": not is_team(request),
    }
    return render(request, "programmes/new.html", context, status=WRONG if wrong else 200)


def _desk(request: HttpRequest, document: Mapping[str, Any]) -> Desk:
    def add_(document: Mapping[str, Any], _base: int, _typed: Typed, why: Why) -> str:
        return str(actions.add_programme(document=document, why=why).programme_id)

    def propose(document: Mapping[str, Any], _base: int, _typed: Typed, why: Why) -> str:
        theirs = answers_for(request, str(document["provider"]))
        return str(actions.propose_new(document=document, why=replace(why, by_provider=theirs)).pk)

    saves: dict[str, tuple[Save, str]] = {PROPOSE: (propose, "proposal")}
    if is_team(request):
        saves = {SAVE: (add_, "history"), **saves}
    page = document.get("url", {}).get("fr", "")
    return Desk(
        id=document["id"],
        name=document["name"],
        document=document,
        published=None,
        base=0,
        number=0,
        action=reverse("programmes:add"),
        back=reverse("programmes:add"),
        saves=saves,
        why=WhyTyped(page=page, read=days.today().isoformat()),
        closes=lambda state: _taken() if state == TAKEN else "",
        part="noms",
        providers=None if is_team(request) else who(request).providers,
    )


def _taken() -> str:
    return _("Une fiche vient d’être ajoutée sous le même identifiant")
