"""The nouns of what stands inside blocks: links, emphasis and images, read only when someone asks for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Mark(StrEnum):
    """What a page marks a stretch of words as."""

    LINK = "link"
    STRIKE = "strike"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Span:
    """A marked stretch of a block's text.

    start, end: characters of the text. address: where a link leads, absolute; else empty.
    """

    start: int
    end: int
    mark: Mark
    address: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """An image of a page.

    address: absolute. alt: what the page says in its place, may be empty. place: the block before which it stands,
    in an Article the paragraph, by index; one past the last at the end. around: of a page, the blocks of the smallest
    element that holds the image and words, the first and the one after the last.
    """

    address: str
    alt: str
    place: int
    around: tuple[int, int] = (0, 0)


def shifted(spans: Iterable[Span], head: int, by: int) -> tuple[Span, ...]:
    """The spans of a text whose first characters were replaced; what was marked among those is gone.

    head: how many were replaced. by: how many stand there now.
    """
    moved = ((max(span.start, head) - head + by, span.end - head + by, span) for span in spans)
    return tuple(replace(span, start=start, end=end) for start, end, span in moved if start < end)
