"""What the markup around dropped blocks says about them: tags, and names of class, id and role."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

import regex

from newsclean.judging.cues import NAME_STEM, load_cues
from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.model import Block, Layout

_CAMEL = regex.compile(r"[A-Z]?[a-z]{3,}+")
_LONGEST_NAMES = 200
"""Characters of an element's names that are read; generated ones run on for kilobytes."""

_MOSTLY_LINK = 0.8

_LARGEST = {Reason.AD: 8, Reason.SHARE: 16, Reason.CREDIT: 6, Reason.CAPTION: 16}
"""Blocks in an element up to which such a name is believed: larger ones only hold a slot or a bar somewhere."""

_Pair: TypeAlias = tuple[Reason | None, Reason | None]
_NOTHING: _Pair = (None, None)

_TAGS: dict[str, _Pair] = {
    "nav": (Reason.NAVIGATION, None),
    "footer": (None, Reason.NAVIGATION),
    "header": (None, Reason.NAVIGATION),
    "button": (None, Reason.NAVIGATION),
    "figcaption": (Reason.CAPTION, None),
    "caption": (Reason.CAPTION, None),
    "figure": (None, Reason.CAPTION),
}


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a block. named: by a name or tag that leaves no doubt. hinted: by a weaker one.

    hidden: whether the page does not show it.
    """

    named: Reason | None
    hinted: Reason | None
    hidden: bool


_SHOWN = Around(None, None, False)
_NOT_SHOWN = Around(None, None, True)


class Surroundings:
    """The reasons that the elements around blocks suggest, worked out once per element.

    Only elements that hold nothing of the story are asked: the names of the others are about the story.
    """

    def __init__(self, layout: Layout, kept: Sequence[bool]) -> None:
        self._layout = layout
        self._by_part: dict[str, _Pair] = {}
        self._around = self._read(list(accumulate(kept, initial=0)))

    def at(self, place: int) -> Around:
        """What stands around a block."""
        return self._around[self._layout.block_element[place]]

    def is_link(self, block: Block) -> bool:
        """Whether nearly all of a block is links."""
        return self._layout.block_link_chars[block.index] >= _MOSTLY_LINK * len(block.text)

    def _read(self, kept_before: Sequence[int]) -> list[Around]:
        """What stands around the blocks of each element; parents come before their children."""
        layout = self._layout
        by_names: dict[str, _Pair] = {}
        result: list[Around] = []
        facts = zip(
            layout.tags, layout.ids, layout.classes, layout.roles, layout.parents, layout.hidden,
            layout.first_block, layout.end_block, strict=True,
        )  # fmt: skip
        for tag, own_id, classes, role, parent, hidden, first, end in facts:
            if first == end or kept_before[first] != kept_before[end]:
                result.append(_SHOWN if not hidden else _NOT_SHOWN)
                continue
            names = f"{own_id} {classes} {role}"
            pair = by_names.get(names)
            if pair is None:
                pair = by_names[names] = self._reasons_of(names[:_LONGEST_NAMES])
            around = result[parent] if parent >= 0 else _SHOWN
            by_tag = _TAGS.get(tag)
            if tag == "header" and self._is_in_article(parent):
                by_tag = None
            if pair is not _NOTHING or by_tag is not None or hidden is not around.hidden:
                named, hinted = pair
                if named is not None and end - first > _LARGEST.get(named, end):
                    named = None
                if by_tag is not None:
                    named, hinted = named or by_tag[0], hinted or by_tag[1]
                around = Around(named or around.named, hinted or around.hinted, hidden)
            result.append(around)
        return result

    def _is_in_article(self, element: int) -> bool:
        """Whether an element is in an article, whose header tells of the article and leads nowhere."""
        while element > 0 and self._layout.tags[element] not in ("article", "main"):
            element = self._layout.parents[element]
        return element > 0

    def _reasons_of(self, names: str) -> _Pair:
        """The reasons that the parts of names stand for: sure and weak, the first of each."""
        parts = names.replace("-", " ").replace("_", " ").split()
        if not names.islower():
            # generated suffixes mix in digits, and their pieces are short
            pieces = [piece.lower() for part in parts if part.isalpha() for piece in _CAMEL.findall(part)]
            parts = [part.lower() for part in parts] + pieces
        by_part = self._by_part
        named = hinted = None
        for part in parts:
            found = by_part.get(part)
            if found is None:
                found = by_part[part] = _reasons_of_part(part)
            if found is not _NOTHING:
                named = named or found[0]
                hinted = hinted or found[1]
        return (named, hinted) if named or hinted else _NOTHING


def _reasons_of_part(part: str) -> _Pair:
    cues = load_cues()
    named, hinted = cues.names.get(part), cues.hints.get(part)
    for stem, reason, is_name in cues.name_stems.get(part[:NAME_STEM], ()):
        if part.startswith(stem):
            if is_name:
                named = named or reason
            else:
                hinted = hinted or reason
    return (named, hinted) if named or hinted else _NOTHING
