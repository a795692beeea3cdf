"""Tells lines that are no credits, however they begin: sentences, and what no bare list of names holds."""

from __future__ import annotations

from newsclean.frontmatter.lexicon import date_words, fold
from newsclean.patterns import pattern

_NO_LIST = pattern(r"[:?!“”\"„»%€$£]|…|\p{Ll}{3}\p{Lu}\p{Ll}|^#|\s#")
ABBREVIATED = pattern(r"(?:\b\p{Lu}|\b[JS]r|\p{Lu}\.\p{Lu}|\b\p{L}{1,4})\.$")
"""The end of a name or an abbreviation, whose full stop ends no sentence."""
_NUMBER = pattern(r"(?<!\p{L})\d++\s?(\p{L}++(?:\s\p{L}++)?)?")
_SENTENCE = 5
"""Words of a sentence."""


def is_sentence(text: str) -> bool:
    """Whether a line of several words, nearly all of them small, ends with a full stop."""
    words = text.split()
    return (
        text[-1] in ".。！!؟?" and len(words) >= _SENTENCE and sum(word.islower() for word in words) >= len(words) - 2
    )


def is_no_list(text: str, language: str | None) -> bool:
    """Whether a line without a label cannot be a bare list of names: a colon, a quote, a full stop, a number."""
    if _NO_LIST.search(text):
        return True
    if text.endswith(".") and not ABBREVIATED.search(text):
        return True
    for number in _NUMBER.finditer(text):
        unit = fold(number[1] or "")
        kinds = date_words().own_kinds(unit, language) | date_words().own_kinds(unit.split(" ")[0], language)
        if not kinds & {"minutes", "hours", "days", "weeks"}:
            return True
    return False
