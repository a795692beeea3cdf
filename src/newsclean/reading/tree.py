"""HTML → tree, in a time that grows with the size of the page alone, whatever it holds."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from newsclean.reading.attributes import cut_attributes
from newsclean.reading.nesting import flatten_nesting


def parse(data: bytes) -> LexborHTMLParser:
    """Parse HTML in UTF-8, with bounds on what would keep the parser busy."""
    return LexborHTMLParser(flatten_nesting(cut_attributes(data)))
