"""Comparing lines by their words: what is printed, what is declared and what is read again rarely agree to the byte."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from newsclean.patterns import pattern, plain_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEPARATOR = plain_pattern(r"\s++(?:[|–—•·»›>/―]|::|<|:|-{1,2})\s++|\s*+[|｜»›]\s*+|(?<=\S):\s++")
_SEPARATING = plain_pattern(r"[|–—•·»›>/―<:｜-]")
"""What `_SEPARATOR` cannot do without."""

_APART = pattern(r"[^\p{L}\p{N}\p{M}]++")
_PUNCTUATION = '.,;:!?"()«»„“”–—-…'
_WORDS = plain_pattern(r"[^\W_]+")
_MAY_BE_MARKS = plain_pattern(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u109f\u135d-\u135f\u1712-\u1dff\u20d0-\u20ff\u2cef-\u2cf1\u2d7f\u2de0-\u2dff"
    "\u302a-\u302f\u3099\u309a\ua66f-\uabff\ufb1e\ufe00-\ufe2f\U00010000-\U0010ffff]"
)
r"""Where combining marks stand, and some other signs; without them `\w` knows all letters and digits."""
_WIDE = pattern(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_WIDE_RANGES = plain_pattern("[\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u19e0-\u19ff\u2e80-\U0010ffff]")
"""Where the signs of these scripts stand, and some others: searched for ten times as fast."""

_ASCII = bytes(ord(chr(code).lower() if chr(code).isalnum() else " ") for code in range(128)) + bytes(128)


@lru_cache(maxsize=64)
def separators(title: str) -> tuple[tuple[int, int], ...]:
    """Find where stands what pages put between a headline and the name of the site or section: starts and ends."""
    if _SEPARATING.search(title) is None:
        return ()
    spans = [match.span() for match in _SEPARATOR.finditer(title)]
    if "«" in title or "‹" in title:
        spans = [(start, end) for start, end in spans if not _closes(title, start, end)]
    return tuple(spans)


def _closes(title: str, start: int, end: int) -> bool:
    """Tell whether a sign between two parts of a title closes a quotation: » and ›, where « and ‹ have opened one."""
    sign = title[start:end].strip()
    opening = {"»": "«", "›": "‹"}.get(sign)
    return opening is not None and title.count(opening, 0, start) > title.count(sign, 0, start)


@lru_cache(maxsize=1024)
def key(text: str) -> str:
    """Fold a line to its letters and digits, words apart by one space, so that equal lines compare equal."""
    if text.isascii():
        return " ".join(text.encode().translate(_ASCII, b"'").decode().split())
    text = unicodedata.normalize("NFKC", text).replace("\xad", "")
    if _MAY_BE_MARKS.search(text) is None:
        return " ".join(_pieces(text.replace("'", "").replace("’", ""))).casefold()
    return _APART.sub(" ", text.replace("'", "").replace("’", "")).strip().casefold()


def without_accents(text: str) -> str:
    """The text with its accented letters as plain ones, as addresses of sites spell them."""
    if text.isascii():
        return text
    return "".join([sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign)])


def _pieces(text: str) -> Iterator[str]:
    """Cut a text without combining marks at all that is neither letter nor digit."""
    for word in text.split():
        if word.isalnum():
            yield word
        else:
            bare = word.strip(_PUNCTUATION)
            if bare.isalnum():
                yield bare
            else:
                yield from _WORDS.findall(bare)


def words(text: str) -> frozenset[str]:
    """List the words of a line worth comparing: over three letters, or pairs of signs in scripts without spaces."""
    folded = key(text)
    return key_words(folded, dense=is_dense(folded))


def key_words(folded: str, *, dense: bool) -> frozenset[str]:
    """List the words of a folded line as `words` does. dense: as `is_dense` says."""
    found = frozenset([word for word in folded.split() if len(word) > 3])
    if dense:
        signs = folded.replace(" ", "")
        return found.union([signs[place : place + 2] for place in range(len(signs) - 1)])
    return found


def is_dense(text: str) -> bool:
    """Tell whether a line is in a script that packs a word into a sign or two, or writes no spaces."""
    return not text.isascii() and _WIDE_RANGES.search(text) is not None and _WIDE.search(text) is not None
