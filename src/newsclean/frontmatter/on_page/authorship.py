"""Who is credited on a page: what it declares and what it shows, weighed against each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from newsclean.frontmatter.agencies import is_newsroom
from newsclean.frontmatter.byline import split_names
from newsclean.frontmatter.bylines.labels import leading_label
from newsclean.frontmatter.compare import key, without_accents
from newsclean.model import Byline
from newsclean.patterns import plain_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.model import Claim, Page

_NOBODY = frozenset(
    "admin administrator editor webmaster guest root user unknown anonymous null none undefined".split()
)
_WORDS = plain_pattern(r"\w+")
_LONGEST_VALUE = 300


_SOURCES = ("json-ld", "meta", "og", "itemprop", "rel")
"""Sources of declared authors, the most trusted first."""
BARE, NAMED, CUED, LABELLED = 1, 2, 3, 4
"""How sure it is that a line is a byline: names alone, named by the markup, saying so itself, or labelled."""


class Credit(NamedTuple):
    """A byline, where it was found, and of a shown one its place, its label's place (-1: none) and its trust."""

    byline: Byline
    source: str
    place: int = -1
    label: int = -1
    trust: int = 0


def declared_credits(page: Page, sites: frozenset[str], language: str | None) -> tuple[Credit, ...]:
    """Read the authors a page declares, one credit for each source, people apart from agencies and newsrooms."""
    read: dict[tuple[str, bool], Byline | None] = {}
    by_source: dict[str, list[Byline]] = {}
    for claim in page.declared.authors:
        source, _, group = claim.source.partition(":")
        if (claim.value, bool(group)) not in read:
            read[claim.value, bool(group)] = _declared(claim, sites, page.declared.site_name, language)
        byline = read[claim.value, bool(group)]
        if byline is not None:
            by_source.setdefault(source, []).append(byline)
    merged = ((source, merge(by_source[source])) for source in _SOURCES if source in by_source)
    return tuple([Credit(byline, source) for source, byline in merged if byline is not None])


def _declared(claim: Claim, sites: frozenset[str], site_name: str | None, language: str | None) -> Byline | None:
    value = claim.value
    if len(value) > _LONGEST_VALUE or _is_nobody(value.lower()) or key(value) in sites:
        return None
    byline = without_site(split_names(value, language), sites, site_name)
    if byline.authors and claim.source.endswith(":organization"):
        byline = replace(byline, authors=())
    return byline


def _is_nobody(value: str) -> bool:
    """Tell whether a value in small letters is an address, a handle or a number, or ends with a word for no one."""
    words = _WORDS.findall(value)
    return (
        not words or words[-1] in _NOBODY or value.isdecimal() or value[0] == "@" or "://" in value or "www." in value
    )


def without_site(byline: Byline, sites: frozenset[str], site_name: str | None) -> Byline:
    """Take the site's own name and newsrooms out of the people of a byline."""
    people = tuple(
        name for name in byline.authors if not _is_own(key(name), sites) and not is_newsroom(name, site_name)
    )
    return byline if people == byline.authors else replace(byline, authors=people)


def _is_own(name: str, sites: frozenset[str]) -> bool:
    """Tell whether a name is the site's, or a single word of the site's name ("Guardian" on the Guardian's)."""
    bare = without_accents(name)
    return bool(sites & {name, bare}) or (
        " " not in name and len(name) > 3 and any(name in site or bare in site for site in sites)
    )


def merge(bylines: Iterable[Byline]) -> Byline | None:
    """Join bylines into one, every name once, in order; None where there is nothing to join."""
    authors: dict[str, str] = {}
    agencies: dict[str, str] = {}
    editors: dict[str, str] = {}
    raws: list[str] = []
    location = None
    for byline in bylines:
        for names, into in ((byline.authors, authors), (byline.agencies, agencies), (byline.editors, editors)):
            for name in names:
                into.setdefault(key(name), name)
        location = location or byline.location
        if byline.raw and byline.raw not in raws:
            raws.append(byline.raw)
    if not (authors or agencies or editors):
        return None
    return Byline(tuple(authors.values()), tuple(agencies.values()), tuple(editors.values()), location, ", ".join(raws))


def choose_byline(page: Page, shown: Sequence[Credit], declared: Sequence[Credit]) -> tuple[Byline | None, str]:
    """Weigh what is shown against what is declared, and return the byline with its source.

    Declared people win over shown ones that share none of them, unless the page says "by" others and shows the declared
    ones nowhere, or most of its sources declare those others too; where the two agree on somebody, the longer list
    wins. Agencies are taken from wherever they stand.
    """
    people = next((credit for credit in declared if credit.byline.authors), None)
    visible = merge(credit.byline for credit in shown)
    agencies = merge([credit.byline for credit in (*shown, *declared)])
    best, source = (people.byline, people.source) if people else (None, "")
    if visible is not None and visible.authors:
        mine = _keys(visible)
        sure = max(credit.trust for credit in shown) == CUED
        if best is None or (sure and _is_outweighed(page, best, mine, declared)):
            best, source = visible, "visible"
    if best is None and agencies is not None:
        return agencies, "visible" if visible else declared[0].source if declared else ""
    if best is not None and agencies is not None and agencies != best:
        best = replace(
            best, agencies=agencies.agencies, editors=agencies.editors, location=best.location or agencies.location
        )
    return best, source


def _is_outweighed(page: Page, best: Byline, mine: frozenset[str], declared: Sequence[Credit]) -> bool:
    """Tell whether the people whom a line names that says "by" are the authors rather than those declared.

    best: whom the page declares. mine: whom the line names, folded.
    """
    theirs = _keys(best)
    if mine & theirs:
        return theirs <= mine
    agreeing = sum(not mine.isdisjoint(_keys(credit.byline)) for credit in declared)
    if agreeing and agreeing + 1 > sum(not theirs.isdisjoint(_keys(credit.byline)) for credit in declared):
        return True
    named = [block.text for block in page.blocks if any(name in block.text for name in best.authors)]
    if not named:
        text = " ".join([block.text for block in page.blocks]).casefold()
        return not any(name.casefold() in text for name in best.authors)
    return all(_credits_another_task(text) for text in named)


def _credits_another_task(text: str) -> bool:
    """Tell whether a line opens as the credit of a reviewer, a photographer, a translator or the like."""
    label = leading_label(text, None, at_start=True)
    return label is not None and label[0] == "other"


def _keys(byline: Byline) -> frozenset[str]:
    return frozenset([key(name) for name in byline.authors])
