"""The bylines a page shows: around its headline, beside its dates, in elements named so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex

from newsclean.frontmatter.agencies import is_agency
from newsclean.frontmatter.authorship import BARE, CUED, LABELLED, NAMED, Credit, without_site
from newsclean.frontmatter.byline import parse_byline, split_names
from newsclean.frontmatter.cjk import is_han_name
from newsclean.frontmatter.cues import INNER_CUE, LONGEST_BYLINE, is_label, may_hold_dates, says_by
from newsclean.frontmatter.zone import is_prose
from newsclean.model import Byline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.frontmatter.visible import DateLine
    from newsclean.frontmatter.zone import Zone
    from newsclean.model import Page

_MOST_LINES = 8
"""Lines read as bylines on one page at most."""
_NEAR = 15
"""Blocks above the story that are looked at where no headline was found."""
_STORY_BLOCKS = 12
"""Paragraphs searched for a bare name."""
_TOGETHER = 3
"""Blocks that can lie between two bylines of one story: a role, a place, a portrait's caption."""

_NAMED = regex.compile(
    r"by-?line|(?<![a-z])(?:article|post|story|entry|news|c|m|o|a)?[-_]{0,2}authors?"
    r"(?![-_]{0,2}(?:bio|box|desc|info-box|about|more))(?![a-z])"
    r"|writer|contributor|verfasser|redacteur|redattore|periodista|journalist(?!ik)|reporter|signature"
    r"|(?<![a-z])autor(?:e|en|es)?(?![a-z])",
    regex.IGNORECASE,
)
_NAME = (
    r"(?:\p{Lu}[\p{Ll}\p{M}'’]+|\p{Lu}{2,}|\p{Lu}\.(?:\s?\p{Lu}\.)*|\p{Lu}[\p{Ll}]*['’]\p{Lu}\p{Ll}+|Ma?c\p{Lu}\p{Ll}+)"
    r"(?:-\p{Lu}[\p{L}'’]+)?"
)
_PARTICLE = r"(?:van|von|de|der|den|del|della|di|da|du|dos|das|la|le|el|al|bin|ibn|ben|ter|ten|zu|y|e)"
_PERSON = rf"{_NAME}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{_NAME}){{1,4}}"
_JOINT = r"\s*(?:,|&|/|\||·|\b(?:and|und|et|y|e|og|och|en|и|i|a|ve)\b)\s*"
_JOINTS = regex.compile(_JOINT)
_SPACED_HAN = regex.compile(r"^\p{Han}{1,3}[ \u3000]\p{Han}{1,3}$")
_BARE = regex.compile(rf"^{_PERSON}(?:{_JOINT}{_PERSON}){{0,5}}$")
_HEAD = regex.compile(r"[^\d|•·–—/(:]{2,80}+")
_NO_NAME = regex.compile(
    r"\b(?:share|news|sign|log|read|more|home|menu|search|email|facebook|twitter|whatsapp|subscribe|stor(?:y|ies)|videos?"
    r"|photos?|images?|gallery|comments?|newsletter|copyright|rights|getty|table|contents?|get|started|apply|now|free"
    r"|trial|reading|time|print|articles?|posts?|recent|related|latest|popular|trending|topics?|tags?|page|caption|forms?"
    r"|terms|privacy|policy|guides?|review|schedule|modified|summary|next|previous|button|click|app|breaking|live|updates?"
    r"|artikel|teilen|merken|drucken|themen?|mehr|kommentare?|anzeige|nachrichten|bilder|lesen|partager|imprimer|lire"
    r"|actualités?|compartir|noticias?|leer|últimas?|condividi|notizie|leggi|foto|redaktion|rédaction|redacción)\b",
    regex.IGNORECASE,
)


def byline_lines(
    page: Page,
    zone: Zone,
    title: int,
    dates: Sequence[DateLine],
    taken: frozenset[int],
    *,
    sites: frozenset[str],
    language: str | None,
    url: str | None,
) -> tuple[Credit, ...]:
    """Read the bylines a page shows: around the headline, beside its dates, or in elements named as such.

    taken: blocks that are already something else (headline, standfirst). sites: names of the site, which is nobody.
    """
    beside = {line.index + step for line in dates for step in (-1, 0, 1)}
    known: dict[int, bool] = {}
    found: list[Credit] = []
    sure = False
    tried = 0
    for index in _places(page, zone, title):
        block = page.blocks[index]
        if index in taken or len(block.text) > LONGEST_BYLINE or tried >= _MOST_LINES or is_prose(block):
            continue
        before = page.blocks[index - 1].text if index and index - 1 not in taken else ""
        place = _Place(
            named=is_named(page, index, known),
            near=index in beside or title < index <= zone.story + 2,
            label=before if is_label(before) else "",
        )
        if index in beside and index > title and not place.label and is_han_name(block.text):
            found.append(Credit(Byline((block.text,), raw=block.text), "visible", index, trust=BARE))
            continue
        weak = not place.label and not says_by(block.text) and INNER_CUE.search(block.text) is None
        if weak and (sure or (page.declared.authors and not place.named)) and is_agency(block.text[:40]) is None:
            # Names alone neither add to a line that says "by" nor outweigh what the page declares.
            continue
        if is_label(block.text) or not may_be_byline(block.text, place):
            continue
        tried += 1
        byline, trust = _read(block.text, place, language, url)
        if byline is None or (trust in {BARE, NAMED} and _is_of_story(page, zone, byline)):
            continue
        byline = without_site(byline, sites, page.declared.site_name)
        sure = sure or (trust >= CUED and bool(byline.authors))
        if not _is_empty(byline) or trust == CUED:
            found.append(Credit(byline, "visible", index, index - 1 if trust == LABELLED else -1, min(trust, CUED)))
    return tuple(_together(found))


@dataclass(frozen=True, slots=True)
class _Place:
    """What speaks for a line before it is read: markup that names it, the headline or a date close by, a label."""

    named: bool
    near: bool
    label: str


def may_be_byline(text: str, place: _Place) -> bool:
    """Tell, without reading it, whether a line is worth reading as a byline."""
    if place.named or place.label or says_by(text):
        return True
    return place.near and (INNER_CUE.search(text) is not None or starts_with_name(text))


def _read(text: str, place: _Place, language: str | None, url: str | None) -> tuple[Byline | None, int]:
    """Read a line as a byline, by the strongest of the reasons there are to take it for one."""
    if says_by(text) or (place.near and len(text) <= 120 and INNER_CUE.search(text) is not None):
        byline = _cued_byline(text, language, url)
        if byline is not None:
            return byline, CUED
    if place.label and not may_hold_dates(text):
        byline = parse_byline(f"{place.label} {text}", language, url)
        if byline is not None and not _is_empty(byline):
            return byline, LABELLED
    if (place.named or place.near) and starts_with_name(text):
        byline = split_names(text, language) if is_bare(text) else parse_byline(text, language, url)
        if byline is not None and not _is_empty(byline):
            return byline, NAMED if place.named else BARE
    return None, 0


def _is_of_story(page: Page, zone: Zone, byline: Byline) -> bool:
    """Tell whether bare names are words of the story rather than its author's.

    A person whom the story speaks of stands in a caption or a kicker; what the story writes in small letters
    ("Dynamic Pricing") is a heading.
    """
    texts = [page.blocks[index].text for index in zone.kept[:_STORY_BLOCKS]]
    small = {word for text in texts for word in text.split()}
    for name in byline.authors:
        if any(name.rpartition(" ")[2] in text for text in texts if text != name):
            return True
        if any(word.lower() in small for word in name.split() if len(word) > 2 and not word.islower()):
            return True
    return False


def _together(found: Sequence[Credit]) -> Iterator[Credit]:
    """Keep the most trusted credits that stand together; a byline further on belongs to another story's card."""
    best = max((credit.trust for credit in found if credit.byline.authors), default=BARE)
    last = -1
    for credit in found:
        if credit.byline.authors and credit.trust != best:
            continue
        if last < 0 or abs(credit.index - last) <= _TOGETHER:
            last = credit.index
            yield credit


def _cued_byline(text: str, language: str | None, url: str | None) -> Byline | None:
    """Read a line that says "by": whole, or from that word on where a date stands before it."""
    byline = parse_byline(text, language, url)
    if byline is None or _is_empty(byline):
        cue = INNER_CUE.search(text)
        if cue is not None and may_hold_dates(text[: cue.start()]):
            return parse_byline(text[cue.start() :], language, url)
    return byline


def is_bare(text: str) -> bool:
    """Tell whether a line is nothing but personal names as they are written in scripts with capitals."""
    return len(text) <= 120 and _BARE.match(text) is not None and _NO_NAME.search(text) is None


def starts_with_name(text: str) -> bool:
    """Tell whether a line is personal names and agencies, perhaps followed by a date, a time or a bar."""
    head = _HEAD.match(text)
    if head is None or len(text) > 100:
        return False
    parts = [part for part in _JOINTS.split(head[0].strip(" ,")) if part]
    return bool(parts) and all(is_bare(part) or _SPACED_HAN.match(part) or is_agency(part) for part in parts)


def is_named(page: Page, index: int, known: dict[int, bool]) -> bool:
    """Tell whether the markup names a block, or an element close around it, as a byline.

    known: answers for the elements seen so far, which this adds to.
    """
    layout = page.layout
    if layout is None:
        return False
    element = layout.block_element[index]
    for _ in range(3):
        if element <= 0:
            return False
        if element not in known:
            names = layout.classes[element] + layout.ids[element] + layout.roles[element]
            known[element] = layout.tags[element] == "address" or (
                bool(names) and _NAMED.search(names[:300]) is not None
            )
        if known[element]:
            return True
        element = layout.parents[element]
    return False


def _places(page: Page, zone: Zone, title: int) -> Iterator[int]:
    first = title + 1 if title >= 0 else max(zone.start, zone.story - _NEAR)
    last = min(len(page.blocks), zone.story + 3)
    yield from range(first, last)
    if title > 0:
        yield from range(title - 1, max(-1, title - 5), -1)
    yield from range(zone.end, min(len(page.blocks), zone.end + 4))


def _is_empty(byline: Byline) -> bool:
    return not (byline.authors or byline.agencies or byline.editors)
