"""Text → fingerprints of its sentences, the same in every process and on every machine.

A block that comes back with another number in it, or with one sentence more, still shares most of its sentences with
what it was.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = 5
"""Bytes of a fingerprint. A site has some thousand that matter, so one foreign block in ten million is mistaken."""

WORD = 5
"""What a word weighs, so that a sign of a script without spaces, 0.6 of a word, weighs a whole number."""

_LEAST = 4 * WORD
"""Mass from which a sentence stands for itself; a shorter one ("Dr.", "He did.") goes with what stands before it."""

_TITLE = 4 * WORD
"""Mass from which a page's title is taken out of what quotes it, as "This first appeared elsewhere as …"."""

_LETTERS = 2
"""Letters that a piece with numbers has at least: the numbers of a list are the same in every list."""

IDEOGRAPHS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u30a0-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Signs of scripts without spaces, as a class of patterns: Thai, Lao, Myanmar, Khmer, Katakana and Chinese ones."""

HIRAGANA = "\u3040-\u309f"
"""Signs that Japanese writes its grammar with."""

_END = regex.compile(r"[.!?…؟।॥]++[\"'”’»)\]]*+(?=\s)|[。！？]++[」』”）]*+")
_NOT_LETTER = re.compile(r"[\W_]+")  # the plainer engine is twice as fast here
_ASCII_LETTERS = {code: None for code in range(128) if not chr(code).isalnum()}
_NUMBER = re.compile(r"\d+")
_HAS_DIGIT = re.compile(r"\d")
_DENSE = re.compile(f"[{IDEOGRAPHS}{HIRAGANA}]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or what stands for one.

    exact: its fingerprint. loose: the same whatever its numbers are; equal to `exact` where it has none.
    mass: in fifths of a word.
    """

    exact: int
    loose: int
    mass: int


def unquoted(text: str, title: str) -> str:
    """A block without the page's title, where it quotes it."""
    return text.replace(title, " ") if title and title in text and mass_of(title) >= _TITLE else text


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The pieces of a block, none where it has no letters."""
    return tuple(piece for part in _parts(text) if (piece := _piece(part)) is not None)


def has_few_numbers(text: str) -> bool:
    """Whether no more than one word in eight has a digit, or a single one."""
    words = text.split()
    numbers = sum(_HAS_DIGIT.search(word) is not None for word in words)
    return numbers <= 1 or 8 * WORD * numbers <= mass_of(text)


def whole_of(text: str) -> int:
    """The fingerprint of a text as one piece."""
    letters = _letters(text)
    return _fingerprint(f"={letters}" if _HAS_DIGIT.search(letters) else letters)


def mark_of(kind: str, text: str) -> int:
    """A fingerprint that tells what a page is, and is never that of a piece. kind: a letter."""
    return _fingerprint(f"{kind}:{_letters(text)}")


def mass_of(text: str) -> int:
    """How much a text says, in fifths of a word."""
    words = WORD * len(text.split())
    if text.isascii() or _DENSE.search(text) is None:
        return words
    return max(words, 3 * len(_DENSE.findall(text)))


def _fingerprint(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=SIZE).digest())


def _letters(text: str) -> str:
    """The letters and digits of a text, so that texts which say the same are the same."""
    if text.isascii():
        return text.translate(_ASCII_LETTERS).lower()
    return _NOT_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())


def _parts(text: str) -> Iterator[str]:
    """The sentences, each with the short ones behind it; a short one with a number stands for itself."""
    begin = mass = 0
    for start, end in pairwise([0, *(match.end() for match in _END.finditer(text)), len(text)]):
        part = text[start:end]
        own = mass_of(part)
        if mass >= _LEAST and (own >= _LEAST or _HAS_DIGIT.search(part)):
            yield text[begin:start]
            begin, mass = start, 0
        mass += own
    yield text[begin:]


def _piece(part: str) -> Piece | None:
    letters = _letters(part)
    loose = exact = _fingerprint(letters)
    if _HAS_DIGIT.search(letters):
        masked = _NUMBER.sub("0", letters)
        if len(masked) - masked.count("0") < _LETTERS:
            return None
        loose, exact = _fingerprint(masked), _fingerprint(f"={letters}")
    return Piece(exact, loose, mass_of(part)) if letters else None
