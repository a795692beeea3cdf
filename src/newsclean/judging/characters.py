"""What a block's characters say, for all blocks of a page in one vectorised pass.

Every number is a count or a quotient of counts, and logarithms are read from a table of whole numbers: the same on
every machine, whatever its mathematics library does with the last bit.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

UPPER, LOWER, DIGIT, SPACE, COMMA, TERMINAL, SEPARATOR, QUOTE = (1 << bit for bit in range(8))
DENSE, CURRENCY, LETTER, ADDRESS = (1 << bit for bit in range(8, 12))

COMMAS = ",，、،;；"
TERMINALS = ".!?…。！？؟।॥።။．"
SEPARATORS = "|•»›→·«‹▶►│/\\>"
QUOTES = '"“”„‟「」『』'
_CLOSERS = frozenset("\"'”’»)]）」』*_")

_DATE = regex.compile(
    r"\b(?:19|20)\d\d\b|(?<!\d)\d{1,2}[:./-]\d{1,2}(?!\d)|\d{1,4}年|\d{1,2}月|\d{1,2}日|(?<!\d)\d{1,2}[hH](?:\d\d)?\b"
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
    ends_sentence: npt.NDArray[np.bool_]


@cache
def _classes() -> npt.NDArray[np.uint16]:
    """Class bits of every character of the Basic Multilingual Plane, and of one stand-in for all beyond.

    Read from a file, made by `training/make_characters.py`, so that no version of Unicode's tables but one decides.
    """
    packed = resources.files("newsclean.judging").joinpath("weights/characters.bin").read_bytes()
    return np.frombuffer(zlib.decompress(packed), dtype="<u2")


_LOG_STEPS = 8


@cache
def _log_table() -> Ints:
    """Whole numbers at which `log_of` takes its next step, eight to a doubling."""
    return np.array(sorted({round(2 ** (step / _LOG_STEPS)) for step in range(1, 26 * _LOG_STEPS)}), dtype=np.int64)


@cache
def _log_values() -> Floats:
    table = _log_table()
    return np.array(
        [0.0, *(round(float(np.log2(value)) * 64) / 64 for value in table.tolist())], dtype=np.float32
    ) * np.float32(0.6875)


def log_of(counts: Ints) -> Floats:
    """About the natural logarithm of 1 + n, from a table, so that it is the same on every machine."""
    steps: Floats = _log_values()[np.searchsorted(_log_table(), counts + 1, side="right")]
    return steps


def read_characters(texts: Sequence[str]) -> Characters:
    """Describe the blocks of a page by their characters.

    texts: one string per block, none empty.
    """
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)
    kinds = _classes()[np.minimum(codes, 65536)]
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.zeros(len(texts), dtype=np.int64)
    np.cumsum(lengths[:-1] + 1, out=starts[1:])

    def count(mask: npt.NDArray[np.bool_]) -> Ints:
        total: Ints = np.add.reduceat(mask.astype(np.int32), starts).astype(np.int64)
        return total

    def has(bit: int) -> Ints:
        return count((kinds & bit) > 0)

    space = (kinds & SPACE) > 0
    word_start = np.empty_like(space)
    word_start[0] = True
    word_start[1:] = space[:-1]
    word_start &= ~space
    spaced_words = count(word_start)
    dense = has(DENSE)
    # a run of a script without spaces is one "word" by its spaces, and many by its characters
    mass = np.maximum(5 * spaced_words, 3 * dense + 5 * np.maximum(spaced_words - dense, 0))
    mass = np.maximum(mass, 1)
    words = np.maximum(spaced_words, 1)

    boundaries = np.flatnonzero(word_start)
    spaces = np.flatnonzero(space)
    ends = spaces[np.searchsorted(spaces, boundaries)]
    short = np.zeros_like(space)
    short[boundaries] = (ends - boundaries <= 3) & ((kinds[boundaries] & LOWER) > 0)

    n = lengths.astype(np.float32)
    w = words.astype(np.float32)
    m = mass.astype(np.float32) / np.float32(5)
    first = kinds[starts]
    opening = (first & (LETTER | DIGIT)) == 0
    first = np.where(opening & (lengths > 1), kinds[np.minimum(starts + 1, len(kinds) - 1)], first)
    last, ellipsis = _endings(texts)
    ends_sentence = np.fromiter((c in TERMINALS for c in last), np.bool_, len(texts))
    dates = _dates_by_block(joined, starts)

    columns = [
        log_of(mass // 5),
        log_of(lengths),
        n / m,
        has(UPPER) / n,
        has(DIGIT) / n,
        has(COMMA) / m,
        has(TERMINAL) / m,
        count(word_start & ((kinds & UPPER) > 0)) / w,
        count(word_start & ((kinds & LOWER) > 0)) / w,
        count(short) / w,
        has(SEPARATOR) > 0,
        has(QUOTE) > 0,
        has(CURRENCY) > 0,
        has(ADDRESS) > 0,
        dense / n,
        (first & UPPER) > 0,
        (first & LOWER) > 0,
        (first & DIGIT) > 0,
        ends_sentence,
        np.fromiter((c in ":：" for c in last), np.bool_, len(texts)),
        np.fromiter((c in COMMAS for c in last), np.bool_, len(texts)),
        ellipsis,
        np.fromiter(("?" in t or "？" in t or "؟" in t for t in texts), np.bool_, len(texts)),
        np.fromiter(("!" in t or "！" in t for t in texts), np.bool_, len(texts)),
        np.minimum(dates, 3),
        mass <= 5,
        mass <= 15,
        has(LETTER) / n,
    ]
    features = np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)
    return Characters(features, mass, lengths, ends_sentence)


def _endings(texts: Sequence[str]) -> tuple[list[str], npt.NDArray[np.bool_]]:
    """The last character of each text that is no closing quote or bracket, and whether it trails off."""
    last: list[str] = []
    trails = np.zeros(len(texts), dtype=np.bool_)
    for place, text in enumerate(texts):
        end = text[-1]
        if end in _CLOSERS:
            bare = text[-8:].rstrip("\"'”’»)]）」』*_")
            end = bare[-1] if bare else end
        last.append(end)
        trails[place] = end == "…" or text.endswith(("...", "[…]", "[...]"))
    return last, trails


def _dates_by_block(joined: str, starts: Ints) -> Ints:
    places = [match.start() for match in _DATE.finditer(joined)]
    if not places:
        return np.zeros(len(starts), dtype=np.int64)
    owners = np.searchsorted(starts, np.array(places), side="right") - 1
    return np.bincount(owners, minlength=len(starts))
