"""The words of the papers in one language (``packs/common/papers.yaml``), and figures as the pages write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from functools import cache
from typing import Any

import alliage
from alliage.core.rules.figures import Figures
from alliage.core.vocabulary.yaml_files import read_yaml
from alliage.papers.printable import typeset

Text = str | Mapping[str, str]
Clean = Callable[[str], str]


@cache
def table() -> dict[str, Any]:
    """The sections of the papers' words."""
    words: dict[str, Any] = read_yaml(alliage.COMMON / "papers.yaml")
    return words


@cache
def phrases() -> dict[str, Any]:
    """The phrases that every pack shares."""
    shared: dict[str, Any] = read_yaml(alliage.COMMON / "phrases.yaml")
    return shared


class Words:
    """Speaks one language of one answer; ``clean`` takes from a text what the paper cannot hold."""

    def __init__(self, *, lang: str, currency: str, clean: Clean) -> None:
        self.lang, self.clean = lang, clean
        self.figures = Figures(phrases=phrases(), lang=lang, currency=currency)

    def __call__(self, key: str, **filled: object) -> str:
        """The words of ``section.key``, filled in."""
        section, _, name = key.partition(".")
        template: str = table()[section][name][self.lang]
        return typeset(template.format(**filled) if filled else template, lang=self.lang)

    def count(self, key: str, number: int) -> str:
        """The words for a number of things. In French, zero is singular."""
        section, _, name = key.partition(".")
        one = number == 1 or (number == 0 and self.lang == "fr")
        template: str = table()[section][name]["one" if one else "many"][self.lang]
        return typeset(template.format(n=self.figures.number(number)), lang=self.lang)

    def text(self, text: Text | None) -> str:
        """A text of the answer in this language, or in the other if it has no words in this one."""
        if isinstance(text, Mapping):
            text = text.get(self.lang) or next(iter(text.values()), "")
        return typeset(self.clean(text or ""), lang=self.lang)

    def title(self, text: Text | None) -> str:
        """A text with a capital, at the head of a row."""
        said = self.text(text)
        return said[:1].upper() + said[1:]

    def phrase(self, section: str, key: str) -> str:
        """A phrase that every pack shares; the key itself if there is none."""
        return self.text(phrases()[section].get(key, key.replace("-", " ")))

    # ------------------------------------------------------------------------------------------- figures

    def money(self, value: float) -> str:
        """An amount, with cents only if it has some."""
        return self.amounts([value])[0]

    def amounts(self, values: Sequence[float]) -> list[str]:
        """Amounts of one column: all with cents if one has some, so that they line up."""
        exact = [cents(value) for value in values]
        whole = all(value == value.to_integral_value() for value in exact)
        write = self.figures.money if whole else self.figures.money_with_cents
        return [("\N{MINUS SIGN}" if value < 0 else "") + write(abs(value)) for value in exact]

    def down(self, value: float) -> str:
        """Aid, or what it is worth, in whole dollars: never said larger than it is."""
        return self.money(float(cents(value).to_integral_value(ROUND_DOWN)))

    def up(self, value: float) -> str:
        """What the company pays or advances, in whole dollars: never said smaller than it is."""
        return self.money(float(cents(value).to_integral_value(ROUND_UP)))

    def points(self, share: float) -> str:
        """A difference of shares, in points."""
        points = Decimal(str(share)) * 100
        one = abs(points) < 2 if self.lang == "fr" else points == 1
        number = self.figures.number(points)
        return self("figures.point", n=number) if one else self("figures.points", n=number)

    def share(self, value: float) -> str:
        """A share between 0 and 1 as a whole percentage; a small one that is not zero keeps a digit."""
        exact = Decimal(str(value))
        digits = Decimal("0.01") if exact == 0 or abs(exact) >= Decimal("0.01") else Decimal("0.001")
        return self.figures.share(exact.quantize(digits))

    def rate(self, value: float) -> str:
        """A rate, as exact as it is known."""
        return self.figures.share(Decimal(str(value)).quantize(Decimal("0.0001")).normalize())

    def day(self, day: str) -> str:
        """A year, a month or a day written in ISO form, in words."""
        parts = day.split("-")
        if len(parts) == 3:
            return typeset(self.figures.day(date.fromisoformat(day)), lang=self.lang)
        months: list[str] = phrases()["months"][self.lang]
        return f"{months[int(parts[1]) - 1]} {parts[0]}" if len(parts) == 2 else day

    # -------------------------------------------------------------------------------------------- sentences

    def notice(self) -> str:
        """That nothing is promised."""
        return self.text(phrases()["nothing_promised"])

    def intake(self, intake: Mapping[str, Any]) -> str:
        """The state of an intake with the day that matters."""
        state, opens, closes = str(intake["state"]), intake.get("opens"), intake.get("closes")
        said = self.phrase("intakes", state)
        if opens and closes:
            return self("intake.opens-until", day=self.day(opens), last=self.day(closes))
        if opens:
            return self("intake.opens", day=self.day(opens))
        return self("intake.until", state=said, day=self.day(closes)) if closes else said

    def source(self, source: Mapping[str, Any]) -> str:
        """A source: who published it, its title, its date, the day it was read."""
        title, publisher = self.text(source.get("title")), self.text(source.get("publisher"))
        named = (
            self("source.published", publisher=publisher, title=title) if title and publisher else title or publisher
        )
        dates = [self(f"source.{key}", day=self.day(str(source[key]))) for key in ("dated", "read") if source.get(key)]
        return " · ".join(filter(None, (named, *dates)))

    def contact(self, contact: Mapping[str, Any] | None) -> str:
        """How to reach an office: phone, mail."""
        known = contact or {}
        said = (self.text(known[key]) for key in ("phone", "email") if known.get(key))
        return " · ".join(one.replace(" ", "\N{NO-BREAK SPACE}") for one in said)

    def url(self, url: Text | None) -> str:
        """An address in this language, or in the other; nothing if it is not one of the web."""
        known = url.get(self.lang) or next(iter(url.values()), "") if isinstance(url, Mapping) else url or ""
        return self.clean(known) if known.startswith(("https://", "http://")) else ""


def cents(value: float) -> Decimal:
    """A JSON amount of dollars, exact to the cent."""
    return Decimal(str(value)).quantize(Decimal("0.01"))
