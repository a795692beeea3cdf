"""Repeats on a page: a paragraph that stands twice (for two layouts, or as a teaser of itself) is kept once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newsclean.judging.words import LONGEST_READ
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.judging.features import Features
    from newsclean.model import Block

LEAST_MASS = 8 * 5
"""Fifths of a word from which a repeat is no coincidence: short lines (an answer, a score) may well come twice."""

_NOT_WORD = pattern(r"[\W_]++")
_UNREAD = -1


def repeats_of_kept(blocks: Sequence[Block], kept: Sequence[bool], features: Features) -> list[int]:
    """Indices of kept blocks that say word for word what a kept block above them has said."""
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
    return repeats
