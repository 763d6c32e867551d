"""How an amount was worked out, as plain data: each step with its figure, and the whole as one line of arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from alliage.core.financing.base_rules import EMPLOYEE, Taken
from alliage.core.financing.figures import fraction, money, number
from alliage.core.financing.plan import End, RuleKind
from alliage.core.financing.problem import Cents
from alliage.core.financing.wording import PlanWords, Text
from alliage.core.financing.working import WHOLE, Counted, Sliced, Working
from alliage.core.rules.wording import LANGUAGES

Step = dict[str, Any]
_PLUS, _MINUS, _TIMES, _IS = " + ", " \N{MINUS SIGN} ", " \N{MULTIPLICATION SIGN} ", " = "


def working_as_dict(working: Working, *, words: PlanWords, end: End) -> dict[str, Any]:
    """The steps of an amount in order, and its arithmetic in words; ``result`` is what the rules of the part allow."""
    told = _Told(working, words, end)
    return {
        "base": money(working.base),
        "result": money(working.result),
        "steps": list(told.steps()),
        "text": told.text(),
    }


class _Told:
    """Speaks of one working."""

    def __init__(self, working: Working, words: PlanWords, end: End) -> None:
        self.working, self.words, self.end = working, words, end

    # ------------------------------------------------------------------------------------------- step by step

    def steps(self) -> Iterator[Step]:
        for one in self.working.counted:
            share = {"share": number(one.share), "exact_share": fraction(one.share)}
            yield self._step("counted", self._counted(one), one.cents, lines=list(one.lines), **share)
        for offer, cents in sorted(self.working.aid.items()):
            name = self._phrase("aid-of", programme=self.words.programme(offer))
            yield self._step("aid", name, cents, programme=offer)
        for taken in self.working.taken:
            yield self._step("threshold", self._taken(taken), taken.cents)
        for rated in self.working.sliced:
            yield self._step("rate", self._rated(rated), int(rated.cents), **_slice_of(rated))
        if self.working.at_most is not None:
            yield self._step("at-most", self._phrase("at-most-of"), self.working.at_most)
        for text, source in self._stops() if self.working.less else ():
            yield {"code": "stop", "text": text, "amount": None, "source": source}

    def _stops(self) -> Iterator[tuple[Text, dict[str, Any] | None]]:
        """Why a plan takes less; the lines that others pay in full are said together."""
        rules = self.working.stops
        if any(rule.kind is RuleKind.LINE for rule in rules):
            yield self._phrase("lines-paid"), None
        told = {rule.offer: rule for rule in rules if rule.kind is RuleKind.CREDIT_BASE}  # once for each credit
        for rule in rules:
            if rule.kind is not RuleKind.LINE and (rule.kind is not RuleKind.CREDIT_BASE or told[rule.offer] is rule):
                yield self.words.rule(rule, end=self.end), self.words.source_of_rule(rule)
        if not rules:
            yield self._phrase("worth-less"), None

    def _step(self, code: str, text: Text, cents: Cents, **more: Any) -> Step:
        return {"code": code, "text": text, "amount": money(cents), **more}

    # --------------------------------------------------------------------------------------------- in one line

    def text(self) -> Text:
        """``wages 170,000 + … − threshold 75,808 = 60,884; × 30% = 18,265``, and why a plan takes less, if it does."""
        base = self._base()
        if len(self.working.sliced) == 1:
            share = self.words.share(self.working.sliced[0].slice.rate)
            said = _joined([base, share], _TIMES)
        else:
            said = self._phrase("then", base=base, rates=_joined(map(self._rated, self.working.sliced), _PLUS))
        said = _joined([said, self._money(self.working.by_rate)], _IS)
        if self.working.result < self.working.by_rate:
            said = self._phrase("capped", said=said, amount=self._money(self.working.result))
        return self._less(said) if self.working.less else said

    def _base(self) -> Text:
        """What the rate applies to; as a sum if it is one."""
        added = _joined([self._counted(one, amount=True) for one in self.working.counted], _PLUS)
        aid = sum(self.working.aid.values())
        off = [self._phrase("aid", amount=self._money(aid))] if aid else []
        off += [self._taken(one, amount=True) for one in self.working.taken]
        if not off and len(self.working.counted) == 1:
            return added
        return self._phrase("sum", sum=_joined([added, *off], _MINUS), base=self._money(self.working.base))

    def _less(self, said: Text) -> Text:
        why = [{lang: said.rstrip(".") for lang, said in text.items()} for text, _ in self._stops()]
        given = self._money(self.working.given)
        return self._phrase("less", said=said, amount=given, why=_joined(why, "; "))

    # -------------------------------------------------------------------------------------------------- pieces

    def _counted(self, one: Counted, *, amount: bool = False) -> Text:
        """The lines of a category, by its name: how many, what share of them counts; with their ``amount`` or not."""
        name = self.words.some_lines(one.lines)
        end = "-name" if not amount else "-numbered" if self.words.is_numbered(one.lines) else ""
        key = ("counted" if one.share == WHOLE else "counted-share") + end
        figures = {
            "amount": self._money(one.cents),
            "cost": self._money(one.cost),
            "share": self.words.share(one.share),
        }
        return self._phrase(key, line=name, **figures)

    def _taken(self, one: Taken, *, amount: bool = False) -> Text:
        """A threshold, by what it is counted; with its ``amount`` or not."""
        name = self._phrase("threshold-amount", amount=self._money(one.cents)) if amount else self._phrase("threshold")
        if len({taken.year for taken in self.working.taken}) > 1:
            name = self._phrase("of-year", what=name, year={lang: str(one.year) for lang in LANGUAGES})
        if one.of is None:
            return name
        count, each = self.words.number(one.count), self._money(one.each)
        if one.of != EMPLOYEE:
            unit = self.words.phrase("terms", one.of)
            return self._phrase("of-units", what=name, n=count, unit=unit, each=each)
        return self._phrase("of-employee" if one.count == 1 else "of-employees", what=name, n=count, each=each)

    def _rated(self, one: Sliced) -> Text:
        return self._phrase("rated", share=self.words.share(one.slice.rate), base=self._money(one.base))

    def _money(self, cents: Cents) -> Text:
        return self.words.money(cents)

    def _phrase(self, key: str, **filled: Text) -> Text:
        return self.words.phrase("plan_working", key, **filled)


def _slice_of(rated: Sliced) -> dict[str, Any]:
    """A rate, what of the base it is on, and the ends of its slice (``to`` is ``None`` for what is above)."""
    one = rated.slice
    return {
        "rate": number(one.rate),
        "exact_rate": fraction(one.rate),
        "base": money(rated.base),
        "from": money(one.start),
        "to": None if one.to is None else money(one.to),
    }


def _joined(texts: Iterable[Text], sign: str) -> Text:
    known = list(texts)
    return {lang: sign.join(text[lang] for text in known) for lang in LANGUAGES}
