"""Boxes inside the story: what they hold goes with the label that opens them, or with a teaser's linked headline.

And the line that opens a box goes with what the box holds.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from newsclean.judging.blocks.looks import first_class
from newsclean.judging.corrections.labels import SURE
from newsclean.judging.corrections.spans import told_before
from newsclean.judging.cues.lookup import Strength
from newsclean.model import Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from newsclean.judging.cues.lookup import Said
    from newsclean.model import Layout, Page

_LABELS = frozenset({Reason.COMMENT, Reason.NEWSLETTER, Reason.RELATED})
_MOST_BLOCKS = 12
_MOST = 0.2
"""Of the characters kept: an element that holds more is no box, whatever stands above it."""
_MOST_OF_THREAD = 0.5
"""The same of a box that a label of comments opens, which may be of any number of blocks."""
_MOST_IN_CARD = 4
"""Blocks of a teaser's card: its headline and, say, a summary, an author and a day."""
_LONGEST_CARD = 500
_LONGEST_HEAD = 60
_SHORTEST_HEADLINE = 15
"""Characters."""
_LINKED = 0.9
_LISTS = frozenset({"li", "ol", "ul"})
_SEVERAL = 3
_MOST_TEASED = 6
"""Cards alike of which fewer are kept that are judged together all the same; a guide's own are more."""
_SURE_OF_CARDS = 0.9
"""Probability of their headlines, on average, from which several cards are the story's own."""
_MOST_OF_CARDS = 0.3
"""Of the characters kept."""

_Card: TypeAlias = tuple[int, int, int]
"""The place of its headline, its element, and the place after it."""
_Look: TypeAlias = tuple[int, str, str]
"""What cards alike share: the element around them, their tag and first class."""


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
    before = told_before(page.blocks, kept)
    found: dict[int, Reason] = {}
    for label, reason in labels:
        is_thread = reason is Reason.COMMENT
        most, share = (len(kept), _MOST_OF_THREAD) if is_thread else (_MOST_BLOCKS, _MOST)
        _, end = _opened(layout, label, most, before, share * before[-1])
        for place in range(label + 1, end):
            if kept[place]:
                found.setdefault(place, reason)
    return found


def heads_of_links(page: Page, kept: Sequence[bool]) -> list[int]:
    """Places of kept lines that open a box of which all else is links, several, and dropped.

    Of five such lines of held-out articles three were foreign: one line a page at most, kept or lost.
    """
    layout = page.layout
    if layout is None:
        return []
    linked = layout.block_link_chars
    dropped_links = [
        not is_kept and linked[block.index] >= _LINKED * len(block.text)
        for block, is_kept in zip(page.blocks, kept, strict=True)
    ]
    # most lines have a kept block below them, or a dropped one that is no link
    heads = [
        place
        for place, block in enumerate(page.blocks)
        if kept[place]
        and len(block.text) <= _LONGEST_HEAD
        and block.kind is not Kind.LIST_ITEM
        and all(dropped_links[place + 1 : place + 1 + _SEVERAL])
    ]
    others_before = list(accumulate((not is_link for is_link in dropped_links), initial=0))
    ends = [_opened(layout, head, _MOST_BLOCKS, others_before, 1)[1] for head in heads]
    return [head for head, end in zip(heads, ends, strict=True) if end - head > _SEVERAL]


def in_cards(page: Page, kept: Sequence[bool], probability: Sequence[float]) -> list[int]:
    """Places of kept blocks of teasers' cards: small elements that open with a headline, all of it a link.

    Where the headline is dropped, what the tagger is not sure of goes with it: of 26 such blocks of held-out articles
    21 were foreign. Of several cards marked up alike, of whose headlines it is not sure, all goes: 19 of 19 where three
    headlines are kept; where fewer are, of few cards only. Lists are often the story's, and stay.
    """
    layout = page.layout
    if layout is None:
        return []
    linked = layout.block_link_chars
    # most linked blocks stand in menus, with nothing that is kept beside them
    kept_before = list(accumulate([*kept, *([False] * _MOST_IN_CARD)], initial=0))
    before = list(accumulate((len(block.text) for block in page.blocks), initial=0))
    cards = [
        (place, *_opened(layout, place, _MOST_IN_CARD, before, _LONGEST_CARD))
        for place, block in enumerate(page.blocks)
        if kept_before[place + _MOST_IN_CARD] > kept_before[place]
        and len(block.text) >= _SHORTEST_HEADLINE
        and linked[place] >= _LINKED * len(block.text)
    ]
    with_headline = {
        place
        for headline, _, end in cards
        if not kept[headline]
        for place in range(headline + 1, end)
        if kept[place] and probability[place] < SURE and page.blocks[place].kind is not Kind.LIST_ITEM
    }
    return sorted(with_headline.union(_of_several(page, layout, cards, kept, probability)))


def _of_several(
    page: Page, layout: Layout, cards: Sequence[_Card], kept: Sequence[bool], probability: Sequence[float]
) -> Iterator[int]:
    """Places of kept blocks of several cards marked up alike, of whose headlines the tagger is not sure."""
    alike: dict[_Look, list[tuple[int, int]]] = {}
    for headline, element, end in cards:
        if (
            page.blocks[headline].kind is Kind.HEADING
            and layout.tags[element] not in _LISTS
            and any(page.blocks[place].kind is Kind.PARAGRAPH for place in range(headline + 1, end))
        ):
            look = layout.parents[element], layout.tags[element], first_class(layout, element)
            alike.setdefault(look, []).append((headline, end))
    several = {look: run for look, run in alike.items() if len(run) >= _SEVERAL}
    if not several:
        return
    # a guide has more cards than those that stand near what is kept
    sizes = _sizes(layout, several)
    told = sum(len(block.text) for block, is_kept in zip(page.blocks, kept, strict=True) if is_kept)
    for look, run in several.items():
        if sum(kept[headline] for headline, _ in run) < _SEVERAL and sizes[look] > _MOST_TEASED:
            continue
        places = [place for headline, end in run for place in range(headline, end) if kept[place]]
        doubt = sum(probability[headline] for headline, _ in run) < _SURE_OF_CARDS * len(run)
        if doubt and sum(len(page.blocks[place].text) for place in places) <= _MOST_OF_CARDS * told:
            yield from places


def _sizes(layout: Layout, looks: Collection[_Look]) -> Counter[_Look]:
    """How many elements have each look."""
    parents = {parent for parent, _, _ in looks}
    return Counter(
        (parent, layout.tags[element], first_class(layout, element))
        for element, parent in enumerate(layout.parents)
        if parent in parents
    )


def _opened(layout: Layout, opener: int, most: int, before: Sequence[int], longest: float) -> tuple[int, int]:
    """The largest box that a block opens: its element, and the place after it.

    most: blocks of a box. before: characters above each block, or whatever is counted; longest: those that a box may
    have.
    """
    box, end = layout.block_element[opener], opener + 1
    element = box
    while element > 0 and layout.first_block[element] == opener:
        after = layout.end_block[element]
        if after - opener > most or before[after] - before[opener] > longest:
            break
        box, end, element = element, after, layout.parents[element]
    return box, end
