"""The layers of the tagger's networks, run by numpy alone and exact to the last bit.

Numbers are held on grids of a power of two, in single precision: activations are whole numbers of 1/64 up to MOST, and
the weights of a layer are rounded to the finest grid on which no sum of theirs can need more than the 24 bits that a
float has. Every sum then is exact: whatever order a processor, a BLAS library or a number of threads adds it up in, the
result is the same to the last bit. A single product or quotient is rounded alike by every processor.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, Self

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Doubles = npt.NDArray[np.float64]
    Floats = npt.NDArray[np.float32]

GRID = 64.0
MOST = 8191.0
"""Steps of the greatest activation, 128; those of long pages pass 32, and to cut them there costs accuracy."""
SLAB = 4_096
"""Blocks worked on at a time, so that the memory of a long page goes into its blocks, not into products of them."""
_EXACT = 2.0**24
"""Below it a float holds every whole number."""
_WORK_PER_CALL = 250_000
"""Multiplications per matrix product: below 262,144 OpenBLAS stays on the calling thread, with no setting touched."""

PASSED_GRID = 1024.0
"""Steps of what a recurrence passes on, which lies between -1 and 1."""

WINDOW = 64
"""Blocks above and below that attention looks at."""
DISTANCES = 16
"""Distances in blocks that attention tells apart, either way; all further ones are one."""
_ASKED = 16
"""Blocks that ask together, as one matrix."""
_MOST_ASKED = 831.0
"""Steps of a query or key at most, 13: the product of two of 24 numbers then needs no more than 24 bits."""
_UNSEEN = np.float32(-1e6)
"""Likeness of what is out of sight."""
_SOFT_STEPS = 32
_SOFTENED = np.rint(4096 * np.exp(-np.arange(10 * _SOFT_STEPS + 1) / _SOFT_STEPS))
"""exp(-x) in whole numbers of 1/4096, x in steps of 1/32 up to 10, from where it is 0.

None lies so near a half that two machines could round it differently.
"""


class Layer(Protocol):
    """A layer of all networks, side by side."""

    def over(self, values: Floats) -> Floats:
        """What the layer makes of a page: activations in grid steps, networks × blocks × width."""
        ...

    def part(self, networks: slice) -> Self:
        """The layer of some of the networks."""
        ...


@dataclass(frozen=True, slots=True)
class Convolution:
    """A block with those that stand `reach` above and below it.

    weights: 3 × networks × inputs × outputs, for above, at and below.
    """

    weights: Floats
    bias: Floats
    reach: int

    def over(self, values: Floats) -> Floats:
        """What the layer makes of a page."""
        if values.shape[1] <= SLAB:
            return self._of(values, 0, values.shape[1])
        result = np.empty((*values.shape[:2], self.bias.shape[-1]), dtype=np.float32)
        for start in range(0, values.shape[1], SLAB):
            stop = min(start + SLAB, values.shape[1])
            result[:, start:stop] = self._of(values, start, stop)
        return result

    def _of(self, values: Floats, start: int, stop: int) -> Floats:
        reach = self.reach
        low, high = max(start - reach, 0), min(stop + reach, values.shape[1])
        above, at, below = product(values[:, low:high], self.weights)
        result: Floats = at[:, start - low : stop - low]
        result += self.bias
        first_below, last_above = max(start, reach), min(stop, values.shape[1] - reach)
        if first_below < stop:
            result[:, first_below - start :] += above[:, first_below - reach - low : stop - reach - low]
        if last_above > start:
            result[:, : last_above - start] += below[:, start + reach - low : last_above + reach - low]
        return result

    def part(self, networks: slice) -> Convolution:
        """The layer of some of the networks."""
        return replace(self, weights=self.weights[:, networks], bias=self.bias[networks])


@dataclass(frozen=True, slots=True)
class Recurrence:
    """What is remembered down the page, and up the page: each unit keeps a share of its state and takes in a candidate.

    state = keep * state before + (1 - keep) * candidate, where keep and candidate depend on the block alone: a gated
    unit without a product in its loop. keep is a hard sigmoid, candidate a hard hyperbolic tangent.
    enter: for the way down and the way up, networks × inputs × (keep, candidate). out: what the states become.
    """

    enter: tuple[tuple[Floats, Floats], tuple[Floats, Floats]]
    out: tuple[Floats, Floats]

    def over(self, values: Floats) -> Floats:
        """What the layer makes of a page."""
        count, size, _ = values.shape
        units = self.out[0].shape[1] // 2
        states = np.empty((count, size, 2 * units), dtype=np.float32)
        state = np.zeros(count * 2 * units, dtype=np.float32)
        for start in range(0, size, SLAB):
            stop = min(start + SLAB, size)
            # the way up begins at the page's end
            parts = slice(start, stop), slice(size - stop, size - start)
            kept = np.empty((stop - start, count, 2, units), dtype=np.float32)
            taken = np.empty_like(kept)
            for way, (part, enter) in enumerate(zip(parts, self.enter, strict=True)):
                entered = linear(values[:, part], enter)[:, :: -1 if way else 1].swapaxes(0, 1)
                kept[:, :, way] = entered[..., :units]
                taken[:, :, way] = entered[..., units:]
            kept *= np.float32(0.25 / GRID)
            kept += np.float32(0.5)
            np.clip(kept, 0, 1, out=kept)
            taken *= np.float32(1 / GRID)
            np.clip(taken, -1, 1, out=taken)
            taken *= 1 - kept
            rows = stop - start, -1
            multiply, add = np.multiply, np.add
            for share, after in zip(kept.reshape(rows), taken.reshape(rows), strict=True):
                multiply(share, state, share)
                state = add(after, share, after)
            passed = taken.swapaxes(0, 1)
            states[:, parts[0], :units] = passed[:, :, 0]
            states[:, parts[1], units:] = passed[:, ::-1, 1]
        states *= np.float32(PASSED_GRID)
        np.rint(states, out=states)
        return linear(states, self.out)

    def part(self, networks: slice) -> Recurrence:
        """The layer of some of the networks."""
        down, up = self.enter
        return Recurrence((_part(down, networks), _part(up, networks)), _part(self.out, networks))


@dataclass(frozen=True, slots=True)
class Attention:
    """What a block finds among the WINDOW blocks above and below that are like what it asks for.

    enter: networks × inputs × (queries, keys, values). nearness: what the place of a block adds to the likeness, of
    `nearness_of`. out: what is found becomes.
    """

    enter: tuple[Floats, Floats]
    nearness: Floats
    out: tuple[Floats, Floats]

    def over(self, values: Floats) -> Floats:
        """What the layer makes of a page."""
        size = values.shape[1]
        found = np.empty_like(values)
        for start in range(0, size, SLAB):
            stop = min(start + SLAB, size)
            low, high = max(start - WINDOW, 0), min(stop + WINDOW, size)
            views = linear(values[:, low:high], self.enter)
            np.rint(views, out=views)
            found[:, start:stop] = self._found(views, start - low, stop - low)
        return linear(found, self.out)

    def _found(self, views: Floats, start: int, stop: int) -> Floats:
        """What the blocks from start to stop find among those whose views are given."""
        count, size, _ = views.shape
        hidden = self.out[0].shape[1]
        width = (views.shape[-1] - hidden) // 2
        chunks = -(-(stop - start) // _ASKED)
        reach = min(WINDOW, size - 1)
        looked = _ASKED + 2 * reach
        # with room on either side every chunk looks at as many blocks
        room = np.zeros((count, chunks * _ASKED + 2 * reach, views.shape[-1]), dtype=np.float32)
        first = start - reach
        low, high = max(first, 0), min(first + room.shape[1], size)
        room[:, low - first : high - first] = views[:, low:high]
        asked = np.clip(room[:, :, : 2 * width], -_MOST_ASKED, _MOST_ASKED)
        told = np.clip(room[:, :, 2 * width :], -MOST, MOST).astype(np.float64)
        queries = asked[:, reach : reach + chunks * _ASKED, :width].reshape(count, chunks, _ASKED, width)
        keys = _looked_at(asked, chunks, looked)[..., width:].swapaxes(2, 3)
        likeness = np.matmul(queries, keys)
        likeness *= np.float32(_SOFT_STEPS / (GRID * GRID * width**0.5))
        likeness += self.nearness[..., WINDOW - reach : WINDOW - reach + looked]
        place = np.arange(first, first + room.shape[1], dtype=np.int64)
        beyond = np.where((place < 0) | (place >= size), _UNSEEN, np.float32(0))
        likeness += _looked_at(beyond[None, :, None], chunks, looked).swapaxes(2, 3)
        steps = np.subtract(likeness.max(axis=-1, keepdims=True), likeness, out=likeness)
        np.minimum(steps, len(_SOFTENED) - 1, out=steps)
        shares = _SOFTENED.take(np.rint(steps, out=steps).astype(np.intp))
        windows = _looked_at(told, chunks, looked)
        # doubles hold these sums of whole numbers exactly
        sums: Doubles = np.matmul(shares, windows)
        sums /= shares.sum(axis=-1, keepdims=True)
        return np.rint(sums).reshape(count, chunks * _ASKED, hidden)[:, : stop - start].astype(np.float32)

    def part(self, networks: slice) -> Attention:
        """The layer of some of the networks."""
        return Attention(_part(self.enter, networks), self.nearness[networks], _part(self.out, networks))


def _looked_at(values: npt.NDArray[Any], chunks: int, looked: int) -> npt.NDArray[Any]:
    """The values that each chunk looks at: networks × chunks × blocks looked at × width, without a copy.

    `sliding_window_view` shows the same, and takes a hundred times as long to make the view.
    """
    count, _, width = values.shape
    of_network, of_block, of_value = values.strides
    strides = of_network, _ASKED * of_block, of_block, of_value
    return np.ndarray((count, chunks, looked, width), values.dtype, values, strides=strides)


def nearness_of(distance: Doubles) -> Floats:
    """What places add to the likeness, in the steps of attention: networks × 1 × blocks that ask × blocks looked at.

    distance: networks × whole numbers of blocks from -DISTANCES to DISTANCES.
    """
    apart = np.arange(_ASKED + 2 * WINDOW) - WINDOW - np.arange(_ASKED)[:, None]
    steps = distance[:, np.clip(apart, -DISTANCES, DISTANCES) + DISTANCES] * _SOFT_STEPS
    return np.where(np.abs(apart) > WINDOW, _UNSEEN, steps)[:, None].astype(np.float32)


def linear(values: Floats, layer: tuple[Floats, Floats]) -> Floats:
    """Weights and biases applied to every block."""
    weights, bias = layer
    result = product(values, weights)
    result += bias
    return result


def _part(layer: tuple[Floats, Floats], networks: slice) -> tuple[Floats, Floats]:
    return layer[0][networks], layer[1][networks]


def product(values: Floats, weights: Floats) -> Floats:
    """The product of values and weights for every network, in pieces that are small enough for one thread.

    values: networks × blocks × inputs. weights: networks × inputs × outputs, or several such, one after the other.
    """
    size, width = values.shape[1:]
    outputs = weights.shape[-1]
    products = np.empty((*weights.shape[:-2], size, outputs), dtype=np.float32)
    step = max(1, _WORK_PER_CALL // (width * outputs))
    whole = size - size % step
    if whole:
        pieces = values[:, :whole].reshape(len(values), -1, step, width)
        of_pieces = products[..., :whole, :].reshape(*weights.shape[:-2], -1, step, outputs)
        np.matmul(pieces, weights[..., None, :, :], out=of_pieces)
    if whole < size:
        np.matmul(values[:, whole:], weights, out=products[..., whole:, :])
    return products


def exact(weights: Doubles, bias: Doubles, most: float | Doubles) -> tuple[Floats, Floats]:
    """The weights and biases of a layer on the finest grid on which its sums are exact in single precision.

    most: the greatest value that an input can have, one for all or one for each.
    """
    largest = float(((np.abs(weights) * most).sum(axis=1) + np.abs(bias[:, 0])).max())
    grid = 2.0 ** np.floor(np.log2(_EXACT / (1.1 * largest + 1)))
    return (np.rint(weights * grid) / grid).astype(np.float32), (np.rint(bias * grid) / grid).astype(np.float32)
