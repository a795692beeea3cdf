"""The pages of the HTML sets as other tools flatten them: lines broken, joined, wrapped and marked in their ways."""

from __future__ import annotations

import textwrap
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import html2text
import html_text
import inscriptis
from bs4 import BeautifulSoup

from align import matches, words_of
from bench import DROP, IGNORE, KEEP, SEGMENTS, SILVER, TEXT, Example, cached, packed_pages, wcxb_pages
from newsclean.judging.features import read_features
from newsclean.judging.tagger import tag
from newsclean.reading import read
from newsclean.reading.decode import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from newsclean.judging.tagger import Model
    from newsclean.model import Page


def _by_soup(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text("\n", strip=True)


def _by_html2text(html: str, width: int = 0) -> str:
    reader = html2text.HTML2Text(bodywidth=width)
    reader.ignore_links = reader.ignore_images = True
    return reader.handle(html)


def _wrapped(html: str) -> str:
    text = html_text.extract_text(html)
    return "\n".join(textwrap.fill(line, 72) for line in text.split("\n"))


FLATTENERS: tuple[Callable[[str], str], ...] = (
    _by_soup,
    html_text.extract_text,
    inscriptis.get_text,
    _by_html2text,
    _by_soup,
    lambda html: _by_html2text(html, 78),
    html_text.extract_text,
    _wrapped,
)
"""What flattens; some stand twice, as more is flattened so."""


@dataclass(frozen=True, slots=True)
class Flat:
    """A page flattened.

    source: the name of its example. origins: per block of `page`, which block of the page with markup holds most of its
    words, -1 where none does.
    """

    source: str
    page: Page
    origins: list[int]


def flat_pages(bench: Path, examples: Sequence[Example], seed: int) -> Iterator[Flat]:
    """Each page of the HTML sets that is an article or has labelled sentences, by a flattener that changes with the seed."""
    known = {example.name: example for example in examples if example.kind == "html"}
    for name, data in _sources(bench):
        example = known.get(name)
        if example is None or not _is_flattened(example):
            continue
        html, _ = decode(data)
        how = FLATTENERS[(zlib.crc32(name.encode()) + seed) % len(FLATTENERS)]
        text = how(html)
        if text.strip():
            page = read(text, url=None, options=TEXT)
            yield Flat(name, page, _origins(page, example.page))


def _is_flattened(example: Example) -> bool:
    return example.page.layout is not None and example.about.get("type", "article") == "article"


def _sources(bench: Path) -> Iterator[tuple[str, bytes]]:
    for record, data in wcxb_pages(bench):
        yield record["id"], data
    for path in (SILVER, SEGMENTS):
        for record, data in packed_pages(bench / path):
            yield str(record["id"]), data


def _origins(flat: Page, marked: Page) -> list[int]:
    """Which block of a page with markup each block of its flattened text came from, by an alignment of their words."""
    flat_words, flat_blocks = _words(flat)
    marked_words, marked_blocks = _words(marked)
    votes: list[dict[int, int]] = [{} for _ in flat.blocks]
    for i, j, run in matches(flat_words, marked_words):
        for at in range(run):
            own = votes[flat_blocks[i + at]]
            block = marked_blocks[j + at]
            own[block] = own.get(block, 0) + 1
    sizes = [0] * len(flat.blocks)
    for block in flat_blocks:
        sizes[block] += 1
    return [
        max(own, key=own.__getitem__) if sum(own.values()) * 2 >= size and size else -1
        for own, size in zip(votes, sizes, strict=True)
    ]


def _words(page: Page) -> tuple[list[str], list[int]]:
    words: list[str] = []
    blocks: list[int] = []
    for place, block in enumerate(page.blocks):
        own = words_of(block.text)
        words += own
        blocks += [place] * len(own)
    return words, blocks


def flat_examples(
    bench: Path, examples: Sequence[Example], labels: Mapping[str, list[int]], cache: Path, seed: int
) -> list[Example]:
    """The pages of the HTML sets that have labels, each by the flattener of this seed.

    examples: of all folds, as the cache holds all of them. labels: by name of the example, from `mended_labels`.
    """
    known = {example.name: example for example in examples if example.kind == "html"}
    flats = cached(cache / f"flat{seed}.pickle", lambda: flat_pages(bench, examples, seed))
    made = [_flat_example(flat, known[flat.source], labels[flat.source]) for flat in flats if flat.source in labels]
    return [example for example in made if example is not None]


def mended_labels(examples: Sequence[Example], teacher: Model) -> dict[str, list[int]]:
    """The labels of the pages to flatten, by name, mended by an HTML model that learned from no others."""
    return {
        example.name: mended(example, tag(read_features(example.page, teacher.vocabulary), teacher))
        for example in examples
        if example.kind == "html" and _is_flattened(example)
    }


SURE = 0.9
"""Probability of the teacher's that stands for a label."""
DOUBTED = 0.8
"""Probability of the teacher's from which a line that the reference lacks is left open."""
MOST_LOST = 0.2
"""Share of the story's blocks that a flattener may lose, as where it does not read what a script would show."""


def mended(example: Example, chances: Sequence[float]) -> list[int]:
    """The labels of a page with markup, mended by what a model says of its blocks.

    What a reference lacks, and the model keeps, is left open; where a set labels a few sentences alone, the model's
    sure verdicts stand for labels.
    """
    if example.group == "segments":
        return [
            label if label != IGNORE else KEEP if chance >= SURE else DROP if chance <= 1 - SURE else IGNORE
            for label, chance in zip(example.labels, chances, strict=True)
        ]
    return [
        IGNORE if label == DROP and chance > DOUBTED else label
        for label, chance in zip(example.labels, chances, strict=True)
    ]


def _flat_example(flat: Flat, example: Example, labels: Sequence[int]) -> Example | None:
    """A flattened page with the labels of the blocks that its own came from; None where much of the story is gone."""
    there = set(flat.origins)
    story = [place for place, label in enumerate(labels) if label == KEEP]
    if sum(place not in there for place in story) > MOST_LOST * len(story):
        return None
    own = [labels[origin] if origin >= 0 else None for origin in flat.origins]
    kept = [place for place, label in enumerate(own) if label == KEEP]
    first, last = (kept[0], kept[-1]) if kept else (0, -1)
    # what the page with markup does not show is no story; between the story's lines nobody knows
    filled = [
        label if label is not None else IGNORE if first < place < last else DROP for place, label in enumerate(own)
    ]
    return Example(
        example.name, "text", f"{example.group}-flat", example.domain, example.language, flat.page, filled,
        example.gold, example.about,
    )  # fmt: skip
