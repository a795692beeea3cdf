"""The nouns of rules: what a user may say about phrases and sites."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseRule:
    """Keep or drop the blocks that hold one of some phrases.

    name: as verdicts and messages call it. keep: whether to keep such blocks; else they are dropped.
    phrases: looked for in a block's text, in any case and with any white space; with `regex` they are patterns of the
    regex package, which are searched in the text as it is. hosts: globs of sites that it holds for; empty for all.
    hits, misses: texts that it must, and must not, say something about.
    """

    name: str
    keep: bool
    phrases: tuple[str, ...]
    regex: bool = False
    hosts: tuple[str, ...] = ()
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRule:
    """Where the parts of a site's pages are.

    name: as verdicts and messages call it. hosts: globs of the sites. drop, keep: CSS selectors of elements to drop or
    keep. story: selectors of the elements that hold the story; all else is dropped, if one is there. title, byline,
    date: selectors of which the first element found has the value. byline_labels, date_labels: words that a line
    begins with and the value follows. hits, misses: pieces of HTML in which some selector must, and none may, find
    something.
    """

    name: str
    hosts: tuple[str, ...]
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    story: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    byline_labels: tuple[str, ...] = ()
    date_labels: tuple[str, ...] = ()
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()

    @property
    def selectors(self) -> tuple[str, ...]:
        """All its selectors."""
        return (*self.drop, *self.keep, *self.story, *self.title, *self.byline, *self.date)


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules in the order in which they were given; of two that speak of one block the first decides."""

    phrases: tuple[PhraseRule, ...] = ()
    sites: tuple[SiteRule, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.phrases or self.sites)

    def phrases_for(self, host: str) -> tuple[PhraseRule, ...]:
        """The phrase rules that hold for a host; an empty one is not known."""
        return tuple(rule for rule in self.phrases if not rule.hosts or _fits(host, rule.hosts))

    def sites_for(self, host: str) -> tuple[SiteRule, ...]:
        """The site rules that hold for a host; an empty one is not known."""
        return tuple(rule for rule in self.sites if _fits(host, rule.hosts))


NO_RULES = Rules()


def _fits(host: str, globs: tuple[str, ...]) -> bool:
    host = host.lower().rstrip(".")
    names = {host, host.removeprefix("www.")}
    return bool(host) and any(fnmatchcase(name, glob.lower()) for glob in globs for name in names)
