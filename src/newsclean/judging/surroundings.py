"""What the markup around dropped blocks says about them: tags, and names of class, id and role."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, TypeAlias

from newsclean.judging.cues.lookup import NAME_STEM, load_cues
from newsclean.model import Reason
from newsclean.patterns import plain_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from newsclean.model import Block, Layout

_CAMEL = plain_pattern(r"[A-Z]?[a-z]{3,}+")
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
        self._around = self._read(list(accumulate(kept, initial=0)))

    def of(self, blocks: Sequence[Block]) -> Iterator[tuple[Around, bool]]:
        """What stands around each of some blocks, and whether nearly all of it is links."""
        around, element, link_chars = self._around, self._layout.block_element, self._layout.block_link_chars
        for block in blocks:
            place = block.index
            yield around[element[place]], link_chars[place] >= _MOSTLY_LINK * len(block.text)

    def _read(self, kept_before: Sequence[int]) -> list[Around]:
        """What stands around the blocks of each element; parents come before their children."""
        layout = self._layout
        ids, classes, roles = layout.ids, layout.classes, layout.roles
        tags, parents, all_hidden = layout.tags, layout.parents, layout.hidden
        ranges = list(zip(layout.first_block, layout.end_block, strict=True))
        asked = [
            element
            for element, (first, end) in enumerate(ranges)
            if first != end and kept_before[first] == kept_before[end]
        ]
        names = [f"{ids[element]} {classes[element]} {roles[element]}" for element in asked]
        pair_of = _reasons_of(set(names)).get
        by_tag_of = _TAGS.get
        result = [_NOT_SHOWN if hidden else _SHOWN for hidden in all_hidden]
        for element, name in zip(asked, names, strict=True):
            parent = parents[element]
            around = result[parent] if parent >= 0 else _SHOWN
            hidden = all_hidden[element]
            tag = tags[element]
            by_tag = by_tag_of(tag)
            if by_tag is not None and tag == "header" and self._is_in_article(parent):
                by_tag = None
            pair = pair_of(name)
            if pair is not None or by_tag is not None or hidden is not around.hidden:
                named, hinted = pair or _NOTHING
                if named is not None:
                    first, end = ranges[element]
                    if end - first > _LARGEST.get(named, end):
                        named = None
                if by_tag is not None:
                    named, hinted = named or by_tag[0], hinted or by_tag[1]
                named, hinted = named or around.named, hinted or around.hinted
                if named is not around.named or hinted is not around.hinted or hidden is not around.hidden:
                    around = Around(named, hinted, hidden)
            result[element] = around
        return result

    def _is_in_article(self, element: int) -> bool:
        """Whether an element is in an article, whose header tells of the article and leads nowhere."""
        while element > 0 and self._layout.tags[element] not in ("article", "main"):
            element = self._layout.parents[element]
        return element > 0


def _reasons_of(names: Iterable[str]) -> dict[str, _Pair]:
    """The reasons that the parts of names stand for, sure and weak, the first of each; names without any are left out.

    names: of elements, each with spaces between its id, classes and role.
    """
    parts_of = {name: name[:_LONGEST_NAMES].replace("-", " ").replace("_", " ").split() for name in names}
    for name in [name for name in parts_of if not name[:_LONGEST_NAMES].islower()]:
        parts_of[name] = _in_small_letters(parts_of[name])
    told = _reasons_of_parts(set().union(*parts_of.values()))
    is_silent = told.keys().isdisjoint
    result: dict[str, _Pair] = {}
    for name, parts in parts_of.items():
        if is_silent(parts):
            continue
        named = hinted = None
        for pair in [told[part] for part in parts if part in told]:
            named = named or pair[0]
            hinted = hinted or pair[1]
        result[name] = (named, hinted)
    return result


def _in_small_letters(parts: Sequence[str]) -> list[str]:
    """The parts of a name, and the words that capitals set off within them."""
    # generated suffixes mix in digits, and their pieces are short
    pieces = [piece.lower() for part in parts if part.isalpha() for piece in _CAMEL.findall(part)]
    return [part.lower() for part in parts] + pieces


def _reasons_of_parts(parts: AbstractSet[str]) -> dict[str, _Pair]:
    """The reasons of those parts of names that stand for one."""
    cues = load_cues()
    names, hints, stems = cues.names, cues.hints, cues.name_stems
    told: dict[str, _Pair] = {}
    for part in [part for part in parts if part in names or part in hints or part[:NAME_STEM] in stems]:
        named, hinted = names.get(part), hints.get(part)
        for stem, reason, is_name in stems.get(part[:NAME_STEM], ()):
            if part.startswith(stem):
                if is_name:
                    named = named or reason
                else:
                    hinted = hinted or reason
        if named or hinted:
            told[part] = (named, hinted)
    return told
