"""Bound how many attributes an element has before its page is parsed.

An HTML parser compares every attribute with all those before it in its tag, so a tag of 100,000 attributes keeps it
busy for half a minute. No element of a page needs more than a few dozen; newsclean leaves out those beyond a bound.
What counts is their number, not their size: an attribute that holds a picture or a document stays as it is.
"""

from __future__ import annotations

import re

from newsclean.patterns import plain_pattern

MOST_ATTRIBUTES = 512
"""Attributes of one element at most."""
_LONG = 8_192
"""Bytes of a tag that is looked into: in fewer there is no room for attributes that take a parser noticeable time."""
_STRIDE, _SAMPLE = 32_768, 1_024
"""Bytes from one place where a page is tried for a long tag to the next, and those that are looked at there."""

GAP = rb"[\t\n\f\r /]*+"
ATTRIBUTE = (
    GAP + rb"[^\t\n\f\r />][^\t\n\f\r />=]*+"
    rb"(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\t\n\f\r \"'>][^\t\n\f\r >]*+)?+)?+"
)
COMMENT = rb"!--(?:-?>|(?s:.*?)(?:--!?>|\Z))"
"""What stands between attributes, an attribute, and a comment without its `<`, as an HTML parser reads them."""
_TAG = plain_pattern(
    rb"<(?:(?P<name>[A-Za-z][^\t\n\f\r />]*+)(?:%b){0,%d}+(?P<more>(?:%b)*+)|%b)"
    % (ATTRIBUTE, MOST_ATTRIBUTES, ATTRIBUTE, COMMENT)
)
"""A start tag without its end, or a comment."""
_TAG_OPENS = plain_pattern(rb"<[A-Za-z]")
_WITHIN = rb"(?:[^\"]{0,256}+\"|[^']{0,256}+'|)(?:%b){%d,}+%b\Z"
"""What could be all within one tag, wherever it begins: in a quoted value or between two attributes."""
_WITHIN_TAG = plain_pattern(_WITHIN % (ATTRIBUTE, 4, GAP))
_WITHIN_LONG_TAG = plain_pattern(_WITHIN % (ATTRIBUTE, 16, GAP))
RAW_ENDS = {
    name: plain_pattern(rb"</%b[\t\n\f\r />]" % name, re.IGNORECASE)
    for name in b"script style textarea title xmp iframe noembed noframes".split()
}
"""Elements in which nothing is a tag, and where they end."""


def cut_attributes(data: bytes) -> bytes:
    """Leave out the attributes of an element beyond MOST_ATTRIBUTES; any real page comes back as it is.

    data: HTML in UTF-8, or in another encoding that has ASCII as it is.
    """
    if not _may_hold_long_tag(data):
        return data
    pieces: list[bytes] = []
    copied = 0
    tag = _TAG.search(data)
    while tag is not None:
        end = tag.end()
        if tag["more"]:
            pieces.append(data[copied : tag.start("more")])
            copied = end
        raw_end = RAW_ENDS.get((tag["name"] or b"").lower())
        if raw_end is not None:
            closed = raw_end.search(data, end)
            end = closed.start() if closed is not None else len(data)
        tag = _TAG.search(data, end)
    pieces.append(data[copied:])
    return b"".join(pieces)


def _may_hold_long_tag(data: bytes) -> bool:
    """Whether it is worth while to go through a page tag by tag: a look at a few places, which takes no time."""
    size = len(data)
    at = 0
    while at + _LONG <= size:
        # from one end of a tag to the last one within reach: most are never visited
        last = data.rfind(b">", at, at + _LONG)
        if last >= 0:
            at = last + 1
            continue
        end = data.find(b">", at + _LONG)
        end = size if end < 0 else end
        if _opens_long_tag(data, at, end):
            return True
        at = end + 1
    # what looks like the ends of tags may stand in quoted values
    return any(
        data.find(b">", at, at + _SAMPLE) >= 0
        and _WITHIN_TAG.match(data, at, at + _SAMPLE) is not None
        and _WITHIN_LONG_TAG.match(data, at, at + _LONG) is not None
        for at in range(0, size - _SAMPLE, _STRIDE)
    )


def _opens_long_tag(data: bytes, start: int, end: int) -> bool:
    """Whether a tag with too many attributes opens between two places, of which the second ends it."""
    at = data.find(b"<", start, end)
    if at < 0:
        return False
    opening = _TAG_OPENS.search(data, at, end)
    if opening is None or end - opening.start() < _LONG:
        return False
    tag = _TAG.match(data, opening.start())
    return tag is not None and bool(tag["more"])
