"""The pages of the team: the worklist with its filters, and all that is known of one programme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from alliage.hub.programmes.freshness.actions.asking import living, officers
from alliage.hub.programmes.freshness.models import Confirmation, Correction, Review
from alliage.hub.programmes.freshness.queries.facts import facts
from alliage.hub.programmes.freshness.queries.worklist import REASONS, worklist
from alliage.hub.programmes.queries.speaking import Plain, Speech
from alliage.hub.ui.asked import whole_number
from alliage.hub.ui.day import local_day

PAGE_SIZE = 20


def reason_words(reason: str) -> str:
    """Why something is to be checked."""
    return {
        "wrong": _("l’organisme corrige"),
        "gone": _("l’organisme dit : n’est plus offert"),
        "dead": _("une page ne répond plus"),
        "soft-404": _("une page dit qu’elle n’existe plus"),
        "home": _("une page renvoie à l’accueil de son site"),
        "changed": _("une page a changé"),
        "silent": _("deux rappels sans réponse"),
        "late": _("réponse attendue depuis plus de 14 jours"),
        "old": _("faits de plus d’un an"),
        "undated": _("faits sans date"),
    }[reason]


def worklist_page(asked: Mapping[str, str], *, on: date, at: datetime, speech: Speech) -> Plain:
    """The programmes to check, filtered by provider and by reason; a value that is not known filters nothing."""
    every = worklist(on=on, at=at, speech=speech)
    providers = sorted({(line["provider_name"], line["provider"]) for line in every})
    provider = asked.get("organisme", "") if asked.get("organisme") in {id_ for _name, id_ in providers} else ""
    reason = asked.get("raison", "") if asked.get("raison") in REASONS else ""
    lines = [
        line
        for line in every
        if (not provider or line["provider"] == provider) and (not reason or reason in line["reasons"])
    ]
    pages = max(1, -(-len(lines) // PAGE_SIZE))
    page = min(pages, max(1, whole_number(asked.get("page", "")) or 1))
    shown = lines[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    for line in shown:
        line["freshness"] = speech.freshness(line["fresh"], line["as_of"])  # of those that are shown alone
        line["why"] = [reason_words(each) for each in line["reasons"]]
    kept = {key: value for key, value in (("organisme", provider), ("raison", reason)) if value}
    return {
        "lines": shown,
        "count": len(lines),
        "page": page,
        "pages": pages,
        "previous": _at(kept, page - 1) if page > 1 else "",
        "next": _at(kept, page + 1) if page < pages else "",
        "fields": [
            _select("organisme", _("Organisme"), provider, [(id_, name) for name, id_ in providers]),
            _select("raison", _("Raison"), reason, [(each, reason_words(each)) for each in REASONS]),
        ],
    }


def waiting() -> Mapping[str, int]:
    """How many programmes have an open review, and how many corrections are new, by the page where they are.

    The worklist is never empty: without an open review, nothing is said of it.
    """
    reviews = Review.objects.filter(closed=None, programme__retired=None).order_by()
    reviewed = reviews.values("programme").distinct().count()
    return {
        **({"freshness:worklist": reviewed} if reviewed else {}),
        "freshness:corrections": Correction.objects.filter(state=Correction.State.NEW).count(),
    }


def _at(kept: Mapping[str, str], page: int) -> str:
    return f"{reverse('freshness:worklist')}?{urlencode({**kept, 'page': page})}"


def _select(name: str, label: str, value: str, options: list[tuple[str, str]]) -> Plain:
    every = [("", _("tous")), *options]
    return {
        "id": f"f-{name}",
        "name": name,
        "kind": "select",
        "label": label,
        "options": [{"value": key, "label": said, "on": key == value} for key, said in every],
    }


def check_page(programme_id: str, *, on: date, at: datetime, speech: Speech) -> Plain | None:
    """All that the team needs to check one programme; ``None`` if there is no such programme."""
    programme = speech.catalogue.programmes.get(programme_id)
    if programme is None:
        return None
    labels = {fact["key"]: fact["label"] for fact in facts(programme_id, on=on, speech=speech)}
    reviews = Review.objects.filter(programme_id=programme_id, closed=None)
    return {
        "id": programme_id,
        "name": speech.text(programme.name),
        "provider_name": speech.text(programme.provider.name),
        "officers": [
            {"email": to.email, "language": to.language, "person": to.person} for to in officers(programme.provider.id)
        ],
        "requests": list(living(at=at).filter(programme_id=programme_id)),
        "reviews": [_review(review, labels) for review in reviews],
        "confirmations": [
            {
                "day": row.day,
                "by": speech.text(row.body) if row.body else _("l’équipe"),
                "before": row.of != row.now,
            }
            for row in _confirmations(programme_id)[:20]
        ],
        "sources": [
            {
                "value": key,
                "label": speech.source(programme, key)["title"],
                "on": False,
                "dated": source.get("dated", ""),
            }
            for key, source in programme.document["sources"].items()
        ],
    }


def _confirmations(programme_id: str) -> Any:
    """Each with the digest of the document that it confirms, and of that of today."""
    rows = Confirmation.objects.filter(programme_id=programme_id)
    return rows.annotate(of=F("revision__digest"), now=F("programme__current__digest"))


def _review(review: Review, labels: Mapping[str, str]) -> dict[str, Any]:
    told: Mapping[str, str] = review.seen.get("facts", {})
    return {
        "id": review.pk,
        "why": reason_words(review.reason),
        "opened": local_day(review.opened),
        "text": review.seen.get("text", ""),
        "url": review.seen.get("url", ""),
        "said": review.seen.get("said", ""),
        "facts": [{"label": labels.get(key, key), "text": text} for key, text in told.items()],
    }
