"""Invented teasers of other stories, as sites place them: like cards, each with its linked headline."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

from bench import KEEP, Example
from newsclean.model import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST_SUMMARY, _MOST_SUMMARY = 60, 240
_NAMES = ("", "", "card", "item", "teaser", "story", "box", "post", "col", "css-1q8x", "entry", "tile", "media")
_HEADLINES = {"h2": Kind.HEADING, "h3": Kind.HEADING, "h4": Kind.HEADING, "p": Kind.PARAGRAPH, "div": Kind.PARAGRAPH}


class Row(NamedTuple):
    """A block of a card: the element that it stands in, and how many of its characters are linked."""

    block: Block
    tag: str
    name: str
    linked: int


class Teaser(NamedTuple):
    """What a card tells of a story."""

    domain: str
    language: str
    headline: str
    opening: str


def teasers_of(examples: Sequence[Example]) -> list[Teaser]:
    """A teaser of every labelled article that names its headline."""
    made = []
    for example in examples:
        titles = [" ".join(claim.value.split(" | ")[0].split()) for claim in example.page.declared.titles]
        headline = min(titles, key=len, default="")
        kept = [b.text for b, label in zip(example.page.blocks, example.labels, strict=True) if label == KEEP]
        opening = next((text for text in kept if len(text) >= _LEAST_SUMMARY), "")
        if 15 <= len(headline) <= 140 and opening:
            made.append(Teaser(example.domain, example.language, headline, opening))
    return made


def invent_cards(
    rng: random.Random, teasers: Sequence[Teaser], domain: str, language: str
) -> list[tuple[str, str, list[Row]]]:
    """One to six cards marked up alike: the tag and class of each, and its rows."""
    others = [teaser for teaser in teasers if teaser.domain != domain]
    alike = [teaser for teaser in others if teaser.language == language]
    chosen = rng.sample(alike if len(alike) >= 6 and rng.random() < 0.9 else others, rng.choice((1, 2, 2, 3, 3, 4, 6)))
    tag = rng.choice(("div", "div", "article", "li", "section"))
    name, inner = rng.choice(_NAMES), rng.choice(_NAMES)
    headline_tag = rng.choice(tuple(_HEADLINES))
    has_summary, is_summary_linked = rng.random() < 0.7, rng.random() < 0.25
    above = rng.choice((None, None, None, "kicker", "date"))
    most = rng.randint(_LEAST_SUMMARY, _MOST_SUMMARY)
    cards = []
    for teaser in chosen:
        rows = [Row(Block(0, teaser.headline, _HEADLINES[headline_tag]), headline_tag, inner, len(teaser.headline))]
        if has_summary:
            summary = _cut(teaser.opening, most) + rng.choice(("", "", "…", " ..."))
            rows.append(Row(Block(0, summary, Kind.PARAGRAPH), "p", "", len(summary) if is_summary_linked else 0))
        if above == "date":
            day = f"{rng.randint(1, 28)}.{rng.randint(1, 12)}.20{rng.randint(14, 26)}"
            rows.insert(rng.randint(0, 1), Row(Block(0, day, Kind.PARAGRAPH), "div", "", 0))
        elif above == "kicker":
            kicker = teaser.headline.split()[0].upper()
            rows.insert(0, Row(Block(0, kicker, Kind.PARAGRAPH), "div", "", len(kicker)))
        cards.append((tag, name, rows))
    return cards


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0]
