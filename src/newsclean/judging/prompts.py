"""Boxes of newsletters inside the story: what stands around a dropped prompt and is no more than its name or button."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.judging.cues import Strength
from newsclean.model import Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.judging.cues import Said
    from newsclean.model import Block, Layout, Page

_MOST_BLOCKS = 6
"""Blocks of a box: a name, a prompt or two, a field, a button, a note on privacy."""
_LONGEST_NAME, _LONGEST_BUTTON = 50, 12
"""Characters."""
_LEAST_TOLD = 100
"""Characters kept above and below a prompt inside the story; beside another a line may be the headline."""
_ENDS = tuple('.!?…:;,。！？：।؟۔»”"')


def around_prompts(page: Page, said: Sequence[Said | None], kept: Sequence[bool]) -> set[int]:
    """Places of kept short lines that belong to the dropped prompt of a newsletter beside them.

    Those are the lines of an element that holds the prompt and of which nothing else is kept, and among the story's own
    paragraphs a line without a full stop above the prompt, and a word below it. said: the reasons that the blocks name.
    """
    layout = page.layout
    if layout is None:
        return set()
    prompts = [
        place
        for place, found in enumerate(said)
        if found is not None
        and found.reason is Reason.NEWSLETTER
        and found.strength is Strength.OPENING
        and not kept[place]
    ]
    if not prompts:
        return set()
    lengths = (len(block.text) if is_kept else 0 for block, is_kept in zip(page.blocks, kept, strict=True))
    before = list(accumulate(lengths, initial=0))
    found: set[int] = set()
    for prompt in prompts:
        if min(before[prompt], before[-1] - before[prompt]) >= _LEAST_TOLD:
            found.update(_boxed(page, layout, prompt, kept))
            found.update(_beside(page.blocks, prompt))
    return {place for place in found if kept[place]}


def _boxed(page: Page, layout: Layout, prompt: int, kept: Sequence[bool]) -> range:
    """The places of the largest element around a prompt of which nothing is kept but short lines."""
    box = range(prompt, prompt + 1)
    element = layout.block_element[prompt]
    while element > 0:
        places = range(layout.first_block[element], layout.end_block[element])
        if len(places) > _MOST_BLOCKS or any(
            kept[place] and not _is_short(page.blocks[place], _LONGEST_NAME) for place in places
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
