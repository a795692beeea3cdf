"""Where on a page its front matter can stand: from the blocks just above the story to its first paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.frontmatter.compare import is_dense, words
from newsclean.frontmatter.cues import may_hold_byline, may_hold_dates
from newsclean.model import Action, Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.model import Block, Page, Verdict

_REACH = 60
"""Blocks above the story that are looked at: a share bar and a gallery fit in, the menu of the site seldom does."""
_SAMPLE = 2_500
"""Characters of the story whose words are compared with those of a candidate headline."""

_PROSE, _LONG_PROSE = 110, 230
"""Characters above which a line that ends as a sentence does is prose, and above which any line is."""
_ASKING = frozenset({Reason.COOKIE, Reason.PAYWALL, Reason.NEWSLETTER})
_CLOSING = "'\"’”»)]"
_SENTENCE_END = frozenset(".!?…。！？؟।")


@dataclass(frozen=True, slots=True)
class Zone:
    """The part of a page that is searched for front matter.

    start: first block looked at. story: index of the first kept block of prose (the number of blocks when there is
    none). end: end of the story, one past its last kept block. kept: indices of the kept blocks. barred: blocks
    that ask the reader for something, which no headline does.
    """

    start: int
    story: int
    end: int
    kept: tuple[int, ...]
    barred: frozenset[int] = frozenset()


def find_zone(page: Page, verdicts: Sequence[Verdict]) -> Zone:
    """Find where the story begins and how far above it the front matter may stand."""
    kept = tuple([verdict.block.index for verdict in verdicts if verdict.action is Action.KEEP])
    blocks = page.blocks
    story = next((index for index in kept if is_prose(blocks[index])), kept[0] if kept else len(blocks))
    story = _below_credits(blocks, kept, story)
    end = kept[-1] + 1 if kept else len(blocks)
    barred = frozenset(verdict.block.index for verdict in verdicts[:story] if verdict.reason in _ASKING)
    return Zone(max(0, story - _REACH), story, end, kept, barred)


def _below_credits(blocks: Sequence[Block], kept: Sequence[int], story: int) -> int:
    """Move the start of the story below a byline or date that follows it: what stands above is a standfirst."""
    for index in range(story + 1, min(story + 4, len(blocks))):
        if blocks[index].kind is Kind.QUOTE:
            break
        if not is_prose(blocks[index]) and (may_hold_byline(blocks[index].text) or may_hold_dates(blocks[index].text)):
            return next((place for place in kept if place > index and is_prose(blocks[place])), story)
    return story


def story_words(page: Page, zone: Zone) -> frozenset[str]:
    """List the words of the first story paragraphs."""
    sample: list[str] = []
    size = 0
    for index in zone.kept:
        if index >= zone.story:
            sample.append(page.blocks[index].text[:_SAMPLE])
            size += len(sample[-1])
        if size >= _SAMPLE:
            break
    return words(" ".join(sample))


def is_prose(block: Block) -> bool:
    """Tell whether a block is a paragraph of prose: long enough for a sentence or two, and ended like one."""
    text = block.text
    size = len(text)
    if _PROSE < 3 * size <= 3 * _LONG_PROSE and is_dense(text):
        size *= 3
    return size > _LONG_PROSE or (size > _PROSE and ends_sentence(text))


def ends_sentence(text: str) -> bool:
    """Tell whether a line ends with the mark of a finished sentence."""
    return text.rstrip(_CLOSING)[-1:] in _SENTENCE_END
