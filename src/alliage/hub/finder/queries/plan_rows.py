"""The programmes of a plan: what each pays of what, whether one can apply, what is left to confirm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alliage.core.catalogue.intake import Intake
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.queries.plan_chart import FAMILIES
from alliage.hub.finder.queries.plan_figures import Answer, amounts, exact
from alliage.hub.finder.queries.voice import Voice
from alliage.hub.ui.words import day_of


@dataclass(frozen=True, slots=True)
class Piece:
    """One kind of money of a programme, on the expenses that it pays; or, with a ``note``, what pays nothing."""

    family: str
    instrument: str
    kind: str
    rate: str
    lines: str
    amount: str
    source: Answer | None
    working: str = ""  # the arithmetic of the amount
    note: str = ""
    terms: str = ""  # what is subtracted first, how it is paid back, when it comes


@dataclass(frozen=True, slots=True)
class Row:
    """One programme of a plan."""

    id: str
    name: str
    provider: str
    amount: str  # nothing if no sum would be received
    pieces: tuple[Piece, ...]
    intake: str
    intake_words: str
    confirm: tuple[str, ...]
    pinned: bool


def rows(programmes: Iterable[Answer], dossier: Dossier, *, voice: Voice) -> tuple[Row, ...]:
    """The programmes of a plan, the largest amount first."""
    ranked = sorted(programmes, key=lambda one: (-exact(one["amount"]), one["programme"]))
    written = amounts([one["amount"] for one in ranked], voice=voice)
    return tuple(_row(one, amount, dossier, voice) for one, amount in zip(ranked, written, strict=True))


def _row(one: Answer, amount: str, dossier: Dossier, voice: Voice) -> Row:
    return Row(
        id=one["programme"],
        name=voice.text(one["name"]),
        provider=voice.text(one["provider"]["name"]),
        amount=amount if exact(one["amount"]) > 0 else "",
        pieces=tuple(_piece(part, voice) for part in one["parts"]),
        intake=one["intake"]["state"],
        intake_words=_intake(one["intake"], voice),
        confirm=tuple(voice.text(text) for text in one["to_confirm"]),
        pinned=one["programme"] in dossier.pinned,
    )


def _piece(part: Answer, voice: Voice) -> Piece:
    rate = part.get("rate")
    return Piece(
        family=FAMILIES.get(part["instrument"], "other"),
        instrument=part["instrument"],
        kind=voice.capital(voice.text(part["instrument_name"])),
        rate=voice.typeset(voice.share(rate)) if rate else "",
        lines=voice.text(part["expenses"]),
        working=voice.text(part["working"]["text"]),
        amount=amounts([part["amount"]], voice=voice)[0],
        source=part.get("source"),
        note="" if part["pays"] else voice.capital(voice.text(part["note"])),
        terms=voice.capital("; ".join(voice.text(term["text"]) for term in part["terms"])),
    )


def _intake(intake: Answer, voice: Voice) -> str:
    """The state of an intake, with the day that matters."""
    opens, closes = (day_of(intake.get(end)) for end in ("opens", "closes"))
    return voice.capital(voice.intake(Intake(intake["state"], opens, closes))["words"])


def only_reachable(safe: Answer, reachable: Answer) -> list[Answer]:
    """The programmes that the reachable plan has, and the safe plan has not."""
    sure = {one["programme"] for one in safe["programmes"]}
    return [one for one in reachable["programmes"] if one["programme"] not in sure]
