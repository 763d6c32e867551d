"""``alliage show``: one programme in words."""

from __future__ import annotations

from typing import Annotated

import typer

from alliage.cli import completing
from alliage.cli.options import JsonOption, LangOption, OnOption, PackOption


def show(
    programme: Annotated[str, typer.Argument(metavar="ID", autocompletion=completing.programmes)],
    *,
    on: OnOption = None,
    pack: PackOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """One programme in words."""
    from alliage.cli import page
    from alliage.cli.language import speaking
    from alliage.cli.opening import day, open_catalogue

    words = speaking(lang)
    catalogue = open_catalogue(pack)
    the_day = day(on, zone=catalogue.zone)
    found = catalogue.programme(programme)
    if as_json:
        from alliage.cli.plain import as_json as to_json
        from alliage.cli.plain import programme_plain

        typer.echo(to_json(programme_plain(found, asked=programme, on=the_day, catalogue=catalogue)))
        return
    from alliage.cli.programme_page import programme_page
    from alliage.cli.voice import Voice

    page.show(programme_page(found, asked=programme, on=the_day, voice=Voice(catalogue, words)))
