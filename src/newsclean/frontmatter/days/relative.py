"""Reads times that are counted from now: "2 hours ago", "gestern, 18:30"."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newsclean.frontmatter.lexicon import date_words, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.frontmatter.days.clocks import Time
    from newsclean.frontmatter.days.tokens import Token

_MINUTES = {"minutes": 1, "hours": 60, "days": 60 * 24, "weeks": 60 * 24 * 7}
_LARGEST = 999


def relative_time(
    line: str, pieces: Sequence[Token], times: Sequence[Time], language: str | None, now: str
) -> str | None:
    """The time that a line counts from now, as ISO 8601, or None where it counts none.

    Minutes and hours give a time, days and weeks a day; now: ISO 8601.
    """
    words = date_words()
    kinds = [words.own_kinds(fold(token.text), language) if token.kind == "word" else frozenset() for token in pieces]
    for place, token in enumerate(pieces):
        if token.kind == "word":
            inside = [kind for _, _, found in words.inside(token.text, language) for kind in found]
            kinds[place] |= frozenset(inside)
    start = datetime.fromisoformat(now)
    if any("ago" in found for found in kinds) or " y a " in line:
        for place, token in enumerate(pieces[:-1]):
            unit = next((name for name in _MINUTES if name in kinds[place + 1]), None)
            if token.kind == "number" and unit and 0 <= token.values[0] <= _LARGEST:
                when = start - timedelta(minutes=_MINUTES[unit] * token.values[0])
                return _shown(when, now, day=unit in ("days", "weeks"))
    for name, days in (("today", 0), ("yesterday", 1)):
        if any(name in found for found in kinds) or _phrase(line, name, language):
            day = (start - timedelta(days=days)).date().isoformat()
            return f"{day}T{times[0].text}" if times else day
    return None


def _shown(when: datetime, now: str, *, day: bool) -> str:
    if day or len(now) <= 10:
        return when.date().isoformat()
    return when.isoformat(timespec="minutes")


def _phrase(line: str, kind: str, language: str | None) -> bool:
    """Whether a phrase of two words ("i dag", "hari ini") of that kind stands in the line."""
    words = line.casefold().split()
    return any(
        kind in date_words().own_kinds(" ".join(words[place : place + 2]), language) for place in range(len(words) - 1)
    )
