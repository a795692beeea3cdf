"""The learned judge: networks that read a page block by block, run by numpy alone; layers.py has their arithmetic."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from newsclean.judging.blocks.hashing import KnownWords
from newsclean.judging.features import Vocabulary
from newsclean.judging.layers import (
    GRID,
    MOST,
    PASSED_GRID,
    SLAB,
    Attention,
    Convolution,
    Recurrence,
    exact,
    nearness_of,
    product,
)
from newsclean.shipped import shipped_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from newsclean.judging.blocks.words import Bag
    from newsclean.judging.features import Features
    from newsclean.judging.layers import Layer

    Doubles = npt.NDArray[np.float64]
    Floats = npt.NDArray[np.float32]

_MOST_NAMED = 1023.0
"""Steps of the summed embeddings of words or names at most, either way: 16."""
WEIGHT_GRID = 4096.0
_CLIP = 4.0

BAGS = ("head", "first", "near", "far")


@dataclass(frozen=True, slots=True)
class Networks:
    """The weights of trained networks of one shape, side by side; all matrices are networks × inputs × outputs.

    Biases, scales and embeddings are in grid steps, as activations are. embed: a row per number, networks side by side
    in it, the last row zero.
    """

    mean: Floats
    scale: Floats
    embed: Mapping[str, Floats]
    enter: tuple[Floats, Floats]
    layers: tuple[Layer, ...]
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
            tuple(layer.part(part) for layer in self.layers),
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
    if len(features.rows) <= SLAB:
        logits = logits_of(features, networks).sum(axis=0)
    else:
        # side by side a short page takes half the calls, one after the other a long one half the memory
        each = (logits_of(features, networks.one(number))[0] for number in range(networks.count))
        logits = sum(each, np.zeros(len(features.rows)))
    logits = np.minimum(np.maximum(logits / networks.count, -30), 30)
    probability: Doubles = np.round(1 / (1 + np.exp(-logits)), 6)
    return probability


def logits_of(features: Features, networks: Networks) -> Doubles:
    """The log-odds of each block that it belongs to the story, networks × blocks.

    Activations are counted in grid steps, so that to put them on the grid is `rint` alone.
    """
    size = len(features.rows)
    rounded = np.rint(_entered(features, networks))
    # numpy compares two arrays three times as fast as an array and a number; on a long page their memory counts
    shape = rounded.shape if size <= SLAB else (1,)
    least, most = np.zeros(shape, dtype=np.float32), np.full(shape, MOST, dtype=np.float32)
    np.maximum(rounded, least, out=rounded)
    np.minimum(rounded, most, out=rounded)
    for layer in networks.layers:
        state = layer.over(rounded)
        np.maximum(state, least, out=state)
        state += rounded
        np.rint(state, out=rounded)
        np.minimum(rounded, most, out=rounded)
    mean = rounded.sum(axis=1, dtype=np.float64) / size
    summary = np.concatenate([mean, rounded.max(axis=1)], axis=1)[:, None]
    context = np.matmul(np.rint(summary), networks.context[0]) + networks.context[1]
    context = np.rint(np.maximum(context, 0))
    # every block has the same context, so its share of the sum is worked out once
    width = rounded.shape[2]
    own, shared = networks.leave[0][:, :width], networks.leave[0][:, width:]
    logits: Doubles = np.matmul(rounded, own)
    logits += np.matmul(context, shared) + networks.leave[1]
    return logits[:, :, 0] / GRID


def _entered(features: Features, networks: Networks) -> Floats:
    """The first layer's sums: of normalized rows and of embeddings, networks × blocks × hidden width."""
    size = len(features.rows)
    weights, bias = networks.enter
    embed = networks.embed
    named: tuple[Floats, ...] = ()
    if "near" in embed and features.names is not None:
        named = features.names.sums(embed["near"], embed["far"])
    state = np.empty((networks.count, size, bias.shape[-1]), dtype=np.float32)
    for start in range(0, size, SLAB):
        part = slice(start, min(start + SLAB, size))
        rows = features.rows[part] - networks.mean
        rows *= networks.scale
        np.clip(rows, -_CLIP * GRID, _CLIP * GRID, out=rows)
        np.rint(rows, out=rows)
        columns = rows.shape[-1]
        sums = [
            _word_means(features.head, embed["head"], part),
            _word_means(features.first, embed["first"], part),
            *(sums[part] for sums in named),
        ]
        embedded = np.empty((networks.count, part.stop - start, weights.shape[1] - columns), dtype=np.float32)
        at = 0
        for found in sums:
            width = found.shape[-1] // networks.count
            embedded[:, :, at : at + width] = found.reshape(-1, networks.count, width).transpose(1, 0, 2)
            at += width
        np.rint(embedded, out=embedded)
        np.clip(embedded, -_MOST_NAMED, _MOST_NAMED, out=embedded)
        # sums are exact, so that they may be taken apart
        state[:, part] = product(rows, weights[:, :columns])
        state[:, part] += product(embedded, weights[:, columns:])
    state += bias
    return state


def _word_means(bag: Bag, table: Floats, part: slice) -> Floats:
    """The mean rows of some blocks' words, those of all networks side by side."""
    low, high = bag.block.searchsorted((part.start, part.stop)).tolist()
    counts = np.bincount(bag.block[low:high] - part.start, minlength=part.stop - part.start)
    width = max(int(counts.max()), 1)
    padded = np.empty((width, len(counts)), dtype=np.intp)
    padded.fill(len(table) - 1)
    # numbers come block by block, as the places of the words do
    padded.T[np.arange(width) < counts[:, None]] = bag.number[low:high]
    sums: Floats = table.take(padded, axis=0).sum(axis=0)
    sums /= np.maximum(counts, 1).astype(np.float32)[:, None]
    return sums


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
        KnownWords.of(words if words[0] else ()),
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

    def normal(name: str, steps: float = 1) -> Floats:
        values: Floats = np.stack([arrays[f"{number}.{name}"] for number in numbers])[:, None] * np.float32(steps)
        # networks of one training share them, and then rows are normalized once for all
        return values[:1] if (values == values[:1]).all() else values

    def matrix(name: str) -> tuple[Doubles, Doubles]:
        return all_of(f"{name}.weight"), all_of(f"{name}.bias")[:, None] * GRID

    def embedding(name: str) -> Floats:
        table = np.rint(np.concatenate(list(all_of(f"embed.{name}")), axis=1) * GRID)
        return np.concatenate([table, np.zeros_like(table[:1])]).astype(np.float32)

    def layer(name: str, kind: str) -> Layer:
        if kind.startswith("c"):
            weights, bias = exact(*matrix(name), MOST)
            # what stands above, at and below a block, one under the other
            return Convolution(np.stack(np.split(weights, 3, axis=1)), bias, int(kind[1:]))
        weights, bias = exact(*matrix(f"{name}.enter"), MOST)
        out_weights, out_bias = matrix(f"{name}.out")
        if kind == "a":
            nearness = nearness_of(all_of(f"{name}.distance"))
            return Attention((weights, bias), nearness, exact(out_weights, out_bias, MOST))
        # in the file the shares kept, down and up, stand before the candidates, down and up
        units = weights.shape[-1] // 4
        down, up = [np.r_[way : way + units, 2 * units + way : 3 * units + way] for way in (0, units)]
        enter = (weights[:, :, down], bias[:, :, down]), (weights[:, :, up], bias[:, :, up])
        return Recurrence(enter, exact(out_weights * (GRID / PASSED_GRID), out_bias, PASSED_GRID))

    inputs = np.arange(len(arrays["0.enter.weight"]))
    plan = bytes(arrays["plan"]).decode("ascii").split()
    return Networks(
        normal("mean"),
        normal("scale", GRID),
        {name: embedding(name) for name in BAGS if f"0.embed.{name}" in arrays},
        exact(*matrix("enter"), np.where(inputs < len(arrays["0.mean"]), _CLIP * GRID, _MOST_NAMED)[:, None]),
        tuple(layer(f"layer{at}", kind) for at, kind in enumerate(plan)),
        matrix("context"),
        matrix("leave"),
    )
