"""Make `weights/characters.bin` and `weights/letters.bin`: what the tagger's features count, and what words are made of.

Class bits of every character, and a bit for every character that is part of a word.
"""

from __future__ import annotations

import unicodedata
import zlib
from pathlib import Path

import numpy as np

from newsclean.judging.blocks.characters import (
    ADDRESS,
    COMMA,
    COMMAS,
    CURRENCY,
    DENSE,
    DIGIT,
    EXCLAMATION,
    EXCLAMATIONS,
    LETTER,
    LOWER,
    QUESTION,
    QUESTIONS,
    QUOTE,
    QUOTES,
    SEPARATOR,
    SEPARATORS,
    SPACE,
    TERMINAL,
    TERMINALS,
    UPPER,
)
from newsclean.judging.blocks.words import LETTER as LETTER_PATTERN

TARGET = Path(__file__).parents[1] / "src/newsclean/judging/weights/characters.bin"
LETTERS = TARGET.with_name("letters.bin")


def classes() -> np.ndarray:
    """Class bits of the Basic Multilingual Plane, and of one stand-in for all beyond."""
    table = np.zeros(65537, dtype=np.uint16)
    for code in range(65536):
        if 0xD800 <= code < 0xE000:
            continue
        character = chr(code)
        category = unicodedata.category(character)
        if category in {"Lu", "Lt"}:
            table[code] |= UPPER
        elif category == "Ll":
            table[code] |= LOWER
        elif category[0] == "N" and character.isdigit():
            table[code] |= DIGIT
        elif category == "Sc":
            table[code] |= CURRENCY
        if category[0] in "LM":
            table[code] |= LETTER
        if character.isspace():
            table[code] |= SPACE
    for first, last in (
        (0x0E00, 0x0EFF),
        (0x1000, 0x109F),
        (0x1780, 0x17FF),
        (0x3040, 0x30FF),
        (0x3400, 0x9FFF),
        (0xF900, 0xFAFF),
    ):
        letters = (table[first : last + 1] & LETTER) > 0
        table[first : last + 1][letters] |= DENSE
    for characters, bit in (
        (COMMAS, COMMA),
        (TERMINALS, TERMINAL),
        (SEPARATORS, SEPARATOR),
        (QUOTES, QUOTE),
        (QUESTIONS, QUESTION),
        (EXCLAMATIONS, EXCLAMATION),
        ("@#", ADDRESS),
    ):
        for character in characters:
            table[ord(character)] |= bit
    # beyond the plane: rare Han mostly, and emoji, which are no letters
    table[65536] = 0
    return table


def letters() -> np.ndarray:
    """Whether each character of the Basic Multilingual Plane is part of a word."""
    return np.array([LETTER_PATTERN.match(chr(code)) is not None for code in range(65536)])


if __name__ == "__main__":
    LETTERS.write_bytes(zlib.compress(np.packbits(letters()).tobytes(), 9))
    TARGET.write_bytes(zlib.compress(classes().astype("<u2").tobytes(), 9))
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes, Unicode {unicodedata.unidata_version}")
