"""The tagger: exact in any order of adding, at home on every length, and the same however it is called."""

from __future__ import annotations

import numpy as np
import pytest

from newsclean.judging import layers, tagger
from newsclean.judging.features import FLAT_FEATURES, HTML_FEATURES, read_features
from newsclean.judging.layers import Convolution
from newsclean.judging.tagger import load_model, tag
from newsclean.options import Options
from newsclean.reading import read

STORY = "The council voted on Tuesday to close the bridge until the spring, and nobody on it was pleased. "


def page(kind: str, blocks: int):
    rows = [STORY * (1 + n % 4) if n % 3 else "Read more" for n in range(blocks)]
    source = "\n\n".join(rows) if kind == "text" else "".join(f"<div class=c><p>{row}</p></div>" for row in rows)
    return read(source, url=None, options=Options(as_=kind))


@pytest.mark.parametrize("kind", ["html", "text"])
def test_probabilities_do_not_depend_on_how_the_work_is_cut(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = load_model(kind)
    features = read_features(page(kind, 90), model.vocabulary)
    whole = tag(features, model)
    for work in (1, 7_000, 10**9):
        monkeypatch.setattr(layers, "_WORK_PER_CALL", work)
        assert np.array_equal(tag(features, model), whole)


@pytest.mark.parametrize("kind", ["html", "text"])
def test_sums_are_exact_in_any_order(kind: str) -> None:
    model = load_model(kind)
    rng = np.random.default_rng(5)
    first = model.networks.layers[0]
    assert isinstance(first, Convolution)
    for weights in np.concatenate(first.weights):
        values = np.rint(rng.normal(size=(40, weights.shape[0])) * 4096) / 1024
        order = rng.permutation(weights.shape[0])
        assert np.array_equal(values @ weights, values[:, order] @ weights[order])
        assert np.array_equal(values @ weights, np.einsum("ij,jk->ik", values, weights))


@pytest.mark.parametrize("kind", ["html", "text"])
def test_networks_one_by_one_say_what_they_say_side_by_side(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = load_model(kind)
    features = read_features(page(kind, 90), model.vocabulary)
    whole = tag(features, model)
    for slab in (1, 16, 89):
        monkeypatch.setattr(layers, "SLAB", slab)
        monkeypatch.setattr(tagger, "SLAB", slab)
        assert np.array_equal(tag(features, model), whole)


@pytest.mark.parametrize("kind", ["html", "text"])
@pytest.mark.parametrize("blocks", [1, 2, 3, 17, 40])
def test_every_length_has_a_probability_per_block(kind: str, blocks: int) -> None:
    model = load_model(kind)
    features = read_features(page(kind, blocks), model.vocabulary)
    probability = tag(features, model)
    assert probability.shape == (blocks,)
    assert ((probability >= 0) & (probability <= 1)).all()


@pytest.mark.parametrize(("kind", "names"), [("html", HTML_FEATURES), ("text", FLAT_FEATURES)])
def test_the_weights_fit_the_features(kind: str, names: list[str]) -> None:
    assert load_model(kind).networks.mean.shape[-1] == len(names)


def test_weights_stay_small() -> None:
    from importlib import resources

    folder = resources.files("newsclean.judging").joinpath("weights")
    assert sum(len(entry.read_bytes()) for entry in folder.iterdir() if entry.is_file()) < 1_000_000
