"""Links that lead out of the story: paragraphs that are nothing else, and lines that open as "Read also:" does."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newsclean.judging.blocks.looks import looks_of
from newsclean.judging.corrections.labels import SURE
from newsclean.judging.cues.lookup import Strength
from newsclean.model import Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.judging.cues.lookup import Said
    from newsclean.model import Layout, Page

_SHORTEST = 15
"""Characters: a name or a number that is a link is a part of many a story."""
_WHOLE = 0.95
"""Share of the characters that stand in links."""
_SEVERAL = 2
_MOST = 0.3
"""Of the characters kept."""
_TRUSTED = 0.9
"""Probability that such a paragraph needs; of those below it three in four were foreign on held-out articles."""
_LED = 0.3
"""Share of a line's characters that stand in links where it leads elsewhere."""
_LONGEST_TEASER = 200
"""Characters."""
_LONGEST_ITEM = 120
_LISTED = 0.9
"""Probability that an item needs which is mostly a link, where most of its like is dropped."""
_LISTED_ALONE = 0.65
"""The same where it has hardly any like."""
_FEWEST_LIKE = 3
_LIKE_KEPT = 0.4


def teasers(page: Page, said: Sequence[Said | None], kept: Sequence[bool], probability: Sequence[float]) -> list[int]:
    """Places of kept lines that open as those do which lead to another story, and hold the link that does.

    said: the reasons that the blocks name. Of news on held-out pages all 3 of which the tagger is not sure were
    foreign; guides often count theirs as a part of them.
    """
    layout = page.layout
    if layout is None:
        return []
    return [
        place
        for place, found in enumerate(said)
        if found is not None
        and found.reason is Reason.RELATED
        and found.strength is not Strength.PART
        and kept[place]
        and probability[place] < SURE
        and len(page.blocks[place].text) <= _LONGEST_TEASER
        and layout.block_link_chars[place] >= _LED * len(page.blocks[place].text)
    ]


def listed_links(page: Page, kept: Sequence[bool], probability: Sequence[float]) -> list[int]:
    """Places of kept items that are mostly a link, of which the tagger is not sure, and most of whose like is dropped.

    Of 48 such items of held-out articles 40 were foreign.
    """
    layout = page.layout
    if layout is None:
        return []
    linked = [
        place
        for place in _linked(page, layout, kept, Kind.LIST_ITEM, _LED)
        if probability[place] < _LISTED and len(page.blocks[place].text) <= _LONGEST_ITEM
    ]
    if not linked:
        return []
    looks = looks_of(page, layout)
    alike = Counter(looks)
    alike_kept = Counter(look for look, is_kept in zip(looks, kept, strict=True) if is_kept)
    found = []
    for place in linked:
        others, others_kept = alike[looks[place]] - 1, alike_kept[looks[place]] - 1
        if others_kept < _LIKE_KEPT * others if others >= _FEWEST_LIKE else probability[place] < _LISTED_ALONE:
            found.append(place)
    return found


def doubtful_links(page: Page, kept: Sequence[bool], probability: Sequence[float]) -> list[int]:
    """Places of kept paragraphs that are a link and no more, several of them, and of which the tagger is not sure.

    A page that consists of such paragraphs is what it is.
    """
    layout = page.layout
    if layout is None:
        return []
    linked = [
        place
        for place in _linked(page, layout, kept, Kind.PARAGRAPH, _WHOLE)
        if len(page.blocks[place].text) >= _SHORTEST
    ]
    if len(linked) < _SEVERAL:
        return []
    told = sum(len(block.text) for block, is_kept in zip(page.blocks, kept, strict=True) if is_kept)
    if sum(len(page.blocks[place].text) for place in linked) > _MOST * told:
        return []
    return [place for place in linked if probability[place] < _TRUSTED]


def _linked(page: Page, layout: Layout, kept: Sequence[bool], kind: Kind, share: float) -> Iterator[int]:
    """Places of kept blocks of a kind of whose characters such a share stands in links."""
    for place, block in enumerate(page.blocks):
        if kept[place] and block.kind is kind and layout.block_link_chars[place] >= share * len(block.text):
            yield place
