"""Why a plan is as it is, as plain data: what binds it, what is left out, what confirming could add."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from alliage.core.allowance import Seconds
from alliage.core.catalogue.programme import Programme
from alliage.core.financing.answer_plan import provider_of
from alliage.core.financing.case import Doubt
from alliage.core.financing.ends import Absence
from alliage.core.financing.figures import money, number
from alliage.core.financing.financing import Financing
from alliage.core.financing.offers import Entry, Outside
from alliage.core.financing.parts import NOTES, OF_LINES
from alliage.core.financing.plan import End, Plan, Rule, RuleKind
from alliage.core.financing.problem import Cents
from alliage.core.financing.what_ifs import safe_if_answered
from alliage.core.financing.why import Binding, Confirmation, LeftOut, binding, confirmations, left_out, unfit
from alliage.core.financing.wording import PlanWords, Text
from alliage.core.rules.condition import Leaf
from alliage.core.rules.evaluate import Finding
from alliage.core.vocabulary.answers import Possible
from alliage.core.vocabulary.errors import AlliageError
from alliage.core.vocabulary.truth import Truth

Point = dict[str, Any]
# Doubts that the company itself settles: by the role of the question, and the answer that leaves the part sure.
ASKED: Mapping[str, tuple[str, bool]] = {
    "one-per-line": ("one_per_line", True),
    "once": ("received", False),
    "perhaps-begun": ("started", False),
    "perhaps-begun-lines": ("started", False),
}


class WhyAnswer:
    """Explains the plans of one financing; each explanation solves again, within ``seconds``.

    A number of seconds is for each explanation, a :class:`.Countdown` for all of them. ``in_time``: nothing that was
    explained until now lacked time, so that it would be the same with more.
    """

    def __init__(self, financing: Financing, words: PlanWords, *, seconds: Seconds = None) -> None:
        self.financing, self.words, self.seconds = financing, words, seconds
        self.in_time = True
        self._worths: dict[tuple[str, bool], Cents] = {}

    # --------------------------------------------------------------------------------------- what binds

    def binding(self, end: End) -> list[Point]:
        """The rules without room left in a plan, those worth most to loosen first."""
        found = binding(self.financing.problem(end), self.financing.plan(end), seconds=self.seconds)
        self.in_time &= not any(one.no_time for one in found)
        told: list[Point] = []
        for one in found:
            said = self._binding(one, end)
            if said not in told:  # two parts of one programme may have the same words
                told.append(said)
        return told

    def _binding(self, one: Binding, end: End) -> Point:
        looser = one.loosening
        return {
            **self._rule(one.rule, end),
            "programme": one.rule.offer,
            "loosening": {
                "by": money(looser.by) if isinstance(looser.by, int) else number(looser.by),
                "unit": "money" if isinstance(looser.by, int) else "share",
                "worth": money(looser.worth),
            }
            if looser
            else None,
        }

    def _rule(self, rule: Rule, end: End) -> Point:
        return {
            "code": rule.kind.value,
            "text": self.words.rule(rule, end=end),
            "source": self.words.source_of_rule(rule),
        }

    # ------------------------------------------------------------------------------------------ left out

    def left_out(self) -> list[Point]:
        """The programmes that could enter and are not in the safe plan, the least costly to take in first."""
        safe = self.financing.safe
        found = left_out(self.financing.problem(End.SAFE), safe, seconds=self.seconds)
        self.in_time &= not any(one.no_time for one in found) and _proved(one.with_it for one in found)
        told = [self._left_out(one, safe) for one in found]
        return sorted(told, key=lambda one: (one["with_it"] is None, -(one["with_it"] or {}).get("difference", 0)))

    def _left_out(self, one: LeftOut, safe: Plan) -> Point:
        return {
            "programme": one.offer,
            "name": self.words.programme(one.offer),
            "reasons": list(self._reasons(one)),
            "with_it": {
                "worth": money(one.with_it.worth),
                "difference": money(one.with_it.worth - safe.worth),
                "total": money(one.with_it.total),
            }
            if one.with_it
            else None,
        }

    def _reasons(self, one: LeftOut, *, end: End = End.SAFE) -> Iterator[Point]:
        entry = self.financing.offered.entries[one.offer]
        if one.absence in (Absence.TO_CONFIRM, Absence.RATE_UNKNOWN):
            yield from self._points(entry, only_what_keeps_out=True)
        elif one.absence is Absence.REQUIRES:
            for other in sorted(entry.offer.requires):
                yield self._rule(Rule(RuleKind.REQUIRES, offer=one.offer, other=other), end)
        elif one.absence is Absence.BANNED:
            yield self._rule(Rule(RuleKind.BANNED, offer=one.offer), end)
        elif one.absence is Absence.NO_LINE:
            yield {"code": "no-line", "text": self.words.reason("no-line"), "source": None}
        elif one.no_time:
            words = self.words.phrase("plan_rules", "no-time", programme=self.words.programme(one.offer))
            yield {"code": "no-time", "text": words, "source": None}
        elif one.rules:
            yield from (self._rule(rule, end) for rule in one.rules)
        else:
            words = self.words.phrase("plan_rules", "not-worth", programme=self.words.programme(one.offer))
            yield {"code": "not-worth", "text": words, "source": None}

    # ------------------------------------------------------------------------------------ what cannot be kept

    def unfit(self) -> list[Point]:
        """The programmes that the person keeps and the safe plan cannot hold: which rule, whose, and what to undo.

        ``never``: no plan holds them. The others are in the reachable plan, or the time was over before it was known.
        """
        plans = self.financing
        never = {one.offer: (one, End.REACHABLE) for one in self._lost(End.REACHABLE)}
        later = {one.offer: (one, End.SAFE) for one in self._lost(End.SAFE) if one.offer not in never}
        told = [self._outside(one) for one in plans.offered.outside if one.result.match.programme.id in plans.unfit]
        for one, end in (*never.values(), *later.values()):
            told.append(self._unfit(one, end, never=one.offer in never))
        return sorted(told, key=lambda one: (not one["never"], one["programme"]))

    def _lost(self, end: End) -> tuple[LeftOut, ...]:
        plan = self.financing.plan(end)
        found = unfit(self.financing.problem(end), plan, seconds=self.seconds) if plan.unfit else ()
        self.in_time &= not any(one.no_time for one in found)
        return found

    def _unfit(self, one: LeftOut, end: End, *, never: bool) -> Point:
        confirm = one.absence in (Absence.TO_CONFIRM, Absence.RATE_UNKNOWN)
        key = "others" if one.against else "confirm" if confirm else "itself"
        others, name = self.words.programmes(one.against), self.words.programme(one.offer)
        reasons = list(self._reasons(one, end=end))
        if one.no_time:
            text = self.words.phrase("plan_rules", "no-reason", programme=name)
            reasons = [{"code": "no-time", "text": text, "source": None}]
        return {
            "programme": one.offer,
            "name": name,
            "never": never,
            "reasons": reasons,
            "unpin": [one.offer, *one.against],
            "undo": self.words.phrase("plan_undo", key, programme=name, others=others),
        }

    def _outside(self, one: Outside) -> Point:
        """What cannot enter any plan: the conditions that are not met, or what keeps it out, with its source."""
        found = one.result.match
        name = self.words.programme(found.programme.id)
        return {
            "programme": found.programme.id,
            "name": name,
            "never": True,
            "reasons": list(self._barred(one)),
            "unpin": [found.programme.id],
            "undo": self.words.phrase("plan_undo", "itself", programme=name, others=name),
        }

    def _barred(self, one: Outside) -> Iterator[Point]:
        found = one.result.match
        failed = [finding for finding in found.findings if finding.truth is Truth.FALSE]
        if one.code == "ineligible" and failed:
            for finding in failed:
                text = {lang: words.sentence(finding.condition) for lang, words in self.words.words.items()}
                source = _source_key(finding)
                yield {"code": one.code, "text": text, "source": self.words.source(found.programme.id, source)}
            return
        parts = found.programme.document["aid"].get("parts", ())
        shut = one.code == found.intake.state
        key = found.intake.source if shut else next((part["source"] for part in parts), None)
        text = self.words.other_need(found.programme) if one.code == "other-need" else self.words.reason(one.code)
        yield {"code": one.code, "text": text, "source": self._page(found.programme, key)}

    def _page(self, programme: Programme, key: str | None) -> dict[str, Any] | None:
        """Where it was read; where no page was noted, that of the programme itself, to check."""
        source = self.words.source(programme.id, key)
        url = programme.document.get("url") or {}
        if (source or {}).get("url") or not url:
            return source
        return {"key": key, "title": dict(programme.name), "url": url.get("fr") or url.get("en")}

    # --------------------------------------------------------------------------------- what to confirm

    def confirmations(self) -> list[Point]:
        """What to ask the providers of the reachable plan, by what the answer could add to the safe plan."""
        plans = self.financing
        problem = plans.problem(End.SAFE)
        found = confirmations(
            problem,
            safe=plans.safe,
            reachable=plans.reachable,
            stated=plans.problem(End.REACHABLE),
            seconds=self.seconds,
        )
        self.in_time &= all(one.with_it for one in found) and _proved(one.with_it for one in found)
        return [self._confirmation(one) for one in found]

    def _confirmation(self, one: Confirmation) -> Point:
        entry = self.financing.offered.entries[one.offer]
        return {
            "programme": one.offer,
            "name": self.words.programme(one.offer),
            "provider": provider_of(entry),
            "contact": dict(entry.result.match.programme.document.get("contact", {})),
            "what": list(self._points(entry)),
            "worth": None if one.worth is None else money(one.worth),
            "money": None if one.money is None else money(one.money),
        }

    def _points(self, entry: Entry, *, only_what_keeps_out: bool = False) -> Iterator[Point]:
        """What is not settled about a programme: each condition that waits for an answer, and each doubt."""
        sure = any(part.safe for part in entry.offer.parts)
        said_only = NOTES if sure else NOTES - OF_LINES
        for doubt in entry.doubts:
            if doubt.code == "possible":
                yield from self._missing(entry)
            elif not (only_what_keeps_out and doubt.code in said_only):
                source = self.words.source(entry.offer.id, doubt.source)
                text = self.words.doubt(doubt) if only_what_keeps_out else self._asked(doubt)
                yield {"code": doubt.code, "text": text, "source": source}

    def _asked(self, doubt: Doubt) -> Text:
        """What to confirm; where it is a question to the company, what its good answer alone would add."""
        text, answer = self.words.doubt(doubt), ASKED.get(doubt.code)
        more = answer and self._worth_of(answer)
        if not (answer and more):
            return text
        key = "if-yes" if answer[1] else "if-no"
        return self.words.phrase("plan_answers", key, question=text, amount=self.words.money(more))

    def _worth_of(self, asked: tuple[str, bool]) -> Cents:
        """How much more the safe plan would hold if the company gave one answer; 0 where that is not known."""
        if asked not in self._worths:
            self._worths[asked] = self._more_if(asked)
        return self._worths[asked]

    def _more_if(self, asked: tuple[str, bool]) -> Cents:
        role, answer = asked
        attribute = getattr(self.financing.results.catalogue.vocabulary.roles, role)
        given = Possible(frozenset({answer}))
        try:
            plan = safe_if_answered(self.financing, attribute=attribute, answer=given, seconds=self.seconds)
        except AlliageError:  # it disagrees with another answer
            return 0
        self.in_time &= plan.proof.complete
        known = plan.proof.complete and self.financing.safe.proof.complete
        return max(0, plan.total - self.financing.safe.total) if known else 0

    def _missing(self, entry: Entry) -> Iterator[Point]:
        for finding in entry.result.match.findings:
            if finding.truth is Truth.UNKNOWN:
                text = {lang: words.sentence(finding.condition) for lang, words in self.words.words.items()}
                source = self.words.source(entry.offer.id, _source_key(finding))
                yield {"code": "possible", "text": text, "source": source}


def _source_key(finding: Finding) -> str | None:
    """The source of a condition; that of its first simple condition if it is a group."""
    while not isinstance(finding.condition, Leaf):
        finding = finding.parts[0]
    return finding.condition.source


def _proved(plans: Iterable[Plan | None]) -> bool:
    """Whether no plan was stopped by time."""
    return all(plan is None or plan.proof.complete for plan in plans)
