"""Where a flattened story credits somebody without saying so: below its headline, not in a card or a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsclean.model import Page

_LONGEST = 4
"""Blocks below a headline that opens a text.

In development texts that are cut to the story all its own names and days stood there, and most of those that were
taken from foreign blocks stood further down.
"""


def header_end(page: Page, headline: int) -> int:
    """Find where the header of a text ends that its headline opens.

    headline: the headline's block, -1 where there is none. Returns the first block in which names alone, or a day
    alone, are those of a card or a comment; the number of blocks where that cannot be told, as in a text that begins
    with a menu and in a page with markup.
    """
    size = len(page.blocks)
    return min(headline + 1 + _LONGEST, size) if page.layout is None and headline in {0, 1} else size


def may_credit(page: Page, place: int, headline: int, story: int, *, dated: bool) -> bool:
    """Tell whether names alone can credit the story: anywhere that markup may name them, in a text only in its header.

    place: their block. story: the first of the story. dated: a date line stands beside them, without which no names
    below the first paragraph are its author's. In a header that ends, two equal lines are a card.
    """
    if page.layout is not None:
        return True
    if place > story and not dated:
        return False
    blocks, end = page.blocks, header_end(page, headline)
    if end == len(blocks):
        return True
    near = (*blocks[max(0, place - 1) : place], *blocks[place + 1 : place + 3])
    return place < end and all(block.text != blocks[place].text for block in near)
