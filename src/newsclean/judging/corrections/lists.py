"""Lists of a story that the tagger half believes: kept whole between kept blocks, not item by item.

A list says one thing, and its short items look like those of a menu. Of 45 items that came back so on held-out articles
38 were the story's where the list stands between kept blocks, and 6 of 8 where it only stands below one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.judging.corrections.spans import UNCLEAR
from newsclean.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsclean.model import Layout, Page, Reason

_LISTS = frozenset({"ul", "ol", "menu"})
_FEWEST = 3
_LEAST_ITEM = 0.2
_LEAST_BETWEEN, _LEAST_BELOW = 0.3, 0.4
"""Mean probability of a list's items between kept blocks, and below one."""
_MOST_LINKED = 0.3


def lists_of_story(
    page: Page, kept: Sequence[bool], probability: Sequence[float], reasons: Mapping[int, Reason]
) -> list[int]:
    """Places of dropped items that stay with their list. reasons: of every dropped block."""
    layout = page.layout
    if layout is None:
        return []
    doubted = [
        place
        for place, reason in reasons.items()
        if probability[place] >= _LEAST_ITEM and reason in UNCLEAR and page.blocks[place].kind is Kind.LIST_ITEM
    ]
    found: list[int] = []
    for around in sorted({_list_of(layout, place) for place in doubted} - {0}):
        items = [
            place
            for place in range(layout.first_block[around], layout.end_block[around])
            if page.blocks[place].kind is Kind.LIST_ITEM
        ]
        if _is_storys(page, layout, around, items, kept, probability):
            found.extend(place for place in items if place in reasons and reasons[place] in UNCLEAR)
    return found


def _list_of(layout: Layout, place: int) -> int:
    """The list that an item stands in, 0 where it stands in none."""
    element = layout.block_element[place]
    while element > 0 and layout.tags[element] not in _LISTS:
        element = layout.parents[element]
    return max(element, 0)


def _is_storys(
    page: Page, layout: Layout, around: int, items: Sequence[int], kept: Sequence[bool], probability: Sequence[float]
) -> bool:
    first, end = layout.first_block[around], layout.end_block[around]
    if len(items) < _FEWEST or len(items) != end - first or first == 0 or not kept[first - 1]:
        return False
    letters = sum(len(page.blocks[place].text) for place in items)
    if sum(layout.block_link_chars[place] for place in items) > _MOST_LINKED * letters:
        return False
    mean = sum(probability[place] for place in items) / len(items)
    return mean >= (_LEAST_BETWEEN if end < len(kept) and kept[end] else _LEAST_BELOW)
