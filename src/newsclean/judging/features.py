"""Page → numbers: everything the tagger sees of a page, gathered in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import regex

from newsclean.judging.blocks.characters import TEXT_FEATURES
from newsclean.judging.blocks.cohesion import COHESION_FEATURES, read_cohesion
from newsclean.judging.blocks.columns import as_columns, log_of
from newsclean.judging.blocks.markup import MARKUP_FEATURES, read_markup, read_tree
from newsclean.judging.blocks.names import NO_NAMES, read_names
from newsclean.judging.blocks.told import read_told
from newsclean.judging.blocks.words import Bag, hashes_in
from newsclean.judging.cues.said import SAID_FEATURES, said_columns
from newsclean.marks import without_list_mark
from newsclean.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from newsclean.judging.blocks.characters import Characters
    from newsclean.judging.blocks.hashing import Hashes, KnownWords
    from newsclean.judging.blocks.names import Names
    from newsclean.judging.blocks.told import Told
    from newsclean.judging.blocks.words import Words
    from newsclean.judging.cues.lookup import Said
    from newsclean.model import Page

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

PAGE_FEATURES = (
    "page_blocks page_mass index place mass_before mass_place mass_share first title_match since_title declared_body"
    " list_item heading quote table_row caption"
).split()

FLAT_FEATURES = [*TEXT_FEATURES, *COHESION_FEATURES, *PAGE_FEATURES, *SAID_FEATURES]
HTML_FEATURES = [*FLAT_FEATURES, *MARKUP_FEATURES]

_KINDS = MappingProxyType({Kind.LIST_ITEM: 1, Kind.HEADING: 2, Kind.QUOTE: 3, Kind.TABLE_ROW: 4, Kind.CAPTION: 5})
# a member of an enumeration is slow to look up in it
_LIST_ITEM = Kind.LIST_ITEM
_TITLE_MATCH = 0.5
_HEAD_WORDS = 16
_FIRST_WORDS = 2
_NOT_WORD = regex.compile(r"[\W_]+")
_BODY_PROBE = 48
_LONGEST_TOLD = 200_000
"""Characters of a page, up to which what they say is kept while it is judged."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the tagger was trained to know by name; number 0 stands for everything else.

    weights: of every numbered word, how telling it is, a whole number; the weight at 0, of unknown words, is the
    greatest. names: part of a class, id or role name → number.
    """

    words: KnownWords
    weights: Ints
    names: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Features:
    """What the tagger sees: a row of FLAT_FEATURES or HTML_FEATURES per block, and bags of words and names.

    head, first: numbers of the block's first sixteen and first two words. names: the name parts around the blocks;
    None for flattened text. said: the reason that each block's own words name, if any. letters: of `read_words`. told:
    what the texts say by themselves, to judge them again; None for a long page, where it would take too much memory.
    """

    rows: Floats
    mass: Ints
    head: Bag
    first: Bag
    names: Names | None
    said: tuple[Said | None, ...]
    letters: Ints
    told: Told | None

    @property
    def near(self) -> Bag:
        """Numbers of the name parts of the three innermost elements around each block, listed for training."""
        return NO_NAMES if self.names is None else self.names.bags()[0]

    @property
    def far(self) -> Bag:
        """Numbers of the name parts of the elements further out, listed for training."""
        return NO_NAMES if self.names is None else self.names.bags()[1]


def read_features(page: Page, vocabulary: Vocabulary, known: Told | None = None) -> Features:
    """Describe the blocks of a page, at least one, to the tagger.

    known: what texts say that have been read already; those of the page may be among them.
    """
    texts = [without_list_mark(block.text) if block.kind is _LIST_ITEM else block.text for block in page.blocks]
    told = read_told(texts, known)
    characters, words = told.characters, told.words
    number = vocabulary.words.numbers_of(words.hashes)
    cohesion = read_cohesion(texts, words, vocabulary.weights[number], characters.mass, _title_words(page))
    parts = [
        characters.features,
        cohesion.features,
        _page_features(page, texts, characters, cohesion.title_match),
        said_columns(told.said),
    ]
    names = None
    if page.layout is not None:
        tree = read_tree(page.layout)
        parts += read_markup(page.layout, tree, characters)
        names = read_names(page.layout, tree, vocabulary.names)
    return Features(
        np.concatenate(parts, axis=1),
        characters.mass,
        _word_bag(words, number, _HEAD_WORDS),
        _word_bag(words, number, _FIRST_WORDS),
        names,
        told.said,
        words.letters,
        told if int(characters.lengths.sum()) <= _LONGEST_TOLD else None,
    )


def _title_words(page: Page) -> Hashes:
    titles = page.declared.titles
    return hashes_in(titles[0].value) if titles else np.zeros(0, dtype=np.uint64)


def _page_features(page: Page, texts: list[str], characters: Characters, match: Floats) -> Floats:
    size = len(texts)
    mass = characters.mass
    place = np.arange(size, dtype=np.int64)
    total = max(int(mass.sum()), 1)
    before = mass.cumsum() - mass
    is_title = match >= max(_TITLE_MATCH, 0.8 * float(match.max()))
    last_title = np.maximum.accumulate(np.where(is_title, place, -1))
    kinds = np.fromiter(map(_KINDS.get, [block.kind for block in page.blocks], repeat(0)), np.int64, size)
    page_logs = log_of(np.array([size, total // 5]))
    columns = [
        page_logs[0],
        page_logs[1],
        log_of(place),
        place / size,
        log_of(before // 5),
        before / total,
        mass / total,
        place == 0,
        match,
        np.where(last_title >= 0, log_of(np.maximum(place - last_title, 0)) + 0.5, -1),
        _declared_body(page, texts),
        *(kinds == number for number in _KINDS.values()),
    ]
    return as_columns(columns, size)


def _declared_body(page: Page, texts: list[str]) -> Floats:
    """Whether each block begins as something in the body that the page declares (1) or not (-1); 0 if none is."""
    result = np.zeros(len(texts), dtype=np.float32)
    body = page.declared.article_body
    if body is None or not texts:
        return result
    flat = _NOT_WORD.sub("", body.lower())
    for place, text in enumerate(texts):
        probe = _NOT_WORD.sub("", text[: 2 * _BODY_PROBE].lower())[:_BODY_PROBE]
        result[place] = 0.0 if len(probe) < 12 else 1.0 if probe in flat else -1.0
    # a declared body that matches nothing is of another page or in another form
    return result if (result > 0).any() else np.zeros_like(result)


def _word_bag(words: Words, known: Ints, most: int) -> Bag:
    chosen = words.rank < most
    return Bag(known[words.word[chosen]], words.block[chosen])
