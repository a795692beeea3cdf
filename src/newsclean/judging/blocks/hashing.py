"""Words as numbers: a hash of each, the same on every machine, and words known beforehand found by theirs.

The hash of the code points c₀ c₁ … is the polynomial Σ cᵢ·Bⁱ modulo 2⁶⁴. B is odd and so has an inverse, which makes
the hash of any stretch of a text a difference of two running sums (Karp and Rabin's rolling hash).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from newsclean.judging.blocks.numbering import find_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import numpy.typing as npt

    Codes = npt.NDArray[np.uint32]
    Hashes = npt.NDArray[np.uint64]
    Ints = npt.NDArray[np.int64]

_BASE = 0x9E3779B97F4A7C15
"""2⁶⁴ over the golden ratio, as in Knuth's multiplicative hashing."""
_INVERSE = pow(_BASE, -1, 1 << 64)
_LEAST_BITS = 15
HASHED_AT_ONCE = 25_000
"""Characters to be hashed at a time, so that the powers of the base do not weigh in a long page's memory."""


@cache
def _powers(bits: int) -> tuple[Hashes, Hashes]:
    """The first 2^bits powers of the base, and of its inverse."""
    powers = np.ones((2, 1 << bits), dtype=np.uint64)
    powers[:, 1:] = np.array([[_BASE], [_INVERSE]], dtype=np.uint64)
    np.multiply.accumulate(powers, axis=1, out=powers)
    return powers[0], powers[1]


class RollingHash:
    """The hashes of all stretches of a text."""

    def __init__(self, codes: Codes) -> None:
        """Add up a text. codes: its characters, of which the first belongs to no stretch."""
        powers, self._inverse = _powers(max(len(codes).bit_length(), _LEAST_BITS))
        self._sums = (codes * powers[: len(codes)]).cumsum()

    def between(self, starts: Ints, ends: Ints) -> Hashes:
        """The hashes of the stretches from some places to others, without the latter."""
        sums: Hashes = self._sums.take(ends - 1)
        sums -= self._sums.take(starts - 1)
        sums *= self._inverse.take(starts)
        return sums


def hashes_of(words: Collection[str]) -> Hashes:
    """The hashes of some words, in their order; none of them may be empty.

    Raises ValueError where one has a space in it.
    """
    codes = np.frombuffer(" ".join(["", *words, ""]).encode("utf-32-le"), dtype=np.uint32).copy()
    spaces = (codes == ord(" ")).nonzero()[0]
    if len(spaces) != len(words) + 1:
        raise ValueError("a word with a space in it")
    codes[spaces] = 0
    return RollingHash(codes).between(spaces[:-1] + 1, spaces[1:])


@dataclass(frozen=True, slots=True)
class KnownWords:
    """Words known beforehand, numbered from 1; number 0 stands for all others."""

    words: tuple[str, ...]
    _hashes: Hashes
    _numbers: Ints

    @classmethod
    def of(cls, words: Collection[str]) -> KnownWords:
        """Number some distinct words in their order."""
        hashes = hashes_of(words)
        order = hashes.argsort()
        return cls(tuple(words), hashes[order], np.append(order + 1, 0))

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[str]:
        return iter(self.words)

    def numbers_of(self, hashes: Hashes) -> Ints:
        """The number of the word with each of some hashes."""
        place, found = find_in(self._hashes, hashes)
        place[~found] = len(self._hashes)
        return self._numbers.take(place)
