"""Where on a page its front matter can stand: from the blocks just above the story to its first paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsclean.frontmatter.compare import words
from newsclean.frontmatter.cues import BYLINE, DATES, PROSE, signs
from newsclean.frontmatter.on_page.date_lines import read_dates
from newsclean.model import Action, Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.model import Page, Verdict

_REACH = 60
"""Blocks above the story that are looked at: a share bar and a gallery fit in, the menu of the site seldom does."""
_SAMPLE = 2_500
"""Characters of the story whose words are compared with those of a candidate headline."""

_SURE = 0.95
"""Probability from which a paragraph is the story, though a line with a number like a year follows it."""
_CREDITS_BELOW = 4
"""Blocks below a standfirst within which the credits begin: a caption and buttons may stand between."""
_ASKING = (Reason.COOKIE, Reason.PAYWALL, Reason.NEWSLETTER)  # compared by identity first, faster than by hash


_BELOW = 4
"""Blocks below the story in which a byline or its dates may stand."""
_OF_OTHERS = (Reason.RELATED, Reason.COMMENT, Reason.NAVIGATION, Reason.LISTING)


class Zone(NamedTuple):
    """The part of a page that is searched for front matter.

    start: first block looked at. story: index of the first kept block of prose (the number of blocks when there is
    none). end: end of the story, one past its last kept block. kept: indices of the kept blocks. barred: blocks
    that ask the reader for something, which no headline does. others: blocks just below the story that are about other
    stories or by readers.
    """

    start: int
    story: int
    end: int
    kept: tuple[int, ...]
    barred: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()


def find_zone(page: Page, verdicts: Sequence[Verdict], language: str | None = None, url: str | None = None) -> Zone:
    """Find where the story begins and how far above it the front matter may stand.

    language, url: as far as they are known, to read what could be a date line below the first paragraph.
    """
    keep = Action.KEEP  # looked up once: there are many verdicts
    kept = tuple([place for place, verdict in enumerate(verdicts) if verdict.action is keep])
    blocks = page.blocks
    story = next((index for index in kept if signs(blocks[index].text) & PROSE), kept[0] if kept else len(blocks))
    story = _below_credits(verdicts, kept, story, language, url)
    end = kept[-1] + 1 if kept else len(blocks)
    barred = frozenset([place for place, verdict in enumerate(verdicts[:story]) if verdict.reason in _ASKING])
    below = enumerate(verdicts[end : end + _BELOW], end)
    others = frozenset([place for place, verdict in below if verdict.reason in _OF_OTHERS])
    return Zone(max(0, story - _REACH), story, end, kept, barred, others)


def _below_credits(
    verdicts: Sequence[Verdict], kept: Sequence[int], story: int, language: str | None, url: str | None
) -> int:
    """Move the start of the story below a byline or date that follows it: what stands above is a standfirst."""
    if story >= len(verdicts):
        return story
    sure = verdicts[story].probability >= _SURE
    for index in range(story + 1, min(story + _CREDITS_BELOW, len(verdicts))):
        block = verdicts[index].block
        if block.kind is Kind.QUOTE:
            break
        found = signs(block.text)
        if found & PROSE or not found & (BYLINE | DATES):
            continue
        if not found & BYLINE and sure and read_dates(block.text, language, url, None) is None:
            continue
        below = (place for place in kept if place > index and signs(verdicts[place].block.text) & PROSE)
        return next(below, story)
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
