"""UTF-8 in which some bytes are of another charset: a page put together from pieces, or a damaged one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.patterns import pattern

if TYPE_CHECKING:
    import regex

_STRAY = pattern(r"[\udc80-\udcff]++")
_CUT = pattern(r"[\xc2-\xde\xe2\xf0](?![A-Za-z])|[\x80-\x9f]{2}|[\xfe\xff]|[\x81\x8d\x8f\x90\x9d]")
"""What a cut or damaged sequence of UTF-8 leaves, rather than signs of windows-1252: no such letter ends a word."""
_OTHER_SCRIPTS = pattern(r"[^\x00-\u036f\u1e00-\u20ff\u2190-\u27bf\ufffd\U0001f000-\U0001faff\ue000-\uf8ff]")
_FEW = 4
"""Sequences of UTF-8 from which it is no chance that they are; in other charsets they hardly ever occur."""


def is_mostly_utf8(sequences: int, broken: int) -> bool:
    """Whether so many sequences of UTF-8 are no chance beside so many bytes that do not fit."""
    return broken * 4 <= sequences or (sequences >= _FEW and broken <= sequences)


def read_mixed(data: bytes) -> str:
    """Decode UTF-8, and bytes that do not fit as windows-1252 where they look like it; others become U+FFFD."""
    text = data.decode("utf-8", "surrogateescape")
    valid = _STRAY.sub("", text)
    sequences = len(valid) - len(valid.encode("ascii", "ignore"))
    if len(_OTHER_SCRIPTS.findall(valid)) * 2 > sequences:
        # in Greek, Russian or Chinese a stray byte is what remains of a letter
        return data.decode("utf-8", "replace")
    return _STRAY.sub(lambda match: _stray(match, text), text)


def _stray(match: regex.Match[str], text: str) -> str:
    stray = match[0].encode("ascii", "surrogateescape")
    end = match.end()
    if end == len(text) or _CUT.search(stray.decode("latin-1") + text[end]):
        return stray.decode("utf-8", "replace")
    return stray.decode("cp1252")
