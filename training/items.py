"""Labelled pages → what the network trains on, and the vocabulary it may know by name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import torch

from bench import IGNORE, KEEP
from network import Item
from newsclean.judging.blocks.hashing import KnownWords
from newsclean.judging.blocks.names import NAME_PART
from newsclean.judging.blocks.words import Bag, forms_of
from newsclean.judging.features import Vocabulary, read_features

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench import Example

HEAVIEST = 12
"""Weight of a word that the vocabulary does not know."""


def make_vocabulary(examples: Iterable[Example], *, words: int, names: int, least_domains: int = 4) -> Vocabulary:
    """Words and name parts that stand on many domains; a word's weight falls with its share of them."""
    word_domains: dict[str, set[str]] = {}
    name_domains: dict[str, set[str]] = {}
    domains = set()
    for example in examples:
        domains.add(example.domain)
        for form in forms_of([block.text for block in example.page.blocks]):
            word_domains.setdefault(form, set()).add(example.domain)
        layout = example.page.layout
        if layout is not None:
            text = " ".join([*layout.classes, *layout.ids, *layout.roles])
            for part in {part.lower() for part in NAME_PART.findall(text)}:
                name_domains.setdefault(part, set()).add(example.domain)

    def most(found: dict[str, set[str]], size: int) -> list[str]:
        counts = Counter({key: len(value) for key, value in found.items() if len(value) >= least_domains})
        return [key for key, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[: size - 1]]

    known = most(word_domains, words)
    weights = [HEAVIEST]
    for word in known:
        share = len(word_domains[word]) / max(len(domains), 1)
        weights.append(max(0, min(HEAVIEST - 1, round(-2.5 * float(np.log2(max(share, 1e-6)))))))
    return Vocabulary(
        KnownWords.of(known),
        np.array(weights, dtype=np.int64),
        {name: at + 1 for at, name in enumerate(most(name_domains, names))},
    )


def _tensors(bag: Bag) -> tuple[torch.Tensor, torch.Tensor]:
    return torch.from_numpy(bag.number.copy()), torch.from_numpy(bag.block.copy())


def make_item(example: Example, vocabulary: Vocabulary, weight: float = 1.0) -> Item:
    features = read_features(example.page, vocabulary)
    labels = np.array(example.labels)
    return Item(
        torch.from_numpy(features.rows),
        {name: _tensors(getattr(features, name)) for name in ("head", "first", "near", "far")},
        torch.from_numpy((labels == KEEP).astype(np.float32)),
        torch.from_numpy((labels != IGNORE).astype(np.float32)),
        torch.from_numpy((features.mass / 5).astype(np.float32)),
        weight,
    )
