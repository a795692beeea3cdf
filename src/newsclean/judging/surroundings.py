"""What the markup around dropped blocks says about them: tags, and names of class, id and role."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import regex

from newsclean.judging.cues import load_cues
from newsclean.model import Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.model import Layout

_CAMEL = regex.compile(r"[A-Z]?[a-z]++|[A-Z]{2,}+(?![a-z])")
_LONGEST_NAMES = 200
"""Characters of an element's names that are read; generated ones run on for kilobytes."""

_TAGS = {
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


class Surroundings:
    """The reasons that the elements around blocks suggest, worked out once per element.

    Only elements that hold nothing of the story are asked: the names of the others are about the story.
    """

    def __init__(self, layout: Layout, kept: Sequence[bool]) -> None:
        self._layout = layout
        self._kept_before = [0, *accumulate(kept)]
        self._by_names: dict[str, tuple[Reason | None, Reason | None]] = {}
        self._known: dict[int, Around] = {}

    def at(self, place: int) -> Around:
        """What stands around a block."""
        element = self._layout.block_element[place]
        known = self._known.get(element)
        return known if known is not None else self._climb(element)

    def _climb(self, element: int) -> Around:
        layout, known, kept_before = self._layout, self._known, self._kept_before
        path: list[int] = []
        start, around = element, Around(None, None, False)
        while element > 0:
            done = known.get(element)
            if done is not None:
                around = done
                break
            if kept_before[layout.first_block[element]] != kept_before[layout.end_block[element]]:
                break
            path.append(element)
            element = layout.parents[element]
        for step in reversed(path):
            named, hinted = self._own(step)
            around = Around(named or around.named, hinted or around.hinted, layout.hidden[step])
            known[step] = around
        if not path and element == start:
            # the block shares its element with some of the story
            around = Around(None, None, layout.hidden[start])
        return around

    def _own(self, element: int) -> tuple[Reason | None, Reason | None]:
        layout = self._layout
        by_tag = _TAGS.get(layout.tags[element], (None, None))
        names = f"{layout.ids[element]} {layout.classes[element]} {layout.roles[element]}"
        if names == "  ":
            return by_tag
        own = self._by_names.get(names)
        if own is None:
            own = self._by_names[names] = _reasons_of(names)
        return own[0] or by_tag[0], own[1] or by_tag[1]


def _reasons_of(names: str) -> tuple[Reason | None, Reason | None]:
    """The reasons that the parts of names stand for: sure and weak, the first of each."""
    cues = load_cues()
    names = names[:_LONGEST_NAMES]
    parts = names.lower().replace("-", " ").replace("_", " ").split()
    if not names.islower():
        parts += [part.lower() for part in _CAMEL.findall(names)]
    named = hinted = None
    for part in parts:
        named = named or cues.names.get(part)
        hinted = hinted or cues.hints.get(part)
        for stem, reason, is_name in cues.name_stems.get(part[:3], ()):
            if part.startswith(stem):
                if is_name:
                    named = named or reason
                else:
                    hinted = hinted or reason
    return named, hinted
