"""Text that is safe to show: nothing in it can move a cursor, colour a terminal or turn a line around."""

from __future__ import annotations

from newsclean.marks import CONTROLS, REORDERING, without_halves
from newsclean.patterns import pattern

_UNSAFE = pattern(rf"(?![\t\n])[{CONTROLS}{REORDERING}]")
_LINE_ENDS = pattern(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSAFE_IN_JSON = pattern(rf"[\x7f-\x9f\u2028\u2029{REORDERING}]")


def printable(text: str) -> str:
    """The text without control characters; its lines and tabs stay.

    Half a surrogate pair, which no encoding can hold, becomes U+FFFD.
    """
    if text.replace("\n", "").isprintable():
        return text
    return without_halves(_UNSAFE.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """The printable text on a single line, white space folded."""
    return " ".join(printable(text).split())


def escaped_in_json(document: str) -> str:
    r"""A JSON document with the unsafe characters of its strings written as `\uXXXX`, so that nothing is lost.

    JSON itself escapes C0; the others may only stand inside strings, where an escape means the same. U+0085, U+2028
    and U+2029 are among them, so that readers who split at every Unicode line end still see one line per article.
    """
    if document.replace("\n", "").isprintable():  # nothing unsafe is, nor half a pair; most documents end here
        return document
    document = _UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", document)
    return without_halves(document)
