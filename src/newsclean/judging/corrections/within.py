"""What the tagger doubts in the middle of the story: paragraphs beside kept ones, and blocks marked up just like them.

On a page unlike those it learned from, the tagger may lose heart halfway down a story. A paragraph that goes on in the
story's own element, and of which nothing says that it is foreign, then stays; so does a block most of whose like is
kept. Of 238 blocks that came back with their like on 1,006 held-out articles 194 were the story's.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newsclean.judging.blocks.looks import LEAST_LENGTH, is_long_paragraph, looks_of
from newsclean.model import Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsclean.model import Block, Layout, Page

_BELIEVED = 0.5
"""Probability from which a dropped block was dropped by another rule, against the tagger."""
_LEAST_BESIDE = 0.2
"""Probability that the story's own element asks of a paragraph, and its like of a short line."""
_LEAST_ALIKE = 0.05
"""Probability that a paragraph needs whose like is kept."""
_LEAST_TEASER = 0.1
"""The same where it looks like a teaser."""
_FEWEST_LIKE = 3
_LIKE_KEPT = 0.5
"""Share that is kept of those marked up alike, the doubted ones left out, where they are the story's."""
_UNCLEAR = (Reason.NOT_THE_STORY, Reason.RELATED)
"""Reasons that a heading may have for no more than what stands around it."""
_LEAST_HEADING = 0.3
"""Probability that a heading needs above a kept paragraph where others like it are kept."""
_LEAST_BELOW = 80
"""Characters of a paragraph below a heading that is its own."""
_BUTTON = 12
"""Characters of a button at most."""
_PARAGRAPHS = frozenset("p li blockquote pre h2 h3 h4".split())


def rest_of_story(
    page: Page, kept: Sequence[bool], probability: Sequence[float], reasons: Mapping[int, Reason]
) -> list[int]:
    """Places of dropped blocks that belong to the story after all.

    reasons: of every dropped block; one that has a reason of its own is left where it is, but for what looks like a
    teaser among the story's like.
    """
    layout = page.layout
    if layout is None:
        return []
    doubted = [
        place
        for place, reason in reasons.items()
        if _LEAST_ALIKE <= probability[place] < _BELIEVED
        and (reason is Reason.NOT_THE_STORY or reason is Reason.RELATED)
        and probability[place] >= _least_of(page, layout, place, reason)
    ]
    headings = _headings(page, layout, kept, probability, reasons)
    if not doubted:
        return headings
    found = _like_kept(page, layout, kept, doubted)
    rest = {
        place
        for place in doubted
        if place not in found
        and probability[place] >= _LEAST_BESIDE
        and reasons[place] is Reason.NOT_THE_STORY
        and is_long_paragraph(page, layout, place)
    }
    if rest:
        containers = [_container(layout, element) for element in layout.block_element]
        places = range(len(kept))
        story = [is_kept or place in found for place, is_kept in enumerate(kept)]
        found |= _going_on(page, story, containers, rest, places)
        found |= _going_on(page, story, containers, rest, reversed(places))
    return sorted(found.union(headings))


def _headings(
    page: Page, layout: Layout, kept: Sequence[bool], probability: Sequence[float], reasons: Mapping[int, Reason]
) -> list[int]:
    """The doubted headings right above a kept paragraph, below the story's start, where another one like them is kept.

    Of 17 such headings on held-out articles 14 were the story's.
    """
    doubted = [
        place
        for place, reason in reasons.items()
        if reason in _UNCLEAR
        and _LEAST_HEADING <= probability[place] < _BELIEVED
        and page.blocks[place].kind is Kind.HEADING
    ]
    if not doubted:
        return []
    looks = [(layout.tags[element], layout.classes[element]) for element in layout.block_element]
    known = {look for look, block, is_kept in zip(looks, page.blocks, kept, strict=True) if is_kept and _is_head(block)}
    return [
        place
        for place in doubted
        if looks[place] in known
        and any(kept[:place])
        and (below := _next_kept(page, kept, place)) is not None
        and len(page.blocks[below].text) >= _LEAST_BELOW
    ]


def _is_head(block: Block) -> bool:
    return block.kind is Kind.HEADING


def _next_kept(page: Page, kept: Sequence[bool], heading: int) -> int | None:
    """The block below a heading, if it is kept; dropped buttons beside the heading ("Link") are looked past."""
    for place in range(heading + 1, len(kept)):
        if kept[place]:
            return place
        if len(page.blocks[place].text) > _BUTTON:
            return None
    return None


def _least_of(page: Page, layout: Layout, place: int, reason: Reason) -> float:
    """The probability that a dropped block needs to be doubted at all."""
    is_teaser = reason is Reason.RELATED
    if is_long_paragraph(page, layout, place):
        return _LEAST_TEASER if is_teaser else _LEAST_ALIKE
    return 1.0 if is_teaser or len(page.blocks[place].text) >= LEAST_LENGTH else _LEAST_BESIDE


def _like_kept(page: Page, layout: Layout, kept: Sequence[bool], doubted: Sequence[int]) -> set[int]:
    """The doubted blocks most of whose like is kept; what else is doubted does not count."""
    looks = looks_of(page, layout)
    others = Counter(looks)
    others.subtract(looks[place] for place in doubted)
    others_kept = Counter(look for look, is_kept in zip(looks, kept, strict=True) if is_kept)
    return {
        place for place in doubted if others_kept[looks[place]] >= max(_LIKE_KEPT * others[looks[place]], _FEWEST_LIKE)
    }


def _container(layout: Layout, element: int) -> int:
    return layout.parents[element] if layout.tags[element] in _PARAGRAPHS else element


def _going_on(
    page: Page, kept: Sequence[bool], containers: Sequence[int], doubted: set[int], places: Iterable[int]
) -> set[int]:
    """The doubted paragraphs that a kept block of their container leads to, without a dropped paragraph between."""
    led: set[int] = set()
    found: set[int] = set()
    for place in places:
        container = containers[place]
        if kept[place]:
            led.add(container)
        elif len(page.blocks[place].text) >= LEAST_LENGTH and container in led:
            if place in doubted:
                found.add(place)
            else:
                led.remove(container)
    return found
