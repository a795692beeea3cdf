"""What counts the pictures of a gallery between a story's paragraphs: "1/7", "2/7", "Bild 3 von 12"."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import regex

from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.model import Block

_COUNTER = pattern(r"(?:\p{L}{2,10}\s)?(\d{1,3})\s?(?:/|\p{L}{1,4})\s?(\d{1,3})", regex.I)
_LONGEST = 24
_FEWEST = 3
"""Counters of one gallery; two may be marks out of ten."""


def counters_in_story(blocks: Sequence[Block], kept: Sequence[bool]) -> list[int]:
    """Places of kept blocks that do nothing but count, one up from the last, to the same number."""
    short = [place for place, block in enumerate(blocks) if len(block.text) <= _LONGEST and block.text[-1].isdecimal()]
    if len(short) < _FEWEST:
        return []
    galleries: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for place in short:
        match = _COUNTER.fullmatch(blocks[place].text)
        if match is not None and 0 < int(match[1]) <= int(match[2]):
            galleries[int(match[2])].append((place, int(match[1])))
    found: list[int] = []
    for pictures in galleries.values():
        numbers = [number for _, number in pictures]
        if len(numbers) >= _FEWEST and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            found.extend(place for place, _ in pictures if kept[place])
    return found
