"""HTML → blocks: one walk over the tree with an explicit stack, so that no page is too deep for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import repeat
from typing import TYPE_CHECKING

import regex

from newsclean.from_columns import from_columns
from newsclean.marks import legible
from newsclean.model import Block, Kind, Layout
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping
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
_LISTS = frozenset({"ul", "ol"})
_BOLD = frozenset({"b", "strong"})

_HIDDEN_STYLE = pattern(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", regex.IGNORECASE)

_BREAK = "\x1d"
_CELL = "\x1f"
_BREAKS = pattern(rf"\s*+{_BREAK}(?:\s*+{_BREAK})++\s*+")
_MARKS = str.maketrans(_BREAK + _CELL, "  ")
_CELL_JOINT = " | "
_LONG_CELL = 200
"""Characters from which a table cell is a column of a page layout rather than a figure in a table."""


_Element = tuple[str, int, str, str, str, int, bool, int, Kind, int]
"""Tag, parent, class, id, role, depth, hidden, first block, kind and level: one list of these grows faster than ten."""

# a member of an enumeration is slow to look up in it
_PARAGRAPH, _HEADING, _LIST_ITEM, _TABLE_ROW = Kind.PARAGRAPH, Kind.HEADING, Kind.LIST_ITEM, Kind.TABLE_ROW

_ROOT: _Element = ("root", -1, "", "", "", 0, False, 0, _PARAGRAPH, 0)


@dataclass(slots=True)
class _Builder:
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
        if _CELL in run or _BREAK in run:
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
    return Kind.PARAGRAPH if tag in _CELLS and around is Kind.TABLE_ROW else around


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
    builder.end_block[0] = len(builder.texts)
    if marked is not None:
        for element, node in builder.marked.items():
            first_block = builder.elements[element][7]
            marked.ranges[node] = (first_block, builder.end_block[element])
    return builder.result()


_MARKED = "marked"
"""Stands on the stack for the tag of a marked element, which ends like any block."""


class _Role(Enum):
    """What the walk does with a node."""

    READ = auto()
    SKIP = auto()
    BREAK = auto()
    BLOCK = auto()
    CELL = auto()
    LINK = auto()
    BOLD = auto()
    INLINE = auto()


_READ, _SKIP, _BREAK_LINE, _BLOCK, _IN_CELL, _LINK, _STRONG = list(_Role)[:-1]


def _role_of(tag: str | None, unread: frozenset[str]) -> _Role:
    if tag == "-text":
        return _Role.READ
    if tag is None or tag in unread:
        return _Role.SKIP
    if tag in BLOCK_TAGS:
        return _Role.CELL if tag in _CELLS else _Role.BLOCK
    if tag == "br":
        return _Role.BREAK
    if tag == "a":
        return _Role.LINK
    return _Role.BOLD if tag in _BOLD else _Role.INLINE


def _walk(root: LexborNode, builder: _Builder, unread: frozenset[str], marked: AbstractSet[int]) -> None:
    stack: list[tuple[LexborNode | None, int, bool, bool, str | None]] = []
    run = builder.run
    # to spell a tag out takes longer than to give the parser's number for it, and a page has few different ones
    roles: dict[int, tuple[_Role, str]] = {}
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
            if run:
                if closing in _CELLS:
                    _close_cell(builder, inner)
                else:
                    builder.flush(inner)
            builder.end_block[inner] = len(builder.texts)
        number = node.tag_id
        try:
            role, tag = roles[number]
        except KeyError:
            role, tag = roles[number] = _role_of(node.tag, unread), node.tag or ""
        if role is _READ:
            text = node.text_content
            if text and (run or not text.isspace()):
                run.append(text)
                if in_link:
                    builder.link_chars += len(text)
                if in_bold:
                    builder.bold_chars += len(text)
            node = node.next
            continue
        if role is _SKIP:
            node = node.next
            continue
        if role is _BREAK_LINE:
            run.append(_BREAK)
            node = node.next
            continue
        child = node.first_child
        if marked and node.mem_id in marked:
            if run:
                builder.flush(element)
            if child is not None:
                stack.append((node.next, element, in_link, in_bold, _MARKED))
                element = builder.open_element(tag, node, element)
                builder.marked[element] = node.mem_id
        elif role is _BLOCK or role is _IN_CELL:
            if run:
                if role is _IN_CELL:
                    run.append(_CELL)
                else:
                    builder.flush(element)
            if child is not None:
                stack.append((node.next, element, in_link, in_bold, tag))
                element = builder.open_element(tag, node, element)
        elif child is not None:
            stack.append((node.next, element, in_link, in_bold, None))
            if role is _LINK:
                in_link = True
                builder.links += 1
            elif role is _STRONG:
                in_bold = True
        node = child if child is not None else node.next


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
