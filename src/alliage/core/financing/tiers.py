"""Which tiers of a list may apply to a company, and whether one surely does.

The first tier whose ``when`` holds applies. Words alone (``case``) cannot be decided: every tier up to the next sure
one may be it. The last tier is the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alliage.core.catalogue.programme import Programme
from alliage.core.financing.case import Case, Document
from alliage.core.vocabulary.truth import Truth


@dataclass(frozen=True, slots=True)
class Tiers:
    """The tiers that may apply, in order. ``closed``: one of them surely does."""

    possible: tuple[Document, ...]
    closed: bool


def possible_tiers(tiers: Sequence[Document], *, case: Case, programme: Programme) -> Tiers:
    """The tiers that may apply to this company; what is only announced is left out."""
    found: list[Document] = []
    for at, tier in enumerate(tiers):
        if tier.get("status") == "announced":
            continue
        state = applies(tier, case=case, programme=programme)
        if state is Truth.FALSE:
            continue
        found.append(tier)
        words_only = "case" in tier and "when" not in tier and at < len(tiers) - 1
        if state is Truth.TRUE and not words_only and "slice" not in tier:
            return Tiers(tuple(found), closed=True)
    return Tiers(tuple(found), closed=bool(found) and "slice" in found[-1])


def applies(document: Document, *, case: Case, programme: Programme) -> Truth:
    """Whether a tier or a part is for this company: ``enough`` may let others in, ``needed`` asks for more in words."""
    truth = case.truth(document, programme)
    meaning = document.get("when_is")
    if (meaning == "needed" and truth is Truth.TRUE) or (meaning == "enough" and truth is Truth.FALSE):
        return Truth.UNKNOWN
    return truth
