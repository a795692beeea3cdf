"""Inline Markdown: words with every special character escaped, and around them the links and emphasis of the page.

Emphasis is written only where CommonMark will read it as such. Delimiters count by what stands beside them: a span that
ends in `”` before a letter is cut before the `”`, and one that cannot be told apart from its neighbours is left out.
Words and links never are.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from newsclean.inline import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from newsclean.inline import Span

_ANYWHERE = regex.compile(r"[\\`*\[\]<~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w{1,32};)")
"""What means something inside a line. An underscore between letters or digits does not, and URLs keep theirs."""

_DELIMITERS = {Mark.STRIKE: "~~", Mark.STRONG: "**", Mark.EMPHASIS: "*"}
_RANKS = {mark: rank for rank, mark in enumerate(Mark)}
"""Of spans over the same words the first mark is the outer one: delimiters stand best inside a link's brackets."""

_FENCES = regex.compile("`++")
_NOT_IN_ADDRESSES = regex.compile(r"[\x00-\x20\x7f-\xa0<>\"`{}|\\^\p{Z}\p{C}]")
_IN_ADDRESSES = regex.compile(r"[()]|&(?=#?\w{1,32};)")
_MOST_PASSES = 20
"""Passes in which delimiters find their places; after so many a line goes without emphasis."""


@dataclass(slots=True, eq=False)
class _Node:
    """A span as it is going to be written, with what stands inside it."""

    start: int
    end: int
    mark: Mark
    address: str
    inside: list[_Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text (`node` is None), or where a node begins or ends."""

    start: int
    end: int
    node: _Node | None = None
    opens: bool = False

    @property
    def delimiter(self) -> str:
        return _DELIMITERS.get(self.node.mark, "") if self.node is not None else ""


def escape(text: str) -> str:
    """Text as inline Markdown that says the same words."""
    return _ANYWHERE.sub(r"\\\g<0>", text)


def write_inline(text: str, spans: Sequence[Span] = ()) -> str:
    """Text with spans, on one line, as inline Markdown.

    spans: outer ones first; what reaches beyond the span around it is cut there.
    """
    if not spans:
        return escape(text)
    tree = _tree(text, spans)
    for _ in range(_MOST_PASSES):
        tree = _joined(tree)
        pieces = list(_pieces(tree, 0, len(text)))
        if not (wrong := _wrong(text, pieces)):
            break
        _mend(text, tree, wrong)
    else:
        tree = _joined(_without_emphasis(tree))
    return _written(text, _pieces(tree, 0, len(text)))


def write_image(address: str, alt: str) -> str:
    """An image as inline Markdown."""
    return f"![{escape(alt)}]({_address(address)})"


def _tree(text: str, spans: Sequence[Span]) -> list[_Node]:
    ordered = sorted(
        (node for span in spans if (node := _trimmed(text, span)) is not None),
        key=lambda node: (node.start, -node.end, _RANKS[node.mark]),
    )
    roots: list[_Node] = []
    around: list[_Node] = []
    for node in ordered:
        while around and around[-1].end <= node.start:
            around.pop()
        if around:
            node.end = min(node.end, around[-1].end)
        if any(outer.mark is node.mark for outer in around):
            continue
        (around[-1].inside if around else roots).append(node)
        around.append(node)
    return _code_told_apart(roots)


def _trimmed(text: str, span: Span) -> _Node | None:
    """The span without white space at its ends, which would make its delimiters words."""
    start, end = max(span.start, 0), min(span.end, len(text))
    said = text[start:end]
    start, end = start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())
    return _Node(start, end, span.mark, span.address) if start < end else None


def _code_told_apart(nodes: Iterable[_Node]) -> list[_Node]:
    """The nodes with nothing inside code, where all is literal; code around a link gives way to it."""
    told: list[_Node] = []
    for node in nodes:
        node.inside = _code_told_apart(node.inside)
        if node.mark is not Mark.CODE:
            told.append(node)
        elif any(inner.mark is Mark.LINK for inner in _all(node.inside)):
            told.extend(node.inside)
        else:
            node.inside = []
            told.append(node)
    return told


def _joined(nodes: Iterable[_Node]) -> list[_Node]:
    """The nodes with those made one that touch and say the same: `**a****b**` is no emphasis."""
    joined: list[_Node] = []
    for node in nodes:
        last = joined[-1] if joined else None
        if last is not None and (last.end, last.mark, last.address) == (node.start, node.mark, node.address):
            last.end = node.end
            last.inside += node.inside
        else:
            joined.append(node)
    for node in joined:
        node.inside = _joined(node.inside)
    return joined


def _all(nodes: Iterable[_Node]) -> Iterator[_Node]:
    for node in nodes:
        yield node
        yield from _all(node.inside)


def _without_emphasis(nodes: Iterable[_Node]) -> list[_Node]:
    kept: list[_Node] = []
    for node in nodes:
        node.inside = _without_emphasis(node.inside)
        kept.extend(node.inside if node.mark in _DELIMITERS else [node])
    return kept


def _pieces(nodes: Iterable[_Node], start: int, end: int) -> Iterator[_Piece]:
    """What is written one after another, from a start to an end."""
    for node in nodes:
        if start < node.start:
            yield _Piece(start, node.start)
        yield _Piece(node.start, node.start, node, opens=True)
        yield from _pieces(node.inside, node.start, node.end)
        yield _Piece(node.end, node.end, node)
        start = node.end
    if start < end:
        yield _Piece(start, end)


def _wrong(text: str, pieces: Sequence[_Piece]) -> list[_Piece]:
    """The delimiters that would not be read as such."""
    wrong: list[_Piece] = []
    at = 0
    while at < len(pieces):
        sign = pieces[at].delimiter[:1]
        if not sign:
            at += 1
            continue
        first = at
        while at < len(pieces) and pieces[at].delimiter[:1] == sign:
            at += 1
        run = pieces[first:at]
        opening = [piece for piece in run if piece.opens]
        before = _sign_at(text, pieces, first - 1, -1)
        after = _sign_at(text, pieces, at, 0)
        if len(opening) < len(run):
            wrong += opening  # an end and a beginning in one run of delimiters cannot be told apart
            if not _is_flanking(after, before):
                wrong += [piece for piece in run if not piece.opens]
        elif not _is_flanking(before, after):
            wrong += opening
    return wrong


def _sign_at(text: str, pieces: Sequence[_Piece], at: int, end: int) -> str:
    """The first or last character of what is written for a piece; a space where there is none."""
    if not 0 <= at < len(pieces):
        return " "
    piece = pieces[at]
    if piece.node is None:
        return text[piece.start if end == 0 else piece.end - 1]
    return piece.delimiter[:1] or "["


def _is_flanking(outside: str, inside: str) -> bool:
    """Whether a run of delimiters between two characters can open (or close) towards the inside one.

    Symbols count as punctuation for some parsers and not for others; both must agree.
    """
    if inside.isspace():
        return False
    if not _may_be_punctuation(inside):
        return True
    return outside.isspace() or unicodedata.category(outside)[0] == "P" or outside in _ASCII_SYMBOLS


_ASCII_SYMBOLS = frozenset("$+<=>^`|~")


def _may_be_punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"


def _mend(text: str, tree: list[_Node], wrong: Iterable[_Piece]) -> None:
    """Draw wrong delimiters inwards, past punctuation, or leave their span out where there is nothing left of it."""
    gone: set[_Node] = set()
    for piece in wrong:
        node = piece.node
        if node is None or node in gone:
            continue
        room = (
            node.start < (node.inside[0].start if node.inside else node.end)
            if piece.opens
            else (node.inside[-1].end if node.inside else node.start) < node.end
        )
        sign = text[node.start if piece.opens else node.end - 1]
        if not room or not _may_be_punctuation(sign):
            gone.add(node)
            continue
        said = text[node.start : node.end]
        if piece.opens:
            node.start += len(said) - len(said[1:].lstrip())
        else:
            node.end -= len(said) - len(said[:-1].rstrip())
        if node.start >= node.end:
            gone.add(node)
    if gone:
        _leave_out(tree, gone)


def _leave_out(nodes: list[_Node], gone: AbstractSet[_Node]) -> None:
    for node in nodes:
        _leave_out(node.inside, gone)
    nodes[:] = [kept for node in nodes for kept in (node.inside if node in gone else [node])]


def _written(text: str, pieces: Iterable[_Piece]) -> str:
    out: list[str] = []
    code = False
    for piece in pieces:
        node = piece.node
        if node is None:
            said = text[piece.start : piece.end]
            out.append(_code(said) if code else escape(said))
        elif node.mark is Mark.CODE:
            code = piece.opens
        elif node.mark is not Mark.LINK:
            out.append(piece.delimiter)
        elif not piece.opens:
            out.append(f"]({_address(node.address)})")
        else:
            if out and out[-1].endswith("!"):
                out[-1] = out[-1][:-1] + "\\!"  # or the link would be an image
            out.append("[")
    return "".join(out)


def _code(text: str) -> str:
    runs = {len(found[0]) for found in _FENCES.finditer(text)}
    fence = "`" * next(size for size in range(1, len(runs) + 2) if size not in runs)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _address(address: str) -> str:
    """An address that ends where it ends: what no address may hold is written in percent, brackets are escaped."""
    encoded = _NOT_IN_ADDRESSES.sub(_percent, address)
    return _IN_ADDRESSES.sub(r"\\\g<0>", encoded)


def _percent(found: regex.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))
