"""A part of a long run while it is made: its account, and its shard where it has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsclean.batch.long_runs.parts import SHARDED, Part
from newsclean.batch.long_runs.shards import new_shard

if TYPE_CHECKING:
    from newsclean.batch.long_runs.parts import Entry
    from newsclean.batch.long_runs.shards import Shard
    from newsclean.batch.outcome import Outcome
    from newsclean.batch.remote import AnyPath


class Making:
    """A part that outcomes go into, one after another."""

    def __init__(self, number: int, folder: AnyPath, form: str) -> None:
        """Begin a part of the output in a folder. Raises OSError, MissingExtra."""
        self.number = number
        self._part = Part(number)
        self._shard: Shard | None = new_shard(folder, number, form) if form in SHARDED else None

    def take(self, outcome: Outcome) -> None:
        """Take the next outcome. Raises OSError."""
        self._part.take(outcome)
        if self._shard is not None and not outcome.error:
            self._shard.put(outcome)

    def finish(self) -> Entry:
        """Let the shard take its place, and return what the ledger is to know. Raises OSError."""
        if self._shard is not None:
            try:
                self._shard.finish()
            except BaseException:
                self.abandon()
                raise
            self._shard = None
        return self._part.entry()

    def abandon(self) -> None:
        """Leave no trace of it."""
        if self._shard is not None:
            self._shard.abandon()
            self._shard = None
