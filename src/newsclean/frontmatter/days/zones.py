"""Offsets of the time zones that news pages print."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import regex

from newsclean.frontmatter.lexicon import read_table
from newsclean.patterns import pattern

_NUMERIC = pattern(
    r"(?:(?:GMT|UTC|Z|ч\.п\.)?\s?)(?P<sign>[-+−–])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?", regex.I
)


@cache
def _zones() -> dict[str, str]:
    pairs = (
        line.split("=") for line in read_table("zones.txt").splitlines() if "=" in line and not line.startswith("#")
    )
    return {name.strip(): offset.strip() for name, offset in pairs}


def zone_offset(name: str, day: str | None, *, country: str | None = None, language: str | None = None) -> str | None:
    """The offset of a printed zone ("BST", "GMT+2", "+0530") as "+01:00", or None where the name is no zone.

    day: ISO 8601; decides summer time for names that leave it open ("ET").
    country, language: whose "IST" or "CST" it is.
    """
    zones = _zones()
    name = name.upper()
    for key in (f"{name}@{country}", f"{name}@{language}", name):
        offset = zones.get(key)
        if offset is not None:
            return _summer(offset.removeprefix("US"), day) if offset.startswith("US") else offset
    match = _NUMERIC.fullmatch(name)
    if match is None:
        return None
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    if hours > 14 or minutes > 59:
        return None
    sign = "+" if match["sign"] == "+" else "-"
    return f"{sign}{hours:02d}:{minutes:02d}"


def _summer(offset: str, day: str | None) -> str:
    """A United States offset in summer time from the second Sunday of March to the first Sunday of November."""
    if day is None or len(day) < 10:
        return offset
    when = date.fromisoformat(day[:10])
    start, end = _sunday(when.year, 3, 2), _sunday(when.year, 11, 1)
    return f"-{int(offset[1:3]) - 1:02d}:00" if start <= when < end else offset


def _sunday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (number - 1))
