"""What one person has answered so far: plain data that fits in a cookie, and the profile that it makes.

Nothing here knows where it is kept. Every change gives a new dossier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from alliage.core.vocabulary.answers import Answer, plain
from alliage.core.vocabulary.profile import MOST_LINES, UNKNOWN, ExpenseLine, Profile, Refusal, read_answer
from alliage.core.vocabulary.vocabulary import Vocabulary

LONGEST_WORDS = 200
LONGEST_ID = 120
MOST_ASKED = 30  # questions remembered, to go back
MOST_CHOSEN = 30  # programmes kept in the plan, or put aside

Line = tuple[str, str, str, bool]  # category, amount, ISO day or nothing, whether it is given in kind
Wishes = tuple[int, int, int]  # less debt, fewer files, sooner money: each from 0 to 100
NO_WISH: Wishes = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Dossier:
    """Answers as a profile would write them, by attribute; what was skipped, asked, filtered, shared; the wishes."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    unknown: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    words: str = ""
    need: str = ""
    instrument: str = ""
    about: bool = False  # only what speaks of the words
    in_view: str = ""  # the programme whose page the person came from
    shares: tuple[tuple[str, str], ...] = ()  # token and edit secret of the links made from here
    wishes: tuple[int, ...] = ()  # as `Wishes`; empty if there is none
    pinned: tuple[str, ...] = ()  # programmes that the plan must use
    banned: tuple[str, ...] = ()  # programmes that the plan may not use
    file: tuple[int, ...] = ()  # the project file that is open, and its revision when it was opened

    @property
    def empty(self) -> bool:
        """Whether nothing was answered yet."""
        return not (self.answers or self.lines or self.unknown or self.words)

    @property
    def count(self) -> int:
        """How many questions were answered, the budget as one."""
        return len(self.answers) + bool(self.lines)

    # ------------------------------------------------------------------------------------------- changes

    def answered(self, name: str, value: Any) -> Dossier:
        """With this answer, ``unknown`` for "I don't know", or ``None`` for no answer any more."""
        answers = {key: known for key, known in self.answers.items() if key != name}
        unknown = tuple(key for key in self.unknown if key != name)
        if value == UNKNOWN:
            unknown = (*unknown, name)
        elif value is not None:
            answers[name] = value
        skipped = tuple(key for key in self.skipped if key != name)
        return replace(self, answers=answers, unknown=unknown, skipped=skipped)

    def budgeted(self, lines: Iterable[Line]) -> Dossier:
        """With these budget lines."""
        return replace(self, lines=tuple(lines))

    def passed(self, name: str) -> Dossier:
        """With a question skipped: it is not put again by itself."""
        return replace(self, skipped=(*(key for key in self.skipped if key != name), name))

    def put(self, name: str) -> Dossier:
        """With a question remembered as put, so that the person can go back to it."""
        at = self.asked.index(name) if name in self.asked else len(self.asked)
        return replace(self, asked=(*self.asked[:at], name)[-MOST_ASKED:])

    def wishing(self, wishes: Wishes) -> Dossier:
        """With these preferences for the plan."""
        return replace(self, wishes=() if wishes == NO_WISH else wishes)

    def chosen(self, programme: str, *, pinned: bool = False, banned: bool = False) -> Dossier:
        """With a programme kept in the plan, put aside, or neither any more."""
        others = [tuple(id_ for id_ in ids if id_ != programme) for ids in (self.pinned, self.banned)]
        mine = [(programme,) if wanted else () for wanted in (pinned, banned)]
        kept, aside = ((*old, *new)[-MOST_CHOSEN:] for old, new in zip(others, mine, strict=True))
        return replace(self, pinned=kept, banned=aside)

    def before(self, name: str) -> str | None:
        """The question put before this one, if any."""
        at = self.asked.index(name) if name in self.asked else len(self.asked)
        return self.asked[at - 1] if at else None

    # ------------------------------------------------------------------------------------------- profile

    def profile(self, vocabulary: Vocabulary) -> Profile:
        """The profile; what the vocabulary no longer reads is left out (see :meth:`unread`)."""
        answers = {
            name: answer
            for name, value in self.answers.items()
            if (answer := _read(name, value, vocabulary)) is not None
        }
        lines = tuple(line for raw in self.lines if (line := expense_line(raw, vocabulary)) is not None)
        unknown = frozenset(name for name in self.unknown if name in vocabulary.attributes and name not in answers)
        return Profile(answers, lines, unknown)

    def unread(self, vocabulary: Vocabulary) -> list[str]:
        """The attributes whose answer can no longer be read, since the catalogue changed."""
        return [name for name, value in self.answers.items() if _read(name, value, vocabulary) is None]

    @classmethod
    def of(cls, profile: Profile, *, words: str = "") -> Dossier:
        """The dossier of a profile that was read."""
        return cls(
            answers={name: plain(answer) for name, answer in profile.answers.items()},
            lines=tuple(written_line(line) for line in profile.lines),
            unknown=tuple(sorted(profile.unknown)),
            words=words,
        )

    # ------------------------------------------------------------------------------------------ as JSON

    def as_dict(self) -> dict[str, Any]:
        """As plain data, with short keys and without what is empty."""
        found = {key: getattr(self, name) for key, name in _KEYS.items()}
        found["l"] = tuple(line if line[3] else line[:3] for line in self.lines)
        return {key: value for key, value in found.items() if value}

    @classmethod
    def from_dict(cls, raw: object) -> Dossier:
        """The dossier that :meth:`as_dict` wrote; what is not of its shape is taken as not there."""
        if not isinstance(raw, Mapping):
            return cls()
        answers = raw.get("a")
        return cls(
            answers={str(key): value for key, value in answers.items()} if isinstance(answers, Mapping) else {},
            lines=tuple(line for item in _list(raw.get("l")) if (line := _line(item)) is not None)[:MOST_LINES],
            unknown=_words(raw.get("u")),
            skipped=_words(raw.get("s")),
            asked=_words(raw.get("h"))[-MOST_ASKED:],
            words=_text(raw.get("w"))[:LONGEST_WORDS],
            need=_text(raw.get("n")),
            instrument=_text(raw.get("i")),
            about=raw.get("b") is True,
            in_view=_text(raw.get("v"))[:LONGEST_ID],
            shares=tuple((str(item[0]), str(item[1])) for item in _list(raw.get("p")) if _is_pair(item)),
            wishes=_wishes(raw.get("g")),
            pinned=_words(raw.get("k"))[-MOST_CHOSEN:],
            banned=_words(raw.get("x"))[-MOST_CHOSEN:],
            file=tuple(item for item in _list(raw.get("d")) if type(item) is int)[:2],
        )


_KEYS = {
    "a": "answers",
    "l": "lines",
    "u": "unknown",
    "s": "skipped",
    "h": "asked",
    "w": "words",
    "n": "need",
    "i": "instrument",
    "b": "about",
    "v": "in_view",
    "p": "shares",
    "g": "wishes",
    "k": "pinned",
    "x": "banned",
    "d": "file",
}


def _read(name: str, value: Any, vocabulary: Vocabulary) -> Answer | None:
    attribute = vocabulary.attributes.get(name)
    if attribute is None:
        return None
    try:
        return read_answer(value, attribute=attribute, vocabulary=vocabulary)
    except Refusal:
        return None


def expense_line(raw: Line, vocabulary: Vocabulary) -> ExpenseLine | None:
    """A line as the core wants it; ``None`` if its category is gone or its figures are not ones."""
    category, amount, day, in_kind = raw
    try:
        money = Decimal(amount)
        dated = date.fromisoformat(day) if day else None
    except (InvalidOperation, ValueError):
        return None
    known = category in vocabulary.expenses and money.is_finite() and money >= 0
    return ExpenseLine(category, money, dated, in_kind) if known else None


def total_of(lines: Iterable[Line]) -> Decimal:
    """The sum of the lines of a budget."""
    return sum((Decimal(amount) for _, amount, _, _ in lines), Decimal(0))


def written_line(line: ExpenseLine) -> Line:
    """A line as a dossier keeps it."""
    return line.category, f"{line.amount.normalize():f}", line.date.isoformat() if line.date else "", line.in_kind


def _list(raw: object) -> Sequence[Any]:
    return raw if isinstance(raw, list | tuple) else ()


def _words(raw: object) -> tuple[str, ...]:
    return tuple(item for item in _list(raw) if isinstance(item, str))


def _text(raw: object) -> str:
    return raw if isinstance(raw, str) else ""


def _line(raw: object) -> Line | None:
    items = _list(raw)
    return (str(items[0]), str(items[1]), str(items[2]), list(items[3:]) == [True]) if len(items) in (3, 4) else None


def _wishes(raw: object) -> tuple[int, ...]:
    items = _list(raw)
    sound = len(items) == len(NO_WISH) and all(type(item) is int and 0 <= item <= 100 for item in items)
    return tuple(items) if sound else ()


def _is_pair(raw: object) -> bool:
    return isinstance(raw, list | tuple) and len(raw) == 2
