"""Inline Markdown: words with every special character escaped, and around them the links and emphasis of the page.

Emphasis is written only where CommonMark will read it as such. Delimiters count by what stands beside them: a span that
ends in `”` before a letter is cut before the `”`, and one that cannot be told apart from its neighbours is left out.
Words and links never are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from newsclean.inline import Mark
from newsclean.writing.delimiters import mend, misplaced
from newsclean.writing.nesting import joined, pieces, tree_of, without_emphasis

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from newsclean.inline import Span
    from newsclean.writing.nesting import Piece

_ANYWHERE = regex.compile(r"[\\`*\[\]<~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w{1,32};)")
"""What means something inside a line. An underscore between letters or digits does not, and URLs keep theirs."""

_FENCES = regex.compile("`++")
_NOT_IN_ADDRESSES = regex.compile(r"[\x00-\x20\x7f-\xa0<>\"`{}|\\^\p{Z}\p{C}]")
_IN_ADDRESSES = regex.compile(r"[()]|&(?=#?\w{1,32};)")
_MOST_PASSES = 20
"""Passes in which delimiters find their places; after so many a line goes without emphasis."""


def escape(text: str) -> str:
    """Text as inline Markdown that says the same words."""
    return _ANYWHERE.sub(r"\\\g<0>", text)


def write_inline(text: str, spans: Sequence[Span] = ()) -> str:
    """Text with spans, on one line, as inline Markdown.

    spans: outer ones first; what reaches beyond the span around it is cut there.
    """
    if not spans:
        return escape(text)
    tree = tree_of(text, spans)
    for _ in range(_MOST_PASSES):
        tree = joined(tree)
        line = list(pieces(tree, 0, len(text)))
        if not (wrong := misplaced(text, line)):
            break
        mend(text, tree, wrong)
    else:
        tree = joined(without_emphasis(tree))
    return _written(text, pieces(tree, 0, len(text)))


def write_image(address: str, alt: str) -> str:
    """An image as inline Markdown."""
    return f"![{escape(alt)}]({_address(address)})"


def _written(text: str, line: Iterable[Piece]) -> str:
    out: list[str] = []
    code = False
    for piece in line:
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
