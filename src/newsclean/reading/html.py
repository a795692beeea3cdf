"""HTML → blocks: one walk over the tree with an explicit stack, so that no page is too deep for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from newsclean.reading.gather import BREAK, CELL, CELLS, LONG_CELL, SEAM, Builder

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from newsclean.model import Block, Layout

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

_STYLED = frozenset({"a", "span", "time", "small", "label", "cite"})
_VERBATIM = frozenset({"pre", "code", "kbd", "samp", "var"})
_BOLD = frozenset({"b", "strong"})


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
    builder = Builder()
    root = tree.body or tree.root
    if root is not None:
        nodes = marked.nodes if marked is not None else frozenset()
        _walk(root, builder, UNREAD_TAGS if scripting else UNREAD_TAGS - {"noscript"}, nodes)
    builder.end_block[0] = len(builder.texts)
    if marked is not None:
        for element, node in builder.marked.items():
            marked.ranges[node] = (builder.first_block[element], builder.end_block[element])
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
        return _Role.CELL if tag in CELLS else _Role.BLOCK
    if tag == "br":
        return _Role.BREAK
    if tag == "a":
        return _Role.LINK
    return _Role.BOLD if tag in _BOLD else _Role.INLINE


def _walk(root: LexborNode, builder: Builder, unread: frozenset[str], marked: AbstractSet[int]) -> None:
    stack: list[tuple[LexborNode | None, int, bool, bool, str | None]] = []
    run, texts = builder.run, builder.texts
    tags, parents, classes = builder.tags, builder.parents, builder.classes
    first_block, end_block = builder.first_block, builder.end_block
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
                if closing in CELLS:
                    _close_cell(builder, inner)
                else:
                    builder.flush(inner)
            end_block[inner] = len(texts)
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
            run.append(BREAK)
            node = node.next
            continue
        child = node.first_child
        is_marked = marked and node.mem_id in marked
        if role is _BLOCK or role is _IN_CELL or is_marked:
            if run:
                if role is _IN_CELL and not is_marked:
                    run.append(CELL)
                else:
                    builder.flush(element)
            if child is not None:
                # in place: to call for each of them takes as long as all the rest that is done for it
                stack.append((node.next, element, in_link, in_bold, _MARKED if is_marked else tag))
                parents.append(element)
                element = len(tags)
                tags.append(tag)
                attributes = node.attributes
                name = attributes.get("class") or ""
                classes.append(name)
                if len(attributes) > (name != ""):
                    builder.note(element, attributes)
                first_block.append(len(texts))
                end_block.append(0)
                if is_marked:
                    builder.marked[element] = node.mem_id
        elif child is not None:
            if run and run[-1][-1:].isalnum() and _is_apart(node, tag):
                run.append(SEAM)
            stack.append((node.next, element, in_link, in_bold, None))
            if role is _LINK:
                in_link = True
                builder.links += 1
            elif role is _STRONG:
                in_bold = True
        node = child if child is not None else node.next


def _is_apart(node: LexborNode, tag: str) -> bool:
    """Whether an inline element stands right behind another one, which pages part by style without white space."""
    if tag not in _STYLED:
        return False
    before, around = node.prev, node.parent
    return before is not None and before.tag in _STYLED and (around is None or around.tag not in _VERBATIM)


def _close_cell(builder: Builder, cell: int) -> None:
    """End a table cell: one that holds a column of the page is flushed, a figure waits for the rest of its row."""
    run = builder.run
    if not run:
        return
    size = 0
    for piece in reversed(run):
        if piece is CELL or piece == CELL:
            break
        size += len(piece)
    if size > LONG_CELL:
        builder.flush(cell)
