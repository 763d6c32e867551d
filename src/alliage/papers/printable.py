"""Text as the papers can print it: what no font of ours can draw becomes a mark, what cannot be seen goes."""

from __future__ import annotations

import re
import unicodedata

from alliage.core.vocabulary.errors import Problem

LONGEST_TYPED = 120  # signs of a company's name, of a project's title: the doors refuse a longer one
MARK = "\N{WHITE SQUARE}"
UNSEEN = ("Cc", "Cs", "Cn", "Co", "Zl", "Zp")
SPACES = {"\N{NARROW NO-BREAK SPACE}": "\N{NO-BREAK SPACE}", "\t": " ", "\n": " ", "\r": " "}
# What Instrument Sans and the fonts inside typst draw between them: Latin, Greek, Cyrillic, Hebrew, Arabic, signs.
DRAWN = re.compile(
    "[ -~\N{NO-BREAK SPACE}-\u024f\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f"
    "\u05d0-\u05ea\u0621-\u063a\u0641-\u0652\u1e80-\u1e85\u2010\u2011\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022"
    "\u2026\u2030\u2032\u2033\u2039\u203a\u20ac\u2116\u2122\u2190-\u2193\u2212\u2248\u2260\u2264\u2265\u25a1]"
)
_FRENCH = tuple(
    (re.compile(plain), printed)
    for plain, printed in (
        (r"« ", "«\N{NO-BREAK SPACE}"),
        (r" (?=[»:%$])", "\N{NO-BREAK SPACE}"),
        (r"(?<=\d) (?=\d{3}(?!\d))", "\N{NO-BREAK SPACE}"),
    )
)
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")


def visible(text: str) -> str:
    """The text on one line, composed, without controls: what a spreadsheet or a calendar can hold."""
    composed = unicodedata.normalize("NFC", "".join(SPACES.get(sign, sign) for sign in text))
    kept = "".join(sign for sign in composed if unicodedata.category(sign) not in UNSEEN)
    return re.sub(r" {2,}", " ", kept).strip()


def too_long(text: str, *, where: str) -> list[Problem]:
    """That what a person typed is too long to be printed whole: ``name-too-long``; nothing if it is not."""
    signs = len(visible(text))
    return [Problem("name-too-long", where, str(signs), str(LONGEST_TYPED))] if signs > LONGEST_TYPED else []


def printable(text: str) -> str:
    """A visible text with a mark for each sign that no font of ours draws."""
    drawn = (sign if DRAWN.match(sign) else _instead(sign) for sign in visible(text))
    return re.sub(r" {2,}", " ", "".join(drawn)).strip()


def typeset(text: str, *, lang: str) -> str:
    """Curly apostrophes, and in French spaces that do not break inside an amount or before a sign."""
    for plain, printed in _FRENCH if lang == "fr" else ():
        text = plain.sub(printed, text)
    return _APOSTROPHE.sub("\N{RIGHT SINGLE QUOTATION MARK}", text)


def _instead(sign: str) -> str:
    """Nothing for a joiner or a mark that composes with nothing: they have no shape of their own."""
    return "" if unicodedata.category(sign)[0] in "CM" else MARK
