"""Which words of a page its reference text holds: alignment of two word sequences, in order, then leftovers."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

_DENSE = r"\u0E00-\u0E7F\u3040-\u30FF\u3400-\u9FFF\uF900-\uFAFF"
_WORD = regex.compile(rf"[{_DENSE}]|[^\W_{_DENSE}]+")

SHINGLE = 4
_GAP = 60_000
"""Largest product of the two sides of a gap that is searched word by word."""


def words_of(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def share_matched(blocks: Sequence[Sequence[str]], reference: Sequence[str]) -> list[float]:
    """For every block (a list of words) the share of its words that align with the reference."""
    page = [word for block in blocks for word in block]
    on_page, in_reference = _in_order(page, reference)
    shares: list[float] = []
    start = 0
    for block in blocks:
        end = start + len(block)
        shares.append(sum(on_page[start:end]) / len(block) if block else 0.0)
        start = end
    _out_of_order(blocks, reference, in_reference, shares)
    return shares


def _shingles(words: Sequence[str], size: int, numbers: dict[tuple[str, ...], int]) -> list[int]:
    return [numbers.setdefault(tuple(words[at : at + size]), len(numbers)) for at in range(len(words) - size + 1)]


def _in_order(page: Sequence[str], reference: Sequence[str]) -> tuple[bytearray, bytearray]:
    on_page, in_reference = bytearray(len(page)), bytearray(len(reference))
    for i, j, run in matches(page, reference):
        on_page[i : i + run] = b"\1" * run
        in_reference[j : j + run] = b"\1" * run
    return on_page, in_reference


def matches(page: Sequence[str], reference: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of words that stand in both, in the same order: where on the page, where in the reference, how many."""

    def match(page_range: tuple[int, int], reference_range: tuple[int, int], size: int) -> list[tuple[int, int, int]]:
        (a, b), (c, d) = page_range, reference_range
        numbers: dict[tuple[str, ...], int] = {}
        left, right = _shingles(page[a:b], size, numbers), _shingles(reference[c:d], size, numbers)
        found = []
        for i, j, length in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
            if length:
                run = length + size - 1
                found.append((a + i, c + j, run))
        return found

    anchors = sorted(match((0, len(page)), (0, len(reference)), SHINGLE))
    found = list(anchors)
    at_page = at_reference = 0
    for i, j, run in [*anchors, (len(page), len(reference), 0)]:
        if i > at_page and j > at_reference and (i - at_page) * (j - at_reference) < _GAP:
            found += match((at_page, i), (at_reference, j), 1)
        at_page, at_reference = max(at_page, i + run), max(at_reference, j + run)
    return found


def _out_of_order(
    blocks: Sequence[Sequence[str]], reference: Sequence[str], in_reference: bytearray, shares: list[float]
) -> None:
    """Match blocks that stand elsewhere in the reference than on the page."""
    left = Counter(
        tuple(reference[at : at + SHINGLE])
        for at in range(len(reference) - SHINGLE + 1)
        if not (in_reference[at] and in_reference[at + SHINGLE - 1])
    )
    if not left:
        return
    for place, block in enumerate(blocks):
        if len(block) < SHINGLE + 2 or shares[place] >= 0.5:
            continue
        own = [tuple(block[at : at + SHINGLE]) for at in range(len(block) - SHINGLE + 1)]
        if sum(left[shingle] > 0 for shingle in own) >= 0.8 * len(own):
            shares[place] = 1.0
            left.subtract(own)
