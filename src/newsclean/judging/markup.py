"""What the markup says about each block: its tag, its containers, the page's main container, its path's kin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from newsclean.judging.characters import log_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from newsclean.judging.characters import Characters
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

_TAG_NUMBER = {tag: number for number, tag in enumerate(_TAGS)}
_ANCESTOR_BIT = {tag: 1 << number for number, tag in enumerate(_ANCESTORS)}
_PARAGRAPH_TAGS = frozenset("p li h2 h3 h4 pre blockquote".split())
_PROSE_MASS = 8 * 5
"""Unlinked mass (fifths of a word) from which a block votes for its containers as the main one."""
_VOTES = (10, 6, 3)
"""Weight of that vote for the first, second and third container around the block, as in Arc90's readability."""


def read_markup(layout: Layout, characters: Characters) -> Floats:
    """Describe each block by the markup around it: a row of MARKUP_FEATURES per block."""
    element = np.array(layout.block_element, dtype=np.int64)
    size = len(element)
    parents = np.array(layout.parents, dtype=np.int64)
    parents[0] = 0
    depths = np.array(layout.depths, dtype=np.int64)
    first = np.array(layout.first_block, dtype=np.int64)
    end = np.array(layout.end_block, dtype=np.int64)
    mass = characters.mass
    link_chars = np.array(layout.block_link_chars, dtype=np.int64)
    lengths = characters.lengths
    link_mass = mass * link_chars // lengths
    link_share = link_chars / lengths
    sentences = characters.ends_sentence.astype(np.int64)
    place = np.arange(size, dtype=np.int64)

    flags, article = _ancestry(layout)
    bits = flags[element]
    tag_numbers = np.array([_TAG_NUMBER.get(tag, len(_TAGS)) for tag in layout.tags], dtype=np.int64)
    tags = np.zeros((size, len(_TAGS) + 1), dtype=np.float32)
    tags[place, tag_numbers[element]] = 1
    ancestors = ((bits[:, None] >> np.arange(len(_ANCESTORS))) & 1).astype(np.float32)

    def sums(values: Ints) -> Ints:
        running = np.concatenate(([0], np.cumsum(values)))
        return running[end] - running[first]

    in_mass, in_links, in_sentences = sums(mass), sums(link_mass), sums(sentences * mass)
    in_blocks = end - first
    total = max(int(mass.sum()), 1)
    containers: list[Floats] = []
    around = element
    for _ in _CONTAINERS:
        inside = np.maximum(in_mass[around], 1)
        containers += [
            log_of(in_mass[around] // 5),
            (in_links[around] / inside).astype(np.float32),
            (in_mass[around] / total).astype(np.float32),
            log_of(in_blocks[around]),
            (in_sentences[around] / inside).astype(np.float32),
        ]
        around = parents[around]

    main = _main_container(layout, element, parents, mass - link_mass)
    start, stop = int(first[main]), int(end[main])
    in_main = (place >= start) & (place < stop)
    h1 = np.array([layout.tags[e] == "h1" for e in layout.block_element], dtype=np.bool_)
    last_h1 = np.maximum.accumulate(np.where(h1, place, -1))
    h1_seen = np.cumsum(h1)
    articles = np.flatnonzero(np.array([tag == "article" for tag in layout.tags], dtype=np.bool_))
    articles_seen = np.searchsorted(np.sort(first[articles]), place, side="right")
    article_mass = int(np.argmax(in_mass[articles])) if articles.size else -1
    main_article = article[main] if article[main] >= 0 or article_mass < 0 else articles[article_mass]
    of_block = article[element]

    kin = _kin(layout, parents)[element]
    kin_blocks = np.maximum(np.bincount(kin), 1)
    kin_mass = np.bincount(kin, mass) / kin_blocks
    kin_links = np.bincount(kin, link_mass) / np.maximum(np.bincount(kin, mass), 1)
    kin_sentences = np.bincount(kin, sentences) / kin_blocks
    parent = parents[element]
    new_parent = np.ones(size, dtype=np.bool_)
    new_parent[1:] = parent[1:] != parent[:-1]
    columns = [
        link_share,
        link_share > 0.9,
        log_of(np.array(layout.block_links, dtype=np.int64)),
        np.array(layout.block_bold_chars, dtype=np.int64) / lengths,
        log_of(depths[element]),
        np.array(layout.hidden, dtype=np.bool_)[element],
        in_main,
        place < start,
        place >= stop,
        np.where(in_main, (depths[element] - depths[main]) / 8, -1),
        np.where(in_main, (place - start) / max(stop - start, 1), -1),
        np.full(size, in_mass[main] / total),
        np.where(last_h1 >= 0, log_of(np.maximum(place - last_h1, 0)), -1),
        last_h1 >= 0,
        np.minimum(h1_seen, 4),
        (of_block == main_article) & (of_block >= 0),
        log_of(articles_seen),
        of_block >= 0,
        log_of(kin_blocks[kin]),
        log_of((kin_mass[kin] / 5).astype(np.int64)),
        kin_links[kin],
        kin_sentences[kin],
        log_of(_rank_among_siblings(parent)),
        new_parent,
        log_of(size - 1 - place),
    ]
    places = np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)
    return np.concatenate([tags, ancestors, np.stack(containers, axis=1), places], axis=1)


def _ancestry(layout: Layout) -> tuple[Ints, Ints]:
    """For every element the bits of _ANCESTORS it is or stands in, and the nearest `article` around it (or -1)."""
    flags = [0] * len(layout.tags)
    article = [-1] * len(layout.tags)
    bit_of = _ANCESTOR_BIT.get
    for number, (tag, parent) in enumerate(zip(layout.tags, layout.parents, strict=True)):
        if parent >= 0:
            flags[number] = flags[parent] | bit_of(tag, 0)
            article[number] = number if tag == "article" else article[parent]
    return np.array(flags, dtype=np.int64), np.array(article, dtype=np.int64)


def _main_container(layout: Layout, element: Ints, parents: Ints, unlinked: Ints) -> int:
    """The element whose prose, near below it, weighs most."""
    voting = unlinked >= _PROSE_MASS
    if not voting.any():
        return 0
    is_paragraph = np.array([tag in _PARAGRAPH_TAGS for tag in layout.tags], dtype=np.bool_)
    candidate = element[voting]
    candidate = np.where(is_paragraph[candidate], parents[candidate], candidate)
    votes = np.zeros(len(parents), dtype=np.int64)
    for weight in _VOTES:
        np.add.at(votes, candidate, weight * unlinked[voting])
        candidate = parents[candidate]
    return int(np.argmax(votes))


def _kin(layout: Layout, parents: Ints) -> Ints:
    """Number elements so that those of one make (tag and class, the parent's too) have one number."""
    makes: dict[tuple[str, str, str, str], int] = {}
    tags, classes = layout.tags, layout.classes
    return np.array(
        [
            makes.setdefault((tag, name, tags[parent], classes[parent]), len(makes))
            for tag, name, parent in zip(tags, classes, parents.tolist(), strict=True)
        ],
        dtype=np.int64,
    )


def _rank_among_siblings(parent: Ints) -> Ints:
    """For every block how many blocks before it have the same parent."""
    order = np.argsort(parent, kind="stable")
    ordered = parent[order]
    starts = np.searchsorted(ordered, ordered, side="left")
    rank = np.empty(len(parent), dtype=np.int64)
    rank[order] = np.arange(len(parent)) - starts
    return rank
