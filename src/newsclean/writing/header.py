"""The lines above the body: what stands there, in the form the options ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.frontmatter.byline import write_byline
from newsclean.frontmatter.dates import write_dates
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from newsclean.model import Article, Byline


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the body, each on one printable line; an empty string where the page says nothing.

    credits: the byline and the dates, those there are.
    """

    title: str = ""
    standfirst: str = ""
    credits: tuple[str, ...] = ()


def header_of(article: Article) -> Header:
    """The header as `article.options` ask for it; empty with `header=False`."""
    options = article.options
    if not options.header:
        return Header()
    byline = _byline_line(article.byline, options.byline) if article.byline else ""
    dates = write_dates(article.published, article.updated)
    return Header(
        title=one_line(article.title or ""),
        standfirst=one_line(article.standfirst or ""),
        credits=tuple(line for line in (one_line(byline), one_line(dates)) if line),
    )


def _byline_line(byline: Byline, mode: str) -> str:
    if mode == "drop":
        return ""
    if mode == "keep":
        return byline.raw
    return write_byline(byline)
