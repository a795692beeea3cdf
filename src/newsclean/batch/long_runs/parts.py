"""The parts of a long run: so many sources in a row, and what came of them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsclean.batch.report import Totals
from newsclean.writing.controls import escaped_in_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsclean.batch.outcome import Outcome, Source
    from newsclean.batch.report import Report

SHARDED = ("jsonl", "parquet")
"""The formats in which a part of a long run is one file."""

SHARD_SIZE = 1_000
"""Sources of a shard: with the verdicts on all their blocks, some 50 MB of JSON."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A part that is done. digest: of the names of its sources. failures: a JSON object for each."""

    number: int
    digest: str
    report: Report
    failures: Sequence[str] = ()


class Part:
    """What is known of a part so far."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._names = hashlib.blake2b(digest_size=16)
        self._totals = Totals()
        self._failures: list[str] = []

    @property
    def digest(self) -> str:
        """Of the names of its sources, and of their sizes where they are files."""
        return self._names.hexdigest()

    def take_name(self, source: Source) -> None:
        """Take the next source into the digest."""
        size = source.weight if source.path is not None else 0
        self._names.update(f"{source.label}\0{size}\0".encode("utf-8", "surrogateescape"))

    def take(self, outcome: Outcome) -> None:
        """Take the next outcome into account."""
        self.take_name(outcome.source)
        self._totals.add(outcome)
        if outcome.error:
            source = outcome.source
            failure = {"source": source.name, "offset": source.offset, "url": source.url, "error": outcome.error}
            self._failures.append(escaped_in_json(json.dumps(failure, ensure_ascii=False, separators=(",", ":"))))

    def entry(self) -> Entry:
        """It all, once the last outcome is taken."""
        return Entry(self.number, self.digest, self._totals.report, self._failures)
