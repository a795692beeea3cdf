"""Parquet: a page in one column, row group by row group; and shards of rows."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from newsclean.batch.jsonlines import page_of
from newsclean.batch.outcome import Source
from newsclean.batch.unpack import MissingExtra
from newsclean.errors import NewscleanError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from newsclean.batch.containers import Reading, Start

_AT_ONCE = 16
"""Rows that are turned into Python values at a time."""


def read_rows(source: Source, reading: Reading, start: Start | None = None) -> Iterator[Source]:
    """The pages of a Parquet file, each named by its row. start: a row that begins a row group, to begin with.

    Raises OSError when the file cannot be read, MissingExtra when pyarrow is not installed.
    """
    if source.path is None:
        return
    arrow = load_arrow()
    with source.path.open("rb") as raw:
        try:
            file = arrow.parquet.ParquetFile(raw)
            weight = source.weight // max(file.metadata.num_rows, 1)
            groups = range(start.begin if start is not None else 0, file.metadata.num_row_groups)
            begins = _first_rows(file.metadata)
            number = (start.offset if start is not None else 0) - 1
            for batch in file.iter_batches(batch_size=_AT_ONCE, row_groups=groups):
                for row in batch.to_pylist():
                    number += 1
                    here = Source(source.name, offset=number, weight=weight, begin=begins.get(number))
                    try:
                        yield page_of(_plain(row), here, reading)
                    except NewscleanError as error:
                        yield replace(here, error=str(error))
        except arrow.ArrowException as error:
            why = str(error).splitlines()[0][:200]
            yield Source(source.name, error=f"corrupt Parquet: {why}")


def _first_rows(metadata: Any) -> dict[int, int]:
    """The row groups by their first rows."""
    groups: dict[int, int] = {}
    row = 0
    for number in range(metadata.num_row_groups):
        groups[row] = number
        row += metadata.row_group(number).num_rows
    return groups


def load_arrow() -> ModuleType:
    """The pyarrow package, with its Parquet part. Raises MissingExtra."""
    try:
        import pyarrow.parquet  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingExtra("Parquet", "parquet") from None
    package: ModuleType = pyarrow
    return package


def _plain(value: Any) -> Any:
    """A value that JSON can hold: numbers that are none become None."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
