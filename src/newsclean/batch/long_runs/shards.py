"""Shards: files of many articles each, complete or absent."""

from __future__ import annotations

import contextlib
import os
from contextlib import ExitStack
from typing import IO, TYPE_CHECKING, Any, Protocol

from newsclean.batch.formats.parquet import load_arrow
from newsclean.batch.formats.rows import schema_of
from newsclean.batch.targets import whole_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from newsclean.batch.outcome import Outcome
    from newsclean.batch.remote import AnyPath

_GROUP = 100
"""Rows of a row group: an article with its verdicts takes some 50 kB, so that a group can be held in memory."""


def shard_name(number: int, form: str) -> str:
    """The file name of a shard."""
    return f"shard-{number:05d}.{form}"


class Shard(Protocol):
    """A shard that is being written."""

    def put(self, outcome: Outcome) -> None:
        """Write an article, if there is one."""

    def finish(self) -> None:
        """Let it take its place, on the disk too."""

    def abandon(self) -> None:
        """Leave no trace of it."""


def new_shard(folder: AnyPath, number: int, form: str) -> Shard:
    """Begin a shard. Raises OSError, MissingExtra."""
    path = folder / shard_name(number, form)
    return _Rows(path) if form == "parquet" else _Lines(path)


class _File:
    def __init__(self, path: AnyPath) -> None:
        self._stack = ExitStack()
        self._file: IO[bytes] = self._stack.enter_context(whole_file(path))

    def finish(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._stack.close()

    def abandon(self) -> None:
        self._stack.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)


class _Lines(_File):
    def put(self, outcome: Outcome) -> None:
        self._file.write(outcome.written)


class _Rows(_File):
    def __init__(self, path: AnyPath) -> None:
        self._arrow = load_arrow()
        self._schema = schema_of(self._arrow)
        self._rows: list[Mapping[str, Any]] = []
        super().__init__(path)
        self._writer = self._arrow.parquet.ParquetWriter(self._file, self._schema, compression="zstd")

    def put(self, outcome: Outcome) -> None:
        if outcome.row is not None:
            self._rows.append(outcome.row)
        if len(self._rows) >= _GROUP:
            self._write()

    def finish(self) -> None:
        if self._rows:
            self._write()
        self._writer.close()
        super().finish()

    def abandon(self) -> None:
        with contextlib.suppress(Exception):  # nobody will read it
            self._writer.close()
        super().abandon()

    def _write(self) -> None:
        self._writer.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows.clear()
