"""Which lines of a page date its story: below its headline, above it, or at its end."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from newsclean.frontmatter.cues import DATES, PROSE, signs
from newsclean.frontmatter.dates import parse_dates
from newsclean.frontmatter.days.moments import DAY_LENGTH
from newsclean.frontmatter.days.order import learned_order, swappable_mark, url_day
from newsclean.frontmatter.days.roles import LineReader, find_labels
from newsclean.frontmatter.digits import plain
from newsclean.frontmatter.lexicon import base_language, date_words, fold
from newsclean.frontmatter.on_page.header import header_end
from newsclean.model import Kind
from newsclean.patterns import pattern, plain_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.frontmatter.on_page.zone import Zone
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
_LONGEST_FAR = 60
"""Characters of a line far from the headline that can date the story."""
_HEAD = plain_pattern(r"\D*+")
_LONGEST_LABEL = 20
_MOST_FAR = 25
"""Lines with digits of a page that holds little more than one story."""
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
    end = header_end(page, anchor)
    most = _FEWEST_LINES if page.declared.published else MOST_LINES
    for places in _date_places(page, zone, anchor):
        for index in places:
            block = page.blocks[index]
            if signs(block.text) & (DATES | PROSE) != DATES or index == anchor or _is_caption(block.text):
                continue
            if block.kind is Kind.QUOTE or _POST.search(block.text):
                continue
            if page.layout and index in zone.others and not _roles(block.text, language, url):
                continue
            tried += 1
            line = _date_line(page, index, language=language, url=url, now=now)
            if line is not None and (index < end or line.label >= 0 or _roles(block.text, language, url)):
                found.append(line)
            if len(found) >= 3 or tried >= most:
                break
        if len(found) >= 3 or tried >= most or any(line.dates.published for line in found):
            break
    found = _with_change(_without_captions(page, found))
    if not page.declared.published and not any(line.dates.published for line in found):
        found.extend(_far_line(page, zone, language=language, url=url))
    return tuple([_in_order(page, line, language=language, url=url, now=now) for line in found])


def _with_change(lines: list[DateLine]) -> list[DateLine]:
    """Read two bare days below each other, the later first, as the last change and the publication."""
    for place, (above, below) in enumerate(itertools.pairwise(lines)):
        later, earlier = above.dates.published, below.dates.published
        if not later or not earlier or below.place != above.place + 1 or above.dates.updated or below.dates.updated:
            continue
        if later[:DAY_LENGTH] > earlier[:DAY_LENGTH] and above.label < 0 and below.label < 0:
            change = replace(above.dates, published=None, updated=later)
            return [*lines[:place], above._replace(dates=change), *lines[place + 1 :]]
    return lines


def _in_order(page: Page, line: DateLine, *, language: str | None, url: str | None, now: str | None) -> DateLine:
    """Read again, as the page's other days are written, a line whose month could be its day."""
    text = page.blocks[line.place].text
    mark = swappable_mark(plain(text))
    if not mark or url_day(url):
        return line
    day_first = learned_order((block.text for block in page.blocks), mark)
    if day_first is None and line.dates.ambiguous:
        day_first = _declared_order(page, text, language)
    if day_first is None:
        return line
    dates = parse_dates(text, language, url, now=now, day_first=day_first)
    return line if dates is None or line.label >= 0 else line._replace(dates=dates)


def _declared_order(page: Page, text: str, language: str | None) -> bool | None:
    """Tell whether the day comes first, where the markup states one of the two days that a line can mean."""
    stated = {claim.value[:DAY_LENGTH] for claim in (*page.declared.published, *page.declared.updated)}
    both = [parse_dates(text, language, None, day_first=first) for first in (True, False)]
    first, second = [bool(dates and (dates.published or dates.updated or "")[:DAY_LENGTH] in stated) for dates in both]
    return first if first != second else None


def _far_line(page: Page, zone: Zone, *, language: str | None, url: str | None) -> tuple[DateLine, ...]:
    """Find, all over the page, the lines that call their day that of the publication, if they speak of one day only."""
    found: dict[str, DateLine] = {}
    blocks = page.blocks
    near = [block for block in blocks if len(block.text) <= _LONGEST_FAR and ("20" in block.text or "19" in block.text)]
    for block in near if len(near) <= _MOST_FAR else ():
        before = blocks[block.index - 1].text if block.index else ""
        label = f"{before} " if len(before) <= _LONGEST_LABEL and not signs(before) & DATES else ""
        line = label + block.text
        if not _may_publish(line, language) or _roles(line, language, url) != {"published"}:
            continue
        dates = read_dates(block.text, language, url, None)
        if dates is not None and dates.published and not dates.updated and len(dates.published) >= DAY_LENGTH:
            found.setdefault(dates.published[:DAY_LENGTH], DateLine(block.index, dates))
    far = next(iter(found.values()), None)
    return (far,) if far is not None and len(found) == 1 and far.place not in zone.kept else ()


def _may_publish(line: str, language: str | None) -> bool:
    """Tell, without reading it, whether what stands before a day could say that it is that of the publication."""
    words = date_words()
    head = _HEAD.match(line)
    label = head[0] if head else ""
    return not label.isascii() or any(
        words.opens_phrase(name) or "published" in words.kinds(name, base_language(language))
        for name in [fold(word.strip(":,")) for word in label.split()]
    )


def _roles(line: str, language: str | None, url: str | None) -> frozenset[str]:
    """List what a line says that its days are those of: "published", "updated". A comment or a card does not say it."""
    return frozenset(label.role for label in find_labels(LineReader(plain(line), language, url, day_first=None)))


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
