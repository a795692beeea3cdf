"""Parquet: a page in one column, row group by row group; and shards of rows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from newsclean.batch.formats.jsonlines import page_field, page_of, wanted_fields
from newsclean.batch.formats.unpack import MissingExtra
from newsclean.batch.outcome import Sent, Source
from newsclean.batch.remote import Remote, why_not
from newsclean.batch.workers.talk import LARGE
from newsclean.writing.controls import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import ModuleType

    from newsclean.batch.formats.containers import Reading, Start

_AT_ONCE = 16
"""Rows that are turned into Python values at a time."""

_BUFFER = 1 << 20
"""Bytes of a column that are read from the file at a time."""

_NAMED = 12
"""Columns that are named where none of them is the page's."""


@dataclass(frozen=True, slots=True)
class Row(Sent):
    """A row that is not read yet. values: by column. texts: the columns whose values are UTF-8, not decoded yet."""

    reading: Reading
    values: Mapping[str, Any]
    texts: frozenset[str]

    @property
    def held(self) -> int:
        """Bytes of it that are in memory."""
        return sum(len(value) for value in self.values.values() if isinstance(value, bytes | memoryview))

    def opened(self, source: Source) -> Source:
        """The page in the row, with its address and its other columns."""
        page = page_field(self.values, self.reading)
        # whoever reads the page wants it in UTF-8: to decode it here would only be to encode it again there
        fields = {
            name: str(value, "utf-8", "replace")
            if name in self.texts and name != page and value is not None
            else _plain(value)
            for name, value in self.values.items()
        }
        charset = "utf-8" if page in self.texts else None
        return page_of(fields, source.but(sealed=None, charset=charset), self.reading)


def read_rows(source: Source, reading: Reading, start: Start | None = None) -> Iterator[Source]:
    """The rows of a Parquet file, each named by its number, and sealed: what has no page is an error once it is opened.

    A row group that cannot be read is an error of its own. start: a row that begins a row group, to begin with.

    Raises OSError when the file cannot be opened, MissingExtra when pyarrow is not installed.
    """
    if source.path is None:
        return
    arrow = load_arrow()
    with source.path.open("rb") as raw:
        try:
            file = _opened(raw, arrow, at_once=isinstance(source.path, Remote))
            sizes = [file.metadata.row_group(group).num_rows for group in range(file.metadata.num_row_groups)]
        except (arrow.ArrowException, OSError) as error:
            yield Source(source.name, error=f"corrupt Parquet: {_told(error)}")
            return
        wanted, names = wanted_fields(reading), file.schema_arrow.names
        if not set(wanted) & set(names):
            why = f"it has no column {' or '.join(wanted)}; --field NAME says where the page is: {_listed(names)}"
            yield Source(source.name, weight=source.weight, error=why)
            return
        weight = source.weight // max(file.metadata.num_rows, 1)
        first = start.begin if start is not None else 0
        row = sum(sizes[:first])
        for group in range(first, len(sizes)):
            end = row + sizes[group]
            begin: int | None = group
            try:
                for values, texts in _rows_of(file, group, arrow):
                    here = Source(source.name, offset=row, weight=weight, begin=begin)
                    yield here.but(sealed=Row(reading, values, texts))
                    row, begin = row + 1, None
            except (arrow.ArrowException, OSError) as error:
                why = f"corrupt Parquet: {_told(error)}; {end - row:,} rows are not read"
                yield Source(source.name, offset=row, weight=weight * (end - row), begin=begin, error=why)
            row = end


def _opened(raw: BinaryIO, arrow: ModuleType, *, at_once: bool) -> Any:
    """A Parquet file. at_once: a row group is asked for at once, as of a store; else it is read as it is needed."""
    # arrow's own pools give the pages of a row group back to the system and ask for them anew, which costs as much as
    # what is unpacked into them; a file keeps the pool that it was opened with
    before = arrow.default_memory_pool()
    arrow.set_memory_pool(arrow.system_memory_pool())
    try:
        return arrow.parquet.ParquetFile(raw, pre_buffer=at_once, buffer_size=_BUFFER)
    finally:
        arrow.set_memory_pool(before)


def _rows_of(file: Any, group: int, arrow: ModuleType) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:
    """The rows of a row group, texts as the bytes that they are: whoever needs them decodes them."""
    # more threads take more CPU time for the same, and have nothing to wait for but this one
    for batch in file.iter_batches(batch_size=_AT_ONCE, row_groups=[group], use_threads=False):
        columns, texts = {}, set()
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            if arrow.types.is_string(column.type) or arrow.types.is_large_string(column.type):
                texts.add(name)
                binary = arrow.binary() if arrow.types.is_string(column.type) else arrow.large_binary()
                columns[name] = [_bytes_of(value.as_buffer()) for value in column.cast(binary)]
            else:
                columns[name] = column.to_pylist()
        shared = frozenset(texts)
        for values in zip(*columns.values(), strict=True):
            yield dict(zip(columns, values, strict=True)), shared


def _bytes_of(buffer: Any) -> bytes | memoryview | None:
    """A value as the bytes that it is; a large one where it is, as another process or nobody may want it."""
    if buffer is None:
        return None
    return memoryview(buffer) if buffer.size >= LARGE else bytes(buffer.to_pybytes())


def _listed(names: Sequence[str]) -> str:
    """Columns by their names, on one line that is not too long."""
    return one_line(", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else ""))[:500]


def _told(error: Exception) -> str:
    """Why a file or a part of it cannot be read, on one line."""
    if isinstance(error, OSError) and error.strerror:
        return why_not(error)
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def load_arrow() -> ModuleType:
    """The pyarrow package, with its Parquet part. Raises MissingExtra."""
    try:
        import pyarrow.parquet  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingExtra("Parquet", "parquet") from None
    package: ModuleType = pyarrow
    return package


def _plain(value: Any) -> Any:
    """A value that JSON can hold: numbers that are none become None. A page that is still in the table is taken out."""
    if isinstance(value, memoryview):
        return bytes(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
