"""Classified adverts inside a story, told by their figures: homes with an area, cars with a mileage, jobs for any sex.

The tagger takes a run of three for a table of the story. One such line says little; two near each other, in a story
whose own paragraphs hold no such figures, are a widget's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.judging.corrections.spans import ENDS
from newsclean.patterns import plain_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.model import Block

_LONGEST = 140
"""Characters of an advert's line."""
_LONGEST_HEAD = 60
_SEVERAL = 2
_MOST = 0.3
"""Of the characters kept, in all adverts: more of them are what the page is about."""
_MOST_BETWEEN = 3
"""Lines between two adverts that are a part of the first: its address, its price, its agent."""
_ENDS = tuple(ENDS + ":;：")

_UNITS = (
    *"m² m2 m<sup>2 sqm sq.m sq.f sqft qm mq м² м2 кв ㎡ 平米 平方 坪 /d) /D) /F) /H) /h) /f) /x) /w) /k)".split(),
    *("sq m", "sq f", "sq. m", "sq. f", "0 km", "0km", "0 км"),
)
"""One of these stands in every line that tells an advert; most pages hold none."""
_AREA = (
    r"\d\s?(?:m²|m2(?![a-z])|m<sup>2|sqm(?![a-z])|sq\.?\s?(?:m|ft|feet)(?![a-z])|sqft|qm(?![a-z])|mq(?![a-z])|м²|м2"
    r"|кв\.?\s?м|㎡|平米|平方米|坪)"
)
_PRICE = (
    r"[€$£¥₹₽₩฿₴₺]\s?\d|\d\s?(?:[€$£¥₹₽₩฿₴₺]|Kč|zł|EUR|USD|GBP|CHF|Ft(?![a-z])|lei(?![a-z])|kr(?![a-z])|руб|万円|万元|만원)"
    r"|(?:EUR|USD|GBP|CHF|Rs\.?)\s?\d"
)
_ROOMS = (
    r"\d\s?\+\s?(?:kk|1)(?!\d)|\d[\s-]?(?:bed|Zimmer|Zi\.|pièces|hab|locali|vani|pokoj|pok\.|комн|к\.\s?кв|szoba|kamer)"
    r"|(?<![A-Za-z\d])[TF]\d(?!\d)|\d\s?[LDK]{2,3}(?![A-Za-z])|\d[室房]"
)
_MILEAGE = r"\d{2,3}[., \u00a0\u202f]?\d{3}\s?(?:km|км)(?![a-zа-я/])"
_JOB = r"\((?:[mwfdxhk]|[HF]|gn)(?:\s?/\s?(?:[mwfdxhk]|[HF]|divers)){1,3}\)"

_HAS_AREA, _HAS_PRICE, _HAS_ROOMS = plain_pattern(_AREA), plain_pattern(_PRICE), plain_pattern(_ROOMS)
_HAS_ANY = plain_pattern(f"{_AREA}|{_MILEAGE}|{_JOB}")
_HAS_MILEAGE, _HAS_JOB = plain_pattern(_MILEAGE), plain_pattern(_JOB)


def adverts_in_story(blocks: Sequence[Block], kept: Sequence[bool]) -> set[int]:
    """Places of kept blocks of classified adverts: two lines of them and more, what stands between, and a line above.

    On development pages and texts all 845 lines with an area and a price or rooms that stood near another were foreign.
    """
    story = [block for block, is_kept in zip(blocks, kept, strict=True) if is_kept]
    short = [at for at, block in enumerate(story) if len(block.text) <= _LONGEST]
    joined = "\n".join([story[at].text for at in short])
    if not any(unit in joined for unit in _UNITS):
        return set()
    lines = [at for at in short if _is_advert(story[at].text)]
    if len(lines) < _SEVERAL or any(len(block.text) > _LONGEST and _HAS_ANY.search(block.text) for block in story):
        return set()
    places = {at for run in _runs(story, lines) for at in run}
    if sum(len(story[at].text) for at in places) > _MOST * sum(len(block.text) for block in story):
        return set()
    return {story[at].index for at in places}


def _is_advert(text: str) -> bool:
    if not _HAS_ANY.search(text):
        return False
    if _HAS_JOB.search(text):
        return True
    if _HAS_AREA.search(text):
        return bool(_HAS_PRICE.search(text) or _HAS_ROOMS.search(text))
    return bool(_HAS_MILEAGE.search(text) and _HAS_PRICE.search(text))


def _runs(story: Sequence[Block], lines: Sequence[int]) -> Iterator[range]:
    """Runs of adverts near each other, with the line that heads them and what is left of the last."""
    start = 0
    for at, line in enumerate(lines):
        if at + 1 < len(lines) and _is_part(story, line, lines[at + 1]):
            continue
        if at > start:
            # an advert has as many lines as the others of its run
            most = max(below - above for above, below in zip(lines[start:at], lines[start + 1 : at + 1], strict=True))
            end = line + 1
            while end < len(story) and end - line < most and _is_line(story[end].text):
                end += 1
            first = lines[start]
            has_head = first > 0 and len(story[first - 1].text) <= _LONGEST_HEAD and _is_line(story[first - 1].text)
            yield range(first - has_head, end)
        start = at + 1


def _is_part(story: Sequence[Block], line: int, following: int) -> bool:
    between = range(line + 1, following)
    return len(between) <= _MOST_BETWEEN and all(len(story[at].text) <= _LONGEST for at in between)


def _is_line(text: str) -> bool:
    return len(text) <= _LONGEST and not text.endswith(_ENDS)
