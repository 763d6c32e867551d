"""A page is wrapped at the reader's width, and says the same with and without colours."""

from __future__ import annotations

import io

import pytest

from alliage.cli.page import Page, Span, rows, show


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class OldOutput(io.StringIO):
    encoding = "cp1252"


def text_of(page: Page, columns: int) -> list[str]:
    return ["".join(span.text for span in row) for row in rows(page, columns)]


def test_a_long_line_goes_on_under_its_first_word():
    page = Page()
    page.item("met", "un deux trois quatre cinq", indent=1)
    assert [line.rstrip() for line in text_of(page, 16)] == ["  ✓ un deux", "    trois quatre", "    cinq"]


def test_a_line_never_breaks_at_a_no_break_space():
    page = Page()
    page.line("jusqu'à 50\u00a0000\u00a0$ par projet")
    assert [line.rstrip() for line in text_of(page, 12)] == ["jusqu'à", "50\u00a0000\u00a0$ par", "projet"]


def test_a_word_wider_than_the_page_is_left_whole():
    page = Page()
    page.line("voir https://example.org/une-adresse-tres-longue ici")
    assert "https://example.org/une-adresse-tres-longue" in [line.strip() for line in text_of(page, 20)]


@pytest.mark.parametrize("columns", [40, 60, 80])
def test_no_row_is_wider_than_the_page(columns: int):
    page = Page()
    page.line(Span("gras " * 30, "strong"), "et " * 30, indent=2, hang=2)
    assert max(len(line.rstrip()) for line in text_of(page, columns)) <= columns


def test_a_terminal_gets_colours_and_the_same_words():
    page = Page()
    page.item("failed", Span("non", "strong"), " · parce que")
    terminal, file = Terminal(), io.StringIO()
    show(page, stream=terminal)
    show(page, stream=file)
    assert "non" in terminal.getvalue()
    assert "\x1b" not in file.getvalue()
    assert file.getvalue() == "  ✗ non · parce que\n"


def test_an_output_without_the_signs_gets_plain_ones():
    out = OldOutput()
    page = Page(out)
    page.item("met", "rempli")
    show(page, stream=out)
    assert out.getvalue() == "  + rempli\n"


def test_two_empty_lines_never_follow_each_other():
    page = Page()
    page.title("titre")
    page.blank()
    page.section("partie")
    assert text_of(page, 80) == ["titre", "", "partie"]
