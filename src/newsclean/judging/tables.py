"""Tables between the story's paragraphs: results, prices and figures that the tagger doubts row by row stay whole."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.judging.labels import SURE
from newsclean.judging.looks import LEAST_LENGTH
from newsclean.model import Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsclean.model import Layout, Page

_FEWEST_ROWS = 2
_BELIEVED = 0.05
"""Probability of the rows, on average. Of 290 rows of held-out articles that come back 228 were the story's."""
_MOST_LINKED = 0.3
_HALF = 0.5
"""Of the rows kept: where it is more, the tagger tells the rows apart."""


def tables_of_story(
    page: Page, kept: Sequence[bool], probability: Sequence[float], reasons: Mapping[int, Reason]
) -> list[int]:
    """Places of dropped rows of tables between sure paragraphs of the story, that are not sure to be foreign.

    reasons: of every dropped block.
    """
    layout = page.layout
    if layout is None or "table" not in layout.tags:
        return []
    sure = [
        is_kept and chance >= SURE and len(block.text) >= LEAST_LENGTH
        for block, is_kept, chance in zip(page.blocks, kept, probability, strict=True)
    ]
    sure_before = list(accumulate(sure, initial=0))
    told = {block.text for block, is_kept in zip(page.blocks, kept, strict=True) if is_kept}
    found: list[int] = []
    for element, tag in enumerate(layout.tags):
        first, end = layout.first_block[element], layout.end_block[element]
        if tag != "table" or not 0 < sure_before[first] == sure_before[end] < sure_before[-1]:
            continue
        rows = [place for place in range(first, end) if page.blocks[place].kind is Kind.TABLE_ROW]
        if len(rows) >= _FEWEST_ROWS and _is_the_storys(page, layout, rows, kept, probability):
            found += [
                place
                for place in rows
                if not kept[place] and reasons[place] is not Reason.HIDDEN and page.blocks[place].text not in told
            ]
    return sorted(set(found))


def _is_the_storys(
    page: Page, layout: Layout, rows: Sequence[int], kept: Sequence[bool], probability: Sequence[float]
) -> bool:
    length = sum(len(page.blocks[place].text) for place in rows)
    linked = sum(layout.block_link_chars[place] for place in rows)
    return (
        linked < _MOST_LINKED * length
        and sum(kept[place] for place in rows) < _HALF * len(rows)
        and sum(probability[place] for place in rows) >= _BELIEVED * len(rows)
    )
