"""Boxes inside the story of an HTML page that end with a call: a line or two that advertise, a button below them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from newsclean.judging.corrections.labels import SURE
from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsclean.model import Layout, Page

_CALLS = frozenset({Reason.AD, Reason.NAVIGATION, Reason.NEWSLETTER, Reason.NOT_THE_STORY, Reason.PAYWALL})
"""Reasons of a button that calls; shops have others, and the products of a guide are its story."""
_LEAST_BLOCKS, _MOST_BLOCKS = 2, 4
_LONGEST_BUTTON, _LEAST_LINE, _LONGEST_BOX = 30, 40, 450
"""Characters."""
_LINKED = 0.8
"""Of a button that is a link."""
_DROPPED = 0.3
"""Probability that a button stays below."""
_PARAGRAPH = 100
"""Characters of the story's paragraphs, which the lines of a box must not look like."""
_FEWEST_PARAGRAPHS = 3


def called_upon(
    page: Page, kept: Sequence[bool], probability: Sequence[float], reasons: Mapping[int, Reason]
) -> dict[int, Reason]:
    """Kept lines of an HTML page that stand in a box with a dropped button below them, with its Reason.

    reasons: of every dropped block. The button says what no other block of the page does, the lines are marked up as no
    paragraph of the story is, and the story goes on below. Of 18 such lines of held-out pages 13 were foreign.
    """
    layout = page.layout
    if layout is None:
        return {}
    buttons = [place for place in reasons if _is_button(page, layout, place, probability, reasons)]
    if not buttons:
        return {}
    times = Counter(block.text for block in page.blocks)
    told = [
        block.index
        for block in page.blocks
        if kept[block.index] and len(block.text) >= _PARAGRAPH and probability[block.index] >= SURE
    ]
    if len(told) < _FEWEST_PARAGRAPHS:
        return {}
    paragraphs = frozenset(told)
    looks = Counter(_look(layout, place) for place in told)
    gone: dict[int, Reason] = {}
    for button in [button for button in buttons if times[page.blocks[button].text] == 1]:
        for box in _boxes(layout, button):
            lines = [place for place in box if kept[place]]
            if not lines or not told[0] < box.start <= button < told[-1]:
                continue
            lengths = {place: len(page.blocks[place].text) for place in box}
            here = Counter(_look(layout, place) for place in lines if place in paragraphs)
            if (
                sum(lengths.values()) <= _LONGEST_BOX
                and max(lengths[place] for place in lines) >= _LEAST_LINE
                and not any(looks[look] > here[look] for look in {_look(layout, place) for place in lines})
            ):
                gone.update(dict.fromkeys(lines, reasons[button]))
    return gone


def _is_button(
    page: Page, layout: Layout, place: int, probability: Sequence[float], reasons: Mapping[int, Reason]
) -> bool:
    text = page.blocks[place].text
    if len(text) > _LONGEST_BUTTON or probability[place] >= _DROPPED or reasons[place] not in _CALLS:
        return False
    is_linked = layout.block_link_chars[place] >= _LINKED * len(text)
    return is_linked or layout.tags[layout.block_element[place]] in {"a", "button"}


def _boxes(layout: Layout, button: int) -> Iterator[range]:
    """The blocks of the small elements that a button ends."""
    element = layout.block_element[button]
    while element > 0 and layout.end_block[element] == button + 1:
        size = button + 1 - layout.first_block[element]
        if size > _MOST_BLOCKS:
            return
        if size >= _LEAST_BLOCKS:
            yield range(layout.first_block[element], button + 1)
        element = layout.parents[element]


def _look(layout: Layout, place: int) -> tuple[str, str]:
    """The class of a block's element and of the one around it."""
    element = layout.block_element[place]
    parent = layout.parents[element]
    return layout.classes[element], layout.classes[parent] if parent >= 0 else ""
