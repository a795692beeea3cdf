"""Days of the calendars that news uses: checked, and turned into Gregorian ones."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ERAS: Mapping[str, int] = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911, "中華民國": 1911,
}  # fmt: skip
"""Years before the first year of an era."""

_OLDEST, _NEWEST = 1800, 2100
_BUDDHIST = 543
_NEPALI_FIRST = 2060
_NEPALI_NEW_YEAR = date(2003, 4, 14)
_NEPALI_MONTHS = (
    "223321101011 232321110012 132322010102 223222101011 223321101011 232321110012 222322011002 223222101011 "
    "223321101011 232321110012 222322011011 223222101011 232321101011 232321110012 222322101011 223222101011 "
    "232321110011 232321110102 222322101011 223222101011 232321110011 232321110102 223222101011 "
).split()
"""Days above 29 of the months of the Nepali years from 2060 on; they follow the sun and are announced, not computed."""
_JALALI_LANGUAGES = frozenset({"fa", "ps", "prs", "ckb", "ku", "mzn", "lrc", "azb", "uz"})
_JALALI_BREAKS = (
    -61,
    9,
    38,
    199,
    426,
    686,
    756,
    818,
    1111,
    1181,
    1210,
    1635,
    2060,
    2097,
    2192,
    2262,
    2324,
    2394,
    2456,
    3178,
)
_NO_GREGORIAN_FUTURE = frozenset({"ne"})


def full_year(number: int, digits: int, language: str | None) -> int | None:
    """The Gregorian year of a printed one with two or four digits, or None where it cannot be a story's.

    Two digits from 70 on are of the last century. Thai years count from the death of the Buddha, also in two digits
    when they would else lie in the future of the Gregorian calendar. Persian years are left to `jalali_day`.
    """
    if digits == 2:
        if language == "th" and number >= 50:
            return 2500 + number - _BUDDHIST
        return (1900 if number >= 70 else 2000) + number
    if 2400 <= number <= 2700:
        return number - _BUDDHIST
    if language in _NO_GREGORIAN_FUTURE and number > 2050:
        return None
    return number if _OLDEST <= number <= _NEWEST else None


def iso_day(year: int, month: int, day: int) -> str | None:
    """The day as ISO 8601, or None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def is_jalali(year: int, language: str | None) -> bool:
    """Whether a printed year is one of the Persian calendar."""
    return 1300 <= year <= 1499 and (language is None or language in _JALALI_LANGUAGES)


def jalali_day(year: int, month: int, day: int) -> str | None:
    """A day of the Persian (solar Hijri) calendar as ISO 8601, or None where there is no such day.

    The leap years follow Borkowski's table of breaks in the 33-year cycle (The Persian calendar for 3000 years, 1996).
    """
    if not (1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    leaps, start, jump = -14, _JALALI_BREAKS[0], 0
    for following in _JALALI_BREAKS[1:]:
        jump = following - start
        if year < following:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        start = following
    offset = year - start
    leaps += offset // 33 * 8 + (offset % 33 + 3) // 4
    if jump % 33 == 4 and jump - offset == 4:
        leaps += 1
    gregorian = year + 621
    march = 20 + leaps - (gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150)
    passed = (month - 1) * 31 - month // 7 * (month - 7)
    return (date(gregorian, 3, march) + timedelta(days=passed + day - 1)).isoformat()


def ethiopian_day(year: int, month: int, day: int) -> str | None:
    """A day of the Ethiopian calendar (13 months) as ISO 8601, or None where there is no such day."""
    if not (1 <= month <= 13 and 1 <= day <= 30 and 1800 <= year <= 2100):
        return None
    # 1 Meskerem 1 is Julian day 1724221; Python's ordinal 1 is Julian day 1721426.
    ordinal = 1724221 - 1721425 + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1
    return date.fromordinal(ordinal).isoformat()


def is_nepali(year: int, language: str | None) -> bool:
    """Whether a printed year is one of the Nepali calendar, which runs some 57 years ahead."""
    return language == "ne" and _NEPALI_FIRST <= year < _NEPALI_FIRST + len(_NEPALI_MONTHS)


def nepali_day(year: int, month: int, day: int) -> str | None:
    """A day of the Nepali calendar (Bikram Sambat) as ISO 8601, or None where there is none or no table of it."""
    if not (0 <= year - _NEPALI_FIRST < len(_NEPALI_MONTHS) and 1 <= month <= 12):
        return None
    years = _NEPALI_MONTHS[: year - _NEPALI_FIRST + 1]
    lengths = [29 + int(extra) for extra in years[-1]]
    if not 1 <= day <= lengths[month - 1]:
        return None
    passed = sum(29 * 12 + sum(map(int, months)) for months in years[:-1]) + sum(lengths[: month - 1]) + day - 1
    return (_NEPALI_NEW_YEAR + timedelta(days=passed)).isoformat()
