"""Which lines of a page date its story: below its headline, above it, or at its end."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from newsclean.frontmatter.cues import DATES, PROSE, signs
from newsclean.frontmatter.dates import parse_dates
from newsclean.frontmatter.lexicon import date_words, fold
from newsclean.model import Kind
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.frontmatter.zone import Zone
    from newsclean.model import Dates, Page

_LONG_HEAD = pattern(r"[^\p{Nd}]{45,}+(?=.{0,30}$)")
_SEPARATED = pattern(r"[|•·]|\b(?:by|von|par|por|di|door|av|af)\s", regex.IGNORECASE)
_POST = pattern(r"^[—–]\s|\(@\w")
"""An embedded post ends with its author and day: "— Jane Doe (@janedoe) May 7, 2020"."""
_ABOVE = 13
"""Blocks above the headline in which its date may stand, where none stands below."""
_LONG_LINE = 120
"""Characters: a longer line that ends with a date is a caption, if there is a shorter one with a date."""
MOST_LINES = 6
"""Lines with digits that are read as dates on one page: the first that say something are the story's own."""
_FEWEST_LINES = 2
"""The same where the markup states the date already."""


class DateLine(NamedTuple):
    """The dates of a block, and the block before it that labelled them (-1 when the line says itself what it is)."""

    place: int
    dates: Dates
    label: int = -1


def date_lines(
    page: Page, zone: Zone, anchor: int, *, language: str | None, url: str | None, now: str | None
) -> tuple[DateLine, ...]:
    """Read the date lines of the story, in the order they are looked for: below its headline, above it, at its end.

    anchor: the block of the headline, -1 where none is known. A line that only names what follows ("Published",
    "Zuletzt aktualisiert:") is read together with the next one. The search ends where a publication date was found.
    """
    found: list[DateLine] = []
    tried = 0
    most = _FEWEST_LINES if page.declared.published else MOST_LINES
    for places in _date_places(page, zone, anchor):
        for index in places:
            block = page.blocks[index]
            if signs(block.text) & (DATES | PROSE) != DATES or index == anchor or _is_caption(block.text):
                continue
            if block.kind is Kind.QUOTE or _POST.search(block.text):
                continue
            tried += 1
            line = _date_line(page, index, language=language, url=url, now=now)
            if line is not None:
                found.append(line)
            if len(found) >= 3 or tried >= most:
                return tuple(_without_captions(page, found))
        if any(line.dates.published for line in found):
            break
    return tuple(_without_captions(page, found))


def _without_captions(page: Page, lines: list[DateLine]) -> list[DateLine]:
    """Leave out the long lines with a date where a short one has a date too."""
    short = [line for line in lines if len(page.blocks[line.place].text) <= _LONG_LINE]
    return short if any(line.dates.published for line in short) else lines


def _date_line(page: Page, index: int, *, language: str | None, url: str | None, now: str | None) -> DateLine | None:
    text = page.blocks[index].text
    dates = read_dates(text, language, url, now)
    if dates is None:
        return None
    before = page.blocks[index - 1].text if index else ""
    if (
        dates.published
        and not dates.updated
        and len(before) <= 40
        and before.count(" ") < 4
        and not signs(before) & DATES
        and _may_label(before)
    ):
        labelled = read_dates(f"{before} {text}", language, url, now)
        if labelled is not None and labelled.updated and not labelled.published:
            return DateLine(index, labelled, index - 1)
    return DateLine(index, dates)


def _may_label(text: str) -> bool:
    """Tell, without reading it, whether a short line could name what the date below it is."""
    return not text.isascii() or any(date_words().knows(fold(word.strip(":"))) for word in text.split())


@lru_cache(maxsize=64)
def read_dates(text: str, language: str | None, url: str | None, now: str | None) -> Dates | None:
    """Read a line's dates; the search for the headline and that for the dates ask for the same lines."""
    return parse_dates(text, language, url, now=now)


def _is_caption(text: str) -> bool:
    """Tell whether a line is a sentence or caption that ends with a date, rather than a line about the story's date."""
    match = _LONG_HEAD.match(text)
    return match is not None and _SEPARATED.search(match[0]) is None


def _date_places(page: Page, zone: Zone, anchor: int) -> Iterator[range]:
    """List the stretches where the dates of a story stand, the likeliest first."""
    first = anchor + 1 if anchor >= 0 else zone.start
    yield range(first, min(len(page.blocks), zone.story + 4))
    if anchor > 0:
        yield range(anchor - 1, max(-1, anchor - _ABOVE), -1)
    yield range(zone.end, min(len(page.blocks), zone.end + 4))
