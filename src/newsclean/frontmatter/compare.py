"""Comparing lines by their words: what is printed, what is declared and what is read again rarely agree to the byte."""

from __future__ import annotations

import unicodedata

import regex

SEPARATOR = regex.compile(r"\s++(?:[|–—•·»›>/―]|::|<|:|-{1,2})\s++|\s*+[|｜»›]\s*+|(?<=\S):\s++")
"""What pages put between a headline and the name of the site or section."""

_APART = regex.compile(r"[^\p{L}\p{N}\p{M}]++")
_WIDE = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_FIRST_WIDE = "\u0e00"
"""No sign of these scripts stands before the Thai ones."""

_ASCII = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()} | {"'": ""})


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
    return not text.isascii() and max(text) >= _FIRST_WIDE and _WIDE.search(text) is not None
