"""The learned judge: a residual dilated convolution over a page's blocks, run by numpy alone.

Numbers are held on grids of a power of two, in single precision: activations are whole numbers of 1/64 up to _MOST,
and the weights of a layer are rounded to the finest grid on which no sum of theirs can need more than the 24 bits that
a float has. Every sum then is exact: whatever order a processor, a BLAS library or a number of threads adds it up in,
the result is the same to the last bit.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from newsclean.judging.features import Vocabulary
from newsclean.shipped import shipped_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from newsclean.judging.features import Features
    from newsclean.judging.words import Bag

    Doubles = npt.NDArray[np.float64]
    Floats = npt.NDArray[np.float32]

_GRID = 64.0
_MOST = 8191.0
"""Steps of the greatest activation, 128; those of long pages pass 32, and to cut them there costs accuracy."""
_MOST_NAMED = 1023.0
"""The same of the summed embeddings of words or names, either way: 16."""
_EXACT = 2.0**24
"""Below it a float holds every whole number."""
WEIGHT_GRID = 4096.0
_CLIP = 4.0
_WORK_PER_CALL = 250_000
"""Multiplications per matrix product: below 262,144 OpenBLAS stays on the calling thread, with no setting touched."""
_SLAB = 4_096
"""Blocks worked on at a time, so that the memory of a long page goes into its blocks, not into products of them."""

BAGS = ("head", "first", "near", "far")


@dataclass(frozen=True, slots=True)
class Networks:
    """The weights of trained networks of one shape, side by side; all matrices are networks × inputs × outputs.

    Biases and embeddings are in grid steps, as activations are. embed: a row per number, networks side by side in it,
    the last row zero.
    """

    mean: Floats
    scale: Floats
    embed: Mapping[str, Floats]
    enter: tuple[Floats, Floats]
    layers: tuple[tuple[Floats, Floats], ...]
    dilations: tuple[int, ...]
    context: tuple[Doubles, Doubles]
    leave: tuple[Doubles, Doubles]

    @property
    def count(self) -> int:
        """How many networks they are."""
        return len(self.enter[0])

    def one(self, number: int) -> Networks:
        """One of the networks alone."""
        part = slice(number, number + 1)
        return Networks(
            self.mean if len(self.mean) == 1 else self.mean[part],
            self.scale if len(self.scale) == 1 else self.scale[part],
            {name: self._own_columns(table, number) for name, table in self.embed.items()},
            (self.enter[0][part], self.enter[1][part]),
            tuple((weights[part], bias[part]) for weights, bias in self.layers),
            self.dilations,
            (self.context[0][part], self.context[1][part]),
            (self.leave[0][part], self.leave[1][part]),
        )

    def _own_columns(self, table: Floats, number: int) -> Floats:
        width = table.shape[1] // self.count
        return np.ascontiguousarray(table[:, number * width : (number + 1) * width])


@dataclass(frozen=True, slots=True)
class Model:
    """Networks whose logits are averaged, the vocabulary they know, and where they cut.

    name: of the weights, with a checksum. threshold: the probability from which a block is kept, calibrated on
    held-out pages.
    """

    name: str
    networks: Networks
    vocabulary: Vocabulary
    threshold: float


def tag(features: Features, model: Model) -> Doubles:
    """The probability of each block that it belongs to the story."""
    networks = model.networks
    if len(features.rows) <= _SLAB:
        logits = logits_of(features, networks).sum(axis=0)
    else:
        # side by side a short page takes half the calls, one after the other a long one half the memory
        each = (logits_of(features, networks.one(number))[0] for number in range(networks.count))
        logits = sum(each, np.zeros(len(features.rows)))
    logits = np.clip(logits / networks.count, -30, 30)
    probability: Doubles = np.round(1 / (1 + np.exp(-logits)), 6)
    return probability


def logits_of(features: Features, networks: Networks) -> Doubles:
    """The log-odds of each block that it belongs to the story, networks × blocks.

    Activations are counted in grid steps, so that to put them on the grid is `rint` alone.
    """
    size = len(features.rows)
    state = _entered(features, networks)
    rounded = np.rint(state)
    np.minimum(rounded, _MOST, out=rounded)
    for layer, reach in zip(networks.layers, networks.dilations, strict=True):
        for start in range(0, size, _SLAB):
            stop = min(start + _SLAB, size)
            state[:, start:stop] = _convolved(rounded, layer, reach, start, stop)
        np.maximum(state, 0, out=state)
        state += rounded
        np.rint(state, out=rounded)
        np.minimum(rounded, _MOST, out=rounded)
    mean = rounded.sum(axis=1, dtype=np.float64) / size
    summary = np.concatenate([mean, rounded.max(axis=1)], axis=1)[:, None]
    context = np.matmul(np.rint(summary), networks.context[0]) + networks.context[1]
    context = np.rint(np.maximum(context, 0))
    # every block has the same context, so its share of the sum is worked out once
    own, shared = np.split(networks.leave[0], 2, axis=1)
    logits: Doubles = np.einsum("nbw,nw->nb", rounded, own[:, :, 0], dtype=np.float64)
    logits += (np.matmul(context, shared) + networks.leave[1])[:, :, 0]
    return logits / _GRID


def _entered(features: Features, networks: Networks) -> Floats:
    """The first layer: normalized rows and summed embeddings, networks × blocks × hidden width."""
    size = len(features.rows)
    weights, bias = networks.enter
    embed = networks.embed
    named: tuple[Floats, ...] = ()
    if "near" in embed and features.names is not None:
        named = features.names.sums(embed["near"], embed["far"])
    state = np.empty((networks.count, size, bias.shape[-1]), dtype=np.float32)
    for start in range(0, size, _SLAB):
        part = slice(start, min(start + _SLAB, size))
        rows = features.rows[part] - networks.mean
        rows *= networks.scale
        np.maximum(rows, -_CLIP, out=rows)
        np.minimum(rows, _CLIP, out=rows)
        rows *= np.float32(_GRID)
        sums = [
            _word_means(features.head, embed["head"], part),
            _word_means(features.first, embed["first"], part),
            *(sums[part] for sums in named),
        ]
        entering = np.empty((networks.count, part.stop - start, weights.shape[1]), dtype=np.float32)
        columns = rows.shape[-1]
        entering[:, :, :columns] = rows
        for found in sums:
            width = found.shape[-1] // networks.count
            by_network = found.reshape(-1, networks.count, width).transpose(1, 0, 2)
            entering[:, :, columns : columns + width] = by_network
            columns += width
        np.rint(entering, out=entering)
        embedded = entering[:, :, rows.shape[-1] :]
        np.maximum(embedded, -_MOST_NAMED, out=embedded)
        np.minimum(embedded, _MOST_NAMED, out=embedded)
        state[:, part] = _product(entering, weights)
    state += bias
    np.maximum(state, 0, out=state)
    return state


def _word_means(bag: Bag, table: Floats, part: slice) -> Floats:
    """The mean rows of some blocks' words, those of all networks side by side."""
    low, high = np.searchsorted(bag.block, (part.start, part.stop))
    block = bag.block[low:high] - part.start
    counts = np.bincount(block, minlength=part.stop - part.start)
    rank = np.arange(high - low) - np.repeat(np.cumsum(counts) - counts, counts)
    width = max(int(counts.max()), 1)
    padded = np.full((len(counts), width), len(table) - 1)
    padded[block, rank] = bag.number[low:high]
    sums: Floats = np.matmul(np.ones(width, dtype=np.float32), table.take(padded, axis=0))
    sums /= np.maximum(counts, 1).astype(np.float32)[:, None]
    return sums


def _convolved(rounded: Floats, layer: tuple[Floats, Floats], reach: int, start: int, stop: int) -> Floats:
    """What a layer makes of the blocks from start to stop, and of those that stand at `reach` above and below them."""
    weights, bias = layer
    width = bias.shape[-1]
    low, high = max(start - reach, 0), min(stop + reach, rounded.shape[1])
    products = _product(rounded[:, low:high], weights)
    result: Floats = products[:, start - low : stop - low, width : 2 * width] + bias
    first_below, last_above = max(start, reach), min(stop, rounded.shape[1] - reach)
    if first_below < stop:
        result[:, first_below - start :] += products[:, first_below - reach - low : stop - reach - low, :width]
    if last_above > start:
        result[:, : last_above - start] += products[:, start + reach - low : last_above + reach - low, 2 * width :]
    return result


def _product(values: Floats, weights: Floats) -> Floats:
    """The product of values and weights for every network, in pieces of one size, small enough for one thread."""
    count, size, width = values.shape
    pieces = -(-size // max(1, _WORK_PER_CALL // (width * weights.shape[-1])))
    step = -(-size // pieces)
    if pieces * step != size:
        padded = np.zeros((count, pieces * step, width), dtype=np.float32)
        padded[:, :size] = values
        values = padded
    products: Floats = np.matmul(values.reshape(count, pieces, step, width), weights[:, None])
    return products.reshape(count, pieces * step, -1)[:, :size]


@cache
def load_model(kind: str) -> Model:
    """The model shipped for "html" or "text"; read once, never changed."""
    data = shipped_bytes(f"judging/weights/{kind}.npz")
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
    name = f"{bytes(arrays['name']).decode('utf-8')}-{zlib.crc32(data):08x}"
    return Model(name, _networks(arrays), vocabulary, float(arrays["threshold"]))


def _networks(arrays: Mapping[str, Any]) -> Networks:
    numbers = range(int(arrays["networks"]))

    def all_of(name: str) -> Doubles:
        values: Doubles = np.stack([arrays[f"{number}.{name}"].astype(np.float64) for number in numbers])
        return values / WEIGHT_GRID

    def normal(name: str) -> Floats:
        values: Floats = np.stack([arrays[f"{number}.{name}"] for number in numbers])[:, None]
        # networks of one training share them, and then rows are normalized once for all
        return values[:1] if (values == values[:1]).all() else values

    def layer(name: str) -> tuple[Doubles, Doubles]:
        return all_of(f"{name}.weight"), all_of(f"{name}.bias")[:, None] * _GRID

    def convolution(name: str) -> tuple[Floats, Floats]:
        weights, bias = _exact(*layer(name), _MOST)
        # what stands above, at and below a block, one under the other: here side by side
        return np.concatenate(np.split(weights, 3, axis=1), axis=2), bias

    def embedding(name: str) -> Floats:
        table = np.rint(np.concatenate(list(all_of(f"embed.{name}")), axis=1) * _GRID)
        return np.concatenate([table, np.zeros_like(table[:1])]).astype(np.float32)

    dilations = tuple(int(reach) for reach in arrays["0.dilations"])
    inputs = np.arange(len(arrays["0.enter.weight"]))
    return Networks(
        normal("mean"),
        normal("scale"),
        {name: embedding(name) for name in BAGS if f"0.embed.{name}" in arrays},
        _exact(*layer("enter"), np.where(inputs < len(arrays["0.mean"]), _CLIP * _GRID, _MOST_NAMED)[:, None]),
        tuple(convolution(f"layer{at}") for at in range(len(dilations))),
        dilations,
        layer("context"),
        layer("leave"),
    )


def _exact(weights: Doubles, bias: Doubles, most: float | Doubles) -> tuple[Floats, Floats]:
    """The weights and biases of a layer on the finest grid on which its sums are exact in single precision.

    most: the greatest value that an input can have, one for all or one for each.
    """
    largest = float(((np.abs(weights) * most).sum(axis=1) + np.abs(bias[:, 0])).max())
    grid = 2.0 ** np.floor(np.log2(_EXACT / (1.1 * largest + 1)))
    return (np.rint(weights * grid) / grid).astype(np.float32), (np.rint(bias * grid) / grid).astype(np.float32)
