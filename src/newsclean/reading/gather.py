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
SEAM = "\x1c"
_SEAMS = pattern(rf"(?<=[\p{{Ll}}\d]){SEAM}(?=\p{{Lu}})|(?<=\p{{L}}){SEAM}(?=\d)")
"""Where two inline elements meet at the end of one word and the start of another: a day and a name, two buttons."""
_BREAKS = pattern(rf"\s*+{BREAK}(?:\s*+{BREAK})++\s*+")
_CELL_JOINT = " | "
LONG_CELL = 200
"""Characters from which a table cell is a column of a page layout rather than a figure in a table."""


# a member of an enumeration is slow to look up in it
_PARAGRAPH, _HEADING, _LIST_ITEM = Kind.PARAGRAPH, Kind.HEADING, Kind.LIST_ITEM
_QUOTE, _TABLE_ROW = Kind.QUOTE, Kind.TABLE_ROW


@dataclass(slots=True)
class Builder:
    """What the walk has gathered: elements, the texts of blocks, and the text run that is still open.

    tags, parents, classes, first_block, end_block: of every element, the root first. noted: of elements that have more
    than a class their id, their roles, and whether it is they that are hidden.
    facts: of every block its element, characters in links, links, and bold characters.
    """

    tags: list[str] = field(default_factory=lambda: ["root"])
    parents: list[int] = field(default_factory=lambda: [-1])
    classes: list[str] = field(default_factory=lambda: [""])
    first_block: list[int] = field(default_factory=lambda: [0])
    end_block: list[int] = field(default_factory=lambda: [0])
    noted: dict[int, tuple[str, str, bool]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    facts: list[tuple[int, int, int, int]] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    link_chars: int = 0
    links: int = 0
    bold_chars: int = 0
    marked: dict[int, int] = field(default_factory=dict)

    def note(self, element: int, attributes: Mapping[str, str | None]) -> None:
        """Note what an element has besides a class."""
        get = attributes.get
        role = get("role") or ""
        if "itemprop" in attributes:
            role = f"{role} {get('itemprop') or ''}"
        self.noted[element] = get("id") or "", role, _hides(attributes)

    def flush(self, element: int) -> None:
        """Close the open text run: it becomes a block of the element, or several at double line breaks."""
        run = "".join(self.run)
        self.run.clear()
        if SEAM in run:
            run = _SEAMS.sub(" ", run).replace(SEAM, "")
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
        depths, hidden, kind_of, level_of = self._inherited()
        ids, roles = [""] * len(depths), [""] * len(depths)
        for at, (identity, role, _) in self.noted.items():
            ids[at], roles[at] = identity, role
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
        lengths = list(map(len, texts))
        layout = Layout(
            self.tags,
            self.parents,
            self.classes,
            ids,
            roles,
            depths,
            hidden,
            self.first_block,
            self.end_block,
            element,
            list(map(min, lengths, link_chars)),
            links,
            list(map(min, lengths, bold_chars)),
        )
        return from_columns(Block, size, range(size), texts, kinds, levels, nowhere, nowhere), layout

    def _inherited(self) -> tuple[list[int], list[bool], list[Kind], list[int]]:
        """What elements have from those around them: depth, whether they are hidden, kind and level."""
        depths, kinds, levels = [0], [_PARAGRAPH], [0]
        kind_of = _KINDS.get
        below_root = zip(self.tags[1:], self.parents[1:], strict=True)
        for tag, parent in below_root:
            depths.append(depths[parent] + 1)
            level = levels[parent]
            kind = kind_of(tag)
            if kind is None:
                kind = kinds[parent]
                if kind is not _PARAGRAPH:
                    kind = _kind_inside(tag, kind)
                if tag in _LISTS:
                    level += 1
            elif kind is _HEADING:
                level = int(tag[1])
            kinds.append(kind)
            levels.append(level)
        hidden = [False] * len(depths)
        own = [element for element, (_, _, hides) in self.noted.items() if hides]
        if own:
            for element in own:
                hidden[element] = True
            for element, parent in enumerate(self.parents[own[0] :], own[0]):
                hidden[element] |= hidden[parent]
        return depths, hidden, kinds, levels


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
    if tag in _CONTAINERS and around is not _LIST_ITEM and around is not _QUOTE:
        return _PARAGRAPH
    # what stands alone in a cell is a column of a page layout; rows of figures are closed by their `tr`
    return _PARAGRAPH if tag in CELLS and around is _TABLE_ROW else around


def _parts(run: str) -> list[str]:
    """The texts of a run that holds table cells or line breaks."""
    parts = [run]
    if CELL in run:
        cells = [cell for cell in run.split(CELL) if cell.strip()]
        long = any(len(cell) > LONG_CELL for cell in cells)
        parts = cells if long else [_CELL_JOINT.join(cells)]
    if BREAK in run:
        parts = [piece for part in parts for piece in _BREAKS.split(part)]
    return [text for part in parts if (text := legible(part.replace(BREAK, " ").replace(CELL, " ")))]
