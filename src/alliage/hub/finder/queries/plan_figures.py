"""Figures of a plan as a page writes them: exact in tables, rounded on the honest side in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from typing import Any, TypeAlias

from alliage.hub.finder.queries.voice import Voice

Answer: TypeAlias = Mapping[str, Any]


def exact(amount: Any) -> Decimal:
    """A JSON amount, to the cent."""
    return Decimal(str(amount)).quantize(Decimal("0.01"))


def amounts(values: Sequence[Any], *, voice: Voice) -> list[str]:
    """The amounts of one column: all with their cents if one has some."""
    known = [exact(value) for value in values]
    whole = all(value == value.to_integral_value() for value in known)
    write = voice.wording.money if whole else voice.wording.money_with_cents
    return [voice.typeset(("\N{MINUS SIGN}" if value < 0 else "") + write(abs(value))) for value in known]


def percent(share: Decimal, *, voice: Voice) -> str:
    """A share as a whole percentage; a small one that is not zero is said to be under one."""
    if 0 < share < Decimal("0.01"):
        return "<" + voice.typeset("\N{NO-BREAK SPACE}" + voice.share(0.01))
    return voice.typeset(voice.share(float(share.quantize(Decimal("0.01")))))


def down(amount: Any, *, voice: Voice) -> str:
    """Aid in whole dollars, never said larger than it is."""
    return voice.typeset(voice.wording.money(exact(amount).to_integral_value(ROUND_DOWN)))


def up(amount: Any, *, voice: Voice) -> str:
    """What the company pays in whole dollars, never said smaller than it is."""
    return voice.typeset(voice.wording.money(exact(amount).to_integral_value(ROUND_UP)))


def place(value: Decimal) -> str:
    """A place in a drawing, to a thousandth."""
    return f"{value:.3f}".rstrip("0").rstrip(".")
