"""The glossary for the eye: words of funding in plain language, explained where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alliage.core.vocabulary.places import folded
from alliage.core.vocabulary.yaml_files import read_yaml
from alliage.hub.ui.icons import icon
from alliage.hub.ui.words import language, typeset

FILE = Path(__file__).parent / "data" / "glossary.yaml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A word and what it means, in both languages."""

    key: str
    group: str
    word: Mapping[str, str]
    means: Mapping[str, str]
    example: Mapping[str, str] | None = None

    @property
    def other_word(self) -> str:
        """The word in the language that the page is not in."""
        return self.word["fr" if language() == "en" else "en"]


@lru_cache(maxsize=1)
def entries() -> Mapping[str, Entry]:
    """The glossary, by key, in the order of the file."""
    return {
        key: Entry(key, said["group"], said["word"], said["means"], said.get("example"))
        for key, said in read_yaml(FILE).items()
    }


TITLES = {
    "money": _("Les formes d’aide"),
    "rules": _("Les règles"),
    "process": _("Les démarches"),
    "bodies": _("Qui est qui"),
    "places": _("Lieux et codes"),
}


def groups() -> list[dict[str, Any]]:
    """The glossary by group, words in the alphabetical order of the language of the page."""
    lang = language()
    return [
        {
            "key": key,
            "title": title,
            "entries": sorted((e for e in entries().values() if e.group == key), key=lambda e: folded(e.word[lang])),
        }
        for key, title in TITLES.items()
    ]


def button(key: str, shown: str = "") -> SafeString:
    """A word that opens its explanation. The page holds the explanation once (``popovers``).

    Raises:
        KeyError: the glossary has no such word.
    """
    entry = entries()[key]
    return format_html(
        '<button type="button" class="term" popovertarget="term-{}">{}</button>', key, shown or entry.word[language()]
    )


@lru_cache(maxsize=2)
def popovers(lang: str) -> SafeString:
    """All explanations, in one language."""
    more, close, page = gettext("Tout le lexique"), gettext("Fermer"), reverse("ui:glossary")
    return format_html_join(
        "\n",
        '<div class="term-note" popover id="term-{0}" role="note" aria-label="{1}">'
        '<p class="term-note-word">{1}</p><p>{2}</p>'
        '<p class="term-note-foot"><a href="{3}#{0}">{4}</a>'
        '<button type="button" class="icon-button" popovertarget="term-{0}" popovertargetaction="hide"'
        ' aria-label="{5}">{6}</button></p></div>',
        (
            (
                e.key,
                typeset(e.word[lang], lang=lang),
                typeset(e.means[lang], lang=lang),
                page,
                more,
                close,
                icon("close"),
            )
            for e in entries().values()
        ),
    )
