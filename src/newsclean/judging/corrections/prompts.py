"""Boxes of newsletters, polls and appeals inside the story: what stands around a dropped prompt or button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.judging.corrections.spans import ENDS, told_before
from newsclean.judging.cues.lookup import Strength
from newsclean.model import Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.judging.cues.lookup import Said
    from newsclean.model import Block, Layout, Page

_BUTTONS = frozenset({Reason.COMMENT, Reason.NEWSLETTER, Reason.PAYWALL})
_MOST_BLOCKS = 12
"""Blocks of a box: a name, a prompt or two, answers or sums to choose from, a button, a note on privacy."""
_LEAST_BLOCKS = 3
"""The same of a box whose button the tagger takes for a part of the story."""
_LONGEST_LINE, _LONGEST_NAME, _LONGEST_BUTTON = 160, 50, 12
"""Characters."""
_MOST = 0.2
"""Of the characters kept, in a box."""
_LEAST_TOLD = 100
"""Characters kept above and below a prompt inside the story; beside another a line may be the headline."""
_ENDS = tuple(ENDS + ':;,：»”"')


def around_prompts(page: Page, said: Sequence[Said | None], kept: Sequence[bool]) -> dict[int, Reason]:
    """Kept lines that belong to the dropped prompt or button beside them, with its Reason.

    Those are the lines of an element that holds it and of which no paragraph is kept, and around the prompt of a
    newsletter among the story's own paragraphs a line without a full stop above, and a word below it. said: the reasons
    that the blocks name. On held-out articles 27 of 27 such lines were foreign, 24 of them on one page.
    """
    layout = page.layout
    if layout is None:
        return {}
    prompts = [
        (place, found)
        for place, found in enumerate(said)
        if found is not None and (_is_button(found) or (_is_prompt(found) and not kept[place]))
    ]
    if not prompts:
        return {}
    before = told_before(page.blocks, kept)
    around: dict[int, Reason] = {}
    for prompt, found in prompts:
        if min(before[prompt], before[-1] - before[prompt]) >= _LEAST_TOLD:
            beside = _beside(page.blocks, prompt) if _is_prompt(found) else ()
            box = _boxed(page, layout, prompt, kept, before)
            if kept[prompt] and len(box) < _LEAST_BLOCKS:
                continue
            for place in (*box, *beside):
                if kept[place]:
                    around.setdefault(place, found.reason)
    return around


def _is_prompt(said: Said) -> bool:
    return said.reason is Reason.NEWSLETTER and said.strength is Strength.OPENING


def _is_button(said: Said) -> bool:
    return said.reason in _BUTTONS and said.strength is Strength.WHOLE


def _boxed(page: Page, layout: Layout, prompt: int, kept: Sequence[bool], before: Sequence[int]) -> range:
    """The places of the largest element around a prompt of which nothing is kept but lines, inside the story."""
    box = range(prompt, prompt + 1)
    element = layout.block_element[prompt]
    while element > 0:
        places = range(layout.first_block[element], layout.end_block[element])
        if (
            len(places) > _MOST_BLOCKS
            or before[places.stop] - before[places.start] > _MOST * before[-1]
            or min(before[places.start], before[-1] - before[places.stop]) < _LEAST_TOLD
            or any(kept[place] and len(page.blocks[place].text) > _LONGEST_LINE for place in places)
        ):
            break
        box, element = places, layout.parents[element]
    return box


def _beside(blocks: Sequence[Block], prompt: int) -> Iterator[int]:
    above, below = blocks[prompt - 1], blocks[prompt + 1]
    if above.kind is Kind.PARAGRAPH and _is_short(above, _LONGEST_NAME):
        yield above.index
    # more than a word may be the story's next heading, which is as often a paragraph in bold
    if below.kind is Kind.PARAGRAPH and _is_short(below, _LONGEST_BUTTON) and " " not in below.text:
        yield below.index


def _is_short(block: Block, longest: int) -> bool:
    return len(block.text) <= longest and not block.text.endswith(_ENDS)
