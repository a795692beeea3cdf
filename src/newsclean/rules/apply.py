"""Rules on a page: what the user's own rules say about its blocks and its front matter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import regex

from newsclean.errors import RuleError
from newsclean.model import Ruled, Ruling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from newsclean.model import Block
    from newsclean.rules.rule import PhraseRule, Rules, SiteRule

_FUSE = 2.0
"""Seconds that a pattern may search one block; a page on which it blows fails, and no verdict hangs on the clock."""

_MOST_MOVED = 3
"""Blocks that a field of the front matter is read from at most; a larger element holds something else too."""

_VALUES = ("datetime", "content")
"""Attributes that say a date better than the text of their element."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What selectors found in a tree, before it is walked into blocks.

    elements: memory id of a node → for each rule that chose it, the name of the rule and what it is chosen as ("drop",
    "keep", "story", "title", "byline", "date"). values: field → its value, and the memory id of the node that has it.
    """

    elements: Mapping[int, tuple[tuple[str, str], ...]]
    values: Mapping[str, tuple[str, int]]


def host_of(url: str | None) -> str:
    """The host of an address, or an empty string."""
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def mark(tree: LexborHTMLParser, sites: Sequence[SiteRule]) -> Marks:
    """Find the elements that site rules speak of."""
    elements: dict[int, tuple[tuple[str, str], ...]] = {}
    values: dict[str, tuple[str, int]] = {}
    for site in sites:
        for use, selectors in (("keep", site.keep), ("drop", site.drop), ("story", site.story)):
            for selector in selectors:
                for node in tree.css(selector):
                    elements[node.mem_id] = (*elements.get(node.mem_id, ()), (site.name, use))
        for name, selectors in (("title", site.title), ("byline", site.byline), ("published", site.date)):
            first = next((node for selector in selectors for node in tree.css(selector)), None)
            value = _value(first, name) if first is not None else ""
            if first is not None and value and name not in values:
                values[name] = (value, first.mem_id)
                elements[first.mem_id] = (*elements.get(first.mem_id, ()), (site.name, name))
    return Marks(elements, values)


def _value(node: LexborNode, name: str) -> str:
    stated = next((said for key in _VALUES if (said := node.attributes.get(key))), None)
    text = " ".join(node.text(deep=True, separator=" ").split())
    return stated or text if name == "published" else text or stated or ""


def rule_page(
    blocks: Sequence[Block],
    rules: Rules,
    host: str,
    marks: Marks | None = None,
    ranges: Mapping[int, tuple[int, int]] | None = None,
) -> Ruled:
    """Say what the rules say about a page.

    blocks: of the page. host: of its address, empty when it is not known. marks: what the selectors found.
    ranges: memory id of a marked node → the first block in it, and the one after its last.

    Raises RuleError when a pattern takes longer than two seconds.
    """
    if not rules:
        return Ruled()
    rulings: dict[int, Ruling] = {}
    for rule in rules.phrases_for(host):
        for block in blocks:
            if block.index not in rulings and holds(rule, block.text):
                rulings[block.index] = Ruling(rule.keep, rule.name)
    fields: dict[str, str] = {}
    moved: dict[int, str] = {}
    story = False
    if marks is not None:
        story = _rule_elements(len(blocks), marks, ranges or {}, rulings)
        for name, (value, node) in marks.values.items():
            fields[name] = value
            start, end = (ranges or {}).get(node, (0, 0))
            if end - start <= _MOST_MOVED:
                moved |= dict.fromkeys(range(start, end), name)
    for site in rules.sites_for(host):
        for name, labels in (("byline", site.byline_labels), ("published", site.date_labels)):
            found = after_label(blocks, labels) if name not in fields else None
            if found is not None:
                fields[name] = found[0]
                moved |= dict.fromkeys(found[1], name)
    return Ruled(rulings, fields, moved, story=story)


def holds(rule: PhraseRule, text: str) -> bool:
    """Whether a text holds one of the rule's phrases.

    Raises RuleError when a pattern takes longer than two seconds.
    """
    if not rule.regex:
        folded = _folded(text)
        return any(_folded(phrase) in folded for phrase in rule.phrases)
    try:
        return any(_pattern(phrase).search(text, timeout=_FUSE) is not None for phrase in rule.phrases)
    except TimeoutError:
        raise RuleError(
            f"rule {rule.name!r}: its pattern takes more than {_FUSE:.0f} seconds on one block; "
            "use possessive quantifiers (++, *+) or bounded repeats"
        ) from None


@lru_cache(maxsize=1024)
def _pattern(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _rule_elements(size: int, marks: Marks, ranges: Mapping[int, tuple[int, int]], rulings: dict[int, Ruling]) -> bool:
    """Add what selectors say to the rulings; of nested elements the inner one decides. Whether a story was chosen."""
    chosen: dict[str, list[tuple[int, int, str]]] = {"keep": [], "drop": [], "story": []}
    for node, uses in marks.elements.items():
        start, end = ranges.get(node, (0, 0))
        for name, use in uses:
            if use in chosen and end > start:
                chosen[use].append((start, end, name))
    inner_first = sorted(
        [(end - start, order, start, end, name, use)
         for order, use in enumerate(("keep", "drop"))
         for start, end, name in chosen[use]]
    )  # fmt: skip
    for _, _, start, end, name, use in inner_first:
        for place in range(start, end):
            rulings.setdefault(place, Ruling(use == "keep", name))
    inside = {place: name for start, end, name in chosen["story"] for place in range(start, end)}
    if inside:
        (*_, outside), *_ = chosen["story"]
        for place in range(size):
            rulings.setdefault(place, Ruling(place in inside, inside.get(place, outside)))
    return bool(inside)


def after_label(blocks: Sequence[Block], labels: Iterable[str]) -> tuple[str, tuple[int, ...]] | None:
    """What follows the first label that a block begins with, there or in the next block, and the blocks it took."""
    folded = tuple(label.casefold() for label in labels)
    for block in blocks:
        start = block.text[: max(map(len, folded), default=0)].casefold()
        for label in folded:
            if start.startswith(label):
                rest = block.text[len(label) :]
                if rest[:1].isalnum() and label[-1:].isalnum():
                    continue
                rest = rest.lstrip(" \t:：–—-|")
                if rest:
                    return rest, (block.index,)
                if block.index + 1 < len(blocks):
                    return blocks[block.index + 1].text, (block.index, block.index + 1)
    return None
