"""Rates on successive slices of a base: what a problem can hold."""

from __future__ import annotations

from itertools import pairwise

from alliage.core.financing.problem import Slice


def in_order(slices: tuple[Slice, ...]) -> bool:
    """Whether slices start at nothing, follow each other without a hole, and only the last has no end."""
    if not slices:
        return True
    follow = all(one.to == after.start for one, after in pairwise(slices))
    return slices[0].start == 0 and follow and all(one.to is None or one.to > one.start for one in slices)


def rises(slices: tuple[Slice, ...]) -> bool:
    """Whether a rate is higher on a later slice: with a base that other aid lowers, the model would be wrong."""
    return any(one.rate < after.rate for one, after in pairwise(slices))
