"""The learned judge: a residual dilated convolution over a page's blocks, run by numpy alone.

All numbers are held on grids of a power of two (activations 1/1024, weights 1/4096) in doubles. A product of two is
then a multiple of 2**-22, and sums of them stay exact far below 2**31: whatever order a processor, a BLAS library or
a number of threads adds them up in, the result is the same to the last bit.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np

from newsclean.judging.features import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from newsclean.judging.features import Bag, Features

    Doubles = npt.NDArray[np.float64]

_GRID = 1024.0
WEIGHT_GRID = 4096.0
_CLIP = 4.0
_WORK_PER_CALL = 250_000
"""Multiplications per matrix product: below 262,144 OpenBLAS stays on the calling thread, with no setting touched."""

BAGS = ("head", "first", "near", "far")
_MEAN_BAGS = frozenset({"head", "first"})


@dataclass(frozen=True, slots=True)
class Network:
    """The weights of one trained network, on the grid; all matrices are inputs × outputs."""

    mean: npt.NDArray[np.float32]
    scale: npt.NDArray[np.float32]
    embed: Mapping[str, Doubles]
    enter: tuple[Doubles, Doubles]
    layers: tuple[tuple[Doubles, Doubles], ...]
    dilations: tuple[int, ...]
    context: tuple[Doubles, Doubles]
    leave: tuple[Doubles, Doubles]


@dataclass(frozen=True, slots=True)
class Model:
    """Networks whose logits are averaged, the vocabulary they know, and where they cut.

    name: of the weights, with a checksum. threshold: the probability from which a block is kept, calibrated on
    held-out pages. calibration: bounds of the raw confidence and what they are worth, see `confidence.py`.
    """

    name: str
    networks: tuple[Network, ...]
    vocabulary: Vocabulary
    threshold: float


def tag(features: Features, model: Model) -> Doubles:
    """The probability of each block that it belongs to the story."""
    logits = sum((_logits(features, network) for network in model.networks), np.zeros(len(features.rows)))
    logits = np.clip(logits / len(model.networks), -30, 30)
    probability: Doubles = np.round(1 / (1 + np.exp(-logits)), 6)
    return probability


def _logits(features: Features, network: Network) -> Doubles:
    size = len(features.rows)
    rows = np.clip((features.rows - network.mean) * network.scale, -_CLIP, _CLIP)
    parts = [_on_grid(rows.astype(np.float64))]
    for name, table in network.embed.items():
        bag: Bag = getattr(features, name)
        parts.append(_bag_sums(bag, table, size, mean=name in _MEAN_BAGS))
    state = np.maximum(_affine(np.concatenate(parts, axis=1), network.enter), 0)
    width = state.shape[1]
    for (weights, bias), reach in zip(network.layers, network.dilations, strict=True):
        rounded = _on_grid(state)
        window = np.zeros((size, 3 * width))
        if size > reach:
            window[reach:, :width] = rounded[:-reach]
            window[:-reach, 2 * width :] = rounded[reach:]
        window[:, width : 2 * width] = rounded
        state = rounded + np.maximum(_affine(window, (weights, bias)), 0)
    rounded = _on_grid(state)
    summary = np.concatenate([rounded.sum(axis=0) / size, rounded.max(axis=0)])[None]
    context = np.maximum(_affine(_on_grid(summary), network.context), 0)
    whole = np.concatenate([rounded, np.repeat(_on_grid(context), size, axis=0)], axis=1)
    logits: Doubles = _affine(whole, network.leave)[:, 0]
    return logits


def _on_grid(values: Doubles) -> Doubles:
    rounded: Doubles = np.rint(values * _GRID) / _GRID
    return rounded


def _affine(values: Doubles, layer: tuple[Doubles, Doubles]) -> Doubles:
    weights, bias = layer
    step = max(1, _WORK_PER_CALL // weights.size)
    result = np.empty((len(values), weights.shape[1]))
    for start in range(0, len(values), step):
        np.matmul(values[start : start + step], weights, out=result[start : start + step])
    result += bias
    return result


def _bag_sums(bag: Bag, table: Doubles, size: int, *, mean: bool) -> Doubles:
    sums = np.zeros((size, table.shape[1]))
    if len(bag.block):
        starts = np.flatnonzero(np.concatenate(([True], bag.block[1:] != bag.block[:-1])))
        owners = bag.block[starts]
        sums[owners] = np.add.reduceat(table[bag.number], starts, axis=0)
        if mean:
            sums[owners] /= np.diff(np.append(starts, len(bag.block)))[:, None]
    return _on_grid(sums)


@cache
def load_model(kind: str) -> Model:
    """The model shipped for "html" or "text"; read once, never changed."""
    data = resources.files("newsclean.judging").joinpath(f"weights/{kind}.npz").read_bytes()
    return parse_model(data)


def parse_model(data: bytes) -> Model:
    """Read a weights file as `training/fit.py` writes it."""
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        arrays: dict[str, Any] = {name: archive[name] for name in archive.files}
    words = bytes(arrays["words"]).decode("utf-8").split("\n")
    names = bytes(arrays["names"]).decode("utf-8").split("\n")
    vocabulary = Vocabulary(
        {word: number + 1 for number, word in enumerate(words) if word},
        arrays["word_weights"].astype(np.int64),
        {name: number + 1 for number, name in enumerate(names) if name},
    )
    count = int(arrays["networks"])
    networks = tuple(_network(arrays, f"{number}.") for number in range(count))
    name = f"{bytes(arrays['name']).decode('utf-8')}-{zlib.crc32(data):08x}"
    return Model(name, networks, vocabulary, float(arrays["threshold"]))


def _network(arrays: Mapping[str, Any], prefix: str) -> Network:
    def matrix(name: str) -> Doubles:
        values: Doubles = arrays[prefix + name].astype(np.float64) / WEIGHT_GRID
        return values

    dilations = tuple(int(reach) for reach in arrays[prefix + "dilations"])
    return Network(
        arrays[prefix + "mean"],
        arrays[prefix + "scale"],
        {name: matrix(f"embed.{name}") for name in BAGS if f"{prefix}embed.{name}" in arrays},
        (matrix("enter.weight"), matrix("enter.bias")),
        tuple((matrix(f"layer{at}.weight"), matrix(f"layer{at}.bias")) for at in range(len(dilations))),
        dilations,
        (matrix("context.weight"), matrix("context.bias")),
        (matrix("leave.weight"), matrix("leave.bias")),
    )
