"""Front matter as the user's own rules state it: what they name goes before what was found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsclean.frontmatter.byline import parse_byline
from newsclean.frontmatter.dates import parse_dates
from newsclean.model import Byline

if TYPE_CHECKING:
    from newsclean.model import FrontMatter, Page
    from newsclean.options import Options


def restate(front: FrontMatter, page: Page, options: Options) -> FrontMatter:
    """The front matter with the fields that rules name on this page; a date that cannot be read changes nothing."""
    ruled = page.ruled
    if not ruled.fields and not ruled.moved:
        return front
    stated = dict.fromkeys(ruled.fields, "rule")
    title = ruled.fields.get("title")
    if title is not None:
        front = replace(front, title=title)
    byline = ruled.fields.get("byline")
    if byline is not None and options.byline != "drop":
        front = replace(front, byline=_byline(byline, page.language, page.url))
    line = ruled.fields.get("published")
    if line is not None:
        dates = parse_dates(line, page.language, page.url, now=options.now)
        if dates is None or dates.published is None:
            del stated["published"]
        else:
            front = replace(
                front,
                published=dates.published,
                updated=dates.updated or front.updated,
                date_ambiguous=dates.ambiguous,
            )
    moved = {place: name for place, name in ruled.moved.items() if name in stated}
    return replace(front, moved={**front.moved, **moved}, sources={**front.sources, **stated})


def _byline(line: str, language: str | None, url: str | None) -> Byline:
    """Read a line that is a byline because a rule says so, also where it has no word for "by"."""
    for attempt in (line, f"By {line}"):
        found = parse_byline(attempt, language, url)
        if found is not None and (found.authors or found.agencies or found.editors):
            return replace(found, raw=line)
    return Byline(authors=(line,), raw=line)
