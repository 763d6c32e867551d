"""A page of text: lines gathered with their styles, wrapped at the width of the reader, then printed.

Printed to a terminal, styles become colours through rich; piped to a file or a program, the page is plain text, and
nothing is lost: no meaning is carried by colour alone. Lines break at ordinary spaces only, never at a no-break space,
so that ``50 000 $`` and ``Source : …`` stay whole.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TextIO

import typer

WIDEST, NARROWEST, USUAL = 96, 20, 80
STEP = 2  # columns of one level of indentation
SIGNS = {"met": "✓", "failed": "✗", "missing": "?", "todo": "☐", "bullet": "·"}
PLAIN_SIGNS = {"met": "+", "failed": "x", "missing": "?", "todo": "[ ]", "bullet": "-"}
STYLES = {
    "title": "bold",
    "section": "bold underline",
    "strong": "bold",
    "quiet": "dim",
    "met": "green",
    "failed": "red",
    "missing": "yellow",
}


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one style; no style is plain."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Spans one after the other, indented; what does not fit goes on ``hang`` columns further."""

    spans: tuple[Span, ...]
    indent: int = 0
    hang: int = 0

    @property
    def text(self) -> str:
        """The words without their styles."""
        return "".join(span.text for span in self.spans)


class Page:
    """Lines, in order."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.lines: list[Line] = []
        self.signs = SIGNS if can_write(stream or sys.stdout, "".join(SIGNS.values())) else PLAIN_SIGNS

    def line(self, *spans: str | Span, indent: int = 0, hang: int = 0) -> None:
        """One line; words given as text are plain."""
        built = tuple(span if isinstance(span, Span) else Span(span) for span in spans)
        self.lines.append(Line(built, indent * STEP, hang))

    def blank(self) -> None:
        """An empty line; never two in a row."""
        if self.lines and self.lines[-1].spans:
            self.lines.append(Line(()))

    def title(self, text: str) -> None:
        """What the page is about."""
        self.line(Span(text, "title"))

    def section(self, text: str, *, note: str = "") -> None:
        """A new part of the page, with a few words beside its name."""
        self.blank()
        self.line(Span(text, "section"), *([Span(f"  {note}", "quiet")] if note else []))

    def item(self, sign: str, *spans: str | Span, indent: int = 1, style: str = "") -> None:
        """A line after a sign; the words that wrap stay under the first."""
        mark = f"{self.signs[sign]} "
        self.line(Span(mark, style or sign), *spans, indent=indent, hang=len(mark))

    def quiet(self, text: str, *, indent: int = 0) -> None:
        """A line of lesser weight."""
        self.line(Span(text, "quiet"), indent=indent)


def can_write(stream: TextIO, text: str) -> bool:
    """Whether an output can write these characters."""
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def writable(text: str, stream: TextIO) -> str:
    """The text as an output can write it; a letter that it lacks becomes a question mark."""
    if can_write(stream, text):
        return text
    encoding = stream.encoding or "ascii"
    return text.encode(encoding, "replace").decode(encoding)


def width() -> int:
    """The columns to write in: those of the terminal, within reason; 80 when there is none."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((USUAL, 24)).columns))


def show(page: Page, *, stream: TextIO | None = None) -> None:
    """Print a page."""
    out = stream or sys.stdout
    if out.isatty():
        _show_styled(page, out)
        return
    text = "\n".join("".join(span.text for span in row).rstrip(" ") for row in rows(page, width()))
    typer.echo(writable(text, out), file=out)


def _show_styled(page: Page, out: TextIO) -> None:
    """Print with colours. rich is imported here: a page that is piped does not wait for it."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=out, highlight=False, soft_wrap=True)
    for row in rows(page, width()):
        runs = groupby(row, key=lambda span: span.style)
        console.print(Text.assemble(*(("".join(s.text for s in spans), STYLES.get(name, "")) for name, spans in runs)))


def rows(page: Page, columns: int) -> Iterator[list[Span]]:
    """The lines of a page as rows of at most ``columns`` columns; a longer word, such as an address, is left whole."""
    for line in page.lines:
        yield from _wrapped(line, columns)


def _wrapped(line: Line, columns: int) -> Iterator[list[Span]]:
    row, used, first = [Span(" " * line.indent)], line.indent, True
    for words in _words(line):
        text = "".join(span.text for span in words)
        if not first and used + len(text.rstrip(" ")) > columns:
            row_start = line.indent + line.hang
            yield row
            row, used = [Span(" " * row_start)], row_start
        row.extend(words)
        used += len(text)
        first = False
    yield row


def _words(line: Line) -> Iterator[list[Span]]:
    """The words of a line, each with the spaces after it; a word may change style on its way."""
    word: list[Span] = []
    for span in line.spans:
        for piece in _pieces(span.text):
            word.append(Span(piece, span.style))
            if piece.endswith(" "):
                yield word
                word = []
    if word:
        yield word


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find(" ", start)
        if end < 0:
            yield text[start:]
            return
        while end < len(text) and text[end] == " ":
            end += 1
        yield text[start:end]
        start = end
