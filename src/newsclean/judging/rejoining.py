"""Pages that came on one line: pieces that belong together are joined again, once it is known which are the story."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newsclean.judging.features import read_features
from newsclean.judging.tagger import load_model, tag
from newsclean.model import Block, Kind
from newsclean.reading.text import is_open, unheaded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsclean.judging.tagger import Model
    from newsclean.model import Page

_PARAGRAPH = 0.6
"""Score from which a gap between two kept sentences is the end of a paragraph: a probability of 0.65."""

_LINE = 1.4
"""Score from which a gap is the end of a line although no sentence ends there, as after a subhead: 0.8."""

_DOUBTED = 0.25
"""Score up to which words that are not the story's stay together, names in a byline above all: 0.56."""

_NAMES = 40
"""Characters of such words at most; more of them, and the judge takes them for a sentence."""

_SURE = 0.1
"""A piece less probable than this is dropped even from the midst of a sentence."""

_FULL, _OVERFULL = 500, 1_400
"""Characters from which a paragraph ends at the next end of a sentence, and from which it ends anywhere.

So nothing that is written out is on one line again.
"""


def rejoined(page: Page, model: Model | None = None) -> Page:
    """The page with the pieces of its one line joined to paragraphs; any other page as it is.

    Where all of the line is the story, it is one block again, as it came.
    """
    if not page.breaks:
        return page
    model = model or load_model("text")
    chances: list[float] = tag(read_features(page, model.vocabulary), model).tolist()
    kept = _mended(page.blocks, page.breaks, chances, model.threshold)
    first, last = min(page.breaks) - 1, max(page.breaks)
    alone = {place for place in (*page.ruled.blocks, *page.ruled.moved) if first <= place <= last}
    is_plain = all(block.kind is Kind.PARAGRAPH for block in page.blocks[first : last + 1])
    if is_plain and not alone and all(kept[first : last + 1]):
        ends = [*range(1, first + 1), *range(last + 1, len(page.blocks) + 1)]
        groups = [range(begin, end) for begin, end in pairwise([0, *ends])]
    else:
        groups = list(_groups(page, kept, alone))
    blocks = tuple(_joined(page.blocks, group, place) for place, group in enumerate(groups))
    new = {group[0]: place for place, group in enumerate(groups)}
    ruled = replace(
        page.ruled,
        blocks={new[place]: ruling for place, ruling in page.ruled.blocks.items()},
        moved={new[place]: name for place, name in page.ruled.moved.items()},
    )
    return replace(page, blocks=blocks, breaks={}, ruled=ruled)


def _mended(blocks: Sequence[Block], breaks: Mapping[int, float], chances: list[float], threshold: float) -> list[bool]:
    """Which pieces are kept; one in the midst of a kept sentence is, unless it is surely foreign."""
    kept = [chance >= threshold for chance in chances]
    for place in range(1, len(kept) - 1):
        if (
            not kept[place]
            and kept[place - 1]
            and kept[place + 1]
            and chances[place] > _SURE
            and max(breaks.get(place, _LINE), breaks.get(place + 1, _LINE)) < _PARAGRAPH
            and is_open(blocks[place - 1].text)
        ):
            kept[place] = True
    return kept


def _groups(page: Page, kept: list[bool], alone: set[int]) -> Iterator[range]:
    """The pieces that are one block, group by group; all other blocks by themselves."""
    first = length = 0
    for place in range(1, len(page.blocks)):
        length += len(page.blocks[place - 1].text) + 1
        score = page.breaks.get(place)
        block, above = page.blocks[place], page.blocks[place - 1]
        is_plain = block.kind is Kind.PARAGRAPH and above.kind is not Kind.HEADING
        if score is not None and is_plain and kept[place - 1] == kept[place] and not {place - 1, place} & alone:
            if not kept[place]:
                belongs = score < _DOUBTED and is_open(above.text) and length + len(block.text) < _NAMES
            elif is_open(above.text):
                belongs = score < _LINE and length < _OVERFULL
            else:
                belongs = score < _PARAGRAPH and length + len(block.text) < _FULL
            if belongs:
                continue
        yield range(first, place)
        first, length = place, 0
    yield range(first, len(page.blocks))


def _joined(blocks: Sequence[Block], group: range, index: int) -> Block:
    first = blocks[group[0]]
    if len(group) == 1:
        return replace(first, index=index)
    parts = [first.text]
    for above, place in pairwise(group):
        parts += " " if blocks[place].start > blocks[above].end else "", blocks[place].text
    text, kind, level = unheaded("".join(parts))
    return Block(index, text, kind, level, first.start, blocks[group[-1]].end)
