"""The words of a page's blocks, numbered once, for the features that compare blocks by what they say.

A word is known by its hash: a page has thousands of words, and to make a string of each takes longer than all that is
asked of them.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import regex

from newsclean.judging.blocks.hashing import HASHED_AT_ONCE, RollingHash, hashes_of
from newsclean.judging.blocks.numbering import distinct, first_of
from newsclean.shipped import shipped_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from newsclean.judging.blocks.hashing import Hashes, KnownWords

    Bools = npt.NDArray[np.bool_]
    Codes = npt.NDArray[np.uint32]
    Ints = npt.NDArray[np.int64]

_DENSE = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xF900, 0xFAFF))
"""Scripts written without spaces: two characters are about a word, and every two in a row are taken for one."""
LETTER = regex.compile(r"[^\W_]")
WORD = regex.compile(rf"{LETTER.pattern}++")

LONGEST_READ = 4_000
"""Characters of a block whose words are read; what a longer block is about is plain by then."""
_ROOM = 200_000
"""Characters read at a time, so that a long page does not take many times its size."""

STEM = 4
"""Letters by which words with any ending are found."""

_BLOCK_END = "\x01"
_BMP = 0x10000


@dataclass(frozen=True, slots=True)
class Bag:
    """Several numbers per block: `number[k]` belongs to block `block[k]`; sorted by block."""

    number: Ints
    block: Ints


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of every block, in reading order.

    hashes: of the distinct words of the page, in small letters, sorted; the place of a word in it is its number.
    word: number of each word of the page. block: index of the block it stands in. rank: its place in the block, from 0.
    blocks: how many there are. highest: a code point that none of theirs exceeds. counted: of each word whether a digit
    begins or ends it. stemmed: number → distinct word, of those that begin with one of the stems looked for.
    letters: of each block the sum of the code points in its words.
    """

    hashes: Hashes
    word: Ints
    block: Ints
    rank: Ints
    blocks: int
    highest: int
    counted: Bools
    stemmed: Mapping[int, str]
    letters: Ints

    def of(self, places: Ints) -> Words:
        """The words of some of the blocks, as if no others were there. places: their indices, in any order."""
        sizes = np.bincount(self.block, minlength=self.blocks)
        starts = sizes.cumsum() - sizes
        block, rank = _numbered(sizes.take(places))
        chosen = starts.take(places).take(block) + rank
        word = self.word.take(chosen)
        used = distinct(word)
        stemmed = {place: self.stemmed[own] for place, own in enumerate(used.tolist()) if own in self.stemmed}
        return Words(
            self.hashes.take(used),
            used.searchsorted(word),
            block,
            rank,
            len(places),
            self.highest,
            self.counted.take(chosen),
            stemmed,
            self.letters.take(places),
        )

    def pairs(self) -> tuple[Ints, Ints]:
        """Every (block, word) pair once, sorted by word, then block."""
        size = max(self.blocks, 1)
        keys = distinct(self.word * size + self.block)
        word = keys // size
        return keys - word * size, word


def read_words(texts: Sequence[str], stems: KnownWords | None = None) -> Words:
    """Number the words of a page's blocks.

    stems: the first STEM letters of words that are wanted as strings.
    """
    parts = [
        _read_some(batch, stems) for batch in batches([text[:LONGEST_READ].lower() for text in texts], HASHED_AT_ONCE)
    ]
    return parts[0] if len(parts) == 1 else joined_words(parts)


def joined_words(parts: Sequence[Words]) -> Words:
    """The words of several runs of blocks, one below the other."""
    hashes = distinct(np.concatenate([part.hashes for part in parts]))
    numbers = [hashes.searchsorted(part.hashes) for part in parts]
    block, rank = _numbered(np.concatenate([np.bincount(part.block, minlength=part.blocks) for part in parts]))
    return Words(
        hashes,
        np.concatenate([number.take(part.word) for number, part in zip(numbers, parts, strict=True)]),
        block,
        rank,
        sum(part.blocks for part in parts),
        max(part.highest for part in parts),
        np.concatenate([part.counted for part in parts]),
        {
            int(number[own]): word
            for number, part in zip(numbers, parts, strict=True)
            for own, word in part.stemmed.items()
        },
        np.concatenate([part.letters for part in parts]),
    )


def _numbered(sizes: Ints) -> tuple[Ints, Ints]:
    """The block of every word, and its place in it, where the blocks have so many words."""
    block = np.arange(len(sizes), dtype=np.int64).repeat(sizes)
    return block, np.arange(len(block), dtype=np.int64) - (sizes.cumsum() - sizes).repeat(sizes)


def forms_of(texts: Sequence[str]) -> dict[str, None]:
    """The distinct words of a page's blocks as strings, in the order in which they come."""
    forms: dict[str, None] = {}
    for batch in batches([text[:LONGEST_READ].lower() for text in texts]):
        joined = _coded(batch)[0].tobytes().decode("utf-32-le")
        forms.update(dict.fromkeys(joined.replace(_BLOCK_END, " ").replace("\0", " ").split(" ")))
    forms.pop("", None)
    return forms


def hashes_in(text: str) -> Hashes:
    """The hashes of the distinct words of one text, sorted."""
    if not text.isascii():
        return read_words([text]).hashes
    hashes = hashes_of(frozenset(WORD.findall(text[:LONGEST_READ].lower())))
    hashes.sort()
    return hashes


def batches(texts: Sequence[str], room: int = _ROOM) -> Iterator[Sequence[str]]:
    """The texts, some at a time, so that a long page does not take many times its size. room: characters at a time."""
    if sum(map(len, texts)) <= room:
        yield texts
        return
    start = size = 0
    for stop, text in enumerate(texts, 1):
        size += len(text)
        if size > room or stop == len(texts):
            yield texts[start:stop]
            start, size = stop, 0


def _read_some(texts: Sequence[str], stems: KnownWords | None) -> Words:
    codes, highest = _coded(texts)
    standing = codes != 0
    # the first character is none of a word, and neither is the last
    turns = (standing[1:] != standing[:-1]).nonzero()[0] + 1
    starts, ends = turns[::2], turns[1::2]
    initial = codes.take(starts)
    words = initial != ord(_BLOCK_END)
    block_ends = (~words).nonzero()[0]
    sizes = block_ends.copy()
    sizes[1:] -= block_ends[:-1] + 1
    letters = codes.cumsum(dtype=np.int64).take(starts.take(block_ends))
    letters[1:] -= letters[:-1].copy()
    starts, ends, initial = starts[words], ends[words], initial[words]
    rolling = RollingHash(codes)
    hashes = rolling.between(starts, ends)
    chosen, number = first_of(hashes)
    counted = ((initial - ord("0") < 10) | (codes.take(ends - 1) - ord("0") < 10)) & (ends - starts > 1)
    known = hashes.take(chosen)
    stemmed: dict[int, str] = {}
    if stems is not None:
        begins = starts.take(chosen)
        heads = rolling.between(begins, np.minimum(begins + STEM, ends.take(chosen)))
        begun = (stems.numbers_of(heads) > 0).nonzero()[0]
        places = chosen.take(begun)
        spans = zip(begun.tolist(), starts.take(places).tolist(), ends.take(places).tolist(), strict=True)
        stemmed = {own: codes[start:end].tobytes().decode("utf-32-le") for own, start, end in spans}
    block, rank = _numbered(sizes)
    return Words(known, number, block, rank, len(texts), highest, counted, stemmed, letters)


def _coded(texts: Sequence[str]) -> tuple[Codes, int]:
    """The code points of the words of some texts with zeros between them, and the greatest of them.

    _BLOCK_END stands as a word of its own after each text.
    """
    joint = f" {_BLOCK_END} "
    joined = joint.join([*texts, ""])
    if joined.count(_BLOCK_END) != len(texts):
        joined = joint.join([*(text.replace(_BLOCK_END, " ") for text in texts), ""])
    codes = np.frombuffer(f" {joined}".encode("utf-32-le", "replace"), dtype=np.uint32)
    letters, dense = _letters()
    words = letters.take(codes, mode="clip")
    if int(codes.max(initial=0)) >= _BMP:
        beyond = np.flatnonzero(codes >= _BMP)
        known = {code: LETTER.match(chr(code)) is not None for code in set(codes[beyond].tolist())}
        words[beyond] = [code if known[code] else 0 for code in codes[beyond].tolist()]
    highest = int(words.max(initial=0))
    if highest >= _DENSE[0][0]:
        cut = dense.take(codes, mode="clip")
        if cut.any():
            words = _cut_in_pairs(words, cut)
    return words, highest


def _cut_in_pairs(codes: Codes, dense: Bools) -> Codes:
    """The codes with a zero put before and after every two dense characters in a row."""
    place = np.arange(len(codes))
    turns = np.ones(len(codes), dtype=np.bool_)
    turns[1:] = dense[1:] != dense[:-1]
    run_start = np.maximum.accumulate(np.where(turns, place, 0))
    before = turns | (dense & ((place - run_start) % 2 == 0))
    spaced = np.zeros(len(codes) + int(before.sum()), dtype=np.uint32)
    spaced[place + before.cumsum()] = codes
    return spaced


@cache
def _letters() -> tuple[Codes, Bools]:
    """Each character of the Basic Multilingual Plane, zero if it is no part of a word; and whether it is dense.

    One more stands at the end for all beyond: zero, and not dense. Read from a file, made by
    `training/make_characters.py`.
    """
    packed = shipped_bytes("judging/weights/letters.bin")
    places = np.flatnonzero(np.unpackbits(np.frombuffer(zlib.decompress(packed), dtype=np.uint8)))
    table = np.zeros(_BMP + 1, dtype=np.uint32)
    table[places] = places
    table[ord(_BLOCK_END)] = ord(_BLOCK_END)
    dense = np.zeros(_BMP + 1, dtype=np.bool_)
    for first, last in _DENSE:
        dense[first : last + 1] = True
        table[first : last + 1] = np.arange(first, last + 1)
    return table, dense
