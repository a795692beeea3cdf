"""Who is credited at a story's end: on a line of its own, in brackets behind its last sentence, or in a box below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.frontmatter.agencies import is_agency
from newsclean.frontmatter.byline import parse_byline
from newsclean.frontmatter.bylines.bare_names import is_bare, names_pictures
from newsclean.frontmatter.bylines.labels import ends_in_credit, leading_label, word_kinds
from newsclean.frontmatter.bylines.names import is_cjk
from newsclean.frontmatter.cues import BYLINE, PROSE, signs
from newsclean.frontmatter.lexicon import base_language
from newsclean.frontmatter.on_page.authorship import BARE, CUED, NAMED, Credit, without_site
from newsclean.frontmatter.on_page.credit_signs import is_of_story
from newsclean.model import Byline, Kind, Reason
from newsclean.patterns import pattern, plain_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.frontmatter.on_page.zone import Zone
    from newsclean.model import Page, Verdict

_BRACKETS = pattern(r"[(（【\[]([^()（）【】\[\]]{2,60})[)）】\]]\s?[.。]?$")
_LONGEST_LINE = 100
_OPENING = 3
"""Words of a line among which "with" tells that others wrote the story, or that friends may share it."""
_BELOW = 2
"""Blocks below the story that may still name its author."""
_BOX_BELOW = 40
"""Blocks below the story within which the box about its author stands: share bars and labels may come first."""
_DASH = plain_pattern(r"\s[–—-]\s")
_SEPARATOR = pattern(r"\s?[/,;|–-]\s?")


def closing_credits(
    page: Page,
    verdicts: Sequence[Verdict],
    zone: Zone,
    *,
    named: bool,
    sites: frozenset[str],
    language: str | None,
    url: str | None,
) -> tuple[Credit, ...]:
    """Read the credits at a story's end.

    named: people are credited elsewhere already, so that names alone say nothing. sites: names of the site, which is
    nobody.
    """
    if not zone.kept:
        return ()
    found = []
    for credit in _found(page, verdicts, zone, named=named, language=language, url=url):
        byline = without_site(credit.byline, sites, page.declared.site_name)
        if byline.authors or byline.agencies:
            found.append(credit._replace(byline=byline))
    return tuple(found)


def _found(
    page: Page, verdicts: Sequence[Verdict], zone: Zone, *, named: bool, language: str | None, url: str | None
) -> Iterator[Credit]:
    last = zone.end - 1
    in_brackets = _in_brackets(page.blocks[last].text, language, url, named=named)
    if in_brackets is not None:
        yield Credit(in_brackets, "visible", trust=BARE)
        named = named or bool(in_brackets.authors)
    if named:
        return
    for place in range(last, min(len(page.blocks), zone.end + _BELOW)):
        block = page.blocks[place]
        if place in zone.others or block.kind is Kind.CAPTION or len(block.text) > _LONGEST_LINE:
            continue
        if ends_in_credit(block.text, language):
            continue
        if _says_by(block.text, language):
            byline = parse_byline(block.text, language, url)
            if byline is not None and byline.authors:
                yield Credit(byline, "visible", place, trust=CUED)
                return
        elif place == last > zone.story and _signs_off(block.text, language) and not names_pictures(block.text):
            byline = parse_byline(block.text, language, url)
            if byline is not None and byline.authors and not is_of_story(page, zone, byline):
                yield Credit(byline, "visible", place, trust=BARE)
                return
    yield from _in_box(page, verdicts, zone, language)


def _says_by(text: str, language: str | None) -> bool:
    """Tell whether a line is no prose and opens with a word or a phrase that announces an author."""
    seen = signs(text)
    opening = text.split(None, _OPENING)[:_OPENING]
    if seen & PROSE or text[-1:] == ":" or any("with" in word_kinds(word, language) for word in opening):
        return False
    if seen & BYLINE:
        return True
    label = leading_label(text, base_language(language), at_start=True)
    return label is not None and label[0] == "by"


def _signs_off(text: str, language: str | None) -> bool:
    """Tell whether a story's last line is the names of its authors: several, or in Vietnamese, where papers end so."""
    names = _DASH.sub(", ", text)
    return is_bare(names) and ("," in names or base_language(language) == "vi")


def _in_brackets(text: str, language: str | None, url: str | None, *, named: bool) -> Byline | None:
    """Read what brackets behind the last sentence hold: "(dpa)", "(©NTB)", "(APA, Ada Rossi)", "【佐々木由美】"."""
    match = _BRACKETS.search(text)
    if match is None or ends_in_credit(text, language):
        return None
    inner = match[1].strip(" ©")
    pieces = [piece for piece in _SEPARATOR.split(inner) if piece]
    agencies = tuple(agency for piece in pieces if (agency := is_agency(piece)))
    if not agencies and not (is_cjk(inner) and match[0][0] == "【"):
        return None
    byline = parse_byline(f"({inner})", language, url)
    if byline is None:
        return Byline(agencies=agencies, raw=match[0]) if agencies else None
    return Byline(() if named else byline.authors, byline.agencies or agencies, raw=match[0])


def _in_box(page: Page, verdicts: Sequence[Verdict], zone: Zone, language: str | None) -> Iterator[Credit]:
    """Read the name that heads a box about the author, where one box alone stands below the story."""
    heads = [
        place
        for place in range(zone.end, min(len(verdicts), zone.end + _BOX_BELOW))
        if verdicts[place].reason is Reason.AUTHOR_BIO and is_bare(page.blocks[place].text)
    ]
    if len({page.blocks[place].text for place in heads}) == 1:
        byline = parse_byline(page.blocks[heads[0]].text, language)
        if byline is not None and byline.authors:
            yield Credit(byline, "visible", heads[0], trust=NAMED)
