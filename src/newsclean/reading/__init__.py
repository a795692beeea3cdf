"""Source → Page: bytes to text, HTML or flattened text to blocks, and what the page declares about itself."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

from newsclean.errors import UnreadableSource
from newsclean.model import Block, Page

if TYPE_CHECKING:
    from bs4 import Tag

    from newsclean.options import Options


def read(source: str | bytes | os.PathLike[str] | Tag, *, url: str | None, options: Options) -> Page:
    """Read a source into a Page (stand-in: text only, a block a line)."""
    if isinstance(source, os.PathLike):
        with open(source, "rb") as file:
            source = file.read()
    if isinstance(source, bytes):
        source = (gzip.decompress(source) if source[:2] == b"\x1f\x8b" else source).decode("utf-8", "replace")
    text = str(source)
    if not text.strip():
        raise UnreadableSource("empty: there is no text to clean")
    lines = [line for line in text.split("\n") if line.strip()]
    return Page(tuple(Block(i, " ".join(line.split())) for i, line in enumerate(lines)), url=url)
