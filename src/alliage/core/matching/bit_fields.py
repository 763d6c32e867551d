"""Fields of bits, one for each programme, side by side in one integer: many programmes are decided at once."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from itertools import compress


class BitFields:
    """Fields of equal width, a whole number of bytes, side by side in one integer."""

    def __init__(self, count: int, *, longest: int) -> None:
        self.count = count
        self.bytes = next((size for size in _UNSIGNED if longest <= 8 * size), -(-longest // 8))
        self.width = 8 * self.bytes
        self._tops = self.mark_all(range(count))
        self._rest = self._tops - (self._tops >> (self.width - 1))

    def number(self, at: int, position: int) -> int:
        """The number of one bit of a field among all bits."""
        return at * self.width + position

    def bits(self, numbers: Iterable[int]) -> int:
        """The bits of these numbers."""
        written = bytearray(self.count * self.bytes)
        for number in numbers:
            written[number >> 3] |= 1 << (number & 7)
        return int.from_bytes(written, "little")

    def mark(self, at: int) -> int:
        """The highest bit of a field."""
        return 1 << self.number(at, self.width - 1)

    def mark_all(self, places: Iterable[int]) -> int:
        """The marks of several fields."""
        written = bytearray(self.count * self.bytes)
        for at in places:
            written[(at + 1) * self.bytes - 1] = 0x80
        return int.from_bytes(written, "little")

    def marks(self, bits: int) -> int:
        """The top bit of each field that is not zero: adding all the other bits carries into it."""
        return ((bits & self._rest) + self._rest | bits) & self._tops

    def filled(self, marks: int) -> int:
        """All the bits of the fields that bear these marks."""
        return marks | marks - (marks >> (self.width - 1))

    def marked(self, marks: int) -> list[int]:
        """The fields that bear these marks, by their place."""
        return list(compress(range(self.count), self.split(marks)))

    def split(self, bits: int) -> tuple[int, ...]:
        """Each field as a number."""
        written = bits.to_bytes(self.count * self.bytes, "little")
        if self.bytes in _UNSIGNED:
            return struct.unpack(f"<{self.count}{_UNSIGNED[self.bytes]}", written)
        return tuple(
            int.from_bytes(written[at : at + self.bytes], "little") for at in range(0, len(written), self.bytes)
        )


_UNSIGNED = {1: "B", 2: "H", 4: "I", 8: "Q"}  # the letters by which `struct` calls numbers of so many bytes
