"""A form of a page, as a browser sends it: its fields in order, what is chosen and ticked, what is written."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

Fields = list[tuple[str, str]]


class _Parser(HTMLParser):
    """Gathers the fields of one form."""

    def __init__(self, id_: str) -> None:
        super().__init__()
        self.id, self.inside, self.fields = id_, False, Fields()
        self._select = self._area = ""
        self._first: str | None = None
        self._chosen = False
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self.inside = self.inside or given.get("id") == self.id
        if not self.inside:
            return
        if tag == "input" and name:
            kind = given.get("type") or "text"
            if kind not in ("checkbox", "radio", "submit") or (kind != "submit" and "checked" in given):
                self.fields.append((name, value))
        elif tag == "select":
            self._select, self._first, self._chosen = name, None, False
        elif tag == "option":
            self._first = value if self._first is None else self._first
            if "selected" in given:
                self.fields.append((self._select, value))
                self._chosen = True
        elif tag == "textarea":
            self._area, self._text = name, []

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        elif tag == "select" and self.inside:
            if not self._chosen and self._first is not None:
                self.fields.append((self._select, self._first))
            self._select = ""
        elif tag == "textarea" and self._area:
            self.fields.append((self._area, "".join(self._text).removeprefix("\n").replace("\n", "\r\n")))
            self._area = ""


def fields_of(page: str, form: str) -> Fields:
    """The fields of a form by its id."""
    parser = _Parser(form)
    parser.feed(page)
    return parser.fields


def sent(fields: Fields, **changed: str | list[str] | None) -> QueryDict:
    """What is sent, some fields changed (``__`` stands for a dot; ``None`` takes a field away)."""
    data: MultiValueDict[str, str] = MultiValueDict()
    for name, value in fields:
        data.appendlist(name, value)
    for key, value in changed.items():
        name = key.replace("__", ".")
        data.setlist(name, [] if value is None else [value] if isinstance(value, str) else value)
        if value is None:
            del data[name]
    found = QueryDict(mutable=True)
    found.update(data)
    return found
