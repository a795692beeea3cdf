"""What the tagger doubts in the middle of the story: long paragraphs beside kept ones, or marked up just like them.

On a page unlike those it learned from, the tagger may lose heart halfway down a story. A paragraph that goes on in the
story's own element, and of which nothing says that it is foreign, then stays; so does one whose like it believes, where
every paragraph has elements of its own.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsclean.model import Kind, Layout, Page

_LEAST_LENGTH = 120
"""Characters."""
_MOST_LINKED = 0.3
_BELIEVED = 0.5
"""Probability from which a dropped block was dropped by another rule, against the tagger."""
_LEAST_BESIDE = 0.2
"""Probability that the story's own element asks of a paragraph. Of 73 that are kept for it on 1,006 held-out articles,
58 were the story's."""
_LEAST_ALIKE = 0.1
"""Probability that a paragraph needs whose like is believed."""
_FEWEST_LIKE = 3
_LIKENESS = 0.5
"""Weight of the log-odds of those alike, on average, beside a paragraph's own. Of 55 paragraphs that are kept for it on
the same pages, 44 were the story's."""
_MOST_ODDS = 3.0
"""Log-odds beyond which one block says no more of the others."""
_LEVELS = 3
"""Elements around a block, its own among them, that make its look."""
_PARAGRAPHS = frozenset("p li blockquote pre h2 h3 h4".split())


def rest_of_story(
    page: Page, kept: Sequence[bool], probability: Sequence[float], reasons: Mapping[int, Reason]
) -> list[int]:
    """Places of dropped paragraphs that the story goes on with.

    reasons: of every dropped block; one that has a reason of its own is left where it is, but for what looks like a
    teaser among the story's like.
    """
    layout = page.layout
    if layout is None:
        return []
    doubted = {
        place
        for place, reason in reasons.items()
        if _LEAST_ALIKE <= probability[place] < _BELIEVED
        and (reason is Reason.NOT_THE_STORY or reason is Reason.RELATED)
        and len(page.blocks[place].text) >= _LEAST_LENGTH
        and layout.block_link_chars[place] < _MOST_LINKED * len(page.blocks[place].text)
    }
    if not doubted:
        return []
    found = _like_believed(page, layout, probability, doubted)
    rest = {
        place
        for place in doubted - found
        if probability[place] >= _LEAST_BESIDE and reasons[place] is Reason.NOT_THE_STORY
    }
    if rest:
        containers = [_container(layout, element) for element in layout.block_element]
        places = range(len(kept))
        story = [is_kept or place in found for place, is_kept in enumerate(kept)]
        found |= _going_on(page, story, containers, rest, places)
        found |= _going_on(page, story, containers, rest, reversed(places))
    return sorted(found)


def _like_believed(page: Page, layout: Layout, probability: Sequence[float], doubted: set[int]) -> set[int]:
    """The doubted paragraphs that the log-odds of the blocks marked up alike outweigh."""
    around = {element: _look(layout, element) for element in set(layout.block_element)}
    looks = [(block.kind, around[element]) for block, element in zip(page.blocks, layout.block_element, strict=True)]
    odds: dict[tuple[Kind, tuple[str, ...]], list[float]] = {looks[place]: [] for place in doubted}
    for look, chance in zip(looks, probability, strict=True):
        if look in odds:
            odds[look].append(max(-_MOST_ODDS, min(_MOST_ODDS, _log_odds(chance))))
    found = set()
    for place in doubted:
        alike = odds[looks[place]]
        if len(alike) <= _FEWEST_LIKE:
            continue
        own = _log_odds(probability[place])
        others = (sum(alike) - max(-_MOST_ODDS, own)) / (len(alike) - 1)
        # logarithms may differ in their last digit from machine to machine
        if round(own + _LIKENESS * others, 6) >= 0:
            found.add(place)
    return found


def _look(layout: Layout, element: int) -> tuple[str, ...]:
    """The names and classes of an element and those around it."""
    parts: list[str] = []
    for _ in range(_LEVELS):
        if element <= 0:
            break
        parts += (layout.tags[element], layout.classes[element])
        element = layout.parents[element]
    return tuple(parts)


def _log_odds(chance: float) -> float:
    return math.log(max(chance, 1e-9) / max(1 - chance, 1e-9))


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
