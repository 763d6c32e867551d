"""The letters that a site of one's own machine keeps as files, read back."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast


class Letters:
    """The letters of a site."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self, to: str) -> list[EmailMessage]:
        """Those to somebody, the oldest first."""
        files = sorted(self._folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
        raw = [part.strip(b"\n") for file in files for part in file.read_bytes().split(b"\n" + b"-" * 79)]
        every = [cast("EmailMessage", email.message_from_bytes(one, policy=default)) for one in raw if one]
        return [letter for letter in every if letter["To"] == to]

    def last(self, to: str, about: str = "") -> str:
        """The text of the last letter to somebody, perhaps of those that say something."""
        every = [text for text in map(_text, self.all(to)) if about in text]
        assert every, f"no letter to {to}"
        return every[-1]

    def code(self, to: str) -> str:
        """The code of the last letter to somebody."""
        return self._found(to, r"^([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})?)$")

    def link(self, to: str, part: str = "invitation", about: str = "") -> str:
        """The first address of the last letter to somebody that has a part, without its site."""
        return self._found(to, rf"https?://[^/\s]+(/\S*{part}/\S*)", about)

    def _found(self, to: str, wanted: str, about: str = "") -> str:
        text = self.last(to, about)
        found = re.search(wanted, text, re.MULTILINE)
        assert found, text
        return found[1].strip()


def _text(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text
