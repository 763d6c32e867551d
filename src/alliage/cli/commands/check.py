"""``alliage check``: every mistake of a pack or of a programme's file."""

from __future__ import annotations

from typing import Annotated

import typer

from alliage.cli.options import JsonOption, LangOption, OnOption


def check(
    target: Annotated[str | None, typer.Argument(metavar="PACK|FILE")] = None,
    *,
    warnings: Annotated[bool, typer.Option("--warnings")] = False,
    on: OnOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """Find every mistake in a pack or in a programme's file."""
    from alliage.cli.checking import check_target
    from alliage.cli.house import DONE, FOUND
    from alliage.cli.language import speaking
    from alliage.cli.opening import day

    words = speaking(lang)
    found = check_target(target, on=day(on) if on else None)
    if as_json:
        from alliage.cli.plain import as_json as to_json
        from alliage.cli.plain import check_plain

        typer.echo(to_json(check_plain(found)))
    else:
        from alliage.cli.check_page import check_page
        from alliage.cli.page import show

        show(check_page(found, words=words, every=warnings))
    raise typer.Exit(FOUND if found.errors else DONE)
