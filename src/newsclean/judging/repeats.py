"""Repeats on a page: what stands twice (for two layouts, or as a teaser of itself) is kept once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newsclean.judging.words import LONGEST_READ
from newsclean.model import Kind
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from newsclean.judging.features import Features
    from newsclean.model import Block

LEAST_MASS = 8 * 5
"""Fifths of a word from which a repeat is no coincidence: short lines (an answer, a score) may well come twice."""

_PROSE = frozenset({Kind.PARAGRAPH, Kind.QUOTE})

_NOT_WORD = pattern(r"[\W_]++")
_UNREAD = -1


def repeats_of_kept(blocks: Sequence[Block], kept: Sequence[bool], features: Features) -> list[int]:
    """Indices of kept blocks that say word for word what a kept block above them has said, where once is enough."""
    heavy = (features.mass >= LEAST_MASS).tolist()
    places = [place for place, keep in enumerate(kept) if keep and heavy[place]]
    # blocks that say the same have the same sum of letters; of longer ones not all have been added up
    letters = [
        letters if len(blocks[place].text) <= LONGEST_READ else _UNREAD
        for place, letters in zip(places, features.letters.take(places).tolist(), strict=True)
    ]
    if len(set(letters)) == len(letters):
        return []
    shared = Counter(letters)
    seen: set[str] = set()
    repeats: list[int] = []
    for place, own in zip(places, letters, strict=True):
        if shared[own] < 2:
            continue
        key = _NOT_WORD.sub("", blocks[place].text.lower())
        if key in seen:
            repeats.append(place)
        seen.add(key)
    again = set(repeats)
    return [place for place in repeats if not _is_one_of_many(place, blocks, kept, again)]


def _is_one_of_many(place: int, blocks: Sequence[Block], kept: Sequence[bool], again: Collection[int]) -> bool:
    """Whether a repeat is an item, a row or a heading between others that are new.

    Tables and lists say things twice, and a heading says what a list of contents has said; a page that stands twice, or
    quotes itself, does so in another way. again: the places of all repeats.
    """
    if blocks[place].kind in _PROSE:
        return False
    return all(0 <= near < len(blocks) and kept[near] and near not in again for near in (place - 1, place + 1))
