"""The page of ``alliage match --why``: one programme, each condition with the answer used and its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from alliage.cli import programme_parts as parts
from alliage.cli.page import Page, Span
from alliage.cli.results_page import changes, conditions_read
from alliage.cli.voice import Voice, only_to_others
from alliage.core.catalogue.programme import Programme
from alliage.core.matching.near_misses import near_misses
from alliage.core.matching.receipt import STATES, sums
from alliage.core.matching.results import Result, Results
from alliage.core.matching.verdict import Verdict
from alliage.core.rules.condition import All, AnyOf, Condition, Leaf, NoneOf
from alliage.core.rules.evaluate import Finding
from alliage.core.vocabulary.truth import Cause

SIGN = {Verdict.ELIGIBLE: "met", Verdict.POSSIBLE: "missing", Verdict.INELIGIBLE: "failed"}


def receipt_page(results: Results, id_: str, *, voice: Voice) -> Page:
    """The whole receipt of one programme, by its id or a former one.

    Raises:
        AlliageError: ``programme-unknown``.
    """
    page, result = Page(), results.result(id_)
    found, programme = result.match, result.match.programme
    sources = parts.Sources(programme, voice)
    parts.head(page, programme, id_, voice)
    page.blank()
    verdict = voice.phrase("verdicts", found.verdict.value)
    based = based_on(programme, voice) if found.verdict is Verdict.ELIGIBLE else ""
    told = f"{based} · {voice.intake(found.intake)} · {amount(result, voice)}"
    page.item(SIGN[found.verdict], Span(verdict[:1].upper() + verdict[1:], "strong"), told, indent=0)
    _conditions(page, result, results, sources, voice)
    _near(page, result, results, voice)
    parts.to_confirm(page, programme, sources, voice)
    parts.money(page, programme, sources, voice)
    if not only_to_others(result.aid):
        page.line(Span(_estimate(result, voice), "strong"), indent=1)
        for said in sums(result.aid, words=voice.wording):
            page.line(said, indent=1)
    parts.stacking(page, programme, sources, voice)
    parts.steps(page, programme, sources, voice)
    parts.whom_to_call(page, programme, voice)
    freshness(page, result, voice)
    parts.doubts(page, programme, sources, voice)
    sources.listed(page)
    page.blank()
    page.line(voice.wording.phrases["nothing_promised"][voice.lang])
    return page


def amount(result: Result, voice: Voice) -> str:
    """What a programme could cover, with its kind of money where this is not the programme's main one."""
    programme = result.match.programme
    kind, said = voice.headline(programme, result.aid), voice.aid(result.aid, programme)
    return said if kind == voice.kind(programme) else f"{kind} · {said}"


def _estimate(result: Result, voice: Voice) -> str:
    """The amount, as that of this project; a ceiling of the programme, as long as nothing bounds it, says so itself."""
    said = amount(result, voice)
    bounded = result.aid.for_project or result.aid.at_most is None
    return voice.words("money.estimate", aid=said) if bounded else f"{said[:1].upper()}{said[1:]}."


def based_on(programme: Programme, voice: Voice) -> str:
    """On how many conditions of its own a verdict rests."""
    read = conditions_read(programme)
    return voice.words.count("why.based", read) if read else voice.words("why.based.none")


def freshness(page: Page, result: Result, voice: Voice) -> None:
    """How old and how sure the facts are."""
    programme = result.match.programme
    as_of = programme.document.get("as_of")
    dated = [voice.words("fresh.as-of", date=voice.partial(as_of))] if as_of else []
    said = [*dated, voice.freshness(result.freshness, programme), voice.phrase("confidence", programme.confidence)]
    page.section(voice.words("programme.freshness"))
    page.line(" · ".join(said), indent=1)


# ------------------------------------------------------------------------------------------------- conditions


def _conditions(page: Page, result: Result, results: Results, sources: parts.Sources, voice: Voice) -> None:
    findings = result.match.findings
    tally = Counter(STATES[finding.truth] for finding in findings)
    counted = [voice.words.count(f"why.{state}", tally[state]) for state in STATES.values()]
    page.section(voice.words("why.conditions"), note=" · ".join(counted))
    if result.match.programme.nothing_read:
        page.line(voice.wording.phrases["no_condition"][voice.lang], indent=1)
    for finding in findings:
        _finding(page, finding, results, sources, voice, indent=1)


def _finding(
    page: Page,
    finding: Finding,
    results: Results,
    sources: parts.Sources,
    voice: Voice,
    *,
    indent: int,
    cited: bool = False,
) -> None:
    """One line of the receipt; the source that all the parts of a group share is said once, after the group."""
    state = STATES[finding.truth]
    word = Span(voice.phrase("states", state), state)
    condition = finding.condition
    if not isinstance(condition, Leaf):
        page.item(state, word, f" · {group_words(condition, voice)}", indent=indent)
        shared = None if cited else parts.one_source(condition)
        for part in finding.parts:
            _finding(page, part, results, sources, voice, indent=indent + 1, cited=cited or shared is not None)
        if shared:
            page.quiet(sources.line(shared), indent=indent + 1)
        return
    page.item(state, word, f" · {voice.wording.sentence(condition)}", indent=indent)
    used = _used(condition.attribute, results, voice)
    same = used == voice.wording.sentence(condition)  # a yes or a no, said by its own sentence
    answer = voice.words("why.same") if same else voice.words("why.you", answer=used)
    said = [answer] if finding.cause is not Cause.MISSING else []
    cause = [voice.phrase("causes", finding.cause.value)] if finding.cause is not None else []
    page.line(" · ".join([*said, *cause]), indent=indent + 1)
    if not cited:
        page.quiet(sources.line(condition.source), indent=indent + 1)


def group_words(condition: Condition, voice: Voice) -> str:
    """What a group of conditions asks, before its parts."""
    key = "all" if isinstance(condition, All) else "any" if isinstance(condition, AnyOf) else None
    key = key or ("not" if isinstance(condition, NoneOf) else "readings")
    return voice.phrase("conditions", key, parts="").rstrip(" :\u00a0")


def _used(name: str, results: Results, voice: Voice) -> str:
    """The answer used, and the answer that it follows from if it was not given."""
    given = results.known.answers.get(name)
    answer = voice.sentence(name, given) or voice.answer(name, given)
    origin = results.known.derived_from.get(name)
    if origin is None or name in results.profile.answers:
        return answer
    label = voice.label(origin) if origin in voice.attributes else origin
    return voice.words("why.derived", answer=answer, label=label)


def _near(page: Page, result: Result, results: Results, voice: Voice) -> None:
    if result.match.verdict is not Verdict.INELIGIBLE:
        return
    found = near_misses(
        result.match, catalogue=results.catalogue, profile=results.profile, known=results.known, on=results.on
    )
    page.section(voice.words("why.near"))
    if not found:
        page.line(voice.words("why.near.none"), indent=1)
    for miss in found:
        then = voice.words("why.near.then", verdict=voice.phrase("verdicts", miss.verdict.value))
        page.item("todo", changes(miss, voice), Span(f"  {then}", "quiet"))


def sentences(
    page: Page,
    conditions: Iterable[Condition],
    sources: parts.Sources,
    voice: Voice,
    *,
    indent: int,
    cited: bool = False,
) -> None:
    """Conditions as sentences, each with its source; a group whose parts share one source says it once."""
    for condition in conditions:
        shared = None if cited else parts.one_source(condition)
        mark = f" {sources.mark(shared)}" if shared else ""
        if isinstance(condition, Leaf):
            page.item("bullet", f"{voice.wording.sentence(condition)}{mark}", indent=indent)
            continue
        page.item("bullet", f"{group_words(condition, voice)}{mark}", indent=indent)
        under = cited or shared is not None
        sentences(page, condition.conditions, sources, voice, indent=indent + 1, cited=under)
