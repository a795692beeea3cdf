"""Spans → a tree of what stands inside what, as Markdown can write it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsclean.inline import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from newsclean.inline import Span

DELIMITERS = {Mark.STRIKE: "~~", Mark.STRONG: "**", Mark.EMPHASIS: "*"}
_RANKS = {mark: rank for rank, mark in enumerate(Mark)}
"""Of spans over the same words the first mark is the outer one: delimiters stand best inside a link's brackets."""


@dataclass(slots=True, eq=False)
class Node:
    """A span as it is going to be written, with what stands inside it."""

    start: int
    end: int
    mark: Mark
    address: str
    inside: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text (`node` is None), or where a node begins or ends."""

    start: int
    end: int
    node: Node | None = None
    opens: bool = False

    @property
    def delimiter(self) -> str:
        """What is written there, if it is emphasis."""
        return DELIMITERS.get(self.node.mark, "") if self.node is not None else ""


def tree_of(text: str, spans: Sequence[Span]) -> list[Node]:
    """The spans by what stands inside what: none inside another of its kind, none beyond the one around it."""
    ordered = sorted(
        (node for span in spans if (node := _trimmed(text, span)) is not None),
        key=lambda node: (node.start, -node.end, _RANKS[node.mark]),
    )
    roots: list[Node] = []
    around: list[Node] = []
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


def _trimmed(text: str, span: Span) -> Node | None:
    """The span without white space at its ends, which would make its delimiters words."""
    start, end = max(span.start, 0), min(span.end, len(text))
    said = text[start:end]
    start, end = start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())
    return Node(start, end, span.mark, span.address) if start < end else None


def _code_told_apart(nodes: Iterable[Node]) -> list[Node]:
    """The nodes with nothing inside code, where all is literal; code around a link gives way to it."""
    told: list[Node] = []
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


def joined(nodes: Iterable[Node]) -> list[Node]:
    """The nodes with those made one that touch and say the same: `**a****b**` is no emphasis."""
    met: list[Node] = []
    for node in nodes:
        last = met[-1] if met else None
        if last is not None and (last.end, last.mark, last.address) == (node.start, node.mark, node.address):
            last.end = node.end
            last.inside += node.inside
        else:
            met.append(node)
    for node in met:
        node.inside = joined(node.inside)
    return met


def _all(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _all(node.inside)


def without_emphasis(nodes: Iterable[Node]) -> list[Node]:
    """The links and the code alone."""
    kept: list[Node] = []
    for node in nodes:
        node.inside = without_emphasis(node.inside)
        kept.extend(node.inside if node.mark in DELIMITERS else [node])
    return kept


def pieces(nodes: Iterable[Node], start: int, end: int) -> Iterator[Piece]:
    """What is written one after another, from a start to an end."""
    for node in nodes:
        if start < node.start:
            yield Piece(start, node.start)
        yield Piece(node.start, node.start, node, opens=True)
        yield from pieces(node.inside, node.start, node.end)
        yield Piece(node.end, node.end, node)
        start = node.end
    if start < end:
        yield Piece(start, end)
