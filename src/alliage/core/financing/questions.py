"""The questions that no condition asks, and that a safe plan waits for: what is bought, when, what was received before.

They come up once a programme whose money depends on them may be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from alliage.core.catalogue.programme import Programme
from alliage.core.financing.case import periods
from alliage.core.financing.parts import ONCE
from alliage.core.vocabulary.profile import ExpenseLine
from alliage.core.vocabulary.vocabulary import Vocabulary

Document = Mapping[str, Any]


def plan_question(
    programmes: Iterable[Programme], *, lines: Iterable[ExpenseLine], known: Iterable[str], vocabulary: Vocabulary
) -> str | None:
    """The first attribute of which the money of some programmes depends; ``None`` if all is said.

    ``programmes`` are those that the company may ask for; ``lines`` its budget: without one, nothing is asked.
    ``known`` names what is answered already, or is not to be asked.
    """
    budget, said, roles = tuple(lines), set(known), vocabulary.roles
    parts = [part for one in programmes for part in _parts(one, budget)] if budget else []
    asked = (
        (roles.one_per_line, any("unit" in _threshold(part) for part, _ in parts)),
        (roles.duration, any(_threshold(part).get("per") == "year" and not dated for part, dated in parts)),
        (roles.received, any(_once(part) for part, _ in parts)),
    )
    return next((role for role, wanted in asked if role and wanted and role not in said), None)


def _parts(programme: Programme, budget: tuple[ExpenseLine, ...]) -> Iterable[tuple[Document, bool]]:
    """The parts that pay a line of a budget, and whether all that they pay has a day; ceilings are as a part's own."""
    aid = programme.document["aid"]
    for part in aid.get("parts", ()):
        admitted = part.get("expenses") or ()
        paid = [line for line in budget if not line.in_kind and line.category in admitted]
        if paid:
            ceilings = [*part.get("ceilings", ()), *aid.get("ceilings", ())]
            yield {**part, "ceilings": ceilings}, all(line.date for line in paid)


def _threshold(part: Document) -> Document:
    threshold: Document = part.get("base_rules", {}).get("threshold", {})
    return threshold


def _once(part: Document) -> bool:
    """Whether a part has an amount, or a ceiling, that what was received before would lower."""
    amounts = [tier.get("amount", {}) for tier in part["tiers"]]
    return any(periods(one) & ONCE for one in (*amounts, *part["ceilings"]) if "across" not in one)
