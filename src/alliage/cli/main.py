"""The command line, assembled: ``alliage match``, ``plan``, ``meetings``, ``ask``, ``show`` and the rest."""

from __future__ import annotations

import gc
from typing import Annotated

import typer

from alliage.cli.commands.ask import ask
from alliage.cli.commands.check import check
from alliage.cli.commands.diff import diff
from alliage.cli.commands.match import match
from alliage.cli.commands.meetings import meetings
from alliage.cli.commands.pack import stats
from alliage.cli.commands.plan import plan
from alliage.cli.commands.search import search
from alliage.cli.commands.show import show
from alliage.cli.house import HouseCommand, HouseGroup
from alliage.cli.options import LangOption

app = typer.Typer(
    cls=HouseGroup,
    rich_markup_mode=None,  # the house draws its own help, in both languages
    pretty_exceptions_enable=False,
    invoke_without_command=True,
)
packs = typer.Typer(cls=HouseGroup, rich_markup_mode=None)

for command in (match, plan, meetings, ask, show, search, check, diff):
    app.command(cls=HouseCommand)(command)
packs.command(cls=HouseCommand)(stats)
app.add_typer(packs, name="pack")


@app.callback()
def alliage(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version")] = False,
    lang: LangOption = None,
) -> None:
    """Which aid programmes fit a company, and why."""
    from alliage import __version__
    from alliage.cli.language import speaking

    speaking(lang)
    if version:
        typer.echo(f"alliage {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def run() -> None:
    """Run the command line; what the ``alliage`` command calls."""
    # A command is short, and a catalogue is many small objects that live to its end: looking for garbage is lost time.
    gc.disable()
    app()


if __name__ == "__main__":
    run()
