"""Tells the common case, a credit that is a name with nothing glued to it, without taking it apart."""

from __future__ import annotations

from functools import lru_cache

from newsclean.frontmatter.agencies import is_outlet, names_agency
from newsclean.frontmatter.bylines.names import is_particle
from newsclean.frontmatter.days.months import calendar_codes
from newsclean.frontmatter.gazetteer import is_place
from newsclean.frontmatter.lexicon import credit_words, fold

_MOST_WORDS = 3


def is_plain_name(text: str, language: str | None) -> bool:
    """Whether a text is two or three words in the shape of names, none of which any list has.

    Reading such a text in full would give it back whole, as a person.
    """
    words = text.split(" ")
    return (
        2 <= len(words) <= _MOST_WORDS
        and all(_is_unknown(word, language) for word in words)
        and not is_outlet(text)
        and not is_place(text)
    )


@lru_cache(maxsize=4096)
def _is_unknown(word: str, language: str | None) -> bool:
    """Whether a word begins with a capital, goes on in small letters, and is in no list."""
    if not (word.isalpha() and word[:1].isupper() and word[1:].islower()):
        return False
    folded = fold(word)
    return not (
        is_particle(word)
        or credit_words().knows(folded)
        or calendar_codes(folded, language)
        or calendar_codes(folded, None)
        or names_agency(word)
        or is_outlet(word)
    )
