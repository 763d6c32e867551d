"""Which language to speak: the option, else the environment, else French."""

from __future__ import annotations

import os
from collections.abc import Sequence

from alliage.cli.words import LANGUAGES, Language, Words
from alliage.core.vocabulary.errors import AlliageError, Problem, shown

VARIABLE = "ALLIAGE_LANG"
OPTION = "--lang"
DEFAULT: Language = "fr"


def speaking(lang: str | None = None) -> Words:
    """The words of the language chosen by the option, the environment, or else French.

    Raises:
        AlliageError: ``option-language``.
    """
    wanted = lang or os.environ.get(VARIABLE) or DEFAULT
    for known in LANGUAGES:
        if wanted == known:
            return Words(known)
    where = OPTION if lang else VARIABLE
    raise AlliageError([Problem("option-language", where, shown(wanted), ", ".join(LANGUAGES))])


def guessed(args: Sequence[str]) -> Words:
    """The words of the language that a command line seems to ask for, before it is read: for help and for errors."""
    for position, arg in enumerate(args):
        value = args[position + 1] if arg == OPTION and position + 1 < len(args) else arg.removeprefix(f"{OPTION}=")
        if value != arg and value in LANGUAGES:
            return speaking(value)
    try:
        return speaking()
    except AlliageError:
        return Words(DEFAULT)
