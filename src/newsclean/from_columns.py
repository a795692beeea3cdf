"""Many instances of one noun at once: a frozen dataclass is slow to make one by one, and pages have hundreds."""

from __future__ import annotations

from collections import deque
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

_Noun = TypeVar("_Noun")


def from_columns(noun: type[_Noun], size: int, *columns: Iterable[Any]) -> tuple[_Noun, ...]:
    """Make instances of a frozen dataclass with slots, as its own constructor would, field by field.

    size: how many. columns: for each field in order its value in every instance, so many at least.

    Raises ValueError when there are not as many columns as fields.
    """
    kind: Any = noun
    made: tuple[_Noun, ...] = tuple(map(object.__new__, repeat(kind, size)))
    for name, column in zip(kind.__slots__, columns, strict=True):
        # what the slot itself offers writes past the frozen class
        deque(map(getattr(kind, name).__set__, made, column), maxlen=0)
    return made
