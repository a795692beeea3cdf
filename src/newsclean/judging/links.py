"""Paragraphs that are nothing but a link: where a page has several, most of them lead out of the story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.model import Page

_SHORTEST = 15
"""Characters: a name or a number that is a link is a part of many a story."""
_WHOLE = 0.95
"""Share of the characters that stand in links."""
_SEVERAL = 2
_MOST = 0.3
"""Of the characters kept."""
_SURE = 0.9
"""Probability that such a paragraph needs; of those below it three in four were foreign on held-out articles."""


def doubtful_links(page: Page, kept: Sequence[bool], probability: Sequence[float]) -> list[int]:
    """Places of kept paragraphs that are a link and no more, several of them, and of which the tagger is not sure.

    A page that consists of such paragraphs is what it is.
    """
    layout = page.layout
    if layout is None:
        return []
    linked = [
        place
        for place, block in enumerate(page.blocks)
        if kept[place]
        and block.kind is Kind.PARAGRAPH
        and len(block.text) >= _SHORTEST
        and layout.block_link_chars[place] >= _WHOLE * len(block.text)
    ]
    if len(linked) < _SEVERAL:
        return []
    told = sum(len(block.text) for block, is_kept in zip(page.blocks, kept, strict=True) if is_kept)
    if sum(len(page.blocks[place].text) for place in linked) > _MOST * told:
        return []
    return [place for place in linked if probability[place] < _SURE]
