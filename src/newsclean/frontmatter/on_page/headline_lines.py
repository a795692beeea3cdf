"""What the lines that could be a page's headline are like: their size and end, their place, the words they share."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from newsclean.frontmatter.compare import is_dense, key, key_words, words
from newsclean.frontmatter.cues import ends_sentence
from newsclean.frontmatter.lexicon import fold
from newsclean.frontmatter.on_page.zone import story_words
from newsclean.model import Kind
from newsclean.patterns import pattern, plain_pattern

if TYPE_CHECKING:
    from newsclean.frontmatter.on_page.zone import Zone
    from newsclean.model import Block, Page

_CREDIT_WORDS = frozenset(
    "photo photos foto fotos image images bild bilder video getty picture pictures source".split()
)
_PICTURED = frozenset("photo photos photograph photographs picture foto fotos fot bild bildquelle фото снимка".split())
"""Before a colon within a line: whose picture it is."""
_CREDIT_MARKS = plain_pattern(r"[©@]|://|\([cC]\)")
_NAMES = r"(?:\s++(?:\p{Lu}[\p{L}.'’-]++|[dv]an|von|de|der|la)){2,4}"
_DAY = r"(?:,?+\s++\p{Lu}\p{L}{2,8}+\.?+\s\d{1,2},\s\d{4}|\s*+[|·•—–](?=[^\d]{0,40}+\d).{0,100}+)"
_POSTED = r"(?:(?:[Pp]osted|[Pp]ublished)(?:\s++on)?+:?+\s++(?=\D{0,12}+\d)[^\n]{4,30}?\s++(?=[Bb]y))?+"
_GLUED = pattern(rf"\s++(?:{_POSTED}(?:[Bb]y|BY):?+{_NAMES}{_DAY}?+|(?:[Vv]on|[Pp]ar|[Pp]or|[Dd]i):?+{_NAMES}{_DAY})$")
"""A credit behind a headline. Only "by" needs no day behind its names: "la nuova vita di Ada Rossi" is a headline."""
_GLUED_KEYS = frozenset("by von par por di".split())
"""The words that `_GLUED` begins with, folded."""
_LOGGED = plain_pattern(r"\d{1,2}[.:]\d{2}\s")
_SIGNED = pattern(r"[.!?]\s\p{Lu}{2,}(?:\s\p{Lu}{2,}){1,3}$")
"""A caption with the name of whose picture it is in capitals."""
_SHORTEST, _LONGEST = 10, 300
_WIDEST = 15
"""Blocks around a line in which credits are counted."""


def candidates(page: Page, zone: Zone, credited: frozenset[int]) -> list[tuple[int, tuple[float, ...]]]:
    """List the blocks that could be the headline, each with its features."""
    blocks = page.blocks
    last = min(len(blocks), zone.story + 3)
    keys = {index: key(blocks[index].text) for index in range(zone.start, last) if len(blocks[index].text) <= _LONGEST}
    for index in range(min(4, zone.start)):
        if len(blocks[index].text) <= _LONGEST:
            keys[index] = key(blocks[index].text)
    counts: dict[str, int] = {}
    for folded in keys.values():
        counts[folded] = counts.get(folded, 0) + 1
    suffixed, holding = _contained(keys)
    slug = _slug_words(page)
    story = story_words(page, zone)
    top = frozenset().union(*(words(blocks[index].text) for index in range(min(2, len(blocks)))))
    running = _running_count(credited, last)
    found = []
    between = 0
    for index in range(last - 1, zone.start - 1, -1):
        folded = keys.get(index, "")
        dense = is_dense(folded)
        if index in credited or len(folded) < (4 if dense else _SHORTEST) or _is_no_headline(blocks[index].text):
            continue
        text = blocks[index].text
        pieces = folded.split()
        if not _GLUED_KEYS.isdisjoint(pieces):
            text = headline_of(text)
        mine = key_words(folded, dense=dense) if text is blocks[index].text else words(text)
        found.append(
            (
                index,
                _features(text, pieces, mine, story, slug, top, dense=dense)
                + _near(blocks, zone, running, index)
                + (
                    float(counts[folded] == 2),
                    float(counts[folded] > 2),
                    float(folded in suffixed),
                    float(index in holding),
                    min(between, 8) / 4,
                ),
            )
        )
        between += dense or len(pieces) >= 4
    return found


def _running_count(credited: frozenset[int], size: int) -> list[int]:
    """Count how many credited blocks there are before each block, from `_WIDEST` places before the first one on."""
    counts = [0]
    for index in range(-_WIDEST, size + _WIDEST):
        counts.append(counts[-1] + (index in credited))
    return counts


def _is_no_headline(text: str) -> bool:
    """Tell whether a line is a path through the site ("Home > News > Sea"), a picture's caption or a log's entry."""
    if text.count(">") + text.count("›") + text.count(" » ") > 1 or _LOGGED.match(text) or _SIGNED.search(text):
        return True
    parts = text.split(":")
    return any(part.count(" ") > 1 and fold(part.rpartition(" ")[2].strip("(")) in _PICTURED for part in parts[:-1])


def headline_of(text: str) -> str:
    """Cut a credit that a flattener glued to the end of a headline: "Town hall reopens by Jane Doe"."""
    match = _GLUED.search(text)
    return text[: match.start()] if match and match.start() > 25 else text


def _features(
    text: str,
    pieces: list[str],
    mine: frozenset[str],
    story: frozenset[str],
    slug: frozenset[str],
    top: frozenset[str],
    *,
    dense: bool,
) -> tuple[float, ...]:
    """Describe a line by itself: its size, its end, and the words it shares with the story and the address."""
    size = len(text) * (2.5 if dense else 1.0)
    count = len(pieces) if not dense else size / 7
    shared = len(mine & story) / len(mine) if mine else 0.0
    return (
        float(size < 18),
        float(size < 30),
        float(size > 110),
        float(size > 170),
        float(count <= 2),
        min(count, 12) / 12,
        shared,
        len(mine & slug) / max(3, len(mine)) if slug else 0.0,
        len(mine & top) / len(mine) if mine else 0.0,
        float(text.endswith((".", "。")) or (ends_sentence(text) and size > 150)),
        float(text.endswith(":")),
        float(not _CREDIT_WORDS.isdisjoint(pieces) or _CREDIT_MARKS.search(text) is not None),
    )


def _near(blocks: tuple[Block, ...], zone: Zone, running: list[int], index: int) -> tuple[float, ...]:
    """Describe where a line stands: how far above the story, and between what."""
    here = index + _WIDEST
    after = blocks[index + 1].text if index + 1 < len(blocks) else ""
    before = blocks[index - 1].text if index else ""
    block = blocks[index]
    return (
        math.log1p(max(0, zone.story - index)),
        float(index >= zone.story),
        float(index == 0),
        float(running[here + 4] > running[here + 1]),
        float(running[here + 10] > running[here + 4]),
        float(running[here] > running[here - 3]),
        float(running[here - 3] > running[here - 15]),
        float(index == zone.story - 1),
        1.0 / block.level if block.kind is Kind.HEADING and block.level else 0.0,
        float(60 < len(after) < 400 and ends_sentence(after)),
        float(len(before) < 30),
    )


def _slug_words(page: Page) -> frozenset[str]:
    url = page.url or page.declared.url
    if not url or url.count("/") < 3:
        return frozenset()
    path = url.split("/", 3)[3].partition("?")[0].partition("#")[0]
    return words(path.replace("-", " ").replace("_", " "))


def _contained(keys: dict[int, str]) -> tuple[frozenset[str], frozenset[int]]:
    """List lines that also stand at the start or end of a longer one, and those longer ones.

    A `<title>` is the headline and the name of the site, a breadcrumb ends with the headline.
    """
    alone = {folded for folded in keys.values() if len(folded) >= 12}
    heads = Counter([folded.partition(" ")[0] for folded in alone])
    tails = Counter([folded.rpartition(" ")[2] for folded in alone])
    inner: set[str] = set()
    outer: set[int] = set()
    for index, folded in keys.items():
        cut = folded.find(" ")
        if heads[folded[:cut]] < 2 and tails[folded.rpartition(" ")[2]] < 2:
            continue
        while cut >= 0:
            for other in (folded[:cut], folded[cut + 1 :]):
                if other in alone and len(folded) < len(other) + 60:
                    inner.add(other)
                    outer.add(index)
            cut = folded.find(" ", cut + 1)
    return frozenset(inner), frozenset(outer)
