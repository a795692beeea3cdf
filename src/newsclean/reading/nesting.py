"""Bound how deep a page nests before it is parsed.

An HTML parser looks through its whole stack of open elements at many tags, so a page of nothing but `<div>` takes time
that grows with the square of its size: 200,000 of them keep a parser busy for minutes. Browsers stop at a depth of
512; so does newsclean, by leaving out the tags beyond it. Their text stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from newsclean.patterns import plain_pattern
from newsclean.reading.tags import nesting_tags

if TYPE_CHECKING:
    import numpy.typing as npt

DEEPEST = 512
"""Open elements at most, as in Chromium's HTML parser."""
_HARMLESS_TAGS = 2_000
"""A page with fewer tags cannot nest deep enough to matter (some milliseconds at worst)."""

_SHALLOW = (
    # void elements, and those whose end tag is implied by the next of their kind
    "area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr td th tbody"
    " thead tfoot colgroup rt rp html body head"
).split()
_FORMATTING = "a b big code em font i nobr s small strike strong tt u".split()
DEEPEST_FORMATTING = 32
"""Open formatting elements at most: those never closed are opened anew by the parser in every later paragraph."""
_ROOTS = ["html", "body"]
MOST_ROOTS = 16
"""Tags of the page itself at most, of start and end: their attributes are all gathered in one element."""

_RAW = plain_pattern(
    rb"</?(?:script|style|title|textarea|xmp|iframe|noembed|noframes)[\s/>]",
    re.IGNORECASE,
)
"""Elements that hold no others: without their tags, what they hold would be read as text of the page."""


def _key(name: bytes) -> int:
    padded = (name.lower() + b"\0\0\0")[:3]
    return (padded[0] & 127) << 14 | (padded[1] & 127) << 7 | (padded[2] & 127)


def _table(names: list[str]) -> npt.NDArray[np.bool_]:
    table = np.zeros(1 << 21, dtype=bool)
    table[[_key(name.encode()) for name in names]] = True
    return table


_SHALLOW_TABLE = _table(_SHALLOW)
_FORMATTING_TABLE = _table(_FORMATTING)
_ROOT_TABLE = _table(_ROOTS)


def flatten_nesting(data: bytes) -> bytes:
    """Leave out the tags that nest deeper than DEEPEST; any real page comes back as it is.

    data: HTML in UTF-8. Elements are told by the first three letters of their names, which is enough for a bound.
    """
    # numpy counts them in a quarter of the time that `bytes.count` takes
    if len(data) < _HARMLESS_TAGS or np.count_nonzero(np.frombuffer(data, np.uint8) == ord("<")) < _HARMLESS_TAGS:
        return data
    codes = np.frombuffer(data + b"\0\0\0\0\0", dtype=np.uint8)
    at = (codes[:-5] == ord("<")).nonzero()[0]
    closing = codes[at + 1] == ord("/")
    first = at + 1 + closing
    signs = np.array([codes[first], codes[first + 1], codes[first + 2]])
    # letters in small ones; a digit has that bit anyway
    names = signs | 32
    is_letter = names - np.uint8(ord("a")) < 26
    tag = is_letter[0]
    # a name ends at the first character that is neither letter nor digit
    in_name = is_letter | (signs - np.uint8(ord("0")) < 10)
    second = in_name[1]
    third = second & in_name[2]
    wide = names.astype(np.int64) & 127
    keys = wide[0] << 14 | (wide[1] * second) << 7 | wide[2] * third
    beyond = _too_deep(tag, keys, closing)
    if not beyond.any():
        return data
    # scripts and drawings look as if they nested without end
    tag &= np.isin(at, np.array(nesting_tags(data), dtype=at.dtype), assume_unique=True)
    beyond = _too_deep(tag, keys, closing)
    if not beyond.any():
        return data
    pieces: list[bytes] = []
    copied = 0
    for start in at[beyond].tolist():
        if start < copied or _RAW.match(data, start):
            continue
        end = data.find(b">", start)
        pieces.append(data[copied:start])
        copied = len(data) if end < 0 else end + 1
    pieces.append(data[copied:])
    return b"".join(pieces)


def _too_deep(
    tag: npt.NDArray[np.bool_], keys: npt.NDArray[np.int64], closing: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Which of the tags nest too deep, or open the page itself once too often."""
    beyond = _beyond(tag & _FORMATTING_TABLE[keys], closing, DEEPEST_FORMATTING)
    # what is left out nests nothing
    beyond |= _beyond(tag & ~_SHALLOW_TABLE[keys] & ~beyond, closing, DEEPEST)
    roots = tag & _ROOT_TABLE[keys]
    return beyond | (roots & (roots.cumsum() > MOST_ROOTS))


def _beyond(counted: npt.NDArray[np.bool_], closing: npt.NDArray[np.bool_], limit: int) -> npt.NDArray[np.bool_]:
    """Which of the counted tags open or close an element deeper than the limit."""
    total = (counted * (1 - 2 * closing)).cumsum()
    # a stack of open elements never falls below zero, however many stray end tags there are
    depth = total - np.minimum(np.minimum.accumulate(total), 0)
    # an end tag belongs to the depth it closes
    beyond: npt.NDArray[np.bool_] = counted & (depth + closing > limit)
    return beyond
