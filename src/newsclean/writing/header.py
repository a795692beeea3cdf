"""The lines above the body: what stands there, in the form the options ask for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    dates = _dates_line(article.published, article.updated)
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
    people = " and ".join(filter(None, (", ".join(byline.authors[:-1]), *byline.authors[-1:])))
    agencies = "/".join(byline.agencies)
    if people and agencies:
        return f"By {people} ({agencies})"
    return f"By {people or agencies}" if people or agencies else ""


def _dates_line(published: str | None, updated: str | None) -> str:
    said = [f"{word} {_spaced(date)}" for word, date in (("published", published), ("updated", updated)) if date]
    line = ", ".join(said)
    return line[:1].upper() + line[1:]


def _spaced(date: str) -> str:
    return date.replace("T", " ", 1)
