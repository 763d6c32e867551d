"""Errors as kind pages: what happened, in plain words, and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_FROM_ELSEWHERE = ("Origin checking failed", "Referer checking failed")  # how Django's reasons begin
_KEPT_FIELDS, _KEPT_SIGNS = 5_000, 400_000
_NAME = re.compile(r"[a-z][a-z0-9-]{0,60}")  # of a part of a page


@dataclass(frozen=True, slots=True)
class Kind:
    """An error in words."""

    title: str | Promise
    text: str | Promise
    advice: tuple[str | Promise, ...]


KINDS = {
    400: Kind(
        _("Cette demande n’a pas pu être lue"),
        _(
            "L’adresse ou le formulaire contient quelque chose que le site ne comprend pas. "
            "Ce n’est pas grave : rien n’a été changé."
        ),
        (
            _("Revenez à la page précédente et essayez de nouveau."),
            _("Si vous avez collé un très long texte, raccourcissez-le."),
        ),
    ),
    403: Kind(
        _("Cette page ne vous est pas ouverte"),
        _("L’adresse est bonne, mais il faut un lien ou une permission que vous n’avez pas en ce moment."),
        (_("Si quelqu’un vous a envoyé le lien, demandez-lui d’en faire un nouveau."),),
    ),
    404: Kind(
        _("Cette page n’existe pas, ou n’existe plus"),
        _("L’adresse est peut-être incomplète, ou la page a été retirée depuis."),
        (
            _("Vérifiez l’adresse, surtout la fin."),
            _("Cherchez le programme par son nom : il a peut-être changé d’adresse."),
        ),
    ),
    405: Kind(
        _("Cette page ne s’ouvre pas de cette façon"),
        _("Elle attend un formulaire, et l’adresse seule ne suffit pas. Rien n’a été changé."),
        (_("Revenez à la page précédente et utilisez son bouton."),),
    ),
    410: Kind(
        _("Ce lien n’est plus valable"),
        _("Il a expiré, ou la personne qui l’a créé l’a supprimé. Ses réponses ne sont plus sur le serveur."),
        (_("Demandez un nouveau lien à la personne qui vous l’a envoyé."),),
    ),
    413: Kind(
        _("C’est trop long pour être reçu"),
        _("Le fichier ou le texte envoyé dépasse ce que le site accepte. Rien n’a été changé."),
        (_("Raccourcissez le texte, ou choisissez un fichier plus petit."),),
    ),
    429: Kind(
        _("Trop de demandes en peu de temps"),
        _("Par prudence, le site attend un peu avant de répondre de nouveau. Rien n’a été changé."),
        (_("Attendez cinq minutes, puis essayez de nouveau."),),
    ),
    503: Kind(
        _("Le courriel n’a pas pu partir"),
        _("Le serveur de courriel ne répond pas en ce moment. Rien n’a été changé."),
        (_("Attendez quelques minutes, puis essayez de nouveau."),),
    ),
    500: Kind(
        _("Quelque chose s’est brisé de notre côté"),
        _("Ce n’est pas votre faute. L’erreur a été notée."),
        (_("Attendez une minute, puis essayez de nouveau."),),
    ),
}


# An error page asks nothing of the catalogue: it could be what is broken.
_ALONE: dict[str, Any] = {"pack": None}


def kind_page(request: HttpRequest, status: int) -> HttpResponse:
    """The page of an error."""
    return render(request, "ui/error.html", {"status": status, "kind": KINDS[status], **_ALONE}, status=status)


def worded(request: HttpRequest, bare: HttpResponse) -> HttpResponse:
    """The page of an error that came without words, with the headers that it came with."""
    response = kind_page(request, bare.status_code)
    for name, value in bare.items():
        if name not in ("Content-Length", "Content-Type"):
            response.headers[name] = value
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; 413 for a form that is too long."""
    return kind_page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django passes it by name
    """403."""
    return kind_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django passes it by name
    """404."""
    return kind_page(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """429."""
    return kind_page(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """500: words alone; the base page could be what broke, or the request itself."""
    return HttpResponseServerError(render_to_string("ui/broken.html", {"kind": KINDS[500]}))


def form_kept(request: HttpRequest, *, door: str) -> HttpResponse:
    """A form sent by who must first prove who they are, at the address ``door``: what was typed is kept, to send again.

    Under a page that checks as one types (htmx), the page stays, and the part that waits for an answer says it.
    """
    if not request.headers.get("HX-Request"):
        return render(request, "ui/form_lost.html", _lost(request, door=door), status=403)
    response = render(request, "ui/form_closed.html", {"door": door}, status=403)
    part = request.headers.get("HX-Target", "")
    known = _NAME.fullmatch(part) is not None
    response.headers["HX-Retarget"], response.headers["HX-Reselect"] = f"#{part}" if known else "main", "unset"
    response.headers["HX-Reswap"] = "innerHTML" if known else "afterbegin"
    return response


def _lost(request: HttpRequest, *, door: str = "", elsewhere: bool = False) -> dict[str, Any]:
    """What the page of a form that was not read says: what was typed, where it was going, and what to do first."""
    typed = [] if elsewhere else _kept(request)
    return {"typed": typed, "target": request.get_full_path(), "door": door, "elsewhere": elsewhere, **_ALONE}


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, but passwords; nothing if it is more than a page may carry."""
    sent = [(k, v) for k, values in request.POST.lists() for v in values]
    typed = [(k, v) for k, v in sent if k != "csrfmiddlewaretoken" and "password" not in k]
    too_much = len(typed) > _KEPT_FIELDS or sum(len(k) + len(v) for k, v in typed) > _KEPT_SIGNS
    return [] if too_much else typed


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose key was lost (cookies cleared, page left open for long): what was typed is kept, to send again.

    What another site filled in is not offered: the person never typed it.
    """
    if request.method != "POST":  # no page of the site has another method that changes things
        return worded(request, HttpResponseNotAllowed(["GET", "HEAD", "POST"]))
    found = _lost(request, elsewhere=reason.startswith(_FROM_ELSEWHERE))
    return render(request, "ui/form_lost.html", found, status=403)
