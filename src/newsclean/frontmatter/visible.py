"""What a page's first blocks say: the lines with dates and bylines, the standfirst, the copies of the headline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from newsclean.frontmatter.compare import is_dense, key
from newsclean.frontmatter.dates import parse_dates
from newsclean.frontmatter.zone import ends_sentence, is_prose
from newsclean.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.frontmatter.title import Title
    from newsclean.frontmatter.zone import Zone
    from newsclean.model import Dates, Page

_DATE_LIKE = regex.compile(r"\p{Nd}{4}|\p{Nd}{1,2}\s?[.:/年月-]\s?\p{Nd}{1,2}|元年")
_LONGEST_DATES = 200
_LONGEST_STANDFIRST = 600
_MOST_LINES = 6
"""Lines with digits that are read as dates on one page: the first that say something are the story's own."""
_FEWEST_LINES = 2
"""The same where the markup states the date already."""

_STANDFIRST_NAMES = regex.compile(
    r"standfirst|sub-?(?:title|head(?:line)?)|\bdek\b|\bdeck\b|lead\b|\blede\b|teaser|summary|excerpt|\bintro|vorspann"
    r"|chapo|entradilla|sommario|ingress|manchet|abstract|strapline|perex|underrubrik|anrisser|occhiello|catenaccio",
    regex.IGNORECASE,
)
_CAPTION = regex.compile(
    r"©|\b(?:photos?|fotos?|images?|bild(?:er)?|getty|pictures?|video|credits?|file|afp|reuters|shutterstock|istock)\b[:/]?"
    r"|写真|사진|图片",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateLine:
    """The dates of a block, and the block before it that labelled them (-1 when the line says itself what it is)."""

    index: int
    dates: Dates
    label: int = -1


def may_hold_dates(text: str) -> bool:
    """Tell, without reading it, whether a line could be a date line."""
    return len(text) <= _LONGEST_DATES and _DATE_LIKE.search(text) is not None


def date_lines(
    page: Page, zone: Zone, title: int, *, language: str | None, url: str | None, now: str | None
) -> tuple[DateLine, ...]:
    """Read the date lines around a headline, in page order.

    A line that only names what follows ("Published", "Zuletzt aktualisiert:") is read together with the next one.
    """
    blocks = page.blocks
    found: list[DateLine] = []
    tried = 0
    most = _FEWEST_LINES if page.declared.published else _MOST_LINES
    for index in _around(page, zone, title):
        text = blocks[index].text
        if not may_hold_dates(text) or is_prose(blocks[index]) or index == title:
            continue
        tried += 1
        dates = parse_dates(text, language, url, now=now)
        if dates is not None:
            label = -1
            before = blocks[index - 1].text if index else ""
            if dates.published and not dates.updated and len(before) <= 40 and not may_hold_dates(before):
                labelled = parse_dates(f"{before} {text}", language, url, now=now)
                if labelled is not None and labelled.updated and not labelled.published:
                    dates, label = labelled, index - 1
            found.append(DateLine(index, dates, label))
        if len(found) >= 3 or tried >= most:
            break
    return tuple(found)


def _around(page: Page, zone: Zone, title: int) -> Iterator[int]:
    """Walk the places of credits: below the headline into the first paragraphs, then just above it."""
    last = min(len(page.blocks), zone.story + 4)
    first = title + 1 if title >= 0 else zone.start
    yield from range(first, last)
    if title > 0:
        yield from range(title - 1, max(-1, title - 5), -1)


def title_blocks(page: Page, zone: Zone, title: Title) -> tuple[int, ...]:
    """List the blocks that show the headline, alone or after a kicker."""
    if not title.text:
        return ()
    wanted = key(title.text)
    dense = wanted.replace(" ", "")
    found = []
    for block in page.blocks[max(0, zone.start - 5) : zone.story + 3]:
        size = len(block.text)
        if size > len(title.text) + 80 or size < len(title.text) - 10:
            continue
        folded = key(block.text)
        glued = len(wanted) > 15 and folded.replace(" ", "").endswith(dense) and not is_prose(block)
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
    described = [key(claim.value)[:150] for claim in page.declared.descriptions if len(claim.value) > 30]
    last = min(len(blocks), max(zone.story, border) + 1)
    for index in range(title + 1, min(last, title + 12)):
        text = blocks[index].text
        if index in credited or not _could_be_standfirst(text):
            continue
        named = _named(page, index)
        folded = key(text)[:150]
        matching = any(folded == other or (len(other) > 60 and folded.startswith(other)) for other in described)
        if (
            index < border
            and index <= title + 3
            and not _CAPTION.search(text)
            and blocks[index].kind is not Kind.LIST_ITEM
        ):
            return index
        if named and index <= zone.story and not _CAPTION.search(text):
            return index
        if matching and (index < border or blocks[index].kind is Kind.HEADING):
            return index
    return -1


def _could_be_standfirst(text: str) -> bool:
    size = len(text) * (2.5 if is_dense(text) else 1)
    return 35 <= size <= _LONGEST_STANDFIRST and (ends_sentence(text) or size >= 45)


def _named(page: Page, index: int) -> bool:
    """Tell whether the markup names a block, or an element just around it, as a standfirst."""
    layout = page.layout
    if layout is None:
        return False
    element = layout.block_element[index]
    for _ in range(2):
        if element <= 0:
            return False
        if _STANDFIRST_NAMES.search(f"{layout.classes[element][:200]} {layout.ids[element][:80]}"):
            return True
        element = layout.parents[element]
    return False
