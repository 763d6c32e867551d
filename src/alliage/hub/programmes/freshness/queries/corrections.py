"""The queue of corrections, and one of them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from alliage.hub.programmes.forms.layout import SECTIONS
from alliage.hub.programmes.freshness.models import Correction
from alliage.hub.programmes.queries.speaking import Plain, Speech
from alliage.hub.ui.day import local_day

MOST_SHOWN = 200


def state_words(state: str) -> str:
    """How far a correction is."""
    return {
        "new": _("nouvelle"),
        "taken": _("en cours"),
        "done": _("corrigée"),
        "refused": _("rien à corriger"),
    }[state]


def corrections_page(asked: Mapping[str, str], *, speech: Speech) -> Plain:
    """The queue: the newest first, of one state if one is asked."""
    state = asked.get("etat", "")
    rows = Correction.objects.select_related("programme__current")
    counts = dict(Correction.objects.order_by().values_list("state").annotate(Count("id")))
    known = state in Correction.State.values
    shown = rows.filter(state=state) if known else rows
    return {
        "rows": [_row(row, speech) for row in shown[:MOST_SHOWN]],
        "chips": [
            {"label": f"{speech.capital(state_words(each))} ({counts.get(each, 0)})", "url": f"?etat={each}"}
            for each in Correction.State.values
        ],
        "chosen": state_words(state) if known else "",
    }


def correction_page(number: int, *, speech: Speech) -> Plain | None:
    """One correction; ``None`` if there is none."""
    row = Correction.objects.select_related("programme__current").filter(pk=number).first()
    return None if row is None else {**_row(row, speech), "answer": row.answer, "edit": _edit(row)}


def _row(row: Correction, speech: Speech) -> Plain:
    known = row.programme.current
    return {
        "number": row.pk,
        "programme": row.programme_id,
        "name": speech.text(known.document["name"]) if known else row.programme_id,
        "text": row.text,
        "page": row.page,
        "part": next((section.task for section in SECTIONS if section.id == row.part), ""),
        "email": row.email,
        "state": row.state,
        "state_words": state_words(row.state),
        "created": local_day(row.created),
        "anonymous": row.anonymous,
    }


def _edit(row: Correction) -> str:
    """Where what it asks is written, at the part that it points to, while it waits."""
    address = reverse("programmes:edit", args=[row.programme_id])
    waits = row.state in (Correction.State.NEW, Correction.State.TAKEN) and not row.anonymous
    return f"{address}?origine=correction:{row.pk}" if waits else address
