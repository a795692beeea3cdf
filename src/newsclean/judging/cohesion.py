"""How a block hangs together with the rest of the page: shared words, shared shapes, repeats.

A foreign block shares few of its telling words with the story around it, and often its shape with its own kind: four
listings one under the other look alike in any language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from newsclean.judging.characters import log_of
from newsclean.judging.words import distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from newsclean.judging.words import Words

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

COHESION_FEATURES = (
    "shared shared_weighted shared_twice shared_before shared_after told title_shared same_shape same_shape_near"
    " repeats repeats_near prefix_near shared_wide"
).split()

_LONG_MASS = 8 * 5
_NEAR_WORDS = 3
_WIDE_WORDS = 10
_NEAR_SHAPES = 6
_NEAR_REPEATS = 2
_SHAPE_SYMBOLS = 40
_PREFIX_SYMBOLS = 10


def read_cohesion(texts: Sequence[str], words: Words, weights: Ints, mass: Ints, title: frozenset[str]) -> Floats:
    """Describe how each block hangs together with the others: a row of COHESION_FEATURES per block.

    weights: how telling each of `words.forms` is, a whole number from 0 (in every text) up. mass: of the blocks, in
    fifths of a word. title: the words of the page's title, empty where none is declared.
    """
    size = len(texts)
    block, word = _distinct(words)
    weight = weights[word]
    long = mass >= _LONG_MASS
    in_long = np.bincount(word, long[block], minlength=len(words.forms)).astype(np.int64)
    elsewhere = in_long[word] - long[block]
    before, after = _gaps(block, word, size)
    in_title = np.fromiter((form in title for form in words.forms), np.bool_, len(words.forms))[word]

    def total(values: npt.NDArray[np.int64] | npt.NDArray[np.bool_]) -> Ints:
        summed: Ints = np.bincount(block, values, minlength=size).astype(np.int64)
        return summed

    count = np.maximum(total(np.ones_like(word)), 1)
    told = total(weight)
    whole = np.maximum(told, 1)
    shape_page, shape_near, prefix_near = _shapes(texts)
    repeats, repeats_near = _repeats(texts)
    columns = [
        total(elsewhere > 0) / count,
        total(weight * (elsewhere > 0)) / whole,
        total(weight * (elsewhere > 1)) / whole,
        total(weight * (before <= _NEAR_WORDS)) / whole,
        total(weight * (after <= _NEAR_WORDS)) / whole,
        log_of(told),
        total(weight * in_title) / whole,
        np.minimum(shape_page, 8),
        np.minimum(shape_near, 8),
        np.minimum(repeats, 4),
        np.minimum(repeats_near, 2),
        np.minimum(prefix_near, 3),
        total(weight * (np.minimum(before, after) <= _WIDE_WORDS)) / whole,
    ]
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _distinct(words: Words) -> tuple[Ints, Ints]:
    """Every (block, word) pair once, sorted by word, then block."""
    size = max(words.blocks, 1)
    keys = distinct(words.word * size + words.block)
    return keys % size, keys // size


def _gaps(block: Ints, word: Ints, size: int) -> tuple[Ints, Ints]:
    """For every pair the distance in blocks to the word's next place above and below; `size` where there is none."""
    before = np.full(len(block), size, dtype=np.int64)
    after = np.full(len(block), size, dtype=np.int64)
    if len(block) > 1:
        step = np.where(word[1:] == word[:-1], block[1:] - block[:-1], size)
        before[1:] = step
        after[:-1] = step
    return before, after


_SYMBOL_ROOM = 1 << 21


def _shapes(texts: Sequence[str]) -> tuple[Ints, Ints, Ints]:
    """How many other blocks have this one's shape on the page and near by, and begin as it does near by.

    A shape is the block with its runs of letters, digits and spaces shortened to one sign each, case kept.
    """
    shapes: dict[str, int] = {}
    prefixes: dict[str, int] = {}
    shape = np.empty(len(texts), dtype=np.int64)
    prefix = np.empty(len(texts), dtype=np.int64)
    for place, text in enumerate(texts):
        head = text[:_SHAPE_SYMBOLS]
        key = _shape_of(head) if len(text) < 160 else f"{place}"
        shape[place] = shapes.setdefault(key, len(shapes))
        prefix[place] = prefixes.setdefault(head[:_PREFIX_SYMBOLS], len(prefixes))
    page = np.bincount(shape, minlength=len(shapes))[shape] - 1
    return page, _near(shape, _NEAR_SHAPES), _near(prefix, _NEAR_REPEATS)


_SHAPE_CACHE_FREE = str.maketrans({str(digit): "9" for digit in range(10)})


def _shape_of(text: str) -> str:
    symbols: list[str] = []
    for word in text.split():
        first = word[0]
        if first.isalpha():
            symbol = "A" if first.isupper() else "a"
            if not word.isalpha():
                last = word[-1]
                symbol += last if not last.isalnum() else "9" if any(map(str.isdigit, word)) else "-"
        elif first.isdigit():
            symbol = "9" if word.isdigit() else "9" + word.translate(_SHAPE_CACHE_FREE).strip("9")[:4]
        else:
            symbol = first
        if not symbols or symbols[-1] != symbol or symbol not in {"a", "A"}:
            symbols.append(symbol)
    return "".join(symbols)


def _repeats(texts: Sequence[str]) -> tuple[Ints, Ints]:
    numbers: dict[str, int] = {}
    keys = np.array([numbers.setdefault(text.lower(), len(numbers)) for text in texts], dtype=np.int64)
    return np.bincount(keys, minlength=len(numbers))[keys] - 1, _near(keys, _NEAR_REPEATS)


def _near(keys: Ints, reach: int) -> Ints:
    """How many other blocks within reach have the same key."""
    size = len(keys)
    room = size + 2 * reach + 1
    order = np.argsort(keys, kind="stable")
    line = keys[order] * room + order + reach
    counts = np.empty(size, dtype=np.int64)
    counts[order] = (
        np.searchsorted(line, line + reach, side="right") - np.searchsorted(line, line - reach, side="left") - 1
    )
    return counts
