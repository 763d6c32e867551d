"""``alliage diff``: what changes from one catalogue to another, in words."""

from __future__ import annotations

from typing import Annotated

import typer

from alliage.cli import completing
from alliage.cli.options import JsonOption, LangOption


def diff(
    before: Annotated[str, typer.Argument(metavar="BEFORE", autocompletion=completing.packs)],
    after: Annotated[str, typer.Argument(metavar="AFTER", autocompletion=completing.packs)],
    *,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """What changes from one catalogue to another."""
    from alliage.cli.comparing import two_catalogues
    from alliage.cli.language import speaking
    from alliage.core.catalogue.diff import diff as changes_between

    words = speaking(lang)
    changes = changes_between(*two_catalogues(before, after))
    if as_json:
        from alliage.cli.plain import as_json as to_json

        typer.echo(to_json({"before": before, "after": after, "changes": [change.as_dict() for change in changes]}))
        return
    from alliage.cli.diff_page import diff_page
    from alliage.cli.page import show

    show(diff_page(changes, before=before, after=after, words=words))
