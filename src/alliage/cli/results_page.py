"""The page of ``alliage match``: what was understood, what fits, what is missing, what is closed, what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from alliage.cli.page import Page, Span
from alliage.cli.voice import Voice
from alliage.core.catalogue.intake import OPENS_ON
from alliage.core.catalogue.programme import Programme
from alliage.core.matching.aid import highest
from alliage.core.matching.near_misses import NearMiss, near_misses
from alliage.core.matching.next_question import NextQuestion, next_question
from alliage.core.matching.results import Result, Results
from alliage.core.matching.verdict import Verdict
from alliage.core.rules.evaluate import responsible_findings
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.truth import Cause, Truth

MOST_REASONS = 6
MOST_NEAR = 4
MOST_CALLS = 3
MOST_NAMES = 2
MOST_VALUES = 8


class Parts:
    """The results sorted into the sections of the page."""

    def __init__(self, results: Results, *, every: bool) -> None:
        self.all = results.results if every else results.shown
        refused = Verdict.INELIGIBLE
        live = [r for r in self.all if r.match.verdict is not refused and not r.closed]
        self.opening = [r for r in live if r.match.intake.state == OPENS_ON]
        now = [r for r in live if r.match.intake.state != OPENS_ON]
        self.eligible = [r for r in now if r.match.verdict is Verdict.ELIGIBLE]
        self.possible = [r for r in now if r.match.verdict is Verdict.POSSIBLE]
        self.closed = [r for r in self.all if r.closed and r.match.verdict is not refused]
        self.ineligible = [r for r in self.all if r.match.verdict is refused]

    @property
    def nothing(self) -> bool:
        """Whether no programme can be applied for, now or soon."""
        return not (self.eligible or self.possible or self.opening)


def results_page(results: Results, *, voice: Voice, profile: str, every: bool, limit: int) -> Page:
    """The whole page."""
    page, parts, question = Page(), Parts(results, every=every), next_question(results)
    most = len(parts.all) if every else limit
    page.title(voice.words("head.on", day=voice.day(results.on)))
    _summary(page, parts, results, voice, every=every)
    _head(page, results, voice, every=every)
    _section(page, "section.eligible", parts.eligible, voice, most, means=True)
    _section(page, "section.possible", parts.possible, voice, most, means=True)
    _section(page, "section.opening", parts.opening, voice, most)
    _closed(page, parts.closed, voice, every=every)
    near = _ineligible(page, parts.ineligible, results, voice, every=every)
    if parts.nothing:
        _nothing(page, parts, results, voice, profile=profile, near=near)
    _next(page, results, question, voice, profile=profile)
    _foot(page, results, voice)
    return page


# ------------------------------------------------------------------------------------------------- the head


def _head(page: Page, results: Results, voice: Voice, *, every: bool) -> None:
    """What was understood: the needs, the place and the cost on a line; all of it on request."""
    page.blank()
    if every:
        _everything(page, results, voice)
        return
    roles, known, given = voice.catalogue.vocabulary.roles, results.known.answers, results.profile
    told = [name for name in (roles.needs, roles.territory, roles.cost) if name in known]
    facts = [voice.fact(name, known[name]) for name in told]
    rest = len([name for name in given.answers if name not in told]) + bool(given.lines)
    if rest:
        facts.append(voice.words.count("head.others", rest))
    _facts(page, voice.words("head.understood"), facts)
    if not given.answers and not given.lines:
        page.line(voice.words("head.nothing"))


def _everything(page: Page, results: Results, voice: Voice) -> None:
    words, given = voice.words, results.profile.answers
    for scope in dict.fromkeys(name.partition(".")[0] for name in voice.attributes):
        facts = [voice.fact(name, given[name]) for name in given if name.startswith(f"{scope}.")]
        if scope == voice.catalogue.vocabulary.roles.lines.partition(".")[0] and results.profile.lines:
            facts.append(words.count("head.lines", len(results.profile.lines)))
        _facts(page, words(f"head.{scope}") if words.has(f"head.{scope}") else scope, facts)
    known = results.known
    _facts(page, words("head.derived"), [voice.fact(name, known.answers[name]) for name in _told(results)])
    unknown = sorted(results.profile.unknown - given.keys())
    _facts(page, words("head.unknown"), [voice.label(name) for name in unknown])
    if not given and not results.profile.lines:
        page.line(words("head.nothing"))


def _told(results: Results) -> list[str]:
    """What follows from the answers and is worth telling: bounds alone are not."""
    vocabulary = results.catalogue.vocabulary
    return [name for name in results.known.derived_from if not vocabulary.attributes[name].ordered]


def _facts(page: Page, title: str, facts: Sequence[str]) -> None:
    if facts:
        page.line(Span(f"{title}  ", "strong"), " · ".join(facts), hang=2)


def _summary(page: Page, parts: Parts, results: Results, voice: Voice, *, every: bool) -> None:
    words = voice.words
    live = [*parts.eligible, *parts.possible, *parts.opening]
    counted = [
        words.count("sum.eligible", sum(r.match.verdict is Verdict.ELIGIBLE for r in live)),
        words.count("sum.possible", sum(r.match.verdict is Verdict.POSSIBLE for r in live)),
        words.count("sum.closed", len(parts.closed)),
        words.count("sum.ineligible", len(parts.ineligible)),
    ]
    page.line(Span(" · ".join(counted), "strong"))
    if results.hidden and not every:
        page.quiet(words.count("hidden", results.hidden))


# --------------------------------------------------------------------------------------------- the sections


def _section(page: Page, key: str, results: Sequence[Result], voice: Voice, most: int, *, means: bool = False) -> None:
    if not results:
        return
    page.section(f"{voice.words(key)} ({len(results)})")
    if means:
        page.quiet(voice.words(f"{key}.means"))
    for result in results[:most]:
        page.blank()
        entry(page, result, voice)
    if len(results) > most:
        page.blank()
        page.quiet(voice.words.count("more", len(results) - most))


def entry(page: Page, result: Result, voice: Voice) -> None:
    """One programme in a few lines: its name and id, its money, its intake, and what is missing."""
    found, programme = result.match, result.match.programme
    page.line(Span(voice.text(programme.name), "strong"), Span(f"  {programme.id}", "quiet"), indent=1, hang=2)
    kind, aid = voice.headline(programme, result.aid), voice.aid(result.aid, programme)
    page.line(f"{kind} · {aid} · {voice.intake(found.intake)}", indent=2, hang=2)
    known = [voice.text(programme.provider.name), voice.freshness(result.freshness, programme)]
    read = conditions_read(programme)
    if read and found.verdict is Verdict.ELIGIBLE:
        known.append(voice.words.count("entry.read", read))
    confirm = len(programme.document.get("confirm", ()))
    if confirm:
        known.append(voice.words.count("entry.confirm", confirm))
    page.line(Span(" · ".join(known), "quiet"), indent=2, hang=2)
    if programme.nothing_read:
        page.line(voice.wording.phrases["no_condition"][voice.lang], indent=2, hang=2)
    for key, names in missing_by_cause(result):
        if names:
            page.item("missing", voice.words(f"entry.{key}", labels=voice.labels(names)), indent=2)


def conditions_read(programme: Programme) -> int:
    """How many conditions of its own were read for a programme."""
    return len(programme.document["eligibility"]["all"])


def missing_by_cause(result: Result) -> list[tuple[str, list[str]]]:
    """What is missing: answers to give, answers to make more precise, and what only the provider can settle."""
    found = result.match
    wide = {
        leaf.condition.attribute  # type: ignore[union-attr]  # only leaves are responsible
        for finding in found.findings
        if finding.truth is Truth.UNKNOWN
        for leaf in responsible_findings(finding, Truth.UNKNOWN)
        if leaf.cause is Cause.IMPRECISE
    }
    unsettled = set(found.unsettled)
    return [
        ("missing", [name for name in found.missing if name not in unsettled | wide]),
        ("imprecise", [name for name in found.missing if name in wide - unsettled]),
        ("unsettled", list(found.unsettled)),
    ]


def _closed(page: Page, closed: Sequence[Result], voice: Voice, *, every: bool) -> None:
    if not closed:
        return
    page.section(f"{voice.words('section.closed')} ({len(closed)})")
    if not every:
        page.line(voice.words.count("closed", len(closed)))
        return
    for result in closed:
        _one_line(page, result, voice.intake(result.match.intake), voice)


def _one_line(page: Page, result: Result, after: str, voice: Voice) -> None:
    programme = result.match.programme
    page.item("bullet", voice.text(programme.name), Span(f"  {programme.id}", "quiet"), f" · {after}", style="quiet")


def _ineligible(
    page: Page, refused: Sequence[Result], results: Results, voice: Voice, *, every: bool
) -> list[tuple[NearMiss, list[Result]]]:
    """Why programmes say no, by reason; then the honest changes that would lift some refusals, which are returned."""
    if not refused:
        return []
    page.section(f"{voice.words('section.ineligible')} ({len(refused)})")
    page.quiet(voice.words("ineligible.reasons"))
    reasons = Counter(name for result in refused for name in result.match.failed).most_common()
    for name, count in reasons[: len(reasons) if every else MOST_REASONS]:
        page.item("failed", voice.words.count("ineligible.reason", count, reason=_reason(name, results, voice)))
    rest = 0 if every else len(reasons) - MOST_REASONS
    if rest > 0:
        page.quiet(voice.words.count("ineligible.more", rest), indent=1)
    if every:
        page.blank()
        for result in refused:
            _one_line(page, result, voice.labels(result.match.failed), voice)
    near = _grouped(refused, results)
    if near:
        _near(page, near, voice)
    return near


def _reason(name: str, results: Results, voice: Voice) -> str:
    answer = results.known.answers.get(name)
    return voice.fact(name, answer) if answer is not None else voice.label(name)


def _grouped(refused: Iterable[Result], results: Results) -> list[tuple[NearMiss, list[Result]]]:
    """The cheapest near miss of each open programme, those of the same changes together; the easiest first."""
    groups: dict[object, tuple[NearMiss, list[Result]]] = {}
    for result in refused:
        if result.closed:
            continue
        found = near_misses(
            result.match, catalogue=results.catalogue, profile=results.profile, known=results.known, on=results.on
        )
        if found:
            key = tuple((change.attribute, change.then) for change in found[0].changes)
            groups.setdefault(key, (found[0], []))[1].append(result)
    return sorted(groups.values(), key=lambda group: (group[0].effort, -len(group[1])))


def _near(page: Page, near: Sequence[tuple[NearMiss, list[Result]]], voice: Voice) -> None:
    page.section(voice.words("section.near"))
    page.quiet(voice.words("section.near.means"))
    for miss, lifted in near[:MOST_NEAR]:
        names = ", ".join(voice.text(result.match.programme.name) for result in lifted[:MOST_NAMES])
        if len(lifted) > MOST_NAMES:
            names = voice.words.count("near.and", len(lifted) - MOST_NAMES, names=names)
        page.item("todo", f"{changes(miss, voice)} → {names}")


def changes(miss: NearMiss, voice: Voice) -> str:
    """The changes of a near miss as things to do."""
    told = []
    for change in miss.changes:
        attribute = voice.attributes[change.attribute]
        how = voice.text(attribute.change.how) if attribute.change else voice.label(change.attribute)
        answer = voice.answer(change.attribute, change.then)
        told.append(
            how
            if attribute.type == "flag"
            else voice.words("near.then", how=how, label=voice.label(change.attribute), answer=answer)
        )
    return " + ".join(told)


# ------------------------------------------------------------------------------------------------- the foot


def _nothing(page: Page, parts: Parts, results: Results, voice: Voice, *, profile: str, near: Sequence[object]) -> None:
    """Never a bare zero: what to do, and whom to call."""
    words = voice.words
    page.section(words("section.nothing"))
    page.line(words("nothing.found"))
    if near:
        page.item("todo", words("nothing.near"))
    if results.hidden:
        page.item("todo", words("nothing.hidden", profile=profile))
    if parts.closed:
        page.item("todo", words("nothing.closed", profile=profile))
    reasons = Counter(name for result in parts.ineligible for name in result.match.failed).most_common(3)
    if reasons:
        page.item("todo", words("nothing.check", labels=voice.labels(name for name, _ in reasons)))
    for result in _to_call(results):
        programme = result.match.programme
        key = "nothing.call" if "phone" in programme.document.get("contact", {}) else "nothing.call-page"
        contact = voice.contact(programme) if key == "nothing.call" else programme.provider.url
        page.item("todo", words(key, provider=voice.text(programme.provider.name), contact=contact))


def _to_call(results: Results) -> list[Result]:
    """Offices to call: those with a phone first, the nearest programmes first, each provider once."""
    reachable = [
        r
        for r in results.results
        if "phone" in r.match.programme.document.get("contact", {}) or r.match.programme.provider.url
    ]
    reachable.sort(
        key=lambda r: (
            r.match.verdict is Verdict.INELIGIBLE,
            "phone" not in r.match.programme.document.get("contact", {}),
            len(r.match.failed),
        )
    )
    once = {result.match.programme.provider.id: result for result in reversed(reachable)}
    return [result for result in reachable if once[result.match.programme.provider.id] is result][:MOST_CALLS]


def _next(page: Page, results: Results, question: NextQuestion | None, voice: Voice, *, profile: str) -> None:
    words = voice.words
    page.section(words("section.next"))
    if question is None:
        page.line(words("next.none"))
        return
    attribute = voice.attributes[question.attribute]
    page.line(Span(voice.text(attribute.question), "strong"), indent=1)
    page.line(settles(question, results, voice, key="next.settles"), indent=1)
    if question.closer:
        page.line(words("next.closer"), indent=1)
    shown = profile if profile != "-" else ""
    page.line(words("next.answer", profile=shown).rstrip(), indent=1)
    form = written_form(voice, attribute)
    page.line(words("next.write", scope=attribute.scope, name=attribute.short, form=form), indent=1)


def settles(question: NextQuestion, results: Results, voice: Voice, *, key: str) -> str:
    """Why this question: what its answer settles, and the aid in play once the cost of the project bounds it."""
    cost = results.known.answers.get(results.catalogue.vocabulary.roles.cost)
    worth = int(question.aid) if highest(cost) is not None else 0
    aid = voice.words("next.aid", money=voice.wording.money(worth)) if worth else ""
    return voice.words.count(key, question.settles, aid=aid)


def written_form(voice: Voice, attribute: Attribute) -> str:
    """How an answer to an attribute is written in a profile, without suggesting one."""
    if attribute.values:
        values = [*attribute.values]
        shown = values if len(values) <= MOST_VALUES else [*values[:MOST_VALUES], "…"]
        return voice.words(f"form.{attribute.type}", values=", ".join(shown))
    if attribute.type == "code":
        example = attribute.example
        return voice.words("form.code", example=example) if example else voice.words("form.code.table")
    return voice.words(f"form.{attribute.type}")


def _foot(page: Page, results: Results, voice: Voice) -> None:
    catalogue = results.catalogue
    page.blank()
    page.quiet(voice.words("order"))
    name, revision = voice.text(catalogue.name), catalogue.revision
    page.quiet(voice.words.count("head.catalogue", len(catalogue.programmes), name=name, revision=revision))
    page.line(voice.wording.phrases["nothing_promised"][voice.lang])
