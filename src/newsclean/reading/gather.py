"""What a walk over a page gathers: its block-level elements, and the runs of text that become blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING

import regex

from newsclean.from_columns import from_columns
from newsclean.marks import legible
from newsclean.model import Block, Kind, Layout
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

_KINDS = {
    "li": Kind.LIST_ITEM,
    "dt": Kind.LIST_ITEM,
    "dd": Kind.LIST_ITEM,
    "blockquote": Kind.QUOTE,
    "figcaption": Kind.CAPTION,
    "caption": Kind.CAPTION,
    "pre": Kind.PREFORMATTED,
    "tr": Kind.TABLE_ROW,
} | {f"h{level}": Kind.HEADING for level in range(1, 7)}
_CONTAINERS = frozenset("div section article main aside header footer nav table form figure ul ol dl details".split())
"""Elements inside which a block is no longer what the element around them was (a `div` in an `li` may be anything)."""

CELLS = frozenset({"td", "th"})
_LISTS = frozenset({"ul", "ol"})

_HIDDEN_STYLE = pattern(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", regex.IGNORECASE)

BREAK = "\x1d"
CELL = "\x1f"
_BREAKS = pattern(rf"\s*+{BREAK}(?:\s*+{BREAK})++\s*+")
_MARKS = str.maketrans(BREAK + CELL, "  ")
_CELL_JOINT = " | "
LONG_CELL = 200
"""Characters from which a table cell is a column of a page layout rather than a figure in a table."""


_Element = tuple[str, int, str, str, str, int, bool, int, Kind, int]
"""Tag, parent, class, id, role, depth, hidden, first block, kind and level: one list of these grows faster than ten."""

# a member of an enumeration is slow to look up in it
_PARAGRAPH, _HEADING, _LIST_ITEM, _TABLE_ROW = Kind.PARAGRAPH, Kind.HEADING, Kind.LIST_ITEM, Kind.TABLE_ROW

_ROOT: _Element = ("root", -1, "", "", "", 0, False, 0, _PARAGRAPH, 0)


@dataclass(slots=True)
class Builder:
    """What the walk has gathered: elements, the texts of blocks, and the text run that is still open.

    facts: of every block its element, characters in links, links, and bold characters.
    """

    elements: list[_Element] = field(default_factory=lambda: [_ROOT])
    end_block: list[int] = field(default_factory=lambda: [0])
    texts: list[str] = field(default_factory=list)
    facts: list[tuple[int, int, int, int]] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    link_chars: int = 0
    links: int = 0
    bold_chars: int = 0
    marked: dict[int, int] = field(default_factory=dict)

    def open_element(self, tag: str, node: LexborNode, parent: int) -> int:
        """Note a block-level element and return its index."""
        _, _, _, _, _, depth, hidden, _, kind_around, level = self.elements[parent]
        attributes = node.attributes
        name = identity = role = ""
        if attributes:
            get = attributes.get
            name = get("class") or ""
            # most elements have a class and nothing else
            if len(attributes) > 1 or not name:
                identity = get("id") or ""
                role = get("role") or ""
                if "itemprop" in attributes:
                    role = f"{role} {attributes['itemprop'] or ''}"
                hidden = hidden or _hides(attributes)
        kind = _KINDS.get(tag)
        if kind is None:
            kind = kind_around
            if kind is not _PARAGRAPH:
                kind = _kind_inside(tag, kind)
            if tag in _LISTS:
                level += 1
        elif kind is _HEADING:
            level = int(tag[1])
        number = len(self.elements)
        first_block = len(self.texts)
        self.elements.append((tag, parent, name, identity, role, depth + 1, hidden, first_block, kind, level))
        self.end_block.append(0)
        return number

    def flush(self, element: int) -> None:
        """Close the open text run: it becomes a block of the element, or several at double line breaks."""
        run = "".join(self.run)
        self.run.clear()
        if CELL in run or BREAK in run:
            self._add_parts(_parts(run), element)
        else:
            text = legible(run)
            if text:
                self.texts.append(text)
                self.facts.append((element, self.link_chars, self.links, self.bold_chars))
        self.link_chars = self.links = self.bold_chars = 0

    def _add_parts(self, texts: list[str], element: int) -> None:
        total = sum(map(len, texts))
        for text in texts:
            share = len(text) / total
            links = self.links if len(texts) == 1 else round(self.links * share)
            self.texts.append(text)
            self.facts.append((element, round(self.link_chars * share), links, round(self.bold_chars * share)))

    def result(self) -> tuple[tuple[Block, ...], Layout]:
        """The blocks gathered, and the tag-level facts."""
        texts, size = self.texts, len(self.texts)
        tags, parents, classes, ids, roles, depths, hidden, first_block, kind_of, level_of = map(
            list, zip(*self.elements, strict=True)
        )
        element, link_chars, links, bold_chars = map(list, zip(*self.facts, strict=True)) if size else ([], [], [], [])
        kinds = [kind_of[at] for at in element]
        if _TABLE_ROW in kinds:
            rows = zip(kinds, texts, strict=True)
            kinds = [_PARAGRAPH if kind is _TABLE_ROW and _CELL_JOINT not in text else kind for kind, text in rows]
        levels = [
            level_of[at] if kind is _HEADING or kind is _LIST_ITEM else 0
            for at, kind in zip(element, kinds, strict=True)
        ]
        nowhere = repeat(-1)
        layout = Layout(
            tags,
            parents,
            classes,
            ids,
            roles,
            depths,
            hidden,
            first_block,
            self.end_block,
            element,
            list(map(min, map(len, texts), link_chars)),
            links,
            list(map(min, map(len, texts), bold_chars)),
        )
        return from_columns(Block, size, range(size), texts, kinds, levels, nowhere, nowhere), layout


def _hides(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element with these attributes is not shown."""
    style = attributes.get("style")
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (style is not None and _HIDDEN_STYLE.search(style) is not None)
    )


def _kind_inside(tag: str, around: Kind) -> Kind:
    """What a block is in an element of no kind of its own."""
    if tag in _CONTAINERS and around is not Kind.LIST_ITEM and around is not Kind.QUOTE:
        return Kind.PARAGRAPH
    # what stands alone in a cell is a column of a page layout; rows of figures are closed by their `tr`
    return Kind.PARAGRAPH if tag in CELLS and around is Kind.TABLE_ROW else around


def _parts(run: str) -> list[str]:
    """The texts of a run that holds table cells or line breaks."""
    parts = [run]
    if CELL in run:
        cells = [cell for cell in run.split(CELL) if cell.strip()]
        long = any(len(cell) > LONG_CELL for cell in cells)
        parts = cells if long else [_CELL_JOINT.join(cells)]
    if BREAK in run:
        parts = [piece for part in parts for piece in _BREAKS.split(part)]
    return [text for part in parts if (text := legible(part.translate(_MARKS)))]
