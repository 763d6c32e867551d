"""One plan as plain data: its programmes, where the money comes from and goes, balanced to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import floor
from typing import Any

from alliage.core.financing.answer_working import working_as_dict
from alliage.core.financing.figures import SHOWN_DECIMALS, money, number
from alliage.core.financing.financing import Financing
from alliage.core.financing.offers import Entry
from alliage.core.financing.part_terms import part_terms
from alliage.core.financing.parts import source_key
from alliage.core.financing.plan import Amount, End, Plan
from alliage.core.financing.private_money import own_funds, private_money
from alliage.core.financing.problem import Cents, Line, Part
from alliage.core.financing.wording import PlanWords, covered
from alliage.core.financing.working import Workings


def without_ceiling(financing: Financing, end: End) -> list[str]:
    """The programmes of a plan whose ceiling is not known, so that none was supposed; the safe plan has none."""
    if end is End.SAFE:
        return []
    offers = [financing.offered.entries[id_].offer for id_ in financing.plan(end).used]
    return [offer.id for offer in offers if offer.ceiling.share is None and not offer.ceiling.none]


class PlanAnswer:
    """Makes one plan of a financing plain."""

    def __init__(self, financing: Financing, words: PlanWords, end: End) -> None:
        self.financing, self.words, self.end = financing, words, end
        self.plan: Plan = financing.plan(end)
        self.paid = tuple(amount for amount in self.plan.amounts if amount.pays)
        self.lines: tuple[Line, ...] = financing.offered.problem.lines
        self.workings = Workings(financing.problem(end), self.plan)

    def as_dict(self) -> dict[str, Any]:
        """The plan; the caller adds what binds it."""
        cost = self.financing.offered.problem.total
        own = own_funds(self.financing, self.end)
        in_kind = sum(line.cost for line in self.lines if line.in_kind)
        return {
            "end": self.end.value,
            "total": money(self.plan.total),
            "guaranteed": money(sum(map(self._covered, self.plan.used))),
            "vouched": money(self.plan.vouched),
            "worth": money(self.plan.worth),
            "own_funds": money(own),
            "private": self._private(own),
            "in_kind": money(in_kind),
            "no_ceiling": without_ceiling(self.financing, self.end),
            "share_of_cost": number(Fraction(self.plan.total, cost)) if cost else 0,
            "proof": self._proof(),
            "programmes": [self._programme(id_) for id_ in self.plan.used],
            "sources": list(self._sources(own, in_kind)),
            "uses": [self._use(line) for line in self.lines],
            "uses_by_kind": list(self._uses_by_kind()),
        }

    def _private(self, own: Cents) -> dict[str, Any] | None:
        """The private money that the company says it has, and what it lacks to pay what the plan leaves."""
        found = private_money(self.financing)
        if found is None:
            return None
        missing = found.missing(own)
        return {
            "said": money(found.said),
            "missing": money(missing),
            "text": self.words.private(found, missing),
        }

    def _proof(self) -> dict[str, Any]:
        proof = self.plan.proof
        code, text = self.words.proof(self.plan)
        return {
            "gap": round(proof.gap, SHOWN_DECIMALS),
            "bound": money(proof.bound),
            "complete": proof.complete,
            "code": code,
            "text": text,
        }

    # --------------------------------------------------------------------------------------- programmes

    def _programme(self, id_: str) -> dict[str, Any]:
        entry = self.financing.offered.entries[id_]
        programme = entry.result.match.programme
        amounts = [amount for amount in self.plan.amounts if amount.offer == id_]
        return {
            "programme": id_,
            "name": dict(programme.name),
            "provider": provider_of(entry),
            "url": dict(programme.document["url"]),
            "amount": money(sum(amount.cents for amount in amounts if amount.pays)),
            "guaranteed": money(self._covered(id_)),
            "worth": money(self._worth(id_, amounts)),
            "intake": entry.result.match.intake.as_dict(),
            "confidence": programme.confidence,
            "as_of": programme.document.get("as_of"),
            "parts": [self._part(entry, part, amounts) for part in entry.offer.parts if _used(part, amounts)],
            "terms": dict(terms) if (terms := programme.document["aid"].get("terms")) else None,
            "steps": [dict(step["text"]) for step in programme.document.get("steps", ())],
            "to_confirm": [
                *(dict(item["text"]) for item in programme.document.get("confirm", ())),
                *(self.words.doubt(doubt) for doubt in entry.doubts),
            ],
        }

    def _covered(self, id_: str) -> Cents:
        """What one programme guarantees: of what it vouches for, what it would make good."""
        parts = {part.id: part for part in self.financing.offered.entries[id_].offer.parts}
        amounts = [amount for amount in self.plan.amounts if amount.offer == id_ and not amount.pays]
        return sum(covered(parts[amount.part], amount.cents) for amount in amounts)

    def _worth(self, id_: str, amounts: Iterable[Amount]) -> Cents:
        """The grant equivalent of some amounts of one programme, its application deducted."""
        preferences = self.financing.offered.problem.preferences
        gross = sum((preferences.worth[amount.instrument] * amount.cents for amount in amounts), Fraction(0))
        return floor(gross) - preferences.application(id_)

    def _part(self, entry: Entry, part: Part, amounts: list[Amount]) -> dict[str, Any]:
        terms = part.safe if self.end is End.SAFE and part.safe else part.best
        given = [amount for amount in amounts if amount.part == part.id]
        whole = sum(amount.cents for amount in given)
        basis = entry.basis(part.id)
        working = self.workings.of(entry.offer.id, part.id, basis=basis)
        return {
            "id": part.id,
            "instrument": part.instrument,
            "instrument_name": self.words.phrase("instruments", part.instrument),
            "rate": None if terms.slices else number(terms.rate),
            "pays": part.pays,
            "note": None if part.pays else self.words.unpaid(part, whole),
            "amount": money(whole),
            "lines": [{"line": amount.line, "amount": money(amount.cents)} for amount in given],
            "expenses": self.words.some_lines(line for one in working.counted for line in one.lines),
            "working": working_as_dict(working, words=self.words, end=self.end),
            "terms": part_terms(_document(entry, part), taken=basis.taken, words=self.words),
            "source": self.words.source(entry.offer.id, source_key(part.reference)[1]),
        }

    # ---------------------------------------------------------------------------------- sources and uses

    def _sources(self, own: Cents, in_kind: Cents) -> Iterable[dict[str, Any]]:
        by_kind: dict[tuple[str, str], Cents] = {}
        for amount in self.paid:
            both = (amount.offer, amount.instrument)
            by_kind[both] = by_kind.get(both, 0) + amount.cents
        for (id_, kind), cents in by_kind.items():
            yield {"kind": kind, "name": self.words.programme(id_), "amount": money(cents), "programme": id_}
        for kind, key, cents in (("own", "own", own), ("in-kind", "in_kind", in_kind)):
            if cents:
                yield {"kind": kind, "name": self.words.phrase("plan", key), "amount": money(cents), "programme": None}

    def _use(self, line: Line) -> dict[str, Any]:
        aid = sum(amount.cents for amount in self.paid if amount.line == line.id)
        return {
            "line": line.id,
            "category": line.category,
            "name": self.words.name_of(line),
            "amount": money(line.cost),
            "aid": money(aid),
            "own": money(0 if line.in_kind else line.cost - aid),
        }

    def _uses_by_kind(self) -> Iterable[dict[str, Any]]:
        """The uses, the lines of one category that are paid, or given in kind, together."""
        groups: dict[tuple[str, bool], list[Line]] = {}
        for line in self.lines:
            groups.setdefault((line.category, line.in_kind), []).append(line)
        for (category, in_kind), lines in groups.items():
            ids = [line.id for line in lines]
            cost = sum(line.cost for line in lines)
            aid = sum(amount.cents for amount in self.paid if amount.line in ids)
            yield {
                "lines": ids,
                "category": category,
                "name": self.words.some_lines(ids),
                "amount": money(cost),
                "aid": money(aid),
                "own": money(0 if in_kind else cost - aid),
            }


def _document(entry: Entry, part: Part) -> Mapping[str, Any]:
    """The part of the programme's aid that a part of its offer was read from."""
    at = next(read.index for read in entry.parts if part.id in read.ids)
    found: Mapping[str, Any] = entry.result.match.programme.document["aid"]["parts"][at]
    return found


def _used(part: Part, amounts: list[Amount]) -> bool:
    return any(amount.part == part.id for amount in amounts)


def provider_of(entry: Entry) -> dict[str, Any]:
    """The provider of a programme, as plain data."""
    provider = entry.result.match.programme.provider
    return {"id": provider.id, "name": dict(provider.name), "level": provider.level}
