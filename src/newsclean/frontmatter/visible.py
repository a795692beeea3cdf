"""What a page's first blocks say: the lines with dates and bylines, the standfirst, the copies of the headline."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from newsclean.frontmatter.compare import is_dense, key
from newsclean.frontmatter.cues import BYLINE, DATES, PROSE, ends_sentence, signs
from newsclean.frontmatter.dates import parse_dates
from newsclean.frontmatter.lexicon import date_words, fold
from newsclean.model import Kind
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.frontmatter.title import Title
    from newsclean.frontmatter.zone import Zone
    from newsclean.model import Dates, Page

_LONG_HEAD = pattern(r"[^\p{Nd}]{45,}+(?=.{0,30}$)")
_SEPARATED = pattern(r"[|•·]|\b(?:by|von|par|por|di|door|av|af)\s", regex.IGNORECASE)
_POST = pattern(r"^[—–]\s|\(@\w")
"""An embedded post ends with its author and day: "— Jane Doe (@janedoe) May 7, 2020"."""
_ABOVE = 13
"""Blocks above the headline in which its date may stand, where none stands below."""
_LONGEST_STANDFIRST = 600
_LONG_LINE = 120
"""Characters: a longer line that ends with a date is a caption, if there is a shorter one with a date."""
_MOST_LINES = 6
"""Lines with digits that are read as dates on one page: the first that say something are the story's own."""
_FEWEST_LINES = 2
"""The same where the markup states the date already."""

_STANDFIRST_NAMES = pattern(
    r"standfirst|sub-?(?:title|head(?:line)?)|\bdek\b|\bdeck\b|lead\b|\blede\b|teaser|summary|excerpt|\bintro|vorspann"
    r"|chapo|entradilla|sommario|ingress|manchet|abstract|strapline|perex|underrubrik|anrisser|occhiello|catenaccio"
)
_NAMING = (
    "sub standfirst dek deck lead lede teaser summary excerpt intro vorspann chapo entradilla sommario ingress manchet"
    " abstract strapline perex underrubrik anrisser occhiello catenaccio"
).split()
"""What `_STANDFIRST_NAMES` cannot do without: looking for these takes less time."""
_CAPTION = pattern(
    r"©|\b(?:photos?|fotos?|images?|bild(?:er)?|getty|pictures?|video|credits?|file|afp|reuters|shutterstock|istock)\b[:/]?"
    r"|写真|사진|图片",
    regex.IGNORECASE,
)


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
    most = _FEWEST_LINES if page.declared.published else _MOST_LINES
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
    dates = _read_dates(text, language, url, now)
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
        labelled = _read_dates(f"{before} {text}", language, url, now)
        if labelled is not None and labelled.updated and not labelled.published:
            return DateLine(index, labelled, index - 1)
    return DateLine(index, dates)


def _may_label(text: str) -> bool:
    """Tell, without reading it, whether a short line could name what the date below it is."""
    return not text.isascii() or any(date_words().knows(fold(word.strip(":"))) for word in text.split())


@lru_cache(maxsize=64)
def _read_dates(text: str, language: str | None, url: str | None, now: str | None) -> Dates | None:
    """Read a line's dates; the search for the headline and that for the dates ask for the same lines."""
    return parse_dates(text, language, url, now=now)


def credit_blocks(
    page: Page, zone: Zone, language: str | None, *, url: str | None = None, now: str | None = None
) -> frozenset[int]:
    """List the blocks around the start of the story that hold a date or say "by", as a headline does not.

    A year alone does not make a date line: it stands in many a headline.
    """
    found = set()
    tried = 0
    for index in range(min(len(page.blocks), zone.story + 6) - 1, zone.start - 1, -1):
        text = page.blocks[index].text
        seen = signs(text)
        if seen & BYLINE or _is_labelled(text):
            found.add(index)
        elif tried < _MOST_LINES and seen & (DATES | PROSE) == DATES:
            tried += 1
            if _read_dates(text, language, url, now) is not None:
                found.add(index)
    return frozenset(found)


def _is_labelled(text: str) -> bool:
    """Tell whether a line begins with a word that announces a date and a colon, as in "Last updated: 5 hours ago"."""
    label, colon, _ = text[:30].partition(":")
    return bool(colon) and bool({"published", "updated"} & date_words().kinds(fold(label), None))


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


def title_blocks(page: Page, zone: Zone, title: Title) -> tuple[int, ...]:
    """List the blocks that show the headline, alone or after a kicker."""
    if not title.text:
        return ()
    wanted = key(title.text)
    dense = wanted.replace(" ", "")
    found = []
    shortest, longest = len(title.text) - 10, len(title.text) + 80
    for block in page.blocks[max(0, zone.start - 5) : zone.story + 3]:
        if not shortest <= len(block.text) <= longest:
            continue
        folded = key(block.text)
        glued = len(wanted) > 15 and folded.replace(" ", "").endswith(dense) and not signs(block.text) & PROSE
        if folded == wanted or block.index == title.block or glued:
            found.append(block.index)
    return tuple(found)


def find_standfirst(page: Page, zone: Zone, title: int, credited: frozenset[int]) -> int:
    """Find the block of the standfirst: between the headline and the credits, or named so, or described so.

    Returns its index, or -1. A first paragraph that merely equals the declared description stays in the story.
    """
    if title < 0:
        return -1
    blocks = page.blocks
    below = [place for place in credited if place > title]
    border = min(below, default=-1)
    described: list[str] | None = None
    last = min(len(blocks), max(zone.story, border) + 1)
    for index in range(title + 1, min(last, title + 12)):
        text = blocks[index].text
        heading = blocks[index].kind is Kind.HEADING and blocks[index].level <= 2
        if index in credited or heading or not _could_be_standfirst(text):
            continue
        between = index < border and index <= title + 3 and blocks[index].kind is not Kind.LIST_ITEM
        if (between or (index <= zone.story and _named(page, index))) and not _CAPTION.search(text):
            return index
        if index < border or blocks[index].kind is Kind.HEADING:
            if described is None:
                described = [key(claim.value)[:150] for claim in page.declared.descriptions if len(claim.value) > 30]
            folded = key(text)[:150]
            if any(folded == other or (len(other) > 60 and folded.startswith(other)) for other in described):
                return index
    return -1


def _could_be_standfirst(text: str) -> bool:
    size = len(text) * (2.5 if is_dense(text) else 1)
    return 35 <= size <= _LONGEST_STANDFIRST and (ends_sentence(text) or size >= 45)


@lru_cache(maxsize=2048)
def _is_naming(names: str) -> bool:
    for word in _NAMING:
        if word in names:
            return _STANDFIRST_NAMES.search(names) is not None
    return False


def _named(page: Page, index: int) -> bool:
    """Tell whether the markup names a block, or an element just around it, as a standfirst."""
    layout = page.layout
    if layout is None:
        return False
    element = layout.block_element[index]
    for _ in range(2):
        if element <= 0:
            return False
        classes, ids = layout.classes[element], layout.ids[element]
        if (classes or ids) and _is_naming(f"{classes[:200]} {ids[:80]}".lower()):
            return True
        element = layout.parents[element]
    return False
