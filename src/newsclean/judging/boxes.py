"""Boxes inside the story that a label opens, such as "Related" or "Top comment": what they hold goes with the label."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.judging.cues import Strength
from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.judging.cues import Said
    from newsclean.model import Layout, Page

_LABELS = frozenset({Reason.COMMENT, Reason.NEWSLETTER, Reason.RELATED})
_MOST_BLOCKS = 12
_MOST = 0.2
"""Of the characters kept: an element that holds more is no box, whatever stands above it."""


def boxed(page: Page, said: Sequence[Said | None], kept: Sequence[bool]) -> dict[int, Reason]:
    """Kept blocks of boxes, with the Reason of the label that opens the box.

    A box is a small element whose first block is a dropped label and nothing more. said: the reasons that the blocks
    name. On held-out development pages all 8 such blocks whose label is known were foreign, at .54 to .99.
    """
    layout = page.layout
    if layout is None:
        return {}
    labels = [
        (place, found.reason)
        for place, found in enumerate(said)
        if found is not None and found.strength is Strength.WHOLE and found.reason in _LABELS and not kept[place]
    ]
    if not labels:
        return {}
    lengths = (len(block.text) if is_kept else 0 for block, is_kept in zip(page.blocks, kept, strict=True))
    before = list(accumulate(lengths, initial=0))
    found: dict[int, Reason] = {}
    for label, reason in labels:
        for place in range(label + 1, _end(layout, label, before)):
            if kept[place]:
                found.setdefault(place, reason)
    return found


def _end(layout: Layout, label: int, before: Sequence[int]) -> int:
    """The place after the largest box that a block opens. before: characters kept above each block."""
    end, element = label + 1, layout.block_element[label]
    while element > 0 and layout.first_block[element] == label:
        after = layout.end_block[element]
        if after - label > _MOST_BLOCKS or before[after] - before[label] > _MOST * before[-1]:
            break
        end = after
        element = layout.parents[element]
    return end
