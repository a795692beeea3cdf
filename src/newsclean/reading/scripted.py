"""Pages whose story only a script would show: the body that they declare in JSON-LD stands in for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from newsclean.patterns import pattern
from newsclean.reading.html import read_html
from newsclean.reading.text import read_text
from newsclean.reading.tree import parse

if TYPE_CHECKING:
    from newsclean.model import Block

_NOT_WORD = pattern(r"[\W_]++")
_PARAGRAPHS = pattern(r"<(?:p|br|div|h[1-6])\b", regex.IGNORECASE)
_SHOWN_SHARE = 0.5
"""A page whose visible text is longer than this share of the declared body shows a story of its own."""
_PROBE = 60


def declared_body(body: str | None, blocks: tuple[Block, ...]) -> tuple[Block, ...] | None:
    """The blocks of a page that declares a body which it does not show, or None when it shows one.

    body: the articleBody declared. blocks: what the page shows; they follow the declared body in the result.
    """
    if body is None or not body.strip() or sum(len(block.text) for block in blocks) > _SHOWN_SHARE * len(body):
        return None
    flat = _NOT_WORD.sub("", body.lower())
    shown = _NOT_WORD.sub("", " ".join(block.text for block in blocks).lower())
    if flat[:_PROBE] in shown:
        return None
    story = read_html(parse(body.encode("utf-8", "replace")))[0] if _PARAGRAPHS.search(body) else read_text(body)
    whole = [replace(block, start=-1, end=-1) for block in story] + list(blocks)
    return tuple(replace(block, index=place) for place, block in enumerate(whole))
