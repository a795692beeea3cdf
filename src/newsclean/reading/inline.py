"""Links, emphasis and images of a page: a second reading, for those who ask for them.

Signs that no text has are set into the tree where they begin and end, and the page is read once more by the same walk.
The blocks stay those of the first reading: where a sign stands among the letters tells where it stands in them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING

import regex

from newsclean.inline import Image, Mark, Span
from newsclean.marks import legible
from newsclean.patterns import pattern
from newsclean.reading.addresses import FOLLOWED, WEB, absolute, base_of
from newsclean.reading.html import read_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from newsclean.model import Block, Layout
    from newsclean.options import Options

_EMPHASIS = {
    **dict.fromkeys(("strong", "b"), Mark.STRONG),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), Mark.EMPHASIS),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Mark.CODE),
    **dict.fromkeys(("s", "del", "strike"), Mark.STRIKE),
}
_PLAIN_STYLE = pattern(r"font-(?:weight|style)\s*+:\s*+(?:normal|[1-5]00)\b", regex.IGNORECASE)
"""Editors wrap whole texts in `<b style="font-weight:normal">`."""

_SIGNS = (range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))
"""The private use planes: no text has them, and a page that does keeps its own."""
_SIGN = pattern("[\U000f0000-\U000ffffd\U00100000-\U0010fffd]")

_LAZY_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-srcset", "data-lazy-srcset")
_SOURCES = (*_LAZY_SOURCES, "src", "srcset")
"""Where an image's address stands: what a script would put into `src` goes before what stands there till then."""
_SMALLEST = 32
"""Pixels of an edge, up to which an image is an icon or counts visits."""


@dataclass(frozen=True, slots=True)
class _Signed:
    """What was set into a tree: signs with the spans they open or the images they stand for, and signs that close."""

    opened: Mapping[str, tuple[str, Mark, str]]
    images: Mapping[str, tuple[str, str]]


def read_inline(
    tree: LexborHTMLParser,
    blocks: Sequence[Block],
    url: str | None,
    options: Options,
    *,
    scripting: bool = True,
) -> tuple[Mapping[int, tuple[Span, ...]], tuple[Image, ...]]:
    """Find what the options ask for: the spans of blocks by block index, outer ones first, and the page's images.

    tree: that the blocks were read from; it is changed, and no good for anything else afterwards. url: of the page.
    scripting: as in that reading.
    """
    signed = _set_signs(tree, base_of(tree, url), options)
    again, layout = read_html(tree, scripting=scripting)
    placed = _Placed(blocks, again, {*chain.from_iterable((s, o[0]) for s, o in signed.opened.items()), *signed.images})
    if not placed.fits:
        return {}, ()
    spans: dict[int, list[Span]] = {}
    for sign, (closing, mark, address) in signed.opened.items():
        if sign in placed.at and closing in placed.at:
            for block, start, end in placed.stretches(placed.at[sign], placed.at[closing]):
                spans.setdefault(block, []).append(Span(start, end, mark, address))
    images = [
        Image(address, alt, placed.block_at(placed.at[sign]), placed.around(sign, layout))
        for sign, (address, alt) in signed.images.items()
        if sign in placed.at
    ]
    return {block: tuple(found) for block, found in spans.items()}, tuple(images)


def _set_signs(tree: LexborHTMLParser, base: str, options: Options) -> _Signed:
    root = tree.body or tree.root
    used = set(_SIGN.findall(root.text())) if root is not None else set()
    free = (sign for sign in map(chr, chain(*_SIGNS)) if sign not in used)
    wanted = [*(["a[href]"] if options.links else []), *(_EMPHASIS if options.emphasis else [])]
    opened: dict[str, tuple[str, Mark, str]] = {}
    images: dict[str, tuple[str, str]] = {}
    for node in tree.css(",".join([*wanted, *(["img"] if options.images else [])])):
        tag, first = node.tag or "", node.first_child
        if tag == "img":
            source = _image_address(node, base)
            standing = next(free, None) if source else None
            if standing is not None:
                node.insert_before(standing)
                images[standing] = (source, legible(node.attributes.get("alt") or ""))
            continue
        mark = Mark.LINK if tag == "a" else _EMPHASIS[tag]
        address = absolute(node.attributes.get("href") or "", base, FOLLOWED) if mark is Mark.LINK else ""
        if first is None or (mark is Mark.LINK and not address) or _is_plain(node):
            continue
        sign, closing = next(free, None), next(free, None)
        if sign is None or closing is None:
            break
        first.insert_before(sign)
        node.insert_child(closing)
        opened[sign] = (closing, mark, address)
    return _Signed(opened, images)


def _is_plain(node: LexborNode) -> bool:
    style = node.attributes.get("style")
    return node.tag != "a" and style is not None and _PLAIN_STYLE.search(style) is not None


def _image_address(node: LexborNode, base: str) -> str:
    """Where an image lies; empty for icons, for what counts visits, and where nothing says."""
    attributes = node.attributes
    sizes = (attributes.get("width") or "", attributes.get("height") or "")
    if any(size.isdecimal() and int(size) <= _SMALLEST for size in sizes):
        return ""
    for name in _SOURCES:
        value = attributes.get(name) or ""
        if name.endswith("srcset"):
            value = _largest(value)
        if address := absolute(value, base, WEB):
            return address
    return ""


def _largest(srcset: str) -> str:
    """The candidate of the widest or densest image, the first of equals."""
    best, most = "", -1.0
    for candidate in regex.split(r"\s*+,\s++|,\s*+$", srcset.strip()):
        address, _, size = candidate.strip().partition(" ")
        try:
            number = float(size.strip()[:-1] or 1)
        except ValueError:
            number = 1.0
        if address and number > most:
            best, most = address, number
    return best


class _Placed:
    """Where signs stand, counted in letters: white space and bars between cells may differ, nothing else can."""

    def __init__(self, blocks: Sequence[Block], again: Sequence[Block], signs: set[str]) -> None:
        self._blocks = blocks
        first = [_letters(block.text) for block in blocks]
        self._starts = list(accumulate(map(len, first), initial=0))
        self._offsets: dict[int, list[int]] = {}
        self.at: dict[str, int] = {}
        self._again_of: dict[str, int] = {}
        second: list[str] = []
        size = 0
        self._again_starts = [0]
        for block in again:
            letters = _letters(block.text)
            taken = 0
            for found in _SIGN.finditer(letters):
                if found[0] in signs:
                    second.append(letters[taken : found.start()])
                    size += found.start() - taken
                    taken = found.end()
                    self.at[found[0]] = size
                    self._again_of[found[0]] = block.index
            second.append(letters[taken:])
            size += len(letters) - taken
            self._again_starts.append(size)
        self.fits = "".join(first) == "".join(second)

    def block_at(self, place: int) -> int:
        """The block that a place stands in or before."""
        block = bisect_right(self._starts, place) - 1
        return min(block, len(self._blocks)) if place < self._starts[-1] else len(self._blocks)

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The blocks between two places, each with the characters of its text from the first letter to the last."""
        block = self.block_at(start)
        while start < end and block < len(self._blocks):
            low, high = self._starts[block], self._starts[block + 1]
            here = min(end, high)
            if here > start:
                offsets = self._offsets_of(block)
                yield block, offsets[start - low], offsets[here - 1 - low] + 1
            start, block = max(start, high), block + 1

    def around(self, sign: str, layout: Layout) -> tuple[int, int]:
        """The blocks of the smallest element that holds a sign and letters, the first and the one after the last."""
        element = layout.block_element[self._again_of[sign]]
        starts = self._again_starts
        while element > 0 and starts[layout.first_block[element]] == starts[layout.end_block[element]]:
            element = layout.parents[element]
        low, high = starts[layout.first_block[element]], starts[layout.end_block[element]]
        return self.block_at(low), bisect_left(self._starts, high)

    def _offsets_of(self, block: int) -> list[int]:
        if block not in self._offsets:
            text = self._blocks[block].text
            self._offsets[block] = [at for at, sign in enumerate(text) if not (sign.isspace() or sign == "|")]
        return self._offsets[block]


def _letters(text: str) -> str:
    return "".join(text.split()).replace("|", "")
