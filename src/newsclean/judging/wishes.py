"""What a caller wants kept or dropped by Reason, whatever the tagger thinks of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.errors import UsageError
from newsclean.judging.cues.lookup import Strength
from newsclean.judging.cues.said import read_said
from newsclean.judging.surroundings import Surroundings
from newsclean.model import Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from newsclean.model import Block, Page

_MOST_BY_MARKUP = 3
"""Markup is believed of up to one in so many characters of the story: names around more of it are about the whole."""


_NOT_SAID = frozenset({Reason.DUPLICATE, Reason.REPEATED_ON_SITE, Reason.HIDDEN, Reason.RULE, Reason.NOT_THE_STORY})
"""Reasons that no words and no markup around a block name, so that there is nothing to drop one of the story by."""


def to_drop(names: Iterable[str]) -> frozenset[Reason]:
    """The Reasons of these names, for which blocks of the story are dropped, too.

    Raises UsageError when there is none of that name, or it is one that no block names.
    """
    reasons = wanted(names)
    silent = [reason for reason in Reason if reason in reasons & _NOT_SAID]
    if silent:
        known = ", ".join(reason for reason in Reason if reason not in _NOT_SAID)
        raise UsageError(f"drop: nothing in a block that is kept says {silent[0].value!r}; choose among {known}")
    return reasons


def wanted(names: Iterable[str]) -> frozenset[Reason]:
    """The Reasons of these names.

    Raises UsageError when there is none of that name.
    """
    try:
        return frozenset(Reason(name) for name in names)
    except ValueError as error:
        raise UsageError(f"{error}; Reasons are {', '.join(Reason)}") from None


_OF_IMAGES = frozenset({Reason.CAPTION, Reason.CREDIT})
_HEADLINE = 40
"""Blocks above the story in which its headline is looked for; below it stands the first picture."""
_LEAD = 3
"""Blocks above a story without a headline where its first picture may stand, and below it where its last may."""


def spared(
    blocks: Sequence[Block], kept: Sequence[bool], dropped: Mapping[int, Reason], reasons: AbstractSet[Reason]
) -> list[int]:
    """Dropped blocks that stay for these Reasons.

    Of captions and credits only those between headline and end of the story: other stories on the page have theirs.
    """
    places = [place for place, reason in dropped.items() if reason in reasons]
    story = [place for place, keep in enumerate(kept) if keep]
    if not story:
        return places
    above = range(max(story[0] - _HEADLINE, 0), story[0])
    heads = [at for at in above if blocks[at].kind is Kind.HEADING and blocks[at].level == 1]
    first, last = heads[-1] if heads else story[0] - _LEAD, story[-1] + _LEAD
    return [place for place in places if dropped[place] not in _OF_IMAGES or first <= place <= last]


def named_in_story(page: Page, kept: Sequence[bool], reasons: AbstractSet[Reason]) -> dict[int, Reason]:
    """Kept blocks for which one of these Reasons speaks: by their own words, their kind or the markup around them."""
    blocks = [block for block in page.blocks if kept[block.index]]
    found: dict[int, Reason] = {}
    for block, said in zip(blocks, read_said([block.text for block in blocks]), strict=True):
        if said is not None and said.strength is not Strength.PART and said.reason in reasons:
            found[block.index] = said.reason
        elif block.kind is Kind.CAPTION and Reason.CAPTION in reasons:
            found[block.index] = Reason.CAPTION
    if page.layout is None:
        return found
    around = [around for around, _ in Surroundings(page.layout, [False] * len(page.blocks)).of(blocks)]
    size = sum(len(block.text) for block in blocks)
    for reason in sorted(reasons):
        named = [block for block, near in zip(blocks, around, strict=True) if near.named is reason]
        if sum(len(block.text) for block in named) * _MOST_BY_MARKUP <= size:
            for block in named:
                found.setdefault(block.index, reason)
    return found
