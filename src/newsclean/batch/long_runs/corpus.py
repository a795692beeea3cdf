"""A long run into a folder, part by part: what is done stays done, and the rest can be done later.

A part is so many sources in a row: a shard, or a number of files. Which sources a part has depends on the inputs alone,
so the output is the same whatever the number of workers, and however often the run was broken off.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Self

from newsclean.batch.leftovers import remove_earlier, remove_scratch
from newsclean.batch.long_runs.ledger import Ledger
from newsclean.batch.long_runs.making import Making
from newsclean.batch.long_runs.markers import Markers
from newsclean.batch.long_runs.parts import SHARDED, Part
from newsclean.batch.own_files import FAILURES, LEDGER, REPORT
from newsclean.batch.remote import Remote
from newsclean.batch.targets import whole_file, write_whole
from newsclean.errors import UsageError
from newsclean.writing.controls import escaped_in_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import TracebackType

    from newsclean.batch.long_runs.parts import Entry
    from newsclean.batch.outcome import Outcome, Source
    from newsclean.batch.remote import AnyPath
    from newsclean.batch.report import Report

_FILES = 64
"""Sources of a part whose articles are files of their own; as many are done again after a run was killed."""


class Corpus:
    """The output folder of a long run. size: sources of a part."""

    def __init__(
        self, folder: AnyPath, form: str, settings: Mapping[str, object], *, shard_size: int, mode: str = ""
    ) -> None:
        """Begin a run, or go on with one.

        form: of the output; "jsonl" and "parquet" are written as shards. settings: all that the output depends on but
        the inputs. mode: "resume", "overwrite", or neither.

        Raises UsageError when there is an output already and nobody said what to do with it, or it cannot be resumed.
        """
        self.folder = folder
        self.size = shard_size if form in SHARDED else _FILES
        self._form = form
        self._settings = {**settings, "format": form, "shard-size": self.size}
        anew = mode == "overwrite"
        begun = isinstance(folder, Remote) or (folder / LEDGER).exists()
        if anew and isinstance(folder, Remote):
            remove_earlier(folder)
        self._ledger = Markers(folder) if isinstance(folder, Remote) else Ledger(folder / LEDGER, anew=anew)
        with contextlib.ExitStack() as undo:
            undo.callback(self._ledger.close)
            if anew and not isinstance(folder, Remote):
                remove_earlier(folder)  # not before the ledger is ours: another run may be writing there
            self._done = self._ledger.digests()
            if self._done and not mode:
                raise UsageError(
                    f"{folder} holds the output of an earlier run: --resume goes on with it, --overwrite begins anew"
                )
            self._ledger.settle(self._settings, anew=not self._done)
            undo.pop_all()
        if begun:
            remove_scratch(folder)
        self._making: Making | None = None
        self._failed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self._making is not None:
            self._making.abandon()
        self._ledger.close()

    @property
    def is_sharded(self) -> bool:
        """Whether articles go to shards, not to files of their own."""
        return self._form in SHARDED

    @property
    def failures(self) -> AnyPath:
        """The file that names the inputs that failed."""
        return self.folder / FAILURES

    def todo(self, sources: Iterable[Source], passed: Callable[[int], None] | None = None) -> Iterator[Source]:
        """The sources that are not done yet, each with the part it belongs to.

        passed: is told the bytes of each source that is done already.

        Raises UsageError when the sources of a part that is done are not what they were.
        """
        seen = Part(0)
        number = -1
        for source in sources:
            number += not source.skipped
            part = max(number, 0) // self.size
            if part != seen.number:
                self.check(seen.number, seen.digest)
                seen = Part(part)
            seen.take_name(source)
            if part not in self._done:
                yield source.but(part=part, target=None if self.is_sharded else source.target)
            elif passed is not None:
                passed(source.weight)
        self.check(seen.number, seen.digest)
        self.check_end(seen.number)

    def take(self, outcome: Outcome) -> None:
        """Take the next outcome, in the order of `todo`."""
        if self._making is None or outcome.source.part != self._making.number:
            self._end_part()
            self._making = Making(outcome.source.part, self.folder, self._form)
        self._making.take(outcome)

    def finish(self) -> Report:
        """End the last part, write the report and the failures, and return the report on the whole run."""
        self._end_part()
        total = self._ledger.total()
        with whole_file(self.failures) as file:
            for line in self._ledger.failures():
                file.write(f"{line}\n".encode())
        account = {
            **total.to_dict(),
            "reasons": dict(total.reasons),
            "least": [{"source": name, "confidence": confidence} for confidence, name in total.least],
            **self._settings,
        }
        text = escaped_in_json(json.dumps(account, ensure_ascii=False, indent=2, default=repr))
        write_whole(self.folder / REPORT, f"{text}\n")
        return total

    def failed_before(self, total: Report) -> int:
        """How many inputs failed in earlier runs, of which nobody was told in this one. total: as `finish` gives it."""
        return total.failed - self._failed

    def _end_part(self) -> None:
        if self._making is not None:
            self.enter(self._making.finish())
            self._making = None  # not before: who is interrupted leaves no trace of it

    def is_done(self, number: int) -> bool:
        """Whether a part was done by an earlier run."""
        return number in self._done

    def enter(self, entry: Entry) -> None:
        """Take a part that is made. Raises OSError."""
        self._ledger.enter(entry)
        self._failed += entry.report.failed

    def check(self, number: int, digest: str) -> None:
        """Raise UsageError when the sources of a part that is done are not what they were."""
        if self._done.get(number, digest) != digest:
            raise UsageError(_CHANGED)

    def check_end(self, last: int) -> None:
        """Raise UsageError when parts are done that come after the last one of the inputs."""
        if self._done and max(self._done) > last:
            raise UsageError(_CHANGED)


_CHANGED = "--resume: the inputs are not what they were; --overwrite begins anew"
