"""The bylines a page shows: around its headline, beside its dates, in elements named so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from newsclean.frontmatter.agencies import is_agency
from newsclean.frontmatter.authorship import BARE, CUED, NAMED, Credit, without_site
from newsclean.frontmatter.byline import parse_byline, split_names
from newsclean.frontmatter.compare import is_dense
from newsclean.frontmatter.visible import may_hold_dates
from newsclean.frontmatter.zone import is_prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.frontmatter.visible import DateLine
    from newsclean.frontmatter.zone import Zone
    from newsclean.model import Byline, Page

_LONGEST = 200
_MOST_LINES = 8
"""Lines read as bylines on one page at most."""
_NEAR = 15
"""Blocks above the story that are looked at where no headline was found."""
_TOGETHER = 3
"""Blocks that can lie between two bylines of one story: a role, a place, a portrait's caption."""

_NAMED = regex.compile(
    r"by-?line|(?<![a-z])(?:article|post|story|entry|news|c|m|o|a)?[-_]{0,2}authors?"
    r"(?![-_]{0,2}(?:bio|box|desc|info-box|about|more))(?![a-z])"
    r"|writer|contributor|verfasser|redacteur|redattore|periodista|journalist(?!ik)|reporter|signature"
    r"|(?<![a-z])autor(?:e|en|es)?(?![a-z])",
    regex.IGNORECASE,
)
_CUE = regex.compile(
    r"^\W{0,3}(?:by|written by|words|story by|report(?:ed|ing)? by|von|vom|texte?|testo|par|por|de|di|da|door|tekst"
    r"|av|af|autor(?:in|a|en|es|zy|ka)?|auteurs?|authors?(?: of the article)?|autore|yazan|oleh|penulis|reporter|editor"
    r"|redakt\w{0,6}|napsal\w?|szerző|skrevet av|skriven av|redigerad av|автор\w?|текст|журналист|корреспондент"
    r"|作者|文|記者|记者|撰文|글|기자|σύνταξη|بقلم|كتب)(?![\p{L}\p{N}])"
    r"|(?:記者|记者|기자|특파원)(?!\p{L}{4})|^(?:文|作者|記者|记者|撰文)\s?[:：/／]",
    regex.IGNORECASE,
)
_INNER_CUE = regex.compile(r"(?:^|\s)(?:[Bb]y|BY|[Vv]on|[Pp]or|[Pp]ar|[Dd]oor|[Oo]leh|[Aa]v|[Aa]f):?\s+\p{Lu}")
_NAME = (
    r"(?:\p{Lu}[\p{Ll}\p{M}'’]+|\p{Lu}{2,}|\p{Lu}\.(?:\s?\p{Lu}\.)*|\p{Lu}[\p{Ll}]*['’]\p{Lu}\p{Ll}+|Ma?c\p{Lu}\p{Ll}+)"
    r"(?:-\p{Lu}[\p{L}'’]+)?"
)
_PARTICLE = r"(?:van|von|de|der|den|del|della|di|da|du|dos|das|la|le|el|al|bin|ibn|ben|ter|ten|zu|y|e)"
_PERSON = rf"{_NAME}(?:\s+(?:{_PARTICLE}\s+){{0,3}}{_NAME}){{1,4}}"
_JOINT = r"\s*(?:,|&|/|\||·|\b(?:and|und|et|y|e|og|och|en|и|i|a|ve)\b)\s*"
_BARE = regex.compile(rf"^{_PERSON}(?:{_JOINT}{_PERSON}){{0,5}}$")
_HEAD = regex.compile(r"[^\d|•·–—/(:]{2,80}+")
_NO_NAME = regex.compile(
    r"\b(?:share|news|sign|log|read|more|home|menu|search|email|facebook|twitter|subscribe|story|video|photo|image"
    r"|comment|newsletter|copyright|rights|getty)\b",
    regex.IGNORECASE,
)


def may_hold_byline(text: str) -> bool:
    """Tell, without reading it, whether a line could be a byline that says so itself."""
    return len(text) <= _LONGEST and _CUE.search(text) is not None


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
    blocks = page.blocks
    beside = {line.index + step for line in dates for step in (-1, 0, 1)}
    found: list[Credit] = []
    tried = 0
    known: dict[int, bool] = {}
    for index in _places(page, zone, title):
        text = blocks[index].text
        if index in taken or len(text) > _LONGEST or tried >= _MOST_LINES or is_prose(blocks[index]):
            continue
        named = is_named(page, index, known)
        close = index in beside or title < index <= title + 5
        cued = _CUE.search(text) is not None or (close and len(text) <= 120 and _INNER_CUE.search(text) is not None)
        labelled = index > 0 and index - 1 not in taken and is_label(blocks[index - 1].text)
        dated = may_hold_dates(text)
        beside |= {found[-1].index + 1} if found and found[-1].trust == BARE else set()
        if is_label(text) or not (named or cued or labelled or index in beside):
            continue
        tried += 1
        credit = None
        if cued:
            credit = _credit(_cued_byline(text, language, url), index, CUED)
        elif (named or dated) and starts_with_name(text):
            credit = _credit(parse_byline(text, language, url), index, NAMED)
        if credit is None and labelled and not dated:
            credit = _credit(parse_byline(f"{blocks[index - 1].text} {text}", language, url), index, CUED, index - 1)
        if credit is None and (named or index in beside) and (is_bare(text) or is_agency(text)):
            credit = _credit(split_names(text, language), index, NAMED if named else BARE)
        credit = credit and _without_site(credit, sites, page.declared.site_name)
        if credit is not None:
            found.append(credit)
    return tuple(_together(found))


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
    """Read a line that says "by": whole, or from that word on where something else stands before it."""
    byline = parse_byline(text, language, url)
    if byline is None or _is_empty(byline):
        cue = _INNER_CUE.search(text)
        if cue is not None and cue.start() > 0:
            byline = parse_byline(text[cue.start() :], language, url)
    return byline


def _credit(byline: Byline | None, index: int, trust: int, label: int = -1) -> Credit | None:
    return None if byline is None or _is_empty(byline) else Credit(byline, "visible", index, label, trust)


def _without_site(credit: Credit, sites: frozenset[str], site_name: str | None) -> Credit | None:
    byline = without_site(credit.byline, sites, site_name)
    return None if _is_empty(byline) and credit.trust != CUED else replace(credit, byline=byline)


def is_label(text: str) -> bool:
    """Tell whether a line is only the word that announces an author, as "By", "Author of the article:"."""
    match = _CUE.match(text) if len(text) <= 40 else None
    return match is not None and not text[match.end() :].strip(" :：-–—|")


def is_bare(text: str) -> bool:
    """Tell whether a line is nothing but personal names as they are written in scripts with capitals."""
    return len(text) <= 120 and _BARE.match(text) is not None and _NO_NAME.search(text) is None


def starts_with_name(text: str) -> bool:
    """Tell whether a line opens with what is written like a personal name, or names an agency."""
    head = _HEAD.match(text)
    return head is not None and (is_bare(head[0].strip()) or is_agency(head[0].strip()) is not None or is_dense(text))


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


def _is_empty(byline: Byline | None) -> bool:
    return byline is None or not (byline.authors or byline.agencies or byline.editors)
