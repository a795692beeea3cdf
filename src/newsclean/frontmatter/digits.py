"""One spelling for digits, spaces and invisible characters, so that the readers of lines need only one."""

from __future__ import annotations

import unicodedata

import regex

_INVISIBLE = regex.compile(r"[\p{Cf}\p{Cc}--[\n\t\u200c\u200d]]++", regex.V1)
_SPACE = regex.compile(r"[\s\u3000]++")
_FOREIGN_DIGIT = regex.compile(r"[\p{Nd}--[0-9]]", regex.V1)


def ascii_digits(text: str) -> str:
    """The text with the decimal digits of every script written as 0 to 9; its length stays the same."""
    if text.isascii():
        return text
    return _FOREIGN_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text)


def plain(line: str) -> str:
    """A line in compatibility form: spaces folded, invisible characters gone, digits 0 to 9."""
    if line.isascii():
        return (
            _SPACE.sub(" ", line).strip() if line.isprintable() else _SPACE.sub(" ", _INVISIBLE.sub("", line)).strip()
        )
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", line))
    return ascii_digits(_SPACE.sub(" ", text).strip())
