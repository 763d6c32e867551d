"""``alliage ask``: a conversation that finds the programmes with few questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from alliage.cli.options import JsonOption, LangOption, OnOption, PackOption

if TYPE_CHECKING:
    from pathlib import Path

    from alliage.cli.asking.conversation import Conversation
    from alliage.cli.asking.terminal import Terminal


def ask(
    profile: Annotated[str | None, typer.Argument(metavar="PROFILE")] = None,
    *,
    save: Annotated[str | None, typer.Option("--save", metavar="FILE")] = None,
    on: OnOption = None,
    pack: PackOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a few questions, the most useful first."""
    import io
    import sys
    from pathlib import Path

    from alliage.cli.asking.conversation import Conversation
    from alliage.cli.asking.saving import refuse_to_overwrite
    from alliage.cli.asking.terminal import Terminal
    from alliage.cli.language import speaking
    from alliage.cli.opening import day, open_catalogue, open_profile
    from alliage.cli.voice import Voice
    from alliage.core.vocabulary.profile import Profile

    words = speaking(lang)
    the_day = day(on)
    catalogue = open_catalogue(pack)
    target = Path(save) if save else None
    if target:
        refuse_to_overwrite(target, but=profile)
    given = open_profile(profile, vocabulary=catalogue.vocabulary) if profile else Profile({})
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a letter in another encoding is not understood, and asked again
    talk = Conversation(catalogue, given, on=the_day)
    # In JSON mode the conversation goes beside, and standard output holds the answer only.
    terminal = Terminal(talk, Voice(catalogue, words), source=sys.stdin, out=sys.stderr if as_json else sys.stdout)
    terminal.run()
    keep(talk, terminal, target)
    if as_json:
        from alliage.cli.asking.saving import profile_plain
        from alliage.cli.plain import as_json as to_json
        from alliage.cli.plain import results_plain

        answers = {"profile": profile_plain(talk.profile, vocabulary=catalogue.vocabulary)}
        typer.echo(to_json({**answers, **results_plain(talk.results)}))


def keep(talk: Conversation, terminal: Terminal, target: Path | None) -> None:
    """Save the answers where the person said, or ask where if somebody is there to answer."""
    from pathlib import Path

    from alliage.cli.asking.saving import profile_yaml, refuse_to_overwrite, save
    from alliage.cli.asking.terminal import Stop

    words = terminal.words
    if target is None:
        if not terminal.source.isatty():
            terminal.say(words("ask.keep"))
            return
        try:
            name = terminal.ask_line(words("ask.save?"))
        except Stop:
            return
        if not name:
            return
        target = Path(name)
        refuse_to_overwrite(target, but=None)
    head = words("ask.file.head", day=terminal.voice.day(talk.on))
    save(target, profile_yaml(talk.profile, vocabulary=talk.catalogue.vocabulary, head=head))
    terminal.say(words("ask.saved", path=target), quiet=words("ask.again", path=target))
