"""What the markup says about each block: its tag, its containers, the page's main container, its path's kin."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from newsclean.judging.blocks.columns import as_columns, log_of
from newsclean.judging.blocks.numbering import distinct, numbers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from newsclean.judging.blocks.characters import Characters
    from newsclean.model import Layout

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

_TAGS = "p div li a h1 h2 h3 h4 h5 tr td dt dd blockquote figcaption button label section pre".split()
_ANCESTORS = (
    "nav footer aside header form article main ul ol table figure button blockquote dl details dialog section pre li p"
    " tr figcaption"
).split()
_CONTAINERS = ("own", "up1", "up2", "up3", "up4")
_PLACES = (
    "link_share all_link links bold depth hidden in_main before_main after_main main_depth main_place main_share"
    " since_h1 after_h1 h1_seen same_article articles_seen in_any_article kin kin_mass kin_links kin_sentences sibling"
    " new_parent from_end"
).split()

MARKUP_FEATURES = (
    [f"tag_{tag}" for tag in _TAGS]
    + ["tag_other"]
    + [f"in_{tag}" for tag in _ANCESTORS]
    + [f"{container}_{what}" for container in _CONTAINERS for what in ("mass", "links", "share", "blocks", "sentences")]
    + _PLACES
)

_NUMBERED_TAGS = [*_TAGS, *(tag for tag in _ANCESTORS if tag not in _TAGS), "other"]
_TAG_NUMBER = MappingProxyType({tag: number for number, tag in enumerate(_NUMBERED_TAGS)})
_H1, _ARTICLE, _OTHER = _TAG_NUMBER["h1"], _TAG_NUMBER["article"], _TAG_NUMBER["other"]
_ANCESTOR_BITS = np.array([1 << _ANCESTORS.index(tag) if tag in _ANCESTORS else 0 for tag in _NUMBERED_TAGS])
_TAG_ROWS = np.eye(len(_TAGS) + 1, dtype=np.float32)[np.minimum(np.arange(len(_NUMBERED_TAGS)), len(_TAGS))]
"""By number of a tag its columns among the features: one for each of _TAGS, and one for all others."""
_PARAGRAPH_TAGS = np.array([_TAG_NUMBER[tag] for tag in "p li h2 h3 h4 pre blockquote".split()])
_PROSE_MASS = 8 * 5
"""Unlinked mass (fifths of a word) from which a block votes for its containers as the main one."""
_VOTES = (10, 6, 3)
"""Weight of that vote for the first, second and third container around the block, as in Arc90's readability."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The elements of a page as arrays.

    parents, tags, depths, first, end: of every element, as in Layout, but that the root's parent is the root and tags
    are numbers. names: the distinct classes of elements, as they are written. name: of every element the number of its
    own. make: of every element a number, the same for the same tag and class. ancestors: of every element the one above
    it, then the one two above, four above and so on, up to where all are the root. element: of every block.
    """

    parents: Ints
    tags: Ints
    depths: Ints
    first: Ints
    end: Ints
    names: Sequence[str]
    name: Ints
    make: Ints
    ancestors: Sequence[Ints]
    element: Ints


def read_tree(layout: Layout) -> Tree:
    """Turn the lists of a layout into arrays."""
    size = len(layout.parents)
    parents = np.fromiter(layout.parents, np.int64, size)
    parents[0] = 0
    tags, tag = numbers_of(layout.tags, size)
    names, name = numbers_of(layout.classes, size)
    ancestors = [parents]
    while ancestors[-1].any():
        ancestors.append(ancestors[-1].take(ancestors[-1]))
    return Tree(
        parents,
        np.array([_TAG_NUMBER.get(tag, _OTHER) for tag in tags]).take(tag),
        np.fromiter(layout.depths, np.int64, size),
        np.fromiter(layout.first_block, np.int64, size),
        np.fromiter(layout.end_block, np.int64, size),
        list(names),
        name,
        name * len(tags) + tag,
        ancestors[:-1],
        np.fromiter(layout.block_element, np.int64, len(layout.block_element)),
    )


def read_markup(layout: Layout, tree: Tree, characters: Characters) -> tuple[npt.NDArray[Any], ...]:
    """Describe each block by the markup around it: a row of MARKUP_FEATURES per block, in parts to be put together."""
    element, parents, depths, first, end = tree.element, tree.parents, tree.depths, tree.first, tree.end
    size = len(element)
    mass, lengths = characters.mass, characters.lengths
    link_chars = np.fromiter(layout.block_link_chars, np.int64, size)
    link_mass = mass * link_chars // lengths
    link_share = link_chars / lengths
    sentences = characters.ends_sentence.astype(np.int64)
    place = np.arange(size, dtype=np.int64)

    flags, article = _ancestry(tree)
    bits = flags[element].astype("<u4").view(np.uint8).reshape(size, -1)
    ancestors = np.unpackbits(bits, axis=1, count=len(_ANCESTORS), bitorder="little")

    in_mass, in_links, in_sentences = (_inside(tree, values) for values in (mass, link_mass, sentences * mass))
    in_blocks = end - first
    total = max(int(mass.sum()), 1)
    levels = [element]
    for _ in _CONTAINERS[1:]:
        levels.append(parents[levels[-1]])
    around = np.array(levels).T
    around_mass = in_mass[around]
    inside = np.maximum(around_mass, 1)
    containers = np.empty((size, len(_CONTAINERS), 5), dtype=np.float32)
    containers[:, :, 0] = log_of(around_mass // 5)
    containers[:, :, 1] = in_links[around] / inside
    containers[:, :, 2] = around_mass / total
    containers[:, :, 3] = log_of(in_blocks[around])
    containers[:, :, 4] = in_sentences[around] / inside

    main = _main_container(tree, mass - link_mass)
    start, stop = int(first[main]), int(end[main])
    in_main = (place >= start) & (place < stop)
    h1 = tree.tags[element] == _H1
    last_h1 = np.maximum.accumulate(np.where(h1, place, -1))
    articles = (tree.tags == _ARTICLE).nonzero()[0]
    articles_seen = np.sort(first[articles]).searchsorted(place, side="right")
    article_mass = int(np.argmax(in_mass[articles])) if articles.size else -1
    main_article = article[main] if article[main] >= 0 or article_mass < 0 else articles[article_mass]
    of_block = article[element]

    kin = _kin(tree)
    kin_blocks = np.maximum(np.bincount(kin), 1)
    kin_mass = np.bincount(kin, mass)
    kin_links = np.bincount(kin, link_mass) / np.maximum(kin_mass, 1)
    kin_sentences = np.bincount(kin, sentences) / kin_blocks
    parent = levels[1]
    new_parent = np.ones(size, dtype=np.bool_)
    new_parent[1:] = parent[1:] != parent[:-1]
    columns = [
        link_share,
        link_share > 0.9,
        log_of(np.fromiter(layout.block_links, np.int64, size)),
        np.fromiter(layout.block_bold_chars, np.int64, size) / lengths,
        log_of(depths[element]),
        np.frombuffer(bytes(layout.hidden), dtype=np.bool_)[element],
        in_main,
        place < start,
        place >= stop,
        np.where(in_main, (depths[element] - depths[main]) / 8, -1),
        np.where(in_main, (place - start) / max(stop - start, 1), -1),
        in_mass[main] / total,
        np.where(last_h1 >= 0, log_of(np.maximum(place - last_h1, 0)), -1),
        last_h1 >= 0,
        np.minimum(h1.cumsum(), 4),
        (of_block == main_article) & (of_block >= 0),
        log_of(articles_seen),
        of_block >= 0,
        log_of(kin_blocks)[kin],
        log_of((kin_mass / kin_blocks / 5).astype(np.int64))[kin],
        kin_links[kin],
        kin_sentences[kin],
        log_of(_rank_among_siblings(parent)),
        new_parent,
        log_of(size - 1 - place),
    ]
    return _TAG_ROWS[tree.tags[element]], ancestors, containers.reshape(size, -1), as_columns(columns, size)


def _inside(tree: Tree, values: Ints) -> Ints:
    """The sum over the blocks inside each element."""
    running = np.zeros(len(values) + 1, dtype=np.int64)
    values.cumsum(out=running[1:])
    sums: Ints = running[tree.end] - running[tree.first]
    return sums


def _ancestry(tree: Tree) -> tuple[Ints, Ints]:
    """For every element the bits of _ANCESTORS it is or stands in, and the nearest `article` around it (or -1)."""
    flags = _ANCESTOR_BITS[tree.tags]
    # an element comes after those around it, so that the nearest has the greatest number
    article = np.where(tree.tags == _ARTICLE, np.arange(len(flags)), -1)
    # every step doubles the reach: the element alone, with its parent, with three ancestors, with seven
    for ancestor in tree.ancestors:
        flags |= flags[ancestor]
        np.maximum(article, article[ancestor], out=article)
    return flags, article


def _main_container(tree: Tree, unlinked: Ints) -> int:
    """The element whose prose, near below it, weighs most."""
    voting = unlinked >= _PROSE_MASS
    if not voting.any():
        return 0
    weights = unlinked[voting]
    candidate = tree.element[voting]
    is_paragraph = (tree.tags[candidate][:, None] == _PARAGRAPH_TAGS).any(axis=1)
    candidate = np.where(is_paragraph, tree.parents[candidate], candidate)
    votes = np.zeros(len(tree.parents))
    for weight in _VOTES:
        votes += np.bincount(candidate, weight * weights, minlength=len(votes))
        candidate = tree.parents[candidate]
    return int(votes.argmax())


def _kin(tree: Tree) -> Ints:
    """Number blocks so that those in elements of one make, and in parents of one, have one number."""
    pair = tree.make[tree.element] * (int(tree.make.max()) + 1) + tree.make[tree.parents[tree.element]]
    return distinct(pair).searchsorted(pair)


def _rank_among_siblings(parent: Ints) -> Ints:
    """For every block how many blocks before it have the same parent."""
    order = parent.argsort(kind="stable")
    ordered = parent[order]
    starts = ordered.searchsorted(ordered, side="left")
    rank = np.empty(len(parent), dtype=np.int64)
    rank[order] = np.arange(len(parent)) - starts
    return rank
