"""Words for what a plan says: its rules, its reasons, its doubts and its assumptions, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from alliage.core.catalogue.programme import Programme
from alliage.core.financing.case import Doubt
from alliage.core.financing.financing import Financing
from alliage.core.financing.parts import source_key
from alliage.core.financing.plan import End, Plan, Rule, RuleKind
from alliage.core.financing.private_money import PrivateMoney
from alliage.core.financing.problem import Base, Cents, Line, Offer, Part, Range
from alliage.core.financing.project_lines import Assumption
from alliage.core.matching.receipt import source_of, wording
from alliage.core.rules.wording import LANGUAGES

Text = dict[str, str]


class PlanWords:
    """Speaks of one financing."""

    def __init__(self, financing: Financing) -> None:
        self.financing = financing
        self.catalogue = financing.results.catalogue
        self.words = {lang: wording(self.catalogue, lang=lang) for lang in LANGUAGES}

    # ------------------------------------------------------------------------------------------ short words

    def phrase(self, section: str, key: str, **filled: Mapping[str, str]) -> Text:
        """A phrase in both languages; what fills it is in both, too."""
        return {
            lang: words.phrase(section, key, **{name: text[lang] for name, text in filled.items()})
            for lang, words in self.words.items()
        }

    def money(self, cents: Cents) -> Text:
        """An amount."""
        return {lang: words.money(Decimal(cents) / 100) for lang, words in self.words.items()}

    def number(self, number: int) -> Text:
        """A whole number."""
        return {lang: words.number(number) for lang, words in self.words.items()}

    def share(self, share: Fraction) -> Text:
        """A share as a percentage, to a hundredth."""
        exact = round(Decimal(share.numerator) / Decimal(share.denominator), 4)
        return {lang: words.share(exact) for lang, words in self.words.items()}

    def programme(self, id_: str | None) -> Text:
        """The name of a programme."""
        programme = self.catalogue.programmes.get(id_ or "")
        return dict(programme.name) if programme else {"fr": "", "en": ""}

    def programmes(self, ids: Iterable[str]) -> Text:
        """The names of some programmes, in a row."""
        names = [self.programme(id_) for id_ in ids]
        return {lang: "; ".join(name[lang] for name in names) for lang in LANGUAGES}

    def line(self, id_: str | None) -> Text:
        """The name of an expense line, by its id."""
        line = next((line for line in self.financing.offered.problem.lines if line.id == id_), None)
        return self.name_of(line) if line else {"fr": "", "en": ""}

    def name_of(self, line: Line) -> Text:
        """The name of an expense line: its category, whether it is given in kind, its number among several like it."""
        name, alike = self._kind_of(line), self._alike(line)
        if len(alike) == 1:
            return name
        return self.phrase("plan", "numbered", line=name, n=self.number(alike.index(line) + 1))

    def is_numbered(self, ids: Iterable[str]) -> bool:
        """Whether these lines are told by a number: one of several of its kind."""
        wanted = set(ids)
        lines = [line for line in self.financing.offered.problem.lines if line.id in wanted]
        return len(lines) == 1 and len(self._alike(lines[0])) > 1

    def some_lines(self, ids: Iterable[str]) -> Text:
        """The names of some expense lines in a row, those of one kind together: how many they are."""
        wanted, told = set(ids), list[Text]()
        lines = [line for line in self.financing.offered.problem.lines if line.id in wanted]
        for kind in dict.fromkeys((line.category, line.in_kind) for line in lines):
            found = [line for line in lines if (line.category, line.in_kind) == kind]
            if len(found) == 1:
                told.append(self.name_of(found[0]))
            else:
                told.append(self.phrase("plan", "several", line=self._kind_of(found[0]), n=self.number(len(found))))
        return {lang: ", ".join(text[lang] for text in told) for lang in LANGUAGES}

    def _kind_of(self, line: Line) -> Text:
        name = self.category(line.category)
        return self.phrase("plan", "given", line=name) if line.in_kind else name

    def _alike(self, line: Line) -> list[Line]:
        lines = self.financing.offered.problem.lines
        return [one for one in lines if (one.category, one.in_kind) == (line.category, line.in_kind)]

    def category(self, id_: str) -> Text:
        """The name of a category of expenses."""
        return dict(self.catalogue.vocabulary.expenses[id_])

    def source(self, id_: str | None, key: str | None) -> dict[str, Any] | None:
        """A source of a programme, as plain data; ``None`` if none is named."""
        if id_ is None or not key:
            return None
        return source_of(self.catalogue.programmes[id_], key=key, catalogue=self.catalogue)

    def source_of_rule(self, rule: Rule) -> dict[str, Any] | None:
        """Where a rule was read."""
        return self.source(*source_key(rule.reference))

    # --------------------------------------------------------------------------------- reasons and doubts

    def reason(self, code: str) -> Text:
        """Why a programme cannot enter."""
        return self.phrase("plan_reasons", code)

    def other_need(self, programme: Programme) -> Text:
        """That a programme serves other needs than those of the project, and which."""
        attribute = self.catalogue.vocabulary.attributes[self.catalogue.vocabulary.roles.needs]
        served = {
            lang: words.listing([words.value(attribute, need) for need in programme.needs], last="and")
            for lang, words in self.words.items()
        }
        return self.phrase("plan_reasons", "other-need-served", needs=served)

    def doubt(self, doubt: Doubt) -> Text:
        """What is not settled about an offer."""
        if doubt.narrowed is None:
            return self.phrase("plan_doubts", doubt.code)
        names = [self.category(id_) for id_ in doubt.narrowed["expenses"]]
        listed = {lang: ", ".join(name[lang] for name in names) for lang in LANGUAGES}
        return self.phrase("plan_doubts", doubt.code, expenses=listed, words=doubt.narrowed["to"])

    def proof(self, plan: Plan) -> tuple[str, Text]:
        """How sure it is that no plan is worth more: a code of the phrases ``plan_proof``, and its words.

        What a better plan could add is said in whole dollars, rounded up.
        """
        code = _proof_code(plan)
        left = ceil(Fraction(plan.proof.bound - plan.worth, 100)) * 100
        return code, self.phrase("plan_proof", code, more=self.money(left))

    def private(self, found: PrivateMoney, missing: Cents) -> Text:
        """The private money that the company says it has, and what it lacks, if it does: whole, on the honest side."""
        end = "" if found.sure else "_at_most"
        missing = ceil(Fraction(missing, 100)) * 100
        said = self.phrase("plan", f"private_said{end}", said=self.money(found.said // 100 * 100))
        if not missing:
            return self.phrase("plan", "private_enough", said=said)
        return self.phrase("plan", f"private_missing{end}", said=said, missing=self.money(missing))

    def unpaid(self, part: Part, cents: Cents) -> Text:
        """What a part that pays nothing is, and that it is not a sum received: what it vouches for, what it covers."""
        said = self.catalogue.raw["phrases"]["plan_unpaid"]
        key = part.instrument if part.instrument in said else "other"
        if part.covers < 1 and f"{key}-in-part" in said:
            figures = {"loan": self.money(cents), "share": self.share(part.covers)}
            return self.phrase("plan_unpaid", f"{key}-in-part", amount=self.money(covered(part, cents)), **figures)
        return self.phrase("plan_unpaid", key, amount=self.money(covered(part, cents)))

    def assumption(self, assumption: Assumption) -> Text:
        """What a plan takes for granted, with what fills it: amounts, programmes, kinds of aid, days, a category."""
        filled = {name: self.money(cents) for name, cents in assumption.filled.get("cents", {}).items()}
        if "cost" in assumption.filled:
            filled["amount"] = {lang: words.money(assumption.filled["cost"]) for lang, words in self.words.items()}
        if "category" in assumption.filled:
            filled["category"] = self.category(assumption.filled["category"])
        if "programmes" in assumption.filled:
            filled["programme"] = self.programmes(assumption.filled["programmes"])
        if "kinds" in assumption.filled:
            names = [self.phrase("instruments", kind) for kind in assumption.filled["kinds"]]
            filled["kinds"] = {lang: ", ".join(name[lang] for name in names) for lang in LANGUAGES}
        if "years" in assumption.filled:
            year, last = assumption.filled["years"]
            filled |= {"year": dict.fromkeys(LANGUAGES, str(year)), "last": dict.fromkeys(LANGUAGES, str(last))}
        if "days" in assumption.filled:
            first, last = assumption.filled["days"]
            filled["days"] = {lang: words.days(first, last) for lang, words in self.words.items()}
        return self.phrase("plan_assumptions", assumption.code, **filled)

    # --------------------------------------------------------------------------------------------- rules

    def rule(self, rule: Rule, *, end: End) -> Text:
        """A rule of a plan, with its figures at one end."""
        offer = self._offer(rule)
        filled = {
            "programme": self.programme(rule.offer),
            "other": self.programme(rule.other),
            "line": self.line(rule.line),
            **self._figures(rule, offer, end),
        }
        key = self._credit_base(rule) if rule.kind is RuleKind.CREDIT_BASE else _key(rule, offer)
        return self.phrase("plan_rules", key, **filled)

    def _credit_base(self, rule: Rule) -> str:
        """The phrase of a base from which a threshold is subtracted, other aid, both, or what does not count."""
        entry = self.financing.offered.entries[rule.offer or ""]
        part = next((one for one in entry.offer.parts if one.id == rule.part), entry.offer.parts[0])
        taken, aid = entry.basis(part.id).taken, part.less_aid is not False
        key = "-threshold" if taken and not aid else "-aid" if aid and not taken else "" if aid else "-share"
        return f"credit-base{key}"

    def _offer(self, rule: Rule) -> Offer | None:
        entry = self.financing.offered.entries.get(rule.offer or "")
        return entry.offer if entry else None

    def _figures(self, rule: Rule, offer: Offer | None, end: End) -> dict[str, Text]:
        """The figures of a rule that has some."""
        kind = rule.kind
        if kind is RuleKind.SHARED_CAP:
            cap = self.financing.offered.problem.shared_caps[rule.index]
            provider = self.catalogue.programmes[min(cap.offers)].provider
            return {"amount": self.money(cap.at_most), "provider": dict(provider.name)}
        if offer is None:
            return {}
        if kind is RuleKind.CAP:
            found = offer.caps[rule.index]
            lines = self.some_lines(found.lines or ())
            return {"amount": self.money(found.at_most), "per": self._per(found.label), "line": lines}
        if kind in (RuleKind.CEILING, RuleKind.PRIVATE_SHARE):
            return self._share_of_base(rule, offer, end)
        part = next((part for part in offer.parts if part.id == rule.part), None)
        return self._of_part(kind, part, end) if part else {}

    def _of_part(self, kind: RuleKind, part: Part, end: End) -> dict[str, Text]:
        terms = part.safe if end is End.SAFE and part.safe else part.best
        if kind is RuleKind.RATE:
            return {"share": self.share(terms.rate)}
        if kind is RuleKind.PART_AT_MOST:
            return {"amount": self.money(terms.at_most or 0)}
        return {"amount": self.money(terms.at_least)} if kind is RuleKind.PART_AT_LEAST else {}

    def _share_of_base(self, rule: Rule, offer: Offer, end: End) -> dict[str, Text]:
        figure: Range | None
        if rule.kind is RuleKind.CEILING:
            figure, base = offer.ceiling.share, offer.ceiling.bases(safe=end is End.SAFE)[rule.index]
        else:
            figure, base = offer.private[rule.index].at_least, offer.private[rule.index].base
        at_end = figure and (figure.safe if end is End.SAFE else figure.best)
        key = "total" if base is Base.TOTAL else "eligible"
        return {"share": self.share(at_end or Fraction(0)), "base": self.phrase("plan", key)}

    def _per(self, label: str) -> Text:
        section = "per" if label in self.catalogue.raw["phrases"]["per"] else "plan"
        return self.phrase(section, label)


def covered(part: Part, cents: Cents) -> Cents:
    """What of some money that is vouched for would be made good, rounded down."""
    return floor(part.covers * cents)


def _proof_code(plan: Plan) -> str:
    if plan.proof.bound <= plan.worth:
        return "proved"
    if plan.proof.complete:
        return "nearly"
    return "time-over" if plan.used else "none-found"


def _key(rule: Rule, offer: Offer | None) -> str:
    """The phrase of a rule; a rate is said otherwise of what pays nothing."""
    kind: str = rule.kind.value
    if rule.kind is RuleKind.PART_AT_LEAST and rule.part is None:
        return "too-small"  # an application brings something, or is not made
    if rule.kind is RuleKind.CAP and offer and offer.caps[rule.index].label == "counted":
        return "cap-counted"
    if rule.kind is not RuleKind.RATE:
        return kind
    part = next((part for part in offer.parts if part.id == rule.part), None) if offer else None
    key = kind if rule.line else "rate-of-all"
    return key if part is None or part.pays else f"{key}-unpaid"
