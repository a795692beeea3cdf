"""How blocks are marked up, so that those marked up alike can be told, and which are long paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from newsclean.model import Kind

if TYPE_CHECKING:
    from newsclean.model import Layout, Page

_LEVELS = 3
"""Elements around a block, its own among them, that make its look."""

LEAST_LENGTH = 120
"""Characters of a long paragraph."""
_MOST_LINKED = 0.3

Look: TypeAlias = tuple[Kind, tuple[str, ...]]
"""The kind of a block, and the names and classes of its element and those around it."""


def looks_of(page: Page, layout: Layout) -> list[Look]:
    """How each block is marked up."""
    tags, parents = layout.tags, layout.parents
    around: dict[int, tuple[str, ...]] = {}
    for element in set(layout.block_element):
        names: list[str] = []
        outer = element
        for _ in range(_LEVELS):
            if outer <= 0:
                break
            names += tags[outer], first_class(layout, outer)
            outer = parents[outer]
        around[element] = tuple(names)
    return list(zip([block.kind for block in page.blocks], map(around.__getitem__, layout.block_element), strict=True))


def first_class(layout: Layout, element: int) -> str:
    """The class of an element that tells what it is like: those that follow are often variants."""
    return layout.classes[element].partition(" ")[0]


def is_long_paragraph(page: Page, layout: Layout, place: int) -> bool:
    """Whether a block is long, and hardly linked."""
    length = len(page.blocks[place].text)
    return length >= LEAST_LENGTH and layout.block_link_chars[place] < _MOST_LINKED * length
