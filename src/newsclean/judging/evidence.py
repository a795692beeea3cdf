"""Why the tagger judged as it did: what its score would be without one group of what it sees, group by group.

That is measured, not told: each group is set to what it is on the average page, the network runs again, and the
difference in its score (log-odds that a block belongs to the story) is what the group weighed on this page. Groups work
together, so the weights need not add up to the score.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from newsclean.judging.blocks.words import Bag
from newsclean.judging.features import FLAT_FEATURES, HTML_FEATURES, read_features
from newsclean.judging.rejoining import rejoined
from newsclean.judging.tagger import load_model, logits_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from newsclean.judging.features import Features
    from newsclean.judging.tagger import Model, Networks
    from newsclean.model import Page

    Doubles = npt.NDArray[np.float64]

LEAST = 0.3
"""Log-odds from which a weight is worth telling: it moves a probability of 0.5 to 0.57."""

_GROUPS: dict[str, tuple[str, ...]] = {
    "length": tuple("words chars word_length letters short_words one_word few_words mass_share dense".split()),
    "sentence marks": tuple(
        "commas terminals separator quote ends_terminal ends_colon ends_comma ends_ellipsis question"
        " exclamation".split()
    ),
    "capitals": tuple("upper title_words lower_words first_upper first_lower".split()),
    "numbers and addresses": tuple("digits currency address first_digit dates".split()),
    "words shared with the rest": tuple(
        "shared shared_weighted shared_twice shared_before shared_after told shared_wide".split()
    ),
    "likeness to the title": tuple("title_shared title_match".split()),
    "repeats on the page": tuple(
        "same_shape same_shape_near repeats repeats_near prefix_near kin kin_mass kin_links kin_sentences".split()
    ),
    "place on the page": tuple(
        "page_blocks page_mass index place mass_before mass_place first from_end since_title since_h1 after_h1"
        " h1_seen".split()
    ),
    "declared body": ("declared_body",),
    "set phrases": ("says_*",),
    "kind of block": tuple("list_item heading quote table_row caption tag_*".split()),
    "links": tuple("link_share all_link links own_links up1_links up2_links up3_links up4_links".split()),
    "elements around": tuple("in_* own_* up1_* up2_* up3_* up4_* depth sibling new_parent".split()),
    "main part of the page": tuple(
        "in_main before_main after_main main_depth main_place main_share same_article articles_seen"
        " in_any_article".split()
    ),
    "looks": tuple("bold hidden".split()),
}
_OTHER = "other"
"""Features that no group names yet: they weigh all the same."""
_WORDS = "its words"
_NAMES = "names of class and id"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What weighed for and against a block, strongest first: pairs of a group's name and its log-odds."""

    weighed_for: tuple[tuple[str, float], ...]
    weighed_against: tuple[tuple[str, float], ...]


def weigh(page: Page, model: Model | None = None) -> tuple[Evidence, ...]:
    """The evidence for every block of a page; it takes some fifteen times as long as judging it.

    model: other weights than those shipped.
    """
    if model is None:
        model = load_model("text" if page.layout is None else "html")
    if not page.blocks:
        return ()
    page = rejoined(page, model)
    features = read_features(page, model.vocabulary)
    names = FLAT_FEATURES if page.layout is None else HTML_FEATURES
    whole = _score(features, model)
    weights = {group: whole - _score(features, model, columns=columns) for group, columns in columns_of(names).items()}
    for part in (_WORDS, _NAMES) if features.names is not None else (_WORDS,):
        weights[part] = whole - _score(_without(features, part), model)
    return tuple(_evidence({name: float(w[place]) for name, w in weights.items()}) for place in range(len(whole)))


def columns_of(names: Sequence[str]) -> dict[str, list[int]]:
    """The columns of each group; a feature belongs to the group that names it, before one that names its family."""
    owner: dict[str, str] = {}
    for group, members in _GROUPS.items():
        for member in members:
            if not member.endswith("*"):
                owner[member] = group
    for group, members in _GROUPS.items():
        for family in (member.removesuffix("*") for member in members if member.endswith("*")):
            for name in names:
                if name.startswith(family):
                    owner.setdefault(name, group)
    columns: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        columns.setdefault(owner.get(name, _OTHER), []).append(place)
    return columns


_EMPTY = Bag(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))


def _score(features: Features, model: Model, *, columns: Sequence[int] = ()) -> Doubles:
    """The mean log-odds of the networks, with some columns at their mean."""
    total = np.zeros(len(features.rows))
    for number in range(model.networks.count):
        network = model.networks.one(number)
        total += logits_of(_levelled(features, network, columns) if columns else features, network)[0]
    return total / model.networks.count


def _without(features: Features, part: str) -> Features:
    """The features of a page of unknown words, or of elements without names."""
    if part == _WORDS:
        return replace(features, head=_EMPTY, first=_EMPTY)
    names = features.names
    if names is None:
        return features
    unnamed = replace(names, number=_EMPTY.number, sizes=np.zeros_like(names.sizes))
    return replace(features, names=unnamed)


def _levelled(features: Features, network: Networks, columns: Sequence[int]) -> Features:
    rows = features.rows.copy()
    rows[:, columns] = network.mean.reshape(-1)[columns]
    return replace(features, rows=rows)


def _evidence(weights: dict[str, float]) -> Evidence:
    told = [(name, round(weight, 2)) for name, weight in weights.items() if abs(weight) >= LEAST]
    told.sort(key=lambda pair: (-abs(pair[1]), pair[0]))
    return Evidence(
        tuple(pair for pair in told if pair[1] > 0), tuple(pair for pair in told if pair[1] < 0)
    )  # fmt: skip
