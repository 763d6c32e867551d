"""What a page that was asked says: its visible words, and whether they say that it is not there. Plain Python."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

_HIDDEN = frozenset({"script", "style", "noscript", "template", "svg", "nav", "header", "footer", "iframe"})
_TITLES = frozenset({"title", "h1"})
_GONE = re.compile(
    r"\b404\b|page not found|not found|no longer (?:available|exists)|does ?n[o']t exist"
    r"|(?:page|document) (?:introuvable|non trouv|inexistant)|n['’]existe (?:pas|plus)"
    r"|n['’]est plus (?:disponible|offert)"
)
_HOME = re.compile(
    r"/?(?:fr|en|fr-ca|en-ca|accueil|home|index)?/?(?:index\.\w+|default\.\w+|accueil|home)?/?", re.IGNORECASE
)


class _Words(HTMLParser):
    """Collects what a person reads, and the titles apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.titles: list[str] = []
        self._hidden, self._in_title = 0, 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's
        self._hidden += tag in _HIDDEN
        self._in_title += tag in _TITLES

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        self._in_title = max(0, self._in_title - (tag in _TITLES))

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.titles.append(data)
        elif not self._hidden:
            self.words.append(data)


def read(body: bytes, kind: str) -> tuple[str, str]:
    """The visible words of a page, and those of its titles, each on one line."""
    charset = re.search(r"charset=([\w-]+)", kind)
    try:
        page = body.decode(charset[1] if charset else "utf-8", "replace")
    except LookupError:
        page = body.decode("utf-8", "replace")
    parser = _Words()
    parser.feed(page)
    return " ".join(" ".join(parser.words).split()), " ".join(" ".join(parser.titles).split())


def says_gone(titles: str) -> bool:
    """Whether a page that answers says in its titles that it is not there."""
    return bool(_GONE.search(titles.lower()))


def became_home(asked: str, final: str) -> bool:
    """Whether a page leads to the first page of a site, and was not one."""
    before, after = urlsplit(asked).path, urlsplit(final).path
    return final != asked and not _HOME.fullmatch(before) and bool(_HOME.fullmatch(after))
