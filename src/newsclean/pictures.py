"""Which of a page's images belong to its story: those between what was kept, as far as nothing foreign stands there."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from newsclean.model import Action, Reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.inline import Image
    from newsclean.model import Verdict

_ABOUT_IMAGES = frozenset({Reason.CAPTION, Reason.CREDIT})
"""A block dropped for one of these says that there is an image, and not that it is foreign."""

_ABOVE = frozenset({"title", "standfirst"})


def story_images(images: Sequence[Image], verdicts: Sequence[Verdict]) -> tuple[Image, ...]:
    """The images of the story, each address once, placed by paragraph.

    An image is the story's when it stands neither above what was kept or moved nor below what was kept, and when of the
    two blocks beside it in its element one is the story's (kept, or title or standfirst, or its own caption or credit)
    and none is dropped.
    """
    kept = [verdict.block.index for verdict in verdicts if verdict.action is Action.KEEP]
    shown = [verdict.block.index for verdict in verdicts if verdict.action is not Action.DROP]
    if not kept:
        return ()
    found: dict[str, Image] = {}
    for image in images:
        first, end = image.around
        beside = [verdicts[at] for at in (image.place - 1, image.place) if first <= at < end]
        near = shown[0] <= image.place <= kept[-1] + 1
        if near and any(map(_is_of_story, beside)) and not any(map(_is_foreign, beside)):
            found.setdefault(image.address, replace(image, place=bisect_left(kept, image.place), around=(0, 0)))
    return tuple(found.values())


def _is_of_story(verdict: Verdict) -> bool:
    if verdict.action is Action.MOVE:
        return verdict.field in _ABOVE
    return verdict.action is Action.KEEP or verdict.reason in _ABOUT_IMAGES


def _is_foreign(verdict: Verdict) -> bool:
    return verdict.action is Action.DROP and verdict.reason not in _ABOUT_IMAGES
