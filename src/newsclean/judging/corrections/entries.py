"""Live blogs in flattened text: entries below clock times, one above the other, told from a ticker by what is believed.

The tagger, which knows no markup here, takes the times and the buttons between the entries for a list of other stories.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from newsclean.judging.corrections.spans import ENDS, UNCLEAR
from newsclean.marks import CLOSERS
from newsclean.patterns import pattern, plain_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsclean.model import Block, Page, Reason

_STAMP = pattern(r"(?:\p{L}{1,6}\s)?(\d{1,2})[:.h時]\s?(\d{2})(?:\s?(?:\p{L}\.?){1,5})?")
_SIGNED = pattern(r"(?:.{1,40}[\s|·•-])(\d{1,2})[:.h](\d{2})(?:\s?(?:Uhr|h|[ap]\.?m\.?|\p{Lu}{2,4}))?")
"""The same on one line with who wrote the entry and how long ago."""
_LONGEST_STAMP, _LONGEST_SIGNED = 16, 48
_FEWEST = 4
"""Entries of a live blog at least."""
_FEWEST_BELIEVED = 2
"""Entries of which the tagger believes a sentence."""
_TOLD = 0.6
"""Share of the entries that say something in a sentence."""
_SENTENCE = 40
"""Characters of a sentence at least."""
_DIGITS = plain_pattern(r"\d+")


def entries_of_story(page: Page, kept: Sequence[bool], reasons: Mapping[int, Reason]) -> list[int]:
    """Places of dropped lines that are entries of a live blog. reasons: of every dropped block."""
    if page.layout is not None:
        return []
    entries = _entries(page.blocks)
    told = [any(_is_sentence(page.blocks[place]) for place in entry) for entry in entries]
    believed = [any(kept[place] and _is_sentence(page.blocks[place]) for place in entry) for entry in entries]
    if sum(believed) < _FEWEST_BELIEVED or sum(told) < _TOLD * len(entries):
        return []
    return [place for entry in entries for place in entry if reasons.get(place) in UNCLEAR]


def _entries(blocks: Sequence[Block]) -> list[range]:
    """The lines of each entry: those below its time, up to what comes again in other entries."""
    stamps = _stamps(blocks)
    if not stamps:
        return []
    longest = max(below - above for above, below in pairwise(stamps))
    ends = [*stamps[1:], min(len(blocks), stamps[-1] + longest)]
    runs = [range(stamp + 1, end) for stamp, end in zip(stamps, ends, strict=True)]
    shapes = [_DIGITS.sub("0", block.text) for block in blocks]
    common = Counter(shape for run in runs for shape in {shapes[place] for place in run})
    entries = []
    for run in runs:
        end = next((place for place in run if common[shapes[place]] > 1), run.stop)
        entries.append(range(run.start, end))
    # below the last entry the page goes on: what nothing ends there is no entry
    return entries if entries[-1].stop < runs[-1].stop else entries[:-1]


def _stamps(blocks: Sequence[Block]) -> list[int]:
    """Places of the clock times that run down or up the page; none where they do neither."""
    for form, longest in ((_STAMP, _LONGEST_STAMP), (_SIGNED, _LONGEST_SIGNED)):
        found: list[tuple[int, int]] = []
        for place, block in enumerate(blocks):
            text = block.text
            if len(text) <= longest and any(map(str.isdecimal, text)):
                match = form.fullmatch(text)
                if match is not None and int(match[1]) < 25 and int(match[2]) < 60:
                    found.append((place, 60 * int(match[1]) + int(match[2])))
        steps = [later - earlier for (_, earlier), (_, later) in pairwise(found)]
        if len(found) >= _FEWEST and (all(step <= 0 for step in steps) or all(step >= 0 for step in steps)):
            return [place for place, _ in found]
    return []


def _is_sentence(block: Block) -> bool:
    text = block.text.rstrip(CLOSERS)
    return len(text) >= _SENTENCE and text[-1] in ENDS
