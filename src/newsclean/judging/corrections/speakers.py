"""Transcripts in flattened text: what one speaker says stays where most of what the speakers say is kept.

"Yeah." behind a name in capitals looks like a caption or a button. Of the lines that come back so in development texts
all 16 were the story's, 15 of them in two transcripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.judging.corrections.spans import UNCLEAR
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsclean.model import Page, Reason

_SPEAKER = pattern(r"(\p{Lu}[\p{Lu}\p{Nd} .,'’#()/-]{2,40}+):\s\S")
_LONGEST = 48
"""Characters of a line in which its speaker's name ends."""
_FEWEST = 8
"""Lines of a transcript at least."""
_FEWEST_SPEAKERS = 2
_MOST_KEPT = 0.5
"""Share of them that is kept where they are the story's."""


def speakers_of_story(page: Page, kept: Sequence[bool], reasons: Mapping[int, Reason]) -> list[int]:
    """Places of dropped lines of a transcript. reasons: of every dropped block."""
    if page.layout is not None:
        return []
    lines: dict[int, str] = {}
    for place, block in enumerate(page.blocks):
        head = block.text[:_LONGEST]
        if ":" in head and (match := _SPEAKER.match(head)) is not None:
            lines[place] = match[1]
    if len(lines) < _FEWEST or len(set(lines.values())) < _FEWEST_SPEAKERS:
        return []
    if sum(kept[place] for place in lines) < _MOST_KEPT * len(lines):
        return []
    return [place for place in lines if reasons.get(place) in UNCLEAR]
