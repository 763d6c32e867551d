"""The English of the hub's pages: collected, completed by hand, compiled. ``make messages`` runs it.

French is written in templates and code, plain; ``locale/en/…/django.po`` holds the English. ``locale/fr`` is made by
itself: the same French typeset (no-break spaces), and what has a plural (Django would count *0 programmes*).
Babel does it in Python: no system tool is needed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from alliage.hub.ui.words import typeset

HUB = Path(__file__).resolve().parent.parent
LOCALE = HUB / "locale"
_SPECS: dict[str, Any] = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS: dict[str, Any] = {
    name: spec for base, spec in _SPECS.items() for name in (base, f"{base}_lazy", f"{base}_noop")
} | {"_": None}
HEADER = "# The English of the hub's pages. Collected by `make messages`; translated by hand.\n"
_NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)  # the same texts compile to the same bytes
_CALL = re.compile(r"\b(?:n|p|np)?gettext\(")
_PLURALS = {"en": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}


def main() -> int:
    """Collects, completes and compiles; fails if a text has no English."""
    found = collect(HUB)
    for lang in ("fr", "en"):
        catalog = updated(found, lang=lang)
        write(catalog, lang=lang)
    missing = [message.id for message in read("en") if message.id and (not translated(message.string) or message.fuzzy)]
    for text in missing:
        sys.stdout.write(f"no English: {text!r}\n")
    return 1 if missing else 0


def collect(folder: Path) -> Catalog:
    """Every text of the templates and of the code, with the files where it stands."""
    catalog = Catalog(charset="utf-8")
    for file in sorted(
        [*folder.rglob("*.py"), *folder.rglob("templates/**/*.html"), *folder.rglob("templates/**/*.txt")]
    ):
        for text, context in texts_of(file):
            catalog.add(text, locations=[(file.relative_to(folder).as_posix(), 0)], context=context)
    return catalog


def texts_of(file: Path) -> Iterator[tuple[Any, str | None]]:
    """The texts of one file: singular and plural, or one; with their context."""
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        source = as_python(templatize(source, origin=str(file)))
    for _, text, _, context in extract("python", BytesIO(source.encode()), KEYWORDS, (), {}):
        yield text, context


def as_python(calls: str) -> str:
    """The calls in what ``templatize`` makes of a template (between them it leaves rows of X), one per line."""
    return "\n".join(
        calls[match.start() : _end(calls, match.end())].replace("\n", " ") for match in _CALL.finditer(calls)
    )


def _end(text: str, start: int) -> int:
    """Where the parenthesis opened before ``start`` closes, strings left aside."""
    position, quote = start, ""
    while position < len(text):
        sign = text[position]
        if quote:
            position += sign == "\\"
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign == ")":
            return position + 1
        position += 1
    raise ValueError("a call is not closed")


def updated(found: Catalog, *, lang: str) -> Catalog:
    """The catalogue of a language, with what is new and without what is gone; nothing is guessed."""
    old = read(lang)
    new = Catalog(locale=lang, charset="utf-8", header_comment=HEADER.strip(), fuzzy=False)
    for message in found:
        known = old.get(message.id, message.context) if message.id else None
        string = _typeset(message.id) if lang == "fr" else (known.string if known else "")
        as_it_is = lang == "fr" and string == message.id and not message.pluralizable
        if not message.id or as_it_is:
            continue
        new.add(message.id, string, locations=message.locations, context=message.context)
    return new


def _typeset(text: Any) -> Any:
    return typeset(text, lang="fr") if isinstance(text, str) else tuple(typeset(one, lang="fr") for one in text)


def read(lang: str) -> Catalog:
    """The catalogue as it stands; empty if there is none yet."""
    file = po(lang)
    if not file.is_file():
        return Catalog(locale=lang)
    with file.open("rb") as stream:
        return read_po(stream, locale=lang)


def write(catalog: Catalog, *, lang: str) -> None:
    """Writes a catalogue, and the same compiled."""
    file = po(lang)
    file.parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    write_po(buffer, catalog, omit_header=True, width=110, sort_by_file=True, include_lineno=False)
    file.write_bytes(header(lang).encode() + buffer.getvalue())
    file.with_suffix(".mo").write_bytes(compiled(lang))


def header(lang: str) -> str:
    """What a catalogue begins with: no date, no name, so that only real changes show."""
    return (
        f'{HEADER}msgid ""\nmsgstr ""\n"Language: {lang}\\n"\n"MIME-Version: 1.0\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {_PLURALS[lang]}\\n"\n\n'
    )


def compiled(lang: str) -> bytes:
    """The compiled form of a catalogue as it stands."""
    catalog, buffer = read(lang), BytesIO()
    catalog.creation_date = catalog.revision_date = _NO_DAY
    write_mo(buffer, catalog)
    return buffer.getvalue()


def po(lang: str) -> Path:
    """The file of a language."""
    return LOCALE / lang / "LC_MESSAGES" / "django.po"


def translated(string: str | Iterable[str] | None) -> bool:
    """Whether nothing is empty."""
    return bool(string) and all([string] if isinstance(string, str) else string or ())


if __name__ == "__main__":
    sys.exit(main())
