"""The page of ``alliage match --why``: one programme, each condition with the answer used and its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from alliage.cli import programme_parts as parts
from alliage.cli.page import Page, Span
from alliage.cli.results_page import changes
from alliage.cli.voice import Voice
from alliage.core.matching.near_misses import near_misses
from alliage.core.matching.receipt import STATES
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
    state = f" · {voice.intake(found.intake)} · {voice.aid(result.aid)}"
    page.item(SIGN[found.verdict], Span(verdict[:1].upper() + verdict[1:], "strong"), state, indent=0)
    _conditions(page, result, results, sources, voice)
    _near(page, result, results, voice)
    parts.to_confirm(page, programme, sources, voice)
    parts.money(page, programme, sources, voice)
    page.line(Span(voice.words("money.estimate", aid=voice.aid(result.aid)), "strong"), indent=1)
    parts.steps(page, programme, sources, voice)
    parts.whom_to_call(page, programme, voice)
    freshness(page, result, voice)
    sources.listed(page)
    page.blank()
    page.line(voice.wording.phrases["nothing_promised"][voice.lang])
    return page


def freshness(page: Page, result: Result, voice: Voice) -> None:
    """How old and how sure the facts are."""
    programme = result.match.programme
    as_of = programme.document.get("as_of")
    dated = [voice.words("fresh.as-of", date=voice.partial(as_of))] if as_of else []
    said = [*dated, voice.freshness(result.freshness), voice.phrase("confidence", programme.confidence)]
    page.section(voice.words("programme.freshness"))
    page.line(" · ".join(said), indent=1)


# ------------------------------------------------------------------------------------------------- conditions


def _conditions(page: Page, result: Result, results: Results, sources: parts.Sources, voice: Voice) -> None:
    findings = result.match.findings
    tally = Counter(STATES[finding.truth] for finding in findings)
    counted = voice.words("why.conditions.count", **{state: tally[state] for state in STATES.values()})
    page.section(voice.words("why.conditions"), note=counted)
    if result.match.programme.nothing_read:
        page.line(voice.wording.phrases["no_condition"][voice.lang], indent=1)
    for finding in findings:
        _finding(page, finding, results, sources, voice, indent=1)


def _finding(
    page: Page, finding: Finding, results: Results, sources: parts.Sources, voice: Voice, *, indent: int
) -> None:
    state = STATES[finding.truth]
    word = Span(voice.phrase("states", state), state)
    condition = finding.condition
    if not isinstance(condition, Leaf):
        page.item(state, word, f" · {group_words(condition, voice)}", indent=indent)
        for part in finding.parts:
            _finding(page, part, results, sources, voice, indent=indent + 1)
        return
    page.item(state, word, f" · {voice.wording.sentence(condition)}", indent=indent)
    used = _used(condition.attribute, results, voice)
    said = [voice.words("why.you", answer=used)] if finding.cause is not Cause.MISSING else []
    cause = [voice.phrase("causes", finding.cause.value)] if finding.cause is not None else []
    page.line(" · ".join([*said, *cause]), indent=indent + 1)
    page.quiet(sources.line(condition.source), indent=indent + 1)


def group_words(condition: Condition, voice: Voice) -> str:
    """What a group of conditions asks, before its parts."""
    key = "all" if isinstance(condition, All) else "any" if isinstance(condition, AnyOf) else None
    key = key or ("not" if isinstance(condition, NoneOf) else "readings")
    return voice.phrase("conditions", key, parts="").rstrip(" :\u00a0")


def _used(name: str, results: Results, voice: Voice) -> str:
    """The answer used, and the answer that it follows from if it was not given."""
    answer = voice.answer(name, results.known.answers.get(name))
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
    page: Page, conditions: Iterable[Condition], sources: parts.Sources, voice: Voice, *, indent: int
) -> None:
    """Conditions as sentences, each with its source."""
    for condition in conditions:
        if isinstance(condition, Leaf):
            page.item("bullet", f"{voice.wording.sentence(condition)} {sources.mark(condition.source)}", indent=indent)
            continue
        page.item("bullet", group_words(condition, voice), indent=indent)
        sentences(page, condition.conditions, sources, voice, indent=indent + 1)
