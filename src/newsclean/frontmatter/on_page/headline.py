"""Which of a page's first lines is its headline, where nothing is declared: flattened text, and bare HTML.

Each line above the story gets a score from a dozen and a half features (a linear model); the best one wins if it is
sure enough. `training/headline.py` fitted the weights on flattened pages of many publishers and languages.
"""

from __future__ import annotations

from operator import mul
from typing import TYPE_CHECKING

from newsclean.frontmatter.on_page.headline_lines import candidates, headline_of
from newsclean.frontmatter.on_page.title import Title, without_site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from newsclean.frontmatter.on_page.zone import Zone
    from newsclean.model import Page

_ALONE: tuple[float, ...] = (
    -0.82,
    -1.23,
    -1.76,
    -1.07,
    -1.19,
    1.73,
    3.5,
    2.64,
    0.46,
    -3.11,
    -1.16,
    -1.35,
    -0.95,
    -4.88,
    0.92,
    1.98,
    0.44,
    -0.15,
    -1.35,
    -1.08,
    0.0,
    0.79,
    1.18,
    0.69,
    0.59,
    1.87,
    0.42,
    0.22,
)
"""Weights of a line's own features, in the order in which `candidates` gives them."""
_AMONG: tuple[float, ...] = (
    -0.67,
    -0.87,
    -1.28,
    -1.06,
    -0.88,
    1.34,
    2.58,
    2.02,
    0.09,
    -2.43,
    -1.05,
    -1.1,
    -0.96,
    -4.86,
    0.56,
    1.59,
    0.41,
    0.01,
    -1.13,
    -1.05,
    0.0,
    0.56,
    0.48,
    0.65,
    0.6,
    1.46,
    0.38,
    0.29,
    -0.27,
    -0.15,
)
"""Weights when the best rivals just above and below are known too: a standfirst gives way to the headline above it."""
_LEAST = 1.87
"""Score below which no headline is the better answer, as fitted."""
_CLOSE = 0.6
"""Scores no further apart are alike."""
_ASKING = 1.0
"""By how much a line counts less that was taken for a cookie note or the like; its neighbours can be so by mistake."""
_RIVALS = 6
_SHORTEST_ENDING = 8
"""Letters, digits and spaces of a line that another one ends with not by chance."""
_HOPELESS = 5.0
"""By how much a line may be behind on its own features and still win among its rivals, which give at most two."""


def visible_title(page: Page, zone: Zone, credited: frozenset[int], sites: frozenset[str]) -> Title:
    """Choose the block that is most likely the headline, or none where none is likely.

    credited: blocks that hold a byline or a date, which a headline stands above, rarely below. sites: names of the
    site, which a headline may end with.
    """
    found = candidates(page, zone, credited)
    alone = [(index, _sum(_ALONE, features) - _ASKING * (index in zone.barred)) for index, features in found]
    hopeful = max((score for _, score in alone), default=0.0) - _HOPELESS
    best, best_score = -1, _LEAST
    scores: dict[int, float] = {}
    for (index, features), (_, own) in zip(found, alone, strict=True):
        if own < hopeful:
            continue
        score = _sum(_AMONG, features + rivals(alone, index, own)) - _ASKING * (index in zone.barred)
        scores[index] = score
        if score > best_score:
            best, best_score = index, score
    if best + 1 in credited and scores.get(best - 1, 0.0) > max(_LEAST, best_score - _CLOSE):
        best -= 1  # of two lines much alike above the credits, the upper is the headline, the lower its standfirst
    if best < 0:
        return Title()
    best = _without_path(page, best, scores)
    return Title(without_site(headline_of(page.blocks[best].text), sites), "visible", best)


def _without_path(page: Page, best: int, places: Iterable[int]) -> int:
    """The place of the headline itself, if the best line is the way through the site to it: "Home / Tips / Reviews"."""
    path = page.blocks[best].text.casefold()
    for place in sorted(places):
        alone = page.blocks[place].text.casefold()
        way = path.removesuffix(alone).rstrip()
        # below "Reefs: A guide" a heading of the story may well be "A guide"
        if best < place <= best + _RIVALS and len(alone) >= _SHORTEST_ENDING and path != way != "" and way[-1] != ":":
            return place
    return best


def rivals(scored: list[tuple[int, float]], index: int, own: float) -> tuple[float, float]:
    """Measure by how much the best line just above a line, and the best just below, beat it."""
    above = max((score for place, score in scored if index - _RIVALS <= place < index), default=-9.0)
    below = max((score for place, score in scored if index < place <= index + _RIVALS), default=-9.0)
    return max(-4.0, min(4.0, above - own)), max(-4.0, min(4.0, below - own))


def _sum(weights: tuple[float, ...], features: tuple[float, ...]) -> float:
    return float(sum(map(mul, weights, features)))
