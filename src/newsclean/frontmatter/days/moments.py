"""Finds the days and times of a line and joins those that belong together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsclean.frontmatter.days.calendars import (
    ethiopian_day,
    full_year,
    is_jalali,
    is_nepali,
    iso_day,
    jalali_day,
    nepali_day,
)
from newsclean.frontmatter.days.months import calendar_heads, is_weekday, month_of
from newsclean.frontmatter.lexicon import date_words, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from newsclean.frontmatter.days.tokens import Token

DAY_LENGTH = 10
"""Characters of an ISO 8601 day."""

_LINKING_MARKS = frozenset(",.-/'’‘–—_:º°ª)(|·•،።।٬、「」[]、，~")
_TICKS = frozenset("'’‘")
_DAY_MARKS = frozenset(",.-/'’‘–—_º°ª،·၊፣")


_SHORT_LINE = 12
"""Tokens of a line in which "12.3." is a day; in a longer one it can be anything."""


class Day(NamedTuple):
    """A day as printed: the places of its first and last token, and its numbers (0 where one is not printed).

    year_digits: how many digits the year has. swappable: month and day could be the other way round.
    calendar: "", "jalali", "ethiopian" or "nepali", where the name of the month says so.
    """

    first: int
    last: int
    year: int
    month: int
    day: int
    year_digits: int = 4
    separator: str = ""
    swappable: bool = False
    calendar: str = ""


def find_days(tokens: Sequence[Token], language: str | None) -> list[Day]:
    """Every day of the line, in order; parts of one are in no other."""
    found: list[Day] = []
    place = taken = 0
    while place < len(tokens):
        day = _day_at(tokens, place, taken, language)
        if day is None:
            place += 1
        else:
            found.append(day)
            place = taken = day.last + 1
    return found


def _day_at(tokens: Sequence[Token], place: int, taken: int, language: str | None) -> Day | None:
    token = tokens[place]
    if token.kind == "mark":
        return None
    if token.kind == "word":
        return _named_day(tokens, place, taken, language)
    if token.kind in ("iso", "ymd"):
        year, month, day = token.values[:3]
        return Day(place, place, year, month, day, separator=token.text)
    if token.kind == "year-month":
        return Day(place, place, token.values[0], token.values[1], 0)
    if token.kind == "month-day":
        return Day(place, place, 0, token.values[1], token.values[2])
    if token.kind == "dmy":
        return _numeric(token, place, language)
    if token.kind == "number":
        return _short_numeric(tokens, place, language)
    if token.kind == "clock" and token.text == "." and place + 1 < len(tokens) and tokens[place + 1].text == ".":
        day, month, _ = token.values
        return Day(place, place + 1, 0, month, day) if 1 <= day <= 31 and 1 <= month <= 12 else None
    return None


def _named_day(tokens: Sequence[Token], place: int, taken: int, language: str | None) -> Day | None:
    """The day around a month's name that begins at a word."""
    name = fold(tokens[place].text)
    several = name in calendar_heads()
    if not several and not month_of(name, language)[0]:
        return None
    for length in (3, 2, 1) if several else (1,):
        words = tokens[place : place + length]
        if len(words) < length or any(word.kind != "word" for word in words):
            continue
        month, calendar = month_of(fold(" ".join(word.text for word in words)), language)
        if month:
            return _around_month(
                tokens, place, place + length - 1, taken=taken, month=month, calendar=calendar, language=language
            )
    return None


def _numeric(token: Token, place: int, language: str | None) -> Day:
    first, second, third = token.values
    separator, digits = token.text[0], int(token.text[1:])
    if digits == 2 and language in ("ja", "zh", "ko", "hu", "lt") and 1 <= second <= 12 and 1 <= third <= 31:
        return Day(place, place, first, second, third, 2, separator)
    return Day(place, place, third, second, first, digits, separator, swappable=first != second)


def _short_numeric(tokens: Sequence[Token], place: int, language: str | None) -> Day | None:
    """A day without a year, as in "1/14 21:17"."""
    if place + 2 >= len(tokens) or tokens[place + 1].text not in "/." or tokens[place + 2].kind != "number":
        return None
    if tokens[place + 1].text == "." and not (
        len(tokens) <= _SHORT_LINE
        and place + 3 < len(tokens)
        and tokens[place + 3].text == "."
        and tokens[place + 3].start == tokens[place + 2].end
    ):
        return None
    if tokens[place].end != tokens[place + 1].start or tokens[place + 1].end != tokens[place + 2].start:
        return None
    if place + 3 < len(tokens) and tokens[place + 3].text == "/":
        return None
    first, second = tokens[place].values[0], tokens[place + 2].values[0]
    month, day = (first, second) if language in ("ja", "zh", "ko", "en") else (second, first)
    if month > 12 and language == "en":
        month, day = day, month
    return Day(place, place + 2, 0, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _around_month(
    tokens: Sequence[Token], first: int, last: int, *, taken: int, month: int, calendar: str, language: str | None
) -> Day | None:
    """The day that a month's name belongs to: its numbers stand before or after it, or on both sides."""
    left = _neighbour(tokens, first, -1, taken=taken, month=month, language=language)
    right = _neighbour(tokens, last, 1, taken=taken, month=month, language=language)
    left_number = tokens[left].values[0] if left is not None else -1
    right_number = tokens[right].values[0] if right is not None else -1
    if right is not None and _is_day(tokens[right]):
        after = _neighbour(tokens, right, 1, taken=taken, month=month, language=language)
        if after is not None and _is_year(tokens[after]):
            return Day(first, after, tokens[after].values[0], month, right_number, calendar=calendar)
        if after == right + 2 and tokens[right + 1].text in _TICKS and tokens[after].end - tokens[after].start == 2:
            return Day(first, after, tokens[after].values[0], month, right_number, 2, calendar=calendar)
        if left is not None and _is_year(tokens[left]):
            return Day(left, right, left_number, month, right_number, calendar=calendar)
    if left is not None and _is_day(tokens[left]):
        if right is not None and _is_year(tokens[right]):
            return Day(left, right, right_number, month, left_number, calendar=calendar)
        before = _neighbour(tokens, left, -1, taken=taken, month=month, language=language)
        if before is not None and _is_year(tokens[before]):
            return Day(before, last, tokens[before].values[0], month, left_number, calendar=calendar)
        if right is not None and tokens[right].end - tokens[right].start == 2 and _tight(tokens, left, right):
            return Day(left, right, right_number, month, left_number, 2, calendar=calendar)
        return Day(left, last, 0, month, left_number, calendar=calendar)
    if right is not None and _is_day(tokens[right]):
        return Day(first, right, 0, month, right_number, calendar=calendar)
    if right is not None and _is_year(tokens[right]):
        return Day(first, right, right_number, month, 0, calendar=calendar)
    if left is not None and _is_year(tokens[left]):
        return Day(left, last, left_number, month, 0, calendar=calendar)
    return None


def _tight(tokens: Sequence[Token], left: int, right: int) -> bool:
    """Whether a two-digit number after a month is a year: "7-May-20", "7 May '20", "7 May 20"."""
    between = {token.text for token in tokens[left + 1 : right] if token.kind == "mark"}
    return not between or between <= {"-"} or between <= {"'", "’"} or between <= {"/"} or between <= {"."}


def _is_day(token: Token) -> bool:
    return token.end - token.start <= 2 and 1 <= token.values[0] <= 31


def _is_year(token: Token) -> bool:
    return token.end - token.start == 4 and 1250 <= token.values[0] <= 2700


def _neighbour(
    tokens: Sequence[Token], place: int, step: int, *, taken: int, month: int, language: str | None
) -> int | None:
    """The number next to a token, across marks, a weekday, the month's other name, and one short word ("de", "of")."""
    words = 0
    here = place + step
    for _ in range(7):
        if not taken <= here < len(tokens):
            return None
        token = tokens[here]
        if token.kind == "number":
            return here
        if token.kind == "word":
            glued = here > 0 and tokens[here - 1].kind == "number" and tokens[here - 1].end == token.start
            name = fold(token.text)
            if not glued and not is_weekday(name, language) and month_of(name, language)[0] != month:
                words += 1
                if words > 1 or len(token.text) > (6 if tokens[place].kind == "number" else 5):
                    return None
                if {"published", "updated", "ago", "void"} & date_words().kinds(name, language):
                    return None
        elif token.text not in _DAY_MARKS:
            return None
        here += step
    return None


def gap_is_open(tokens: Sequence[Token], start: int, end: int, stops: Callable[[int], bool]) -> bool:
    """Whether only marks and at most three small words stand between two places: day and time belong together."""
    if end - start > 9:
        return False
    words = 0
    for place in range(start, end):
        token = tokens[place]
        if (
            stops(place)
            or (token.kind not in ("word", "mark"))
            or (token.kind == "mark" and token.text not in _LINKING_MARKS)
        ):
            return False
        if token.kind == "word":
            words += 1
            if words > 3 or len(token.text) > 14:
                return False
    return True


def iso_of(day: Day, month: int, number: int, language: str | None) -> str | None:
    """The printed day as ISO 8601 ("2020-05-07", or "2020-05" for a month), None where there is no such day.

    month, number: as decided where the two could be swapped.
    """
    if day.calendar == "jalali" or (not day.calendar and is_jalali(day.year, language) and day.year_digits == 4):
        return jalali_day(day.year, month, number) if number else None
    if day.calendar == "ethiopian":
        return ethiopian_day(day.year, month, number) if number else None
    if day.calendar == "nepali" or (not day.calendar and is_nepali(day.year, language)):
        return nepali_day(day.year, month, number) if number else None
    if day.separator == "solid" and language == "ne":
        return None
    year = full_year(day.year, day.year_digits, language)
    if year is None or not 1 <= month <= 12:
        return None
    if number == 0:
        return f"{year:04d}-{month:02d}"
    return iso_day(year, month, number)
