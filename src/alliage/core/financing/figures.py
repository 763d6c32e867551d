"""Figures of a plan as JSON numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from alliage.core.financing.problem import Cents
from alliage.core.vocabulary.answers import plain_number

SHOWN_DECIMALS = 6


def money(cents: Cents) -> int | float:
    """Cents as a JSON number of dollars."""
    return plain_number(Decimal(cents) / 100)


def number(share: Fraction) -> int | float:
    """A share as a JSON number."""
    return plain_number(Decimal(str(round(float(share), SHOWN_DECIMALS))))


def fraction(share: Fraction) -> list[int]:
    """A share as it is computed with, to the last digit: its numerator and its denominator."""
    return [share.numerator, share.denominator]
