"""Words and figures in the language of the page: the core's Wording, and the typography of the OQLF."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, cast

from django.conf import settings
from django.utils.translation import get_language

import alliage
from alliage.core.catalogue.phrases import read_phrases
from alliage.core.rules.wording import Wording
from alliage.core.vocabulary.vocabulary import Vocabulary
from alliage.core.vocabulary.yaml_files import read_yaml
from alliage.hub.ui.day import local_day

NO_BREAK = "\u00a0"
TIED = "\u2060"  # no width, seen by nobody, found by no search: no line ends here

_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".replace(" ", "|")
# Each begins with the sign that it is about, which is quick to find.
_SPACES = re.compile(
    rf""" \ (?:
      (?<=\S\ ) (?=[:»–]|%(?!\()|\$(?!\w)|[kMG]\$)
    | (?<=«\ )
    | (?<=\d\ ) (?=\d{{3}}\b|h\b|(?:mois|ans?|jours?|semaines?|millions?|milliards?|{_MONTHS})\b|[A-Z]\b)
    | (?<=\b1er\ ) (?=(?:{_MONTHS})\b)
    | (?:(?<=\b[Vv]olet\ )|(?<=\b[Pp]hase\ )|(?<=\bn°\ )) (?=\d)
    ) """,
    re.VERBOSE,
)
# What its figure or its day may not leave.
_BEFORE = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December", "Component", "Stream", "Phase"),
)
_ENGLISH = re.compile(r" (?=[\d–])(?:(?<=\S )(?=–)|" + "|".join(rf"(?<=\b{word} )" for word in _BEFORE) + ")")
_TIGHT = re.compile(r"[ \u00a0\u202f](?<=\S.)(?=[;!?])")
# A verb and its pronoun (« touchent-ils », « a-t-elle », « ceux-ci »), a letter alone (« R-D »), a telephone.
_HYPHENS = re.compile(r"(?<=\w)-(?=(?:\w|elles?|ils?|on|ce|nous|vous|le|la|les|lui|leur|en|moi|ci|là|\d{4})\b)")


@dataclass(frozen=True, slots=True)
class _Currency:
    """All that figures need of a vocabulary."""

    currency: str


def language() -> str:
    """The language of the page."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


@lru_cache(maxsize=2)
def wording(lang: str) -> Wording:
    """The core's words in one language. Only phrases are read: a broken programme takes no page down."""
    folder = alliage.pack_folder(settings.ALLIAGE_PACK)
    currency = _Currency(read_yaml(folder / "pack.yaml")["currency"])
    phrases = read_phrases(folder, common=alliage.COMMON)
    return Wording(vocabulary=cast("Vocabulary", currency), phrases=phrases, lang=lang)


def speak() -> Wording:
    """The core's words in the language of the page."""
    return wording(language())


def phrase(section: str, key: str) -> str:
    """A phrase of the packs, in the language of the page; the key itself if there is none."""
    try:
        return typeset(speak().phrase(section, key), lang=language())
    except KeyError:
        return key


def text(said: object) -> str:
    """A bilingual text in the language of the page (else in the one that it has), typeset."""
    chosen, lang = _chosen(said)
    return typeset(chosen, lang=lang)


def as_is(said: object) -> str:
    """What is bilingual and not prose, an address for example: in the language of the page, not a sign changed."""
    return _chosen(said)[0]


def _chosen(said: object) -> tuple[str, str]:
    lang = language()
    if isinstance(said, Mapping):
        own = said.get(lang)
        said, lang = (own, lang) if own else next(((v, k) for k, v in said.items() if v), ("", lang))
    return "" if said is None else str(said), lang


def typeset(plain: str, *, lang: str) -> str:
    r"""Apostrophes, no-break spaces and hyphens as they are printed. Data stays plain.

    >>> typeset("L'aide : 50 000 $ ou 25 % ; pourquoi ?", lang="fr").replace(chr(160), "~")
    'L’aide~: 50~000~$ ou 25~%; pourquoi?'
    """
    printed = plain.replace("'", "’") if "'" in plain else plain
    if lang != "fr":
        return _ENGLISH.sub(NO_BREAK, printed)
    if "-" in printed:
        printed = _HYPHENS.sub("-" + TIED, printed)
    return _TIGHT.sub("", _SPACES.sub(NO_BREAK, printed))


def capital(plain: str) -> str:
    """The first letter in upper case, and only that one."""
    return plain[:1].upper() + plain[1:]


def figure(value: object) -> Decimal | None:
    """A number, or ``None`` for what is not one."""
    if value is None or value == "" or isinstance(value, bool):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def day_of(value: object) -> date | None:
    """A day, from a date, a moment (its day where the companies are), or the ISO form of either."""
    if isinstance(value, datetime):
        return local_day(value)
    if isinstance(value, date):
        return value
    text = str(value)
    try:
        return local_day(datetime.fromisoformat(text)) if "T" in text else date.fromisoformat(text[:10])
    except (ValueError, OverflowError):
        return None


def clock(value: time) -> str:
    """A time of day: ``13 h 05`` is written ``13 h 5`` in running text; ``1:05 p.m.`` in English."""
    if language() == "fr":
        return f"{value.hour}{NO_BREAK}h" + (f"{NO_BREAK}{value.minute}" if value.minute else "")
    half = "a.m." if value.hour < 12 else "p.m."
    return f"{value.hour % 12 or 12}:{value.minute:02}{NO_BREAK}{half}"


def short_money(value: Decimal) -> str:
    """A large amount in few signs: ``1,2 M$``, ``$1.2M``; below a million, the whole amount."""
    if abs(value) < 1_000_000:
        return speak().money(value)
    unit, size = ("G", 1_000_000_000) if abs(value) >= 1_000_000_000 else ("M", 1_000_000)
    number = speak().number((value / size).quantize(Decimal("0.1")))
    symbol: Any = speak().phrases["symbols"].get(speak().vocabulary.currency, "$")
    if language() == "fr":
        return f"{number}{NO_BREAK}{unit}{symbol}"
    return f"{symbol}{number}{'B' if unit == 'G' else unit}"
