"""Numbers for what is distinct among many: words, names, tags, hashes."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Hashes = npt.NDArray[np.uint64]

_Key = TypeVar("_Key", bound="Hashable")
_Whole = TypeVar("_Whole", bound="np.integer[Any]")


def numbers_of(keys: Iterable[_Key], size: int) -> tuple[Mapping[_Key, int], Ints]:
    """The distinct keys, each with its number from 0 in the order in which they come, and the number of every key.

    size: how many keys there are.
    """
    numbers = defaultdict[_Key, int](count().__next__)
    numbered_keys = np.fromiter(map(numbers.__getitem__, keys), np.int64, size)
    # from now on a key that is not there is an error again
    numbers.default_factory = None
    return numbers, numbered_keys


def distinct(keys: npt.NDArray[_Whole]) -> npt.NDArray[_Whole]:
    """The keys sorted, each once; `np.unique` does the same, but its first call loads all of `numpy.ma`."""
    ordered = keys.copy()
    ordered.sort()
    return ordered[_firsts(ordered)]


def first_of(hashes: Hashes) -> tuple[Ints, Ints]:
    """Of every distinct hash, in ascending order, a place where it stands; and of every place its hash's number."""
    order = hashes.argsort()
    firsts = _firsts(hashes.take(order))
    number = np.empty(len(hashes), dtype=np.int64)
    number[order] = firsts.cumsum() - 1
    return order[firsts], number


def _firsts(ordered: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Whether each of some sorted keys is the first of its like."""
    firsts = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=firsts[1:])
    return firsts


def find_in(hashes: Hashes, wanted: Hashes) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Where wanted hashes stand or would stand among others, and whether they do. hashes: sorted, each once."""
    place = hashes.searchsorted(wanted)
    if not hashes.size:
        return place, np.zeros(len(wanted), dtype=np.bool_)
    return place, hashes.take(place, mode="clip") == wanted
