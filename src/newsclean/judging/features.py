"""Page → numbers: everything the tagger sees of a page, gathered in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import regex

from newsclean.judging.characters import TEXT_FEATURES, log_of, read_characters
from newsclean.judging.cohesion import COHESION_FEATURES, read_cohesion
from newsclean.judging.markup import MARKUP_FEATURES, read_markup
from newsclean.judging.words import distinct, read_words
from newsclean.marks import without_list_mark
from newsclean.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from newsclean.judging.characters import Characters
    from newsclean.judging.words import Words
    from newsclean.model import Layout, Page

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

PAGE_FEATURES = (
    "page_blocks page_mass index place mass_before mass_place mass_share first title_match since_title declared_body"
    " list_item heading quote table_row caption"
).split()

FLAT_FEATURES = [*TEXT_FEATURES, *COHESION_FEATURES, *PAGE_FEATURES]
HTML_FEATURES = [*FLAT_FEATURES, *MARKUP_FEATURES]

_KINDS = ("list-item", "heading", "quote", "table-row", "caption")
_TITLE_MATCH = 0.5
_HEAD_WORDS = 16
_FIRST_WORDS = 2
_NAME_PART = regex.compile(r"[A-Z]?[a-z]{2,}+|[A-Z]{2,}+(?![a-z])")
_NOT_WORD = regex.compile(r"[\W_]+")
_BODY_PROBE = 48


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the tagger was trained to know by name; number 0 stands for everything else.

    words: word → number. weights: of every numbered word, how telling it is, a whole number; unknown words have the
    weight at 0, the greatest. names: part of a class, id or role name → number.
    """

    words: Mapping[str, int]
    weights: Ints
    names: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Bag:
    """Several numbers per block: `number[k]` belongs to block `block[k]`; sorted by block."""

    number: Ints
    block: Ints


@dataclass(frozen=True, slots=True)
class Features:
    """What the tagger sees: a row of FLAT_FEATURES or HTML_FEATURES per block, and bags of words and names.

    head, first: numbers of the block's first sixteen and first two words. near, far: numbers of the name parts of the
    three innermost elements around it, and of those further out; empty for flattened text.
    """

    rows: Floats
    mass: Ints
    head: Bag
    first: Bag
    near: Bag
    far: Bag


def read_features(page: Page, vocabulary: Vocabulary) -> Features:
    """Describe the blocks of a page, at least one, to the tagger."""
    texts = [without_list_mark(block.text) if block.kind is Kind.LIST_ITEM else block.text for block in page.blocks]
    characters = read_characters(texts)
    words = read_words(texts)
    known = words.numbers_in(vocabulary.words)
    weights = vocabulary.weights[known]
    title = _title_words(page)
    cohesion = read_cohesion(texts, words, weights, characters.mass, title)
    parts = [characters.features, cohesion, _page_features(page, texts, characters, words, title)]
    near = far = Bag(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    if page.layout is not None:
        parts.append(read_markup(page.layout, characters))
        near, far = _name_bags(page.layout, vocabulary.names)
    return Features(
        np.concatenate(parts, axis=1),
        characters.mass,
        _word_bag(words, known, _HEAD_WORDS),
        _word_bag(words, known, _FIRST_WORDS),
        near,
        far,
    )


def _title_words(page: Page) -> frozenset[str]:
    if not page.declared.titles:
        return frozenset()
    return frozenset(read_words([page.declared.titles[0].value]).forms)


def _page_features(page: Page, texts: list[str], characters: Characters, words: Words, title: frozenset[str]) -> Floats:
    size = len(texts)
    mass = characters.mass
    place = np.arange(size, dtype=np.int64)
    total = max(int(mass.sum()), 1)
    before = np.cumsum(mass) - mass
    match = _title_match(words, title)
    best = float(match.max()) if title else 0.0
    is_title = match >= max(_TITLE_MATCH, 0.8 * best)
    last_title = np.maximum.accumulate(np.where(is_title, place, -1))
    kinds = np.array([block.kind.value for block in page.blocks])
    columns = [
        np.full(size, log_of(np.array([size]))[0]),
        np.full(size, log_of(np.array([total // 5]))[0]),
        log_of(place),
        place / size,
        log_of(before // 5),
        before / total,
        mass / total,
        place == 0,
        match,
        np.where(last_title >= 0, log_of(np.maximum(place - last_title, 0)) + 0.5, -1),
        _declared_body(page, texts),
        *(kinds == kind for kind in _KINDS),
    ]
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _title_match(words: Words, title: frozenset[str]) -> Floats:
    """Shared words over all words of block and title (Jaccard), per block."""
    if not title:
        return np.zeros(words.blocks, dtype=np.float32)
    in_title = np.fromiter((form in title for form in words.forms), np.bool_, len(words.forms))
    keys = distinct(words.block * max(len(words.forms), 1) + words.word)
    block, word = keys // max(len(words.forms), 1), keys % max(len(words.forms), 1)
    count = np.bincount(block, minlength=words.blocks)
    shared = np.bincount(block, in_title[word], minlength=words.blocks)
    match: Floats = (shared / np.maximum(count + len(title) - shared, 1)).astype(np.float32)
    return match


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


def _name_bags(layout: Layout, names: Mapping[str, int]) -> tuple[Bag, Bag]:
    """The numbers of the known name parts near each block (own element and two around it) and further out."""
    parsed: dict[str, tuple[int, ...]] = {}
    own: list[tuple[int, ...]] = []
    for name, identity, role in zip(layout.classes, layout.ids, layout.roles, strict=True):
        key = f"{name} {identity} {role}"
        numbers = parsed.get(key)
        if numbers is None:
            parts = {part.lower() for part in _NAME_PART.findall(key)}
            numbers = parsed[key] = tuple(sorted(number for part in parts if (number := names.get(part))))
        own.append(numbers)
    parents = layout.parents
    outward: list[tuple[int, ...]] = []
    for number, parent in enumerate(parents):
        outward.append(own[number] if parent < 0 else outward[parent] + own[number])
    near: list[int] = []
    far: list[int] = []
    near_sizes: list[int] = []
    far_sizes: list[int] = []
    for element in layout.block_element:
        parent = max(parents[element], 0)
        grandparent = max(parents[parent], 0)
        beyond = max(parents[grandparent], 0)
        # prefix property: an element's list starts with its ancestors' lists
        split = len(outward[beyond])
        far += outward[beyond]
        near += outward[element][split:]
        far_sizes.append(split)
        near_sizes.append(len(outward[element]) - split)
    return _bag(near, near_sizes), _bag(far, far_sizes)


def _bag(numbers: list[int], sizes: list[int]) -> Bag:
    return Bag(np.array(numbers, dtype=np.int64), np.repeat(np.arange(len(sizes), dtype=np.int64), sizes))
