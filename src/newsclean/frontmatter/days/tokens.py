"""Cuts a line into the pieces that dates are made of: written-out numbers, times, words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import regex

from newsclean.frontmatter.days.calendars import ERAS
from newsclean.patterns import pattern, plain_pattern


class Token(NamedTuple):
    """A piece of a line.

    kind: "iso", "ymd", "dmy", "month-day", "year-month", "clock", "number", "offset", "word" or "mark".
    values: its numbers, in the order year, month, day or hour, minute, second; -1 where one is missing.
    text: as written, of a clock the am/pm letters.
    """

    kind: str
    start: int
    end: int
    values: tuple[int, ...]
    text: str


_CLOCK_SHAPE = r"""(?P<clock>(?P<h>\d{1,2})
        (?:\s?(?:[:٫：])\s?|(?P<hd>\.)|\s?[hH]\s?|\s?(?:[时時點点시]|giờ|ч)\s?)
        (?P<mi>\d{2}|\d(?=\s?[分분]))(?!\d)
        (?:\s?(?:分|분|мин\.?))?(?:(?:[:.]|\s?)(?P<s>(?<=[:.])\d{2}|\d{2}(?=\s?[秒초]))(?:\s?[秒초])?(?!\d))?
        (?:\s?(?:Uhr|[hH](?!\p{L})|น\.))?(?:\s{0,2}(?P<ap>[AaPp]\.?\s?[Mm]\b\.?|[πμΠΜ]\.?\s?[μΜ](?!\p{L})\.?))?)"""
_DMY_SHAPE = r"""(?P<dmy>(?<!\d)(?<!\d[.,:/-])(?P<da>\d{1,2})\s?(?P<ds>[-/.‐–])\s?(?P<db>\d{1,2})\s?(?P=ds)\s?
        (?P<dy>\d{4}|\d{2}(?!\d|[:.]\d)))"""
_USUAL = pattern(rf"{_DMY_SHAPE}|{_CLOCK_SHAPE}|(?P<number>\d++)", regex.VERBOSE | regex.V1)
_USUAL_AHEAD = plain_pattern(r"[0-9]{1,2}[.:/-][0-9]")
"""What only days and times in numbers begin with."""
# The first alternative that fits wins, so the longer shapes stand first. Every repeat is bounded or possessive.
_NUMBERS = pattern(
    r"""
    (?P<iso>(?<!\d)(?P<iy>\d{4})-(?P<im>\d{1,2})-(?P<id>\d{1,2})[Tt](?P<ih>\d{2}):?(?P<imi>\d{2})(?::?(?P<is>\d{2})(?:[.,]\d{1,9})?)?
        (?:\s?(?P<iz>Z(?!\w)|[+-]\d{2}:?\d{2}))?)
  | (?P<cjk>(?:(?P<era>"""
    + "|".join(ERAS)
    + r""")\s?)?(?:(?P<cy>(?<!\d)\d{1,4}|元)\s?[年년](?:度|도)?\s?)?
        (?P<cm>\d{1,2})\s?(?:月|월)\s?(?P<cd>\d{1,2})\s?(?:日|일|號|号))
  | (?P<cjkus>(?<!\d)(?P<um>\d{1,2})\s?[月월]\s(?P<ud>\d{1,2}),\s(?P<uy>\d{4})(?!\d))
  | (?P<cjkmonth>(?<!\d)(?P<cmy>\d{4})\s?[年년]\s?(?P<cmm>\d{1,2})\s?[月월](?!\s?\d))
  | (?P<viet>(?<!\d)(?P<vd>\d{1,2})\s?(?:tháng|thg|Tháng)\s?(?P<vm>\d{1,2})
       (?:\s?(?:,|năm|/|-)?\s?(?:năm\s)?(?P<vy>\d{4}))?(?!\d))
  | (?P<mong>(?<!\d)(?:(?P<my>\d{4})\s?(?:оны|он|жылдын|жылғы)\s?)?
        (?P<mm>\d{1,2})\s?-?\s?(?:р|дугаар|дүгээр)?\s?сарын\s(?P<md>\d{1,2})(?!\d))
  | (?P<ymd>(?<!\d)(?<!\d[.,:/-])(?P<yy>\d{4})\s?(?P<ys>[-/.‐–])\s?(?P<ym>\d{1,2})\s?(?P=ys)\s?(?P<yd>\d{1,2})(?!\d))
  | """
    + _DMY_SHAPE
    + r"""
  | (?P<roman>(?<!\d)(?<!\d[.,:/-])(?P<ra>\d{1,2})[.\s]\s?
        (?P<rm>VI{1,3}|IV|I{1,3}|V|IX|XI{1,2}|X)[.\s]\s?(?P<ry>\d{4})(?!\d))
  | (?P<solid>(?<!\d)(?<!\d[.,:/-])(?<!\+)(?P<sy>(?:19|20)\d{2})(?P<sm>0[1-9]|1[0-2])
        (?P<sd>0[1-9]|[12]\d|3[01])(?![\d.,:/-]))
  | (?P<fused>(?:19|20)\d{2})(?=\d{1,2}[:.]\d{2})
  | """
    + _CLOCK_SHAPE
    + r"""
  | (?P<hour>(?P<oh>\d{1,2})(?:(?<=(?:à|às|kl\.?)\s\d{1,2})\s?[hH](?![\p{L}\d])
        |\s{0,2}(?P<oap>[AaPp]\.?\s?[Mm]\b\.?)|\s?(?:Uhr|[时時點点시](?!\p{Han}|間|间|간))))
  | (?P<offset>(?:(?<=[\s(])|(?<=:\d\d))[+−-](?:\d{4}|\d{2}:\d{2}|\d{2}(?=\)?\s*$))(?!\d))
  | (?P<number>\d++)
    """,
    regex.VERBOSE | regex.V1,
)
_ZONE = pattern(r"(?:GMT|UTC)\s?[+−–-]\s?\d{1,2}(?::?\d{2})?")
_WORD = pattern(
    r"""
    \p{Lu}?[\p{Ll}\p{M}]++|\p{Lu}[\p{Lu}\p{M}]*(?!\p{Ll})|\p{Lu}++
  | [\p{Han}\p{Hiragana}\p{Katakana}ー]++|\p{Hangul}++|\p{Thai}++(?:\.\p{Thai}++)*+
  | [\p{Lo}\p{Lm}\p{Lt}\p{M}\u200c\u200d]++
    """,
    regex.VERBOSE | regex.V1,
)
_ASCII_WORD = plain_pattern(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[A-Z]+")
"""`_WORD` for lines without signs beyond ASCII, which the plainer engine reads faster."""
_LONE_NUMBER = plain_pattern(
    r"""
    ([0-9]{1,4})(?![0-9])
    (?:\s{0,2}+(?:$|[^\s\d.:/h‐–٫：H时時點点시gчAaPpU年년月월tTоджрсVIX-])|\.(?:\s?$|\s?+[^\s\dVIX]))
    """,
    re.VERBOSE,
)
"""A number that no longer shape begins with, told by the sign behind it."""
_OPENING_NUMBERS = frozenset("0123456789元令平昭民中+−-")
_OPENING_ZONES = frozenset("GU")


@lru_cache(maxsize=256)
def tokens(line: str) -> tuple[Token, ...]:
    """The pieces of a line in plain form, in order."""
    found: list[Token] = []
    place = 0
    while place < len(line):
        sign = line[place]
        if sign.isspace():
            place += 1
            continue
        token = _token_at(line, place, sign)
        found.append(token)
        place = token.end
    return tuple(found)


def _token_at(line: str, place: int, sign: str) -> Token:
    if sign in _OPENING_NUMBERS:
        lone = _LONE_NUMBER.match(line, place)
        if lone:
            return Token("number", place, lone.end(1), (int(lone[1]),), lone[1])
        match = (_USUAL if _USUAL_AHEAD.match(line, place) else _NUMBERS).match(line, place)
        if match:
            return _token(match)
    elif sign in _OPENING_ZONES:
        match = _ZONE.match(line, place)
        if match:
            return Token("offset", place, match.end(), (), match[0])
    word = _ASCII_WORD.match(line, place) if line.isascii() else _WORD.match(line, place)
    if word:
        return Token("word", place, word.end(), (), word[0])
    return Token("mark", place, place + 1, (), sign)


def _number(text: str | None) -> int:
    return int(text) if text else -1


def _token(match: regex.Match[str]) -> Token:
    kind = match.lastgroup or "number"
    start, end = match.span()
    text = match[0]
    if kind in {"number", "fused"}:
        return Token("number", start, end, (int(text) if end - start < 9 else -1,), text)
    if kind == "offset":
        return Token("offset", start, end, (), text)
    if kind == "iso":
        values = [_number(match[name]) for name in ("iy", "im", "id", "ih", "imi", "is")]
        return Token("iso", start, end, tuple(values), match["iz"] or "")
    if kind in ("clock", "hour"):
        return _clock(match, kind)
    return _day(match, kind)


def _clock(match: regex.Match[str], kind: str) -> Token:
    start, end = match.span()
    if kind == "hour":
        return Token("clock", start, end, (int(match["oh"]), 0, -1), _meridiem(match["oap"]))
    dotted = "." if match["hd"] and not match["ap"] and end == match.end("mi") else ""
    values = (int(match["h"]), int(match["mi"]), _number(match["s"]))
    return Token("clock", start, end, values, _meridiem(match["ap"]) or dotted)


def _meridiem(text: str | None) -> str:
    if not text:
        return ""
    first = text[0].casefold()
    return {"a": "am", "p": "pm", "π": "am", "μ": "pm"}[first]


def _day(match: regex.Match[str], kind: str) -> Token:
    start, end = match.span()
    if kind == "cjk":
        year = 1 if match["cy"] == "元" else _number(match["cy"])
        if match["era"] and year > 0:
            year += ERAS[match["era"]]
        elif year != -1 and year < 1000:
            # Three digits are years of the Republic of China, which Taiwan prints without its name too.
            year = 2000 + year if 0 < year < 100 else 1911 + year if 100 <= year < 150 else -1
        return Token("ymd" if year != -1 else "month-day", start, end, (year, int(match["cm"]), int(match["cd"])), "年")
    if kind == "cjkus":
        return Token("ymd", start, end, (int(match["uy"]), int(match["um"]), int(match["ud"])), "年")
    if kind == "cjkmonth":
        return Token("year-month", start, end, (int(match["cmy"]), int(match["cmm"]), -1), "年")
    if kind in ("viet", "mong"):
        first = kind[0]
        year = _number(match[f"{first}y"])
        values = (year, int(match[f"{first}m"]), int(match[f"{first}d"]))
        return Token("ymd" if year != -1 else "month-day", start, end, values, "")
    if kind == "ymd":
        return Token("ymd", start, end, (int(match["yy"]), int(match["ym"]), int(match["yd"])), match["ys"])
    if kind == "solid":
        return Token("ymd", start, end, (int(match["sy"]), int(match["sm"]), int(match["sd"])), "solid")
    if kind == "roman":
        numeral = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII").index(match["rm"]) + 1
        return Token("ymd", start, end, (int(match["ry"]), numeral, int(match["ra"])), "")
    return Token(
        "dmy", start, end, (int(match["da"]), int(match["db"]), int(match["dy"])), match["ds"] + str(len(match["dy"]))
    )
