"""Comparing lines by their words: what is printed, what is declared and what is read again rarely agree to the byte."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from newsclean.patterns import pattern

SEPARATOR = pattern(r"\s++(?:[|–—•·»›>/―]|::|<|:|-{1,2})\s++|\s*+[|｜»›]\s*+|(?<=\S):\s++")
"""What pages put between a headline and the name of the site or section."""
SEPARATING = re.compile(r"[|–—•·»›>/―<:｜-]")
"""What `SEPARATOR` cannot do without."""

_APART = pattern(r"[^\p{L}\p{N}\p{M}]++")
_WIDE = pattern(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_WIDE_RANGES = re.compile("[\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u19e0-\u19ff\u2e80-\U0010ffff]")
"""Where the signs of these scripts stand, and some others: searched for ten times as fast."""

_ASCII = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()} | {"'": ""})


@lru_cache(maxsize=1024)
def key(text: str) -> str:
    """Fold a line to its letters and digits, words apart by one space, so that equal lines compare equal."""
    if text.isascii():
        return " ".join(text.translate(_ASCII).split()).lower()
    text = unicodedata.normalize("NFKC", text).replace("\xad", "")
    return _APART.sub(" ", text.replace("'", "").replace("’", "")).strip().casefold()


def words(text: str) -> frozenset[str]:
    """List the words of a line worth comparing: over three letters, or pairs of signs in scripts without spaces."""
    folded = key(text)
    found = {word for word in folded.split() if len(word) > 3}
    if is_dense(folded):
        dense = folded.replace(" ", "")
        found |= {dense[i : i + 2] for i in range(len(dense) - 1)}
    return frozenset(found)


def is_dense(text: str) -> bool:
    """Tell whether a line is in a script that packs a word into a sign or two, or writes no spaces."""
    return not text.isascii() and _WIDE_RANGES.search(text) is not None and _WIDE.search(text) is not None
