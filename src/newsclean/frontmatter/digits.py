"""One spelling for digits, spaces and invisible characters, so that the readers of lines need only one."""

from __future__ import annotations

import unicodedata

import regex

from newsclean.patterns import pattern, plain_pattern

_INVISIBLE = pattern(r"[\p{Cf}\p{Cc}--[\n\t\u200c\u200d]]++", regex.V1)
_SPACE = pattern(r"[\s\u3000]++")
_DIGIT_ABOVE = plain_pattern(r"(?![0-9])\d")
_FOREIGN_DIGIT = pattern(r"[\p{Nd}--[0-9]]", regex.V1)


def ascii_digits(text: str) -> str:
    """The text with the decimal digits of every script written as 0 to 9; its length stays the same."""
    if text.isascii():
        return text
    if _DIGIT_ABOVE.search(text) is None:
        return text
    return _FOREIGN_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text)


_HAN_DIGITS = {sign: value for value, signs in enumerate(("〇○零", *"一二三四五六七八九")) for sign in signs}
_HAN_TENS = {"十": 10, "廿": 20, "卅": 30}


def han_number(text: str) -> int:
    """The value of a number in Chinese characters, up to 99 or digit by digit ("二〇二一"), or in digits; 0 for none.

    >>> han_number("二十一"), han_number("二〇二一"), han_number("07"), han_number("")
    (21, 2021, 7, 0)
    """
    if text.isascii():
        return int(text) if text.isdigit() else 0
    tens = value = 0
    for place, sign in enumerate(text):
        if sign in _HAN_TENS:
            tens = _HAN_TENS[sign] * (value if place else 1)
            value = 0
        else:
            value = value * 10 + _HAN_DIGITS.get(sign, 0)
    return tens + value


def plain(line: str) -> str:
    """A line in compatibility form: spaces folded, invisible characters gone, digits 0 to 9."""
    if line.isascii():
        return " ".join((line if line.isprintable() else _SPACE.sub(" ", _INVISIBLE.sub("", line))).split())
    text = unicodedata.normalize("NFKC", line)
    if not text.isprintable():
        text = _SPACE.sub(" ", _INVISIBLE.sub("", text))
    return ascii_digits(" ".join(text.split()))
