"""Page + verdicts → front matter: what is declared and what the first blocks say, weighed against each other."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from newsclean.frontmatter.cues import BYLINE, PROSE, signs
from newsclean.frontmatter.dateline import parse_dateline
from newsclean.frontmatter.days.moments import DAY_LENGTH
from newsclean.frontmatter.on_page.attribution import byline_lines
from newsclean.frontmatter.on_page.authorship import choose_byline, declared_credits
from newsclean.frontmatter.on_page.closing import closing_credits
from newsclean.frontmatter.on_page.date_lines import DateLine, date_lines, read_dates
from newsclean.frontmatter.on_page.evidence import (
    Moment,
    choose,
    contradicts_url,
    is_later,
    moments,
    title_day,
    to_minute,
    url_day,
)
from newsclean.frontmatter.on_page.headline import visible_title
from newsclean.frontmatter.on_page.title import declared_title, site_keys
from newsclean.frontmatter.on_page.visible import credit_blocks, find_standfirst, glued_credit, title_blocks
from newsclean.frontmatter.on_page.zone import find_zone
from newsclean.frontmatter.tongue import guess_language
from newsclean.model import FrontMatter, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.frontmatter.on_page.title import Title
    from newsclean.frontmatter.on_page.zone import Zone
    from newsclean.model import Dateline, Dates, Page, Verdict
    from newsclean.options import Options

_NEAR = 12
"""Blocks below the headline within which lines can be moved into the front matter."""
_DATELINE_BLOCKS = 3
"""Kept blocks whose head is read for a dateline: a caption or a kicker can stand before the paragraph that has it."""
_SHORTEST_DATELINE = 40
"""Characters: shorter blocks above the story are kickers and labels."""


def read_front_matter(page: Page, verdicts: Sequence[Verdict], options: Options) -> FrontMatter:
    """Read title, standfirst, byline, dates and dateline of a page.

    verdicts: keep or drop for every block, in order. Every field carries its source, and the blocks it was read from
    are listed as moved; a block of prose is never among them, but for a standfirst.
    """
    language = options.language or page.language or page.declared.language
    url = page.url or page.declared.url
    zone = find_zone(page, verdicts, language, url)
    language = language or guess_language(page.blocks[index].text for index in zone.kept if index >= zone.story)
    blocks = page.blocks
    sites = site_keys(page)
    title = _find_title(page, zone, sites, language=language, url=url, now=options.now)
    shown = title_blocks(page, zone, title)
    anchor = _anchor(page, shown, zone, title)
    dates = date_lines(page, zone, anchor, language=language, url=url, now=options.now)
    glued = glued_credit(page, shown, title)
    behind = read_dates(glued[1], language, url, options.now) if glued[1] else None
    dates = (DateLine(glued[0], behind), *dates) if behind else dates
    early = frozenset(line.place for line in dates) | frozenset(
        [index for index in range(anchor + 1, min(zone.story, len(page.blocks))) if signs(blocks[index].text) & BYLINE]
    )
    standfirst = find_standfirst(page, zone, anchor, early)
    taken = frozenset((*shown, standfirst))
    declared = declared_credits(page, sites, language)
    bylines = byline_lines(
        page,
        zone,
        anchor,
        dates,
        taken,
        glued,
        declared=any(credit.byline.authors for credit in declared),
        sites=sites,
        language=language,
        url=url,
    )
    named = any(credit.byline.authors for credit in (*bylines, *declared))
    bylines += closing_credits(page, verdicts, zone, named=named, sites=sites, language=language, url=url)
    byline, byline_source = choose_byline(page, bylines, declared)
    published, updated = _find_dates(page, dates, language, url)
    places = [*islice((index for index in zone.kept if index > anchor and index not in taken), _DATELINE_BLOCKS)]
    places += [index for index in (standfirst, zone.story - 1) if index > anchor]
    day = published.iso[:DAY_LENGTH] if published else None
    dateline = _find_dateline(page, places, language=language, url=url, published=day)
    moved = {line.place: "published" for line in dates if not signs(page.blocks[line.place].text) & PROSE}
    moved |= {line.label: "published" for line in dates if line.label >= 0}
    moved |= {line.place: "byline" for line in bylines if 0 <= line.place < zone.end}
    moved |= {line.label: "byline" for line in bylines if line.label >= 0}
    moved |= dict.fromkeys(shown, "title")
    if standfirst >= 0:
        moved[standfirst] = "standfirst"
    sources = {
        "title": title.source,
        "standfirst": "visible" if standfirst >= 0 else "",
        "byline": byline_source,
        "published": published.source if published else "",
        "updated": updated.source if updated else "",
        "dateline": "visible" if dateline else "",
    }
    return FrontMatter(
        title=title.text,
        standfirst=page.blocks[standfirst].text if standfirst >= 0 else None,
        byline=None if options.byline == "drop" else byline,
        published=published.iso if published else None,
        updated=updated.iso if updated else None,
        date_ambiguous=published.ambiguous if published else False,
        dateline=dateline,
        moved=dict(sorted(moved.items())),
        sources={field: source for field, source in sources.items() if source},
    )


def _find_title(
    page: Page, zone: Zone, sites: frozenset[str], *, language: str | None, url: str | None, now: str | None
) -> Title:
    title = declared_title(page, sites, zone.start, min(len(page.blocks), zone.story + _NEAR))
    if title.text:
        return title
    credited = credit_blocks(page, zone, language, url=url, now=now)
    return visible_title(page, zone, credited, sites)


def _anchor(page: Page, shown: tuple[int, ...], zone: Zone, title: Title) -> int:
    """Choose the copy of the headline that the credits stand below: the last heading, or the last one, above the story.

    A copy that is not visible stands anywhere.
    """
    above = [index for index in shown if index <= zone.story and not _is_hidden(page, index)]
    headings = [index for index in above if page.blocks[index].kind is Kind.HEADING]
    return max(headings or above, default=title.block)


def _is_hidden(page: Page, index: int) -> bool:
    layout = page.layout
    return layout is not None and layout.hidden[layout.block_element[index]]


def _find_dates(
    page: Page, lines: tuple[DateLine, ...], language: str | None, url: str | None
) -> tuple[Moment | None, Moment | None]:
    """Weigh declared dates, the address and the visible lines; an update must be later than the publication."""
    declared = page.declared
    stated = [claim for claim in declared.published if claim.source != "time" and not claim.text]
    placed = [claim for claim in declared.published if claim.source == "time" or claim.text]
    evidence = moments(stated + [claim for claim in placed if _is_shown(page, claim.text, lines)], language, url)
    updates = moments(declared.updated, language, url)
    changed = next((line.dates for line in lines if line.dates.updated), None)
    visible = next((line.dates for line in lines if _may_be_first(line.dates, changed, url)), None)
    if visible is not None and visible.published:
        if _is_build_stamp(evidence, updates, visible.published[:DAY_LENGTH]):
            evidence.clear()
        evidence.append(Moment(to_minute(visible.published), "visible", visible.ambiguous))
    if changed is not None and changed.updated:
        updates.append(Moment(to_minute(changed.updated), "visible", changed.ambiguous))
    day = url_day(url)
    if day:
        evidence.append(Moment(day, "url"))
    published = choose(evidence) or choose(moments(placed, language, url)[:1])
    printed = changed is not None and not declared.updated
    updated = choose(
        [moment for moment in updates if printed or is_later(moment.iso, published.iso if published else None)]
    )
    if published is None and updated is not None and updated.source == "visible" and len(updated.iso) > 10:
        # News that prints only its last change prints it to the minute, and that same day; guides print a day alone.
        published = Moment(updated.iso[:DAY_LENGTH], "updated", updated.ambiguous)
    return published or title_day(declared.titles, language, url), updated


def _may_be_first(dates: Dates, changed: Dates | None, url: str | None) -> bool:
    """Tell whether a line can date the publication.

    A day later than that of the story's change belongs to another story, one that contradicts the address too.
    """
    if not dates.published or contradicts_url(dates.published, url):
        return False
    if changed is None or not changed.updated:
        return True
    known = min(10, len(dates.published), len(changed.updated))
    return dates.published[:known] <= changed.updated[:known]


def _is_build_stamp(evidence: Sequence[Moment], updates: Sequence[Moment], shown: str) -> bool:
    """Tell whether a page declares as its publication no more than when it was last built: later than the day it shows.

    Such pages declare one day for both the publication and the last change.
    """
    days = {moment.iso[:DAY_LENGTH] for moment in evidence}
    return len(days) == 1 and bool(updates) and all(shown < moment.iso[:DAY_LENGTH] <= max(days) for moment in updates)


def _is_shown(page: Page, text: str, lines: tuple[DateLine, ...]) -> bool:
    return bool(text) and any(
        text in page.blocks[line.place].text or page.blocks[line.place].text in text for line in lines
    )


def _find_dateline(
    page: Page, places: Sequence[int], *, language: str | None, url: str | None, published: str | None
) -> Dateline | None:
    """Read the dateline at the head of the first of these blocks that has one."""
    for index in dict.fromkeys(places):
        text = page.blocks[index].text
        if len(text) >= _SHORTEST_DATELINE:
            dateline = parse_dateline(text, language, url, published=published)
            if dateline is not None:
                return dateline
    return None
