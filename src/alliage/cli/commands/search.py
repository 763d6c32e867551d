"""``alliage search``: words in the catalogue."""

from __future__ import annotations

from typing import Annotated

import typer

from alliage.cli.options import JsonOption, LangOption, OnOption, PackOption


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS…")],
    limit: Annotated[str, typer.Option("--limit", metavar="N")] = "10",
    *,
    on: OnOption = None,
    pack: PackOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """Search for words in the catalogue."""
    from alliage.cli.house import DONE, FOUND
    from alliage.cli.language import speaking
    from alliage.cli.opening import day, number, open_catalogue
    from alliage.cli.page import show
    from alliage.core.search.search import SearchIndex

    said, wanted = speaking(lang), " ".join(words)
    most, catalogue = number(limit, option="--limit"), open_catalogue(pack)
    the_day = day(on, zone=catalogue.zone)
    found = SearchIndex.of(catalogue, lang=said.lang).search(wanted, limit=most)
    if as_json:
        from alliage.cli.plain import as_json as to_json
        from alliage.cli.plain import search_plain

        typer.echo(to_json(search_plain(found, words=wanted, on=the_day, catalogue=catalogue)))
    else:
        from alliage.cli.search_page import search_page
        from alliage.cli.voice import Voice

        show(search_page(found, words=wanted, on=the_day, voice=Voice(catalogue, said)))
    raise typer.Exit(DONE if found.hits else FOUND)
