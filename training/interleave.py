"""Training texts with foreign blocks between a story's paragraphs, made of the parts of labelled ones."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bench import DROP, IGNORE, KEEP, Example
from classifieds import invent_classifieds
from newsclean.model import Block, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_STORY = 70
FEWEST_PARAGRAPHS = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """A block's text and kind with its label."""

    block: Block
    label: int


@dataclass(frozen=True, slots=True)
class Run:
    """Boilerplate blocks that stood together. inside: between two blocks of a story."""

    domain: str
    language: str
    blocks: tuple[Block, ...]
    inside: bool


def stories_of(examples: Sequence[Example]) -> list[tuple[Example, list[Piece]]]:
    """The stories of labelled pages, front matter included, without their boilerplate."""
    stories = []
    for example in examples:
        if example.group == "segments" or (example.group == "wcxb" and example.about["type"] != "article"):
            continue
        labels = example.labels
        if KEEP not in labels:
            continue
        first, last = labels.index(KEEP), len(labels) - labels[::-1].index(KEEP)
        head = max(0, first - 3) if example.kind == "text" else first
        pieces = [
            Piece(block, label)
            for block, label in zip(example.page.blocks[head:last], labels[head:last], strict=True)
            if label == KEEP or (label == IGNORE and example.kind == "text")
        ]
        if sum(piece.label == KEEP for piece in pieces) >= FEWEST_PARAGRAPHS:
            stories.append((example, pieces))
    return stories


def runs_of(examples: Sequence[Example]) -> list[Run]:
    """Every run of boilerplate blocks on labelled pages."""
    runs = []
    for example in examples:
        labels = example.labels
        if example.group == "segments" or KEEP not in labels:
            continue
        first, last = labels.index(KEEP), len(labels) - labels[::-1].index(KEEP)
        run: list[Block] = []
        for place, block in enumerate((*example.page.blocks, None)):
            if block is not None and labels[place] == DROP:
                run.append(block)
            elif run:
                inside = first < place - 1 < last
                runs.append(Run(example.domain, example.language, tuple(run), inside))
                run = []
    return runs


def _foreign(rng: random.Random, example: Example, runs: Sequence[Run], inside: Sequence[Run]) -> list[Block]:
    if rng.random() < 0.22:
        return [Block(0, line) for line in invent_classifieds(rng)]
    for _ in range(20):
        run = rng.choice(inside if inside and rng.random() < 0.45 else runs)
        if run.domain != example.domain and (run.language == example.language or rng.random() < 0.08):
            break
    if run.domain == example.domain:
        return []
    size = min(len(run.blocks), rng.choice((1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 14)))
    start = rng.randrange(len(run.blocks) - size + 1)
    return list(run.blocks[start : start + size])


def interleave(examples: Sequence[Example], count: int, seed: int) -> list[Example]:
    """Make `count` text examples: a story (or a stretch of one) with none to four foreign runs between its paragraphs.

    A foreign line that the story holds too is left out, as no label would be right for it.
    """
    rng = random.Random(seed)
    stories, runs = stories_of(examples), runs_of(examples)
    inside = [run for run in runs if run.inside]
    made = []
    while len(made) < count:
        example, pieces = rng.choice(stories)
        if len(pieces) > LONGEST_STORY or rng.random() < 0.25:
            size = rng.randint(min(len(pieces), 8), min(len(pieces), LONGEST_STORY))
            start = rng.choice((0, rng.randrange(len(pieces) - size + 1)))
            pieces = pieces[start : start + size]
        own = {piece.block.text.lower() for piece in pieces}
        out = list(pieces)
        for _ in range(rng.choice((0, 0, 1, 1, 1, 2, 2, 3, 4))):
            foreign = [Piece(b, DROP) for b in _foreign(rng, example, runs, inside) if b.text.lower() not in own]
            at = rng.choice([place for place in range(1, len(out) + 1) if out[place - 1].label != IGNORE] or [len(out)])
            out[at:at] = foreign
        blocks = tuple(replace(piece.block, index=at, start=-1, end=-1) for at, piece in enumerate(out))
        labels = [piece.label for piece in out]
        made.append(
            Example(f"made-{len(made)}", "text", "made", example.domain, example.language, Page(blocks), labels, "", {})
        )
    return made


def flattened(example: Example) -> Example:
    """The same labelled page with all its markup forgotten."""
    blocks = tuple(Block(block.index, block.text, block.kind, block.level) for block in example.page.blocks)
    return Example(
        example.name, "text", f"{example.group}-flat", example.domain, example.language, Page(blocks), example.labels,
        example.gold, example.about,
    )  # fmt: skip
