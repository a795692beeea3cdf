"""Gaps between the words of a line, and how likely a line ended in each: features of how words are written, weighed.

A linear model that training/line_ends.py fits. No word counts, so it works the same in any language that has spaces.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from newsclean.marks import CLOSERS
from newsclean.reading.text import TERMINAL
from newsclean.shipped import shipped_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Codes = npt.NDArray[np.int64]

STEPS = 16
"""Steps of a weight in one unit of log-odds: sums of whole numbers are the same in any order."""

_FRAME = "\"'“‘„«([（「『-–—.,;:!?…|•*·>»/\\"
_COMMAS, _COLONS = frozenset(",;،、"), frozenset(":：")
_SHORT, _SHORT_DENSE = 3, 8

_CORES, _ENDS = 11, 6
_OUTSIDE = _CORES * _ENDS - 1
"""The code of what stands before the first word and after the last."""
_BY_CORE = np.arange(_CORES)
_STANDS_OUT, _IS_PLAIN = np.isin(_BY_CORE, [0, 1, 2, 5, 6, 7]), np.isin(_BY_CORE, [3, 4])
_NEAR, _FAR = 7, 20
"""Words on either side among which those that stand out are counted."""
_FEW_TO_MANY = np.array([1, 3, 7, _FAR])
"""Words since the last end of a sentence, and to the next one, as they are told apart."""
_AT_ONCE = 50_000


def scores_of(codes: Codes) -> npt.NDArray[np.float64]:
    """The score of each gap between words, given their codes."""
    weights = _weights()
    count = max(len(codes) - 1, 0)
    parts = [
        weights[features_of(codes, first, min(first + _AT_ONCE, count))].sum(axis=1)
        for first in range(0, count, _AT_ONCE)
    ]
    return np.concatenate(parts) / STEPS if parts else np.empty(0)


@cache
def _weights() -> npt.NDArray[np.int64]:
    return np.frombuffer(shipped_bytes("reading/line_ends.bin"), np.int8).astype(np.int64)


def codes_of(words: Sequence[str]) -> Codes:
    """How each word is written: what it is made of, and the mark that it ends with."""
    return np.array([_code(word) for word in words], np.int64)


def _code(word: str) -> int:
    bare = word.rstrip(CLOSERS) or word
    last = bare[-1]
    if last.isalnum():
        end = 0
    elif last in _COLONS:
        end = 3
    elif last in TERMINAL:
        end = 1
    elif last in _COMMAS:
        end = 2
    else:
        end = 4
    return _core(bare.strip(_FRAME)) * _ENDS + end


def _core(core: str) -> int:
    if not core:
        return 0
    if any(sign.isdigit() for sign in core):
        return 2 if any(sign.isalpha() for sign in core) else 1
    first = core[0]
    if first.islower():
        return 3 if len(core) <= _SHORT else 4
    if first.isupper():
        return 5 if len(core) == 1 else 6 if core.isupper() else 7
    return 8 if len(core) < _SHORT_DENSE else 9


def features_of(codes: Codes, first: int, last: int) -> Codes:
    """The features of some gaps, a row for each: numbers below FEATURES. first, last: the gap after word `first` on."""
    reach = slice(max(first - _FAR, 0), last + 1 + _FAR)
    inside = codes[reach]
    around = np.full(len(inside) + 6, _OUTSIDE)
    around[3:-3] = inside
    core = around // _ENDS
    next_word = np.arange(first, last) - reach.start + 4
    before, before_2, before_3 = (around[next_word - step] for step in (1, 2, 3))
    after, after_2, after_3 = (around[next_word + step] for step in (0, 1, 2))
    out, plain = (np.concatenate([[0], np.cumsum(kind[core])]) for kind in (_STANDS_OUT, _IS_PLAIN))

    def density(begin: Codes, end: Codes) -> Codes:
        begin, end = np.maximum(begin, 0), np.minimum(end, len(around))
        standing = out[end] - out[begin]
        share: Codes = np.minimum(standing * 5 // np.maximum(standing + plain[end] - plain[begin], 1), 4)
        return share

    places = np.arange(len(around))
    ends = around % _ENDS == 1
    last_end = np.maximum.accumulate(np.where(ends, places, -_FAR - 1))
    next_end = np.minimum.accumulate(np.where(ends, places, len(around) + _FAR)[::-1])[::-1]
    since = np.searchsorted(_FEW_TO_MANY, next_word - 1 - last_end[next_word - 1], "right")
    until = np.searchsorted(_FEW_TO_MANY, next_end[next_word] - next_word, "right")
    within = since * 5 + until
    near = density(next_word - _NEAR, next_word) * 5 + density(next_word, next_word + _NEAR)
    far = density(next_word - _FAR, next_word) * 5 + density(next_word, next_word + _FAR)
    codes_at = _CORES * _ENDS
    columns = (
        (before, codes_at),
        (before_2, codes_at),
        (after, codes_at),
        (after_2, codes_at),
        (before_3 // _ENDS, _CORES),
        (after_3 // _ENDS, _CORES),
        (before * _CORES + after // _ENDS, codes_at * _CORES),
        (after * _CORES + after_2 // _ENDS, codes_at * _CORES),
        (before * _CORES + before_2 // _ENDS, codes_at * _CORES),
        (near, 25),
        (far, 25),
        (near * codes_at + before, 25 * codes_at),
        (near * _CORES + after // _ENDS, 25 * _CORES),
        (within, 25),
        (within * codes_at + before, 25 * codes_at),
        (within * 25 + near, 625),
    )
    offsets = np.cumsum([0, *(size for _, size in columns[:-1])])
    rows: Codes = np.stack([column for column, _ in columns], axis=1) + offsets
    return rows


FEATURES = 4 * 66 + 2 * 11 + 3 * 726 + 2 * 25 + 2 * 25 * 66 + 25 * 11 + 25 + 625
"""How many features there are: the sizes of the columns in `features_of`, added up."""
