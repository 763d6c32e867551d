"""``alliage ask``: a conversation that finds the programmes with few questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from alliage.cli.options import JsonOption, LangOption, OnOption, PackOption

if TYPE_CHECKING:
    from pathlib import Path

    from alliage.cli.asking.conversation import Conversation
    from alliage.cli.asking.terminal import Terminal
    from alliage.core.vocabulary.profile import Profile


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
    import codecs
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
    catalogue = open_catalogue(pack)
    the_day = day(on, zone=catalogue.zone)
    target = Path(save) if save else None
    if target:
        refuse_to_overwrite(target, but=profile)
    given = open_profile(profile, catalogue=catalogue, words=words) if profile else Profile({})
    if isinstance(sys.stdin, io.TextIOWrapper):
        # A letter in another encoding is not understood, and asked again. ASCII holds no French: UTF-8 is meant.
        encoding = "utf-8" if codecs.lookup(sys.stdin.encoding).name == "ascii" else None
        sys.stdin.reconfigure(encoding=encoding, errors="replace")
    talk = Conversation(catalogue, given, on=the_day)
    # In JSON mode the conversation goes beside, and standard output holds the answer only.
    terminal = Terminal(talk, Voice(catalogue, words), source=sys.stdin, out=sys.stderr if as_json else sys.stdout)
    terminal.run()
    keep(talk, terminal, target, given=given if profile else None)
    if as_json:
        from alliage.cli.asking.saving import profile_plain
        from alliage.cli.plain import as_json as to_json
        from alliage.cli.plain import results_plain

        answers = {"profile": profile_plain(talk.profile, vocabulary=catalogue.vocabulary)}
        typer.echo(to_json({**answers, **results_plain(talk.results)}))


def keep(talk: Conversation, terminal: Terminal, target: Path | None, *, given: Profile | None = None) -> None:
    """Save the answers where the person said, or ask where if somebody is there to answer.

    A file that is completed is left as it is if no answer is new, and kept beside if it has comments.
    """
    from pathlib import Path

    from alliage.cli.asking.saving import profile_yaml, put_aside, refuse_to_overwrite, save
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
    if talk.profile == given and target.exists():
        terminal.say(words("ask.unchanged", path=target))
        return
    former = put_aside(target) if target.exists() else None
    head = words("ask.file.head", day=terminal.voice.day(talk.on))
    save(target, profile_yaml(talk.profile, vocabulary=talk.catalogue.vocabulary, head=head, lang=words.lang))
    if former:
        terminal.say(words("ask.comments", path=former))
    terminal.say(words("ask.saved", path=target), quiet=words("ask.again", path=target))
