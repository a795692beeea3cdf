"""HTML → blocks: one walk over the tree with an explicit stack, so that no page is too deep for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from newsclean.marks import legible
from newsclean.model import Block, Kind, Layout

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from selectolax.lexbor import LexborHTMLParser, LexborNode

BLOCK_TAGS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li main menu nav ol p pre search"
    " section summary table tbody td tfoot th thead tr ul".split()
)
UNREAD_TAGS = frozenset(
    "script style template svg noscript iframe head object embed canvas math select textarea video audio input img link"
    " meta source track title datalist map area base noframes -comment -doctype".split()
)
"""Elements whose content is no text of the page, or stands in it only as a fallback for a script or a player."""

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

_CELLS = frozenset({"td", "th"})

_HIDDEN_STYLE = regex.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", regex.IGNORECASE)

_BREAK = "\x1d"
_CELL = "\x1f"
_BREAKS = regex.compile(rf"\s*+{_BREAK}(?:\s*+{_BREAK})++\s*+")
_MARKS = str.maketrans(_BREAK + _CELL, "  ")
_CELL_JOINT = " | "
_LONG_CELL = 200
"""Characters from which a table cell is a column of a page layout rather than a figure in a table."""


@dataclass(slots=True)
class _Builder:
    """What the walk has gathered: elements, blocks, and the text run that is still open."""

    blocks: list[Block] = field(default_factory=list)
    tags: list[str] = field(default_factory=lambda: ["root"])
    parents: list[int] = field(default_factory=lambda: [-1])
    classes: list[str] = field(default_factory=lambda: [""])
    ids: list[str] = field(default_factory=lambda: [""])
    roles: list[str] = field(default_factory=lambda: [""])
    depths: list[int] = field(default_factory=lambda: [0])
    hidden: list[bool] = field(default_factory=lambda: [False])
    first_block: list[int] = field(default_factory=lambda: [0])
    end_block: list[int] = field(default_factory=lambda: [0])
    kinds: list[Kind] = field(default_factory=lambda: [Kind.PARAGRAPH])
    levels: list[int] = field(default_factory=lambda: [0])
    block_element: list[int] = field(default_factory=list)
    block_link_chars: list[int] = field(default_factory=list)
    block_links: list[int] = field(default_factory=list)
    block_bold_chars: list[int] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    link_chars: int = 0
    links: int = 0
    bold_chars: int = 0
    marked: dict[int, int] = field(default_factory=dict)

    def open_element(self, tag: str, node: LexborNode, parent: int) -> int:
        """Note a block-level element and return its index."""
        attributes = node.attributes
        hidden = self.hidden[parent]
        name = identity = role = ""
        if attributes:
            name = attributes.get("class") or ""
            identity = attributes.get("id") or ""
            role = attributes.get("role") or ""
            if "itemprop" in attributes:
                role = f"{role} {attributes['itemprop'] or ''}"
            if not hidden:
                style = attributes.get("style")
                hidden = (
                    "hidden" in attributes
                    or attributes.get("aria-hidden") == "true"
                    or (style is not None and _HIDDEN_STYLE.search(style) is not None)
                )
        kind = _KINDS.get(tag)
        level = self.levels[parent]
        if kind is None:
            kind = self.kinds[parent]
            if tag in _CONTAINERS and kind is not Kind.LIST_ITEM and kind is not Kind.QUOTE:
                kind = Kind.PARAGRAPH
            if tag in _CELLS and kind is Kind.TABLE_ROW:
                # what stands alone in a cell is a column of a page layout; rows of figures are closed by their `tr`
                kind = Kind.PARAGRAPH
            if tag in {"ul", "ol"}:
                level += 1
        elif kind is Kind.HEADING:
            level = int(tag[1])
        self.tags.append(tag)
        self.parents.append(parent)
        self.classes.append(name)
        self.ids.append(identity)
        self.roles.append(role)
        self.depths.append(self.depths[parent] + 1)
        self.hidden.append(hidden)
        self.first_block.append(len(self.blocks))
        self.end_block.append(0)
        self.kinds.append(kind)
        self.levels.append(level)
        return len(self.tags) - 1

    def flush(self, element: int) -> None:
        """Close the open text run: it becomes a block of the element, or several at double line breaks."""
        run = "".join(self.run)
        self.run.clear()
        if _CELL in run or _BREAK in run:
            self._add_parts(_parts(run), element)
        else:
            text = legible(run)
            if text:
                self._add(text, element, self.link_chars, self.links, self.bold_chars)
        self.link_chars = self.links = self.bold_chars = 0

    def _add_parts(self, texts: list[str], element: int) -> None:
        total = sum(map(len, texts))
        for text in texts:
            share = len(text) / total
            links = self.links if len(texts) == 1 else round(self.links * share)
            self._add(text, element, round(self.link_chars * share), links, round(self.bold_chars * share))

    def _add(self, text: str, element: int, link_chars: int, links: int, bold_chars: int) -> None:
        kind = self.kinds[element]
        if kind is Kind.TABLE_ROW and _CELL_JOINT not in text:
            kind = Kind.PARAGRAPH
        size = len(text)
        level = self.levels[element] if kind in _LEVELLED else 0
        self.blocks.append(Block(len(self.blocks), text, kind, level))
        self.block_element.append(element)
        self.block_link_chars.append(min(size, link_chars))
        self.block_links.append(links)
        self.block_bold_chars.append(min(size, bold_chars))


def _parts(run: str) -> list[str]:
    """The texts of a run that holds table cells or line breaks."""
    parts = [run]
    if _CELL in run:
        cells = [cell for cell in run.split(_CELL) if cell.strip()]
        long = any(len(cell) > _LONG_CELL for cell in cells)
        parts = cells if long else [_CELL_JOINT.join(cells)]
    if _BREAK in run:
        parts = [piece for part in parts for piece in _BREAKS.split(part)]
    return [text for part in parts if (text := legible(part.translate(_MARKS)))]


_LEVELLED = frozenset({Kind.HEADING, Kind.LIST_ITEM})


@dataclass(slots=True)
class Marked:
    """Elements that are to be told apart: each is read as blocks of its own, whatever its tag.

    nodes: their memory ids. ranges: of each that was walked, its first block and the one after its last; for the
    reader to fill in.
    """

    nodes: AbstractSet[int]
    ranges: dict[int, tuple[int, int]] = field(default_factory=dict)


def read_html(
    tree: LexborHTMLParser, *, scripting: bool = True, marked: Marked | None = None
) -> tuple[tuple[Block, ...], Layout]:
    """Walk a parsed page into its blocks and the tag-level facts about them.

    scripting: leave out `noscript`, as a browser does that runs scripts. marked: elements to be told apart.

    A block ends where a block-level element starts or ends, and at two line breaks in a row; the cells of a table row
    of short cells make one block. Hidden elements are read too (and marked): a "read more" hides the story itself.
    """
    builder = _Builder()
    root = tree.body or tree.root
    if root is not None:
        nodes = marked.nodes if marked is not None else frozenset()
        _walk(root, builder, UNREAD_TAGS if scripting else UNREAD_TAGS - {"noscript"}, nodes)
    builder.end_block[0] = len(builder.blocks)
    if marked is not None:
        for element, node in builder.marked.items():
            marked.ranges[node] = (builder.first_block[element], builder.end_block[element])
    layout = Layout(
        builder.tags,
        builder.parents,
        builder.classes,
        builder.ids,
        builder.roles,
        builder.depths,
        builder.hidden,
        builder.first_block,
        builder.end_block,
        builder.block_element,
        builder.block_link_chars,
        builder.block_links,
        builder.block_bold_chars,
    )
    return tuple(builder.blocks), layout


_MARKED = "marked"
"""Stands on the stack for the tag of a marked element, which ends like any block."""


def _walk(root: LexborNode, builder: _Builder, unread: frozenset[str], marked: AbstractSet[int]) -> None:
    stack: list[tuple[LexborNode | None, int, bool, bool, str | None]] = []
    run = builder.run
    node = root.first_child
    element, in_link, in_bold = 0, False, False
    while True:
        while node is None:
            if not stack:
                if run:
                    builder.flush(element)
                return
            inner = element
            node, element, in_link, in_bold, closing = stack.pop()
            if closing is None:
                continue
            if closing in _CELLS:
                _close_cell(builder, inner)
            elif run:
                builder.flush(inner)
            builder.end_block[inner] = len(builder.blocks)
        tag = node.tag
        if tag == "-text":
            text = node.text_content
            if text and (run or not text.isspace()):
                run.append(text)
                if in_link:
                    builder.link_chars += len(text)
                if in_bold:
                    builder.bold_chars += len(text)
            node = node.next
        elif tag is None or tag in unread:
            node = node.next
        elif tag == "br":
            run.append(_BREAK)
            node = node.next
        elif marked and node.mem_id in marked:
            if run:
                builder.flush(element)
            child = node.first_child
            if child is None:
                node = node.next
                continue
            stack.append((node.next, element, in_link, in_bold, _MARKED))
            element = builder.open_element(tag, node, element)
            builder.marked[element] = node.mem_id
            node = child
        elif tag in BLOCK_TAGS:
            if tag in _CELLS:
                if run:
                    run.append(_CELL)
            elif run:
                builder.flush(element)
            child = node.first_child
            if child is None:
                node = node.next
                continue
            stack.append((node.next, element, in_link, in_bold, tag))
            element = builder.open_element(tag, node, element)
            node = child
        else:
            child = node.first_child
            if child is None:
                node = node.next
                continue
            stack.append((node.next, element, in_link, in_bold, None))
            if tag == "a":
                in_link = True
                builder.links += 1
            elif tag in {"b", "strong"}:
                in_bold = True
            node = child


def _close_cell(builder: _Builder, cell: int) -> None:
    """End a table cell: one that holds a column of the page is flushed, a figure waits for the rest of its row."""
    run = builder.run
    if not run:
        return
    size = 0
    for piece in reversed(run):
        if piece is _CELL or piece == _CELL:
            break
        size += len(piece)
    if size > _LONG_CELL:
        builder.flush(cell)
