"""Numbers, amounts, shares and days as a language writes them, from the packs' phrases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any


class Figures:
    """Writes the figures of one language and one currency."""

    def __init__(self, *, phrases: Mapping[str, Any], lang: str, currency: str) -> None:
        self.phrases, self.lang, self.currency = phrases, lang, currency

    def phrase(self, section: str, key: str, **filled: object) -> str:
        """A phrase of the packs, filled in."""
        template: str = self.phrases[section][key][self.lang]
        return template.format(**filled) if filled else template

    def number(self, value: int | Decimal | float) -> str:
        """A number as this language writes it: ``50 000`` or ``50,000``; four digits are grouped too."""
        exact = Decimal(str(value)).normalize()
        whole, _, decimals = f"{exact:f}".partition(".")
        sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        grouped = f"{int(digits):,}".replace(",", self.phrase("formats", "group"))
        return sign + grouped + (self.phrase("formats", "decimal") + decimals if decimals else "")

    def money(self, value: int | Decimal | float) -> str:
        """An amount with the symbol of the currency; cents only if there are some."""
        exact = Decimal(str(value))
        if exact != exact.to_integral_value():
            return self.money_with_cents(exact)
        return self._money(self.number(exact))

    def money_with_cents(self, value: int | Decimal | float) -> str:
        """An amount with its cents, even if there are none, so that a column lines up."""
        whole, _, decimals = f"{Decimal(str(value)):.2f}".partition(".")
        sign = "-" if whole.startswith("-") else ""
        number = self.number(int(whole.lstrip("-")))
        return self._money(sign + number + self.phrase("formats", "decimal") + decimals)

    def _money(self, number: str) -> str:
        symbol = self.phrases["symbols"].get(self.currency, self.currency)
        return self.phrase("formats", "money", number=number, symbol=symbol)

    def share(self, value: int | Decimal | float) -> str:
        """A share between 0 and 1 as a percentage."""
        return self.phrase("formats", "share", number=self.number(Decimal(str(value)) * 100))

    def day(self, value: date) -> str:
        """A day in words: ``1er mars 2026``, ``March 1, 2026``."""
        day = self.phrase("formats", "first_day") if value.day == 1 else str(value.day)
        month = self.phrases["months"][self.lang][value.month - 1]
        return self.phrase("formats", "date", day=day, month=month, year=value.year)
