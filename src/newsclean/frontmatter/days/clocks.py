"""Finds the times of day in a line, with the half of the day and the zone that belong to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsclean.frontmatter.days.months import calendar_codes
from newsclean.frontmatter.lexicon import date_words, fold
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from newsclean.frontmatter.days.moments import Day
    from newsclean.frontmatter.days.tokens import Token

_UNSPACED_MERIDIEM = pattern(
    r"(午前|上午|凌晨|清晨|早上|早晨|오전|새벽|아침)|(午後|下午|晚上|晚间|晚間|傍晚|夜|오후|저녁|밤)|(中午|정오|正午)"
)
_NOON_GAP = 3
"""Marks and small words between a day and the noon that belongs to it."""
_HALVES = frozenset({"am", "pm", "noon", "midnight", "night"})


class Time(NamedTuple):
    """A time of day as printed: the places of its tokens, "09:18" or "09:18:33", and the name of its zone."""

    first: int
    last: int
    text: str
    zone: str = ""
    dotted: bool = False


def find_times(tokens: Sequence[Token], days: Sequence[Day], language: str | None) -> list[Time]:
    """Every time of day outside the days, with its half of the day resolved and the zone that follows it."""
    inside = {place for day in days for place in range(day.first, day.last + 1)}
    found = []
    for place, token in enumerate(tokens):
        if token.kind == "iso" and token.values[3] >= 0:
            hour, minute, second = token.values[3:6]
            text = _time_text(hour, minute, second, "")
            if text:
                found.append(Time(place, place, text, "UTC" if token.text in ("Z", "z") else token.text))
        elif token.kind == "clock" and place not in inside:
            found.extend(_clock(tokens, place, language))
        elif inside and token.kind == "word" and _is_noon_behind(tokens, place, inside, language):
            found.append(Time(place, place, "12:00"))
    return found


def _is_noon_behind(tokens: Sequence[Token], place: int, inside: AbstractSet[int], language: str | None) -> bool:
    """Whether a word is "noon" and stands behind a day: "March 12, 2021, at noon"."""
    text = tokens[place].text
    if text.istitle() or calendar_codes(fold(text), language) != {"noon"}:
        return False  # "Midi Libre" is a newspaper
    before = place - 1
    while before > 0 and before not in inside and place - before <= _NOON_GAP:
        token = tokens[before]
        if token.kind not in ("mark", "word") or (
            token.kind == "word" and "clock" not in date_words().kinds(fold(token.text), language)
        ):
            return False
        before -= 1
    return before in inside


def _clock(tokens: Sequence[Token], place: int, language: str | None) -> list[Time]:
    token = tokens[place]
    last, half = place, token.text
    dotted = half == "."
    if dotted or not half:
        half = ""
        after = _half_of_day(tokens, place, 1, language)
        if after:
            half, last = after
        else:
            before = _half_of_day(tokens, place, -1, language)
            if before:
                half = before[0]
    hour, minute, second = token.values
    text = _time_text(hour, minute, second, half)
    if text is None:
        return []
    zone = ""
    for here in range(last + 1, min(last + 5, len(tokens))):
        following = tokens[here]
        if following.kind == "offset" or (following.kind == "word" and _zone_like(following.text)):
            zone, last = following.text, here
            break
        if following.kind != "mark" or following.text not in "(.,[":
            if fold(following.text) in ("uhr", "h", "hrs", "น"):
                continue
            break
    return [Time(place, last, text, zone, dotted and not half)]


def _zone_like(text: str) -> bool:
    return 1 < len(text) <= 5 and (text.isupper() or text in {"мск", "msk"})


def _half_of_day(tokens: Sequence[Token], place: int, step: int, language: str | None) -> tuple[str, int] | None:
    """The word for the half of the day next to a time, and its place."""
    for distance in (1, 2):
        here = place + step * distance
        if not 0 <= here < len(tokens):
            return None
        token = tokens[here]
        if token.kind == "mark" and token.text in ".,(":
            continue
        if token.kind != "word":
            return None
        unspaced = _UNSPACED_MERIDIEM.search(token.text)
        if unspaced:
            return ("am", "pm", "noon")[(unspaced.lastindex or 1) - 1], here
        phrase = _phrase_of_half(tokens, here, language) if step > 0 else None
        if phrase:
            return phrase
        name = fold(token.text)
        codes = calendar_codes(name, language) & _HALVES or date_words().kinds(name, language) & _HALVES
        if len(codes) == 1 and (token.text.isupper() or not token.text.isascii() or len(token.text) > 2):
            return next(iter(codes)), here
        if distance == 1 and "clock" in date_words().kinds(fold(token.text), language):
            continue
        return None
    return None


def _phrase_of_half(tokens: Sequence[Token], start: int, language: str | None) -> tuple[str, int] | None:
    """The half of the day that several words name ("de la tarde", "n.h."), and the place of the last."""
    words: list[str] = []
    for here in range(start, min(start + 5, len(tokens))):
        token = tokens[here]
        if token.kind == "word":
            words.append(token.text)
            codes = calendar_codes(fold(" ".join(words)), language) & _HALVES if len(words) > 1 else frozenset()
            if len(codes) == 1:
                return next(iter(codes)), here
        elif token.text != ".":
            break
    return None


def _time_text(hour: int, minute: int, second: int, half: str) -> str | None:
    if hour <= 12:
        if half in ("pm", "noon") and (hour < 12 if half == "pm" else hour < 6):
            hour += 12
        elif (half in ("am", "midnight") and hour == 12) or (half == "night" and hour == 12):
            hour = 0
        elif half == "night" and 6 <= hour < 12:
            hour += 12
    if hour > 23 or minute > 59 or second > 59:
        return None
    return f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if second >= 0 else "")
