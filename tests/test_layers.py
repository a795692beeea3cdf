"""The layers of the networks: what they compute, told once more in plain loops, however the work is cut."""

from __future__ import annotations

import numpy as np
import pytest

from newsclean.judging import layers
from newsclean.judging.layers import (
    DISTANCES,
    GRID,
    MOST,
    PASSED_GRID,
    Attention,
    Convolution,
    Recurrence,
    exact,
    nearness_of,
)

NETWORKS, HIDDEN, WIDTH = 2, 12, 5
DISTANCE = np.random.default_rng(7).normal(size=(NETWORKS, 2 * DISTANCES + 1))


def linear(rng: np.random.Generator, inputs: int, outputs: int, most: float = MOST, size: float = 0.3):
    weights = rng.normal(size=(NETWORKS, inputs, outputs)) * size
    return exact(weights, rng.normal(size=(NETWORKS, 1, outputs)) * size * GRID, most)


def made(kind: str, seed: int = 3):
    rng = np.random.default_rng(seed)
    if kind == "convolution":
        weights, bias = linear(rng, HIDDEN, 3 * HIDDEN)
        return Convolution(np.stack(np.split(weights, 3, axis=2)), bias[:, :, :HIDDEN], 4)
    if kind == "recurrence":
        enter = linear(rng, HIDDEN, 2 * HIDDEN), linear(rng, HIDDEN, 2 * HIDDEN)
        return Recurrence(enter, linear(rng, 2 * HIDDEN, HIDDEN, PASSED_GRID))
    return Attention(linear(rng, HIDDEN, 2 * WIDTH + HIDDEN), nearness_of(DISTANCE), linear(rng, HIDDEN, HIDDEN))


def page(blocks: int, seed: int = 5):
    values = np.random.default_rng(seed).normal(size=(NETWORKS, blocks, HIDDEN))
    return np.rint(np.abs(values) * GRID).astype(np.float32)


def by_hand(layer, values):
    """What a layer makes of a page, block by block, in plain floating point."""
    count, size, _ = values.shape
    result = np.zeros((count, size, HIDDEN))
    for net in range(count):
        own = values[net].astype(float)
        if isinstance(layer, Convolution):
            above, at, below = layer.weights[:, net]
            for place in range(size):
                total = own[place] @ at + layer.bias[net, 0]
                if place >= layer.reach:
                    total = total + own[place - layer.reach] @ above
                if place + layer.reach < size:
                    total = total + own[place + layer.reach] @ below
                result[net, place] = total
        elif isinstance(layer, Recurrence):
            states = np.zeros((size, 2, HIDDEN))
            for way, order in enumerate((range(size), range(size - 1, -1, -1))):
                weights, bias = layer.enter[way]
                state = np.zeros(HIDDEN)
                for place in order:
                    gate, candidate = np.split((own[place] @ weights[net] + bias[net, 0]) / GRID, 2)
                    keep = np.clip(gate / 4 + 0.5, 0, 1)
                    state = keep * state + (1 - keep) * np.clip(candidate, -1, 1)
                    states[place, way] = state
            out, bias = layer.out
            result[net] = states.reshape(size, -1) * PASSED_GRID @ out[net] + bias[net, 0]
        else:
            entered = own @ layer.enter[0][net] + layer.enter[1][net, 0]
            queries, keys, told = np.split(entered, [WIDTH, 2 * WIDTH], axis=1)
            for place in range(size):
                near = np.arange(max(place - layers.WINDOW, 0), min(place + layers.WINDOW + 1, size))
                likeness = keys[near] @ queries[place] / GRID**2 / WIDTH**0.5
                likeness += DISTANCE[net, np.clip(near - place, -DISTANCES, DISTANCES) + DISTANCES]
                share = np.exp(likeness - likeness.max())
                result[net, place] = share @ told[near] / share.sum() @ layer.out[0][net] + layer.out[1][net, 0]
    return result


@pytest.mark.parametrize("kind", ["convolution", "recurrence", "attention"])
@pytest.mark.parametrize("blocks", [1, 2, 7, 40, 150])
def test_a_layer_computes_what_is_told_of_it(kind: str, blocks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "WINDOW", 20)
    layer = made(kind)
    values = page(blocks)
    far = np.abs(layer.over(values) - by_hand(layer, values)) / GRID
    # activations are rounded to 1/64, shares of attention to 1/4096 and steps of 1/32
    assert far.max() < 0.15
    assert far.mean() < 0.02


@pytest.mark.parametrize("kind", ["convolution", "recurrence", "attention"])
def test_a_layer_does_not_depend_on_how_the_work_is_cut(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    layer = made(kind)
    values = page(300)
    whole = layer.over(values)
    for slab, work in ((1, 10**9), (16, 1), (37, 7_000), (299, 250_000)):
        monkeypatch.setattr(layers, "SLAB", slab)
        monkeypatch.setattr(layers, "_WORK_PER_CALL", work)
        assert np.array_equal(layer.over(values), whole)


@pytest.mark.parametrize("kind", ["convolution", "recurrence", "attention"])
def test_networks_one_by_one_say_what_they_say_side_by_side(kind: str) -> None:
    layer = made(kind)
    values = page(60)
    whole = layer.over(values)
    for number in range(NETWORKS):
        part = slice(number, number + 1)
        assert np.array_equal(layer.part(part).over(values[part]), whole[part])


def test_sums_are_exact_in_any_order() -> None:
    rng = np.random.default_rng(5)
    for layer in (made("convolution").weights, made("recurrence").enter[0][0], made("attention").enter[0]):
        for weights in layer.reshape(-1, *layer.shape[-2:]):
            values = np.rint(np.abs(rng.normal(size=(40, HIDDEN))) * 2000).astype(np.float32)
            order = rng.permutation(HIDDEN)
            assert np.array_equal(values @ weights, values[:, order] @ weights[order])
            assert np.array_equal(values @ weights, np.einsum("ij,jk->ik", values, weights))


def test_no_share_of_attention_lies_so_near_a_half_that_machines_could_differ() -> None:
    exactly = 4096 * np.exp(-np.arange(10 * 32 + 1) / 32)
    assert np.abs(exactly - np.floor(exactly) - 0.5).min() > 1e-6
    assert layers._SOFTENED[-1] == 0
