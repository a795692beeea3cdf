"""Tables of the story: results, prices and figures that the tagger doubts row by row stay whole.

In HTML a table is one by its markup and stands between paragraphs; in a flattened text by its bars, as many in every
row.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.judging.blocks.looks import LEAST_LENGTH
from newsclean.judging.corrections.labels import SURE
from newsclean.model import Kind, Reason
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsclean.model import Block, Layout, Page

_FEWEST_ROWS = 2
_BELIEVED = 0.05
"""Probability of the rows, on average. Of 290 rows of held-out articles that come back 228 were the story's."""
_MOST_LINKED = 0.3
_HALF = 0.5
"""Of the rows kept: where it is more, the tagger tells the rows apart."""
_BAR = "|"
_FEWEST_BARS, _FEWEST_BARRED = 2, 3
"""Bars of a row of a text, and rows: menus have one, or rows that differ. Of 47 such rows of held-out texts that come
back 47 were the story's, of five tables."""
_FIGURE = pattern(r"\d")


def tables_of_story(
    page: Page, kept: Sequence[bool], probability: Sequence[float], reasons: Mapping[int, Reason]
) -> list[int]:
    """Places of dropped rows of tables beside sure paragraphs of the story, that are not sure to be foreign.

    reasons: of every dropped block.
    """
    layout = page.layout
    if layout is None:
        return _barred_rows(page.blocks, kept, probability)
    if "table" not in layout.tags:
        return []
    sure = _sure_paragraphs(page.blocks, kept, probability)
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


def _sure_paragraphs(blocks: Sequence[Block], kept: Sequence[bool], probability: Sequence[float]) -> list[bool]:
    return [
        is_kept and chance >= SURE and len(block.text) >= LEAST_LENGTH
        for block, is_kept, chance in zip(blocks, kept, probability, strict=True)
    ]


def _barred_rows(blocks: Sequence[Block], kept: Sequence[bool], probability: Sequence[float]) -> list[int]:
    """Places of the dropped rows of a text's own tables."""
    tables = [
        rows
        for rows in _barred(blocks)
        if _is_doubted(rows, kept, probability)
        and 2 * sum(bool(_FIGURE.search(blocks[place].text)) for place in rows) >= len(rows)
    ]
    if not tables or not any(_sure_paragraphs(blocks, kept, probability)):
        return []
    return [place for rows in tables for place in rows if not kept[place]]


def _barred(blocks: Sequence[Block]) -> Iterator[range]:
    """Runs of rows with as many bars."""
    first = 0
    while first < len(blocks):
        bars = blocks[first].text.count(_BAR)
        end = first + 1
        while bars >= _FEWEST_BARS and end < len(blocks) and blocks[end].text.count(_BAR) == bars:
            end += 1
        if end - first >= _FEWEST_BARRED:
            yield range(first, end)
        first = end


def _is_the_storys(
    page: Page, layout: Layout, rows: Sequence[int], kept: Sequence[bool], probability: Sequence[float]
) -> bool:
    length = sum(len(page.blocks[place].text) for place in rows)
    linked = sum(layout.block_link_chars[place] for place in rows)
    return linked < _MOST_LINKED * length and _is_doubted(rows, kept, probability)


def _is_doubted(rows: Sequence[int], kept: Sequence[bool], probability: Sequence[float]) -> bool:
    return sum(kept[place] for place in rows) < _HALF * len(rows) and sum(
        probability[place] for place in rows
    ) >= _BELIEVED * len(rows)
