"""The story of an HTML page read once more as a text: foreign runs inside it that no markup tells from it.

A box of flats or a poll between paragraphs is the story's for all that the tagger of HTML sees, where no class names
it; the tagger of texts knows nothing but words. It is asked of stories that are told in paragraphs, where lines stand
between them: recipes and guides are as full of lines, of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from newsclean.judging.corrections.spans import ENDS, dropped_runs
from newsclean.model import Action, Kind, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from newsclean.model import Block, Reason, Verdict

_LINE = 160
_SHORT = 80
"""Characters of a line, and of one that may be a sentence."""
_ENDS = tuple(ENDS + '»”"')
_PARAGRAPH = 120
"""Characters from which a block is a paragraph, between the first and last of which a story is told."""
_MOST_SHORT = 0.3
"""Of the blocks of a story told in paragraphs, headings and foreign runs aside."""
_LEAST_TOLD = 200
"""Characters of the story above and below a run inside it."""
_MOST_BLOCKS = 12
_MOST_RUNS = 2
_MOST = 0.2
"""Of the characters kept, in all runs."""
_FOREIGN = 0.1
"""Probability as a text that one block of a run must stay below, and a block that stands beside dropped ones."""
_DOUBTED = 0.9
"""Probability as HTML below which a single block, or a list or a table, goes as well."""
_BOLD = 0.9
"""Of a block's characters."""
_LISTED = frozenset({Kind.LIST_ITEM, Kind.TABLE_ROW})


@dataclass(frozen=True, slots=True)
class _Story:
    """The kept blocks, their probabilities as HTML, and the characters above each, with the sum of all at the end.

    heads: whether each is a heading, or a paragraph in bold, which is as often one.
    """

    blocks: list[Block]
    probability: list[float]
    before: list[int]
    heads: list[bool]

    def is_inside(self, start: int, stop: int) -> bool:
        return min(self.before[start], self.before[-1] - self.before[stop]) >= _LEAST_TOLD

    def is_doubted(self, start: int, stop: int) -> bool:
        return sum(self.probability[start:stop]) < _DOUBTED * (stop - start)

    def may_go(self, start: int, stop: int) -> bool:
        """Whether these are doubted, or several, or beside dropped ones, and no list or table."""
        if self.is_doubted(start, stop):
            return True
        size = stop - start
        listed = sum(block.kind in _LISTED for block in self.blocks[start:stop])
        return 2 * listed < size and (size > 1 or self.is_beside_dropped(start, stop))

    def has_paragraph(self, start: int, stop: int) -> bool:
        """Whether one of these is more than a line, and sure to be the story's."""
        return any(len(self.blocks[at].text) > _LINE and self.probability[at] >= _DOUBTED for at in range(start, stop))

    def is_beside_dropped(self, start: int, stop: int) -> bool:
        """Whether a block that is not kept stands right above or below these, which are inside the story."""
        above, first, last, below = (self.blocks[at].index for at in (start - 1, start, stop - 1, stop))
        return first - above > 1 or below - last > 1


def foreign_runs(
    page: Page,
    kept: Sequence[bool],
    probability: Sequence[float],
    judge_text: Callable[[Page], Sequence[Verdict]],
) -> dict[int, Reason]:
    """Kept blocks of an HTML page that are foreign when its story is read as a text, with their Reasons.

    judge_text: gives the verdicts on a text. Of 1,454 held-out pages, whose boxes mostly have names, it changes 34: on
    news pages 3 of 3 such blocks were foreign, on articles of all kinds 10 of 44, of which 21 stood on two pages.
    """
    if page.layout is None:
        return {}
    blocks = [block for block, is_kept in zip(page.blocks, kept, strict=True) if is_kept]
    story = _Story(
        blocks,
        [probability[block.index] for block in blocks],
        list(accumulate(map(len, [block.text for block in blocks]), initial=0)),
        [
            block.kind is Kind.HEADING or page.layout.block_bold_chars[block.index] >= _BOLD * len(block.text)
            for block in blocks
        ],
    )
    if not _is_worth_asking(story):
        return {}
    told = _with_dropped(page.blocks, kept)
    text = Page(tuple([replace(block, index=at) for at, block in enumerate(told)]), page.declared, None, page.url)
    verdicts = [verdict for block, verdict in zip(told, judge_text(text), strict=True) if kept[block.index]]
    runs = [run for run in _runs(story, verdicts) if _is_foreign(story, verdicts, *run)]
    places = [at for start, stop in runs for at in range(start, stop)]
    if (
        sum(stop - start > 1 for start, stop in runs) > _MOST_RUNS
        or sum(len(blocks[at].text) for at in places) > _MOST * story.before[-1]
        or not _is_told_in_paragraphs(story, set(places))
    ):
        return {}
    return {blocks[at].index: reason for at in places if (reason := verdicts[at].reason) is not None}


def _with_dropped(blocks: Sequence[Block], kept: Sequence[bool]) -> list[Block]:
    """The kept blocks and the short runs of dropped ones between them, which tell what stands beside them."""
    told: list[Block] = []
    dropped: list[Block] = []
    for block, is_kept in zip(blocks, kept, strict=True):
        if not is_kept:
            dropped.append(block)
            continue
        if told and len(dropped) <= _MOST_BLOCKS:
            told += dropped
        dropped = []
        told.append(block)
    return told


def _is_worth_asking(story: _Story) -> bool:
    """Whether lines stand inside the story that may be foreign, and without them it is told in paragraphs."""
    runs = sorted(_lines(story), key=lambda run: run[0] - run[1])[:_MOST_RUNS]
    if not runs:
        return False
    return _is_told_in_paragraphs(story, {at for start, stop in runs for at in range(start, stop)})


def _lines(story: _Story) -> Iterator[tuple[int, int]]:
    """Where runs of lines start and stop that a text may show to be foreign."""
    for start, stop in dropped_runs([not _is_line(block.text) for block in story.blocks]):
        if story.is_inside(start, stop) and not all(story.heads[start:stop]) and story.may_go(start, stop):
            yield start, stop


def _is_line(text: str) -> bool:
    """Whether a text is short, and no sentence."""
    return len(text) <= _LINE and (len(text) <= _SHORT or not text.endswith(_ENDS))


def _is_told_in_paragraphs(story: _Story, foreign: set[int]) -> bool:
    """Whether few of the blocks of the story are short, foreign ones aside."""
    blocks = story.blocks
    long = [at for at, block in enumerate(blocks) if len(block.text) >= _PARAGRAPH]
    if not long:
        return False
    told = [
        len(blocks[at].text) <= _SHORT
        for at in range(long[0], long[-1] + 1)
        if at not in foreign and not story.heads[at]
    ]
    return sum(told) <= _MOST_SHORT * len(told)


def _is_foreign(story: _Story, verdicts: Sequence[Verdict], start: int, stop: int) -> bool:
    if stop - start > _MOST_BLOCKS or not story.is_inside(start, stop) or story.has_paragraph(start, stop):
        return False
    if min(verdict.probability for verdict in verdicts[start:stop]) >= _FOREIGN:
        return stop - start == 1 and story.is_doubted(start, stop)
    return story.may_go(start, stop)


def _runs(story: _Story, verdicts: Sequence[Verdict]) -> Iterator[tuple[int, int]]:
    """Where runs of dropped blocks start and stop; headings at their end are those of what follows."""
    for start, end in dropped_runs([verdict.action is not Action.DROP for verdict in verdicts]):
        stop = end
        while stop > start and story.heads[stop - 1]:
            stop -= 1
        if stop > start:
            yield start, stop
