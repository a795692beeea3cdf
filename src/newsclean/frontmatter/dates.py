"""Reads date lines: when a story was published and updated, at the precision printed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newsclean.checks import check_line, check_time
from newsclean.frontmatter.bylines.labels import ends_in_credit
from newsclean.frontmatter.days.clocks import Time, find_times
from newsclean.frontmatter.days.moments import DAY_LENGTH, Day, iso_of
from newsclean.frontmatter.days.months import calendar_codes, is_weekday
from newsclean.frontmatter.days.relative import relative_time
from newsclean.frontmatter.days.roles import (
    Label,
    LineReader,
    Moment,
    assign_roles,
    find_labels,
    find_moments,
    is_prose,
)
from newsclean.frontmatter.days.sentences import said_of_itself
from newsclean.frontmatter.days.zones import zone_offset
from newsclean.frontmatter.digits import han_number, plain
from newsclean.frontmatter.lexicon import fold
from newsclean.model import Dates
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_LINE = 280
"""Characters; longer lines are paragraphs, and a day in one is not the story's."""

_HAN_DAY = pattern(r"[〇○零一二三四五六七八九]{4}(?=年)|[一二三四五六七八九十廿卅]{1,3}(?=[月日號号])")
_DIGIT = pattern(r"\d|元年")
_UNIX = pattern(r"(?<=\b\p{L}{3} )(\p{L}{3} {1,2}\d{1,2}) (\d{2}:\d{2}(?::\d{2})?(?: [A-Z]{3,4})?) (\d{4})\b")
"""A day as computers print it, its year behind the time: "Thu May 7 09:18:00 UTC 2020"."""
_LIFE = pattern(r"(?<!\d)(\d{4})\s?[–—-]\s?(?:\d{1,2}\.?\s)?(?:\p{L}+\.?\s)?(?:\d{1,2},\s)?(\d{4})(?!\d)")
_LONGEST_SPAN = 10
"""Years from which two days with a dash between them are those of a life."""
_LONG = 100
_RUNNING = 12


def parse_dates(
    line: str,
    language: str | None = None,
    url: str | None = None,
    *,
    now: str | None = None,
    day_first: bool | None = None,
) -> Dates | None:
    """Read when a story was published and updated from one line, or None where the line does not say.

    language: BCP 47 code of the page, url: its address; both decide what "05/06/2020" means and whose "IST" it is.
    now: ISO 8601 time of reading, for "2 hours ago" and for days without a year; without it those say nothing.
    day_first: decides the order of "05/06/2020" outright.

    Raises UsageError when one of them is no string, or `now` no time.
    """
    check_line(line, language, url)
    check_time("now", now)
    if len(line) > LONGEST_LINE:
        return None
    text = said_of_itself(_han_days(plain(line)))
    if (now is None and not _DIGIT.search(text)) or (len(text) > _LONG and _running(text)):
        return None
    text = _UNIX.sub(r"\1, \3 \2", text)
    reader = LineReader(text, language, url, day_first=day_first)
    if ends_in_credit(text, reader.language) or _is_life(text):
        return None
    published, updated, ambiguous = _read(reader, now)
    if published is None and updated is None and now is not None:
        published, updated = _read_relative(reader, now)
    if published is None and updated is None:
        return None
    return Dates(published, updated, ambiguous, line)


def _is_life(text: str) -> bool:
    """Whether a line gives the days of a birth and a death."""
    years = _LIFE.search(text)
    return years is not None and int(years[2]) - int(years[1]) >= _LONGEST_SPAN


def _han_days(text: str) -> str:
    """The line with days in Chinese numerals ("二〇二一年三月十二日") in digits."""
    if text.isascii() or "月" not in text:
        return text
    return _HAN_DAY.sub(lambda match: str(han_number(match[0])), text)


def write_dates(published: str | None, updated: str | None) -> str:
    """Write the dates as a line: "Published 2020-05-07 09:18, updated 2020-05-07"; "" where there are none.

    published, updated: ISO 8601.
    """
    parts = []
    if published:
        parts.append("published " + published.replace("T", " "))
    if updated:
        parts.append("updated " + updated.replace("T", " "))
    line = ", ".join(parts)
    return line[:1].upper() + line[1:]


def date_spans(line: str, language: str | None = None) -> tuple[tuple[int, int], ...]:
    """Where days and times stand in a line in plain form, as (start, end) with the words that belong to them."""
    if not _DIGIT.search(line):
        return ()
    reader = LineReader(line, language, None, day_first=None)
    spans = []
    labels = find_labels(reader)
    worded = {place for label in labels if label.role != "void" for place in range(label.first, label.last + 1)}
    for moment in find_moments(reader, labels):
        first, last = moment.first, moment.last
        while first > 0 and is_weekday(fold(reader.tokens[first - 1].text), reader.language):
            first -= 1
        if first > 1 and reader.tokens[first - 1].text == ":" and first - 2 in worded:
            first -= 2
        while first > 0 and first - 1 in worded:
            first -= 1
        while last + 1 < len(reader.tokens) and is_weekday(fold(reader.tokens[last + 1].text), reader.language):
            last += 1
        spans.append((reader.tokens[first].start, reader.tokens[last].end))
    return tuple(spans)


def _running(text: str) -> bool:
    """Whether a longer line is running text: many words in small letters, or a full stop of a script without case."""
    return sum(word.islower() for word in text.split()) >= _RUNNING or "。" in text or "।" in text


def _read(reader: LineReader, now: str | None) -> tuple[str | None, str | None, bool]:
    """The published and updated times of the line, and whether day and month stayed ambiguous."""
    labels = find_labels(reader)
    moments = find_moments(reader, labels)
    if not moments or not any(moment.day for moment in moments):
        return (None, None, False)
    roles = assign_roles(reader, moments, labels)
    if is_prose(reader, moments, labels, roles):
        return None, None, False
    weekdays: frozenset[int] = frozenset()
    if any(moment.day and moment.day.swappable for moment in moments):
        weekdays = _weekdays(reader)
        reader.order.learn_zones(_offset(moment.time, None, reader) for moment in moments if moment.time)
    reader.order.learn([moment.day for moment in moments if moment.day])
    values: dict[str, str] = {}
    ambiguous = False
    base: str | None = None
    for moment, role in sorted(
        zip(moments, roles, strict=True), key=lambda pair: pair[0].day is None or not pair[0].day.year
    ):
        if role == "void":
            continue
        if moment.day is None:
            # "12 March 2021, posted at 14:30": the label keeps the time apart from its day.
            unsaid = role not in values if role == "updated" else role == "published" and values.get(role) == base
            if unsaid and base and len(base) == DAY_LENGTH:
                values[role] = _with_time(base, moment.time, reader)
            continue
        day, unsure = _resolve(reader, moment.day, base, now, weekdays)
        if day is None or (len(day) == 7 and not _bare(reader, moment, labels)):
            continue
        name = role or "published"
        if name in values:
            continue
        base = base or day
        ambiguous = ambiguous or unsure
        values[name] = _with_time(day, moment.time, reader)
    if not labels and len(moments) == 2 and "published" in values:
        # Themes that print the last change first and hide one of the two leave both in flattened text.
        earlier = _day_beside(reader, moments, now, weekdays)
        if earlier and earlier < values["published"]:
            return earlier, values["published"], ambiguous
    return values.get("published"), values.get("updated"), ambiguous


def _day_beside(reader: LineReader, moments: Sequence[Moment], now: str | None, weekdays: frozenset[int]) -> str | None:
    """The second of two days, both with their years, that stand side by side."""
    first, second = moments
    if first.day is None or second.day is None or not first.day.year or not second.day.year:
        return None
    if second.first - first.last > 2:
        return None
    day, _ = _resolve(reader, second.day, None, now, weekdays)
    return _with_time(day, second.time, reader) if day and len(day) == DAY_LENGTH else None


def _read_relative(reader: LineReader, now: str) -> tuple[str | None, str | None]:
    """The published or the updated time of a line that counts it from now."""
    times = find_times(reader.tokens, (), reader.language)
    when = relative_time(reader.line, reader.tokens, times, reader.language, now)
    updated = any(label.role == "updated" for label in find_labels(reader))
    return (None, when) if updated else (when, None)


def _resolve(
    reader: LineReader, day: Day, base: str | None, now: str | None, weekdays: frozenset[int]
) -> tuple[str | None, bool]:
    """A printed day as ISO 8601, its year filled in from the rest of the line where one is known."""
    month, number, unsure = day.month, day.day, False
    if day.swappable:
        month, number, unsure = reader.order.decide(day, weekdays)
    if day.year:
        return iso_of(day, month, number, reader.language), unsure
    known = base or reader.url_date or now
    if not known or day.calendar:
        return None, False
    year = int(known[:4])
    if not base and now and not reader.url_date and f"{month:02d}-{number:02d}" > (_shift(now, days=1))[5:10]:
        year -= 1
    return iso_of(Day(day.first, day.last, year, month, number), month, number, reader.language), False


def _shift(moment: str, **step: int) -> str:
    return (datetime.fromisoformat(moment) + timedelta(**step)).isoformat()


def _with_time(day: str, time: Time | None, reader: LineReader) -> str:
    if time is None or len(day) < 10:
        return day
    return f"{day}T{time.text}{_offset(time, day, reader) or ''}"


def _offset(time: Time, day: str | None, reader: LineReader) -> str | None:
    """The offset of a printed time, where a zone stands with it."""
    zone = time.zone or _zone_nearby(reader, time)
    return zone_offset(zone, day, country=reader.country, language=reader.language) if zone else None


def _zone_nearby(reader: LineReader, time: Time) -> str:
    """A zone at the end of the line belongs to a time that stands before its day ("17:41, 13 October 2024 JST")."""
    last = next((token for token in reversed(reader.tokens) if token.kind != "mark"), None)
    return (
        last.text
        if last and last.start > reader.tokens[time.last].end and last.text.isupper() and len(last.text) > 2
        else ""
    )


def _weekdays(reader: LineReader) -> frozenset[int]:
    """The days of the week that the line names, Monday as 0."""
    return frozenset(
        int(code[1:])
        for token in reader.tokens
        if token.kind == "word" and len(token.text) > 2
        for code in calendar_codes(fold(token.text), reader.language)
        if code[0] == "d"
    )


def _bare(reader: LineReader, moment: Moment, labels: Sequence[Label]) -> bool:
    """Whether the line holds nothing but this moment and its label; then a month without a day is a date too."""
    outside = [
        token
        for place, token in enumerate(reader.tokens)
        if token.kind != "mark"
        and not moment.first <= place <= moment.last
        and not any(label.first <= place <= label.last for label in labels)
    ]
    return len(outside) <= 1
