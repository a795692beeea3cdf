"""Guesses the language of a page that does not say it, from the small words of its story.

The guess steers the order of day and month and the words of bylines, nothing else.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from newsclean.frontmatter.lexicon import read_table
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SAMPLE = 500
"""Characters of a story that are looked at: some eighty words."""
_LEAST = 2.0
"""Points below which nothing is said; a small word of one language alone gives one point, a shared one its part."""
_SCRIPTS = (
    ("ja", pattern(r"[\p{Hiragana}\p{Katakana}]")),
    ("ko", pattern(r"\p{Hangul}")),
    ("zh", pattern(r"\p{Han}")),
    ("th", pattern(r"\p{Thai}")),
    ("el", pattern(r"\p{Greek}")),
    ("he", pattern(r"\p{Hebrew}")),
    ("ka", pattern(r"\p{Georgian}")),
    ("hy", pattern(r"\p{Armenian}")),
    ("hi", pattern(r"\p{Devanagari}")),
    ("bn", pattern(r"\p{Bengali}")),
    ("ta", pattern(r"\p{Tamil}")),
    ("te", pattern(r"\p{Telugu}")),
    ("ml", pattern(r"\p{Malayalam}")),
    ("km", pattern(r"\p{Khmer}")),
    ("my", pattern(r"\p{Myanmar}")),
    ("am", pattern(r"\p{Ethiopic}")),
)
_OTHER_SCRIPT = pattern("|".join(script.pattern for _, script in _SCRIPTS))
_MOST_OF = 0.1
"""Part of a sample that must be in a script for the script to tell the language."""


def guess_language(texts: Iterable[str]) -> str | None:
    """Guess the language of running text as an ISO 639 code, or None where there is too little of it.

    texts: paragraphs of the story in order.

    >>> guess_language(["O prefeito disse que a ponte não abre antes de junho, e que uma parte das obras foi adiada."])
    'pt'
    """
    sample = ""
    for text in texts:
        sample = f"{sample} {text[:_SAMPLE]}"
        if len(sample) >= _SAMPLE:
            break
    if not sample.isascii() and _OTHER_SCRIPT.search(sample):
        for code, script in _SCRIPTS:
            if len(script.findall(sample)) > _MOST_OF * len(sample):
                return code
    points: dict[str, float] = {}
    table = _small_words()
    for word in sample.lower().split():
        for owner, part in table.get(word, ()):
            points[owner] = points.get(owner, 0.0) + part
    score, code = max(((score, code) for code, score in points.items()), default=(0.0, ""))
    return code if score >= _LEAST else None


@cache
def _small_words() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """The small words, each with the languages that have it and the part of a point that it is worth."""
    owners: dict[str, list[str]] = {}
    for line in read_table("function.txt").splitlines():
        code, _, words = line.partition(":")
        if line.startswith("#") or not words:
            continue
        for word in words.split("|"):
            owners.setdefault(word.strip(), []).append(code.strip())
    return {word: tuple((code, 1 / len(codes)) for code in codes) for word, codes in owners.items()}
