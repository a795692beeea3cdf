"""The words of a page's blocks, numbered once, for the features that compare blocks by what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import regex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

_DENSE = r"\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF\uF900-\uFAFF"
_TOKEN = regex.compile(rf"[{_DENSE}]{{1,2}}+|[^\W_{_DENSE}]++")
"""A word; in scripts written without spaces two characters, which are about a word."""

LONGEST_READ = 4_000
"""Characters of a block whose words are read; what a longer block is about is plain by then."""


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of every block, in reading order.

    forms: the distinct words of the page, case-folded. word: index into `forms`, one per word of the page.
    block: index of the block it stands in. rank: its place in the block, from 0.
    """

    forms: tuple[str, ...]
    word: Ints
    block: Ints
    rank: Ints
    blocks: int

    def numbers_in(self, vocabulary: Mapping[str, int]) -> Ints:
        """For every distinct word its number in a vocabulary; 0 for words that it lacks."""
        get = vocabulary.get
        return np.fromiter((get(form, 0) for form in self.forms), np.int64, len(self.forms))


def read_words(texts: Sequence[str]) -> Words:
    """Number the words of a page's blocks."""
    numbers: dict[str, int] = {}
    word: list[int] = []
    counts: list[int] = []
    find = _TOKEN.findall
    for text in texts:
        found = find(text[:LONGEST_READ].lower())
        counts.append(len(found))
        word += [numbers.setdefault(form, len(numbers)) for form in found]
    sizes = np.array(counts, dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    block = np.repeat(np.arange(len(texts), dtype=np.int64), sizes)
    rank = np.arange(len(word), dtype=np.int64) - starts[block] if word else np.zeros(0, dtype=np.int64)
    return Words(tuple(numbers), np.array(word, dtype=np.int64), block, rank, len(texts))


def distinct(keys: Ints) -> Ints:
    """The keys sorted, each once; `np.unique` does the same, but its first call loads all of `numpy.ma`."""
    ordered = np.sort(keys)
    fresh = np.ones(len(ordered), dtype=np.bool_)
    fresh[1:] = ordered[1:] != ordered[:-1]
    return ordered[fresh]
