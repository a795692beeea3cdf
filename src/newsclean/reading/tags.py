"""Which of the signs that look like tags are tags that nest: those in scripts, comments and attributes are none.

A walk from tag to tag as a parser takes it, some ten times as long as the look by which most pages are let through.
Where it cannot be sure what the parser makes of a place, it takes tags for what they look like, which is only too
careful.
"""

from __future__ import annotations

from newsclean.patterns import plain_pattern
from newsclean.reading.attributes import ATTRIBUTE, COMMENT, GAP, RAW_ENDS

_TAG = plain_pattern(
    rb"<(?:(?P<end>/?)(?P<name>[A-Za-z][^\t\n\f\r />]*+)(?:%b)*+(?P<gap>%b)>?+|%b|(?P<data>!\[CDATA\[)|[!?/][^>]*+>?+)"
    % (ATTRIBUTE, GAP, COMMENT)
)
"""A tag, a comment, a stretch of data, or what a parser takes for a comment."""
_SHAPES = frozenset(
    b"svg g defs symbol path circle rect ellipse line polygon polyline use text tspan stop lineargradient"
    b" radialgradient clippath mask pattern marker filter image animate animatetransform set".split()
)
"""Elements of a drawing that neither end it nor hold HTML."""
_CAPTIONS = frozenset({b"title", b"desc"})
"""Elements of a drawing in which the rules of HTML hold, and which as a rule hold nothing but text."""
_HOLDERS = frozenset(b"foreignobject annotation-xml mi mo mn ms mtext".split())
"""Other elements of drawings and formulas in which the rules of HTML hold."""


class _Foreign:
    """Whether the parser is in a drawing or a formula, where scripts are no scripts and `<path />` holds nothing.

    svg, math: elements of the kind that may be open. surely: it is in a drawing. lost: it may be anywhere from here on.
    """

    def __init__(self) -> None:
        self.open = {b"svg": 0, b"math": 0}
        self.surely = False
        self.lost = False
        self._caption = b""

    @property
    def possible(self) -> bool:
        """Whether a script found here may be none."""
        return self.lost or any(self.open.values())

    def pass_tag(self, name: bytes, *, is_end: bool, is_closed: bool) -> None:
        """Note a tag, in small letters; is_closed: it ends with a slash."""
        caption, self._caption = self._caption, b""
        if caption:
            self.surely = is_end and name == caption
            self.lost = self.lost or not self.surely
        elif name in self.open:
            if not is_closed:
                self.open[name] = max(0, self.open[name] + (-1 if is_end else 1))
            self.surely = name == b"svg" and not is_end and not is_closed
        elif self.possible and not is_end and name in _CAPTIONS and not is_closed:
            self._caption, self.surely = name, False
        else:
            self.lost = self.lost or (self.possible and name in _HOLDERS | _CAPTIONS)
            self.surely = self.surely and name in _SHAPES
        self.surely = self.surely and not self.lost


def nesting_tags(data: bytes) -> list[int]:
    """List where the tags begin that open or close an element that can hold others, in order.

    data: HTML in UTF-8. Elements of a drawing that are closed in their own tag (`<path … />`) hold nothing.
    """
    found: list[int] = []
    foreign = _Foreign()
    tag = _TAG.search(data)
    while tag is not None:
        end = tag.end()
        if tag["name"]:
            name = tag["name"].lower()
            is_end, is_closed = bool(tag["end"]), tag["gap"].endswith(b"/")
            if not (foreign.surely and is_closed and not is_end and name in _SHAPES):
                found.append(tag.start())
            raw_end = None if is_end or foreign.possible else RAW_ENDS.get(name)
            foreign.pass_tag(name, is_end=is_end, is_closed=is_closed)
            if raw_end is not None:
                closed = raw_end.search(data, end)
                end = closed.start() if closed is not None else len(data)
        elif tag["data"] and foreign.possible:
            foreign.lost = True
        tag = _TAG.search(data, end)
    return found
