"""Boxes inside the story: what they hold goes with the label that opens them, or with a teaser's linked headline."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.judging.cues import Strength
from newsclean.judging.labels import SURE
from newsclean.model import Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.judging.cues import Said
    from newsclean.model import Layout, Page

_LABELS = frozenset({Reason.COMMENT, Reason.NEWSLETTER, Reason.RELATED})
_MOST_BLOCKS = 12
_MOST = 0.2
"""Of the characters kept: an element that holds more is no box, whatever stands above it."""
_MOST_IN_CARD = 4
"""Blocks of a teaser's card: its headline and, say, a summary, an author and a day."""
_LONGEST_CARD = 500
_SHORTEST_HEADLINE = 15
"""Characters."""
_LINKED = 0.9


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


def in_cards(page: Page, kept: Sequence[bool], probability: Sequence[float]) -> list[int]:
    """Places of kept blocks of cards whose headline, all of it a link, is dropped, and of which the tagger is not sure.

    Of 26 such blocks of held-out articles 21 were foreign; lists are often the story's, and stay.
    """
    layout = page.layout
    if layout is None:
        return []
    linked = layout.block_link_chars
    headlines = [
        place
        for place, block in enumerate(page.blocks)
        if not kept[place] and len(block.text) >= _SHORTEST_HEADLINE and linked[place] >= _LINKED * len(block.text)
    ]
    found = {
        place
        for headline in headlines
        for place in range(headline + 1, _card_end(page, layout, headline))
        if kept[place] and probability[place] < SURE and page.blocks[place].kind is not Kind.LIST_ITEM
    }
    return sorted(found)


def _card_end(page: Page, layout: Layout, headline: int) -> int:
    """The place after the largest card that a block opens."""
    end, element = headline + 1, layout.block_element[headline]
    while element > 0 and layout.first_block[element] == headline:
        after = layout.end_block[element]
        if after - headline > _MOST_IN_CARD:
            break
        if sum(len(block.text) for block in page.blocks[headline:after]) > _LONGEST_CARD:
            break
        end, element = after, layout.parents[element]
    return end


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
