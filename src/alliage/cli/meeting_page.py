"""The page of ``alliage meetings``: the day in numbers, the schedule of each officer and company, what was not met."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import alliage
from alliage.cli.page import Page, Span
from alliage.cli.words import Words, typeset

Answer = Mapping[str, Any]


def meeting_page(answer: Answer, *, words: Words, written: int, folder: str) -> Page:
    """The whole page; ``written`` calendars are in ``folder``."""
    page = Page()
    where = f" · {answer['place']}" if answer["place"] else ""
    page.title(f"{answer['title']} · {_day(answer['date'], words)}{where}")
    _summary(page, answer, words)
    _doubling(page, answer, words)
    _officers(page, answer, words)
    _companies(page, answer, words)
    page.blank()
    if written:
        page.item("met", words.count("meet.written", written, folder=folder), indent=0)
    return page


def _day(written: str, words: Words) -> str:
    from alliage.core.rules.figures import Figures
    from alliage.core.vocabulary.yaml_files import read_yaml

    figures = Figures(phrases=read_yaml(alliage.COMMON / "phrases.yaml"), lang=words.lang, currency="")
    day = figures.day(date.fromisoformat(written))
    return typeset(day) if words.lang == "fr" else day


def _summary(page: Page, answer: Answer, words: Words) -> None:
    counts, proof = answer["counts"], answer["proof"]
    page.line(Span(words.count("meet.sum", counts["meetings"], wishes=counts["wishes"]), "strong"))
    page.line(words("meet.firsts", firsts=counts["first_wishes"], companies=counts["companies"]))
    page.line(words.count("meet.without", counts["without"]) if counts["without"] else words("meet.all"))
    if counts["short"]:
        page.line(words.count("meet.short", counts["short"]))
    if counts["last"]:
        last = _clock(counts["last"], words)
        waits = words("meet.waiting", minutes=counts["waiting"], last=last)
        page.line(waits if counts["waiting"] else words("meet.no-wait", last=last))
    if not proof["complete"]:
        page.quiet(words("meet.proof.time"))
    else:
        page.quiet(words("meet.proof.gap", gap=proof["gap"]) if proof["gap"] else words("meet.proof"))


def _doubling(page: Page, answer: Answer, words: Words) -> None:
    if answer["doubling"]:
        page.section(words("meet.doubling"))
    for one in answer["doubling"]:
        more = words.count("meet.double", one["meetings"]) if one["meetings"] > 0 else words("meet.double.better")
        page.item("bullet", Span(one["name"], "strong"), f" · {more}")


def _officers(page: Page, answer: Answer, words: Words) -> None:
    page.section(words("meet.officers"))
    for one in answer["officers"]:
        page.blank()
        full = words("meet.full", taken=len(one["meetings"]), most=one["most"])
        room = f" · {one['room']}" if one["room"] else ""
        page.line(Span(one["name"], "strong"), Span(f"{room} · {full}", "quiet"), indent=1)
        for meeting in one["meetings"]:
            page.line(f"{_clock(meeting['starts'], words):>7}  {meeting['name']}", indent=1, hang=9)
        if one["missed"]:
            page.quiet(words.count("meet.missed", one["missed"]), indent=1)


def _companies(page: Page, answer: Answer, words: Words) -> None:
    page.section(words("meet.companies"))
    for one in answer["companies"]:
        page.blank()
        page.line(Span(one["name"], "strong"), indent=1)
        for meeting in one["meetings"]:
            room = f" · {meeting['room']}" if meeting["room"] else ""
            clock = _clock(meeting["starts"], words)
            note = Span(f"{room} · {words('meet.rank', rank=meeting['rank'])}", "quiet")
            page.line(f"{clock:>7}  {meeting['name']}", note, indent=1, hang=9)
        for miss in one["misses"]:
            reason = words(f"meet.miss.{miss['reason']}", taken=miss["taken"], most=miss["most"], less=miss["less"])
            if miss["fair"]:
                reason = f"{reason} {words.count('meet.fair', miss['fair'])}"
            named = words("meet.miss", name=miss["name"], rank=words("meet.rank", rank=miss["rank"]))
            page.item("missing", f"{named} {reason}", indent=1)
        if not (one["meetings"] or one["misses"]):
            page.quiet(words("meet.nothing"), indent=1)


def _clock(written: str, words: Words) -> str:
    hours, minutes = written.split(":")
    return words("meet.clock", hours=int(hours), minutes=minutes)
