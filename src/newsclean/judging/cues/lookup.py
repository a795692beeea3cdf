"""The words of `cues.toml` by which a block tells what it is, arranged by what finds them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from newsclean.judging.blocks.hashing import KnownWords
from newsclean.model import Reason
from newsclean.patterns import pattern
from newsclean.shipped import shipped_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

NAME_STEM = 3
"""Characters by which cues with any ending are found among parts of names."""

AT_ENDS = "0123456789 :%"
"""Signs around a label that do not change it."""

_BREAKS = '|.,()-–—!?"“”„«»…;/[]{}<>‹›\\•·_*#+=~→►▶▼|:。、，！？；：【】「」『』《》〈〉（）・।؟،؛\u0307'
_SPACED = {":": " : ", "：": " : ", "\u0307": "", "©": " © ", "@": " @ ", "’": "'"}
TYPOGRAPHIC = {sign: _SPACED.get(sign, " ") for sign in "“”–—…’"}
"""Signs that stand in texts of letters from A to Z alone, and for what: without them such a text is quicker to read."""
_TO_SPACE_EACH = "".join([sign for sign in _BREAKS if sign not in _SPACED])
_TO_SPACE = str.maketrans(dict.fromkeys(_TO_SPACE_EACH, " "))
SIGNS = "©@"
"""Signs that are no part of a word and yet are cues, or open one."""

DENSE = pattern(r"[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]")
"""A letter of a script written without spaces, or whose words take endings as Korean ones do."""
LEAST_DENSE = 0x0E00
"""The first of them."""


class Strength(IntEnum):
    """How much of a block a cue is."""

    PART = 1
    OPENING = 2
    WHOLE = 3


@dataclass(frozen=True, slots=True)
class Said:
    """The reason that a block's words name. strength: how much of the block they are.

    asks: whether they ask something of the reader, or give notice, wherever in the block they stand.
    """

    reason: Reason
    strength: Strength
    asks: bool = False


class Cue(NamedTuple):
    """Words that name a reason. text: as it stands in a block with a space before it, and behind it if it is closed.

    asks: whether they ask something of the reader, or give notice, as no story does.
    """

    text: str
    reason: Reason
    rank: int
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Cues:
    """The table of cues, by what finds them.

    lines: of whole blocks. opens: by first word. words: by their longest word; words are those of
    `judging.blocks.words`, or one of SIGNS. stems: by the first letters of a word with any ending. dense, dense_opens:
    in scripts without spaces. keys: all words by which cues are found. in_line: of each, by its number, whether it is
    the longest word of a whole block. stem_heads: what stems are found by.
    names, hints: of elements, by name part; those with any ending stand under their first letters in name_stems, with
    True for names and False for hints.
    """

    lines: Mapping[str, Said]
    opens: Mapping[str, tuple[Cue, ...]]
    words: Mapping[str, tuple[Cue, ...]]
    stems: Mapping[str, tuple[tuple[str, Cue], ...]]
    keys: KnownWords
    in_line: npt.NDArray[np.bool_]
    stem_heads: KnownWords
    dense: tuple[Cue, ...]
    dense_opens: tuple[Cue, ...]
    names: Mapping[str, Reason]
    hints: Mapping[str, Reason]
    name_stems: Mapping[str, tuple[tuple[str, Reason, bool], ...]]


def plain(text: str) -> str:
    """The text in small letters with punctuation for spaces; signs that mean something stand alone."""
    text = text.lower()
    for sign, spaced in _SPACED.items():
        text = text.replace(sign, spaced)
    if text.isascii():
        return text.translate(_TO_SPACE)
    for sign in _TO_SPACE_EACH:
        text = text.replace(sign, " ")
    return text


@cache
def load_cues() -> Cues:
    """The cues of `cues.toml`, as `training/make_cues.py` has arranged them; to do it here takes five times as long."""
    return unpacked(json.loads(shipped_text("judging/cues/cues.json")))


def unpacked(packed: Mapping[str, Any]) -> Cues:
    """Make the table of cues out of what `cue_lists.packed_cues` has packed."""
    reasons = [Reason(name) for name in packed["reasons"]]

    def by_phrase(phrases: Sequence[Sequence[str]]) -> dict[str, Reason]:
        return {phrase: reason for reason, own in zip(reasons, phrases, strict=True) for phrase in own}

    def cues_of(rows: Sequence[Sequence[Any]]) -> tuple[Cue, ...]:
        return tuple([Cue(text, reasons[rank], rank, bool(asks)) for text, rank, *asks in rows])

    lines: dict[str, Said] = {}
    for reason, phrases in zip(reasons, packed["lines"], strict=True):
        lines.update(dict.fromkeys(phrases, Said(reason, Strength.WHOLE)))
    opens = {word: cues_of(rows) for word, rows in packed["opens"].items()}
    words = {word: cues_of(rows) for word, rows in packed["words"].items()}
    line_words = dict.fromkeys(packed["line_words"], True)
    keys = [word for word in {**opens, **words, **line_words} if word not in SIGNS]
    return Cues(
        lines,
        opens,
        words,
        {head: tuple((cue.text[1:], cue) for cue in cues_of(rows)) for head, rows in packed["stems"].items()},
        KnownWords.of(keys),
        np.array([False, *(word in line_words for word in keys)]),
        KnownWords.of(list(packed["stems"])),
        cues_of(packed["dense"]),
        cues_of(packed["dense_opens"]),
        by_phrase(packed["names"]),
        by_phrase(packed["hints"]),
        {
            head: tuple((stem, reasons[rank], is_name) for stem, rank, is_name in rows)
            for head, rows in packed["name_stems"].items()
        },
    )
