"""Three truth values and Kleene's strong logic (Kleene, *Introduction to Metamathematics*, 1952, § 64)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Truth(Enum):
    """True, false, or not known. Never used as a ``bool``: unknown must not slide into yes or no."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("A Truth has three values: compare it, do not test it.")


class Cause(Enum):
    """Why a condition is not known, hence whom to ask."""

    MISSING = "missing"  # the company did not answer
    IMPRECISE = "imprecise"  # the company's answer is too wide
    UNSETTLED = "unsettled"  # the rule itself is not known: the officer, not the company


def opposite(truth: Truth) -> Truth:
    """Kleene's negation."""
    if truth is Truth.TRUE:
        return Truth.FALSE
    return Truth.TRUE if truth is Truth.FALSE else Truth.UNKNOWN


def every(truths: Iterable[Truth]) -> Truth:
    """Kleene's conjunction; true of nothing."""
    unknown = False
    for truth in truths:
        if truth is Truth.FALSE:
            return Truth.FALSE
        unknown = unknown or truth is Truth.UNKNOWN
    return Truth.UNKNOWN if unknown else Truth.TRUE


def some(truths: Iterable[Truth]) -> Truth:
    """Kleene's disjunction; false of nothing."""
    unknown = False
    for truth in truths:
        if truth is Truth.TRUE:
            return Truth.TRUE
        unknown = unknown or truth is Truth.UNKNOWN
    return Truth.UNKNOWN if unknown else Truth.FALSE


def agreed(truths: Iterable[Truth]) -> Truth:
    """True if all are true, false if all are false, else unknown: several readings, or several possible worlds."""
    seen = set(truths)
    return seen.pop() if len(seen) == 1 else Truth.UNKNOWN
