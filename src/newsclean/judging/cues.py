"""The words of `cues.toml` by which a block tells what it is, arranged by what finds them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

import regex

from newsclean.judging.words import WORD
from newsclean.model import Reason
from newsclean.shipped import shipped_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STEM = 4
"""Characters by which cues with any ending are found."""

NAME_STEM = 3
"""The same for parts of names."""

_ANY_ENDING = "\ue000"
AT_ENDS = "0123456789 :%"
"""Signs around a label that do not change it."""

_BREAKS = '|.,()-–—!?"“”„«»…;/[]{}<>‹›\\•·_*#+=~→►▶▼|:。、，！？；：【】「」『』《》〈〉（）・।؟،؛\u0307'
_SPACED = {":": " : ", "：": " : ", "\u0307": "", "©": " © ", "@": " @ ", "’": "'"}
SIGNS = "©@"
"""Signs that are no part of a word and yet are cues, or open one."""

DENSE = regex.compile(r"[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]")
"""A letter of a script written without spaces, or whose words take endings as Korean ones do."""


class Strength(IntEnum):
    """How much of a block a cue is."""

    PART = 1
    OPENING = 2
    WHOLE = 3


@dataclass(frozen=True, slots=True)
class Said:
    """The reason that a block's words name. strength: how much of the block they are."""

    reason: Reason
    strength: Strength


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that name a reason. text: as it stands in a block with a space before it, and behind it if it is closed."""

    text: str
    reason: Reason
    rank: int


@dataclass(frozen=True, slots=True)
class Cues:
    """The table of cues, by what finds them.

    lines: of whole blocks. opens: by first word. words: by their longest word; words are those of `judging.words`, or
    one of SIGNS. stems: by the first letters of a word with any ending. dense, dense_opens: in scripts without spaces.
    names, hints: of elements, by name part; those with any ending stand under their first letters in name_stems, with
    True for names and False for hints.
    """

    lines: Mapping[str, Said]
    opens: Mapping[str, tuple[Cue, ...]]
    words: Mapping[str, tuple[Cue, ...]]
    stems: Mapping[str, tuple[tuple[str, Cue], ...]]
    dense: tuple[Cue, ...]
    dense_opens: tuple[Cue, ...]
    names: Mapping[str, Reason]
    hints: Mapping[str, Reason]
    name_stems: Mapping[str, tuple[tuple[str, Reason, bool], ...]]


def plain(text: str) -> str:
    """The text in small letters with punctuation for spaces; signs that mean something stand alone."""
    text = text.lower()
    for sign in _BREAKS:
        text = text.replace(sign, _SPACED.get(sign, " "))
    if not text.isascii() or "@" in text:
        for sign in "©@’":
            text = text.replace(sign, _SPACED[sign])
    return text


@cache
def load_cues() -> Cues:
    """Read `cues.toml`; earlier reasons win where two share a cue."""
    tables = tomllib.loads(shipped_text("judging/cues.toml"))
    lines: dict[str, Said] = {}
    opens: dict[str, list[Cue]] = {}
    words: dict[str, list[Cue]] = {}
    stems: dict[str, list[tuple[str, Cue]]] = {}
    dense: list[Cue] = []
    dense_opens: list[Cue] = []
    names: tuple[dict[str, Reason], dict[str, Reason]] = ({}, {})
    name_stems: dict[str, list[tuple[str, Reason, bool]]] = {}
    for rank, (name, table) in enumerate(tables.items()):
        reason = Reason(name)
        for phrase, _ in _listed(table["lines"]):
            lines.setdefault(phrase.strip(AT_ENDS) or phrase, Said(reason, Strength.WHOLE))
        for phrase, _ in _listed(table["opens"]):
            cue = Cue(f" {phrase} ", reason, rank)
            if DENSE.search(phrase):
                dense_opens.append(cue)
            else:
                opens.setdefault(_keys_of(phrase)[0], []).append(cue)
        for phrase, is_stem in _listed(table["says"]):
            if DENSE.search(phrase):
                dense.append(Cue(phrase, reason, rank))
                continue
            cue = Cue(f" {phrase}" if is_stem else f" {phrase} ", reason, rank)
            whole = _keys_of(phrase)[: -1 if is_stem else None]
            if whole:
                words.setdefault(max(whole, key=len), []).append(cue)
            else:
                stems.setdefault(phrase[:STEM], []).append((phrase, cue))
        for is_name, key in ((True, "names"), (False, "hints")):
            for part, is_stem in _listed(table[key]):
                if is_stem:
                    name_stems.setdefault(part[:NAME_STEM], []).append((part, reason, is_name))
                else:
                    names[not is_name].setdefault(part, reason)
    return Cues(
        lines,
        {key: tuple(cues) for key, cues in opens.items()},
        {key: tuple(cues) for key, cues in words.items()},
        {key: tuple(cues) for key, cues in stems.items()},
        tuple(dense),
        tuple(dense_opens),
        names[0],
        names[1],
        {key: tuple(found) for key, found in name_stems.items()},
    )


def _listed(cues: str) -> Iterator[tuple[str, bool]]:
    """The cues of a list as they look in a text made plain, and whether any ending may follow."""
    for cue in plain(cues.replace("|", "\n").replace("*", _ANY_ENDING)).split("\n"):
        phrase = " ".join(cue.split())
        if phrase:
            yield phrase.removesuffix(_ANY_ENDING), phrase.endswith(_ANY_ENDING)


def _keys_of(phrase: str) -> list[str]:
    """The words of a phrase as `judging.words` has them; of one that has none, its signs."""
    return WORD.findall(phrase) or phrase.split()
