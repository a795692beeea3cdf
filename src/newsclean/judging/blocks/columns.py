"""Counts as the tagger sees them: logarithms that are the same on every machine, and columns put side by side."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Ints = npt.NDArray[np.int64]

_LOG_STEPS = 8
_SMALL = 4_096


@cache
def _log_table() -> Ints:
    """Whole numbers at which `log_of` takes its next step, eight to a doubling."""
    return np.array(sorted({round(2 ** (step / _LOG_STEPS)) for step in range(1, 26 * _LOG_STEPS)}), dtype=np.int64)


@cache
def _log_values() -> Floats:
    table = _log_table()
    return np.array(
        [0.0, *(round(float(np.log2(value)) * 64) / 64 for value in table.tolist())], dtype=np.float32
    ) * np.float32(0.6875)


def _log_searched(counts: Ints) -> Floats:
    steps: Floats = _log_values()[np.searchsorted(_log_table(), counts + 1, side="right")]
    return steps


@cache
def _small_logs() -> Floats:
    return _log_searched(np.arange(_SMALL))


def log_of(counts: Ints) -> Floats:
    """About the natural logarithm of 1 + n, from a table, so that it is the same on every machine.

    counts: whole numbers from 0 on.
    """
    try:
        logs: Floats = _small_logs().take(counts)
    except IndexError:
        return _log_searched(counts)
    return logs


def as_columns(columns: Sequence[npt.NDArray[Any] | float], size: int) -> Floats:
    """One array with a row per block out of one array per feature; each feature's values lie side by side in memory.

    columns: a number instead of an array is the same for all blocks.
    """
    table = np.empty((len(columns), size), dtype=np.float32)
    for place, column in enumerate(columns):
        table[place] = column
    return table.T
