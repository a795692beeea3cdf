"""How a block hangs together with the rest of the page: shared words, shared shapes, repeats.

A foreign block shares few of its telling words with the story around it, and often its shape with its own kind: four
listings one under the other look alike in any language.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from newsclean.judging.blocks.columns import as_columns, log_of
from newsclean.judging.blocks.numbering import find_in, numbers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from newsclean.judging.blocks.hashing import Hashes
    from newsclean.judging.blocks.words import Words

    Doubles = npt.NDArray[np.float64]
    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

COHESION_FEATURES = (
    "shared shared_weighted shared_twice shared_before shared_after told title_shared same_shape same_shape_near"
    " repeats repeats_near prefix_near shared_wide"
).split()

_LONG_MASS = 8 * 5
_NEAR_WORDS = 3
_WIDE_WORDS = 10
_NEAR = np.array([6, 2, 2])
"""Blocks up to which one of the same shape, of the same words and of the same beginning is near."""
_FURTHEST = int(_NEAR.max())
_SHAPE_SYMBOLS = 40
_PREFIX_SYMBOLS = 10
_END = "\n"
"""Ends the signs of a text; white space is no sign."""
_CAPITAL, _SMALL = "\t", "\v"
"""Stand for a word of letters alone until rows of them are one sign; white space too."""
_LONGEST_SHAPE = 160
"""Characters from which a block is taken to have a shape of its own."""


@dataclass(frozen=True, slots=True)
class Cohesion:
    """How the blocks hang together: a row of COHESION_FEATURES per block, and how each one matches the title.

    title_match: shared words over all words of block and title (Jaccard); 0 where no title is declared.
    """

    features: Floats
    title_match: Floats


def read_cohesion(texts: Sequence[str], words: Words, weights: Ints, mass: Ints, title: Hashes) -> Cohesion:
    """Describe how each block hangs together with the others.

    weights: how telling each word is, by its number: a whole number from 0 (in every text) up. mass: of the blocks, in
    fifths of a word. title: the distinct words of the page's title, none where none is declared.
    """
    size = len(texts)
    block, word = words.pairs()
    weight = weights.take(word)
    long = (mass >= _LONG_MASS).take(block)
    in_long = np.bincount(word[long], minlength=len(weights))
    elsewhere = in_long.take(word) - long
    before, after = _gaps(block, word, size)
    named = np.zeros(len(weights), dtype=np.bool_)
    place, found = find_in(words.hashes, title)
    named[place[found]] = True
    in_title = named.take(word)

    def total(values: Ints) -> Doubles:
        """Sums of whole numbers, which doubles hold exactly."""
        summed: Doubles = np.bincount(block, values, minlength=size).astype(np.float64, copy=False)
        return summed

    words_in = np.bincount(block, minlength=size)
    told = total(weight)
    whole = np.maximum(told, 1)
    in_title_too = np.bincount(block[in_title], minlength=size)
    match = np.zeros(size, dtype=np.float32)
    if title.size:
        match = (in_title_too / np.maximum(words_in + len(title) - in_title_too, 1)).astype(np.float32)
    on_page, near = _alike(_likenesses(texts))
    columns: list[npt.NDArray[Any]] = [
        np.bincount(block[elsewhere > 0], minlength=size) / np.maximum(words_in, 1),
        total(weight * (elsewhere > 0)) / whole,
        total(weight * (elsewhere > 1)) / whole,
        total(weight * (before <= _NEAR_WORDS)) / whole,
        total(weight * (after <= _NEAR_WORDS)) / whole,
        log_of(told.astype(np.int64)),
        total(weight * in_title) / whole,
        np.minimum(on_page[0], 8),
        np.minimum(near[0], 8),
        np.minimum(on_page[1], 4),
        np.minimum(near[1], 2),
        np.minimum(near[2], 3),
        total(weight * (np.minimum(before, after) <= _WIDE_WORDS)) / whole,
    ]
    return Cohesion(as_columns(columns, size), match)


def _gaps(block: Ints, word: Ints, size: int) -> tuple[Ints, Ints]:
    """For every pair the distance in blocks to the word's next place above and below; `size` where there is none."""
    step = np.empty(len(block) + 1, dtype=np.int64)
    step[0] = step[-1] = size
    step[1:-1] = np.where(word[1:] == word[:-1], block[1:] - block[:-1], size)
    return step[:-1], step[1:]


def _likenesses(texts: Sequence[str]) -> Ints:
    """Numbers that alike blocks share: rows for one shape, for the same words, and for the same beginning.

    A shape is the block with its runs of letters, digits and spaces shortened to one sign each, case kept.
    """
    heads = [text[:_SHAPE_SYMBOLS] for text in texts]
    shapes = _shapes_of([head if len(text) < _LONGEST_SHAPE else "" for head, text in zip(heads, texts, strict=True)])
    for place, text in enumerate(texts):
        if len(text) >= _LONGEST_SHAPE:
            shapes[place] = f"{place}"
    rows = (shapes, map(str.lower, texts), [head[:_PREFIX_SYMBOLS] for head in heads])
    numbers = numbers_of(chain.from_iterable(rows), len(rows) * len(texts))[1].reshape(len(rows), -1)
    # what is a shape may be a text as well
    return numbers * len(rows) + np.arange(len(rows))[:, None]


_DIGITS_ALIKE = str.maketrans({str(digit): "9" for digit in range(10)})


class _Symbols(dict[str, str]):
    """Word that is not of letters alone → the signs that stand for it in a shape, worked out when first met."""

    def __missing__(self, word: str) -> str:
        first = word[0]
        if first.isalpha():
            last = word[-1]
            symbol = "A" if first.isupper() else "a"
            symbol += last if not last.isalnum() else "9" if any(map(str.isdigit, word)) else "-"
        elif first.isdigit():
            symbol = "9" if word.isdigit() else "9" + word.translate(_DIGITS_ALIKE).strip("9")[:4]
        else:
            symbol = first
        self[word] = symbol
        return symbol


def _shapes_of(texts: list[str]) -> list[str]:
    """The signs of each text's words; letters in a row of words make one sign."""
    words: list[str] = []
    for text in texts:
        words += text.split()
        words.append(_END)
    rarer = _Symbols({_END: _END})
    signs = "".join([(_CAPITAL if word[0].isupper() else _SMALL) if word.isalpha() else rarer[word] for word in words])
    for sign, letter in ((_CAPITAL, "A"), (_SMALL, "a")):
        while sign + sign in signs:
            signs = signs.replace(sign + sign, sign)
        signs = signs.replace(sign, letter)
    return signs.split(_END)[:-1]


def _alike(keys: Ints) -> tuple[Ints, Ints]:
    """How many other blocks have the same key, on the page and near by.

    keys: of `_likenesses`.
    """
    size = keys.shape[1]
    on_page = np.bincount(keys.reshape(-1)).take(keys) - 1
    near = np.zeros_like(keys)
    # most blocks are alone with their keys
    likeness, place = on_page.nonzero()
    if place.size:
        reach = _NEAR.take(likeness)
        own = keys[likeness, place] * (size + 2 * _FURTHEST + 1) + place + _FURTHEST
        line = np.sort(own)
        near[likeness, place] = (
            line.searchsorted(own + reach, side="right") - line.searchsorted(own - reach, side="left") - 1
        )
    return on_page, near
