"""How much a block belongs to the rest of a story: how many of its telling words stand elsewhere in it, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclean.sites.pieces import HIRAGANA, IDEOGRAPHS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

WHOLE = 100
"""Belonging is told in hundredths."""

_LEAST = 4
"""Telling words from which a share of them says anything."""

_NAME = 3
"""Letters of a name at least; "I" and "TV" are none."""

_ENDS = frozenset(".!?…:;–—-|•")
_CLOSERS = "\"'”’»)]"
_AROUND = f"{_CLOSERS}“‘„«([,.;:!?…"

_WORD = re.compile(r"[^\W\d_]+")  # the plainer engine is twice as fast here
_DENSE = re.compile(f"[{IDEOGRAPHS}]+")
_GRAMMAR = re.compile(f"[{HIRAGANA}]+")
"""What stands between the words that tell in Japanese."""


def words_of(*texts: str) -> set[str]:
    """The words of texts; of scripts without spaces, pairs of signs."""
    found: set[str] = set()
    for text in texts:
        folded = text.casefold()
        if not folded.isascii():
            for run in _DENSE.findall(folded):
                found.update(run[at : at + 2] for at in range(len(run) - 1))
            folded = _DENSE.sub(" ", _GRAMMAR.sub(" ", folded))
        found.update(_WORD.findall(folded))
    return found


def names_of(text: str) -> set[str]:
    """The words of a text that are written like names, with a capital where no sentence begins, in lower case.

    In German so are all nouns, and scripts without capitals have none.
    """
    found: set[str] = set()
    within = False
    for word in text.split():
        bare = word.strip(_AROUND)
        if within and bare[:1].isupper() and len(bare) >= _NAME:
            found.update(words_of(bare))
        within = word[-1:] not in _ENDS and word.rstrip(_CLOSERS)[-1:] not in _ENDS
    return found


def belonging(block: Iterable[str], elsewhere: Container[str]) -> int:
    """How many hundredths of a block's telling words stand elsewhere; all of them where there are hardly any.

    block: its words, each once.

    The longer half of its words is taken to tell, which holds in many languages and needs a list in none.
    """
    words = sorted(block, key=lambda word: (-len(word), word))
    telling = words[: max(_LEAST, len(words) // 2)]
    if len(telling) < _LEAST:
        return WHOLE
    return WHOLE * sum(word in elsewhere for word in telling) // len(telling)
