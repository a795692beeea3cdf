"""Knows the names of months, weekdays and parts of the day in every language, also of other calendars."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

from newsclean.frontmatter.lexicon import fold, read_table, without_accents
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


@cache
def _calendar() -> dict[str, str]:
    rows = dict(line.split("\t", 1) for line in read_table("calendar.tsv").splitlines() if "\t" in line)
    for line in read_table("calendar-own.txt").splitlines():
        head, colon, names = line.partition(":")
        if colon and not line.startswith("#"):
            for name in names.split("|"):
                key = fold(name)
                rows[key] = f"{head}|{rows[key]}" if key in rows else head
    for name in [name for name in rows if "\u0370" < name < "\u03ff"]:
        # Greek capitals carry no accents, but may carry the two dots.
        rows.setdefault(without_accents(name), rows[name])
        rows.setdefault(
            unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).replace("\u0301", "")), rows[name]
        )
    return rows


@cache
def calendar_heads() -> frozenset[str]:
    """The first words of calendar names that have several ("kanuni i sani")."""
    return frozenset(name.split(" ")[0] for name in _calendar() if " " in name)


@lru_cache(maxsize=4096)
def calendar_codes(name: str, language: str | None) -> frozenset[str]:
    """What a folded name is in the calendar: "m5" for May, "d0" for Monday, "am", "pm", "noon", "midnight", "night".

    language: base code; its own meaning goes first, then the English one, then the one that most languages share.
    """
    row = _calendar().get(name)
    if row is None:
        return frozenset()
    readings: dict[str, list[str]] = {}
    for part in row.split("|"):
        code, *owners = part.split()
        readings.setdefault(code, []).extend(owners)
    wanted = (language, {"no": "nb"}.get(language or "", language), "en")
    for owner in wanted:
        own = frozenset(code for code, owners in readings.items() if owner in owners)
        if own:
            return own
    if language and len(name) <= (3 if language == "en" else 2) and name.isascii():
        return frozenset()  # "ago", "set" and "out" are months elsewhere, "la" is one and a weekday
    months = sorted(
        ((len(owners), code) for code, owners in readings.items() if code[0] == "m" and code[1:].isdigit()),
        reverse=True,
    )
    if len(months) > 1 and months[0][0] < 2 * months[1][0]:
        return frozenset(code for code in readings if not (code[0] == "m" and code[1:].isdigit()))
    doubtful = {code for _, code in months[1:]}
    return frozenset(readings) - doubtful


@lru_cache(maxsize=4096)
def own_codes(name: str, language: str | None) -> frozenset[str]:
    """What a folded name is in the calendar of the page's own language or in English, as `calendar_codes` gives it."""
    row = _calendar().get(name)
    if row is None:
        return frozenset()
    wanted = {language, {"no": "nb"}.get(language or "", language), "en"}
    parts = (part.partition(" ") for part in row.split("|"))
    return frozenset(code for code, _, owners in parts if wanted & set(owners.split()))


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
