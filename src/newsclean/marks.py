"""The marks that flattened text spells and HTML draws, and the signs that neither shows."""

from __future__ import annotations

from newsclean.patterns import pattern

_LIST_MARK = pattern(r"(?:[-*+•·‣▪◦●○■□▸►▶➤»✓✔]|\\-)\s++(?=\S)")
"""The mark before a list item; a dash is none, as it opens direct speech in half of Europe."""

CLOSERS = "\"'”’»)]）」』*_"
"""What may stand behind the mark that ends a sentence."""

CONTROLS = r"\x00-\x1f\x7f-\x9f"
"""C0, DEL and C1, for a character class."""
REORDERING = r"\u202a-\u202e\u2066-\u2069"
"""The bidirectional embeddings, overrides and isolates (UAX #9, table 4), for a character class.

The marks U+200E, U+200F and U+061C are none: right-to-left news needs them, and they reorder nothing but neighbours.
"""
_UNSPACED = (
    r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tai_Tham}\p{New_Tai_Lue}\p{Tai_Le}\p{Tai_Viet}\p{Javanese}\p{Balinese}"
)
_ILLEGIBLE = pattern(rf"[{CONTROLS}{REORDERING}\u00ad\ufeff\u2060]++|(?<![{_UNSPACED}\u200b])\u200b++(?![{_UNSPACED}])")
"""Also soft hyphens, byte order marks and word joiners: nobody reads them; and spaces of no width, but in scripts that
write no others between words."""
_HALVES = pattern(r"[\ud800-\udfff]")


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
    return " ".join(without_halves(_ILLEGIBLE.sub("", folded)).split())


def without_halves(text: str) -> str:
    """The text with U+FFFD for half a surrogate pair, which no encoding can hold."""
    return _HALVES.sub("\ufffd", text)


def without_list_mark(text: str) -> str:
    """The text of a list item without the mark it begins with, if there is one: `- milk` is `milk`."""
    if text[:1].isalnum():
        return text
    mark = _LIST_MARK.match(text)
    return text[mark.end() :] if mark else text


def has_list_mark(text: str) -> bool:
    """Whether a line begins as an item of a list."""
    return _LIST_MARK.match(text) is not None
