"""Where the delimiters of emphasis can stand: CommonMark reads them by what is on either side."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from newsclean.writing.nesting import Node, Piece


_ASCII_SYMBOLS = frozenset("$+<=>^`|~")
"""Symbols that are punctuation to every parser."""


def misplaced(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The delimiters that would not be read as such."""
    wrong: list[Piece] = []
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


def _sign_at(text: str, pieces: Sequence[Piece], at: int, end: int) -> str:
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


def _may_be_punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"


def mend(text: str, tree: list[Node], wrong: Iterable[Piece]) -> None:
    """Draw wrong delimiters inwards, past punctuation, or leave their span out where there is nothing left of it."""
    gone: set[Node] = set()
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


def _leave_out(nodes: list[Node], gone: AbstractSet[Node]) -> None:
    for node in nodes:
        _leave_out(node.inside, gone)
    nodes[:] = [kept for node in nodes for kept in (node.inside if node in gone else [node])]
