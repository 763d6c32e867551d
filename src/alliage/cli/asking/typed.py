"""Answers as people type them, turned into what a profile may hold.

Generous in form, strict in meaning: ``800 000 $``, ``1,2 M$``, ``30 %``, ``50 à 249``, ``oui``, a number from a list,
the name of a municipality. What could mean two things is asked again, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.places import folded
from alliage.core.vocabulary.vocabulary import Vocabulary

YES = frozenset({"oui", "o", "yes", "y", "vrai", "true", "ok"})
NO = frozenset({"non", "n", "no", "faux", "false"})
NONE = frozenset({"aucun", "aucune", "none", "rien", "nothing", "0"})
MOST_OFFERED = 9
LONGEST_RANK = 3
LONGEST_NUMBER = 40

_SPACES = re.compile(r"[\s\u00a0\u202f_]+")
_NUMBER = re.compile(
    r"(?P<digits>\d[\d.,]*)(?P<times>k|m|millions?|milliards?|thousand|mille|md|g|billions?)?(?:\$|cad|dollars?|%|pourcent|percent)?"
)
_TIMES = {"k": 3, "thousand": 3, "mille": 3, "m": 6, "million": 6, "millions": 6}
_TIMES |= dict.fromkeys(("g", "md", "milliard", "milliards", "billion", "billions"), 9)
_BETWEEN = re.compile(r"\s*(?:\bà\b|\bau\b|\bto\b|\bet\b|\band\b|–|—|\.\.\.?|(?<=[\d%$km])\s*-\s*(?=[\d$]))\s*")
_SAINT = re.compile(r"\bst(e?)\b\.?")
_LEADS = re.compile(r"^(?:entre|between|de|from|of)\s+")
_LEAST = re.compile(r"^(?:au moins|at least|minimum|min|à partir de|>=|≥)\s*|\s*(?:ou plus|or more|et plus|\+)$")
_MOST = re.compile(r"^(?:au plus|at most|maximum|max|jusqu'à|up to|<=|≤)\s*|\s*(?:ou moins|or less)$")
_ABOVE = re.compile(r"^(?:plus de|more than|over|>)\s*")
_BELOW = re.compile(r"^(?:moins de|less than|under|below|<)\s*")


class NotUnderstood(Exception):
    """What was typed is no answer to this question."""


class SeveralMeanings(Exception):
    """What was typed may mean several values; ``options`` pairs each with its name (a place with its code again)."""

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__(", ".join(name for _, name in options))
        self.options = tuple(options)


def typed_answer(text: str, *, attribute: Attribute, vocabulary: Vocabulary, lang: str) -> Any:
    """What was typed, as a value that a profile may hold.

    Raises:
        NotUnderstood: it is no answer to this question.
        SeveralMeanings: it may mean several values; the person chooses.
    """
    words = " ".join(_SPACES.sub(" ", text).split())
    if attribute.type == "flag":
        return _flag(words)
    if attribute.type == "date":
        return _date(words)
    if attribute.ordered:
        return _ordered(words.lower().replace("’", "'"), attribute)
    if attribute.type in ("choice", "choices"):
        return _choice(words, attribute, lang)
    if attribute.type == "code":
        return _codes(words, attribute, vocabulary, lang)
    return _places(words, attribute, vocabulary)


def _flag(words: str) -> bool:
    said = folded(words).rstrip(".!")
    if said in YES | NO:
        return said in YES
    raise NotUnderstood(words)


# ---------------------------------------------------------------------------------------------------- numbers


def _ordered(words: str, attribute: Attribute) -> Any:
    for pattern, end, shift in ((_LEAST, "from", 0), (_MOST, "to", 0), (_ABOVE, "from", 1), (_BELOW, "to", -1)):
        rest = pattern.sub("", words, count=1)
        if rest != words:
            return {end: _stepped(_number(rest, attribute), attribute, shift)}
    ends = [part for part in _BETWEEN.split(_LEADS.sub("", words, count=1)) if part]
    if len(ends) == 2:
        if attribute.type == "share" and "%" in ends[1] and "%" not in ends[0]:
            ends[0] += "%"
        return {"from": _number(ends[0], attribute), "to": _number(ends[1], attribute)}
    return _number(words, attribute)


def _stepped(value: int | float, attribute: Attribute, shift: int) -> int | float:
    """« Plus de 50 » employees is 51 or more; of an amount or a share, 50 itself stays in, which is only wider."""
    return value + shift if attribute.type == "count" else value


def _number(words: str, attribute: Attribute) -> int | float:
    """One number with its thousands, its multiple, its sign of money or share, its unit."""
    plain = _SPACES.sub("", words).removeprefix("$").removesuffix(".")
    for unit in (attribute.unit or {}).values():
        bare = _SPACES.sub("", unit.lower())
        plain = plain.removesuffix(bare).removesuffix(bare.removesuffix("s"))
    found = _NUMBER.fullmatch(plain)
    if found is None or len(plain) > LONGEST_NUMBER:
        raise NotUnderstood(words)
    value = _decimal(found["digits"], attribute, words) * 10 ** _TIMES.get(found["times"] or "", 0)
    if attribute.type == "share":
        value = _share(value, percent="%" in plain or plain.endswith(("pourcent", "percent")), words=words)
    return int(value) if value == value.to_integral_value() else float(value)


def _decimal(digits: str, attribute: Attribute, words: str) -> Decimal:
    """``1 234,5``, ``1,234.5`` and ``50,000``: the last mark is the decimal one, unless it groups thousands."""
    marks = [mark for mark in digits if mark in ".,"]
    grouped = re.fullmatch(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*", digits)
    if grouped and attribute.type != "share":
        return Decimal(digits.replace(grouped[1], ""))
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        return Decimal(digits.replace(marks[0], "").replace(marks[-1], "."))
    if len(marks) > 1:
        raise NotUnderstood(words)
    return Decimal(digits.replace(",", ".").rstrip("."))


def _share(value: Decimal, *, percent: bool, words: str) -> Decimal:
    """30 %, 30 and 0,3 are the same share; a bare 1 could be 1 % or 100 %."""
    if not percent and value == 1:
        raise NotUnderstood(words)
    return value / 100 if percent or value > 1 else value


_MONTHS = (
    ("janvier", "january", "jan"), ("fevrier", "february", "fev", "feb"), ("mars", "march", "mar"),
    ("avril", "april", "avr", "apr"), ("mai", "may"), ("juin", "june", "jun"), ("juillet", "july", "juil", "jul"),
    ("aout", "august", "aug"), ("septembre", "september", "sept", "sep"), ("octobre", "october", "oct"),
    ("novembre", "november", "nov"), ("decembre", "december", "dec"),
)  # fmt: skip


def _date(words: str) -> Any:
    """An ISO date, or a day, a month or a year in words; a month or a year is an interval."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
        return words
    said = re.sub(r"\b1(?:er|st)\b", "1", folded(words).replace(",", " ").replace(".", " ")).split()
    months = [at for at, names in enumerate(_MONTHS, start=1) if any(part in names for part in said)]
    years = [int(part) for part in said if re.fullmatch(r"\d{4}", part)]
    days = [int(part) for part in said if re.fullmatch(r"\d{1,2}", part)]
    if len(years) != 1 or len(months) > 1 or len(days) > 1 or (days and not months):
        raise NotUnderstood(words)
    return _period(years[0], months[0] if months else None, days[0] if days else None)


def _period(year: int, month: int | None, day: int | None) -> Any:
    from alliage.core.catalogue.freshness import last_day

    if month is None:
        return {"from": f"{year:04}-01-01", "to": f"{year:04}-12-31"}
    if day is not None:
        return f"{year:04}-{month:02}-{day:02}"
    return {"from": f"{year:04}-{month:02}-01", "to": last_day(f"{year:04}-{month:02}").isoformat()}


# --------------------------------------------------------------------------------------------- names in a list


def _choice(words: str, attribute: Attribute, lang: str) -> Any:
    names = [(value, text[lang]) for value, text in (attribute.values or {}).items()]
    others = {value: [value, *text.values()] for value, text in (attribute.values or {}).items()}
    if attribute.type == "choice":
        return _one_of(words, names, others)
    if folded(words) in NONE:
        return []
    return list(dict.fromkeys(_several(words, lambda piece: _one_of(piece, names, others))))


def _several(words: str, one: Callable[[str], str]) -> list[str]:
    """The values of a list typed with commas, semicolons or « et »; names that hold these words come first."""
    for separator in (r"\s*[;,]\s*", r"\s*[;,]\s*|\s+(?:et|and|ou|or)\s+|(?<=\d)\s+(?=\d)"):
        pieces = [piece for piece in re.split(separator, words) if piece]
        try:
            return [one(piece) for piece in pieces]
        except NotUnderstood:
            continue
    raise NotUnderstood(words)


def rank(words: str, *, most: int) -> int | None:
    """The place in a list that a typed number means (``3``, ``3.``, ``3)``), from 0; ``None`` if it means none."""
    digits = words.strip().rstrip(".)")
    if not digits.isdecimal() or len(digits) > LONGEST_RANK or not 1 <= int(digits) <= most:
        return None
    return int(digits) - 1


def _one_of(words: str, names: Sequence[tuple[str, str]], others: Mapping[str, Iterable[str]]) -> str:
    """One value, by its number in the list, its name in either language, or the beginning or a part of it."""
    at = rank(words, most=len(names))
    if at is not None:
        return names[at][0]
    found = _named(words, others)
    if len(found) == 1:
        return found[0]
    if found:
        shown = dict(names)
        raise SeveralMeanings([(value, shown[value]) for value in found])
    raise NotUnderstood(words)


def meant(words: str, attribute: Attribute) -> list[str]:
    """The values of a choice that words may mean: one if they are clear, none if they mean nothing here."""
    return _named(words, {value: [value, *text.values()] for value, text in (attribute.values or {}).items()})


def _named(words: str, others: Mapping[str, Iterable[str]]) -> list[str]:
    """The values of this very name, else those whose name begins so, else those whose name holds these words."""
    wanted = folded(words)
    labels = {value: [folded(label) for label in known] for value, known in others.items()}
    tests: tuple[Callable[[str], bool], ...] = (
        lambda label: label == wanted,
        lambda label: label.startswith(wanted),
        lambda label: f" {wanted}" in f" {label}",
    )
    for test in tests:
        found = [value for value, known in labels.items() if wanted and any(map(test, known))]
        if found:
            return found
    return []


def _codes(words: str, attribute: Attribute, vocabulary: Vocabulary, lang: str) -> Any:
    if attribute.pattern:
        pieces = re.split(r"\s*[;,]\s*", words) if attribute.several else [words]
        return pieces if len(pieces) > 1 else pieces[0]
    name = attribute.codes or ""
    table, more = vocabulary.codes[name], vocabulary.code_words.get(name, {})
    found = _several(words, lambda piece: _code(piece, table, more, lang))
    return found if attribute.several else found[0]


def _code(words: str, table: Mapping[str, Mapping[str, str]], more: Mapping[str, tuple[str, ...]], lang: str) -> str:
    """A code, or the only one whose title, or the pack's words for it, holds these words."""
    if words.upper() in table:
        return words.upper()
    wanted = folded(words).split()
    if not wanted or words.replace(" ", "").isdecimal():
        raise NotUnderstood(words)
    found = [code for code, title in table.items() if _says([*title.values(), *more.get(code, ())], wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        found.sort(key=lambda code: (-len(code), code))
        raise SeveralMeanings([(code, f"{code} {table[code].get(lang, '')}") for code in found[:MOST_OFFERED]])
    raise NotUnderstood(words)


def _says(texts: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(all(word in folded(text) for word in wanted) for text in texts)


def _places(words: str, attribute: Attribute, vocabulary: Vocabulary) -> Any:
    pieces = re.split(r"\s*;\s*", words)
    if len(pieces) == 1 and not _known(words, vocabulary):
        pieces = re.split(r"\s*[;,]\s*", words)
    found = [_place(piece, vocabulary) for piece in pieces if piece]
    if len(found) > 1 and not attribute.several:
        raise NotUnderstood(words)
    return found if attribute.several else found[0]


def _known(words: str, vocabulary: Vocabulary) -> bool:
    return words in vocabulary.places or bool(_bearing(words, vocabulary))


def _bearing(words: str, vocabulary: Vocabulary) -> list[str]:
    """The places of a name, also when it is written short: « St-Jean », « Ste-Foy »."""
    found = vocabulary.places.named(words)
    return found or vocabulary.places.named(_SAINT.sub(lambda short: f"saint{short[1]}", folded(words)))


def _place(words: str, vocabulary: Vocabulary) -> str:
    """A place by its code or its name; a name that several bear is asked, by their codes."""
    if words in vocabulary.places:
        return words
    found = _bearing(words, vocabulary)
    if len(found) == 1:
        return found[0]
    if found:
        raise SeveralMeanings([(code, code) for code in found[:MOST_OFFERED]])
    raise NotUnderstood(words)
