"""What a run of dropped blocks says about those of its blocks that say nothing themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING

from newsclean.judging.cues.lookup import Strength
from newsclean.model import Kind, Reason
from newsclean.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsclean.model import Block

_ENDS = frozenset(".!?…。！？।؟")
_CLOSERS = "\"“”»«’'）)]"
_DENSE = pattern(r"[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]")

_LONGEST_LABEL, _LONGEST_DENSE_LABEL = 28, 8
_LEAST_SPACES = 3
"""A label has up to three words."""

_LONGEST_TITLE = 170
_LONGEST_SECTION = 40
"""Blocks under a heading that belong to it, at most; what comes later is another part of the page."""

_NEAR = 4
"""Blocks that two of a kind stand apart at most, if those between them are of their kind."""

_LEAST_LABELS = 3
_LEAST_TITLES = 2
_LONGEST_AGREEMENT = 12
"""Blocks of a run of which half speak for all; a longer one may be a whole menu or page end."""


class Shape(Enum):
    """What a block looks like: a label of a few words, a headline, or sentences."""

    LABEL = auto()
    TITLE = auto()
    PROSE = auto()


# a member of an enumeration is slow to look up in it
_LABEL, _TITLE, _PROSE = Shape.LABEL, Shape.TITLE, Shape.PROSE
_OPENING, _WHOLE, _HEADING = Strength.OPENING, Strength.WHOLE, Kind.HEADING
_AD, _AUTHOR_BIO, _CAPTION, _CREDIT = Reason.AD, Reason.AUTHOR_BIO, Reason.CAPTION, Reason.CREDIT
_NAVIGATION, _RELATED = Reason.NAVIGATION, Reason.RELATED


@dataclass(slots=True)
class Line:
    """A dropped block with what is known about it so far.

    strength: how much of the block the words are that name its reason, if words do.
    is_link: whether nearly all of it is a link; None where nobody knows.
    """

    block: Block
    shape: Shape
    reason: Reason | None
    strength: Strength | None
    is_link: bool | None


def shape_of(block: Block) -> Shape:
    """What a block looks like, by its length, its words and how it ends."""
    text = block.text
    size = len(text)
    if size > _LONGEST_TITLE:
        return _PROSE
    is_short = size <= _LONGEST_LABEL and text.count(" ") < _LEAST_SPACES
    if is_short and (size <= _LONGEST_DENSE_LABEL or text.isascii() or not _DENSE.search(text)):
        return _LABEL
    return _PROSE if text.rstrip(_CLOSERS)[-1:] in _ENDS else _TITLE


def settle(lines: Sequence[Line]) -> None:
    """Give blocks without a reason that of the section, the list or the run that they stand in, where there is one."""
    for run in _runs(lines):
        present = {line.reason for line in run}
        if None in present:
            if not _SECTIONS.isdisjoint(present):
                _under_headings(run)
            if _AUTHOR_BIO in present or _CREDIT in present:
                _above_known(run)
            if len(present) > 1:
                _between(run)
            _in_lists(run)
            _agree(run)
        if not _ENTRIES.isdisjoint(present):
            _in_menus(run)


def _runs(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The dropped blocks that stand together, run by run."""
    start = 0
    for place in range(1, len(lines) + 1):
        if place == len(lines) or lines[place].block.index - lines[place - 1].block.index != 1:
            yield lines[start:place]
            start = place


_ENTRIES = frozenset({Reason.AD, Reason.PAYWALL, Reason.LISTING, Reason.NEWSLETTER})


_AFTER_MENUS = frozenset({Reason.NAVIGATION, Reason.COPYRIGHT})


def _in_menus(run: Sequence[Line]) -> None:
    """A label that could head an ad or an offer is an entry of the menu that it stands in."""
    for place, line in enumerate(run):
        if line.reason not in _ENTRIES or line.strength is not _WHOLE or line.is_link is False:
            continue
        before = sum(near.reason is _NAVIGATION for near in run[max(0, place - 2) : place])
        after = sum(near.reason in _AFTER_MENUS for near in run[place + 1 : place + 3])
        if (before and after) or (line.reason is not _AD and before + after > 1):
            line.reason = _NAVIGATION


def _above_known(run: Sequence[Line]) -> None:
    """The name above the lines about an author is part of them, and what stands above a photo's credit its caption."""
    for line, below in pairwise(run):
        if line.reason is not None:
            continue
        if below.reason is _AUTHOR_BIO and line.shape is _LABEL:
            line.reason = _AUTHOR_BIO
        elif below.reason is _CREDIT and below.strength is _OPENING and line.shape is not _LABEL:
            line.reason = _CAPTION


_SECTIONS = frozenset({Reason.RELATED, Reason.COMMENT, Reason.LISTING, Reason.NEWSLETTER, Reason.AUTHOR_BIO})
_INTERRUPTIONS = frozenset({Reason.AD, Reason.SHARE, Reason.CREDIT, Reason.CAPTION, Reason.DUPLICATE, Reason.HIDDEN})
_SHORT_SECTIONS = {Reason.NEWSLETTER: 3, Reason.AUTHOR_BIO: 3, Reason.LISTING: 12}


def _under_headings(run: Sequence[Line]) -> None:
    """What stands under "Related stories" or "12 comments" belongs to it, up to the next part of the page."""
    section: Reason | None = None
    level = left = 0
    for line in run:
        if line.reason in _SECTIONS and _is_heading(line):
            section, level = line.reason, line.block.level
            left = _SHORT_SECTIONS.get(line.reason, _LONGEST_SECTION) if line.reason else 0
        elif line.reason is None:
            if section is None or (line.block.kind is _HEADING and 0 < level >= line.block.level):
                section = None
            else:
                line.reason = section
        elif line.reason is not section and line.reason not in _INTERRUPTIONS:
            section = None
        left -= 1
        if left <= 0:
            section = None


def _is_heading(line: Line) -> bool:
    if line.strength is None or line.is_link or line.shape is _PROSE:
        return False
    return line.strength is _WHOLE or line.block.kind is _HEADING or line.block.text.endswith((":", "："))


def _between(run: Sequence[Line]) -> None:
    """Blocks between two of one reason that stand near each other share it: addresses in offers, names in comments."""
    last: int | None = None
    for place, line in enumerate(run):
        if line.reason is None:
            continue
        if last is not None and 1 < place - last <= _NEAR and run[last].reason is line.reason:
            for inner in run[last + 1 : place]:
                if line.reason is not _NAVIGATION or inner.shape is _LABEL:
                    inner.reason = line.reason
        last = place


def _in_lists(run: Sequence[Line]) -> None:
    """Labels one after the other are a menu, headlines one after the other other stories."""
    start = 0
    while start < len(run):
        end = start
        while end < len(run) and run[end].reason in (None, _NAVIGATION, _RELATED):
            end += 1
        _settle_list(run[start:end])
        start = end + 1


def _settle_list(part: Sequence[Line]) -> None:
    place = 0
    while place < len(part):
        shape, end = part[place].shape, place
        while end < len(part) and part[end].shape is shape:
            end += 1
        reason = None
        if shape is _LABEL and end - place >= _LEAST_LABELS:
            reason = _NAVIGATION
        elif shape is _TITLE and end - place >= _LEAST_TITLES:
            reason = _RELATED
        for line in part[place:end]:
            line.reason = line.reason or reason
        place = end


_ALONE = frozenset({Reason.NAVIGATION, Reason.AD, Reason.DUPLICATE, Reason.HIDDEN, Reason.CREDIT, Reason.COPYRIGHT})
"""Reasons that say nothing about the blocks beside."""

_NEARLY_ALL = 3
"""Quarters of a run."""


def _agree(run: Sequence[Line]) -> None:
    """Blocks that nothing told about take the reason of most of a short run, or of nearly all of a long one."""
    open_lines = [line for line in run if line.reason is None]
    if not open_lines or (len(run) > _LONGEST_AGREEMENT and len(open_lines) * 4 > len(run)):
        return
    votes = Counter(line.reason for line in run if line.reason is not None)
    if not votes:
        return
    order = list(Reason)
    winner = max(votes, key=lambda reason: (votes[reason], -order.index(reason)))
    share = 2 if len(run) <= _LONGEST_AGREEMENT else _NEARLY_ALL
    if votes[winner] * 4 >= len(run) * share and winner not in _ALONE:
        for line in open_lines:
            line.reason = winner
