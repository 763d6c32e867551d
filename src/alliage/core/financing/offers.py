"""From what matching found to a financing problem: which programmes may enter a plan of this project, and how.

An eligible programme whose applications are open, or not known to be shut, may enter a safe plan. One that must be
confirmed or waited for may enter a reachable plan. The others cannot enter, and the reason is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.intake import CLOSED, NOT_KNOWN, OPENS_ON, SUSPENDED
from alliage.core.catalogue.programme import Programme
from alliage.core.financing.caps import caps_of, shared_caps
from alliage.core.financing.case import Case, Doubt, persons_of, said
from alliage.core.financing.parts import ONCE, Basis, PartRead, PartRefused, read_part, reference, source_key
from alliage.core.financing.problem import Cap, Line, Offer, Part, Preferences, Problem, Standing
from alliage.core.financing.project_lines import Assumption, ProjectLines, project_lines
from alliage.core.financing.stacking import (
    ceiling_of,
    excluded,
    not_on_same_expense,
    private_shares,
    relied_on,
    same_money_pairs,
    stacking_doubts,
    weights_of_kinds,
)
from alliage.core.financing.wishes import Estimates, estimates_of
from alliage.core.matching.results import Result, Results
from alliage.core.matching.verdict import Verdict
from alliage.core.vocabulary.answers import Possible
from alliage.core.vocabulary.truth import Truth


@dataclass(frozen=True, slots=True)
class Entry:
    """A programme that may enter a plan: its offer, where each part comes from, and what is not settled."""

    result: Result
    offer: Offer
    parts: tuple[PartRead, ...]
    refused: tuple[PartRefused, ...]
    doubts: tuple[Doubt, ...]

    def basis(self, part: str) -> Basis:
        """What the base of one of its parts was made with."""
        return next(read.bases[part] for read in self.parts if part in read.ids)


@dataclass(frozen=True, slots=True)
class Outside:
    """A programme that cannot enter a plan, and why: a code of the phrases ``plan_reasons``."""

    result: Result
    code: str


@dataclass(frozen=True, slots=True)
class Offered:
    """The problem, and what each of its offers is. ``problem`` has no line if the cost is not known.

    ``safe_problem`` is the same for a safe plan: the ceilings that are shown and not relied on are not known there.
    """

    problem: Problem
    entries: Mapping[str, Entry]
    outside: tuple[Outside, ...]
    project: ProjectLines
    assumptions: tuple[Assumption, ...]

    @property
    def safe_problem(self) -> Problem:
        """The problem without the ceilings that are not relied on."""
        return replace(self.problem, offers=tuple(map(self._safe_offer, self.problem.offers)))

    def _safe_offer(self, offer: Offer) -> Offer:
        if relied_on(self.entries[offer.id].result.match.programme):
            return offer
        return replace(offer, ceiling=replace(offer.ceiling, share=None))


def offered(results: Results, *, preferences: Preferences, held: frozenset[str] = frozenset()) -> Offered:
    """The problem of financing the project of a profile, as matched on a day.

    ``held`` names programmes that the company has already: what requires them is met.
    """
    project = project_lines(results)
    estimates = estimates_of(results.catalogue)
    case = _case(results, project.lines, estimates)
    entries: dict[str, Entry] = {}
    outside: list[Outside] = []
    for result in results.results:
        found = _entry(result, case, project)
        if isinstance(found, Entry):
            entries[found.offer.id] = found
        else:
            outside.append(found)
    entries, lacking = _requirements(entries, results, held)
    outside += lacking
    entries = dict(_related(entries, results.catalogue))
    return Offered(
        problem=_problem(results, project.lines, entries, preferences),
        entries=entries,
        outside=tuple(outside),
        project=project,
        assumptions=(*project.assumptions, *_assumptions(entries)),
    )


def _case(results: Results, lines: tuple[Line, ...], estimates: Estimates) -> Case:
    roles, answers = results.catalogue.vocabulary.roles, results.known.answers
    employees = persons_of(answers.get(roles.employees)) if roles.employees else None
    months = persons_of(answers.get(roles.duration)) if roles.duration else None
    return Case(
        answers=answers,
        lines=lines,
        on=results.on,
        started=_started(results, lines),
        months=months[1] if months else None,
        one_per_line=_one_per_line(results),
        received=said(answers.get(roles.received or "")),
        persons=persons_of(answers.get(roles.persons)) if roles.persons else None,
        employees=employees[1] if employees else None,
        worth=estimates.advantage,
        public=estimates.public,
        pays_nothing=estimates.pays_nothing,
    )


def _started(results: Results, lines: tuple[Line, ...]) -> Truth:
    """Whether the project has begun: the company says so, or an expense is dated before the day of the plan."""
    if any(line.day and line.day < results.on for line in lines if not line.in_kind):
        return Truth.TRUE
    return said(results.known.answers.get(results.catalogue.vocabulary.roles.started or ""))


def _one_per_line(results: Results) -> Truth:
    """Whether each expense is one thing bought: said of the lines of a budget, never of one that stands for all."""
    if not results.profile.lines:
        return Truth.UNKNOWN
    return said(results.known.answers.get(results.catalogue.vocabulary.roles.one_per_line or ""))


def _problem(
    results: Results, lines: tuple[Line, ...], entries: Mapping[str, Entry], preferences: Preferences
) -> Problem:
    offers = tuple(entry.offer for entry in entries.values())
    programmes = [entry.result.match.programme for entry in entries.values()]
    kinds = frozenset(part.instrument for offer in offers for part in offer.parts)
    return Problem(
        lines=lines,
        offers=offers,
        preferences=preferences,
        shared_caps=shared_caps(programmes),
        default_weights=weights_of_kinds(estimates_of(results.catalogue).weights, instruments=kinds),
    )


# --------------------------------------------------------------------------------------------- one programme


def _entry(result: Result, case: Case, project: ProjectLines) -> Entry | Outside:
    code = _shut(result, project)
    if code:
        return Outside(result, code)
    programme = result.match.programme
    if not result.serves_needs:  # only the lines that show its need
        case = replace(case, lines=project.showing)
    documents = programme.document["aid"].get("parts", ())
    if not documents:
        return Outside(result, "money-unknown")
    read = [read_part(part, index=at, programme=programme, case=case) for at, part in enumerate(documents)]
    parts = tuple(one for one in read if isinstance(one, PartRead))
    refused = tuple(one for one in read if isinstance(one, PartRefused))
    if not parts:
        return Outside(result, _main_reason(refused))
    return _built(result, case, parts, refused)


def _shut(result: Result, project: ProjectLines) -> str | None:
    """Why a programme cannot enter, whatever its money."""
    found = result.match
    if found.programme.kind != "programme":
        return "not-a-programme"
    if found.verdict is Verdict.INELIGIBLE:
        return "ineligible"
    if found.intake.state in (CLOSED, SUSPENDED):
        return found.intake.state
    serves = result.serves_needs or not project.needs.isdisjoint(found.programme.needs)
    return None if serves else "other-need"


_TELLING = (  # of several reasons, the one that a person can act on, or that says most
    "persons-unknown",
    "too-early",
    "other-days",
    "figures-unknown",
    "expenses-unknown",
    "base",
    "announced",
    "form-unknown",
    "below-threshold",
    "slice-above",
    "slice-unknown",
    "slices-rise",
    "no-line",
    "no-expense",
    "no-person",
    "not-money",
    "other-case",
)


def _main_reason(refused: Iterable[PartRefused]) -> str:
    return min((one.code for one in refused), key=_TELLING.index)


def _built(result: Result, case: Case, parts: tuple[PartRead, ...], refused: tuple[PartRefused, ...]) -> Entry:
    programme = result.match.programme
    ceiling = ceiling_of(programme, case=case)
    public = _public(programme, case)
    standing = tuple(_standing_doubts(result))
    caps = caps_of(programme, parts=parts, case=case)
    once = _once(caps) if case.received is not Truth.FALSE else {}
    offer = Offer(
        id=programme.id,
        provider=programme.provider.id,
        parts=tuple(_at_best_only(part) if part.id in once else part for one in parts for part in one.parts),
        standing=Standing.TO_CONFIRM if standing else Standing.SURE,
        public=public,
        caps=caps,
        ceiling=ceiling,
        private=private_shares(programme, case=case),
    )
    doubts = [
        *standing,
        *(doubt for one in parts for doubt in one.doubts),
        *(Doubt("once", source_key(named)[1]) for named in once.values()),
        *stacking_doubts(programme, ceiling, case=case),
    ]
    doubts += [Doubt("public-unknown")] if public is None else []
    doubts += [Doubt("intake-unknown", result.match.intake.source)] if result.match.intake.state == NOT_KNOWN else []
    doubts = list(dict.fromkeys(doubts))
    return Entry(
        result=result,
        offer=replace(offer, to_confirm=tuple(dict.fromkeys(doubt.code for doubt in doubts))),
        parts=parts,
        refused=refused,
        doubts=tuple(doubts),
    )


def _once(caps: tuple[Cap, ...]) -> dict[str, str]:
    """The parts under a ceiling that what was received before would lower, each with the reference of that ceiling."""
    return {part: cap.reference for cap in caps if cap.label in ONCE for part in sorted(cap.parts)}


def _at_best_only(part: Part) -> Part:
    return replace(part, safe=None)


def _standing_doubts(result: Result) -> Iterator[Doubt]:
    """What keeps a whole programme out of a safe plan."""
    found = result.match
    if found.verdict is Verdict.POSSIBLE:
        yield Doubt("possible")
    if found.programme.nothing_read:
        yield Doubt("no-condition")
    if found.programme.confidence == "low":
        yield Doubt("low-confidence")
    if found.intake.state == OPENS_ON:
        yield Doubt("opens-later", found.intake.source)
    if found.intake.state == NOT_KNOWN and (found.intake.last_seen or {}).get("state") in (CLOSED, SUSPENDED):
        yield Doubt("last-seen-shut", found.intake.source)


def _public(programme: Programme, case: Case) -> bool | None:
    """Whether its money counts as government aid; a pack says of which levels it is not, or not known."""
    if programme.document.get("stacking", {}).get("counts_as") == "private":
        return False
    said = case.public.get(programme.provider.level, True)
    return None if said == "unknown" else bool(said)


# --------------------------------------------------------------------------------------- programmes together


def _requirements(
    entries: dict[str, Entry], results: Results, held: frozenset[str]
) -> tuple[dict[str, Entry], list[Outside]]:
    """The offers with what they require; those whose requirement cannot be met are taken out, one after the other."""
    current = results.catalogue.redirects
    met = {current.get(id_, id_) for id_ in held}
    needed = {id_: _required(entry, results) - met for id_, entry in entries.items()}
    lost: list[Outside] = []
    while lacking := [id_ for id_ in entries if not needed[id_] <= entries.keys()]:
        lost += [Outside(entries[id_].result, "requires") for id_ in lacking]
        entries = {id_: entry for id_, entry in entries.items() if id_ not in lacking}
    return {
        id_: replace(entry, offer=replace(entry.offer, requires=frozenset(needed[id_])))
        for id_, entry in entries.items()
    }, lost


def _required(entry: Entry, results: Results) -> set[str]:
    """What a programme requires first, save what an answer shows to be met already."""
    current, answers, yes = results.catalogue.redirects, results.known.answers, Possible(frozenset({True}))
    return {
        current.get(step["requires"], step["requires"])
        for step in entry.result.match.programme.document.get("steps", ())
        if "requires" in step and answers.get(step.get("met_by", "")) != yes
    }


def _related(entries: Mapping[str, Entry], catalogue: Catalogue) -> Iterator[tuple[str, Entry]]:
    """The offers with what they exclude, and the purses that they share."""
    programmes = {id_: entry.result.match.programme for id_, entry in entries.items()}
    current = catalogue.redirects
    purses, apart = _purses(same_money_pairs(programmes, current=current))
    for id_, entry in entries.items():
        programme = programmes[id_]
        offer = replace(
            entry.offer,
            not_with=excluded(programme, others=programmes, current=current) | apart.get(id_, frozenset()),
            not_on_same_line=not_on_same_expense(programme, others=programmes, current=current),
            same_money=purses.get(id_),
            not_with_reference=_stacking_reference(programme),
            same_line_reference=_same_line_reference(programme),
        )
        yield id_, replace(entry, offer=offer)


def _stacking_reference(programme: Programme) -> str:
    document = programme.document.get("stacking", {})
    return reference(programme, document["source"]) if "source" in document else ""


def _same_line_reference(programme: Programme) -> str:
    rule = programme.document.get("stacking", {}).get("not_on_same_expense", {})
    return reference(programme, rule["source"]) if "source" in rule else _stacking_reference(programme)


def _purses(pairs: frozenset[frozenset[str]]) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """A name for each purse to which several doors all lead; a door to several purses excludes each of them, apart."""
    neighbours: dict[str, set[str]] = {}
    for one, other in map(sorted, pairs):
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    named: dict[str, str] = {}
    apart: dict[str, frozenset[str]] = {}
    for id_, others in neighbours.items():
        if all(frozenset(pair) in pairs for pair in combinations(others, 2)) and all(
            neighbours[other] <= others | {id_} for other in others
        ):
            named[id_] = min(id_, *others)
        else:
            apart[id_] = frozenset(others)
    return named, apart


def _assumptions(entries: Mapping[str, Entry]) -> Iterator[Assumption]:
    """What the reachable plan takes for granted of the offers."""
    doubts = {doubt.code for entry in entries.values() for doubt in entry.doubts}
    if "once" in doubts:
        yield Assumption("nothing-received")
    if "one-per-line" in doubts:
        yield Assumption("one-per-line")
