"""What comes back on the pages of a site, worked out from what was seen of them.

The same story may be there many times: at two addresses, as a page for printers, before and after an update, a page of
it at a time. So stories are counted, not pages: pages whose own text is mostly the same tell one story. What a few
pages share says more of that than what hundreds do, and weighs accordingly.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from math import isqrt
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

    from newsclean.sites.sighting import Seen

    Doubles = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

_LEAST = 2
"""Stories in which something stands that is remembered."""

_MOST_MARKED = 10
"""Pages up to which a title or a canonical address tells a story; one that more have is the site's own."""

_STRIP = 2_048
"""Fingerprints compared at a time."""

_ENTRY = np.dtype([("number", ">u8"), ("kept", ">u2"), ("stood", ">u2"), ("shown", ">u2"), ("belongs", ">u1")])


class Counts(NamedTuple):
    """How something comes back on a site.

    kept: stories in which it was taken for the story. stood: those and the ones where it was dropped as what may be the
    site's own. shown: all in which it stood. belongs: how far it belonged to the stories where it was kept, in
    hundredths, on the average.
    """

    kept: int = 0
    stood: int = 0
    shown: int = 0
    belongs: int = 0


_NEVER = Counts()


@dataclass(frozen=True, slots=True, eq=False)
class Stock:
    """What comes back on a site. size: different stories seen there. entries: by rising fingerprint, one of Counts."""

    size: int
    entries: npt.NDArray[np.void]
    _places: Mapping[int, int]

    @classmethod
    def of(cls, size: int, entries: npt.NDArray[np.void]) -> Stock:
        """What the entries say."""
        return cls(size, entries, {number: place for place, number in enumerate(entries["number"].tolist())})

    def counts(self, number: int) -> Counts:
        """How a fingerprint comes back."""
        place = self._places.get(number)
        return _NEVER if place is None else Counts(*self.entries[place].item()[1:])

    def packed(self) -> bytes:
        """All but the size, in few bytes."""
        return self.entries.tobytes()

    @classmethod
    def unpacked(cls, size: int, packed: bytes) -> Stock:
        """Read it again. Raises ValueError when it is nothing that `packed` wrote."""
        return cls.of(size, np.frombuffer(packed, dtype=_ENTRY))


def take_stock(pages: Iterable[Seen]) -> Stock:
    """Work out what comes back; it depends on what was seen alone, not on the order."""
    told = sorted({page for page in pages if page.kept})
    kept = [[number for number, _ in page.kept] for page in told]
    story = _stories(told, kept)
    stood = [[*own, *page.dropped] for own, page in zip(kept, told, strict=True)]
    shown = [[*own, *page.pointed, *page.marks] for own, page in zip(stood, told, strict=True)]
    numbers, times = _counted(shown, story)
    often = times >= _LEAST
    entries = np.zeros(int(often.sum()), dtype=_ENTRY)
    entries["number"], entries["shown"] = numbers[often], times[often]
    for name, texts in (("kept", kept), ("stood", stood)):
        numbers, times = _counted(texts, story)
        _, here, there = np.intersect1d(entries["number"], numbers, assume_unique=True, return_indices=True)
        entries[name][here] = times[there]
    told_of = np.fromiter(chain.from_iterable(kept), np.int64)
    shares = np.fromiter((share for page in told for _, share in page.kept), np.int64)
    numbers, which, pages_with = np.unique(told_of, return_inverse=True, return_counts=True)
    sums = np.bincount(which, shares, minlength=len(numbers)).astype(np.int64)
    _, here, there = np.intersect1d(entries["number"], numbers, assume_unique=True, return_indices=True)
    entries["belongs"][here] = sums[there] // pages_with[there]
    return Stock.of(len(set(story)), entries)


def _stories(pages: Sequence[Seen], kept: Sequence[Sequence[int]]) -> list[int]:
    """For each page the number of its story, which is that of the page that tells most of it."""
    own, shared = _compared(kept)
    marked = Counter(chain.from_iterable(page.marks for page in pages))
    story = [-1] * len(pages)
    fullest: list[int] = []
    by_mark: dict[int, int] = {}
    for place in sorted(range(len(pages)), key=lambda place: (-own[place], place)):
        marks = [mark for mark in pages[place].marks if marked[mark] <= _MOST_MARKED]
        number = next((by_mark[mark] for mark in marks if mark in by_mark), None)
        if number is None and fullest:
            common = shared[place, fullest]
            best = int(common.argmax())
            if 2 * common[best] > own[place]:
                number = best
        if number is None:
            number = len(fullest)
            fullest.append(place)
        story[place] = number
        for mark in marks:
            by_mark.setdefault(mark, number)
    return story


def _compared(texts: Sequence[Sequence[int]]) -> tuple[Doubles, Doubles]:
    """What each text weighs, and what each two of them share.

    A fingerprint weighs less the more texts have it: 4,096 by the number of texts to the power of 3/4, a whole number;
    so all sums are exact, in any order.
    """
    count = len(texts)
    owner = np.repeat(np.arange(count), [len(text) for text in texts])
    numbers = np.fromiter(chain.from_iterable(texts), np.int64, len(owner))
    _, which, having = np.unique(numbers, return_inverse=True, return_counts=True)
    weights = np.array([0, *(isqrt(isqrt(2**48 // times**3)) for times in range(1, count + 1))], dtype=np.float64)
    weight = weights[having]
    own: Doubles = np.bincount(owner, weight[which], minlength=count).astype(np.float64, copy=False)
    shared: Doubles = np.zeros((count, count))
    common = np.flatnonzero(having > 1)
    column = np.full(len(having), -1, dtype=np.int64)
    column[common] = np.arange(len(common))
    place = column[which]
    for start in range(0, len(common), _STRIP):
        here = (place >= start) & (place < start + _STRIP)
        strip = np.zeros((count, min(_STRIP, len(common) - start)))
        strip[owner[here], place[here] - start] = 1.0
        shared += (strip * weight[common[start : start + _STRIP]]) @ strip.T
    return own, shared


def _counted(texts: Sequence[Sequence[int]], story: Sequence[int]) -> tuple[Ints, Ints]:
    """Every fingerprint, and how many stories it stands in."""
    owner = np.repeat(np.array(story, dtype=np.int64), [len(text) for text in texts])
    numbers = np.fromiter(chain.from_iterable(texts), np.int64, len(owner))
    order = np.lexsort((owner, numbers))
    numbers, owner = numbers[order], owner[order]
    first = np.ones(len(numbers), dtype=np.bool_)
    first[1:] = (numbers[1:] != numbers[:-1]) | (owner[1:] != owner[:-1])
    found, times = np.unique(numbers[first], return_counts=True)
    return found, times
