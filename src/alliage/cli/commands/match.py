"""``alliage match``: which programmes fit a company, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from alliage.cli import completing
from alliage.cli.options import JsonOption, LangOption, OnOption, PackOption


def match(
    profile: Annotated[str, typer.Argument(metavar="PROFILE")],
    *,
    on: OnOption = None,
    need: Annotated[list[str] | None, typer.Option("--need", metavar="NEED", autocompletion=completing.needs)] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="ID", autocompletion=completing.programmes)] = None,
    every: Annotated[bool, typer.Option("--all")] = False,
    limit: Annotated[str, typer.Option("--limit", metavar="N")] = "8",
    pack: PackOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """Which programmes fit this company, and why."""
    from alliage.cli.language import speaking
    from alliage.cli.opening import day, number, open_catalogue, open_profile
    from alliage.cli.page import show
    from alliage.core.matching.results import match as match_all

    words = speaking(lang)
    most, catalogue = number(limit, option="--limit"), open_catalogue(pack)
    the_day = day(on, zone=catalogue.zone)
    answers = open_profile(profile, catalogue=catalogue, words=words, needs=need or ())
    results = match_all(catalogue, answers, on=the_day)
    if as_json:
        from alliage.cli.plain import results_json

        typer.echo(results_json(results, every=every, only=why))
        return
    from alliage.cli.voice import Voice

    voice = Voice(catalogue, words)
    if why is not None:
        from alliage.cli.receipt_page import receipt_page

        show(receipt_page(results, why, voice=voice))
        return
    from alliage.cli.results_page import results_page

    show(results_page(results, voice=voice, profile=profile, every=every, limit=most))
