"""What speaks for and against a line of bare names: how the markup names it, and what the story says of these names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from newsclean.patterns import pattern

if TYPE_CHECKING:
    from newsclean.frontmatter.on_page.zone import Zone
    from newsclean.model import Byline, Page

_STORY_BLOCKS = 12
"""Paragraphs searched for a bare name."""
_NAMED = pattern(
    r"by-?line|(?<![a-z])(?:article|post|story|entry|news|c|m|o|a)?[-_]{0,2}authors?"
    r"(?![-_]{0,2}(?:bio|box|desc|info-box|about|more))(?![a-z])"
    r"|writer|contributor|verfasser|redacteur|redattore|periodista|journalist(?!ik)|reporter|signature"
    r"|(?<![a-z])autor(?:e|en|es)?(?![a-z])"
)
_NAMING = (
    "byline by-line author writer contributor verfasser redacteur redattore periodista journalist reporter"
    " signature autor"
).split()
"""What `_NAMED` cannot do without: looking for these takes a tenth of the time."""


def is_named(page: Page, index: int, known: dict[int, bool]) -> bool:
    """Tell whether the markup names a block, or an element close around it, as a byline.

    known: answers for the elements seen so far, which this adds to.
    """
    layout = page.layout
    if layout is None:
        return False
    element = layout.block_element[index]
    for _ in range(3):
        if element <= 0:
            return False
        if element not in known:
            names = layout.classes[element] + layout.ids[element] + layout.roles[element]
            known[element] = layout.tags[element] == "address" or (bool(names) and _is_naming(names))
        if known[element]:
            return True
        element = layout.parents[element]
    return False


@lru_cache(maxsize=2048)
def _is_naming(names: str) -> bool:
    lower = names[:300].lower()
    for word in _NAMING:
        if word in lower:
            return _NAMED.search(lower) is not None
    return False


def is_of_story(page: Page, zone: Zone, byline: Byline) -> bool:
    """Tell whether bare names are words of the story rather than its author's.

    A person whom the story speaks of stands in a caption or a kicker; what the story writes in small letters
    ("Dynamic Pricing") is a heading.
    """
    texts = [page.blocks[index].text for index in zone.kept[:_STORY_BLOCKS]]
    for name in byline.authors:
        if any(name.rpartition(" ")[2] in text for text in texts if text not in (name, byline.raw)):
            return True
        for word in name.split():
            small = word.lower()
            if len(word) > 2 and word != small and any(small in text and small in text.split() for text in texts):
                return True
        if _is_phrase(page, name):
            return True
    return False


def _is_phrase(page: Page, name: str) -> bool:
    """Tell whether the page writes every word of a name in small letters somewhere: "Cloud Security" is a section."""
    small = {word.lower() for word in name.split()}
    if not small.isdisjoint(name.split()):
        return False
    # searched as a whole: a loop takes ten times as long
    page_text = f" {' '.join([block.text for block in page.blocks])} "
    return all(f" {word} " in page_text for word in small)
