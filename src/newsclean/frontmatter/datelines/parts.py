"""Reads what stands before the mark that ends a dateline: place, region, day, agency."""

from __future__ import annotations

from typing import NamedTuple

import regex

from newsclean.frontmatter.agencies import is_agency, is_outlet, names_agency
from newsclean.frontmatter.bylines.names import has_case
from newsclean.frontmatter.days.calendars import full_year
from newsclean.frontmatter.days.moments import Day, find_days, iso_of
from newsclean.frontmatter.days.months import calendar_codes, own_codes
from newsclean.frontmatter.days.tokens import tokens
from newsclean.frontmatter.digits import ascii_digits
from newsclean.frontmatter.gazetteer import is_city, is_place, is_region
from newsclean.frontmatter.lexicon import credit_words, date_words, fold
from newsclean.patterns import pattern, plain_pattern

_PLACE_WORD = pattern(
    r"\p{Lu}[\p{L}\p{M}'’ʼ‘.-]*+|[\p{Lo}\p{M}\p{Lm}\p{Georgian}'’\u200c.-]++|['’]t|d['’]\p{Lu}[\p{L}'’-]*+|\p{Lu}\.",
    regex.V1,
)
_DIGIT = plain_pattern(r"[0-9]")
_LONE_DAY = pattern(r",\s(?:(?:दि|ता|तिथि|તા|ਤਾ|তা|तारीख|তাং)\.?\s?)?(\d{1,2})\.?$")
_COMMAS = str.maketrans("،፣၊", ",,,")
_LONGEST_SHORT = 6
"""Characters of a short form of a state with its full stop ("Calif."); behind a longer name it ends the dateline."""
_BRACKETED = pattern(r"([^()\[\]]{2,40}?)\s?[(\[]([^()\[\]]{2,40})[)\]]")
_IN_COUNTRY = pattern(r"(?<=\))\s?\[[^\[\]]{2,40}\]$")
"""The country that ANI prints behind a state: "Pune (Maharashtra) [India]"."""
_CLOCK = pattern(r"/?\s?\d{1,2}:\d{2}(?:\s?[ap]\.?m\.?)?", regex.I)
_UNKNOWN_AGENCY = pattern(r"\p{Lu}{3,6}", regex.V1)
_JOINED_PLACES = pattern(r"\s?/\s?|\s&\s|(?<=\p{L})\s?-\s(?=\p{L})")
PLACE_SMALL = frozenset(
    "de del della di da do dos du des la le les el al am an der den die bei im in auf sur sous en et lès upon on of "
    "es the and y e i nad pod u na vor ob zum bin ad".split()
)


class Head(NamedTuple):
    """The parts of what stands before the mark that ends a dateline."""

    place: str | None = None
    region: str | None = None
    date: str | None = None
    agency: str | None = None


def read_parts(before: str, language: str | None, *, alone: bool = False) -> Head | None:
    """Place, region, date and agency of a dateline's beginning, or None where it holds anything else.

    alone: a date may stand without a place.
    """
    before = before.translate(_COMMAS)
    text = ascii_digits(before)
    numbered = _DIGIT.search(text) is not None
    if not numbered and not could_be_places(before):
        return None
    pieces = tokens(text) if numbered else ()
    days = find_days(pieces, language)
    date = agency = None
    if days:
        day = days[0]
        if len(days) > 1 or not day.day:
            return None
        date = _date(day, language)
        if date is None and (day.year or not day.calendar):
            return None  # a day of another calendar says nothing without its year
        tail = before[pieces[day.last].end :].strip(" .,-")
        text = _without_date_words(before[: pieces[day.first].start].rstrip(" ,/|-–—"), language)
        if tail and not text and _place(tail)[0]:
            text = tail  # "21 марта, Минск"
        elif tail:
            agency = _agency_behind(tail, language)
            if agency is None and not _date_tail(tail, language) and _CLOCK.fullmatch(tail) is None:
                return None
    elif numbered:
        match = _LONE_DAY.search(text)
        if match is None:
            return None
        date, text = f"---{int(match[1]):02d}", before[: match.start()]
    if not text:
        return Head(date=date, agency=agency) if alone and date else None
    head, comma, last = text.rpartition(",")
    if comma and agency is None and (is_agency(last) or is_outlet(last)):
        text, agency = head, last.strip()
    head, slash, last = text.rpartition("/")
    if slash and agency is None and not is_city(last) and (is_agency(last) or is_outlet(last)):
        text, agency = head, last.strip()
    place, region = _place(text)
    return Head(place, region, date, agency) if place else None


def _without_date_words(text: str, language: str | None) -> str:
    """What stands before the day without the weekday and the small words that belong to the day."""
    words = text.split()
    while len(words) > 1 and _is_date_word(words[-1], language):
        words.pop()
    bare = " ".join(words).rstrip(" ,.")
    return f"{bare}." if text[len(bare) :].startswith(".") and is_region(f"{bare.rpartition(',')[2]}.") else bare


def _agency_behind(tail: str, language: str | None) -> str | None:
    """The agency behind a day: "TALLINN, 24. veebruar, BNS"; three to six capitals are taken for one."""
    if is_agency(tail) or is_outlet(tail) or all(map(is_agency, tail.split("-"))):
        return tail
    unknown = _UNKNOWN_AGENCY.fullmatch(tail) and not is_region(tail) and not _is_date_word(tail, language)
    return tail if unknown else None


def could_be_places(text: str) -> bool:
    """Tell, without reading it, whether a text without numbers could be places, regions and agencies alone."""
    return not any(
        word.islower()
        and word.isascii()
        and word.isalpha()
        and word not in PLACE_SMALL
        and not names_agency(word)
        and not is_outlet(word)
        for word in text.split()
    )


def _date(day: Day, language: str | None) -> str | None:
    if not day.year:
        if day.calendar:
            return None
        return f"--{day.month:02d}-{day.day:02d}" if 1 <= day.month <= 12 and 1 <= day.day <= 31 else None
    if full_year(day.year, day.year_digits, language) is None and not day.calendar:
        return None
    return iso_of(day, day.month, day.day, language)


def _date_tail(tail: str, language: str | None) -> bool:
    """Whether what stands behind the day still belongs to it: a weekday, a word for "year"."""
    return len(tail) <= 24 and all(
        len(word) <= 4 or _is_date_word(word, language) for word in tail.replace(",", " ").split()
    )


def _is_date_word(word: str, language: str | None) -> bool:
    name = fold(word.strip(" ,."))
    if not name or (word[0].islower() and len(name) <= 4) or name in {"في", "در", "को", "ء"}:
        return True
    codes = own_codes(name, language) if language and has_case(word) else calendar_codes(name, language)
    return any(code[0] == "d" for code in codes) and len(name) > 1  # "China" is a Thursday in Quechua


def _place(text: str) -> tuple[str | None, str | None]:
    """The place and the region of a text, or None where it is no place's name."""
    if text.endswith(")") and is_city(text):
        return text, None
    text = _IN_COUNTRY.sub("", text)
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed and is_region(bracketed[2]):
        text = f"{bracketed[1]}, {bracketed[2]}"
    first, comma, second = text.partition(",")
    first, second = first.strip(), second.strip()
    if first.endswith(".") and not comma:
        first = first.rstrip(".")
    if comma and "," in second:
        second, _, third = second.partition(",")
        second, third = second.strip(), third.strip()
        if not is_region(third):
            return (None, None)
    if not _is_place_name(first) or _is_label(first):
        return None, None
    first = _without_reporter(first)
    if not comma or not second:
        return first, None
    if second.endswith(".") and len(second) > _LONGEST_SHORT:
        second = second.rstrip(".")
    if is_region(second) or (
        _is_place_name(second) and len(second.split()) <= 3 and (has_case(second) or is_city(second))
    ):
        return first, second
    return None, None


def _without_reporter(text: str) -> str:
    """The place behind a reporter's name, as Turkish agencies print it: "Ahmet KAYA/İZMİR"."""
    person, slash, place = text.rpartition("/")
    named = len(person.split()) > 1 and not person.isupper() and person.split()[-1].isupper()
    return place.strip() if slash and named and not is_city(person) and is_city(place) else text


def _is_label(text: str) -> bool:
    """Whether a text opens as a byline or a date line does ("By Jane Doe", "Aktualisiert")."""
    first = fold(text.split(maxsplit=1)[0])
    opens = credit_words().kinds(first, None) & {"by", "other", "editor"} and len(first) > 1 and not is_place(text)
    return bool(opens and has_case(text)) or bool(date_words().kinds(fold(text), None) & {"published", "updated"})


def _is_place_name(text: str) -> bool:
    """Whether a text has the shape of one place's name, or of a few joined by slashes."""
    parts = [part.strip() for part in _JOINED_PLACES.split(text)]
    if not 1 <= len(parts) <= 4 or len(text) > 60:
        return False
    for part in parts:
        words = part.split()
        if not 1 <= len(words) <= 6 or (words[0].islower() and has_case(words[0])):
            return False
        for word in words:
            if word in PLACE_SMALL:
                continue
            if _PLACE_WORD.fullmatch(word) is None:
                return False
    return True
