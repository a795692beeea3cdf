"""What the tagger doubts in the middle of the story: long paragraphs beside kept ones, in the same element.

On a page unlike those it learned from, the tagger may lose heart halfway down a story. A paragraph that goes on in the
story's own element, and of which nothing says that it is foreign, then stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsclean.model import Layout, Page

_LEAST_PROBABILITY = 0.2
"""Of 91 paragraphs that are kept for it on 1,006 held-out articles, 68 were the story's."""
_LEAST_LENGTH = 120
"""Characters."""
_MOST_LINKED = 0.3
_PARAGRAPHS = frozenset("p li blockquote pre h2 h3 h4".split())


def rest_of_story(
    page: Page, kept: Sequence[bool], probability: Sequence[float], reasons: Mapping[int, Reason]
) -> list[int]:
    """Places of dropped paragraphs that the story goes on with.

    reasons: of every dropped block; one that has a reason of its own is left where it is.
    """
    layout = page.layout
    if layout is None:
        return []
    doubted = {
        place
        for place, reason in reasons.items()
        if probability[place] >= _LEAST_PROBABILITY
        and reason is Reason.NOT_THE_STORY
        and len(page.blocks[place].text) >= _LEAST_LENGTH
        and layout.block_link_chars[place] < _MOST_LINKED * len(page.blocks[place].text)
    }
    if not doubted:
        return []
    containers = [_container(layout, element) for element in layout.block_element]
    places = range(len(kept))
    found = _going_on(page, kept, containers, doubted, places)
    return sorted(found | _going_on(page, kept, containers, doubted, reversed(places)))


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
        elif len(page.blocks[place].text) >= _LEAST_LENGTH and container in led:
            if place in doubted:
                found.add(place)
            else:
                led.remove(container)
    return found
