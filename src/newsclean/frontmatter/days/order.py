"""Decides what "05/06/2020" means: by the address, the page's other days, its country, its language."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

from newsclean.frontmatter.days.months import month_of
from newsclean.frontmatter.lexicon import fold
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.frontmatter.days.moments import Day

# Unicode CLDR 46 short date patterns with the month first, by territory and by language.
_MONTH_FIRST_COUNTRIES = frozenset({"us", "ph", "pr", "gu", "as", "mp", "vi", "um", "fm", "mh", "pw", "pa"})
_MONTH_FIRST_LANGUAGES = frozenset({"chr", "lkt", "fil", "ceb", "es-pr", "es-pa", "en-us", "en-ph", "en-pr", "es-us"})
_GENERIC_DOMAINS = frozenset(
    {"com", "net", "org", "info", "int", "tv", "io", "co", "me", "eu", "biz", "news", "fm", "am"}
)
_HOST = pattern(r"(?:[a-z][a-z0-9+.-]{0,20}:)?//(?:[^/@]{0,80}@)?([^/:?#]{1,253})", regex.I)
_PATH_DAY = pattern(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})(?:(?P<mark>[-/_.])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<day>0?[1-9]|[12]\d|3[01])"
    r"|(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01]))(?!\d)"
)
_WORDED_DAY = pattern(r"/(?P<year>(?:19|20)\d{2})/(?P<month>\p{L}{3,12})/(?P<day>0?[1-9]|[12]\d|3[01])(?=/|$)")
_PRINTED = pattern(
    r"(?<![\d./-])(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})(?P=mark)(?:19|20)\d{2}(?!\d|[./-]\d)"
)
_NEAR = 4
_LONGEST_LINE = 120
"""Characters of a line whose days tell how its site writes days."""


@lru_cache(maxsize=256)
def url_country(url: str | None) -> str | None:
    """The country of an address by its top-level domain, or None where the domain belongs to no country."""
    match = _HOST.match(url or "")
    if match is None:
        return None
    last = match[1].rsplit(".", 1)[-1].casefold()
    if last in ("gov", "mil", "edu"):
        return "us"
    return None if len(last) != 2 or last in _GENERIC_DOMAINS else {"uk": "gb"}.get(last, last)


@lru_cache(maxsize=256)
def url_day(url: str | None) -> str | None:
    """The day that an address carries in its path, as ISO 8601, or None."""
    for match in _PATH_DAY.finditer(url or ""):
        try:
            return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
        except ValueError:
            continue
    return worded_day(url)


def worded_day(url: str | None) -> str | None:
    """The day that an address carries with its month as a word ("/2024/may/07/"), as ISO 8601, or None."""
    match = _WORDED_DAY.search(url or "")
    month = month_of(fold(match["month"]), None)[0] if match else 0
    try:
        return date(int(match["year"]), month, int(match["day"])).isoformat() if match and month else None
    except ValueError:
        return None


def swappable_mark(line: str) -> str:
    """The mark between the numbers of a printed day whose month could be its day, "" where a line has none such."""
    for match in _PRINTED.finditer(line):
        if int(match["first"]) <= 12 >= int(match["second"]) and match["first"] != match["second"]:
            return match["mark"]
    return ""


def learned_order(lines: Iterable[str], mark: str) -> bool | None:
    """Whether the day comes first in the days of a page that can be read in one way only; None where they disagree.

    mark: what stands between their numbers.
    """
    seen = {
        int(match["first"]) > 12
        for line in lines
        if len(line) <= _LONGEST_LINE and mark in line
        for match in _PRINTED.finditer(line)
        if match["mark"] == mark and (int(match["first"]) > 12) != (int(match["second"]) > 12)
    }
    return seen.pop() if len(seen) == 1 else None


class Order:
    """What is known about the order of day and month on one page."""

    __slots__ = ("_country", "_day_first", "_eastern", "_language", "_learned", "_url_date")

    def __init__(
        self, language: str | None, country: str | None, url_date: str | None, *, day_first: bool | None
    ) -> None:
        self._language = (language or "").replace("_", "-").casefold()
        self._country = country
        self._url_date = url_date
        self._day_first = day_first
        self._learned: bool | None = None
        self._eastern = False

    def learn_zones(self, offsets: Iterable[str | None]) -> None:
        """Take the zones of the line's times: those east of Greenwich are not those of who writes the month first."""
        self._eastern = any((offset or "").startswith("+") and offset != "+00:00" for offset in offsets)

    def learn(self, days: Sequence[Day]) -> None:
        """Take the order of the line's days that can be read in one way only."""
        for day in days:
            if day.swappable and day.separator != "." and (day.month > 12) != (day.day > 12):
                self._learned = day.day > 12

    def decide(self, day: Day, weekdays: frozenset[int]) -> tuple[int, int, bool]:
        """The month and the day of a printed "a/b/year", and whether that stayed a guess.

        weekdays: those that the line names, Monday as 0.
        """
        first, second = day.day, day.month
        if first > 12 or second > 12:
            return (first, second, False) if second > 12 else (second, first, False)
        by_page = self._by_page(day, weekdays)
        if day.separator == "." and self._day_first is None:
            return second, first, False
        if by_page is None:
            by_page = self._by_place()
        if by_page is not None:
            return (second, first, False) if by_page else (first, second, False)
        # English without a country: most such pages are American, but who knows.
        return first, second, True

    def _by_page(self, day: Day, weekdays: frozenset[int]) -> bool | None:
        """Whether the day comes first, as far as the page itself says."""
        if self._day_first is not None:
            return self._day_first
        year = day.year if day.year_digits == 4 else 2000 + day.year
        try:
            day_first, month_first = date(year, day.month, day.day), date(year, day.day, day.month)
        except ValueError:
            return None
        if self._url_date:
            known = date.fromisoformat(self._url_date)
            distances = abs((day_first - known).days), abs((month_first - known).days)
            if min(distances) <= _NEAR < max(distances):
                return distances[0] < distances[1]
        if (day_first.weekday() in weekdays) != (month_first.weekday() in weekdays):
            return day_first.weekday() in weekdays
        return self._learned

    def _by_place(self) -> bool | None:
        """Whether the day comes first where the page comes from."""
        language, _, region = self._language.partition("-")
        country = self._country or (region if len(region) == 2 else None)
        if country and country != "ca":
            return country not in _MONTH_FIRST_COUNTRIES
        if self._language in _MONTH_FIRST_LANGUAGES or language in _MONTH_FIRST_LANGUAGES:
            return False
        if language in ("en", ""):
            return True if self._eastern else None
        return True
