"""``alliage pack stats``: what a pack holds."""

from __future__ import annotations

from typing import Annotated

import typer

from alliage.cli import completing
from alliage.cli.options import JsonOption, LangOption, OnOption


def stats(
    pack: Annotated[str | None, typer.Argument(metavar="PACK", autocompletion=completing.packs)] = None,
    *,
    on: OnOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count the programmes of a pack."""
    from alliage.cli.language import speaking
    from alliage.cli.opening import day, open_catalogue
    from alliage.cli.stats import stats_of

    words = speaking(lang)
    catalogue = open_catalogue(pack)
    the_day = day(on, zone=catalogue.zone)
    found = stats_of(catalogue, on=the_day)
    if as_json:
        from alliage.cli.plain import as_json as to_json

        head = {"on": the_day.isoformat(), "catalogue": {"id": catalogue.id, "revision": catalogue.revision}}
        typer.echo(to_json({**head, "facts": found.facts, "by": found.by, "redirects": dict(catalogue.redirects)}))
        return
    from alliage.cli.page import show
    from alliage.cli.stats_page import stats_page
    from alliage.cli.voice import Voice

    show(stats_page(found, on=the_day, voice=Voice(catalogue, words)))
