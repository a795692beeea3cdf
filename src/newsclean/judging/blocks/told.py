"""What the texts of blocks say by themselves, whatever stands around them: their characters, words and cues.

Read once for each text: pages are judged a second time with some of the same blocks, a story as a text, and a text's
own output.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from newsclean.judging.blocks.characters import joined_characters, read_characters
from newsclean.judging.blocks.words import joined_words, read_words
from newsclean.judging.cues.lookup import load_cues
from newsclean.judging.cues.said import read_said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.judging.blocks.characters import Characters
    from newsclean.judging.blocks.words import Words
    from newsclean.judging.cues.lookup import Said


@dataclass(frozen=True, slots=True)
class Told:
    """What each of some texts says. said: the reason that its words name, if any."""

    texts: tuple[str, ...]
    characters: Characters
    words: Words
    said: tuple[Said | None, ...]

    def of(self, places: Sequence[int]) -> Told:
        """The same of some of the texts, in any order."""
        chosen = np.array(places, dtype=np.int64)
        return Told(
            tuple([self.texts[place] for place in places]),
            self.characters.of(chosen),
            self.words.of(chosen),
            tuple([self.said[place] for place in places]),
        )

    def followed_by(self, others: Told) -> Told:
        """The same of these texts and of others below them."""
        return Told(
            self.texts + others.texts,
            joined_characters((self.characters, others.characters)),
            joined_words((self.words, others.words)),
            self.said + others.said,
        )


def read_told(texts: Sequence[str], known: Told | None = None) -> Told:
    """Read what texts say, but for those that are known."""
    if known is None:
        words = read_words(texts, load_cues().stem_heads)
        return Told(tuple(texts), read_characters(texts), words, tuple(read_said(texts, words)))
    place_of = {text: place for place, text in enumerate(known.texts)}
    new = [text for text in dict.fromkeys(texts) if text not in place_of]
    if 2 * len(new) > len(texts):
        return read_told(texts)
    if new:
        place_of.update(zip(new, range(len(known.texts), len(known.texts) + len(new)), strict=True))
        known = known.followed_by(read_told(new))
    return known.of([place_of[text] for text in texts])
