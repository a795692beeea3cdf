"""Knows the names of months and weekdays in every language, also of other calendars."""

from __future__ import annotations

from functools import lru_cache

from newsclean.frontmatter.lexicon import calendar_codes, own_codes
from newsclean.patterns import pattern


def _numbered(*months: str) -> dict[str, int]:
    """Every name of a month with its number; months: the names of each, between spaces."""
    return {name: number for number, names in enumerate(months, 1) for name in names.split()}


_JALALI_MONTHS = _numbered(
    "فروردین حمل", "اردیبهشت ثور", "خرداد جوزا", "تیر سرطان", "مرداد اسد", "شهریور سنبله",
    "مهر میزان", "آبان عقرب", "آذر قوس", "دی جدی", "بهمن دلو", "اسفند حوت",
)  # fmt: skip
_ETHIOPIAN_MONTHS = _numbered(
    "መስከረም", "ጥቅምት", "ህዳር ኅዳር", "ታኅሣሥ ታህሳስ ታኅሳስ ታህሣሥ", "ጥር", "የካቲት", "መጋቢት", "ሚያዝያ ሚያዚያ", "ግንቦት", "ሰኔ",
    "ሐምሌ ሀምሌ", "ነሐሴ ነሃሴ ነሀሴ", "ጳጉሜን ጳጉሜ",
)  # fmt: skip
_NEPALI_MONTHS = _numbered(
    "वैशाख बैशाख", "जेठ जेष्ठ", "असार आषाढ", "साउन श्रावण", "भदौ भाद्र", "असोज आश्विन",
    "कात्तिक कार्तिक", "मंसिर मङ्सिर मार्ग", "पुस पुष पौष", "माघ", "फागुन फाल्गुन", "चैत चैत्र",
)  # fmt: skip
_GLUED_PREFIX = pattern(r"(?:ב|ל|מ|و|ال|ខែ|ເດືອນ|เดือน)(?=.{2})")


@lru_cache(maxsize=4096)
def month_of(name: str, language: str | None) -> tuple[int, str]:
    """The number of a month and its calendar ("" for the Gregorian one); 0 where the name is no month's."""
    if language == "am" and name in _ETHIOPIAN_MONTHS:
        return _ETHIOPIAN_MONTHS[name], "ethiopian"
    glued = name[:1] > "\u0590" and _GLUED_PREFIX.match(name)
    for stem in (name, name[glued.end() :]) if glued else (name,):
        for code in calendar_codes(stem, language):
            if code[0] == "m" and code[1:].isdigit():
                return int(code[1:]), ""
    if name in _JALALI_MONTHS and language != "ar":
        return _JALALI_MONTHS[name], "jalali"
    if language == "ne" and name in _NEPALI_MONTHS:
        return _NEPALI_MONTHS[name], "nepali"
    if name in _ETHIOPIAN_MONTHS:
        return _ETHIOPIAN_MONTHS[name], "ethiopian"
    if len(name) < 5:
        return 0, ""
    # Case endings ("maiatzaren", "Mayısta"): the longest beginning that is a month's full name.
    for length in range(len(name) - 1, max(4, len(name) - 4) - 1, -1):
        for code in own_codes(name[:length], language) if language else calendar_codes(name[:length], None):
            if code[0] == "m" and code[1:].isdigit():
                return int(code[1:]), ""
    return 0, ""


def is_weekday(name: str, language: str | None) -> bool:
    """Whether a folded word names a day of the week."""
    return any(code[0] == "d" for code in calendar_codes(name, language))
