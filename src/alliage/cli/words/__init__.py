"""The words of the command line, in French and in English.

They are Python tables, not YAML: Python keeps them compiled, so that a command starts at once. The words of the domain
(verdicts, conditions, kinds of money) are the pack's and come from its ``phrases.yaml``.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from alliage.cli.words import asking, checking, helping, matching, meeting, planning, telling

Language: TypeAlias = Literal["fr", "en"]
Table: TypeAlias = dict[str, tuple[str, str]]

LANGUAGES: tuple[Language, Language] = ("fr", "en")
TABLE: Table = {
    **helping.WORDS,
    **matching.WORDS,
    **telling.WORDS,
    **checking.WORDS,
    **asking.WORDS,
    **planning.WORDS,
    **meeting.WORDS,
}
_TYPESET = tuple((pair, pair.replace(" ", "\u00a0")) for pair in ("« ", " »", " :", " %", " $", " M$"))


class Words:
    """The words of one language."""

    def __init__(self, lang: Language) -> None:
        self.lang: Language = lang
        self._at = LANGUAGES.index(lang)

    def __call__(self, key: str, **filled: object) -> str:
        """The words of this key, filled in."""
        text = TABLE[key][self._at]
        if self.lang == "fr":
            text = typeset(text)
        return text.format(**filled) if filled else text

    def has(self, key: str) -> bool:
        """Whether there are words for this key."""
        return key in TABLE

    def count(self, key: str, number: int, **filled: object) -> str:
        """The words for a number of things: ``key.one`` or ``key.many``. In French, zero is singular."""
        one = number == 1 or (number == 0 and self.lang == "fr")
        return self(f"{key}.{'one' if one else 'many'}", n=number, **filled)


def typeset(text: str) -> str:
    """French words as they are printed: a space that cannot break inside « », before a colon and before a sign."""
    for plain, printed in _TYPESET:
        text = text.replace(plain, printed)
    return text
