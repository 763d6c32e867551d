"""``alliage plan``: the lawful mix of aid worth most to a project, proved, explained, and on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from alliage.cli import completing
from alliage.cli.options import JsonOption, LangOption, OnOption, PackOption

if TYPE_CHECKING:
    from alliage.cli.voice import Voice

LONGEST = 3600  # seconds

PinOption = Annotated[list[str] | None, typer.Option("--pin", metavar="ID", autocompletion=completing.programmes)]
BanOption = Annotated[list[str] | None, typer.Option("--ban", metavar="ID", autocompletion=completing.programmes)]


def plan(
    profile: Annotated[str, typer.Argument(metavar="PROFILE")],
    *,
    on: OnOption = None,
    pin: PinOption = None,
    ban: BanOption = None,
    what_if: Annotated[list[str] | None, typer.Option("--what-if", metavar="WHAT")] = None,
    seconds: Annotated[str | None, typer.Option("--seconds", metavar="N")] = None,
    pdf: Annotated[str | None, typer.Option("--pdf", metavar="FILE")] = None,
    xlsx: Annotated[str | None, typer.Option("--xlsx", metavar="FILE")] = None,
    ics: Annotated[str | None, typer.Option("--ics", metavar="FILE")] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="TEXT")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT")] = None,
    pack: PackOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """The best lawful stack of aid for this project, and why."""
    from alliage.cli.language import speaking
    from alliage.cli.opening import day, number, open_catalogue, open_profile
    from alliage.cli.paper_files import OUTPUT, refuse_long_texts, refuse_wrong_places, write_papers
    from alliage.cli.planning import planned
    from alliage.cli.voice import Voice
    from alliage.core.financing.wishes import Wishes

    words, catalogue = speaking(lang), open_catalogue(pack)
    the_day = day(on, zone=catalogue.zone)
    time = number(seconds, option="--seconds", most=LONGEST) if seconds is not None else None
    papers = {kind: path for kind, path in (("pdf", pdf), ("xlsx", xlsx), ("ics", ics)) if path is not None}
    refuse_wrong_places(papers, as_json=as_json)
    refuse_long_texts({"name": name, "title": title})
    answers = open_profile(profile, catalogue=catalogue, words=words)
    wishes = Wishes(pinned=frozenset(pin or ()), banned=frozenset(ban or ()))
    answer = planned(
        answers,
        catalogue=catalogue,
        on=the_day,
        wishes=wishes,
        suppositions=what_if or (),
        seconds=time,
        words=words,
    )
    answer |= {key: text for key, text in (("company", name), ("title", title)) if text}
    written = write_papers(answer, papers, lang=words.lang)
    if as_json:
        _tell_programs(answer)
    elif OUTPUT not in written:
        _tell_people(answer, voice=Voice(catalogue, words), profile=profile, written=written)


def _tell_programs(answer: Mapping[str, Any]) -> None:
    from alliage.cli.plain import as_json

    typer.echo(as_json(answer))


def _tell_people(answer: Mapping[str, Any], *, voice: Voice, profile: str, written: Sequence[str]) -> None:
    from alliage.cli.page import show
    from alliage.cli.plan_page import plan_page

    show(plan_page(answer, voice=voice, profile=profile, written=written))
