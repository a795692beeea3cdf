"""Repeats on a page: what stands twice (for two layouts, or as a teaser of itself) is kept once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newsclean.judging.blocks.words import LONGEST_READ
from newsclean.model import Kind, Reason
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from newsclean.judging.features import Features
    from newsclean.model import Block, Page

LEAST_MASS = 8 * 5
"""Fifths of a word from which a repeat is no coincidence: short lines (an answer, a score) may well come twice."""

_PROSE = frozenset({Kind.PARAGRAPH, Kind.QUOTE})
_SHORT = 80
"""Characters of a line of a text, which may be an item or a heading though nothing says so."""
_DOUBTED = 0.1
"""Probability that such a line needs to stay though the tagger drops it.

Of 15 such lines of held-out texts 14 were the story's.
"""

_NOT_WORD = pattern(r"[\W_]++")
_UNREAD = -1


def repeats_of_kept(
    blocks: Sequence[Block], kept: Sequence[bool], features: Features, *, is_text: bool = False
) -> list[int]:
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
    return [
        place
        for place in repeats
        if not (_may_come_again(blocks[place], is_text=is_text) and _is_among_new(place, kept, again))
    ]


def labels_told_again(
    page: Page, kept: Sequence[bool], probability: Sequence[float], reasons: Mapping[int, Reason]
) -> list[int]:
    """Places of short lines of a text, dropped in doubt as the story has said them, that stand between new ones.

    "Ingredients" below each dish, "Opening hours" below each address. reasons: of every dropped block.
    """
    if page.layout is not None:
        return []
    doubted = [
        place
        for place, reason in reasons.items()
        if reason is Reason.DUPLICATE and probability[place] >= _DOUBTED and len(page.blocks[place].text) <= _SHORT
    ]
    if not doubted:
        return []
    told = Counter(block.text for block in page.blocks)
    again = {place for place, block in enumerate(page.blocks) if told[block.text] > 1}
    return [place for place in doubted if _is_among_new(place, kept, again)]


def _may_come_again(block: Block, *, is_text: bool) -> bool:
    """Whether a block is an item, a row or a heading, or in a text may be one.

    Tables and lists say things twice, and a heading says what a list of contents has said; a page that stands twice, or
    quotes itself, does so in another way.
    """
    return block.kind not in _PROSE or (is_text and len(block.text) <= _SHORT)


def _is_among_new(place: int, kept: Sequence[bool], again: Collection[int]) -> bool:
    """Whether both neighbours of a block are kept and say something new. again: the places of all repeats."""
    return all(0 <= near < len(kept) and kept[near] and near not in again for near in (place - 1, place + 1))
