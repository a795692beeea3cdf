"""The marks that flattened text spells and HTML draws, and the signs that neither shows."""

from __future__ import annotations

import regex

_LIST_MARK = regex.compile(r"(?:[-*+•·‣▪◦●○■□▸►▶➤»✓✔]|\\-)\s++(?=\S)")
"""The mark before a list item; a dash is none, as it opens direct speech in half of Europe."""


_ILLEGIBLE = regex.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\ufeff\u202a-\u202e\u2066-\u2069]++")
"""Control characters, soft hyphens, byte order marks, and bidirectional embeddings and overrides: nobody reads them."""
_LONE = regex.compile(r"[\ud800-\udfff]")


def legible(text: str) -> str:
    """The text with its white space folded to single spaces and without signs that nobody reads.

    Half a surrogate pair, which no encoding can hold, becomes U+FFFD.
    """
    folded = text.strip()
    # no white space but the space is printable, so most blocks need no more than a look
    if folded.isprintable() and "  " not in folded:
        return folded
    folded = " ".join(folded.split())
    if folded.isprintable():
        return folded
    return " ".join(_LONE.sub("\ufffd", _ILLEGIBLE.sub("", folded)).split())


def without_list_mark(text: str) -> str:
    """The text of a list item without the mark it begins with, if there is one: `- milk` is `milk`."""
    mark = _LIST_MARK.match(text)
    return text[mark.end() :] if mark else text


def has_list_mark(text: str) -> bool:
    """Whether a line begins as an item of a list."""
    return _LIST_MARK.match(text) is not None
