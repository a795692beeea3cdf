"""Why a block was dropped: read from what it says, where it stands and how its neighbours look.

A reason explains a drop and never causes one; the words that tell reasons apart stand in `cues.toml`.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from newsclean.judging.cues.lookup import Strength
from newsclean.judging.cues.said import read_said
from newsclean.judging.runs import Line, Shape, settle, shape_of
from newsclean.judging.surroundings import Around, Surroundings
from newsclean.model import Kind, Reason
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from newsclean.judging.cues.lookup import Said
    from newsclean.model import Block, Page

_LEAST_COPY = 40
"""Characters from which a block that says what a kept one says is its copy; a short label says what it says."""

_LONGEST_OFFER = 160
"""Characters up to which a price or an area makes a block an offer; a longer one tells of prices."""

_OFFER = pattern(
    r"\d\s?(?:m²|m2|m<sup>2|sqm|sq\.? ?ft|qm|㎡|平米|坪|kk\b|km\b|€|Kč|zł|₽|₴|₺|лв|kr\b|Ft\b|lei\b|EUR\b|USD\b|CHF\b|"
    r"PLN\b|руб|円|원|元)"
    r"|[€$£¥₹₩฿]\s?\d|\b(?:EUR|USD|GBP|CHF|Rs\.?)\s?\d|,-(?:\s|$)"
)
_HAS_DIGIT = pattern(r"\d")

_CONTAINED = frozenset({
    Reason.COMMENT, Reason.RELATED, Reason.COOKIE, Reason.NEWSLETTER, Reason.PAYWALL, Reason.LISTING, Reason.AUTHOR_BIO
})  # fmt: skip
"""Reasons of elements whose content may talk about anything."""

_NOWHERE = Around(None, None, False)

# a member of an enumeration is slow to look up in it
_OPENING, _WHOLE, _LABEL, _PICTURED = Strength.OPENING, Strength.WHOLE, Shape.LABEL, Kind.CAPTION
_CAPTION, _DUPLICATE, _HIDDEN, _LISTING = Reason.CAPTION, Reason.DUPLICATE, Reason.HIDDEN, Reason.LISTING
_NAVIGATION, _RELATED, _NOT_THE_STORY = Reason.NAVIGATION, Reason.RELATED, Reason.NOT_THE_STORY


def find_reasons(
    page: Page, kept: Sequence[bool], known: Mapping[int, Reason], said: Sequence[Said | None] | None = None
) -> dict[int, Reason]:
    """Give every dropped block its Reason; those in `known` have one already.

    kept: for every block of the page whether it is part of the story.
    said: what `read_said` found in every block, where it was asked already.
    """
    blocks = [block for block in page.blocks if not kept[block.index]]
    if said is None:
        said = read_said([block.text for block in page.blocks])
    words_said = [said[block.index] for block in blocks]
    kept_texts = {block.text for block in page.blocks if kept[block.index]}
    surroundings: Iterable[tuple[Around, bool | None]] = repeat((_NOWHERE, None), len(blocks))
    if page.layout is not None:
        surroundings = Surroundings(page.layout, kept).of(blocks)
    lines: list[Line] = []
    for block, words, (around, is_link) in zip(blocks, words_said, surroundings, strict=True):
        shape = shape_of(block)
        reason = known.get(block.index)
        if reason is None:
            reason = _own_reason(block, words, around, kept_texts, shape if is_link else None)
        strength = words.strength if words is not None and words.reason is reason else None
        lines.append(Line(block, shape, reason, strength, is_link))
    settle(lines)
    return {line.block.index: line.reason or _NOT_THE_STORY for line in lines}


def _own_reason(
    block: Block, said: Said | None, around: Around, kept_texts: set[str], link: Shape | None
) -> Reason | None:
    """The reason that speaks from a block and the elements around it, most telling evidence first.

    link: of a block that is nearly all link, what it looks like.
    """
    text = block.text
    if len(text) >= _LEAST_COPY and text in kept_texts:
        return _DUPLICATE
    named = around.named
    if said and said.strength is _WHOLE:
        # a link to the advertising rates, to the offers or to the archive, between others of its kind
        is_entry = link is not None and _NAVIGATION in (named, around.hinted) and said.reason in _ENTRIES
        return _NAVIGATION if is_entry else said.reason
    if named is not None and named in _CONTAINED and not (said and said.strength is _OPENING and named is _RELATED):
        return named
    if said:
        return said.reason
    if named:
        return named
    if block.kind is _PICTURED:
        return _CAPTION
    if text in kept_texts:
        return _DUPLICATE
    if around.hidden:
        return _HIDDEN
    if len(text) < _LONGEST_OFFER and _HAS_DIGIT.search(text) and _OFFER.search(text):
        return _LISTING
    if link is not None:
        return _RELATED if link is not _LABEL else around.hinted or _NAVIGATION
    return around.hinted


_ENTRIES = frozenset({Reason.AD, Reason.PAYWALL, Reason.LISTING, Reason.COMMENT, Reason.RELATED})
