"""Repeats on a page: a paragraph that stands twice (for two layouts, or as a teaser of itself) is kept once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

LEAST_MASS = 8 * 5
"""Fifths of a word from which a repeat is no coincidence: short lines (an answer, a score) may well come twice."""

_NOT_WORD = regex.compile(r"[\W_]++")


def repeats_of_kept(texts: Sequence[str], kept: Sequence[bool], mass: npt.NDArray[np.int64]) -> list[int]:
    """Indices of kept blocks that say word for word what a kept block above them has said."""
    seen: set[str] = set()
    repeats: list[int] = []
    for place, text in enumerate(texts):
        if not kept[place] or mass[place] < LEAST_MASS:
            continue
        key = _NOT_WORD.sub("", text.lower())
        if key in seen:
            repeats.append(place)
        seen.add(key)
    return repeats
