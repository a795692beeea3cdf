"""Why a block was dropped: read from what it says, where it stands and how its neighbours look.

A reason explains a drop and never causes one; the words that tell reasons apart stand in `cues.toml`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import regex

from newsclean.model import Kind, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsclean.model import Block, Layout, Page

_LONGEST_CUE = 240
"""Characters of a block up to which its words may name its reason; a longer one talks about something else too."""
_NAME_PART = regex.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}+(?![a-z])")
_WORD = regex.compile(r"\w++")
_UNSPACED = regex.compile(r"[\u0E00-\u0EFF\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF]")
_PRICE_OR_AREA = regex.compile(
    r"\d\s?(?:m²|m2|sqm|qm|kk\b|km\b|€|Kč|zł|₽|kr\b|EUR\b|USD\b|CHF\b)|[€$£¥]\s?\d|,-(?:\s|$)"
)

_BY_TAG = {
    "nav": Reason.NAVIGATION,
    "footer": Reason.NAVIGATION,
    "header": Reason.NAVIGATION,
    "figcaption": Reason.CAPTION,
    "caption": Reason.CAPTION,
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that names a reason. open: any ending may follow. rank: of two at one place the lower wins."""

    phrase: str
    reason: Reason
    open: bool
    rank: int


@dataclass(frozen=True, slots=True)
class Cues:
    """The cue words of all reasons by their first letters, and the reasons that name parts stand for.

    by_word: of cues that start at a word. anywhere: of cues in scripts without spaces, and of signs.
    """

    by_word: Mapping[str, tuple[Cue, ...]]
    anywhere: Mapping[str, tuple[Cue, ...]]
    names: Mapping[str, Reason]


_KEY = 2


@cache
def load_cues() -> Cues:
    """Read `cues.toml`; earlier reasons win where two share a cue."""
    tables = tomllib.loads(resources.files("newsclean.judging").joinpath("cues.toml").read_text(encoding="utf-8"))
    by_word: dict[str, list[Cue]] = {}
    anywhere: dict[str, list[Cue]] = {}
    names: dict[str, Reason] = {}
    for rank, (name, table) in enumerate(tables.items()):
        reason = Reason(name)
        for said in table["says"]:
            phrase = said.removesuffix("*").lower()
            unspaced = _UNSPACED.search(phrase) is not None or not phrase[0].isalnum()
            cue = Cue(phrase, reason, said.endswith("*") or unspaced or not phrase[-1].isalnum(), rank)
            (anywhere if unspaced else by_word).setdefault(phrase[: 1 if unspaced else _KEY], []).append(cue)
        for part in table["names"]:
            names.setdefault(part, reason)
    return Cues(
        {key: tuple(cues) for key, cues in by_word.items()},
        {key: tuple(cues) for key, cues in anywhere.items()},
        names,
    )


def reason_said(text: str) -> Reason | None:
    """The reason that a block's words name, the first one named if there are several, or None."""
    if len(text) > _LONGEST_CUE:
        return None
    cues = load_cues()
    lowered = text.lower()
    for match in _WORD.finditer(lowered):
        candidates = cues.by_word.get(match[0][:_KEY], ())
        fitting = [cue for cue in candidates if _fits(lowered, cue, match.start())]
        if fitting:
            return min(fitting, key=lambda cue: (-len(cue.phrase), cue.rank)).reason
    if not lowered.isascii():
        for place, sign in enumerate(lowered):
            for cue in cues.anywhere.get(sign, ()):
                if lowered.startswith(cue.phrase, place):
                    return cue.reason
    return None


def _fits(text: str, cue: Cue, start: int) -> bool:
    end = start + len(cue.phrase)
    return text.startswith(cue.phrase, start) and (cue.open or end == len(text) or not text[end].isalnum())


def find_reasons(page: Page, kept: Sequence[bool], known: Mapping[int, Reason]) -> dict[int, Reason]:
    """Give every dropped block its Reason; those in `known` have one already."""
    found: dict[int, Reason | None] = {}
    weak: set[int] = set()
    kept_texts = {block.text for block in page.blocks if kept[block.index]}
    around = _Around(page.layout) if page.layout is not None else None
    for block in page.blocks:
        place = block.index
        if kept[place]:
            continue
        reason = known.get(place)
        if reason is None and block.text in kept_texts:
            reason = Reason.DUPLICATE
        if reason is None:
            reason = reason_said(block.text)
        if reason is None and around is not None:
            reason = around.reason_at(place)
            weak.add(place)
        if reason is None and block.kind is Kind.CAPTION:
            reason = Reason.CAPTION
        if reason is None and len(block.text) < _LONGEST_CUE and _PRICE_OR_AREA.search(block.text):
            reason = Reason.LISTING
        found[place] = reason
    for run in _runs(page.blocks, kept):
        _agree(run, found, weak)
    return {place: reason or Reason.NOT_THE_STORY for place, reason in found.items()}


class _Around:
    """Reasons that the markup around blocks suggests, worked out once per element."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._names = load_cues().names
        self._known: dict[int, Reason | None] = {}

    def reason_at(self, place: int) -> Reason | None:
        layout = self._layout
        element = layout.block_element[place]
        if layout.hidden[element]:
            return Reason.HIDDEN
        return self._reason_of(element)

    def _reason_of(self, element: int) -> Reason | None:
        path: list[int] = []
        reason: Reason | None = None
        while element > 0:
            if element in self._known:
                reason = self._known[element]
                break
            path.append(element)
            reason = self._own(element)
            if reason is not None:
                break
            element = self._layout.parents[element]
        for step in path:
            self._known[step] = reason
        return reason

    def _own(self, element: int) -> Reason | None:
        layout = self._layout
        by_tag = _BY_TAG.get(layout.tags[element])
        if by_tag is not None:
            return by_tag
        for part in _NAME_PART.findall(f"{layout.ids[element]} {layout.classes[element]} {layout.roles[element]}"):
            reason = self._names.get(part.lower())
            if reason is not None:
                return reason
        return None


def _runs(blocks: Sequence[Block], kept: Sequence[bool]) -> Iterator[list[int]]:
    """The dropped blocks that stand together, run by run."""
    run: list[int] = []
    for block in blocks:
        if not kept[block.index]:
            run.append(block.index)
        elif run:
            yield run
            run = []
    if run:
        yield run


_LONGEST_AGREEMENT = 40
"""Blocks of a run beyond which it is a whole menu or page end, of which one cue says nothing."""


def _agree(run: Sequence[int], found: dict[int, Reason | None], weak: set[int]) -> None:
    """Blocks of a run without a word of their own take the reason that most of the run names."""
    open_blocks = [place for place in run if found[place] is None]
    if not open_blocks or len(run) > _LONGEST_AGREEMENT:
        return
    votes = Counter(reason for place in run if (reason := found[place]) is not None and place not in weak)
    if not votes:
        votes = Counter(reason for place in run if (reason := found[place]) is not None)
    if votes:
        winner = max(votes, key=lambda reason: (votes[reason], -list(Reason).index(reason)))
        if votes[winner] * 4 >= len(run):
            for place in open_blocks:
                found[place] = winner
