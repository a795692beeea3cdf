"""HTML told from text that merely holds some leftover markup or talks about HTML."""

from __future__ import annotations

import regex

from newsclean.patterns import pattern

INVISIBLE = "\ufeff\u200b\u2060"
"""Byte order marks and signs of no width, of which some pages have a few before everything else."""

_FRONT = pattern(
    rf"(?:[\s{INVISIBLE}]++|<!--.*?-->|<\?.*?>|<(?:a|b|br|center|code|em|font|i|small|span|strong|u)(?:\s[^<>]*+|/)?>)"
    r"{1,1000}+",
    regex.IGNORECASE | regex.DOTALL,
)
"""What may stand before the first tag that tells: comments, declarations, and inline tags that no word follows."""
_MARKUP_FIRST = pattern(
    r"<(?:!doctype|html|head|body|base|meta|title|link|script|noscript|style|template|div|p|article|section|main|header"
    r"|nav|aside|footer|form|frameset|iframe|table|ul|ol|dl|h[1-6])\b",
    regex.IGNORECASE,
)
_STRUCTURE = pattern(
    r"</(?:p|div|html|body|head|article|section|main|header|footer|nav|table|tr|td|ul|ol|li|h[1-6]|script|style|a)\s*+>",
    regex.IGNORECASE,
)
_UNSEEN = pattern(r"<!--|<(script|style)\b[^<>]*+>", regex.IGNORECASE)
_UNSEEN_ENDS = {name: pattern(rf"</{name}\b", regex.IGNORECASE) for name in ("script", "style")}
_COMMENT_ENDS = pattern("-->")
_PAGE_OPENS = pattern(r"<(?:!doctype\s++html|html|head|body|title|meta)\b", regex.IGNORECASE)
_PAGE_ENDS = pattern(r"</(?:html|body)\s*+>\s*+\Z", regex.IGNORECASE)
_ENDING = 100
_IN_FRONT = 10_000
"""Characters within which a page begins behind what a server or a tool has put before it, such as warnings."""
_SNIFFED = 200_000
"""Characters looked at to tell HTML from text."""
_FEWEST_TAGS, _CHARACTERS_PER_TAG = 3, 1_500
"""A text with fewer structural end tags than one in so many characters is text with some markup left, not HTML."""


def is_html(text: str) -> bool:
    """Tell HTML from text that merely holds some leftover markup."""
    if "<" not in text:
        return False
    start = 0
    # some at a time: a pattern that repeats millions of times takes gigabytes
    while front := _FRONT.match(text, start):
        start = front.end()
    if begins_as_html(text, start):
        return True
    if text.startswith("<!--", start):
        # a comment without an end, which hides whatever page there is
        return _is_dense(text, _CHARACTERS_PER_TAG)
    head = text[:_SNIFFED]
    if _is_dense(head, len(head)):
        return True
    if not _PAGE_OPENS.search(text, start, start + _IN_FRONT):
        return False
    if _PAGE_ENDS.search(text, max(start, len(text) - _ENDING)):
        return True
    seen = _without_unseen(text, start)
    return _is_dense(seen, len(seen))


def begins_as_html(text: str, start: int) -> bool:
    """Whether a tag stands there with which only HTML begins."""
    return _MARKUP_FIRST.match(text, start) is not None


def _is_dense(text: str, size: int) -> bool:
    """Whether a text has as many structural end tags as HTML of a size has."""
    if text.count("</") < _FEWEST_TAGS:
        return False
    tags = sum(1 for _ in _STRUCTURE.finditer(text))
    return tags >= _FEWEST_TAGS and tags * _CHARACTERS_PER_TAG > size


def _without_unseen(text: str, start: int) -> str:
    """What a page shows at its beginning, tags and all, without what is in scripts, styles and comments."""
    pieces: list[str] = []
    size = 0
    while size < _SNIFFED:
        opening = _UNSEEN.search(text, start, start + _SNIFFED - size)
        if opening is None:
            break
        ends = _UNSEEN_ENDS[opening[1].lower()] if opening[1] else _COMMENT_ENDS
        closing = ends.search(text, opening.end())
        if closing is None:
            break
        pieces.append(text[start : opening.end()])
        size += len(pieces[-1])
        start = closing.start()
    pieces.append(text[start : start + _SNIFFED - size])
    return "".join(pieces)
