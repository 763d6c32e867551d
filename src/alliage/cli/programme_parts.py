"""Parts of a programme on a page: its money, what to confirm, how it combines, steps, sources, contact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from alliage.cli.page import Page, Span
from alliage.cli.voice import Voice, recipient
from alliage.core.catalogue.programme import Programme, day
from alliage.core.rules.condition import Condition, build_condition, leaves
from alliage.core.vocabulary.attributes import Text

Document = Mapping[str, Any]
_KEY = re.compile(r"\(source (s\d+)\)")


class Sources:
    """Numbers the sources of one programme as they are quoted, to list them once at the end."""

    def __init__(self, programme: Programme, voice: Voice) -> None:
        self.programme, self.voice = programme, voice
        self._numbers = {key: at for at, key in enumerate(programme.document["sources"], start=1)}

    def mark(self, key: str) -> str:
        """How a fact quotes its source: ``[2]``; a source without a number is said in words."""
        number = self._numbers.get(key)
        return f"[{number}]" if number else f"[{self.voice.source(self.programme, key)}]"

    def text(self, text: Text) -> str:
        """A text of the programme; a source that it names by its key gets its number."""
        return _KEY.sub(lambda found: self.mark(found[1]), self.voice.text(text))

    def line(self, key: str) -> str:
        """A source in a receipt: its number, its title and its date."""
        number = self._numbers.get(key)
        title = self.voice.source(self.programme, key)
        return self.voice.words("why.source", number=number, title=title) if number else title

    def listed(self, page: Page) -> None:
        """Every source with its address, its date, and the day it was read."""
        voice = self.voice
        page.section(voice.words("programme.sources"))
        for key, source in self.programme.document["sources"].items():
            read = voice.words("fresh.read", day=voice.day(date.fromisoformat(source["read"])))
            if source.get("confirmed"):
                read = voice.words("fresh.confirmed", day=voice.day(date.fromisoformat(source["confirmed"])))
            mark = f"{self._numbers[key]}. "
            page.line(Span(mark, "quiet"), f"{voice.source_words(source)} · {read}", indent=1, hang=len(mark))
            page.quiet(source["url"], indent=2)


# ------------------------------------------------------------------------------------------------------ money


def money(page: Page, programme: Programme, sources: Sources, voice: Voice) -> None:
    """What a programme gives: each form of money with its rates and amounts, then its terms in the source's words."""
    aid = programme.document["aid"]
    page.section(voice.words("programme.money"))
    several = len(aid.get("parts", ())) > 1
    for part in aid.get("parts", ()):
        page.item("bullet", *_part_title(part, sources, voice, several=several))
        for tier in part["tiers"]:
            said = tier_words({"base": part.get("base"), **tier}, programme, sources)
            page.line(f"{said} {sources.mark(tier['source'])}", indent=3, hang=2)
        for line in _part_terms(part, sources, voice):
            page.line(line, indent=3, hang=2)
    for ceiling in [*aid.get("ceilings", ()), *(c for part in aid.get("parts", ()) for c in part.get("ceilings", ()))]:
        page.item("bullet", f"{_ceiling(ceiling, sources, voice)} {sources.mark(ceiling['source'])}")
    if not aid.get("parts"):
        page.line(voice.phrase("aid", "not_known"), indent=1)
    if aid.get("terms"):
        page.line(sources.text(aid["terms"]), indent=1)
    if aid.get("same_money_as"):
        page.line(voice.words("money.same", names=voice.names(aid["same_money_as"])), indent=1)
    _expenses(page, programme, voice)


def _part_title(part: Document, sources: Sources, voice: Voice, *, several: bool) -> Iterator[str | Span]:
    """The kind of money and its case; among several parts, the expenses that tell them apart."""
    yield Span(voice.phrase("instruments", part.get("instrument") or "none"), "strong")
    if several and part.get("expenses"):
        yield f" {voice.words('money.expenses', names=_named(part['expenses'], voice))}"
    if part.get("alternatives"):
        names = voice.listing((voice.phrase("instruments", name) for name in part["alternatives"]), last="or")
        yield f" {voice.words('money.alternatives', names=names)}"
    if part.get("status") == "announced":
        yield f" ({voice.words('money.announced')})"
    if part.get("case"):
        yield f" · {sources.text(part['case'])}"


def tier_words(tier: Document, programme: Programme, sources: Sources) -> str:
    """A tier in words: for whom, up to which rate, between which amounts."""
    voice = sources.voice
    found = [*_amounts(tier, voice)] or [voice.words("money.nothing")]
    cases = [*_cases(tier, programme, sources)]
    said = ", ".join(found)
    return voice.words("fact", label="; ".join(cases), answer=said) if cases else said


def _cases(tier: Document, programme: Programme, sources: Sources) -> Iterator[str]:
    voice = sources.voice
    if tier.get("case"):
        yield sources.text(tier["case"])
    elif tier.get("when"):
        parts = (build_condition(part, vocabulary=programme.vocabulary) for part in tier["when"]["all"])
        yield voice.listing(voice.wording.sentence(part) for part in parts)
    span = tier.get("slice")
    if span:
        ends = {key: voice.wording.money(span[end]) for key, end in (("low", "from"), ("high", "to")) if end in span}
        key = "money.slice" if len(ends) == 2 else "money.slice.from" if "low" in ends else "money.slice.to"
        yield voice.words(key, **ends)
    if tier.get("status") == "announced":
        yield voice.words("money.announced")


def _amounts(tier: Document, voice: Voice) -> Iterator[str]:
    amount = tier.get("amount") or {}
    if "rate_at_most" in tier:
        rate = voice.wording.share(tier["rate_at_most"])
        base = tier.get("base")
        yield (
            voice.words("money.rate.of", rate=rate, base=voice.phrase("terms", base))
            if base
            else voice.words("money.rate", rate=rate)
        )
    if "rate_of_contribution" in tier:
        yield voice.words("money.contribution", rate=voice.wording.share(tier["rate_of_contribution"]))
    if "rate_formula" in tier:
        yield voice.words("money.formula")
    counted = voice.per(amount.get("unit") or amount.get("per"))
    for key, word in (("at_least", "money.at-least"), ("at_most", "money.at-most")):
        if key in amount:
            yield f"{voice.words(word, amount=voice.wording.money(amount[key]))} {counted}".rstrip()
            counted = ""


def _ceiling(ceiling: Document, sources: Sources, voice: Voice) -> str:
    counted = voice.per(ceiling.get("unit") or ceiling.get("per"))
    if ceiling.get("years"):
        counted = voice.words.count("money.over", ceiling["years"], per=counted)
    case = f" ({sources.text(ceiling['case'])})" if ceiling.get("case") else ""
    return voice.words("money.cap", amount=f"{voice.wording.money(ceiling['at_most'])} {counted}".rstrip()) + case


def _part_terms(part: Document, sources: Sources, voice: Voice) -> Iterator[str]:
    for one in part.get("narrowed", ()):
        said = voice.words("money.narrowed", names=_named(one["expenses"], voice), text=sources.text(one["to"]))
        yield f"{said} {sources.mark(one['source'])}"
    yield from _expense_days(part.get("expenses_dated"), sources, voice)
    loan, guarantee = part.get("loan", {}), part.get("guarantee", {})
    if guarantee:
        yield voice.words("money.guarantee", share=voice.wording.share(guarantee["share"]))
    if loan.get("months_at_most"):
        yield voice.words.count("money.months", loan["months_at_most"])
    if loan.get("interest_free"):
        yield voice.words("money.interest-free")
    for text in (loan.get("interest"), loan.get("security"), part.get("fees", {}).get("text")):
        if text:
            yield sources.text(text)
    if part.get("paid_to"):
        yield voice.words("money.paid-to", whom=recipient(sources.text(part["paid_to"])))
    if part.get("paid"):
        yield voice.words("money.paid", text=sources.text(part["paid"]))
    elif part.get("paid_when"):
        yield voice.words("money.paid", text=voice.phrase("terms", part["paid_when"]["moment"]))


def _expense_days(stated: Document | None, sources: Sources, voice: Voice) -> Iterator[str]:
    if stated:
        days = voice.wording.days(day(stated.get("from")), day(stated.get("to")))
        yield f"{voice.words('money.expenses-dated', days=days)} {sources.mark(stated['source'])}"


def _expenses(page: Page, programme: Programme, voice: Voice) -> None:
    for key, word in (("expenses", "programme.expenses"), ("expenses_excluded", "programme.expenses-out")):
        names = _named(programme.document.get(key, ()), voice)
        if names:
            page.line(voice.words(word, names=names), indent=1)


def _named(categories: Iterable[str], voice: Voice) -> str:
    """Categories of expenses by their names."""
    return ", ".join(voice.text(voice.catalogue.vocabulary.expenses[id_]) for id_ in categories)


# --------------------------------------------------------------------------------------- around the conditions


def to_confirm(page: Page, programme: Programme, sources: Sources, voice: Voice) -> None:
    """What no attribute expresses: never counted as met."""
    points = programme.document.get("confirm", ())
    if points:
        page.section(f"{voice.words('programme.confirm')} ({len(points)})")
        _texts(page, points, sources, sign="todo")


def steps(page: Page, programme: Programme, sources: Sources, voice: Voice) -> None:
    """What to do, in order."""
    found = programme.document.get("steps", ())
    if not found:
        return
    page.section(voice.words("programme.steps"))
    for number, step in enumerate(found, start=1):
        first = (
            f" ({voice.words('programme.order-first', name=voice.names([step['requires']]))})"
            if step.get("requires")
            else ""
        )
        mark = f"{number}. "
        page.line(f"{mark}{sources.text(step['text'])}{first} {sources.mark(step['source'])}", indent=1, hang=len(mark))


def _texts(page: Page, items: Iterable[Document], sources: Sources, *, sign: str) -> None:
    for item in items:
        page.item(sign, f"{sources.text(item['text'])} {sources.mark(item['source'])}")


def one_source(condition: Condition) -> str | None:
    """The source of a condition, if all its parts have the same."""
    keys = {leaf.source for leaf in leaves(condition)}
    return keys.pop() if len(keys) == 1 else None


def stacking(page: Page, programme: Programme, sources: Sources, voice: Voice) -> None:
    """How this aid combines with other aid, as far as a source says."""
    rules = programme.document.get("stacking")
    page.section(voice.words("programme.stacking"))
    if not rules:
        page.line(voice.words("stack.unknown"), indent=1)
        return
    for tier in rules.get("government_at_most", ()):
        said = voice.words("stack.government", share=voice.wording.share(tier["at_most"])) if "at_most" in tier else ""
        _share(page, said, tier, programme, sources)
    for tier in rules.get("private_at_least", ()):
        said = voice.words("stack.private", share=voice.wording.share(tier["at_least"])) if "at_least" in tier else ""
        in_cash = voice.words("stack.cash", text=said) if said and tier.get("in_cash") else said
        _share(page, in_cash, tier, programme, sources)
    if rules.get("not_with"):
        page.item("bullet", voice.words("stack.not-with", names=voice.names(rules["not_with"])))
    if rules.get("rule"):
        page.item("bullet", f"{sources.text(rules['rule'])} {sources.mark(rules['source'])}")


def _share(page: Page, said: str, tier: Document, programme: Programme, sources: Sources) -> None:
    cases = "; ".join(_cases(tier, programme, sources))
    text = " · ".join(filter(None, (said, cases)))
    if text:
        page.item("bullet", f"{text} {sources.mark(tier['source'])}")


def whom_to_call(page: Page, programme: Programme, voice: Voice) -> None:
    """The office to call and the official page."""
    urls = programme.document["url"]
    page.section(voice.words("programme.contact"))
    page.line(voice.text(programme.provider.name), indent=1)
    own = programme.provider.name.values()
    others = [name for name in programme.document.get("delivered_by", ()) if name not in own]
    if others:
        page.line(voice.words("programme.delivered", names=voice.listing(others)), indent=1)
    contact = voice.contact(programme)
    if contact:
        page.line(contact, indent=1)
    url = urls.get(voice.lang) or next(iter(urls.values()), None) or programme.provider.url
    if url:
        page.line(voice.words("programme.page", url=url), indent=1)


def doubts(page: Page, programme: Programme, sources: Sources, voice: Voice) -> None:
    """What we are not sure of."""
    notes = programme.document.get("notes", ())
    if notes:
        page.section(voice.words("programme.notes"))
        for note in notes:
            page.item("bullet", sources.text(note))


def head(page: Page, programme: Programme, asked: str, voice: Voice) -> None:
    """The name, the id, who gives it; a former id is said."""
    words = voice.words
    page.line(Span(voice.text(programme.name), "title"), Span(f"  {programme.id}", "quiet"))
    if asked != programme.id:
        page.line(words("programme.replaced", old=asked, new=programme.id))
    needs = dict(voice.choices(voice.attributes[voice.catalogue.vocabulary.roles.needs]))
    kind = voice.kind(programme)
    level = voice.text(voice.catalogue.levels[programme.provider.level])
    page.line(f"{voice.text(programme.provider.name)} ({level}) · {kind}")
    page.quiet(words("programme.needs", names=", ".join(needs[need] for need in programme.needs)))
