"""The command, with a clock in it: how much CPU time goes into bare clean(), and how much into all that is around it.

    python benchmarks/timed_job.py ARGUMENTS OF newsclean

Each worker cleans every page twice, once as the batch does and once by clean() and a line of JSON alone, now this
first and now that. So all is told of one and the same run, and whatever slows the machine down slows all of it. The
first page of each worker, which fills caches, is left out. Seconds a page: `bare`; `done`, what the batch does with a
page, opening its record included, which bare clean() is spared; `talk`, what a worker spends beside that, on pipes and
pickles; `parent`, of which `reading`; `clock`, which is twice as long as it would be without the second cleaning.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import newsclean.batch.corpus
import newsclean.cli.run
from newsclean.batch.containers import spread
from newsclean.batch.job import Job
from newsclean.batch.outcome import Source
from newsclean.cli import main
from newsclean.errors import NewscleanError
from newsclean.pipeline import clean
from newsclean.writing.json import write_json_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from newsclean.batch.containers import Reading
    from newsclean.batch.outcome import Outcome
    from newsclean.options import Options


class Mark(NamedTuple):
    """CPU seconds that a worker has spent so far: cleaning barely, on its job, in all; and the pages that it did.

    What was spent to have the page in memory for the bare cleaning is in none of them.
    """

    pid: int = 0
    pages: int = 0
    bare: float = 0.0
    done: float = 0.0
    spent: float = 0.0


SPENT = {"reading": 0.0, "for the second": 0.0}
_so_far = Mark()


def barely(source: Source, options: Options) -> float:
    began = time.process_time()
    source = source.opened
    SPENT["for the second"] += time.process_time() - began
    began = time.process_time()
    with contextlib.suppress(NewscleanError):
        content = source.content if source.content is not None else source.path
        write_json_line(clean(content, url=source.url, options=options), source.name, {})
    return time.process_time() - began


@dataclass(frozen=True, slots=True)
class TimedJob(Job):
    """A job that tells with each outcome what its worker has spent so far."""

    def do(self, source: Source) -> Outcome:
        """Clean a source twice."""
        global _so_far  # noqa: PLW0603  (it is the worker's)
        pages = _so_far.pages + 1
        bare = barely(source, self.options) if pages % 2 else 0.0
        began = time.process_time()
        outcome = Job.do(self, source)
        done = time.process_time() - began
        bare += 0.0 if pages % 2 else barely(source, self.options)
        _so_far = Mark(
            os.getpid(), pages, _so_far.bare + bare, _so_far.done + done, time.process_time() - SPENT["for the second"]
        )
        return replace(outcome, sketch=_so_far)


def timed_spread(sources: Iterable[Source], reading: Reading) -> Iterator[Source]:
    records = spread(sources, reading)
    record: Source | None = Source("")
    while record is not None:
        began = time.process_time()
        record = next(records, None)
        SPENT["reading"] += time.process_time() - began
        if record is not None:
            yield record


class Account:
    """What the command and its workers spent, from the first to the last outcome that is told of."""

    def __init__(self) -> None:
        self.first: dict[int, Mark] = {}
        self.last: dict[int, Mark] = {}
        self.times: list[tuple[float, float, float]] = []
        self.pages = 0

    def take(self, outcome: Outcome) -> Outcome:
        """Take an outcome into account."""
        self.times = [*self.times[:1], (time.perf_counter(), time.process_time(), SPENT["reading"])]
        self.pages += 1
        if outcome.sketch is not None:
            self.first.setdefault(outcome.sketch.pid, outcome.sketch)
            self.last[outcome.sketch.pid] = outcome.sketch
        return replace(outcome, sketch=None)

    def told(self) -> dict[str, float]:
        """Seconds a page."""
        spans = [
            Mark(0, *(b - a for a, b in zip(self.first[pid][1:], self.last[pid][1:], strict=True)))
            for pid in self.first
        ]
        pages, bare, done, spent = (sum(part) for part in list(zip(*spans, strict=True))[1:])
        clock, parent, reading = ((b - a) / (self.pages - 1) for a, b in zip(*self.times, strict=True))
        return {
            "pages": self.pages,
            "bare": bare / pages,
            "done": done / pages,
            "talk": (spent - bare - done) / pages,
            "parent": parent,
            "reading": reading,
            "clock": clock,
        }


def run() -> None:
    account = Account()
    take = newsclean.batch.corpus.Corpus.take
    newsclean.batch.corpus.Corpus.take = lambda corpus, outcome: take(corpus, account.take(outcome))
    newsclean.cli.run.Job = TimedJob
    newsclean.cli.run.spread = timed_spread
    try:
        main()
    except SystemExit as end:
        print(json.dumps(account.told()))
        sys.exit(end.code)


if __name__ == "__main__":
    import timed_job  # workers know the job by this name

    timed_job.run()
