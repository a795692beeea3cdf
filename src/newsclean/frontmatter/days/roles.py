"""Joins days and times of a line to moments, and gives each the role that the words around it say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsclean.frontmatter.days.clocks import Time, find_times
from newsclean.frontmatter.days.moments import Day, find_days, gap_is_open
from newsclean.frontmatter.days.order import Order, url_country, url_day
from newsclean.frontmatter.days.tokens import Token, tokens
from newsclean.frontmatter.lexicon import base_language, date_words, fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_SENTENCE_END = frozenset(".!?。！？।")
_ARROWS = frozenset({"→", "➔", "->", "=>", "»"})
_ROLES = frozenset({"published", "updated", "void"})


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


class LineReader:
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


def find_labels(reader: LineReader) -> list[Label]:
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
            if not spaced and not token.text.isascii():
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


def find_moments(reader: LineReader, labels: Sequence[Label]) -> list[Moment]:
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
        if i not in taken and (not t.dotted or _labelled(reader, t, label_places))
    )
    return sorted(found)


def _labelled(reader: LineReader, time: Time, label_places: Collection[int]) -> bool:
    """Whether a label stands right before a time, or before the word for "at" that it has."""
    before = time.first - 1
    clock = before > 0 and "clock" in date_words().own_kinds(fold(reader.tokens[before].text), reader.language)
    return before in label_places or (clock and before - 1 in label_places)


def assign_roles(reader: LineReader, moments: Sequence[Moment], labels: Sequence[Label]) -> list[str]:
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
            if _words_between(pieces, label.last + 1, moment.first) <= (2 if label.role == "void" else 5)
            and not _counts_back(reader, label.last + 1, moment.first)
        ]
        if len(near) > 1 and near[-2].role == "published" and _is_and(reader, near[-2].last + 1, near[-1].first):
            near.pop()
        if index and roles[index - 1] == "void" and not here and _words_between(pieces, previous + 1, moment.first) < 3:
            roles[index] = "void"  # "from 7 May to 9 May": the end of a span whose beginning is void
        if near:
            roles[index] = near[-1].role
        elif index and not roles[index] and moment.day and _is_arrow(pieces, previous + 1, moment.first):
            roles[index] = "updated"  # "1. ožujka 2022. → 2. ožujka 2022."
    return roles


def _is_arrow(pieces: Sequence[Token], start: int, end: int) -> bool:
    """Whether nothing but an arrow stands between two days."""
    return "".join(token.text for token in pieces[start:end]).strip(". ") in _ARROWS


def _counts_back(reader: LineReader, start: int, end: int) -> bool:
    """Whether a label has a time of its own that is counted from now: "Updated 2 hours ago | June 3, 2022"."""
    numbers = any(token.kind == "number" for token in reader.tokens[start:end])
    return numbers and any(
        "ago" in date_words().kinds(fold(token.text), reader.language) for token in reader.tokens[start:end]
    )


def _is_and(reader: LineReader, start: int, end: int) -> bool:
    return end - start == 1 and (reader.tokens[start].text in "/&+" or reader.tokens[start].kind == "word")


def _words_between(pieces: Sequence[Token], start: int, end: int) -> int:
    return sum(token.kind == "word" for token in pieces[start:end])


def is_prose(reader: LineReader, moments: Sequence[Moment], labels: Sequence[Label], roles: Sequence[str]) -> bool:
    """Whether the line is running text that happens to hold a day."""
    inside = {place for moment in moments for place in range(moment.first, moment.last + 1)}
    inside |= {place for label in labels for place in range(label.first, label.last + 1)}
    first = next(moment for moment in moments if moment.day)
    lower = lower_after = letters = clocks = 0
    for place, token in enumerate(reader.tokens):
        if place in inside or token.kind != "word":
            continue
        start = token.text[0]
        if start.islower():
            lower += 1
            clocks += "clock" in date_words().own_kinds(fold(token.text), reader.language)
            # "2 hours ago • 3 minute read" is no sentence
            lower_after += first.last < place and not date_words().own_kinds(fold(token.text), reader.language)
        elif not start.isupper():
            letters += len(token.text)
    ends = reader.line[-1:] in _SENTENCE_END
    is_said = any(roles)
    # "Published on 7 May at 9:18 a.m. Last changed on 8 May at 10:00 a.m." has its full stop from the time of day
    if letters > 70 or lower >= 9 or (ends and (lower - (clocks if is_said else 0) >= 4 or letters > 30)):
        return True
    if is_said:
        return False
    if ends and lower_after > 1:
        return True  # "The concert on 28 June 2019 is sold out."
    before = reader.tokens[first.first - 1] if first.first else None
    leads = before is not None and before.kind == "word" and before.text.islower() and len(before.text) <= 3
    return lower_after >= 4 or (leads and lower >= 3)
