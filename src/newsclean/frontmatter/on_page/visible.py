"""What a page's first blocks are: those that credit, the standfirst, the copies of the headline."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from newsclean.frontmatter.byline import parse_byline
from newsclean.frontmatter.compare import is_dense, key
from newsclean.frontmatter.cues import BYLINE, DATES, LABEL, PROSE, ends_sentence, signs
from newsclean.frontmatter.lexicon import date_words, fold
from newsclean.frontmatter.on_page.date_lines import MOST_LINES, read_dates
from newsclean.frontmatter.on_page.headline_lines import headline_of
from newsclean.model import Kind
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsclean.frontmatter.on_page.title import Title
    from newsclean.frontmatter.on_page.zone import Zone
    from newsclean.model import Page

_LONGEST_STANDFIRST = 600

_STANDFIRST_NAMES = pattern(
    r"standfirst|sub-?(?:title|head(?:line)?)|\bdek\b|\bdeck\b|lead\b|\blede\b|teaser|summary|excerpt|\bintro|vorspann"
    r"|chapo|entradilla|sommario|ingress|manchet|abstract|strapline|perex|underrubrik|anrisser|occhiello|catenaccio"
)
_BY = frozenset("by von vom par por de di da door av af oleh".split())
"""Words before an author's name that begin headlines too."""
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
        if (seen & BYLINE and _is_byline(text, seen, language, url)) or _is_labelled(text):
            found.add(index)
        elif tried < MOST_LINES and seen & (DATES | PROSE) == DATES:
            tried += 1
            if read_dates(text, language, url, now) is not None and headline_of(text) == text:
                found.add(index)
    return frozenset(found)


def _is_byline(text: str, seen: int, language: str | None, url: str | None) -> bool:
    """Tell whether a line that begins like a byline is one: "Von Berlin nach Paris" and "De Wever roept" are none."""
    opens_by_word = text.partition(" ")[0].casefold() in _BY
    return not opens_by_word or bool(seen & LABEL) or parse_byline(text, language, url) is not None


def _is_labelled(text: str) -> bool:
    """Tell whether a line begins with a word that announces a date and a colon, as in "Last updated: 5 hours ago"."""
    label, colon, _ = text[:30].partition(":")
    return bool(colon) and bool({"published", "updated"} & date_words().kinds(fold(label), None))


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
        above = block.index <= zone.story
        glued = above and len(wanted) > 15 and folded.replace(" ", "").endswith(dense) and not signs(block.text) & PROSE
        credited = len(block.text) > len(title.text) and _goes_on(block.text, title.text)
        if folded == wanted or block.index == title.block or glued or credited:
            found.append(block.index)
    return tuple(found)


def _goes_on(text: str, title: str) -> bool:
    """Tell whether a text is the headline and a credit behind it."""
    behind = text[len(title) :].lstrip()
    rest = behind.lstrip("|·•–—- ")
    posted = bool(signs(rest) & DATES) and " by " in rest.lower()  # "Posted on 3 October 2016 by Ada Rossi"
    if not rest or not (posted or signs(rest) & BYLINE) or key(text[: len(title)]) != key(title):
        return False
    # "The friends" and "of Ada Rossi" are one headline in German or Italian, where "of" and "by" are one word.
    return rest != behind or rest[:3].lower() == "by " or bool(signs(rest) & DATES)


def glued_credit(page: Page, shown: Iterable[int], title: Title) -> tuple[int, str]:
    """Find what says "by" behind a copy of the headline, in its own block, and that block; -1 where nothing does."""
    for index in shown:
        text = page.blocks[index].text
        if title.text and len(text) > len(title.text) and _goes_on(text, title.text):
            return index, text[len(title.text) :].strip(" |·•–—-")
    return -1, ""


def find_standfirst(page: Page, zone: Zone, title: int, credited: frozenset[int]) -> int:
    """Find the block of the standfirst: between the headline and the credits, or named so, or described so.

    Returns its index, or -1. A first paragraph that merely equals the declared description stays in the story, and so
    does one that the judge keeps and the markup calls "lead" or "intro": on most pages it is told nowhere else.
    """
    if title < 0:
        return -1
    blocks = page.blocks
    below = [place for place in credited if place > title]
    border = min(below, default=-1)
    kept = frozenset(zone.kept)
    described: list[str] | None = None
    for index in range(title + 1, min(max(zone.story, border), title + 12)):
        text = blocks[index].text
        heading = blocks[index].kind is Kind.HEADING and blocks[index].level <= 2
        if index in credited or heading or not _could_be_standfirst(text):
            continue
        between = index < border and index <= title + 3 and blocks[index].kind is not Kind.LIST_ITEM
        if between and any(place in kept and signs(blocks[place].text) & PROSE for place in range(index + 1, border)):
            break
        if (between or (_named(page, index) and index not in kept)) and not _CAPTION.search(text):
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
