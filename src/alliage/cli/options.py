"""The options that several commands share. Their help is in :mod:`.words.helping`, in both languages."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from alliage.cli import completing


def inherited(ctx: typer.Context, value: str | None) -> str | None:
    """``alliage --lang en match`` says it as well as ``alliage match --lang en``."""
    return value or ctx.find_root().params.get("lang")


LangOption: TypeAlias = Annotated[
    str | None, typer.Option("--lang", metavar="fr|en", autocompletion=completing.languages, callback=inherited)
]
JsonOption: TypeAlias = Annotated[bool, typer.Option("--json")]
PackOption: TypeAlias = Annotated[str | None, typer.Option("--pack", metavar="PACK", autocompletion=completing.packs)]
OnOption: TypeAlias = Annotated[str | None, typer.Option("--on", metavar="DATE")]
