"""Two or three results side by side: the same lines for each, so that they can be read across."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliage.hub.finder.queries.cards import Card, Kind
from alliage.hub.finder.queries.engine import Found
from alliage.hub.finder.queries.receipt_page import ReceiptPage, receipt_page
from alliage.hub.finder.queries.voice import Voice

MOST = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``kind`` says how a cell is drawn: text, verdict, intake, kinds, list, money."""

    label: str
    kind: str
    cells: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ComparePage:
    """The table; ``gone`` are ids that lead to no programme, ``too_many`` that some were left out."""

    cards: tuple[Card, ...]
    rows: tuple[Row, ...]
    gone: tuple[str, ...]
    too_many: bool


def compare_page(found: Found, ids: Sequence[str], *, voice: Voice) -> ComparePage:
    """The first three of these programmes."""
    redirects = found.engine.catalogue.redirects
    unique = list(dict.fromkeys(redirects.get(id_, id_) for id_ in ids))
    pages = [page for id_ in unique[:MOST] if isinstance(page := receipt_page(found, id_, voice=voice), ReceiptPage)]
    gone = tuple(id_[:120] for id_ in unique[:MOST] if id_ not in found.engine.at)
    return ComparePage(
        cards=tuple(page.card for page in pages),
        rows=tuple(Row(label, kind, tuple(map(cell, pages))) for label, kind, cell in _rows()) if pages else (),
        gone=gone,
        too_many=len(unique) > MOST,
    )


def _rows() -> list[tuple[str, str, Callable[[ReceiptPage], Any]]]:
    return [
        (_("Verdict"), "verdict", lambda page: page.card.verdict),
        (_("Ce qu’il pourrait donner"), "money", lambda page: page.card),
        (_("Forme d’aide"), "kinds", lambda page: page.card.kinds),
        (_("À rembourser?"), "text", lambda page: _repaid(page.card.kinds)),
        (_("Dépôt des demandes"), "intake", lambda page: page.programme["intake"]),
        (_("Il vous manque"), "list", lambda page: [asked.label for asked in page.card.asked]),
        (_("Ce qui vous exclut"), "text", lambda page: page.card.why),
        (_("Conditions remplies"), "text", _met),
        (_("Dépenses admises"), "list", lambda page: page.programme["money"]["expenses"]),
        (_("Points à confirmer"), "list", lambda page: [item["words"] for item in page.programme["confirm"]]),
        (_("Cumul avec d’autres aides"), "list", _stacking),
        (_("Première étape"), "text", lambda page: next((step["words"] for step in page.programme["steps"]), "")),
        (_("Qui décide"), "text", lambda page: page.card.provider),
        (_("Téléphone"), "text", lambda page: page.programme["contact"]["phone"]),
        (_("Fraîcheur des faits"), "freshness", lambda page: page.programme["freshness"]),
    ]


_REPAID = {"loan": True, "repayable-contribution": True, "grant": False, "wage-subsidy": False, "voucher": False}
_REPAID |= {"tax-credit": False}


def _repaid(kinds: Sequence[Kind]) -> str:
    """Whether the money is paid back, where the kinds of money say it."""
    repaid = {_REPAID.get(kind.id) for kind in kinds}
    if None in repaid:
        return ""
    if len(repaid) > 1:
        return _("en partie")
    return _("oui") if True in repaid else _("non")


def _met(page: ReceiptPage) -> str:
    total = page.met + page.failed + page.missing
    return ngettext("%(met)s sur %(total)s", "%(met)s sur %(total)s", total) % {"met": page.met, "total": total}


def _stacking(page: ReceiptPage) -> list[str]:
    rules = page.programme["stacking"]
    if not rules:
        return []
    return [
        *(share["words"] for share in rules["shares"] if share["words"]),
        *([rules["rule"]] if rules["rule"] else []),
    ]
