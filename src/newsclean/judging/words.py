"""The words of a page's blocks, numbered once, for the features that compare blocks by what they say."""

from __future__ import annotations

import zlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain, count, repeat
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import regex

from newsclean.shipped import shipped_bytes

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    Bools = npt.NDArray[np.bool_]
    Codes = npt.NDArray[np.uint32]
    Ints = npt.NDArray[np.int64]

_Key = TypeVar("_Key", bound="Hashable")

_DENSE = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF))
"""Scripts written without spaces: two characters are about a word, and every two in a row are taken for one."""
LETTER = regex.compile(r"[^\W_]")
WORD = regex.compile(rf"{LETTER.pattern}++")

LONGEST_READ = 4_000
"""Characters of a block whose words are read; what a longer block is about is plain by then."""
_ROOM = 200_000
"""Characters read at a time, so that a long page does not take many times its size."""

_SPACE = 0x20
_BLOCK_END = "\0"
_BMP = 0x10000


@dataclass(frozen=True, slots=True)
class Bag:
    """Several numbers per block: `number[k]` belongs to block `block[k]`; sorted by block."""

    number: Ints
    block: Ints


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of every block, in reading order.

    numbers: the distinct words of the page, in small letters, each with its number, from 1. word: number of each word
    of the page. block: index of the block it stands in. rank: its place in the block, from 0. highest: the greatest
    code point of them all.
    """

    numbers: Mapping[str, int]
    word: Ints
    block: Ints
    rank: Ints
    blocks: int
    highest: int

    def numbers_in(self, vocabulary: Mapping[str, int]) -> Ints:
        """By number of a word its number in a vocabulary; 0 for words that it lacks."""
        known = map(vocabulary.get, self.numbers, repeat(0))
        return np.fromiter(chain((0,), known), np.int64, len(self.numbers) + 1)

    def pairs(self) -> tuple[Ints, Ints]:
        """Every (block, word) pair once, sorted by word, then block."""
        size = max(self.blocks, 1)
        keys = distinct(self.word * size + self.block)
        word = keys // size
        return keys - word * size, word


def read_words(texts: Sequence[str]) -> Words:
    """Number the words of a page's blocks."""
    numbers = defaultdict(count(1).__next__, {_BLOCK_END: 0})
    pieces: list[Ints] = []
    highest = 0
    for batch in batches([text[:LONGEST_READ].lower() for text in texts]):
        codes, highest_of_batch = _spaced(batch)
        highest = max(highest, highest_of_batch)
        tokens = codes.tobytes().decode("utf-32-le").split()
        pieces.append(np.fromiter(map(numbers.__getitem__, tokens), np.int64, len(tokens)))
    numbers.default_factory = None
    marked = pieces[0] if len(pieces) == 1 else np.concatenate([np.zeros(0, dtype=np.int64), *pieces])
    ends = (marked == 0).nonzero()[0]
    sizes = ends.copy()
    sizes[1:] -= ends[:-1] + 1
    word = marked[marked != 0]
    del numbers[_BLOCK_END]
    block = np.arange(len(texts), dtype=np.int64).repeat(sizes)
    rank = np.arange(len(word), dtype=np.int64) - (sizes.cumsum() - sizes).repeat(sizes)
    return Words(numbers, word, block, rank, len(texts), highest)


def words_of(text: str) -> frozenset[str]:
    """The distinct words of one text."""
    if text.isascii():
        return frozenset(WORD.findall(text[:LONGEST_READ].lower()))
    return frozenset(read_words([text]).numbers)


def batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts, some at a time, so that a long page does not take many times its size."""
    if sum(map(len, texts)) <= _ROOM:
        yield texts
        return
    start = size = 0
    for stop, text in enumerate(texts, 1):
        size += len(text)
        if size > _ROOM or stop == len(texts):
            yield texts[start:stop]
            start, size = stop, 0


def _spaced(texts: Sequence[str]) -> tuple[Codes, int]:
    """The code points of the words of some texts between spaces, and the greatest of them.

    _BLOCK_END stands as a word of its own after each text.
    """
    joint = f" {_BLOCK_END} "
    joined = joint.join([*texts, ""])
    if joined.count(_BLOCK_END) != len(texts):
        joined = joint.join([*(text.replace(_BLOCK_END, " ") for text in texts), ""])
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)
    letters, dense = _letters()
    spaced = letters.take(codes, mode="clip")
    if int(codes.max(initial=0)) >= _BMP:
        beyond = np.flatnonzero(codes >= _BMP)
        known = {code: LETTER.match(chr(code)) is not None for code in set(codes[beyond].tolist())}
        spaced[beyond] = [code if known[code] else _SPACE for code in codes[beyond].tolist()]
    highest = int(spaced.max(initial=0))
    if highest >= _DENSE[0][0]:
        cut = dense.take(codes, mode="clip")
        if cut.any():
            spaced = _cut_in_pairs(spaced, cut)
    return spaced, highest


def _cut_in_pairs(codes: Codes, dense: Bools) -> Codes:
    """The codes with a space put before and after every two dense characters in a row."""
    place = np.arange(len(codes))
    turns = np.ones(len(codes), dtype=np.bool_)
    turns[1:] = dense[1:] != dense[:-1]
    run_start = np.maximum.accumulate(np.where(turns, place, 0))
    before = turns | (dense & ((place - run_start) % 2 == 0))
    spaced = np.full(len(codes) + int(before.sum()), _SPACE, dtype=np.uint32)
    spaced[place + before.cumsum()] = codes
    return spaced


@cache
def _letters() -> tuple[Codes, Bools]:
    """Each character of the Basic Multilingual Plane, a space if it is no part of a word; and whether it is dense.

    One more stands at the end for all beyond: a space, and not dense. Read from a file, made by
    `training/make_characters.py`.
    """
    packed = shipped_bytes("judging/weights/letters.bin")
    places = np.flatnonzero(np.unpackbits(np.frombuffer(zlib.decompress(packed), dtype=np.uint8)))
    table = np.full(_BMP + 1, _SPACE, dtype=np.uint32)
    table[places] = places
    table[ord(_BLOCK_END)] = ord(_BLOCK_END)
    dense = np.zeros(_BMP + 1, dtype=np.bool_)
    for first, last in _DENSE:
        dense[first : last + 1] = True
        table[first : last + 1] = np.arange(first, last + 1)
    return table, dense


def numbers_of(keys: Iterable[_Key], size: int) -> tuple[Mapping[_Key, int], Ints]:
    """The distinct keys, each with its number from 0 in the order in which they come, and the number of every key.

    size: how many keys there are.
    """
    numbers = defaultdict[_Key, int](count().__next__)
    numbered_keys = np.fromiter(map(numbers.__getitem__, keys), np.int64, size)
    # from now on a key that is not there is an error again
    numbers.default_factory = None
    return numbers, numbered_keys


def distinct(keys: Ints) -> Ints:
    """The keys sorted, each once; `np.unique` does the same, but its first call loads all of `numpy.ma`."""
    ordered = keys.copy()
    ordered.sort()
    fresh = np.empty(len(ordered), dtype=np.bool_)
    fresh[:1] = True
    fresh[1:] = ordered[1:] != ordered[:-1]
    return ordered[fresh]
