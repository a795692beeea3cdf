"""How sure the judge is of a page as a whole: whether its story is right, and whether it holds one at all."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from math import exp, log1p
from typing import TYPE_CHECKING

import numpy as np

from newsclean.judging.features import FLAT_FEATURES, HTML_FEATURES
from newsclean.shipped import shipped_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from newsclean.judging.features import Features
    from newsclean.model import Page

    Doubles = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

FACTS = (
    "kept_words kept_share doubt prose_share prose_blocks mean_block longest_run links declared_article declared_other"
    " dated"
).split()

_ENDS_SENTENCE = FLAT_FEATURES.index("ends_terminal")
_LINK_SHARE = HTML_FEATURES.index("link_share")
_PROSE_MASS = 15 * 5
"""Fifths of a word from which a block that ends a sentence is taken for prose."""
_ARTICLE_KINDS = ("article", "posting", "news", "report")


@dataclass(frozen=True, slots=True)
class Trust:
    """confidence: the probability that at least nine tenths of the words are right, calibrated on held-out pages.

    story: the probability that the page is an article at all.
    """

    confidence: float
    story: float


def page_facts(page: Page, features: Features, probability: Doubles, kept: Sequence[bool]) -> Doubles:
    """What a page's verdicts look like taken together: one value for each of FACTS."""
    mass = features.mass.astype(np.float64) / 5
    keep = np.array(kept, dtype=np.bool_)
    story = float(mass[keep].sum())
    total = max(float(mass.sum()), 1.0)
    doubt = float((np.minimum(probability, 1 - probability) * mass).sum())
    prose = keep & (features.rows[:, _ENDS_SENTENCE] > 0) & (features.mass >= _PROSE_MASS)
    links = 0.0
    if page.layout is not None and story:
        links = float((mass * features.rows[:, _LINK_SHARE])[keep].sum()) / story
    kind = (page.declared.kind or "").lower()
    declared = any(word in kind for word in _ARTICLE_KINDS)
    return np.array(
        [
            log1p(story),
            story / total,
            doubt / max(story, 1.0),
            float(mass[prose].sum()) / max(story, 1.0),
            log1p(int(prose.sum())),
            log1p(story / max(int(keep.sum()), 1)),
            _longest_run(features.mass, keep) / max(story, 1.0),
            links,
            float(declared),
            float(bool(kind) and not declared),
            float(bool(page.declared.published)),
        ]
    )


def _longest_run(mass: Ints, keep: npt.NDArray[np.bool_]) -> float:
    """Words of the longest stretch of kept blocks. mass: in fifths of a word."""
    kept = np.where(keep, mass, 0).cumsum()
    # what was kept before the stretch that a block stands in
    before = np.maximum.accumulate(np.where(keep, 0, kept))
    return int((kept - before).max(initial=0)) / 5


@cache
def _heads() -> Mapping[str, Mapping[str, Doubles]]:
    """Weights of the logistic regressions, made by `training/calibrate.py` on held-out folds."""
    text = shipped_text("judging/weights/confidence.json")
    heads: dict[str, dict[str, list[float]]] = json.loads(text)
    return {name: {part: np.array(values) for part, values in head.items()} for name, head in heads.items()}


def trust_of(page: Page, facts: Doubles) -> Trust:
    """What the facts of a page are worth."""
    heads = _heads()
    kind = "text" if page.layout is None else "html"
    return Trust(_logistic(heads[f"{kind}.confidence"], facts), _logistic(heads[f"{kind}.story"], facts))


def _logistic(head: Mapping[str, Doubles], facts: Doubles) -> float:
    scaled = (facts - head["mean"]) * head["scale"]
    score = float(head["bias"][0]) + sum((scaled * head["weights"]).tolist())
    return round(1 / (1 + exp(-max(-30.0, min(30.0, score)))), 4)
