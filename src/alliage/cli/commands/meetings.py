"""``alliage meetings``: the timetable of a day of one-to-one meetings, proved, with why each wish was not met."""

from __future__ import annotations

from typing import Annotated

import typer

from alliage.cli.options import JsonOption, LangOption

LONGEST = 3600  # seconds
LARGEST_SEED = 1_000_000


def meetings(
    day: Annotated[str, typer.Argument(metavar="DAY")],
    *,
    seed: Annotated[str | None, typer.Option("--seed", metavar="N")] = None,
    seconds: Annotated[str | None, typer.Option("--seconds", metavar="N")] = None,
    ics: Annotated[str | None, typer.Option("--ics", metavar="FOLDER")] = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """Who meets whom, when, and why not the rest."""
    from alliage.cli.language import speaking
    from alliage.cli.meeting_calendars import refuse_wrong_folder, write_calendars
    from alliage.cli.meeting_planning import timetabled
    from alliage.cli.opening import number, read_document
    from alliage.cli.page import show
    from alliage.core.meetings.reading import read_meeting_day

    words = speaking(lang)
    drawn = number(seed, option="--seed", most=LARGEST_SEED) if seed is not None else 0
    time = number(seconds, option="--seconds", most=LONGEST) if seconds is not None else None
    if ics is not None:
        refuse_wrong_folder(ics)
    content, name = read_document(day)
    answer = timetabled(read_meeting_day(content, name=name), seed=drawn, seconds=time)
    written = write_calendars(answer, ics, words=words) if ics is not None else 0
    if as_json:
        from alliage.cli.plain import as_json as to_json

        typer.echo(to_json(answer))
        return
    from alliage.cli.meeting_page import meeting_page

    show(meeting_page(answer, words=words, written=written, folder=ics or ""))
