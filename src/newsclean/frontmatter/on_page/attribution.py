"""The bylines a page shows: around its headline, beside its dates, in elements named so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsclean.frontmatter.agencies import is_agency
from newsclean.frontmatter.byline import parse_byline, split_names, without_contacts, without_dates
from newsclean.frontmatter.bylines.bare_names import (
    holds_heading,
    is_bare,
    names_pictures,
    names_with_post,
    starts_with_name,
)
from newsclean.frontmatter.bylines.cjk import is_han_name
from newsclean.frontmatter.bylines.labels import leading_label, mark_labels
from newsclean.frontmatter.cues import (
    AGENCY,
    BYLINE,
    DATES,
    INNER,
    LABEL,
    LONGEST_CREDIT,
    NAMES,
    PROSE,
    ends_sentence,
    inner_cue,
    signs,
    weak_signs,
)
from newsclean.frontmatter.on_page.authorship import BARE, CUED, LABELLED, NAMED, Credit, without_site
from newsclean.frontmatter.on_page.credit_signs import is_named, is_of_story
from newsclean.frontmatter.on_page.header import may_credit
from newsclean.model import Byline, Kind
from newsclean.patterns import pattern, plain_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.frontmatter.on_page.date_lines import DateLine
    from newsclean.frontmatter.on_page.zone import Zone
    from newsclean.model import Page

_MOST_LINES = 8
"""Lines read as bylines on one page at most."""
_NEAR = 15
"""Blocks above the story that are looked at where no headline was found."""
_TOGETHER = 3
"""Blocks that can lie between two bylines of one story: a role, a place, a portrait's caption."""

_PARTED = plain_pattern(r"[|·•—–]|\s/\s")
"""What parts a name from a date on one line."""
_SAID_BY = pattern(r"(?:[Pp]osted|[Ww]ritten|[Pp]ublished|[Rr]eported) by ")


def byline_lines(
    page: Page,
    zone: Zone,
    title: int,
    dates: Sequence[DateLine],
    taken: frozenset[int],
    glued: tuple[int, str] = (-1, ""),
    *,
    declared: bool,
    sites: frozenset[str],
    language: str | None,
    url: str | None,
) -> tuple[Credit, ...]:
    """Read the bylines a page shows: around the headline, beside its dates, or in elements named as such.

    taken: blocks that are already something else (headline, standfirst). glued: a block of the headline with the credit
    behind it, and that credit. declared: the page declares its authors. sites: names of the site, which is nobody.
    """
    beside = {line.place + step for line in dates for step in (-1, 0, 1)}
    known: dict[int, bool] = {}
    found: list[Credit] = []
    sure = False
    tried = 0
    dated = {line.place for line in dates}
    behind = parse_byline(glued[1], language, url) if glued[1] else None
    if behind is not None and behind.authors:
        sure = True
        found.append(Credit(without_site(behind, sites, page.declared.site_name), "visible", glued[0], trust=CUED))
    for index in _places(page, zone, title):
        text = page.blocks[index].text
        if "@" in text:
            text = without_contacts(text).strip(" |")
        seen = signs(text)
        if seen & PROSE or index in taken or len(text) > LONGEST_CREDIT or page.blocks[index].kind is Kind.CAPTION:
            continue
        if tried >= _MOST_LINES:
            break
        before = page.blocks[index - 1].text if index and index - 1 not in taken else ""
        label = before if signs(before) & LABEL else ""
        if index in beside and index > title and not label and is_han_name(text):
            found.append(Credit(Byline((text,), raw=text), "visible", index, trust=BARE))
            continue
        if index in dated and not (sure or declared) and (seen & BYLINE or _PARTED.search(text)):
            byline = _beside_date(page, zone, text, language, url)
            if byline is not None:
                sure = sure or bool(byline.authors)
                found.append(Credit(without_site(byline, sites, page.declared.site_name), "visible", index, trust=CUED))
                continue
        faint = weak_signs(text)
        weak = not (label or seen & BYLINE or faint & INNER)
        if weak and not faint & (NAMES | AGENCY):
            continue
        named = is_named(page, index, known)
        if (
            weak
            and (sure or (page.declared.authors and not named and (declared or index not in beside)))
            and not (faint & AGENCY and is_agency(text))
        ):
            # Names alone neither add to a line that says "by" nor outweigh what the page declares.
            continue
        if weak and (names_pictures(text) or not may_credit(page, index, title, zone.story, dated=index in beside)):
            continue
        place = _Place(named, index in beside or title < index <= zone.story + 2, label)
        post = index in beside and weak and names_with_post(text, language)
        if (
            (weak and not post and not starts_with_name(text))
            or seen & LABEL
            or not (post or may_be_byline(text, place))
        ):
            continue
        tried += 1
        byline, trust = _read(text, place, language, url)
        if byline is None or (trust in {BARE, NAMED} and is_of_story(page, zone, byline)):
            continue
        byline = without_site(byline, sites, page.declared.site_name)
        sure = sure or (trust >= CUED and bool(byline.authors))
        if not _is_empty(byline) or trust == CUED:
            found.append(Credit(byline, "visible", index, index - 1 if trust == LABELLED else -1, min(trust, CUED)))
    return tuple(_together(found))


def _beside_date(page: Page, zone: Zone, text: str, language: str | None, url: str | None) -> Byline | None:
    """Read the people whom a line of dates names too: "17 May 2020 | Ada Rossi, reporter", "Source: AA Reporter: …"."""
    byline = parse_byline(text, language, url)
    if byline is None or not byline.authors or is_of_story(page, zone, byline):
        return None
    rest = without_dates(text, language)
    pieces = [piece.strip(" ,·•") for piece in rest.split("|")]
    labelled = any(
        mark_labels(piece, language) != piece or leading_label(piece, language, at_start=True) is not None
        for piece in pieces
    )
    alone = any(is_bare(piece.partition(",")[0]) for piece in pieces)
    return byline if labelled or alone else None


class _Place(NamedTuple):
    """What speaks for a line before it is read: markup that names it, the headline or a date close by, a label."""

    named: bool
    near: bool
    label: str


def may_be_byline(text: str, place: _Place) -> bool:
    """Tell, without reading it, whether a line is worth reading as a byline."""
    if place.named or place.label or signs(text) & BYLINE:
        return True
    return place.near and (bool(weak_signs(text) & INNER) or starts_with_name(text))


def _read(text: str, place: _Place, language: str | None, url: str | None) -> tuple[Byline | None, int]:
    """Read a line as a byline, by the strongest of the reasons there are to take it for one."""
    said = not ends_sentence(text) or _SAID_BY.search(text) is not None
    inner = place.near and len(text) <= 120 and weak_signs(text) & INNER and said
    if signs(text) & BYLINE or inner:
        byline = _cued_byline(text, language, url)
        if byline is not None:
            return byline, CUED
    if place.label and not signs(text) & DATES:
        byline = parse_byline(f"{place.label} {text}", language, url)
        if byline is not None and not _is_empty(byline):
            return byline, LABELLED
    if (place.named or place.near) and (starts_with_name(text) or names_with_post(text, language)):
        if not place.named and holds_heading(text, language):
            return None, 0
        byline = split_names(text, language) if is_bare(text) else parse_byline(text, language, url)
        if byline is not None and not _is_empty(byline):
            return byline, NAMED if place.named else BARE
    return None, 0


def _together(found: Sequence[Credit]) -> Iterator[Credit]:
    """Keep the most trusted credits that stand together; a byline further on belongs to another story's card."""
    best = max((credit.trust for credit in found if credit.byline.authors), default=BARE)
    last = -1
    for credit in found:
        if credit.byline.authors and credit.trust != best:
            continue
        if last < 0 or abs(credit.place - last) <= _TOGETHER:
            if not _is_empty(credit.byline):
                last = credit.place  # "by Our Newspaper" may stand away from the people
            yield credit


def _cued_byline(text: str, language: str | None, url: str | None) -> Byline | None:
    """Read a line that says "by": whole, or from that word on where a date stands before it."""
    cue = inner_cue(text)
    if cue > 0 and signs(text[:cue]) & DATES:
        behind = parse_byline(text[cue:], language, url)  # a section may stand between the day and "by"
        if behind is not None and not _is_empty(behind):
            return behind
    return parse_byline(text, language, url)


def _places(page: Page, zone: Zone, title: int) -> Iterator[int]:
    first = title + 1 if title >= 0 else max(zone.start, zone.story - _NEAR)
    last = min(len(page.blocks), zone.story + 3)
    yield from range(first, last)
    if title > 0:
        yield from range(title - 1, max(-1, title - 5), -1)
    yield from range(zone.end, min(len(page.blocks), zone.end + 4))


def _is_empty(byline: Byline) -> bool:
    return not (byline.authors or byline.agencies or byline.editors)
