"""Repeats on a page: a paragraph that stands twice (for two layouts, or as a teaser of itself) is kept once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

LEAST_MASS = 8 * 5
"""Fifths of a word from which a repeat is no coincidence: short lines (an answer, a score) may well come twice."""

_NOT_WORD = pattern(r"[\W_]++")
_HEAD = 24
"""Characters in which the first letters of nearly every block stand, whatever signs are between them."""
_HEAD_LETTERS = 10


def repeats_of_kept(texts: Sequence[str], kept: Sequence[bool], mass: npt.NDArray[np.int64]) -> list[int]:
    """Indices of kept blocks that say word for word what a kept block above them has said."""
    heavy = (mass >= LEAST_MASS).tolist()
    places = [place for place, keep in enumerate(kept) if keep and heavy[place]]
    heads = [_head_of(texts[place]) for place in places]
    if len(set(heads)) == len(heads):
        return []
    shared = Counter(heads)
    seen: set[str] = set()
    repeats: list[int] = []
    for place, head in zip(places, heads, strict=True):
        # blocks that begin alike are few, and only they are read to their ends
        if shared[head] < 2:
            continue
        key = _NOT_WORD.sub("", texts[place].lower())
        if key in seen:
            repeats.append(place)
        seen.add(key)
    return repeats


def _head_of(text: str) -> str:
    """The first letters of a block, the same for all blocks that say the same."""
    letters = "".join(text[:_HEAD].lower().split())
    if not letters.isalpha():
        letters = "".join(filter(str.isalpha, letters))
    if len(letters) < _HEAD_LETTERS:
        letters = "".join(filter(str.isalpha, text.lower()))
    # the last letter of what was cut may be a sigma that is not the last of its word
    return letters[:_HEAD_LETTERS].replace("ς", "σ")
