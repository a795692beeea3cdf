"""Training pages with foreign blocks planted between a story's paragraphs, markup and all."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from bench import DROP, KEEP, Example
from cards import Teaser, invent_cards, teasers_of
from classifieds import invent_classifieds
from newsclean.model import Block, Kind, Layout, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

_CARDS = 0.45
"""Share of the foreign runs that are teasers of other stories, as cards."""
_LISTS = (
    "tags", "parents", "classes", "ids", "roles", "depths", "hidden", "first_block", "end_block", "block_element",
    "block_link_chars", "block_links", "block_bold_chars",
)  # fmt: skip


def _copied(layout: Layout) -> Layout:
    return Layout(**{name: list(getattr(layout, name)) for name in _LISTS})


class _Donor:
    """Boilerplate runs of one page, with the markup around each block."""

    def __init__(self, example: Example) -> None:
        self.example = example
        labels = example.labels
        self.starts = [at for at in range(len(labels)) if labels[at] == DROP and (at == 0 or labels[at - 1] != DROP)]

    def run(self, rng: random.Random) -> list[int]:
        start = rng.choice(self.starts)
        end = start
        while end < len(self.example.labels) and self.example.labels[end] == DROP:
            end += 1
        size = min(end - start, rng.choice((1, 1, 2, 2, 3, 4, 6, 8, 12)))
        first = rng.randrange(start, end - size + 1)
        return list(range(first, first + size))


def transplant(examples: Sequence[Example], count: int, seed: int) -> list[Example]:
    """Make `count` pages: a labelled article with one to four foreign runs inside its story.

    Half of the runs stand in a container of their own, as a site's widget does; the others are paragraphs among the
    story's, as a careless editor or a flattening scraper leaves them.
    """
    rng = random.Random(seed)
    hosts = [
        e for e in examples if e.labels.count(KEEP) >= 5 and (e.group == "silver" or e.about.get("type") == "article")
    ]
    donors = [donor for e in examples if e.group != "segments" and (donor := _Donor(e)).starts]
    teasers = teasers_of(hosts)
    made = []
    for number in range(count):
        host = rng.choice(hosts)
        assert host.page.layout is not None
        blocks, labels, layout = list(host.page.blocks), list(host.labels), _copied(host.page.layout)
        for _ in range(rng.choice((1, 1, 2, 3, 4))):
            inner = [at for at in range(1, len(labels)) if labels[at - 1] == KEEP == labels[at]]
            if not inner:
                break
            at = rng.choice(inner)
            if rng.random() < _CARDS:
                _plant_cards(blocks, labels, layout, at, rng, teasers, host)
            else:
                _plant(blocks, labels, layout, at, rng, donors, host)
        page = Page(
            tuple(replace(block, index=at) for at, block in enumerate(blocks)),
            host.page.declared,
            layout,
            host.page.url,
        )
        made.append(
            Example(
                f"planted-{number}",
                "html",
                "planted",
                host.domain,
                host.language,
                page,
                labels,
                "",
                {"type": "article"},
            )
        )
    return made


def _plant_cards(
    blocks: list[Block],
    labels: list[int],
    layout: Layout,
    at: int,
    rng: random.Random,
    teasers: list[Teaser],
    host: Example,
) -> None:
    cards = invent_cards(rng, teasers, host.domain, host.language)
    count = sum(len(rows) for _, _, rows in cards)
    parent = _room(layout, at, count)
    if rng.random() < 0.6:
        name = rng.choice(("", "", "grid", "row", "list", "css-77a", "related", "more"))
        parent = _element(layout, rng.choice(("div", "aside", "section", "ul", "div")), name, parent, at, at + count)
    for tag, name, rows in cards:
        card = _element(layout, tag, name, parent, at, at + len(rows))
        for row in rows:
            element = _element(layout, row.tag, row.name, card, at, at + 1)
            _insert(blocks, labels, layout, at, row.block, element, row.linked, int(row.linked > 0))
            at += 1


def _room(layout: Layout, at: int, count: int) -> int:
    """Make room for so many blocks at a place inside the story, and give the element that they are to stand in."""
    parent = max(layout.parents[layout.block_element[at]], 0)
    while parent and not layout.first_block[parent] < at < layout.end_block[parent]:
        parent = layout.parents[parent]
    for element, (first, end) in enumerate(zip(layout.first_block, layout.end_block, strict=True)):
        if first >= at:
            layout.first_block[element] += count
            layout.end_block[element] += count
        elif end > at:
            layout.end_block[element] += count
    return parent


def _plant(
    blocks: list[Block],
    labels: list[int],
    layout: Layout,
    at: int,
    rng: random.Random,
    donors: list[_Donor],
    host: Example,
) -> None:
    if rng.random() < 0.4:
        linked = rng.random() < 0.6
        tag = rng.choice(("p", "div", "li", "h3", "div"))
        rows = [
            (
                Block(0, line, Kind.LIST_ITEM if tag == "li" else Kind.PARAGRAPH),
                tag,
                "",
                len(line) if linked else 0,
                int(linked),
            )
            for line in invent_classifieds(rng)
        ]
        name = rng.choice(("", "listing", "card", "item", "box widget"))
    else:
        donor = rng.choice(donors)
        source = donor.example.page.layout
        if donor.example.domain == host.domain or source is None:
            return
        rows = []
        name = ""
        for place in donor.run(rng):
            element = source.block_element[place]
            rows.append(
                (
                    donor.example.page.blocks[place], source.tags[element], source.classes[element],
                    source.block_link_chars[place], source.block_links[place],
                )
            )  # fmt: skip
            name = source.classes[max(source.parents[element], 0)]
    own = {block.text for block in blocks}
    rows = [row for row in rows if row[0].text not in own]
    if not rows:
        return
    sibling = layout.block_element[at]
    count = len(rows)
    parent = _room(layout, at, count)
    if rng.random() < 0.5:
        parent = _element(layout, rng.choice(("div", "aside", "section", "ul", "div")), name, parent, at, at + count)
        like_story = None
    else:
        like_story = sibling if rng.random() < 0.7 else None
    for step, (block, tag, own_name, link_chars, links) in enumerate(rows):
        if like_story is not None:
            tag, own_name = layout.tags[like_story], layout.classes[like_story]  # noqa: PLW2901
        element = _element(layout, tag, own_name, parent, at + step, at + step + 1)
        _insert(blocks, labels, layout, at + step, block, element, link_chars, links)


def _insert(
    blocks: list[Block],
    labels: list[int],
    layout: Layout,
    at: int,
    block: Block,
    element: int,
    link_chars: int,
    links: int,
) -> None:
    """Put a foreign block into the room that was made for it."""
    blocks.insert(at, block)
    labels.insert(at, DROP)
    layout.block_element.insert(at, element)
    layout.block_link_chars.insert(at, link_chars)
    layout.block_links.insert(at, links)
    layout.block_bold_chars.insert(at, 0)


def _element(layout: Layout, tag: str, name: str, parent: int, first: int, end: int) -> int:
    layout.tags.append(tag)
    layout.parents.append(parent)
    layout.classes.append(name)
    layout.ids.append("")
    layout.roles.append("")
    layout.depths.append(layout.depths[parent] + 1)
    layout.hidden.append(False)
    layout.first_block.append(first)
    layout.end_block.append(end)
    return len(layout.tags) - 1
