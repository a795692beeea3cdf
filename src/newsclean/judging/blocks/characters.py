"""What a block's characters say, for all blocks of a page in one vectorised pass.

Every number is a count or a quotient of counts, the same on every machine, whatever its mathematics library does with
the last bit.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache, reduce
from typing import TYPE_CHECKING

import numpy as np

from newsclean.judging.blocks.columns import as_columns, log_of
from newsclean.judging.blocks.words import batches
from newsclean.marks import CLOSERS
from newsclean.patterns import plain_pattern
from newsclean.shipped import shipped_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Bools = npt.NDArray[np.bool_]
    Codes = npt.NDArray[np.uint32]
    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

UPPER, LOWER, DIGIT, SPACE, COMMA, TERMINAL, SEPARATOR, QUOTE = (1 << bit for bit in range(8))
DENSE, CURRENCY, LETTER, ADDRESS, QUESTION, EXCLAMATION = (1 << bit for bit in range(8, 14))

COMMAS = ",，、،;；"
TERMINALS = ".!?…。！？؟।॥።။．"
SEPARATORS = "|•»›→·«‹▶►│/\\>"
QUOTES = '"“”„‟「」『』'
QUESTIONS = "?？؟"
EXCLAMATIONS = "!！"
_SENTENCE, _COLON, _COMMA, _CLOSER, _TRAIL = (1 << bit for bit in range(5))
_COUNTED = (
    UPPER,
    DIGIT,
    COMMA,
    TERMINAL,
    SEPARATOR,
    QUOTE,
    CURRENCY,
    ADDRESS,
    LETTER,
    DENSE,
    QUESTION,
    EXCLAMATION,
)
_SHORT_WORD = 3
_BMP = 0xFFFF
_BESIDE = 3
"""Characters around a digit that are read for a date: two that may belong to it or to its edge, and a gap."""

_DATE = plain_pattern(
    r"(?=\d)(?:\b(?:19|20)\d\d\b|(?<!\d)\d{1,2}[:./-]\d{1,2}(?!\d)|\d{1,4}年|\d{1,2}月|\d{1,2}日"
    r"|(?<!\d)\d{1,2}[hH](?:\d\d)?\b)"
)

TEXT_FEATURES = (
    "words chars word_length upper digits commas terminals title_words lower_words short_words separator quote currency"
    " address dense first_upper first_lower first_digit ends_terminal ends_colon ends_comma ends_ellipsis question"
    " exclamation dates one_word few_words letters"
).split()


@dataclass(frozen=True, slots=True)
class Characters:
    """What the characters say: a row of TEXT_FEATURES per block, and the block's mass in words.

    mass: whole words, where a character of a script without spaces counts as 0.6 of one; in fifths, an integer.
    lengths: characters. ends_sentence: whether the last sign, closing quotes aside, ends a sentence.
    """

    features: Floats
    mass: Ints
    lengths: Ints
    ends_sentence: Bools

    def of(self, places: Ints) -> Characters:
        """The same of some of the blocks. places: their indices."""
        return Characters(
            self.features.take(places, axis=0),
            self.mass.take(places),
            self.lengths.take(places),
            self.ends_sentence.take(places),
        )


@cache
def _classes() -> tuple[npt.NDArray[np.uint8], Ints]:
    """The class of every character of the Basic Multilingual Plane and of one stand-in for all beyond; bits of classes.

    Read from a file, made by `training/make_characters.py`, so that no version of Unicode's tables but one decides.
    """
    packed = shipped_bytes("judging/weights/characters.bin")
    bits = np.frombuffer(zlib.decompress(packed), dtype="<u2")
    known = np.flatnonzero(np.bincount(bits))
    number = np.zeros(int(known[-1]) + 1, dtype=np.uint8)
    number[known] = np.arange(len(known))
    classes = number[bits]
    # half of a surrogate pair is written as a question mark wherever it is written at all
    classes[0xD800:0xE000] = classes[ord("?")]
    return classes, known


@cache
def _ends() -> npt.NDArray[np.uint8]:
    """What a character says at the end of a block, as bits; of the Basic Multilingual Plane and of all beyond."""
    table = np.zeros(_BMP + 2, dtype=np.uint8)
    for characters, bit in (
        (TERMINALS, _SENTENCE),
        (":：", _COLON),
        (COMMAS, _COMMA),
        (CLOSERS, _CLOSER),
        ("…", _TRAIL),
    ):
        table[[ord(character) for character in characters]] |= bit
    return table


def classes_of(codes: Codes) -> tuple[npt.NDArray[np.uint8], Ints]:
    """The kind of every character, and the class bits of every kind."""
    classes, bits = _classes()
    return classes.take(codes, mode="clip"), bits


def read_characters(texts: Sequence[str]) -> Characters:
    """Describe the blocks of a page by their characters.

    texts: one string per block, none empty.
    """
    parts = [_read_some(batch) for batch in batches(texts)]
    return parts[0] if len(parts) == 1 else joined_characters(parts)


def joined_characters(parts: Sequence[Characters]) -> Characters:
    """What the characters of several runs of blocks say, one below the other."""
    return Characters(
        np.concatenate([part.features for part in parts]),
        np.concatenate([part.mass for part in parts]),
        np.concatenate([part.lengths for part in parts]),
        np.concatenate([part.ends_sentence for part in parts]),
    )


def _read_some(texts: Sequence[str]) -> Characters:
    size = len(texts)
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds, bits = classes_of(codes)
    lengths = np.fromiter(map(len, texts), np.int64, size)
    spans = lengths + 1
    starts = spans.cumsum() - spans
    # block and class in one number: to count these is to count every class in every block
    room = size * len(bits)
    owners = np.arange(0, room, len(bits)).repeat(spans)
    by_kind = np.bincount(owners + kinds, minlength=room).reshape(size, -1)
    space = ((bits & SPACE) > 0).take(kinds)
    turns = (space[1:] != space[:-1]).nonzero()[0] + 1
    if not space[0]:
        turns = np.concatenate(([0], turns))
    # words and white space take turns, and white space has the last
    boundaries, ends = turns[::2], turns[1::2]
    initials = owners[boundaries] + kinds[boundaries]
    by_initial = np.bincount(initials, minlength=room).reshape(size, -1)
    by_short = np.bincount(initials[ends - boundaries <= _SHORT_WORD], minlength=room).reshape(size, -1)

    upper, digits, commas, terminals, separators, quotes, currencies, addresses, *rest = _counted(by_kind, _COUNTED)
    letters, dense, questions, exclamations = rest
    initial_upper, initial_lower = _counted(by_initial, (UPPER, LOWER))
    spaced_words = by_initial.sum(axis=1)
    # a run of a script without spaces is one "word" by its spaces, and many by its characters
    mass = np.maximum(5 * spaced_words, 3 * dense + 5 * np.maximum(spaced_words - dense, 0))
    mass = np.maximum(mass, 1)
    n = lengths.astype(np.float32)
    w = np.maximum(spaced_words, 1).astype(np.float32)
    m = mass.astype(np.float32) / np.float32(5)
    first = bits[kinds[starts]]
    opening = (first & (LETTER | DIGIT)) == 0
    first = np.where(opening & (lengths > 1), bits[kinds[starts + 1]], first)
    last, trails = _endings(texts, codes, starts + lengths - 1)
    ends_sentence = (last & _SENTENCE) > 0
    columns = [
        log_of(mass // 5),
        log_of(lengths),
        n / m,
        upper / n,
        digits / n,
        commas / m,
        terminals / m,
        initial_upper / w,
        initial_lower / w,
        _counted(by_short, (LOWER,))[0] / w,
        separators > 0,
        quotes > 0,
        currencies > 0,
        addresses > 0,
        dense / n,
        (first & UPPER) > 0,
        (first & LOWER) > 0,
        (first & DIGIT) > 0,
        ends_sentence,
        (last & _COLON) > 0,
        (last & _COMMA) > 0,
        trails,
        questions > 0,
        exclamations > 0,
        np.minimum(_dates_by_block(codes, (bits & DIGIT > 0).take(kinds), starts), 3),
        mass <= 5,
        mass <= 15,
        letters / n,
    ]
    return Characters(as_columns(columns, size), mass, lengths, ends_sentence)


@cache
def _members(bit: int) -> tuple[int, ...]:
    """The kinds of characters that are in a class."""
    return tuple(np.flatnonzero(_classes()[1] & bit).tolist())


def _counted(by_kind: Ints, classes: tuple[int, ...]) -> list[Ints]:
    """Counts by block of the characters in some classes, from counts of the kinds of characters."""
    return [reduce(np.add, [by_kind[:, kind] for kind in _members(bit)]) for bit in classes]


def _endings(texts: Sequence[str], codes: Codes, ends: Ints) -> tuple[npt.NDArray[np.uint8], Bools]:
    """What the last character of each text is that is no closing quote or bracket, and whether the text trails off."""
    table = _ends()
    # what stands before the first text is, going round, the line break after the last one
    last, before, second, third, fourth = (codes.take(ends - back, mode="wrap") for back in range(5))
    dot, open_, close, ellipsis = map(ord, ".[]…")
    dots = (before == dot) & (second == dot)
    bracketed = ((before == ellipsis) & (second == open_)) | (dots & (third == dot) & (fourth == open_))
    trails = ((last == dot) & dots) | ((last == close) & bracketed)
    kinds = table.take(last, mode="clip")
    for place in (kinds & _CLOSER).nonzero()[0].tolist():
        bare = texts[place][-8:].rstrip(CLOSERS)
        if bare:
            kinds[place] = table[min(ord(bare[-1]), _BMP + 1)]
    return kinds, trails | ((kinds & _TRAIL) > 0)


def _dates_by_block(codes: Codes, digit: Bools, starts: Ints) -> Ints:
    """How many dates and times of day each block holds; only what stands at a digit is read."""
    # digits beyond the plane have no class of their own
    size = len(codes)
    near = np.zeros(size + 2 * _BESIDE, dtype=np.bool_)
    np.logical_or(digit, codes > _BMP, out=near[_BESIDE:-_BESIDE])
    none = np.zeros(len(starts), dtype=np.int64)
    if not near.any():
        return none
    # a date is made of digits, one sign next to them, and what must not stand beside it
    shown = near[1 : size + 1].copy()
    for shift in range(2, 2 * _BESIDE):
        shown |= near[shift : size + shift]
    places = (shown | near[:size] | near[2 * _BESIDE :]).nonzero()[0]
    seen = np.where(shown[places], codes[places], np.uint32(ord(" ")))
    found = [match.start() for match in _DATE.finditer(seen.tobytes().decode("utf-32-le", "surrogatepass"))]
    if not found:
        return none
    owners = starts.searchsorted(places[found], side="right") - 1
    return np.bincount(owners, minlength=len(starts))
