"""Reads date lines: when a story was published and updated, at the precision printed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

import regex

from newsclean.frontmatter.digits import plain
from newsclean.frontmatter.lexicon import base_language, calendar_codes, date_words, fold
from newsclean.frontmatter.moments import Day, Time, find_days, find_times, gap_is_open, is_weekday, iso_of
from newsclean.frontmatter.order import Order, url_country, url_day
from newsclean.frontmatter.relative import relative_time
from newsclean.frontmatter.tokens import Token, tokens
from newsclean.frontmatter.zones import zone_offset
from newsclean.model import Dates

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_LINE = 280
"""Characters; longer lines are paragraphs, and a day in one is not the story's."""

_DIGIT = regex.compile(r"\d|元年")
_SENTENCE_END = frozenset(".!?。！？।")
_ROLES = frozenset({"published", "updated", "void"})
_LONG = 100
_RUNNING = 12


class Label(NamedTuple):
    """A word such as "Updated" and the places of its tokens."""

    first: int
    last: int
    role: str


class Moment(NamedTuple):
    """A day or a time of the line with what belongs to it; one of the two may be missing."""

    first: int
    last: int
    day: Day | None
    time: Time | None


class _Reader:
    """One line under reading: its tokens and what is known from outside."""

    __slots__ = ("country", "language", "line", "order", "times", "tokens", "url_date")

    def __init__(self, line: str, language: str | None, url: str | None, *, day_first: bool | None) -> None:
        self.line = line
        self.language = base_language(language)
        self.tokens = tokens(line)
        self.country = url_country(url)
        self.url_date = url_day(url)
        self.order = Order(language, self.country, self.url_date, day_first=day_first)
        self.times: list[Time] = []


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
    """
    if len(line) > LONGEST_LINE:
        return None
    text = plain(line)
    if (now is None and not _DIGIT.search(text)) or (len(text) > _LONG and _running(text)):
        return None
    reader = _Reader(text, language, url, day_first=day_first)
    published, updated, ambiguous = _read(reader, now)
    if published is None and updated is None and now is not None:
        published, updated = _read_relative(reader, now)
    if published is None and updated is None:
        return None
    return Dates(published, updated, ambiguous, line)


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
    reader = _Reader(line, language, None, day_first=None)
    spans = []
    for moment in _moments(reader, _labels(reader)):
        first, last = moment.first, moment.last
        while first > 0 and is_weekday(fold(reader.tokens[first - 1].text), reader.language):
            first -= 1
        while last + 1 < len(reader.tokens) and is_weekday(fold(reader.tokens[last + 1].text), reader.language):
            last += 1
        spans.append((reader.tokens[first].start, reader.tokens[last].end))
    return tuple(spans)


def _running(text: str) -> bool:
    """Whether a longer line is running text: many words in small letters, or a full stop of a script without case."""
    return sum(word.islower() for word in text.split()) >= _RUNNING or "。" in text or "।" in text


def _labels(reader: _Reader) -> list[Label]:
    """The label words of the line, the longest phrase first."""
    words, found = date_words(), []
    pieces, language = reader.tokens, reader.language
    place = 0
    while place < len(pieces):
        token = pieces[place]
        step = 1
        if token.kind == "word":
            name = fold(token.text)
            spaced = 0
            for length in range(words.longest if words.opens_phrase(name) else 1, 0, -1):
                if place + length > len(pieces) or pieces[place + length - 1].kind != "word":
                    continue
                phrase = name if length == 1 else fold(reader.line[token.start : pieces[place + length - 1].end])
                roles = words.kinds(phrase, language) & _ROLES
                if roles:
                    found.append(Label(place, place + length - 1, _one_role(roles)))
                    step = spaced = length
                    break
            if not spaced:
                inside = [
                    role for _, _, kinds in words.inside(token.text, language) if (role := _one_role(kinds & _ROLES))
                ]
                if inside:
                    found.append(Label(place, place, inside[-1] if "updated" not in inside else "updated"))
        elif token.text == "©":
            found.append(Label(place, place, "copyright"))
        place += step
    return found


def _one_role(roles: frozenset[str]) -> str:
    return next((role for role in ("updated", "published", "void") if role in roles), "")


def _moments(reader: _Reader, labels: Sequence[Label]) -> list[Moment]:
    """Days with their times, and times that stand alone, in order."""
    pieces = reader.tokens
    days = find_days(pieces, reader.language)
    times = find_times(pieces, days, reader.language)
    label_places = {place for label in labels for place in range(label.first, label.last + 1)}
    taken: set[int] = set()

    def join(before: int, after: int) -> bool:
        return gap_is_open(pieces, before + 1, after, lambda place: place in label_places)

    def nearest(day: Day, *, before: bool) -> int | None:
        for index, time in enumerate(times):
            if index in taken:
                continue
            if before and time.last < day.first and join(time.last, day.first):
                return index
            if not before and time.first > day.last and join(day.last, time.first):
                return index
        return None

    first_is_time = bool(days) and bool(times) and times[0].last < days[0].first and join(times[0].last, days[0].first)
    found = []
    for day in days:
        index = next((i for i, time in enumerate(times) if time.first == day.first), None)
        for before in (first_is_time, not first_is_time):
            index = nearest(day, before=before) if index is None else index
        if index is None:
            found.append(Moment(day.first, day.last, day, None))
            continue
        taken.add(index)
        time = times[index]
        found.append(Moment(min(day.first, time.first), max(day.last, time.last), day, time))
    found.extend(
        Moment(t.first, t.last, None, t)
        for i, t in enumerate(times)
        if i not in taken and (not t.dotted or t.first - 1 in label_places)
    )
    return sorted(found)


def _roles(reader: _Reader, moments: Sequence[Moment], labels: Sequence[Label]) -> list[str]:
    """The role of each moment, "" where no label says."""
    roles = [""] * len(moments)
    if not labels:
        return roles
    pieces = reader.tokens
    closes = labels[-1].first > moments[-1].last and not any(
        token.kind == "number" or "ago" in date_words().kinds(fold(token.text), reader.language)
        for token in pieces[labels[-1].last + 1 :]
    )
    if closes and labels[0].first > moments[0].last:
        for label in labels:
            index = max(i for i, moment in enumerate(moments) if moment.last < label.first)
            roles[index] = roles[index] or label.role
        return ["" if role in ("void", "copyright") else role for role in roles]
    for index, moment in enumerate(moments):
        previous = moments[index - 1].last if index else -1
        here = [label for label in labels if previous < label.first and label.last < moment.first]
        if any(label.role == "copyright" for label in here):
            roles[index] = "void"
            continue
        near = [
            label
            for label in here
            if _words_between(pieces, label.last + 1, moment.first) <= (1 if label.role == "void" else 5)
        ]
        if len(near) > 1 and near[-2].role == "published" and _is_and(reader, near[-2].last + 1, near[-1].first):
            near.pop()
        if near:
            roles[index] = near[-1].role
    return roles


def _is_and(reader: _Reader, start: int, end: int) -> bool:
    return end - start == 1 and (reader.tokens[start].text in "/&+" or reader.tokens[start].kind == "word")


def _words_between(pieces: Sequence[Token], start: int, end: int) -> int:
    return sum(token.kind == "word" for token in pieces[start:end])


def _read(reader: _Reader, now: str | None) -> tuple[str | None, str | None, bool]:
    """The published and updated times of the line, and whether day and month stayed ambiguous."""
    labels = _labels(reader)
    moments = _moments(reader, labels)
    if not moments or not any(moment.day for moment in moments):
        return (None, None, False)
    roles = _roles(reader, moments, labels)
    if _is_prose(reader, moments, labels, roles):
        return None, None, False
    weekdays = _weekdays(reader) if any(moment.day and moment.day.swappable for moment in moments) else frozenset()
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
            if role == "updated" and base and len(base) == 10 and role not in values:
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
    return values.get("published"), values.get("updated"), ambiguous


def _read_relative(reader: _Reader, now: str) -> tuple[str | None, str | None]:
    """The published or the updated time of a line that counts it from now."""
    times = find_times(reader.tokens, (), reader.language)
    when = relative_time(reader.line, reader.tokens, times, reader.language, now)
    updated = any(label.role == "updated" for label in _labels(reader))
    return (None, when) if updated else (when, None)


def _resolve(
    reader: _Reader, day: Day, base: str | None, now: str | None, weekdays: frozenset[int]
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


def _with_time(day: str, time: Time | None, reader: _Reader) -> str:
    if time is None or len(day) < 10:
        return day
    zone = time.zone or _zone_nearby(reader, time)
    offset = zone_offset(zone, day, country=reader.country, language=reader.language) if zone else None
    return f"{day}T{time.text}{offset or ''}"


def _zone_nearby(reader: _Reader, time: Time) -> str:
    """A zone at the end of the line belongs to a time that stands before its day ("17:41, 13 October 2024 JST")."""
    last = next((token for token in reversed(reader.tokens) if token.kind != "mark"), None)
    return (
        last.text
        if last and last.start > reader.tokens[time.last].end and last.text.isupper() and len(last.text) > 2
        else ""
    )


def _weekdays(reader: _Reader) -> frozenset[int]:
    """The days of the week that the line names, Monday as 0."""
    return frozenset(
        int(code[1:])
        for token in reader.tokens
        if token.kind == "word" and len(token.text) > 2
        for code in calendar_codes(fold(token.text), reader.language)
        if code[0] == "d"
    )


def _bare(reader: _Reader, moment: Moment, labels: Sequence[Label]) -> bool:
    """Whether the line holds nothing but this moment and its label; then a month without a day is a date too."""
    outside = [
        token
        for place, token in enumerate(reader.tokens)
        if token.kind != "mark"
        and not moment.first <= place <= moment.last
        and not any(label.first <= place <= label.last for label in labels)
    ]
    return len(outside) <= 1


def _is_prose(reader: _Reader, moments: Sequence[Moment], labels: Sequence[Label], roles: Sequence[str]) -> bool:
    """Whether the line is running text that happens to hold a day."""
    inside = {place for moment in moments for place in range(moment.first, moment.last + 1)}
    inside |= {place for label in labels for place in range(label.first, label.last + 1)}
    first = next(moment for moment in moments if moment.day)
    lower = lower_after = letters = 0
    for place, token in enumerate(reader.tokens):
        if place in inside or token.kind != "word":
            continue
        start = token.text[0]
        if start.islower():
            lower += 1
            lower_after += first.last < place
        elif not start.isupper():
            letters += len(token.text)
    ends = reader.line[-1:] in _SENTENCE_END
    if letters > 70 or lower >= 9 or (ends and (lower >= 4 or letters > 30)):
        return True
    if any(roles):
        return False
    before = reader.tokens[first.first - 1] if first.first else None
    leads = before is not None and before.kind == "word" and before.text.islower() and len(before.text) <= 3
    return lower_after >= 3 or (leads and lower >= 3)
